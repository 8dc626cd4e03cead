"""Lay out what explains a map, inside its frame: a scale bar in a corner, and squares with the areas to compare."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ...briefing.parts import EstimateView
from ...language.wording import Wording
from ..fonts import Face
from ..scene import Anchor, Box, Label, NoRoomError, Span
from ..text_layout import TextBlock, TextStyle, layout_text
from .borders import PointIndex
from .land import RingIndex
from .map_context import MapContext
from .projection import Point, Polyline, Projection

# km: lengths of a scale bar, 5000 to 0.01. Fractions, so that the amount is written exactly.
_ROUND = tuple(Fraction(n) * Fraction(10) ** e for e in (3, 2, 1, 0, -1, -2) for n in (5, 2, 1))

# What a point of a national border weighs that a square covers; a point of another line weighs 1, and more under words.
BORDER, UNDER_WORDS = 20, 3
ELSEWHERE, ABROAD = 40, 400  # what a corner of a square weighs outside its region, and in another country
SPARSE = 5  # every fifth point of a line shows well enough whether a place covers it


@dataclass(frozen=True)
class ScaleBar:
    """A scale bar with the x of its ticks, and the area that it takes with its numbers. In px."""

    bar: Box
    ticks: tuple[float, ...]
    labels: tuple[Label, ...]
    taken: Box


@dataclass(frozen=True)
class AreaSquare:
    """A square at the scale of the map, and the words beside it. On a `card`, they hide the lines that cross them."""

    box: Box
    label: Label
    card: Box | None = None

    @property
    def boxes(self) -> tuple[Box, Box]:
        """The square and its words."""
        return self.box, self.label.box

    @property
    def bottom(self) -> float:
        """Where the lower of the two ends."""
        return max(self.box.bottom, self.label.box.bottom)


def scale_bar(context: MapContext, wording: Wording, projection: Projection, avoided: Sequence[Box]) -> ScaleBar:
    """Lay out a scale bar: the longest round distance of at most a quarter of the width, in a corner at the bottom."""
    em, view = context.size.text_size, projection.box
    km = next((n for n in _ROUND if float(n) * projection.px_per_km <= 0.25 * view.width), _ROUND[-1])
    length = float(km) * projection.px_per_km
    style = TextStyle(Face(round(em * 0.9, 2)), tick=True)
    ends = ((Fraction(0), ""), (km, f"\u00a0{wording.strings['drawings']['km']}"))
    blocks = [layout_text(context.measure, [([Span(wording.amount(number) + unit)], style)]) for number, unit in ends]
    numbers = [context.measure.width(wording.amount(number), style.face) for number, _ in ends]
    before, after = numbers[0] / 2, max(0.0, blocks[1].width - numbers[1] / 2)
    places = []
    for left in (view.left + 0.9 * em + before, view.right - 0.9 * em - after - length):
        bar = Box(left, view.bottom - 1.15 * em, left + length, view.bottom - 0.8 * em)
        taken = Box(left - before, bar.top - 0.35 * em - blocks[0].height, left + length + after, bar.bottom)
        places.append((sum(taken.overlaps(box) for box in avoided), bar, taken))
    _, bar, taken = min(places, key=lambda place: place[0])
    labels = [
        block.label_at("", x - number / 2, bar.top - 0.2 * em - block.height, halo=True)
        for block, number, x in zip(blocks, numbers, (bar.left, bar.right), strict=True)
    ]
    return ScaleBar(bar, (bar.left, bar.left + length / 2, bar.right), tuple(labels), taken.grown(0.3 * em))


def area_squares(
    context: MapContext,
    wording: Wording,
    projection: Projection,
    taken: Sequence[Box],
    borders: Sequence[Point],
    lines: Sequence[Point],
    singled_out: Sequence[Polyline],
    home: Sequence[Polyline],
) -> tuple[AreaSquare, ...]:
    """Place a square for each area, with its words, where they cover nothing in `taken`.

    A place is preferred that no national border crosses, that is inside the regions singled out, which the area is a
    part of, and never in a country other than their `home`: the square would look like a part of that one. Then one
    that is free of other `lines`. A square that has no room goes under the map; raises NoRoomError where a map has to
    fill its sheet. On a brief map, its document says beside it who reported the area.
    """
    em = context.size.text_size
    on_border, on_line = PointIndex(borders[::SPARSE]), PointIndex(lines[::SPARSE])
    placed: list[AreaSquare] = []
    for row in context.areas:
        side = _side(row, projection)
        parts = _words(row, wording, em)[: 2 if context.picture.choice.brief else 3]  # its page says who reported it
        beside = layout_text(context.measure, parts, 9.5 * em)
        under = layout_text(context.measure, parts, max(side, 7.5 * em))
        busy = [*taken, *(square.box for square in placed), *(square.label.box for square in placed)]
        found = [
            (place.covered(on_border, on_line), number, place)
            for number, place in enumerate(_places(context, projection, side, beside, under))
            if not place.whole.grown(0.4 * em).overlaps_any(busy)
        ]
        if found:
            best = _best(sorted(found, key=lambda place: place[:2]), singled_out, home)
            label = best.words.label_at(context.picture.id, *best.at, align=best.align, halo=True)
            crossed = PointIndex([*borders, *lines]).count(label.box)
            placed.append(AreaSquare(best.square, label, label.box.grown(0.25 * em) if crossed else None))
        elif context.size.height and not context.picture.choice.brief:
            raise NoRoomError(row.ref, wording.estimate(row))
        else:
            low = max((projection.box.bottom, *(square.bottom for square in placed)))
            placed.append(_under(context, low + 0.8 * em, side, parts))
    return tuple(placed)


def _under(context: MapContext, top: float, side: float, parts: list[tuple[list[Span], TextStyle]]) -> AreaSquare:
    """A square under the map, with its words on the right."""
    left = 0.6 + side + 0.6 * context.size.text_size
    block = layout_text(context.measure, parts, context.size.width - left)
    label = block.label_at(context.picture.id, left, top + max(0.0, (side - block.height) / 2))
    return AreaSquare(Box(0.6, round(top, 2), round(0.6 + side, 2), round(top + side, 2)), label)


@dataclass(frozen=True)
class _Place:
    """A place for a square and its words: the area they take together, and where the words begin."""

    square: Box
    whole: Box
    words: TextBlock
    at: Point
    align: Anchor

    @property
    def said(self) -> Box:
        """The area of the words alone."""
        return self.words.box_at(*self.at)

    def covered(self, border: PointIndex, lines: PointIndex) -> int:
        """What it costs to cover points of national borders, and of other lines."""
        soft = lines.count(self.whole) + UNDER_WORDS * lines.count(self.said)
        return BORDER * border.count(self.whole) + soft


def _places(
    context: MapContext, projection: Projection, side: float, beside: TextBlock, under: TextBlock
) -> Iterator[_Place]:
    """Places on a grid over the map, with the words on the right of the square, on its left or below."""
    em, view = context.size.text_size, projection.box.grown(-0.8 * context.size.text_size)
    step = max(em, view.width / 30)
    for y in _steps(view.top, view.bottom - side, step):
        for x in _steps(view.left, view.right - side, step):
            box = Box(round(x, 2), round(y, 2), round(x + side, 2), round(y + side, 2))
            middle = y + (side - beside.height) / 2
            ways: tuple[tuple[TextBlock, float, float, Anchor], ...] = (
                (beside, box.right + 0.6 * em, middle, "start"),
                (beside, box.left - 0.6 * em - beside.width, middle, "end"),
                (under, box.left, box.bottom + 0.3 * em, "start"),
            )
            for words, left, above, align in ways:
                whole = Box(
                    min(box.left, left),
                    min(box.top, above),
                    max(box.right, left + words.width),
                    max(box.bottom, above + words.height),
                )
                if whole.inside(view):
                    yield _Place(box, whole, words, (left, above), align)


def _steps(start: float, end: float, step: float) -> Iterator[float]:
    while start <= end:
        yield start
        start += step


def _best(
    ranked: Sequence[tuple[int, int, _Place]], singled_out: Sequence[Polyline], home: Sequence[Polyline]
) -> _Place:
    """The cheapest of some places ranked by cost.

    Each corner of its square outside the regions singled out costs ELSEWHERE, and each in another country ABROAD;
    that of its words outside the regions a quarter.
    """
    best, least = ranked[0][2], math.inf
    own, country = (RingIndex(rings) if rings else None for rings in (singled_out, home))
    for cost, _, place in ranked:
        if cost >= least:
            break
        corners, around = _corners(place.square), _corners(place.whole)
        whole = cost + _outside(own, corners) * ELSEWHERE + _outside(country, corners) * ABROAD
        whole += _outside(own, around) * ELSEWHERE // 4
        if whole < least:
            best, least = place, whole
    return best


def _corners(box: Box) -> list[Point]:
    return [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]


def _outside(rings: RingIndex | None, points: Sequence[Point]) -> int:
    """How many points are outside closed rings; none, if there are no rings."""
    return sum(not rings.contains(x, y) for x, y in points) if rings else 0


def _side(row: EstimateView, projection: Projection) -> float:
    """Return the side in px of a square with the area of an estimate."""
    assert row.estimate.value is not None
    assert row.unit.square_km is not None
    return round(math.sqrt(row.estimate.value * row.unit.square_km) * projection.px_per_km, 2)


def _words(row: EstimateView, wording: Wording, em: float) -> list[tuple[list[Span], TextStyle]]:
    """Return the text next to a square: the area, then what it is, then who reported it and when."""
    number = wording.estimate(row, "short")
    number = number[:1].upper() + number[1:]
    who = wording.speakers(row.by) + (f", {when}" if (when := wording.dated(row, short=True)) else "")
    small = Face(round(em * 0.9, 2))
    return [
        ([Span(number, row.ref, bold=True)], TextStyle(Face(em), "reported")),
        ([Span(wording.strings["drawings"]["area"])], TextStyle(small)),
        ([Span(who)], TextStyle(Face(round(em * 0.9, 2), 600), "speaker")),
    ]
