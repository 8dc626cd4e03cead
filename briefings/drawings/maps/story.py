"""Lay out what happens on a map: numbered discs at the places of events, and distances between two places."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from ...language.wording import Wording
from ...schema.topic import Place
from ..fonts import Face
from ..scene import Anchor, Box, Label, Span
from ..text_layout import TextBlock, TextStyle, layout_text
from .arrows import ArrowShape
from .label_placement import LabelRequest, Position, label_positions
from .map_context import MapContext, PlaceMark
from .projection import EARTH_RADIUS_KM, Point, Polyline, inside_part

DISC = 1.55  # the diameter of a disc, in em
BESIDE = 0.8  # em: a disc farther from the mark of its place has a line to it
FAR = 200  # km: from here, two digits say enough on a map of so much land
ROUNDED_TO = 5  # km: the coordinates are rounded, and places are not points
# What a position of a number costs beside the mark of another place, and in another named country.
MISTAKEN, ABROAD = 100, 30
GAPS = ((0.35, 0), (0.9, 0), (1.6, 1), (2.6, 2), (3.8, 4), (5.2, 6))  # em from a number to its mark, and what it costs
BESIDE_LINE = 0.5  # em: words farther from a line do not seem to be its own
SHOWN = 0.6  # em: how much of a line shows at least on each side of words that stand on it


@dataclass(frozen=True)
class DistanceLine:
    """A line between two places, from (x1, y1) to (x2, y2) in px, and how far they are apart in km.

    `words` is where it is interrupted by the words that say so.
    """

    x1: float
    y1: float
    x2: float
    y2: float
    km: int
    words: Box | None = None

    @property
    def parts(self) -> tuple[tuple[Point, Point], ...]:
        """What is drawn of the line."""
        start, end = (self.x1, self.y1), (self.x2, self.y2)
        hidden = inside_part(start, end, self.words) if self.words else None
        return ((start, hidden[0]), (hidden[1], end)) if hidden else ((start, end),)

    def interrupted(self, words: Label | None, em: float) -> "DistanceLine":
        """The line with its words, if they have room on the map."""
        return replace(self, words=words.box.grown(0.15 * em) if words else None)

    def gap(self, box: Box) -> float:
        """How far a box is from the line, in px; 0 if the line runs through it."""
        if inside_part((self.x1, self.y1), (self.x2, self.y2), box):
            return 0.0
        corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        ends = [_to_box(box, self.x1, self.y1), _to_box(box, self.x2, self.y2)]
        return min(*ends, *(self._to_point(x, y) for x, y in corners))

    def _to_point(self, x: float, y: float) -> float:
        dx, dy = self.x2 - self.x1, self.y2 - self.y1
        part = ((x - self.x1) * dx + (y - self.y1) * dy) / (dx * dx + dy * dy or 1.0)
        part = min(1.0, max(0.0, part))
        return math.hypot(x - self.x1 - part * dx, y - self.y1 - part * dy)

    @property
    def length(self) -> float:
        """In px."""
        return math.hypot(self.x2 - self.x1, self.y2 - self.y1)


def _to_box(box: Box, x: float, y: float) -> float:
    return math.hypot(max(box.left - x, x - box.right, 0), max(box.top - y, y - box.bottom, 0))


def disc_requests(
    context: MapContext, marks: Sequence[PlaceMark], in_country: Callable[[PlaceMark, Point], bool]
) -> Iterator[LabelRequest]:
    """Yield a disc with its number beside the mark of its place, for each event at a point.

    `in_country` says whether a point is in a country that the map names and the mark is not in.
    """
    em = context.size.text_size
    at = {mark.id: mark for mark in marks}
    for number, (place, said) in enumerate(context.picture.happened, 1):
        if place in at:
            mark, block = at[place], _disc(context, str(number), em)
            near = [
                (cost + _misleads(block.box_at(*position[:2]), mark, marks, in_country), position)
                for gap, cost in GAPS
                for position in label_positions(block, mark.x, mark.y, mark.radius + gap * em)
            ]
            # beside another mark a number would say that it happened there
            near.sort(key=lambda each: each[0] >= ABROAD)
            boxes = (block.box_at(left, top) for _, (left, top, _) in near)
            lines = tuple(tuple(_along_tie(_tie(box, mark, marks, em))) for box in boxes)
            costs, positions = tuple(cost for cost, _ in near), _middle(position for _, position in near)
            yield LabelRequest(said.id, block, positions, halo=False, lines=lines, costs=costs)


def _misleads(
    disc: Box, mark: PlaceMark, marks: Sequence[PlaceMark], in_country: Callable[[PlaceMark, Point], bool]
) -> int:
    """What it costs that a disc seems to be at another place, or in a country that the event was not in."""
    middle = (disc.left + disc.right) / 2, (disc.top + disc.bottom) / 2
    lead = 2 * _lead(disc, mark, marks) / disc.width
    return round(MISTAKEN * (1 if lead < 0 else 0.5 * max(0.0, 1 - lead))) + ABROAD * in_country(mark, middle)


def _lead(disc: Box, mark: PlaceMark, marks: Sequence[PlaceMark]) -> float:
    """How much nearer a disc is to its own mark than to any other, in px."""
    return min((_gap(disc, other) for other in marks if other.id != mark.id), default=math.inf) - _gap(disc, mark)


def _gap(disc: Box, mark: PlaceMark) -> float:
    """How far a disc is from a mark, in px."""
    across = math.hypot((disc.left + disc.right) / 2 - mark.x, (disc.top + disc.bottom) / 2 - mark.y)
    return across - disc.width / 2 - mark.radius


def disc_ties(context: MapContext, marks: Sequence[PlaceMark], discs: Sequence[Box]) -> tuple[Polyline, ...]:
    """A line from each disc to the mark of its place, where the disc does not stand beside that mark alone."""
    at = {mark.id: mark for mark in marks}
    happened = zip(context.picture.happened, discs, strict=True)
    ties = (_tie(disc, at[place], marks, context.size.text_size) for (place, _), disc in happened if place in at)
    return tuple(filter(None, ties))


def _tie(disc: Box, mark: PlaceMark, marks: Sequence[PlaceMark], em: float) -> Polyline:
    """A line from a disc to a mark; none if the disc is beside it and not also beside another."""
    if _gap(disc, mark) <= BESIDE * em and _lead(disc, mark, marks) >= disc.width / 2:
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
    """Yield the words of each distance: on its line, which they interrupt, or beside it and far from the other lines.

    Words without such a place are left out of the map: elsewhere they would say something else.
    """
    em = context.size.text_size
    for line in lines:
        words = wording.strings["drawings"]["distance"].format(km=wording.amount(Fraction(line.km)))
        block = layout_text(context.measure, [([Span(words)], TextStyle(Face(round(em * 0.88, 2), 600)))])
        points = [_along(line, part) for part in (0.5, 0.4, 0.6, 0.3, 0.7)]
        on_line = [(x - block.width / 2, y - block.height / 2) for x, y in points]
        found: list[tuple[int, Position]] = [
            (0, (*at, "middle")) for at in on_line if _is_interrupted(line, block.box_at(*at), SHOWN * em)
        ]
        others = [other for other in lines if other is not line]
        for gap in (0.3, 0.6):
            for position in (p for x, y in points for p in label_positions(block, x, y, gap * em)):
                box = block.box_at(*position[:2])
                away = line.gap(box)
                if 0 < away <= BESIDE_LINE * em and all(other.gap(box) > 2 * away for other in others):
                    found.append((1, position))
        costs, positions = tuple(cost for cost, _ in found), tuple(position for _, position in found)
        yield LabelRequest(context.picture.id, block, positions, costs=costs, optional=True)


def _is_interrupted(line: DistanceLine, box: Box, least: float) -> bool:
    """Whether `least` px of a line show on each side of a box on it."""
    (start, before), *rest = replace(line, words=box).parts
    after = rest[-1] if rest else None
    return after is not None and min(math.dist(start, before), math.dist(*after)) >= least


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
