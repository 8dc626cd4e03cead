"""A map's scale and the areas it compares -> what stands under it or beside: a scale bar, and squares that large."""

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

# kilometres, from the longest; a school's yard needs the last
_ROUND = tuple(Fraction(n) * Fraction(10) ** e for e in (3, 2, 1, 0, -1, -2) for n in (5, 2, 1))


@dataclass(frozen=True)
class MapKey:
    """`bar` is as long as the map's scale says; `ticks` are x; `squares` are areas at the same scale; `bottom` is y."""

    bar: Box
    ticks: tuple[float, ...]
    squares: tuple[Box, ...]
    labels: tuple[Label, ...]
    bottom: float


def layout_key(sight: MapContext, wording: Wording, to: Projection) -> MapKey:
    """Under the map or, where there is room kept, beside it: the bar, the squares on its right or, if narrow, below."""
    t, beside = sight.size.text_size, sight.size.key_width
    edge, top = (to.box.right + 1.5 * t, to.box.top) if beside else (0.75, to.box.bottom + 0.9 * t)
    bar, ticks, labels = _bar(sight, wording, to, edge, top)
    narrow = (beside or sight.size.width) < 34 * t
    left, y = (edge, bar.bottom + 2.2 * t) if narrow else (bar.right + 4.2 * t, top)
    bottom, squares = bar.bottom + 1.5 * t, []
    for row in sight.areas:
        side = _side(row, to)
        squares.append(Box(left, y, left + side, y + side))
        words = _words(row, wording, t)
        said = layout_text(sight.measure, words, sight.size.width - left - side - 0.8 * t)
        label_top = y + max(0.0, (side - said.height) / 2)
        labels.append(said.label_at(sight.picture.id, left + side + 0.8 * t, label_top))
        y = max(y + side, label_top + said.height) + 0.8 * t
        bottom = max(bottom, y - 0.3 * t)
    bottom = max(bottom, to.box.bottom + 0.75) if beside else bottom
    return MapKey(bar, ticks, tuple(squares), tuple(labels), round(bottom, 2))


def _bar(
    sight: MapContext, wording: Wording, to: Projection, edge: float, top: float
) -> tuple[Box, tuple[float, ...], list[Label]]:
    """A round number of kilometres, about a quarter of the map long."""
    t = sight.size.text_size
    km = next((n for n in _ROUND if float(n) * to.px_per_km <= 0.3 * to.box.width), _ROUND[-1])
    length = float(km) * to.px_per_km
    style = TextStyle(Face(round(t * 0.9, 2)), tick=True)
    left = edge + sight.measure.width("0", style.face) / 2
    bar = Box(left, top, left + length, top + 0.35 * t)
    labels = []
    for number, unit in ((Fraction(0), ""), (km, f"\u00a0{wording.strings['drawings']['km']}")):
        x = left + float(number) * to.px_per_km
        words = layout_text(sight.measure, [([Span(wording.amount(number) + unit)], style)])
        start = x - sight.measure.width(wording.amount(number), style.face) / 2
        labels.append(words.label_at("", start, bar.bottom + 0.25 * t))
    return bar, (left, left + length / 2, left + length), labels


def _side(row: EstimateView, to: Projection) -> float:
    """The side in px of a square with the area that a row reports."""
    assert row.estimate.value is not None
    assert row.unit.square_km is not None
    return round(math.sqrt(row.estimate.value * row.unit.square_km) * to.px_per_km, 2)


def _words(row: EstimateView, wording: Wording, t: float) -> list[tuple[list[Span], TextStyle]]:
    before, after = wording.strings["drawings"]["area"].split("{number}")
    number = wording.estimate(row, "short")
    number = number if before else number[:1].upper() + number[1:]
    said = [Span(before), Span(number, row.ref, bold=True), Span(after)]
    who = wording.names(row.by) + (f", {wording.when(row.estimate.as_of, short=True)}" if row.estimate.as_of else "")
    return [
        ([s for s in said if s.text], TextStyle(Face(t))),
        ([Span(who)], TextStyle(Face(round(t * 0.9, 2)), "ink-soft")),
    ]
