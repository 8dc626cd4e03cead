"""A GeoJSON file of a pack -> Ground: the regions a map is drawn on, by their code; what is wrong -> Problem."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..problems import Mark, Problem, ProblemError
from .yaml_file import MAX_BYTES

LonLat = tuple[float, float]  # longitude, latitude in degrees
Ring = tuple[LonLat, ...]  # closed: the last point is the first


@dataclass(frozen=True)
class Region:
    """A region by its ISO 3166-2 code, which begins with its country's; its rings in degrees, holes among them."""

    code: str
    name: str
    rings: tuple[Ring, ...]

    @property
    def country(self) -> str:
        """The ISO 3166 code of the country it belongs to."""
        return self.code.partition("-")[0]

    def contains(self, lon: float, lat: float) -> bool:
        """Whether a point lies in the region: inside an odd number of its rings."""
        return sum(_crosses(ring, lon, lat) for ring in self.rings) % 2 == 1


@dataclass(frozen=True, eq=False)
class Ground:
    """What a map stands on. `note` says where it comes from, for the line under the map; compared by identity."""

    file: str
    regions: tuple[Region, ...]
    note: str = ""

    def find(self, code: str) -> tuple[Region, ...]:
        """The regions of a code: one region, or all of a country."""
        return tuple(r for r in self.regions if code in (r.code, r.country))

    def at(self, lon: float, lat: float) -> Region | None:
        """The region a point lies in."""
        return next((r for r in self.regions if r.contains(lon, lat)), None)


def read_ground(path: Path, name: str) -> Ground:
    """Read a ground, called `name` in what is reported. Raises ProblemError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _wrong(
                "too-large", f"the file is over {MAX_BYTES // 1000:,} kB", name, "cut it smaller: tools/cut-map"
            )
        return _parsed(path.read_text("utf-8"), name)
    except (OSError, UnicodeDecodeError, RecursionError):
        raise _wrong("not-geojson", "this cannot be read as a text file", name, _HINT) from None


@lru_cache(maxsize=8)  # the same Ground while its file is the same: what is drawn on it is kept by whose it is
def _parsed(text: str, name: str) -> Ground:
    try:
        value = json.loads(text, parse_constant=lambda word: None)
    except json.JSONDecodeError as error:
        mark = Mark(name, error.lineno, error.colno)
        raise ProblemError([Problem("not-geojson", f"not JSON: {error.msg.lower()}", mark, _HINT)]) from None
    features = value.get("features") if isinstance(value, dict) else None
    if not isinstance(features, list) or value.get("type") != "FeatureCollection" or not features:
        raise _wrong("not-geojson", "this is no GeoJSON FeatureCollection", name, _HINT)
    note = value.get("note", "")
    regions = tuple(_region(feature, place, name) for place, feature in enumerate(features, 1))
    return Ground(name, regions, note if isinstance(note, str) else "")


_HINT = "save it as a GeoJSON FeatureCollection of regions; see docs/data.md"


def _wrong(code: str, message: str, name: str, hint: str) -> ProblemError:
    return ProblemError([Problem(code, message, Mark(name, 1, 1), hint)])


def _region(feature: Any, place: int, name: str) -> Region:
    what = f"feature {place}"
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, Mapping) or not isinstance(properties.get("code"), str) or not properties["code"]:
        hint = 'give it "properties": {"code": "XX-YY", "name": "..."}'
        raise _wrong("not-geojson", f"{what} has no code", name, hint)
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _wrong("not-geojson", f"{what} ({properties['code']}) is no Polygon or MultiPolygon", name, _HINT)
    polygons = geometry.get("coordinates")
    try:
        rings = tuple(map(_ring, _rings([polygons] if kind == "Polygon" else polygons)))
    except (TypeError, ValueError, IndexError):
        message = f"{what} ({properties['code']}) has a ring that is not four or more [longitude, latitude]"
        raise _wrong("not-geojson", message, name, "coordinates are degrees, longitude first") from None
    return Region(properties["code"], str(properties.get("name") or ""), rings)


def _rings(polygons: Any) -> Iterator[Any]:
    for polygon in polygons:
        yield from polygon


def _ring(points: Any) -> Ring:
    lons, lats = [float(p[0]) for p in points], [float(p[1]) for p in points]
    ring = tuple(zip(lons, lats, strict=True))
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError("not a ring")
    if min(lons) < -180 or max(lons) > 180 or min(lats) < -90 or max(lats) > 90:  # no NaN: JSON's constants are None
        raise ValueError("not degrees")
    return ring


def _crosses(ring: Ring, lon: float, lat: float) -> bool:
    """Whether a line from the point eastwards crosses the ring an odd number of times."""
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside
