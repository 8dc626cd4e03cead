"""SVG numbers and paths: short, and the same on every machine."""

import pytest

from briefings.drawings.scene import Box
from briefings.drawings.svg_path import hatch, path, points, px


@pytest.mark.parametrize(
    ("length", "written"),
    [(1.5, "1.5"), (2.0, "2"), (-3.25, "-3.25"), (1 / 3, "0.33"), (100, "100"), (0.004, "0"), (-0.004, "0")],
)
def test_a_length_has_at_most_two_decimals(length: float, written: str) -> None:
    assert px(length) == written


def test_points_have_one_decimal_and_no_negative_zero() -> None:
    assert points([(-0.0, 1.26), (2, -3)]) == "0.0,1.3 2.0,-3.0"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ([(1, 2), (3.5, 2), (3.5, 0)], "M1 2l2.5 0 0-2"),
        ([(0, 0), (0.5, -0.5)], "M0 0l.5-.5"),
        ([(-1, -2), (0, 0)], "M-1-2l1 2"),
        ([(0, 0), (0.04, 0), (1, 0)], "M0 0l1 0"),  # a step that rounds to zero is omitted
    ],
)
def test_a_path_has_relative_coordinates(line: list[tuple[float, float]], written: str) -> None:
    assert path([line]) == written


def test_a_line_shorter_than_a_tenth_is_left_out() -> None:
    """A browser reports an error in a path with an `l` and no step after it."""
    assert path([[(0, 0), (0.04, 0.01)], [(1, 2), (3, 2)]]) == "M1 2l2 0"
    assert path([[(0, 0), (0.04, 0), (0, 0)]], closed=True) == ""


def test_a_closed_ring_ends_with_z_instead_of_its_last_point() -> None:
    assert path([[(0, 0), (4, 0), (4, 4), (0, 0)]], closed=True) == "M0 0l4 0 0 4z"


def test_rounding_errors_do_not_add_up() -> None:
    """30 steps of 1/30 px arrive at 1 px: the coordinates are rounded, not the steps."""
    steps = path([[(n / 30, 0) for n in range(31)]]).partition("l")[2].split()[::2]
    assert sum(float(step) for step in steps) == pytest.approx(1)


def test_hatch_lines_run_from_edge_to_edge_of_the_box() -> None:
    assert hatch(Box(0, 0, 10, 10), 5) == "M0 5L5 0M0 10L10 0M5 10L10 5"
