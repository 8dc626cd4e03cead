"""Story maps: cards that cover nothing, arrows for direction only, numbers beside the names of regions."""

import math
from functools import cache
from itertools import combinations, pairwise

import pytest
from drawn import LIBRARY, WORDING, measure, pictures

from briefings.briefing.parts import DrawingView
from briefings.drawings.design_tokens import load_tokens
from briefings.drawings.fonts import TextMeasure
from briefings.drawings.kind import find_kind
from briefings.drawings.maps.arrows import LONGEST
from briefings.drawings.maps.cards import _meet
from briefings.drawings.maps.framing import map_projection
from briefings.drawings.maps.land import contains_point, outlines
from briefings.drawings.maps.locator_map import MapScene
from briefings.drawings.maps.map_context import create_map_context
from briefings.drawings.maps.projection import clipped_line
from briefings.drawings.maps.story import _gap, rounded_km
from briefings.drawings.scene import Box, DrawingSize
from briefings.schema.topic import Place

FRONT = DrawingSize("print", 794, 13.33, height=567, clear=166, clear_width=529, cards=True)
SHEET = DrawingSize("print", 660, 11, cards=True)


@cache
def story(name: str, size: DrawingSize, level: str = "plain") -> tuple[DrawingView, MapScene]:
    measured = TextMeasure(LIBRARY, load_tokens(LIBRARY, "school", "a4"))
    shown = next(shown for shown in pictures(name, level, "core", "sheet") if shown.kind == "story-map")
    scene = find_kind("story-map").layout(shown, WORDING, measured, size)
    assert isinstance(scene, MapScene)
    return shown, scene


@pytest.mark.parametrize(("name", "size"), [("kursk", FRONT), ("kursk", SHEET), ("brook", SHEET)])
def test_a_card_covers_nothing_and_nothing_covers_it(name: str, size: DrawingSize) -> None:
    shown, scene = story(name, size)
    assert scene.land
    assert scene.scale
    assert [card.owner for card in scene.cards] == [said.id for _, said in shown.happened]
    solid = [label.box for label in scene.labels] + [mark.box for mark in scene.marks] + list(scene.squares)
    solid += [scene.scale.taken, *([scene.inset.land.box] if scene.inset else []), Box(0, 0, 529, size.clear)]
    for card in scene.cards:
        assert card.box.inside(scene.land.box)
        assert not [box for box in solid if box.overlaps(card.box)], card.owner
        for end, other in ((end, other) for end in pairwise(card.leader) for other in scene.cards if other != card):
            assert not clipped_line(end, other.box.grown(-1)), (card.owner, other.owner)
    assert not [pair for pair in combinations(scene.cards, 2) if pair[0].box.overlaps(pair[1].box)]


@pytest.mark.parametrize("level", ["plain", "standard", "advanced"])
def test_no_two_leaders_cross_and_no_line_runs_through_a_title(level: str) -> None:
    _, scene = story("kursk", FRONT, level)
    leaders = [card.leader for card in scene.cards if card.leader]
    assert not [pair for pair in combinations(leaders, 2) if _meet(*pair)]
    assert scene.clear
    assert scene.land
    lines = (*scene.land.national, *scene.land.coast, *scene.land.regional)
    assert not [line for line in lines if clipped_line(line, Box(42, 42, 528, 165))]


@pytest.mark.parametrize(
    ("degrees", "km"), [(0.07, 8), (0.8, 90), (1.5, 165), (3.1, 340), (11, 1200), (49, 5400)], ids=str
)
def test_a_far_place_is_a_round_number_away(degrees: float, km: int) -> None:
    """A degree of latitude is 111.2 km."""
    near, far = (
        Place(id=key, name=key, kind="town", country="Land", lat=lat, lon=10, approximate=True, text="It is here.")
        for key, lat in (("near", 0.0), ("far", degrees))
    )
    assert rounded_km(near, far) == km


def test_a_distance_has_a_separator_of_thousands() -> None:
    _, scene = story("smallpox", FRONT)
    assert "about 5,500\u00a0km" in {label.lines[0].text for label in scene.labels}


@pytest.mark.parametrize("name", ["kursk", "smallpox", "brook"])
@pytest.mark.parametrize(("width", "em"), [(640, 11), (340, 9), (600, 20)])
def test_a_number_stands_beside_its_place_or_has_a_line_to_it(name: str, width: float, em: float) -> None:
    shown, scene = story(name, DrawingSize("print", width, em, may_drop=True))
    at = {mark.id: mark for mark in scene.marks}
    ends = {tie[0]: tie[1] for tie in scene.ties}
    for (place, _), disc in zip(shown.happened, scene.discs, strict=True):
        if place in at:
            gaps = {key: _gap(disc, mark) for key, mark in at.items()}
            x, y = (disc.left + disc.right) / 2, (disc.top + disc.bottom) / 2
            tie = next((end for begin, end in ends.items() if math.dist(begin, (x, y)) < disc.width / 2 + 0.1), None)
            if tie:
                assert math.dist(tie, (at[place].x, at[place].y)) < at[place].radius + 0.1
            else:
                assert min(gaps, key=lambda key: gaps[key]) == place
    boxes = [label.box for label in scene.labels if label.owner not in {said.id for _, said in shown.happened}]
    assert not [box for box in boxes for tie in scene.ties if clipped_line(tie, box.grown(-1))]


def test_leaders_that_cross_are_told() -> None:
    assert _meet(((0, 0), (10, 10)), ((0, 10), (10, 0)))
    assert not _meet(((0, 0), (10, 10)), ((0, 10), (4, 6)))


def test_a_leader_goes_through_no_name_of_a_country() -> None:
    _, scene = story("kursk", FRONT)
    names = [label.box for label in scene.labels if label.owner in ("ukraine", "russia")]
    assert len(names) == 2
    leaders = [card.leader for card in scene.cards if card.leader]
    assert leaders
    assert not [1 for leader in leaders for box in names if clipped_line(leader, box)]


def test_a_narrow_map_and_one_on_a_screen_have_no_cards() -> None:
    assert story("kursk", DrawingSize("print", 325, 11, cards=True))[1].cards == ()
    assert story("kursk", DrawingSize("wide", 660, 11))[1].cards == ()


@pytest.mark.parametrize("name", ["kursk", "brook"])
def test_an_arrow_is_short_and_ends_before_its_target(name: str) -> None:
    _, scene = story(name, SHEET)
    (arrow,) = scene.arrows
    tip, tail = arrow.points[-1], arrow.points[0]
    assert ((tip[0] - tail[0]) ** 2 + (tip[1] - tail[1]) ** 2) ** 0.5 <= LONGEST * scene.unit + 0.1
    assert not [m for m in scene.marks if m.box.left < tip[0] < m.box.right and m.box.top < tip[1] < m.box.bottom]
    assert "direction only" in {label.lines[0].text for label in scene.labels}
    assert "for direction only" in scene.alt
    assert WORDING.strings["drawings"]["arrow"] in {row[0].text for row in scene.table.rows}


def test_the_inset_is_in_the_corner_away_from_the_places_and_their_cards_have_room_there() -> None:
    """The card of an event in one country stood in the other: the inset took its place."""
    shown, scene = story("kursk", FRONT)
    assert scene.inset
    assert scene.land
    assert shown.ground is not None
    assert sum(mark.x for mark in scene.marks) / len(scene.marks) < scene.width / 2
    assert scene.inset.land.box.right == scene.land.box.right
    rings = outlines(shown.ground, "UA", map_projection(create_map_context(shown, measure(), FRONT)))
    at = {said.id: place for place, said in shown.happened}
    (card,) = (card.box for card in scene.cards if at[card.owner] == "sumy-region")
    assert contains_point(rings, (card.left + card.right) / 2, (card.top + card.bottom) / 2)


def test_what_an_arrow_means_stands_over_its_bow() -> None:
    _, scene = story("kursk", FRONT)
    (arrow,) = scene.arrows
    (label,) = (label for label in scene.labels if label.owner == arrow.id)
    x, y = min(arrow.points, key=lambda point: point[1])
    assert (label.box.left + label.box.right) / 2 == pytest.approx(x, abs=0.1)
    assert 0 < y - label.box.bottom < scene.unit
