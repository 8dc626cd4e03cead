"""Lay out the key of a map: a scale bar, and squares with the areas to compare, below the map or to its right."""

import math
from dataclasses import dataclass
from fractions import Fraction

from ...briefing.parts import EstimateView
from ...language.wording import Wording
from ..fonts import Face
from ..scene import Box, Label, Span
from ..text_layout import TextStyle, layout_text
from .map_context import MapContext
from .projection import Projection

# km: lengths of a scale bar, 5000 to 0.01. Fractions, so that the amount is written exactly.
_ROUND = tuple(Fraction(n) * Fraction(10) ** e for e in (3, 2, 1, 0, -1, -2) for n in (5, 2, 1))


@dataclass(frozen=True)
class MapKey:
    """The scale bar with the x of its ticks, squares at the scale of the map, and the y of the key's end. In px."""

    bar: Box
    ticks: tuple[float, ...]
    squares: tuple[Box, ...]
    labels: tuple[Label, ...]
    bottom: float


def layout_key(context: MapContext, wording: Wording, projection: Projection) -> MapKey:
    """Lay out the key below the map or, if `key_width` is reserved, to its right.

    The squares are to the right of the bar or, if there is little room, below it.
    """
    em, key_width = context.size.text_size, context.size.key_width
    left_edge, top = (
        (projection.box.right + 1.5 * em, projection.box.top) if key_width else (0.75, projection.box.bottom + 0.9 * em)
    )
    bar, ticks, labels = _bar(context, wording, projection, left_edge, top)
    narrow = (key_width or context.size.width) < 34 * em
    left, y = (left_edge, bar.bottom + 2.2 * em) if narrow else (bar.right + 4.2 * em, top)
    bottom, squares = bar.bottom + 1.5 * em, []
    for row in context.areas:
        side = _side(row, projection)
        squares.append(Box(left, y, left + side, y + side))
        words = _words(row, wording, em)
        block = layout_text(context.measure, words, context.size.width - left - side - 0.8 * em)
        label_top = y + max(0.0, (side - block.height) / 2)
        labels.append(block.label_at(context.picture.id, left + side + 0.8 * em, label_top))
        y = max(y + side, label_top + block.height) + 0.8 * em
        bottom = max(bottom, y - 0.3 * em)
    bottom = max(bottom, projection.box.bottom + 0.75) if key_width else bottom
    return MapKey(bar, ticks, tuple(squares), tuple(labels), round(bottom, 2))


def _bar(
    context: MapContext, wording: Wording, projection: Projection, left_edge: float, top: float
) -> tuple[Box, tuple[float, ...], list[Label]]:
    """Lay out the scale bar: the longest round distance that takes at most 30 % of the map's width."""
    em = context.size.text_size
    km = next((n for n in _ROUND if float(n) * projection.px_per_km <= 0.3 * projection.box.width), _ROUND[-1])
    length = float(km) * projection.px_per_km
    style = TextStyle(Face(round(em * 0.9, 2)), tick=True)
    left = left_edge + context.measure.width("0", style.face) / 2
    bar = Box(left, top, left + length, top + 0.35 * em)
    labels = []
    for number, unit in ((Fraction(0), ""), (km, f"\u00a0{wording.strings['drawings']['km']}")):
        x = left + float(number) * projection.px_per_km
        words = layout_text(context.measure, [([Span(wording.amount(number) + unit)], style)])
        start = x - context.measure.width(wording.amount(number), style.face) / 2
        labels.append(words.label_at("", start, bar.bottom + 0.25 * em))
    return bar, (left, left + length / 2, left + length), labels


def _side(row: EstimateView, projection: Projection) -> float:
    """Return the side in px of a square with the area of an estimate."""
    assert row.estimate.value is not None
    assert row.unit.square_km is not None
    return round(math.sqrt(row.estimate.value * row.unit.square_km) * projection.px_per_km, 2)


def _words(row: EstimateView, wording: Wording, em: float) -> list[tuple[list[Span], TextStyle]]:
    """Return the text next to a square: the area, then who reported it and when."""
    before, after = wording.strings["drawings"]["area"].split("{number}")
    number = wording.estimate(row, "short")
    number = number if before else number[:1].upper() + number[1:]
    spans = [Span(before), Span(number, row.ref, bold=True), Span(after)]
    who = wording.names(row.by) + (f", {wording.when(row.estimate.as_of, short=True)}" if row.estimate.as_of else "")
    return [
        ([s for s in spans if s.text], TextStyle(Face(em))),
        ([Span(who)], TextStyle(Face(round(em * 0.9, 2)), "ink-soft")),
    ]
