"""Locator maps of the test packs: names inside their regions, recognised borders, keys and squares to scale."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from drawn import LIBRARY, WORDING, pack, pictures, sizes

from briefings.briefing.parts import DrawingView
from briefings.drawings.design_tokens import DesignTokens, load_tokens
from briefings.drawings.fonts import TextMeasure
from briefings.drawings.kind import find_kind
from briefings.drawings.layout import layout_scenes
from briefings.drawings.maps.borders import borders
from briefings.drawings.maps.land import contains_point, outlines
from briefings.drawings.maps.locator_map import HALF_FRAME_STROKE, MapScene
from briefings.drawings.maps.projection import fit_projection
from briefings.drawings.scene import DrawingSize, Scene
from briefings.library import shipped
from briefings.pack.geojson import read_ground
from briefings.problems import ProblemError
from briefings.schema.drawings import MapDrawing
from briefings.schema.topic import Place

MAPPED = ("pond", "kursk")
SLIDE = load_tokens(LIBRARY, "projected", "wide")


def maps(name: str) -> Iterator[tuple[DrawingView, DrawingSize, Scene]]:
    for shown in pictures(name, "advanced", "full", "sheet"):
        if shown.kind == "map":
            for measured, form in sizes(shown).values():
                yield shown, form, find_kind("map").layout(shown, WORDING, measured, form)


@pytest.mark.parametrize("name", MAPPED)
def test_the_name_of_a_region_is_inside_it(name: str) -> None:
    seen = 0
    for shown, form, scene in maps(name):
        assert isinstance(scene, MapScene)
        assert isinstance(shown.thing, MapDrawing)
        assert shown.ground is not None
        to = fit_projection(
            shown.thing.frame, HALF_FRAME_STROKE, HALF_FRAME_STROKE, form.width - form.key_width - 2 * HALF_FRAME_STROKE
        )
        codes = {e.id: e.thing.code for e in shown.entries if isinstance(e.thing, Place) and e.thing.code}
        for label in (label for label in scene.labels if label.owner in codes):
            box = label.box
            rings = outlines(shown.ground, codes[label.owner], to, 0)
            middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            assert contains_point(rings, *middle), f"{label.owner} at {form.width}"
            seen += 1
    assert seen


def test_the_borders_are_those_recognised_by_the_un() -> None:
    """Natural Earth lists Russia as the administrator of Crimea; here the country is that of the ISO code."""
    land = pack("kursk").grounds["border-region.geojson"]
    towns = {
        "Simferopol": (34.10, 44.95),
        "Sevastopol": (33.53, 44.60),
        "Sudzha": (35.27, 51.19),
        "Sumy": (34.80, 50.91),
    }
    found = {town: region.code for town, point in towns.items() if (region := land.at(*point))}
    assert found == {"Simferopol": "UA-43", "Sevastopol": "UA-40", "Sudzha": "RU-KRS", "Sumy": "UA-59"}
    assert {land.at(*towns[town]).country for town in ("Simferopol", "Sevastopol", "Sumy")} == {"UA"}  # type: ignore[union-attr]
    assert "UN General Assembly" in land.note


def test_neighbouring_regions_share_the_points_of_their_border() -> None:
    """Simplification left no gaps: no inner border is classified as coast."""
    land = pack("kursk").grounds["border-region.geojson"]
    lines = borders(land)
    near = [line for line in lines.coast if any(33 < x < 39 and 49 < y < 53 for x, y in line)]
    assert near == []
    assert len(lines.national) < 60
    assert (shipped() / "data/kursk/border-region.geojson").stat().st_size <= 250_000


@pytest.mark.parametrize("far", ["[181, 0]", "[-181, 0]", "[0, 91]", "[0, -91]", "[1e999, 0]", "[0, -1e999]", "[0]"])
def test_a_point_outside_the_earth_is_a_problem(tmp_path: Path, far: str) -> None:
    ring = f"[[0, 0], [1, 0], {far}, [0, 0]]"
    feature = f'{{"properties": {{"code": "AA"}}, "geometry": {{"type": "Polygon", "coordinates": [{ring}]}}}}'
    (tmp_path / "far.geojson").write_text(f'{{"type": "FeatureCollection", "features": [{feature}]}}')
    with pytest.raises(ProblemError, match="a ring that is not"):
        read_ground(tmp_path / "far.geojson", "far.geojson")


@pytest.mark.parametrize("name", ["kursk", "pond"])
def test_a_key_is_next_to_the_map_if_width_is_reserved_and_else_below(name: str) -> None:
    under = DesignTokens({key: value for key, value in SLIDE.values.items() if key != "key-beside"})
    shown = next(shown for shown in pictures(name, "standard", "core") if shown.kind == "map")
    for style, beside in ((SLIDE, True), (under, False)):
        ((form, scene),) = layout_scenes(shown, WORDING, TextMeasure(LIBRARY, style), style, on_screen=False)
        assert isinstance(scene, MapScene)
        assert scene.land
        assert scene.key
        assert (form.key_width > 0, scene.key.bar.left > scene.land.box.right) == (beside, beside)
        assert (scene.height < scene.land.box.bottom + 2, scene.key.bar.top < scene.land.box.bottom) == (beside, beside)


def test_a_square_has_the_area_of_its_estimate() -> None:
    for _, form, scene in maps("kursk"):
        assert isinstance(scene, MapScene)
        assert scene.key is not None
        (square,), bar = scene.key.squares, scene.key.bar
        px_per_km = bar.width / 100
        assert square.width * square.height / px_per_km**2 == pytest.approx(1250, rel=0.01), form.width
