"""What a map says where: no label seems to be about another place, line or country, in any look and on a screen."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest
from drawn import LIBRARY, WORDING, pictures, sizes

from briefings.briefing.parts import DrawingView
from briefings.drawings.design_tokens import load_tokens
from briefings.drawings.fonts import TextMeasure
from briefings.drawings.kind import find_kind
from briefings.drawings.maps.framing import map_projection
from briefings.drawings.maps.land import contains_point, outlines
from briefings.drawings.maps.locator_map import MapScene
from briefings.drawings.maps.map_context import PlaceMark, create_map_context
from briefings.drawings.maps.name_labels import box_gap
from briefings.drawings.maps.projection import Polyline, clipped_line
from briefings.drawings.scene import Box, DrawingSize, Label
from briefings.schema.topic import Place

pytestmark = pytest.mark.slow

NAMES = ("kursk", "smallpox", "brook", "pond")
Laid = tuple[DrawingView, DrawingSize, TextMeasure, MapScene]


@cache
def laid_out(name: str) -> tuple[Laid, ...]:
    return tuple(_lay_out(name))


def _lay_out(name: str) -> Iterator[Laid]:
    for level in ("plain", "advanced"):
        for shown in pictures(name, level, "full", "sheet"):
            if shown.kind in ("map", "story-map"):
                for measured, form in sizes(shown).values():
                    scene = find_kind(shown.kind).layout(shown, WORDING, measured, form)
                    assert isinstance(scene, MapScene)
                    yield shown, form, measured, scene


def names_of_marks(shown: DrawingView, scene: MapScene) -> Iterator[tuple[PlaceMark, Label]]:
    """Each mark with its name; those of the inset follow, and may be of the same places."""
    for mark in scene.marks:
        yield mark, next(label for label in scene.labels if label.owner == mark.id)


def distances(shown: DrawingView, scene: MapScene) -> list[Label]:
    return [label for label in scene.labels if label.owner == shown.id and label.lines[0].text.startswith("about ")]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_nearest_to_its_own_mark(name: str) -> None:
    """In large print, a name stood under the ring of the next town."""
    seen = 0
    for shown, form, _, scene in laid_out(name):
        for mark, label in names_of_marks(shown, scene):
            others = [box_gap(label.box, other) for other in scene.marks if other is not mark]
            assert min(others, default=99) > box_gap(label.box, mark), (mark.id, form)
            seen += 1
    assert seen


@pytest.mark.parametrize("name", ["kursk", "smallpox", "brook"])
def test_words_of_a_distance_stand_at_its_line_or_under_the_map(name: str) -> None:
    """In large print, they stood beyond a border, beside no line."""
    on_map = under = 0
    for shown, form, _, scene in laid_out(name):
        if shown.kind != "story-map":
            continue
        said = [note for note in scene.notes if note.startswith("From ")]
        words = distances(shown, scene)
        assert len(words) + len(said) == len(scene.distances)
        lines = [line for line in scene.distances if line.words]
        assert len(words) == len(lines)
        for line, label in zip(lines, words, strict=True):
            assert f"{line.km:,}" in label.lines[0].text
            assert line.gap(label.box) <= 0.5 * scene.unit, form
            for other in scene.distances:
                assert other is line or other.gap(label.box) > line.gap(label.box), form
        on_map, under = on_map + len(words), under + len(said)
    assert on_map
    assert under or name != "kursk"


@pytest.mark.parametrize("name", ["kursk", "smallpox", "brook"])
def test_no_line_of_a_distance_runs_through_its_words(name: str) -> None:
    broken = 0
    for shown, form, _, scene in laid_out(name):
        for label in distances(shown, scene):
            for line in scene.distances:
                assert not [part for part in line.parts if clipped_line(part, label.box)], form
                broken += len(line.parts) == 2
    assert broken


@pytest.mark.parametrize("name", NAMES)
def test_no_national_border_runs_through_the_name_of_a_country_or_region(name: str) -> None:
    seen = 0
    for shown, form, _, scene in laid_out(name):
        assert scene.land
        across = {e.id for e in shown.entries if isinstance(e.thing, Place) and e.thing.code}
        for label in (label for label in scene.labels if label.owner in across):
            crossed = [line for line in scene.land.national if clipped_line(line, label.box.grown(-1))]
            # a name wider than its country crosses what it must
            assert not crossed or _is_wider(shown, form, label), (label.owner, form)
            seen += not crossed
    assert seen


def _is_wider(shown: DrawingView, form: DrawingSize, label: Label) -> bool:
    """Whether the name of a country is wider than the country is on the map."""
    code = next(e.thing.code for e in shown.entries if e.id == label.owner and isinstance(e.thing, Place))
    xs = [x for ring in _rings(shown, form, str(code)) for x, _ in ring]
    return label.box.width > 0.5 * (max(xs) - min(xs))


def _rings(shown: DrawingView, form: DrawingSize, code: str) -> tuple[Polyline, ...]:
    """The outline of a country or region in px."""
    assert shown.ground is not None
    context = create_map_context(shown, TextMeasure(LIBRARY, load_tokens(LIBRARY, "page", "a4")), form)
    return outlines(shown.ground, code, map_projection(context), 0)


def test_a_name_is_wholly_on_its_own_side_of_a_border_that_both_sides_are_named_at() -> None:
    seen = 0
    for shown, form, _, scene in laid_out("kursk"):
        assert shown.ground is not None
        places = {e.id: e.thing for e in shown.entries if isinstance(e.thing, Place)}
        abroad = {"RU": _rings(shown, form, "UA"), "UA": _rings(shown, form, "RU")}
        for mark, label in names_of_marks(shown, scene):
            place, box = places[mark.id], label.box.grown(-1)
            assert place.lon is not None
            assert place.lat is not None
            own = shown.ground.at(place.lon, place.lat)
            assert own
            rings = abroad[own.country]
            middle = (box.top + box.bottom) / 2
            ends = [(x, middle) for x in (box.left, (box.left + box.right) / 2, box.right)]
            assert not [end for end in ends if contains_point(rings, *end)], (mark.id, form)
            seen += 1
    assert seen > 50


def test_the_words_beside_a_square_hide_the_lines_under_them() -> None:
    """The dotted border of a region ran through the number."""
    hidden = 0
    for _, form, _, scene in laid_out("kursk"):
        assert scene.land
        tinted = [ring for area in scene.land.areas if area.tone == "land-tinted" for ring in area.rings]
        lines = [*scene.land.national, *scene.land.regional, *tinted]
        for label in (label for label in scene.labels if label.lines[0].ink == "reported" and "km²" in _text(label)):
            inside = label.box.grown(-1)
            if label.box.bottom <= scene.land.box.bottom and _crosses(lines, inside):
                assert [box for box in scene.hidden if label.box.inside(box)], form
                hidden += 1
    assert hidden


def _text(label: Label) -> str:
    return label.lines[0].text


def _crosses(lines: list[Polyline], box: Box) -> bool:
    return any(clipped_line(pair, box) for line in lines for pair in pairwise(line))


@pytest.mark.parametrize("name", ["kursk", "smallpox"])
def test_a_name_that_is_not_beside_its_mark_has_a_line_to_it(name: str) -> None:
    tied = bare = 0
    for shown, _, _, scene in laid_out(name):
        for mark, label in names_of_marks(shown, scene):
            if box_gap(label.box, mark) > 0.75 * scene.unit:
                edge = label.box.grown(0.5)
                ends = [tie for tie in scene.ties if edge.left <= tie[0][0] <= edge.right]
                near = [tie for tie in ends if edge.top <= tie[0][1] <= edge.bottom]
                tied, bare = tied + bool(near), bare + (not near)  # a line that ran through another name is left out
    assert tied > bare


def test_names_across_land_are_not_read_as_one_line() -> None:
    """BELGOROD REGION and RUSSIA stood beside each other as "BELGOROD RUSSIA", Kursk as "Kursk KURSK REGION"."""
    seen = 0
    for shown, form, _, scene in laid_out("kursk"):
        across = {e.id for e in shown.entries if isinstance(e.thing, Place) and e.thing.code}
        events = {said.id for _, said in shown.happened}
        for label in (label for label in scene.labels if label.owner in across):
            box = label.box
            others = [other.box for other in scene.labels if other is not label and other.owner not in events]
            level = [other for other in others if other.top < box.bottom and box.top < other.bottom]
            gap = min((max(other.left - box.right, box.left - other.right) for other in level), default=99.0)
            assert gap > scene.unit or form.text_size > 20, (label.owner, form)  # large print has not the room
            seen += 1
    assert seen > 100
