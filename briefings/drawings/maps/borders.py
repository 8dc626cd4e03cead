"""Derive the borders of a ground: between countries, between regions of a country, and coasts; find points in a box."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ...pack.geojson import Ground, LonLat, Region, Ring
from ..scene import Box

Segment = tuple[LonLat, LonLat]


@dataclass(frozen=True)
class Borders:
    """Lines in degrees. `lands` maps a country code to the rings around the country."""

    lands: Mapping[str, tuple[Ring, ...]]
    national: tuple[Ring, ...]
    regional: tuple[Ring, ...]
    coast: tuple[Ring, ...]


@lru_cache(maxsize=8)
def borders(ground: Ground) -> Borders:
    """Classify each segment of the outlines by the regions that have it.

    Regions that touch must share their points exactly. A segment of two regions is a border; a segment of only one is
    coast, or the edge of the data. A country's outline consists of the segments that an odd number of its regions have.
    """
    sides: dict[Segment, list[Region]] = {}
    for region in ground.regions:
        for ring in region.rings:
            for a, b in pairwise(ring):
                sides.setdefault((a, b) if a < b else (b, a), []).append(region)
    outline_segments: dict[str, list[Segment]] = {}
    national: list[Segment] = []
    regional: list[Segment] = []
    coast: list[Segment] = []
    for segment, regions in sides.items():
        countries = [region.country for region in regions]
        for country in dict.fromkeys(countries):
            if countries.count(country) % 2:
                outline_segments.setdefault(country, []).append(segment)
        if len(regions) == 1:
            coast.append(segment)
        elif countries[0] == countries[1]:
            regional.append(segment)
        else:
            national.append(segment)
    lands = {country: tuple(_rings(outline_segments[country])) for country in sorted(outline_segments)}
    return Borders(lands, *(tuple(joined(segments)) for segments in (national, regional, coast)))


def joined(segments: Iterable[Segment]) -> Iterator[Ring]:
    """Join segments into lines that are as long as possible: from one junction or end to the next."""
    neighbours = _neighbours(segments)
    junctions = {point: None for point, to in neighbours.items() if len(to) != 2}
    for start in (*junctions, *neighbours):  # what is left after the junctions are rings
        while neighbours[start]:
            line = [start]
            while neighbours[line[-1]]:
                point = line[-1]
                following = neighbours[point].pop()
                neighbours[following].remove(point)
                line.append(following)
                if following in junctions or following == start:
                    break
            yield tuple(line)


def _rings(segments: Iterable[Segment]) -> Iterator[Ring]:
    """Join segments into closed rings. Every point of an outline has an even number of segments, so none is left."""
    neighbours = _neighbours(segments)
    for start in neighbours:
        while neighbours[start]:
            ring = [start]
            while len(ring) == 1 or ring[-1] != start:
                point = ring[-1]
                following = neighbours[point].pop()
                neighbours[following].remove(point)
                ring.append(following)
            yield tuple(ring)


def _neighbours(segments: Iterable[Segment]) -> dict[LonLat, list[LonLat]]:
    """Return the points that each point has a segment to."""
    neighbours: dict[LonLat, list[LonLat]] = {}
    for a, b in segments:
        neighbours.setdefault(a, []).append(b)
        neighbours.setdefault(b, []).append(a)
    return neighbours


class PointIndex:
    """Points by their x. A map asks for thousands of boxes how many of hundreds of points are in each."""

    def __init__(self, points: Iterable[tuple[float, float]]) -> None:
        self._points = sorted(points)
        self._xs = [x for x, _ in self._points]

    def count(self, box: Box) -> int:
        """How many points are in a box, not counting its edges."""
        first, last = bisect_right(self._xs, box.left), bisect_left(self._xs, box.right)
        top, bottom = box.top, box.bottom
        return sum(top < y < bottom for _, y in self._points[first:last])
