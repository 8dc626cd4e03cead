"""Points inside outlines, and the points with most room for a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.drawings.maps.land import (
    BAND,
    Land,
    RingIndex,
    clear_of_lines,
    contains_point,
    crossings,
    roomiest_points,
)
from briefings.drawings.scene import Box

SQUARE = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (0.0, 0.0))
HOLE = ((40.0, 40.0), (60.0, 40.0), (60.0, 60.0), (40.0, 60.0), (40.0, 40.0))


def test_a_horizontal_line_crosses_every_ring() -> None:
    assert crossings([SQUARE, HOLE], 50) == [0, 40, 60, 100]


@pytest.mark.parametrize(("x", "y", "inside"), [(20, 20, True), (50, 50, False), (80, 50, True), (120, 50, False)])
def test_a_hole_is_outside(x: float, y: float, inside: bool) -> None:
    assert contains_point([SQUARE, HOLE], x, y) == inside


COORDINATE = st.integers(-4, 4).map(lambda number: number * BAND / 2)  # on the edge of a band, and in the middle
POINT = st.tuples(COORDINATE, COORDINATE)


@given(st.lists(st.lists(POINT, min_size=1, max_size=8), max_size=3), POINT)
def test_rings_found_by_their_y_have_the_same_points_inside(
    corners: list[list[tuple[float, float]]], point: tuple[float, float]
) -> None:
    rings = [(*ring, ring[0]) for ring in corners]
    assert RingIndex(rings).contains(*point) == contains_point(rings, *point)


def test_the_centre_of_a_square_has_most_room() -> None:
    assert roomiest_points([SQUARE], Box(-50, -50, 150, 150), 20)[0] == (50, 50)


def test_a_point_near_the_edge_of_the_view_has_little_room() -> None:
    best = roomiest_points([SQUARE], Box(0, 0, 60, 100), 20)[0]
    assert best[0] < 50


def test_points_in_a_hole_are_left_out() -> None:
    assert (50, 50) not in roomiest_points([SQUARE, HOLE], Box(0, 0, 100, 100), 20)


def test_no_outlines_have_no_points() -> None:
    assert roomiest_points([], Box(0, 0, 100, 100), 20) == []


DASHES = tuple((float(x), 20.0) for x in range(0, 101, 2))  # a border from left to right
BOX = Box(30, 0, 60, 40)


def test_a_regional_border_is_left_out_of_the_place_of_a_title() -> None:
    view, clear = clear_of_lines(Land(Box(0, 0, 100, 100), (), (), (DASHES,), ()), [], [BOX])
    assert clear
    assert [(part[0][0], part[-1][0]) for part in view.regional] == [(0, 28), (62, 100)]


@pytest.mark.parametrize("kind", ["national", "coast", "singled out"])
def test_no_other_line_is_cut_for_a_title(kind: str) -> None:
    national, coast = (((DASHES,) if kind == name else ()) for name in ("national", "coast"))
    whole = Land(Box(0, 0, 100, 100), (), national, (DASHES,), coast)
    assert clear_of_lines(whole, [DASHES] if kind == "singled out" else [], [BOX]) == (whole, False)


def test_a_map_without_a_title_keeps_its_lines() -> None:
    whole = Land(Box(0, 0, 100, 100), (), (), (DASHES,), ())
    assert clear_of_lines(whole, [], []) == (whole, False)


@pytest.mark.parametrize(("borders", "width"), [(0, 1.8), (4, 1.8), (6, 1.2), (40, 0.8)])
def test_borders_are_thinner_where_they_are_many(borders: int, width: float) -> None:
    """Each is a quarter as long as the box is around."""
    assert Land(Box(0, 0, 100, 100), (), (DASHES,) * borders, (), ()).border == width
