"""Lay out what happens on a map: numbered discs at the places of events, and distances between two places."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, partial
from itertools import pairwise

from ...language.wording import Wording
from ...schema.topic import Place
from ..fonts import Face
from ..scene import Anchor, Box, Label, Span
from ..text_layout import TextBlock, TextStyle, layout_text
from .arrows import ArrowShape
from .label_placement import LabelRequest, label_positions
from .land import RingIndex
from .map_context import MapContext, PlaceMark
from .projection import EARTH_RADIUS_KM, Point, Polyline

DISC = 1.55  # the diameter of a disc, in em
BESIDE = 0.8  # em: a disc farther from the mark of its place has a line to it
FAR = 200  # km: from here, two digits say enough on a map of so much land
ROUNDED_TO = 5  # km: the coordinates are rounded, and places are not points


@dataclass(frozen=True)
class DistanceLine:
    """A line between two places, from (x1, y1) to (x2, y2) in px, and how far they are apart in km."""

    x1: float
    y1: float
    x2: float
    y2: float
    km: int


def disc_requests(context: MapContext, marks: Sequence[PlaceMark]) -> Iterator[LabelRequest]:
    """Yield a disc with its number beside the mark of its place, for each event at a point."""
    em = context.size.text_size
    at = {mark.id: mark for mark in marks}
    for number, (place, said) in enumerate(context.picture.happened, 1):
        if place in at:
            mark, block = at[place], _disc(context, str(number), em)
            near = [
                position
                for gap in (0.35, 0.9, 1.6, 2.6, 3.8, 5.2)
                for position in label_positions(block, mark.x, mark.y, mark.radius + gap * em)
            ]
            # beside another mark a number would say that it happened there
            near.sort(key=partial(_is_nearer_to_another, block, mark, marks))
            boxes = (block.box_at(left, top) for left, top, _ in near)
            lines = tuple(tuple(_along_tie(_tie(box, mark, em))) for box in boxes)
            yield LabelRequest(said.id, block, _middle(near), halo=False, lines=lines)


def _is_nearer_to_another(
    block: TextBlock, mark: PlaceMark, marks: Sequence[PlaceMark], position: tuple[float, float, Anchor]
) -> bool:
    """Whether the disc at this position touches, or nearly, the mark of another place than its own."""
    box = block.box_at(*position[:2])
    return any(_gap(box, other) < _gap(box, mark) + 0.5 * block.width for other in marks if other.id != mark.id)


def _gap(disc: Box, mark: PlaceMark) -> float:
    """How far a disc is from a mark, in px."""
    across = math.hypot((disc.left + disc.right) / 2 - mark.x, (disc.top + disc.bottom) / 2 - mark.y)
    return across - disc.width / 2 - mark.radius


def disc_ties(context: MapContext, marks: Sequence[PlaceMark], discs: Sequence[Box]) -> tuple[Polyline, ...]:
    """A line from each disc that found no room beside the mark of its place to that mark."""
    at = {mark.id: mark for mark in marks}
    happened = zip(context.picture.happened, discs, strict=True)
    ties = (_tie(disc, at[place], context.size.text_size) for (place, _), disc in happened if place in at)
    return tuple(filter(None, ties))


def _tie(disc: Box, mark: PlaceMark, em: float) -> Polyline:
    """A line from a disc to a mark; none if the disc is beside it."""
    if _gap(disc, mark) <= BESIDE * em:
        return ()
    x, y = (disc.left + disc.right) / 2, (disc.top + disc.bottom) / 2
    length = math.hypot(mark.x - x, mark.y - y)
    parts = disc.width / 2 / length, 1 - mark.radius / length
    return tuple((round(x + (mark.x - x) * part, 2), round(y + (mark.y - y) * part, 2)) for part in parts)


def _along_tie(tie: Polyline) -> Iterator[Box]:
    """A line as small boxes, about 3 px apart."""
    for (x1, y1), (x2, y2) in pairwise(tie):
        steps = max(1, round(math.hypot(x2 - x1, y2 - y1) / 3))
        for n in range(steps + 1):
            x, y = x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps
            yield Box(x, y, x, y)


def region_disc_requests(
    context: MapContext, labels: Sequence[Label], shapes: Sequence[ArrowShape]
) -> Iterator[LabelRequest]:
    """Yield a disc for each event in a region, where its arrow begins, or else beside the region's name.

    It marks no point.
    """
    em = context.size.text_size
    begins = {arrow.event: shape for arrow, shape in zip(context.arrows, shapes, strict=True)}
    names = {label.owner: label.box for label in labels}
    points = {i for i, place in context.places.items() if not place.code and place.kind != "area"}
    for number, (place, said) in enumerate(context.picture.happened, 1):
        if place in points:
            continue
        block = _disc(context, str(number), em)
        if said.id in begins:
            start = begins[said.id].start
            near = [p for gap in (0.3, 1.0, 1.8, 2.8) for p in label_positions(block, *start, gap * em)]
            yield LabelRequest(said.id, block, _middle(near), halo=False)
        else:
            box = names[place]
            x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            wide, high = box.width / 2, box.height / 2
            near = [
                (x + dx - block.width / 2, y + dy - block.height / 2, "middle")
                for gap in (0.4 * em, 1.2 * em, 2.2 * em, 3.4 * em, 5 * em)
                for dx, dy in (
                    (-wide - gap - block.width / 2, 0),
                    (wide + gap + block.width / 2, 0),
                    (0, -high - gap - block.height / 2),
                    (0, high + gap + block.height / 2),
                    (-wide - gap, high + gap),
                    (wide + gap, high + gap),
                    (-wide - gap, -high - gap),
                    (wide + gap, -high - gap),
                )
            ]
            yield LabelRequest(said.id, block, _middle(near), halo=False)


def _middle(positions: Iterable[tuple[float, float, str]]) -> tuple[tuple[float, float, Anchor], ...]:
    """The same positions with text in the middle of its block."""
    return tuple((left, top, "middle") for left, top, _ in positions)


def _disc(context: MapContext, number: str, em: float) -> TextBlock:
    face = Face(round(em * 0.95, 2), 600)
    block = layout_text(context.measure, [([Span(number)], TextStyle(face, "paper", tick=True))])
    size = DISC * em
    # half the height of a digit below the middle
    lines = tuple(replace(line, y=size / 2 + 0.33 * face.size) for line in block.lines)
    return TextBlock(lines, size, size)


def distance_lines(context: MapContext, marks: Sequence[PlaceMark]) -> tuple[DistanceLine, ...]:
    """A line for each distance, shortened so that it does not touch the marks."""
    em = context.size.text_size
    at = {mark.id: mark for mark in marks}
    lines = []
    for distance in context.distances:
        one, other = (at[place] for place in distance.between)
        length = math.hypot(other.x - one.x, other.y - one.y) or 1.0
        ux, uy = (other.x - one.x) / length, (other.y - one.y) / length
        first, last = one.radius + 0.35 * em, other.radius + 0.35 * em
        km = rounded_km(*(context.places[place] for place in distance.between))
        lines.append(
            DistanceLine(
                round(one.x + ux * first, 2), round(one.y + uy * first, 2),
                round(other.x - ux * last, 2), round(other.y - uy * last, 2),
                km,
            )
        )  # fmt: skip
    return tuple(lines)


def distance_requests(context: MapContext, lines: Sequence[DistanceLine], wording: Wording) -> Iterator[LabelRequest]:
    """Yield the words of each distance, along its line."""
    em = context.size.text_size
    for line in lines:
        words = wording.strings["drawings"]["distance"].format(km=wording.amount(Fraction(line.km)))
        block = layout_text(context.measure, [([Span(words)], TextStyle(Face(round(em * 0.88, 2), 600)))])
        points = [_along(line, part) for part in (0.5, 0.4, 0.6, 0.3, 0.7)]
        near = tuple(p for gap in (0.3, 1.0, 2.0) for x, y in points for p in label_positions(block, x, y, gap * em))
        yield LabelRequest(context.picture.id, block, near)


def along_distances(lines: Sequence[DistanceLine]) -> list[Point]:
    """Points along the lines, about 2 px apart."""
    steps = [max(1, round(math.hypot(line.x2 - line.x1, line.y2 - line.y1) / 2)) for line in lines]
    return [_along(line, n / count) for line, count in zip(lines, steps, strict=True) for n in range(count + 1)]


def _along(line: DistanceLine, part: float) -> Point:
    return line.x1 + (line.x2 - line.x1) * part, line.y1 + (line.y2 - line.y1) * part


def rounded_km(one: Place, other: Place) -> int:
    """How far two places are apart, to 5 km; to 1 km below 10, where 5 would say too little; far ones to two digits."""
    km = _km(one, other)
    if km < 2 * ROUNDED_TO:
        return max(1, round(km))
    to = ROUNDED_TO if km < FAR else 10 ** (len(str(int(km))) - 2)
    return to * round(km / to)


def _km(one: Place, other: Place) -> float:
    """The distance on a sphere, as the crow flies."""
    assert one.lat is not None
    assert one.lon is not None
    assert other.lat is not None
    assert other.lon is not None
    first, second = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((second - first) / 2) ** 2
    half += math.cos(first) * math.cos(second) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def own_side(context: MapContext, rings: Callable[[str], Sequence[Polyline]]) -> Callable[[PlaceMark, Point], bool]:
    """A function that says whether a point is in the country of a mark; `rings` gives a country's outline in px."""

    @cache
    def country(key: str) -> RingIndex | None:
        place = context.places[key]
        assert place.lon is not None
        assert place.lat is not None
        region = context.ground.at(place.lon, place.lat)
        return RingIndex(rings(region.country)) if region else None

    def same(mark: PlaceMark, point: Point) -> bool:
        own = country(mark.id)
        return own is None or own.contains(*point)

    return same
