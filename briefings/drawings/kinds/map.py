"""Map: places on a ground, with borders, tinted regions, an inset, a scale and areas to compare."""

import math
from collections.abc import Iterator
from typing import Literal

from ...pack.geojson import Ground
from ...pack.pack import Pack
from ...pack.yaml_file import YamlFile
from ...problems import Problem, YamlPath, did_you_mean
from ...schema.drawings import Frame, MapDrawing
from ...schema.topic import Place
from ..kind import Deferred, Kind


class Map(MapDrawing):
    """Places on a ground."""

    kind: Literal["map"]


def map_checks(pack: Pack, drawing: MapDrawing, yaml_file: YamlFile, path: YamlPath) -> Iterator[Problem]:
    land = pack.grounds[drawing.ground]
    for field, frame in (("places", drawing.frame), ("inset_places", drawing.inset)):
        for place, key in enumerate(getattr(drawing, field)):
            thing = pack.index[key]
            assert isinstance(thing, Place)
            for message, hint in _off_the_map(thing, land, frame):
                yield yaml_file.problem("off-the-map", message, yaml_file.mark((*path, field, place)), hint)
    yield from _singled_out(pack, drawing, yaml_file, path)
    for place, ref in enumerate(drawing.areas):
        if why := no_area(pack, ref) or _too_large(pack, ref, drawing.frame):
            yield yaml_file.problem("no-area", why[0], yaml_file.mark((*path, "areas", place)), why[1])
    for place, line in enumerate(drawing.lines):
        for number, point in enumerate(line.points):
            if not _within(drawing.frame, point.lon, point.lat):
                mark = yaml_file.mark((*path, "lines", place, "points", number))
                message = f"a point of '{line.id}' lies outside the map"
                yield yaml_file.problem("off-the-map", message, mark, "write [longitude, latitude], in this order")


def _singled_out(pack: Pack, drawing: MapDrawing, yaml_file: YamlFile, path: YamlPath) -> Iterator[Problem]:
    """Check that places in `tinted` and `main` are on the map, and that only regions are tinted."""
    for field in ("tinted", "main"):
        for place, key in enumerate(getattr(drawing, field)):
            mark = yaml_file.mark((*path, field, place))
            if key not in drawing.places:
                yield yaml_file.problem(
                    "off-the-map", f"'{key}' is not among this map's 'places'", mark, "add it to 'places'"
                )
            elif field == "tinted" and not getattr(pack.index[key], "code", None):
                hint = "give it a 'code' in places.yaml"
                yield yaml_file.problem(
                    "unknown-region", f"'{key}' is not a region with a 'code', so it cannot be tinted", mark, hint
                )


def no_area(pack: Pack, ref: str) -> tuple[str, str] | None:
    """Why an estimate cannot be drawn as an area (message, hint), or None."""
    figure, estimate = pack.estimate(ref)
    unit = pack.units.get(estimate.unit or figure.unit)
    if unit is None or not unit.square_km:
        return (
            f"'{ref}' is not an area",
            "set 'square_km' of its unit in figures.yaml to the square kilometres of one unit",
        )
    if estimate.value is None:
        return f"'{ref}' has no single value to draw", "choose an estimate with a 'value'"
    return None if estimate.value > 0 else (f"'{ref}' is not above 0, so it has no square", "leave it out")


def _too_large(pack: Pack, ref: str, frame: Frame) -> tuple[str, str] | None:
    """Why the square of an area has no place on a map (message, hint): it is wider than the map. Else None."""
    figure, estimate = pack.estimate(ref)
    per_unit = pack.unit_of(figure, estimate).square_km
    assert estimate.value is not None
    assert per_unit is not None
    side = math.sqrt(estimate.value * per_unit)
    widest = min(map(abs, (frame.south, frame.north)))
    width = (frame.east - frame.west) * _KM_PER_DEGREE * math.cos(math.radians(widest))
    if side <= width:
        return None
    message = f"the square of '{ref}' would be {side:,.0f} km wide, and the map is {width:,.0f} km wide"
    return message, "leave it out, or show a larger part of the earth"


_KM_PER_DEGREE = 111.3  # along the equator


def _off_the_map(place: Place, land: Ground, frame: Frame | None) -> Iterator[tuple[str, str]]:
    """Why a place cannot be on a map: (message, hint) for each reason."""
    if place.code:
        if not land.find(place.code):
            known = sorted({code for r in land.regions for code in (r.code, r.country)})
            yield (
                f"the ground has no region '{place.code}' ('{place.id}')",
                did_you_mean(place.code, known) or "look up the codes in its file",
            )
    elif place.lat is None or place.lon is None:
        yield f"'{place.id}' has no coordinates", "give it 'lat' and 'lon' in places.yaml"
    elif frame is None:
        yield f"'{place.id}' is in 'inset_places', but this map has no inset", "give the map an 'inset'"
    elif not _within(frame, place.lon, place.lat):
        edges = f"{frame.west:g} to {frame.east:g} east, {frame.south:g} to {frame.north:g} north"
        yield (
            f"'{place.id}' ({place.lat:g}, {place.lon:g}) lies outside the map ({edges})",
            "widen the frame, or remove the place",
        )


def _within(frame: Frame, lon: float, lat: float) -> bool:
    return frame.west <= lon <= frame.east and frame.south <= lat <= frame.north


KIND = Kind(Map, Deferred("maps.locator_map", "layout_locator_map"), map_checks)
