"""A ground -> its borders: between two countries, between two regions of one, and where land ends."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ...pack.geojson import Ground, LonLat, Region, Ring

Segment = tuple[LonLat, LonLat]


@dataclass(frozen=True)
class Borders:
    """Lines in degrees; `lands` are the rings around each country, by its code."""

    lands: Mapping[str, tuple[Ring, ...]]
    national: tuple[Ring, ...]
    regional: tuple[Ring, ...]
    coast: tuple[Ring, ...]


@lru_cache(maxsize=8)
def borders(ground: Ground) -> Borders:
    """A border is what two regions share, point by point; what only one has is the end of the land."""
    sides: dict[Segment, list[Region]] = {}
    for region in ground.regions:
        for ring in region.rings:
            for a, b in pairwise(ring):
                sides.setdefault((a, b) if a < b else (b, a), []).append(region)
    around: dict[str, list[Segment]] = {}
    national: list[Segment] = []
    regional: list[Segment] = []
    coast: list[Segment] = []
    for segment, regions in sides.items():
        countries = [region.country for region in regions]
        for country in dict.fromkeys(countries):
            if countries.count(country) % 2:
                around.setdefault(country, []).append(segment)
        if len(regions) == 1:
            coast.append(segment)
        elif countries[0] == countries[1]:
            regional.append(segment)
        else:
            national.append(segment)
    lands = {country: tuple(_rings(around[country])) for country in sorted(around)}
    return Borders(lands, *(tuple(joined(segments)) for segments in (national, regional, coast)))


def joined(segments: Iterable[Segment]) -> Iterator[Ring]:
    """Segments as lines, each as long as it goes: from where lines meet or end to the next such point."""
    ways = _neighbours(segments)
    ends = {point: None for point, to in ways.items() if len(to) != 2}
    for start in (*ends, *ways):  # first from the ends; what is left then are rings
        while ways[start]:
            line = [start]
            while ways[line[-1]]:
                here = line[-1]
                there = ways[here].pop()
                ways[there].remove(here)
                line.append(there)
                if there in ends or there == start:
                    break
            yield tuple(line)


def _rings(segments: Iterable[Segment]) -> Iterator[Ring]:
    """Segments as closed rings: every point of an outline has as many ways out as in."""
    ways = _neighbours(segments)
    for start in ways:
        while ways[start]:
            ring = [start]
            while len(ring) == 1 or ring[-1] != start:
                here = ring[-1]
                there = ways[here].pop()
                ways[there].remove(here)
                ring.append(there)
            yield tuple(ring)


def _neighbours(segments: Iterable[Segment]) -> dict[LonLat, list[LonLat]]:
    """Where one can go from each point."""
    ways: dict[LonLat, list[LonLat]] = {}
    for a, b in segments:
        ways.setdefault(a, []).append(b)
        ways.setdefault(b, []).append(a)
    return ways
