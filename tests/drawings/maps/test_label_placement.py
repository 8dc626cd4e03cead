"""Labels of a map at their preferred positions."""

import pytest

from briefings.drawings.fonts import Face
from briefings.drawings.maps import label_placement
from briefings.drawings.maps.label_placement import LabelRequest, label_positions, place_labels
from briefings.drawings.scene import Box, NoRoomError, Span, TextLine
from briefings.drawings.text_layout import TextBlock


def request(owner: str, x: float, y: float, width: float = 24) -> LabelRequest:
    block = TextBlock((TextLine((Span(f"Label {owner}"),), 0, 8, Face(10)),), width, 10)
    return LabelRequest(owner, block, label_positions(block, x, y, 4))


def test_a_label_is_to_the_right_of_its_mark() -> None:
    (label,) = place_labels([request("a", 50, 50)], Box(0, 0, 100, 100), [])
    assert label.box == Box(54, 45, 78, 55)


def test_a_label_at_the_right_edge_is_to_the_left_of_its_mark() -> None:
    (label,) = place_labels([request("a", 90, 50)], Box(0, 0, 100, 100), [])
    assert label.box.right == 86
    assert label.lines[0].anchor == "end"


def test_a_label_avoids_taken_boxes() -> None:
    (label,) = place_labels([request("a", 50, 50)], Box(0, 0, 100, 100), [Box(60, 0, 100, 100)])
    assert label.box.right == 46


def test_a_label_without_a_position_goes_first_in_the_next_round() -> None:
    """In the order given, the first label would take the only position of the second."""
    first, second = place_labels([request("a", 35, 10), request("b", 66, 10)], Box(0, 0, 70, 20), [])
    assert (first.box.right, second.box.right) == (31, 62)  # both to the left of their marks


def test_a_label_that_fits_nowhere_is_reported() -> None:
    with pytest.raises(NoRoomError) as error:
        place_labels([request("a", 5, 5, width=90)], Box(0, 0, 40, 40), [])
    assert (error.value.owner, error.value.words) == ("a", "Label a")


def test_a_label_that_has_no_position_at_all_ends_the_search_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds move the other labels: none can help a label that the frame leaves no position."""

    def search(*_: object) -> object:
        raise AssertionError("searched")

    monkeypatch.setattr(label_placement, "_greedy", search)
    with pytest.raises(NoRoomError) as error:
        place_labels([request("a", 20, 20, width=4), request("b", 5, 5, width=90)], Box(0, 0, 40, 40), [])
    assert error.value.owner == "b"
