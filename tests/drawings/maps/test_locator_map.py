"""Locator maps of the test packs: names inside their regions, recognised borders, keys and squares to scale."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from drawn import LIBRARY, WORDING, pack, pictures, sizes

from briefings.briefing.parts import DrawingView
from briefings.drawings.design_tokens import load_tokens
from briefings.drawings.fonts import TextMeasure
from briefings.drawings.kind import find_kind
from briefings.drawings.maps.borders import borders
from briefings.drawings.maps.framing import HALF_FRAME_STROKE
from briefings.drawings.maps.land import contains_point, outlines
from briefings.drawings.maps.locator_map import MapScene
from briefings.drawings.maps.projection import clipped_line, fit_projection
from briefings.drawings.scene import Box, DrawingSize, Scene
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


@pytest.mark.slow
@pytest.mark.parametrize("name", MAPPED)
def test_the_name_of_a_region_is_inside_it(name: str) -> None:
    seen = 0
    for shown, form, scene in maps(name):
        assert isinstance(scene, MapScene)
        assert isinstance(shown.thing, MapDrawing)
        assert shown.ground is not None
        to = fit_projection(shown.thing.frame, HALF_FRAME_STROKE, HALF_FRAME_STROKE, form.width - 2 * HALF_FRAME_STROKE)
        codes = {e.id: e.thing.code for e in shown.entries if isinstance(e.thing, Place) and e.thing.code}
        for label in (label for label in scene.labels if label.owner in codes):
            box = label.box
            rings = outlines(shown.ground, codes[label.owner], to, 0)
            middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            assert contains_point(rings, *middle), f"{label.owner} at {form.width}"
            seen += 1
    assert seen


@pytest.mark.slow
def test_the_name_of_a_region_lasts_through_two_copies() -> None:
    """Thin and grey it was lost: on a map to write on, nobody could tell which region a task is about."""
    faces = set()
    for shown, _, scene in maps("kursk"):
        regions = {e.id for e in shown.entries if isinstance(e.thing, Place) and e.thing.kind == "region"}
        words = [line for label in scene.labels if label.owner in regions for line in label.lines]
        faces |= {(line.face.weight, line.ink) for line in words}
    assert faces == {(600, "ink")}


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


def test_a_square_has_the_area_of_its_estimate_and_is_in_its_region_and_in_no_other_country() -> None:
    inside = 0
    for shown, form, scene in maps("kursk"):
        assert isinstance(scene, MapScene)
        assert scene.scale is not None
        (square,), bar = scene.squares, scene.scale.bar
        km = int("".join(c for c in scene.scale.labels[1].lines[0].text if c.isdigit()))
        px_per_km = bar.width / km
        assert square.width * square.height / px_per_km**2 == pytest.approx(1250, rel=0.01), form.width
        assert scene.land
        assert shown.ground is not None
        rings = [ring for area in scene.land.areas if area.tone == "land-tinted" for ring in area.rings]
        inside += contains_point(rings, (square.left + square.right) / 2, (square.top + square.bottom) / 2)
        to = fit_projection(shown.thing.frame, scene.land.box.left, scene.land.box.top, scene.land.box.width)  # type: ignore[attr-defined]
        abroad = outlines(shown.ground, "UA", to, 0)
        corners = [(x, y) for x in (square.left, square.right) for y in (square.top, square.bottom)]
        assert not [corner for corner in corners if contains_point(abroad, *corner)], form.width
        if form.width > 600:  # where the map has room
            crossed = [line for line in scene.land.national if clipped_line(line, square)]
            assert crossed == [], form.width
    assert inside > 4


def test_no_national_border_runs_through_the_name_of_a_country() -> None:
    for _, form, scene in maps("kursk"):
        assert isinstance(scene, MapScene)
        assert scene.land
        names = [label.box.grown(-1) for label in scene.labels if label.owner in ("ukraine", "russia")]
        assert len(names) == 2
        crossed = [line for line in scene.land.national if any(clipped_line(line, name) for name in names)]
        assert crossed == [], form.width


def test_a_square_without_room_goes_under_the_map() -> None:
    shown = next(shown for shown, _, _ in maps("kursk"))
    measured = TextMeasure(LIBRARY, SLIDE)
    crowded = find_kind("map").layout(shown, WORDING, measured, DrawingSize("print", 560, 26))
    assert isinstance(crowded, MapScene)
    assert crowded.land
    assert crowded.squares[0].top > crowded.land.box.bottom
    assert crowded.height >= crowded.squares[0].bottom


@pytest.mark.slow
@pytest.mark.parametrize("name", MAPPED)
def test_a_name_is_on_its_own_side_of_a_national_border(name: str) -> None:
    seen = 0
    for shown, _, scene in maps(name):
        assert isinstance(scene, MapScene)
        assert shown.ground is not None
        assert scene.land
        to = fit_projection(shown.thing.frame, scene.land.box.left, scene.land.box.top, scene.land.box.width)  # type: ignore[attr-defined]
        on_map = {mark.id for mark in scene.marks}
        for entry in shown.entries:
            place = entry.thing
            if entry.id not in on_map or not isinstance(place, Place):
                continue
            assert place.lon is not None
            assert place.lat is not None
            region = shown.ground.at(place.lon, place.lat)
            label = next(label for label in scene.labels if label.owner == entry.id)
            if region:
                rings = outlines(shown.ground, region.country, to, 0)
                middle = (label.box.left + label.box.right) / 2, (label.box.top + label.box.bottom) / 2
                assert contains_point(rings, *middle), entry.id
                seen += 1
    assert seen or name == "pond"


def test_the_inset_hides_nothing_of_a_region_singled_out() -> None:
    for _, form, scene in maps("kursk"):
        assert isinstance(scene, MapScene)
        assert scene.land
        assert scene.inset
        box = scene.inset.land.box
        rings = [ring for area in scene.land.areas if area.tone == "land-tinted" for ring in area.rings]
        hidden = [1 for ring in rings for x, y in ring if box.left < x < box.right and box.top < y < box.bottom]
        assert not hidden, form.width


def stories(width: float = 660, em: float = 11) -> Iterator[tuple[DrawingView, MapScene]]:
    measured = TextMeasure(LIBRARY, load_tokens(LIBRARY, "page", "a4"))
    for shown in pictures("kursk", "standard", "full", "sheet"):
        if shown.kind == "story-map":
            scene = find_kind("story-map").layout(shown, WORDING, measured, DrawingSize("print", width, em))
            assert isinstance(scene, MapScene)
            yield shown, scene


def test_events_are_numbered_at_their_places_and_distances_are_reckoned() -> None:
    ((shown, scene),) = stories()
    assert len(scene.discs) == len(shown.happened) == 4
    at = {mark.id: mark.box for mark in scene.marks} | {label.owner: label.box for label in scene.labels}
    at |= {mark.id: mark.box for mark in scene.marks}
    arrows = {arrow.event: arrow.id for arrow in shown.thing.arrows}  # type: ignore[attr-defined]
    begins = {arrow.id: arrow.start for arrow in scene.arrows}
    for (place, said), disc in zip(shown.happened, scene.discs, strict=True):
        if said.id in arrows:  # it is in a region, and its arrow says from where
            assert Box(*begins[arrows[said.id]] * 2).grown(2.5 * scene.unit).overlaps(disc), said.id
        else:
            assert at[place].grown(6 * scene.unit).overlaps(disc), place
    assert len(arrows) == 1
    # Sudzha-Sumy and Sudzha-Kursk: 45.2 and 88.5 km on a sphere, from the coordinates in places.yaml
    assert [line.km for line in scene.distances] == [45, 90]
    assert "about 90\u00a0km" in {label.lines[0].text for label in scene.labels}


def test_a_map_at_the_front_fills_its_sheet_and_keeps_the_place_of_the_title_free() -> None:
    measured = TextMeasure(LIBRARY, load_tokens(LIBRARY, "school", "a4"))
    shown = next(stories())[0]
    form = DrawingSize("print", 794, 13, height=672, clear=170)
    scene = find_kind("story-map").layout(shown, WORDING, measured, form)
    assert isinstance(scene, MapScene)
    assert scene.land
    assert (scene.width, scene.height) == (794, 672)
    assert scene.land.box.height == pytest.approx(672, abs=1)
    assert min(label.box.top for label in scene.labels) >= 170
    rings = [ring for area in scene.land.areas if area.tone == "land-tinted" for ring in area.rings]
    assert min(y for ring in rings for _, y in ring) >= 169
    assert max(mark.y for mark in scene.marks) > 672 - 5 * 13
