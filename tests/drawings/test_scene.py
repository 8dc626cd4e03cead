"""Boxes and labels of a laid-out drawing."""

import pytest

from briefings.drawings.fonts import Face
from briefings.drawings.scene import Box, Label, Span, TextLine

BOX = Box(10, 10, 20, 20)


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (Box(15, 15, 30, 30), True),
        (Box(12, 12, 13, 13), True),
        (Box(20, 10, 30, 20), False),  # a common edge
        (Box(10, 21, 20, 30), False),
    ],
)
def test_boxes_overlap_if_they_share_more_than_an_edge(other: Box, overlaps: bool) -> None:
    assert (BOX.overlaps(other), other.overlaps(BOX)) == (overlaps, overlaps)


@pytest.mark.parametrize(
    ("box", "inside"), [(BOX, True), (Box(9.995, 10, 20, 20.005), True), (Box(9.9, 10, 20, 20), False)]
)
def test_a_box_may_exceed_another_by_a_rounding_error(box: Box, inside: bool) -> None:
    assert box.inside(BOX) == inside


def test_a_box_grows_on_every_side() -> None:
    assert BOX.grown(2) == Box(8, 8, 22, 22)


def test_a_label_moves_with_its_lines_and_box() -> None:
    label = Label("frogs", (TextLine((Span("Frogs"),), 10, 18, Face(10)),), BOX)
    moved = label.moved(5, -1)
    assert (moved.lines[0].x, moved.lines[0].y, moved.box) == (15, 17, Box(15, 9, 25, 19))
