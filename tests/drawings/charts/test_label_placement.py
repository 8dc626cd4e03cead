"""Labels next to the marks of a chart."""

import random
from itertools import combinations

import pytest

from briefings.drawings.charts import label_placement
from briefings.drawings.charts.label_placement import (
    LabelCandidate,
    _runs_through,
    along,
    lengthen_labels,
    place_labels,
)
from briefings.drawings.charts.marks import Line
from briefings.drawings.scene import Box
from briefings.drawings.text_layout import TextBlock

PLOT = Box(0, 0, 300, 200)
BLOCK = TextBlock((), width=40, height=12)


def mark(x: float, y: float) -> list[Box]:
    return [Box(x - 5, y - 5, x + 5, y + 5)]


def test_a_label_is_to_the_right_of_its_mark() -> None:
    (position,) = place_labels([BLOCK], [mark(100, 100)], PLOT, []) or []
    assert (position.box, position.align, position.leader) == (Box(110, 94, 150, 106), "start", None)


def test_a_label_at_the_right_edge_is_elsewhere() -> None:
    (position,) = place_labels([BLOCK], [mark(280, 100)], PLOT, []) or []
    assert position.box.inside(PLOT)
    assert not position.box.overlaps(mark(280, 100)[0])


def test_labels_cover_neither_each_other_nor_marks() -> None:
    marks = [mark(x, 100 + x / 10) for x in (100, 115, 130, 145)]
    positions = place_labels([BLOCK] * 4, marks, PLOT, [])
    assert positions is not None
    assert not any(a.box.overlaps(b.box) for a, b in combinations(positions, 2))
    assert not any(position.box.overlaps(box) for position in positions for boxes in marks for box in boxes)


def test_a_distant_label_has_a_leader_to_its_mark() -> None:
    """Everything near the mark is taken."""
    around = [Box(60, 60, 94, 140), Box(106, 60, 140, 140), Box(60, 60, 140, 94), Box(60, 106, 140, 140)]
    assert place_labels([BLOCK], [mark(100, 100)], PLOT, around) is None  # the leader would cross them
    below = [*around[:2], Box(60, 60, 140, 94)]
    (position,) = place_labels(
        [BLOCK], [mark(100, 100)], PLOT, [*below, Box(60, 106, 94, 140), Box(120, 106, 140, 140)]
    ) or [None]
    assert position is not None
    assert position.leader is not None


def test_labels_without_room_are_not_placed() -> None:
    assert place_labels([BLOCK], [mark(15, 10)], Box(0, 0, 30, 20), []) is None


def test_a_line_is_covered_with_small_boxes_from_end_to_end() -> None:
    boxes = list(along(Line(0, 0, 16, 0, "rival")))
    assert [(box.left, box.right) for box in boxes] == [(-3, 3), (5, 11), (13, 19)]


def test_a_line_runs_through_what_its_small_boxes_overlap() -> None:
    of = random.Random(7)
    found = set()
    for _ in range(2000):
        line = Line(*(of.randrange(0, 120) for _ in range(4)), "leader")
        around = [Box(x, y, x + 12, y + 9) for x, y in ((of.randrange(0, 120), of.randrange(0, 120)) for _ in range(4))]
        through = any(part.overlaps(box) for part in along(line) for box in around)
        assert _runs_through(line, around) == through
        found.add(through)
    assert found == {True, False}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The arguments of each search for free places of one label; a test clears those of its preparation."""
    asked, free = list[object](), label_placement._free

    def counted(*arguments: object) -> object:
        asked.append(arguments)
        return free(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(label_placement, "_free", counted)
    return asked


def test_no_place_is_looked_for_where_a_short_label_need_not_move(asked: list[object]) -> None:
    marks = [mark(30, 100), mark(150, 100)]
    short, long = TextBlock((), width=8, height=10), TextBlock((), width=60, height=26)
    numbers = place_labels([short] * 2, marks, PLOT, [])
    assert numbers is not None
    asked.clear()
    places = lengthen_labels(numbers, [[(long, 0)]] * 2, marks, PLOT, [], [short] * 2)
    assert [place.variant for place in places] == [1, 1]
    assert len(asked) == 2


def test_nothing_is_looked_for_after_a_label_that_has_to_stay_short(asked: list[object]) -> None:
    marks = [mark(30, 100), mark(150, 100), mark(150, 140)]
    short, long, wide = TextBlock((), 8, 10), TextBlock((), 60, 26), TextBlock((), 400, 26)
    numbers = place_labels([short] * 3, marks, PLOT, [])
    assert numbers is not None
    asked.clear()
    variants = [[(long, 0.0)], [(wide, 0.0)], [(long, 0.0)]]
    assert lengthen_labels(numbers, variants, marks, PLOT, [], [short] * 3, all_or_none=True) == numbers
    assert len(asked) == 2
    assert [p.variant for p in lengthen_labels(numbers, variants, marks, PLOT, [], [short] * 3)] == [1, 0, 1]


def test_two_candidates_conflict_in_both_directions_or_in_neither() -> None:
    plain = LabelCandidate(Box(0, 20, 40, 30), 0, "start")
    led = LabelCandidate(Box(60, 0, 90, 10), 0, "start", Line(45, 27, 60, 5, "leader"))
    assert led.path[0] == Box(42, 24, 48, 30)  # 2 px from `plain`
    assert plain.conflicts_with(led)
    assert led.conflicts_with(plain)


def test_short_labels_become_long_only_where_there_is_room() -> None:
    plot = Box(0, 0, 300, 60)
    marks = [mark(20, 30), mark(34, 30), mark(48, 30), mark(200, 30)]
    short, long = TextBlock((), width=8, height=10), TextBlock((), width=90, height=26)
    numbers = place_labels([short] * 4, marks, plot, [])
    assert numbers is not None
    places = lengthen_labels(numbers, [[(long, 0)]] * 4, marks, plot, [], [short] * 4)
    assert places[3].variant == 1
    assert {p.variant for p in places[:3]} == {0, 1}  # some of the crowded ones stay short
    assert not any(a.conflicts_with(b) for a, b in combinations(places, 2))
    assert not any(p.box.overlaps(box) for p in places for boxes in marks for box in boxes)
