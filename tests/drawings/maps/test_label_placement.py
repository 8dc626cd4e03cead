"""Labels of a map at their preferred positions."""

import pytest

from briefings.drawings.fonts import Face
from briefings.drawings.maps import label_placement
from briefings.drawings.maps.label_placement import LabelRequest, label_positions, place_labels, place_or_leave_out
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


def costly(owner: str, *spots: tuple[float, int], optional: bool = False) -> LabelRequest:
    """A label 20 px wide with its left at each of some (x, cost)."""
    block = TextBlock((TextLine((Span(f"Label {owner}"),), 0, 8, Face(10)),), 20, 10)
    return LabelRequest(
        owner,
        block,
        tuple((left, 0, "start") for left, _ in spots),
        costs=tuple(cost for _, cost in spots),
        optional=optional,
    )


FRAME = Box(0, 0, 200, 10)


def test_a_label_gives_way_to_one_that_would_stand_badly() -> None:
    first, second = place_labels([costly("a", (0, 0), (60, 2)), costly("b", (100, 50), (5, 0))], FRAME, [])
    assert (first.box.left, second.box.left) == (60, 5)


def test_a_label_does_not_give_way_for_a_greater_cost_than_it_saves() -> None:
    first, second = place_labels([costly("a", (0, 0), (60, 60)), costly("b", (100, 50), (5, 0))], FRAME, [])
    assert (first.box.left, second.box.left) == (0, 100)


def test_at_most_two_labels_give_way_to_one() -> None:
    near = [costly("a", (0, 0), (80, 1)), costly("b", (25, 0), (120, 1)), costly("c", (50, 0), (160, 1))]
    wide = TextBlock((TextLine((Span("Wide"),), 0, 8, Face(10)),), 65, 10)
    asked = LabelRequest("wide", wide, ((200, 0, "start"), (0, 0, "start")), costs=(50, 0))
    *labels, last = place_labels([*near, asked], Box(0, 0, 300, 10), [])
    assert [label.box.left for label in (*labels, last)] == [0, 25, 50, 200]
    *labels, last = place_labels([*near[:2], asked], Box(0, 0, 300, 10), [])
    assert [label.box.left for label in (*labels, last)] == [80, 120, 0]


def test_an_optional_label_without_room_is_left_out_and_no_other_is() -> None:
    asked = [costly("a", (0, 0)), costly("b", (5, 0), optional=True), costly("c", (40, 0), optional=True)]
    first, none, third = place_or_leave_out(asked, FRAME, [])
    assert first
    assert none is None
    assert third
    assert (first.box.left, third.box.left) == (0, 40)


def test_a_label_moves_for_an_optional_one() -> None:
    first, second = place_or_leave_out([costly("a", (0, 0), (60, 3)), costly("b", (5, 0), optional=True)], FRAME, [])
    assert first
    assert second
    assert (first.box.left, second.box.left) == (60, 5)
