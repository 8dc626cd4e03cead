"""Labels on stems above and below an axis."""

from briefings.drawings.charts.lanes import LanePosition, StemLabel, assign_lanes

ABOVE, BELOW = 0, 1


def test_neighbours_alternate_between_the_sides() -> None:
    labels = [StemLabel(x, 30) for x in (0, 50, 100)]
    assert assign_lanes(labels, 5) == [LanePosition(ABOVE, 0), LanePosition(BELOW, 0), LanePosition(ABOVE, 0)]


def test_two_overlapping_labels_need_only_one_lane() -> None:
    assert assign_lanes([StemLabel(0, 50), StemLabel(10, 50)], 1) == [LanePosition(ABOVE, 0), LanePosition(BELOW, 0)]


def test_a_third_overlapping_label_needs_a_second_lane() -> None:
    labels = [StemLabel(x, 50) for x in (0, 10, 20)]
    positions = assign_lanes(labels, 5)
    assert positions is not None
    assert len(set(positions)) == 3
    assert max(position.lane for position in positions) == 1


def test_a_stem_crosses_no_inner_label() -> None:
    """A label in the outer lane starts before those between it and the axis, so that its stem passes them."""
    labels = [StemLabel(x, 50) for x in (0, 10, 20, 30)]
    positions = assign_lanes(labels, 5)
    assert positions is not None
    for outer, at in zip(positions, labels, strict=True):
        for inner, other in zip(positions, labels, strict=True):
            if inner.side == outer.side and inner.lane < outer.lane:
                assert not other.start < at.x < other.end


def test_too_many_labels_do_not_fit() -> None:
    assert assign_lanes([StemLabel(0, 50)] * 5, 2) is None


def test_a_label_to_the_left_ends_at_its_stem() -> None:
    label = StemLabel(100, 30, extends_left=True)
    assert (label.start, label.end) == (70, 100)


def test_no_labels() -> None:
    assert assign_lanes([], 5) == []
