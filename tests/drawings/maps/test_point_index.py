"""Counting points in boxes."""

from hypothesis import given
from hypothesis import strategies as st

from briefings.drawings.maps.borders import PointIndex
from briefings.drawings.scene import Box

COORDINATE = st.integers(0, 9)


@given(st.lists(st.tuples(COORDINATE, COORDINATE)), st.tuples(COORDINATE, COORDINATE, COORDINATE, COORDINATE))
def test_it_counts_what_is_inside(points: list[tuple[float, float]], corners: tuple[int, int, int, int]) -> None:
    box = Box(*corners)
    inside = sum(box.left < x < box.right and box.top < y < box.bottom for x, y in points)
    assert PointIndex(points).count(box) == inside
