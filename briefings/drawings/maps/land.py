"""Project the land in view: areas by country, tinted regions, borders, and the points where a name has most room."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from ...pack.geojson import Ground, Ring
from ..scene import Box
from .borders import borders
from .projection import Point, Polyline, Projection, clipped_line, clipped_ring, projected

BORDER, THIN_BORDER = 1.8, 0.8  # px: how wide one border on a map is drawn, and each of very many
BAND = 16  # px: how high the bands are in which sides of rings are found
VERTICAL_WEIGHT = 1.6  # a name is wider than high, so a vertical distance counts for more


@dataclass(frozen=True)
class Area:
    """Rings filled as one shape. `tone` is the design token of their colour."""

    tone: str
    rings: tuple[Polyline, ...]


@dataclass(frozen=True)
class Land:
    """What a view shows: its box in px, its areas in drawing order, and the borders of each kind."""

    box: Box
    areas: tuple[Area, ...]
    national: tuple[Polyline, ...]
    regional: tuple[Polyline, ...]
    coast: tuple[Polyline, ...]

    @property
    def border(self) -> float:
        """How wide national borders are drawn, in px: thinner where they are many, which would hide the land."""
        length = sum(math.dist(a, b) for line in self.national for a, b in pairwise(line))
        around = 2 * (self.box.width + self.box.height)
        return round(min(BORDER, max(THIN_BORDER, BORDER * around / length)), 1) if length else BORDER


@lru_cache(maxsize=16)  # the documents of all audiences show the same view
def land(
    ground: Ground,
    projection: Projection,
    countries: tuple[str, ...],
    tinted: tuple[str, ...],
    *,
    min_distance: float,
    regional: bool,
) -> Land:
    """Project one view. The first of `countries` has the lightest tone. `min_distance` (px) thins out the lines."""
    lines = borders(ground)
    tones: dict[str, list[Polyline]] = {}
    for country, outline in lines.lands.items():
        tone = "land" if country == next(iter(countries), "") else "land-other"
        tones.setdefault(tone, []).extend(_clipped_rings(outline, projection, min_distance))
    areas = [Area(tone, tuple(tones[tone])) for tone in sorted(tones)]
    areas += [Area("land-tinted", outlines(ground, code, projection, min_distance)) for code in tinted]

    def drawn(borderlines: Iterable[Ring]) -> tuple[Polyline, ...]:
        near = (line for line in borderlines if _is_near_view(line, projection))
        return tuple(
            part for line in near for part in clipped_line(projected(line, projection, min_distance), projection.box)
        )

    return Land(
        projection.box,
        tuple(areas),
        drawn(lines.national),
        drawn(lines.regional) if regional else (),
        drawn(lines.coast),
    )


@lru_cache(maxsize=64)  # a map asks again for each way to fill it
def outlines(ground: Ground, code: str, projection: Projection, min_distance: float = 3) -> tuple[Polyline, ...]:
    """Return the rings of a region or country in px, clipped to the view."""
    land = borders(ground).lands.get(code)
    rings_by_region = (land,) if land else (region.rings for region in ground.find(code))
    return tuple(ring for outline in rings_by_region for ring in _clipped_rings(outline, projection, min_distance))


def clear_of_lines(view: Land, singled_out: Iterable[Polyline], boxes: Sequence[Box]) -> tuple[Land, bool]:
    """Leave regional borders out of some boxes, and say whether no line runs through them then.

    A national border, a coast or the outline of a region singled out is never cut: it says where something is.
    """
    kept = (*view.national, *view.coast, *singled_out)
    if not boxes or any(clipped_line(line, box) for line in kept for box in boxes):
        return view, False
    regional = tuple(part for line in view.regional for part in _outside(line, boxes))
    return replace(view, regional=regional), True


def _outside(line: Polyline, boxes: Sequence[Box]) -> Iterator[Polyline]:
    """Yield the parts of a line outside some boxes. Its points are so near each other that none is between two."""
    part: list[Point] = []
    for x, y in line:
        if any(box.left <= x <= box.right and box.top <= y <= box.bottom for box in boxes):
            if len(part) > 1:
                yield tuple(part)
            part = []
        else:
            part.append((x, y))
    if len(part) > 1:
        yield tuple(part)


def _clipped_rings(outline: Iterable[Ring], projection: Projection, min_distance: float) -> list[Polyline]:
    clipped = (
        clipped_ring(projected(ring, projection, min_distance), projection.box)
        for ring in outline
        if _is_near_view(ring, projection)
    )
    return [ring for ring in clipped if len(ring) > 3]


def _is_near_view(line: Sequence[Point], projection: Projection) -> bool:
    """Whether a line may reach into the view. False positives only cost time: the line is clipped later.

    The edges of a conic view are curves in degrees, hence the margin of a fifth.
    """
    frame = projection.frame
    margin_lon, margin_lat = (
        0.2 * (frame.east - frame.west),
        0.2 * (frame.north - frame.south),
    )
    xs, ys = [x for x, _ in line], [y for _, y in line]
    near = min(xs) < frame.east + margin_lon and max(xs) > frame.west - margin_lon
    return near and min(ys) < frame.north + margin_lat and max(ys) > frame.south - margin_lat


def crossings(outlines: Iterable[Polyline], y: float) -> list[float]:
    """Return the x at which closed rings cross a horizontal line, in ascending order."""
    return sorted(
        x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        for ring in outlines
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > y) != (y2 > y)
    )


def contains_point(outlines: Iterable[Polyline], x: float, y: float) -> bool:
    """Whether a point is inside closed rings: an odd number of crossings is to its right (even-odd rule)."""
    return sum(edge > x for edge in crossings(outlines, y)) % 2 == 1


class RingIndex:
    """Closed rings by their y. A map asks about thousands of points, and many have the same y."""

    def __init__(self, rings: Iterable[Polyline]) -> None:
        self._bands: dict[int, list[tuple[Point, Point]]] = {}
        self._crossings: dict[float, list[float]] = {}
        for a, b in (side for ring in rings for side in pairwise(ring)):
            low, high = (a[1], b[1]) if a[1] < b[1] else (b[1], a[1])
            for band in range(int(low // BAND), int(high // BAND) + 1):
                self._bands.setdefault(band, []).append((a, b))

    def contains(self, x: float, y: float) -> bool:
        """Whether a point is inside, as contains_point() says. Without rings, none is."""
        found = self._crossings.get(y)
        if found is None:
            found = self._crossings[y] = sorted(
                x1 + (y - y1) / (y2 - y1) * (x2 - x1)
                for (x1, y1), (x2, y2) in self._bands.get(int(y // BAND), ())
                if (y1 > y) != (y2 > y)
            )
        return (len(found) - bisect_right(found, x)) % 2 == 1


@lru_cache(maxsize=64)
def name_positions(ground: Ground, codes: tuple[str, ...], projection: Projection, step: float) -> tuple[Point, ...]:
    """Return the points where a name across regions may be centred, on a grid of about `step` px.

    Under the even-odd rule, a region inside another of the `codes` is cut out of it.
    """
    return tuple(
        roomiest_points([ring for code in codes for ring in outlines(ground, code, projection)], projection.box, step)
    )


def roomiest_points(outlines: Sequence[Polyline], box: Box, step: float) -> list[Point]:
    """Return grid points inside the outlines, those with most room around them first.

    The room of a point is its distance to the nearest of about 80 vertices, or to the edge of the box.
    """
    corners = [point for ring in outlines for point in ring]
    if not corners:
        return []
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    columns, rows = (max(3, min(14, round(length / step))) for length in (right - left, bottom - top))
    sparse = corners[:: max(1, len(corners) // 80)]

    def room(point: Point) -> float:
        x, y = point
        edge = min(x - box.left, box.right - x, (y - box.top) * VERTICAL_WEIGHT, (box.bottom - y) * VERTICAL_WEIGHT)
        return min(edge, math.sqrt(min([(cx - x) ** 2 + ((cy - y) * VERTICAL_WEIGHT) ** 2 for cx, cy in sparse])))

    inside = []
    for row in range(rows):
        y = top + (bottom - top) * (row + 0.5) / rows
        edges = crossings(outlines, y)
        xs = (left + (right - left) * (column + 0.5) / columns for column in range(columns))
        inside += [(x, y) for x in xs if (len(edges) - bisect_right(edges, x)) % 2]
    return sorted(inside, key=lambda point: (-round(room(point), 1), point))
