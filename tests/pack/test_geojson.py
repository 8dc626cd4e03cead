"""GeoJSON files: the regions of a ground, which points they contain, and what is refused."""

import json
from pathlib import Path

import pytest

from briefings.pack.geojson import Region, read_ground
from briefings.problems import ProblemError

SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0))
HOLE = ((1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0), (1.0, 1.0))
YARD = {"properties": {"code": "AA-YD", "name": "Yard"}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}
FIELD = {
    "properties": {"code": "BB"},
    "geometry": {"type": "MultiPolygon", "coordinates": [[[[lon + 10, lat] for lon, lat in SQUARE]], [HOLE]]},
}


def write(path: Path, features: object, **more: object) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features} | more))
    return path


@pytest.mark.parametrize(
    ("lon", "lat", "contained"), [(0.5, 0.5, True), (2, 2, False), (3.5, 2, True), (5, 2, False), (-1, 2, False)]
)
def test_a_region_contains_what_is_in_its_outline_but_not_in_a_hole(lon: float, lat: float, contained: bool) -> None:
    assert Region("AA-YD", "Yard", (SQUARE, HOLE)).contains(lon, lat) is contained


def test_regions_are_found_by_code_country_and_point(tmp_path: Path) -> None:
    ground = read_ground(write(tmp_path / "g.geojson", [YARD, FIELD], note="Drawn by 7b."), "g.geojson")
    yard, field = ground.regions
    assert (yard.code, yard.name, yard.country, yard.rings) == ("AA-YD", "Yard", "AA", (SQUARE,))
    assert (field.name, field.country, len(field.rings)) == ("", "BB", 2)
    assert ground.find("AA") == ground.find("AA-YD") == (yard,)
    assert ground.find("CC") == ()
    assert ground.at(0.5, 0.5) is yard
    assert ground.at(12, 2) is field
    assert ground.at(50, 50) is None
    assert ground.note == "Drawn by 7b."


def test_an_unchanged_file_gives_the_same_object(tmp_path: Path) -> None:
    path = write(tmp_path / "g.geojson", [YARD])
    first = read_ground(path, "g.geojson")
    assert read_ground(path, "g.geojson") is first
    write(path, [YARD, FIELD])
    assert read_ground(path, "g.geojson") is not first


def ring(*points: object) -> list[object]:
    return [YARD | {"geometry": {"type": "Polygon", "coordinates": [points]}}]


@pytest.mark.parametrize(
    ("features", "message"),
    [
        ([], "this is not a GeoJSON FeatureCollection with features"),
        ([{}], "feature 1 has no code"),
        ([YARD, {"properties": {"code": ""}}], "feature 2 has no code"),
        ([YARD | {"geometry": {"type": "Point", "coordinates": [0, 0]}}], "(AA-YD) is not a Polygon or MultiPolygon"),
        (ring([0, 0], [1, 0], [0, 0]), "(AA-YD) has a ring"),  # too short
        (ring([0, 0], [1, 0], [1, 1], [0, 1]), "(AA-YD) has a ring"),  # not closed
        (ring([0, 0], [1, 0], [1, 95], [0, 0]), "(AA-YD) has a ring"),  # no such latitude
        (ring([0, 0], [1], [1, 1], [0, 0]), "(AA-YD) has a ring"),
        (ring([0, 0], [float("nan"), 0], [1, 1], [0, 0]), "(AA-YD) has a ring"),
    ],
)
def test_what_is_not_a_ground(features: object, message: str, tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        read_ground(write(tmp_path / "g.geojson", features), "g.geojson")
    (problem,) = caught.value.problems
    assert problem.code == "not-geojson"
    assert message in problem.message


def test_a_syntax_error_has_its_position(tmp_path: Path) -> None:
    (tmp_path / "g.geojson").write_text('{"type":\n  oops}')
    with pytest.raises(ProblemError, match=r"data/g.geojson:2:3: error\[not-geojson\]: not JSON: expecting value"):
        read_ground(tmp_path / "g.geojson", "data/g.geojson")


def test_a_file_that_is_not_text_is_reported(tmp_path: Path) -> None:
    (tmp_path / "g.geojson").write_bytes(b"\xff\xfe")
    with pytest.raises(ProblemError, match="this cannot be read as a text file"):
        read_ground(tmp_path / "g.geojson", "g.geojson")
