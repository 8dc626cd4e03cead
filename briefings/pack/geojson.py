"""A GeoJSON file of a pack -> Ground: the regions a map is drawn on, by their codes. Errors -> Problem."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..limits import MAX_BYTES, MAX_POINTS, MAX_REGIONS
from ..problems import Mark, Problem, ProblemError
from ..safe_files import TooLargeError, read_text, root_of

LonLat = tuple[float, float]  # longitude, latitude in degrees
Ring = tuple[LonLat, ...]  # closed: the last point is the first


@dataclass(frozen=True)
class Region:
    """A region. `code` is by ISO 3166-2 and begins with its country's; `rings` are outlines and holes alike."""

    code: str
    name: str
    rings: tuple[Ring, ...]

    @property
    def country(self) -> str:
        """The ISO 3166 code of the country it belongs to."""
        return self.code.partition("-")[0]

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """The westernmost, southernmost, easternmost and northernmost degrees."""
        lons, lats = zip(*(point for ring in self.rings for point in ring), strict=True) if self.rings else ((0,), (0,))
        return min(lons), min(lats), max(lons), max(lats)

    def contains(self, lon: float, lat: float) -> bool:
        """Whether a point is in the region. A point inside an odd number of rings is: a hole makes the number even."""
        west, south, east, north = self.bounds
        if not (west <= lon <= east and south <= lat <= north):
            return False
        return sum(_crosses(ring, lon, lat) for ring in self.rings) % 2 == 1


@dataclass(frozen=True, eq=False)
class Ground:
    """The base of a map. `note` credits its source, for the line under the map.

    Compared and hashed by identity, so that caches keyed by a Ground need not hash thousands of points.
    """

    file: str
    regions: tuple[Region, ...]
    note: str = ""

    def find(self, code: str) -> tuple[Region, ...]:
        """The region with this code, or all regions of the country with this code."""
        return tuple(r for r in self.regions if code in (r.code, r.country))

    def at(self, lon: float, lat: float) -> Region | None:
        """The region that contains a point, or None."""
        return next((r for r in self.regions if r.contains(lon, lat)), None)


def read_ground(path: Path, name: str) -> Ground:
    """Read a GeoJSON file, called `name` in problems. Raises ProblemError."""
    try:
        return _parsed(read_text(path, root_of(path.parent), MAX_BYTES), name)
    except TooLargeError as error:
        raise _error("too-large", str(error.strerror), name, "cut it smaller: tools/cut-map") from None
    except (OSError, UnicodeDecodeError, RecursionError):
        raise _error("not-geojson", "this cannot be read as a text file", name, _HINT) from None


# Cached so that an unchanged file gives the same Ground object: what is drawn on it is cached by identity.
@lru_cache(maxsize=8)
def _parsed(text: str, name: str) -> Ground:
    try:
        # NaN and Infinity, which JSON has not, become None, which _ring refuses as a coordinate.
        value = json.loads(text, parse_constant=lambda word: None)
    except json.JSONDecodeError as error:
        mark = Mark(name, error.lineno, error.colno)
        raise ProblemError([Problem("not-geojson", f"not JSON: {error.msg.lower()}", mark, _HINT)]) from None
    except ValueError:  # Python reads no whole number of thousands of digits
        raise _error("not-geojson", "a number has too many digits", name, "write degrees, such as 51.19") from None
    features = value.get("features") if isinstance(value, dict) else None
    if not isinstance(features, list) or value.get("type") != "FeatureCollection" or not features:
        raise _error("not-geojson", "this is not a GeoJSON FeatureCollection with features", name, _HINT)
    if len(features) > MAX_REGIONS:
        raise _error("too-large", f"more than {MAX_REGIONS:,} regions", name, "leave out those that no map shows")
    note = value.get("note", "")
    regions = tuple(_region(feature, place, name) for place, feature in enumerate(features, 1))
    if sum(len(ring) for region in regions for ring in region.rings) > MAX_POINTS:
        raise _error("too-large", f"more than {MAX_POINTS:,} points", name, "cut it smaller: tools/cut-map")
    words = note if isinstance(note, str) else ""
    if not _is_text("".join((words, *(f"{region.code}{region.name}" for region in regions)))):
        raise _error("not-geojson", "a text has half of a character (\\ud800 to \\udfff)", name, "delete it")
    return Ground(name, regions, words)


def _is_text(words: str) -> bool:
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True


_HINT = "save it as a GeoJSON FeatureCollection of regions; see docs/data.md"


def _error(code: str, message: str, name: str, hint: str) -> ProblemError:
    return ProblemError([Problem(code, message, Mark(name, 1, 1), hint)])


def _region(feature: Any, place: int, name: str) -> Region:
    feature_name = f"feature {place}"
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, Mapping) or not isinstance(properties.get("code"), str) or not properties["code"]:
        hint = 'give it "properties": {"code": "XX-YY", "name": "..."}'
        raise _error("not-geojson", f"{feature_name} has no code", name, hint)
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _error(
            "not-geojson", f"{feature_name} ({properties['code']}) is not a Polygon or MultiPolygon", name, _HINT
        )
    polygons = geometry.get("coordinates")
    try:
        rings = tuple(map(_ring, _rings([polygons] if kind == "Polygon" else polygons)))
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        message = (
            f"{feature_name} ({properties['code']}) has a ring that is not closed or not of [longitude, latitude] pairs"
        )
        raise _error(
            "not-geojson", message, name, "write degrees, longitude first, and repeat the first of at least four points"
        ) from None
    return Region(properties["code"], str(properties.get("name") or ""), rings)


def _rings(polygons: Any) -> Iterator[Any]:
    for polygon in polygons:
        yield from polygon


def _ring(points: Any) -> Ring:
    lons, lats = [float(p[0]) for p in points], [float(p[1]) for p in points]
    ring = tuple(zip(lons, lats, strict=True))
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError("not a ring")
    if min(lons) < -180 or max(lons) > 180 or min(lats) < -90 or max(lats) > 90:
        raise ValueError("not degrees")
    return ring


def _crosses(ring: Ring, lon: float, lat: float) -> bool:
    """Whether a ray from the point eastwards crosses the ring an odd number of times: whether the ring encloses it."""
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside
