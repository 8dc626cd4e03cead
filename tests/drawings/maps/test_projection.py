"""Lambert conformal conic, and clipping to a box."""

import math

import pytest

from briefings.drawings.maps.projection import Point, clipped_line, clipped_ring, fit_projection, projected
from briefings.drawings.scene import Box
from briefings.schema.drawings import Frame

BOX = Box(0, 0, 10, 10)


def test_the_projection_is_conformal_and_to_scale() -> None:
    """A degree of latitude is 111.2 km on this sphere everywhere; one of longitude shrinks with the cosine."""
    project = fit_projection(Frame(west=33, south=49.6, east=38.5, north=52.6), 0, 0, 500)
    for lon, lat in ((34, 50), (36, 51), (38, 52)):
        (x1, y1), (x2, y2), (x3, y3) = project((lon, lat)), project((lon, lat + 0.01)), project((lon + 0.01, lat))
        north, east = math.hypot(x2 - x1, y2 - y1), math.hypot(x3 - x1, y3 - y1)
        assert north / project.px_per_km == pytest.approx(1.11195, rel=0.002)
        assert east / north == pytest.approx(math.cos(math.radians(lat)), rel=0.002)
        assert abs((x2 - x1) * (x3 - x1) + (y2 - y1) * (y3 - y1)) < 0.001 * north * east  # at right angles
    assert project.box.width == 500


@pytest.mark.parametrize("south", [-62, -5, 20, 70])
def test_a_frame_fits_its_box_in_both_hemispheres(south: float) -> None:
    """-5 to 5 degrees is symmetric about the equator, where a cone becomes a cylinder."""
    frame = Frame(west=10, south=south, east=20, north=south + 10)
    project = fit_projection(frame, 7, 9, 300)
    corners = [project((lon, lat)) for lon in (10, 20) for lat in (south, south + 10)]
    assert all(Box(x, y, x, y).inside(project.box) for x, y in corners)
    assert project((15, south + 10))[1] < project((15, south))[1]  # north is up
    assert project((15, south))[0] == pytest.approx(7 + 150)  # the central meridian is vertical


def test_a_ring_is_clipped_to_the_box() -> None:
    square = [(5, 5), (15, 5), (15, 15), (5, 15), (5, 5)]
    assert set(clipped_ring(square, BOX)) == {(5, 5), (10, 5), (10, 10), (5, 10)}


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        ([(20, 20), (30, 20), (30, 30), (20, 20)], ()),
        ([(1, 1), (2, 1), (2, 2), (1, 1)], ((1, 1), (2, 1), (2, 2), (1, 1))),
    ],
)
def test_a_ring_outside_or_inside_is_dropped_or_kept(ring: list[Point], expected: tuple[Point, ...]) -> None:
    assert set(clipped_ring(ring, BOX)) == set(expected)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ([(-5, 5), (15, 5)], [((0, 5), (10, 5))]),
        ([(2, 2), (5, 5), (8, 2)], [((2, 2), (5, 5), (8, 2))]),
        ([(2, 2), (2, -5), (8, -5), (8, 2)], [((2, 2), (2, 0)), ((8, 0), (8, 2))]),  # leaves and returns
        ([(-5, -5), (15, -5)], []),
        ([(-5, 5), (5, 15)], []),  # touches only a corner
    ],
)
def test_a_line_is_clipped_into_the_parts_inside(line: list[Point], parts: list[tuple[Point, ...]]) -> None:
    assert clipped_line(line, BOX) == parts


def test_close_points_are_omitted_but_both_ends_are_kept() -> None:
    line = [(0, 0), (0.1, 0), (1, 0), (1.1, 0)]
    assert projected(line, lambda point: point, min_distance=0.5) == [(0, 0), (1, 0), (1.1, 0)]


def test_a_single_point_and_no_points() -> None:
    assert projected([(1, 2)], lambda point: point) == [(1, 2)]
    assert projected([], lambda point: point) == []
