"""Set the names on a map and list their preferred positions: next to a mark, across a region, along a line."""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Literal

from ...language.wording import Wording
from ...schema.topic import Place
from ..fonts import Face
from ..scene import Box, Label, Span
from ..text_layout import TextBlock, TextStyle, layout_text
from .borders import PointIndex
from .label_placement import LabelRequest, Position, label_positions
from .land import Land, RingIndex, name_positions, outlines
from .map_context import MapContext, PlaceMark
from .projection import Point, Polyline, Projection, inside_part

BORDER = 20  # what a point of a national border costs that the name of a country or region covers
OUTSIDE = 8  # what a corner of such a name costs outside its country or region

# What a position of the name of a mark costs: nearer to another mark, in a country that the map names and the mark is
# not in (up to three times, the whole name), on any other country's land, in another region that is named, on a border,
# farther away.
MISTAKEN, ON_NAMED, ABROAD, IN_REGION, ON_BORDER, FARTHER = 100, 12, 10, 4, 3, 2
Elsewhere = Literal["", "region", "country", "named country"]
SPARSE = 3  # every third point of a coast shows well enough what is land: they are about a px apart
TIED = 0.75  # em: a name farther from its mark has a line to it
CLEARLY = 0.25  # em: how much nearer a name is to its own mark than to any other
APART = 1.2  # em: between the name across a country or region and another name beside it
COUNTRY_FACES = ((1.5, 0.45), (1.2, 0.14), (1.0, 0.08))  # size and spacing in em, the first if the name has room


class Sides:
    """On whose land a point of a map is. `rings` gives the outline of a country or region in px."""

    def __init__(self, context: MapContext, view: Land, rings: Callable[[str], Sequence[Polyline]]) -> None:
        self._context = context
        places = context.unmarked_places(context.definition.places)
        self._named = tuple(place.code for place in places if place.code)
        rings_of_land = (ring for area in view.areas if area.tone != "land-tinted" for ring in area.rings)
        self._land = RingIndex((*ring[:-1:SPARSE], ring[-1]) for ring in rings_of_land)
        self._inside = cache(lambda code: RingIndex(rings(code)))
        self._codes_of = cache(self._find_codes)

    def mistaken_for(self, mark: PlaceMark, point: Point) -> Elsewhere:
        """What the place of a mark would seem to be in at a point, if not where it is; the sea is nobody's."""
        own = self._codes_of(mark.id)
        named = [code for code in self._named if code not in own and self._inside(code).contains(*point)]
        if own and any(code.split("-")[0] != own[-1] for code in named):
            return "named country"
        if own and self._land.contains(*point) and not self._inside(own[-1]).contains(*point):
            return "country"
        return "region" if named else ""

    def _find_codes(self, key: str) -> tuple[str, ...]:
        """The region and the country in which a place is."""
        place = self._context.places[key]
        assert place.lon is not None
        assert place.lat is not None
        region = self._context.ground.at(place.lon, place.lat)
        return (region.code, region.country) if region else ()


def mark_labels(
    context: MapContext,
    marks: Sequence[PlaceMark],
    borders: Sequence[Point],
    factor: float = 1,
    sides: Sides | None = None,
) -> Iterator[LabelRequest]:
    """Yield the names of marks, the main ones first.

    A name belongs to the mark it is nearest to, and to the land it stands on: other positions come last, and before
    them those that cross a border (dense points).
    """
    em, crossed = context.size.text_size * factor, PointIndex(borders)
    for mark in sorted(marks, key=lambda m: not m.main):
        weight = 600 if mark.main or (mark.kind == "city" and factor == 1) else 400
        face = Face(round(em * (1.12 if mark.main else 1), 2), weight, italic=mark.kind == "battlefield")
        name = layout_text(
            context.measure, [([Span(context.names[mark.id])], TextStyle(face, "reported" if mark.main else "ink"))]
        )
        near = list(_around(name, mark, 0.32 * em))
        further = list(_around(name, mark, 1.1 * em))
        found = []
        for position in near + further:
            box = _box(name, position)
            cost = FARTHER * (position in further) + ON_BORDER * (crossed.count(box) > 0)
            cost += MISTAKEN * any(
                box_gap(box, other) < box_gap(box, mark) + CLEARLY * em for other in marks if other.id != mark.id
            )
            found.append((cost + (_elsewhere(sides, mark, box) if sides else 0), position))
        found.sort(key=lambda each: each[0])
        yield LabelRequest(mark.id, name, tuple(p for _, p in found), costs=tuple(cost for cost, _ in found))


def box_gap(box: Box, mark: PlaceMark) -> float:
    """How far a box is from a mark, in px."""
    across, down = max(box.left - mark.x, mark.x - box.right, 0), max(box.top - mark.y, mark.y - box.bottom, 0)
    return math.hypot(across, down) - mark.radius


def name_ties(marks: Sequence[PlaceMark], labels: Sequence[Label], em: float) -> Iterator[Polyline]:
    """Yield a line from each name that stands some way from its mark to that mark, if it runs through no label."""
    at = {mark.id: mark for mark in marks}
    for label in labels:
        mark = at.get(label.owner)
        if mark and box_gap(label.box, mark) > TIED * em:
            box = label.box
            x, y = min(max(mark.x, box.left), box.right), min(max(mark.y, box.top), box.bottom)
            part = mark.radius / math.dist((x, y), (mark.x, mark.y))
            tie = (x, y), (mark.x + (x - mark.x) * part, mark.y + (y - mark.y) * part)
            if not any(inside_part(*tie, other.box.grown(-1)) for other in labels if other is not label):
                yield tie


def _around(name: TextBlock, mark: PlaceMark, gap: float) -> Iterator[Position]:
    """Yield positions of a name around its mark: beside it, then above and below with more of it on one side."""
    gap += mark.radius
    yield from label_positions(name, mark.x, mark.y, gap)
    for top in (mark.y - gap - name.height, mark.y + gap):
        for part in (0.25, 0.75):
            yield mark.x - part * name.width, top, "middle"


def _elsewhere(sides: Sides, mark: PlaceMark, box: Box) -> int:
    """What it costs that the name of a mark stands on other land than the mark."""
    points = [
        (box.left + box.width * part, box.top + box.height * level)
        for part in (0.02, 0.5, 0.98)
        for level in (0.3, 0.7)
    ]
    found = [sides.mistaken_for(mark, point) for point in points]
    abroad, named = found.count("country") + found.count("named country"), found.count("named country")
    cost = round(ABROAD * abroad / len(points)) + (ON_NAMED + 2 * ON_NAMED * named // len(points) if named else 0)
    return cost + IN_REGION * ("region" in found)


def region_labels(
    context: MapContext,
    places: Sequence[Place],
    projection: Projection,
    borders: Sequence[Point],
    lines: Sequence[Point] = (),
    factor: float = 1,
) -> Iterator[LabelRequest]:
    """Yield the names across countries, regions and areas, at the points with most room.

    Countries and regions are set in spaced capitals, areas in italics. A name that crosses a national border, rather
    than one of the other `lines`, would be that of two countries. The name of a country is smaller where it would reach
    beyond it.
    """
    em, crossed, other = context.size.text_size * factor, PointIndex(borders), PointIndex(lines)
    for place in sorted(places, key=lambda p: p.kind != "country"):
        inside = RingIndex(outlines(context.ground, place.code, projection)) if place.code else None
        middles = _middles(context, place, projection)
        for face in _faces(context, place, em):
            name = _name(context, place, face)
            found = []
            for position in (_centred(name, point) for point in middles):
                box = _box(name, position)
                outside = sum(not inside.contains(x, y) for x, y in _corners(box)) if inside else 0
                found.append((OUTSIDE * outside + BORDER * crossed.count(box) + other.count(box), outside, position))
            found.sort(key=lambda each: each[0])
            if found and not found[0][1]:
                break
        costs = tuple(cost for cost, _, _ in found)
        apart = APART * em if place.code else 0.0
        positions = tuple(position for _, _, position in found)
        yield LabelRequest(place.id, name, positions, halo=place.kind == "area", costs=costs, margin=apart)


def _faces(context: MapContext, place: Place, em: float) -> Iterator[Face]:
    """The faces in which the name of a place across a map may be set, the largest first."""
    if place.kind == "area":
        yield Face(round(em, 2), italic=True)
    elif place.kind == "country":
        for size, spacing in COUNTRY_FACES[context.size.width <= 45 * em :]:
            yield Face(round(em * size, 2), 600, spacing=round(em * spacing, 2))
    else:
        yield Face(round(em * 0.86, 2), 600, spacing=round(em * 0.1, 2))


def _name(context: MapContext, place: Place, face: Face) -> TextBlock:
    words = context.names[place.id].split(" ")
    if place.kind != "area":
        words = [word.upper() for word in words]
    # a thin, grey name of a region does not last through two copies
    style = TextStyle(face, "ink-soft" if place.kind == "country" else "ink", leading=1.16)
    return layout_text(context.measure, [([Span(word)], style) for word in words])


def _corners(box: Box) -> list[Point]:
    """The corners of a name, and the middles of its upper and lower edge, a little inside."""
    near = box.grown(-1)
    return [(x, y) for x in (near.left, (near.left + near.right) / 2, near.right) for y in (near.top, near.bottom)]


def line_labels(context: MapContext, rough_lines: Sequence[Polyline], wording: Wording) -> Iterator[LabelRequest]:
    """Yield the title of each rough line, with the remark that it is approximate."""
    em = context.size.text_size
    for (key, title), line in zip(context.picture.titles, rough_lines, strict=True):
        rough = wording.strings["drawings"]["rough"]
        parts = [([Span(title)], TextStyle(Face(round(em * 0.92, 2), italic=True)))]
        parts.append(([Span(rough)], TextStyle(Face(round(em * 0.84, 2), italic=True), "ink-soft")))
        words = layout_text(context.measure, parts)
        yield LabelRequest(
            key, words, tuple(position for x, y in line for position in label_positions(words, x, y, 0.6 * em))
        )


def _middles(context: MapContext, place: Place, projection: Projection) -> Sequence[Point]:
    """Return the preferred centres of a name, the best first."""
    step = context.size.text_size
    if place.code:
        # A country's name inside a tinted region would look like the region's name: exclude tinted regions.
        own = (code for code in context.codes(context.definition.tinted) if code.startswith(f"{place.code}-"))
        return name_positions(context.ground, (place.code, *own), projection, 1.5 * step)
    assert place.lat is not None
    assert place.lon is not None
    x, y = projection((place.lon, place.lat))
    return [(x + dx * step, y + dy * step) for dy in (0, -0.7, 0.7, -1.4, 1.4) for dx in (0, -1.5, 1.5, -3, 3)]


def _centred(name: TextBlock, middle: Point) -> Position:
    return middle[0] - name.width / 2, middle[1] - name.height / 2, "middle"


def _box(name: TextBlock, position: Position) -> Box:
    left, top, _ = position
    return Box(left, top, left + name.width, top + name.height)
