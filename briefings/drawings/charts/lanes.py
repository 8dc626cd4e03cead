"""Assign labels on stems along an axis to sides and lanes, so that no label covers another or its stem."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class StemLabel:
    """A label `width` px wide on a stem at x. It extends to the right of its stem, or to the left."""

    x: float
    width: float
    extends_left: bool = False

    @property
    def start(self) -> float:
        """The left edge in px."""
        return self.x - self.width if self.extends_left else self.x

    @property
    def end(self) -> float:
        """The right edge in px."""
        return self.x if self.extends_left else self.x + self.width


@dataclass(frozen=True)
class LanePosition:
    """A side of the axis (0 above, 1 below) and a lane, counted from the axis outwards."""

    side: int
    lane: int


_GAP = 9.0  # px: between labels in a lane
_MAX_FAILED_STATES = 400  # after this many dead ends, the search gives up on a number of lanes
_NEAR = 3.0  # px: between a stem and a label that it passes


def assign_lanes(labels: Sequence[StemLabel], max_lanes: int) -> list[LanePosition] | None:
    """Assign a position to each label, with as few lanes as possible.

    `labels` are in the order of their stems. Returns None if `max_lanes` on each side are not enough.
    """
    # Labels that overlap at one x need as many lanes, shared between two sides: a lower bound.
    most_overlapping = max((sum(f.start <= label.start < f.end + _GAP for f in labels) for label in labels), default=1)
    for lane_count in range(max(1, -(-most_overlapping // 2)), max_lanes + 1):
        found = _Search(labels, lane_count).found
        if found is not None:
            return found
    return None


@dataclass(frozen=True)
class _Side:
    """One side of the axis: the x up to which each lane is taken, and the stems so far as (lane, x)."""

    ends: tuple[float, ...]
    stems: tuple[tuple[int, float], ...] = ()

    def takes(self, label: StemLabel, lane: int) -> bool:
        """Whether a label fits into a lane: its stem crosses no inner label, no outer stem crosses it."""
        if self.ends[lane] > label.start or (lane and max(self.ends[:lane]) - _GAP > label.x - _NEAR):
            return False
        return not (label.extends_left and any(inner > lane and x > label.start - _NEAR for inner, x in self.stems))

    def plus(self, label: StemLabel, lane: int) -> "_Side":
        """Return the side with the label added."""
        ends = (*self.ends[:lane], label.end + _GAP, *self.ends[lane + 1 :])
        return _Side(ends, (*self.stems, (lane, label.x)))

    def since(self, x: float) -> "_Side":
        """Drop what cannot affect labels that start at x or later, so that equivalent states compare equal."""
        ends = tuple(end if end > x else float("-inf") for end in self.ends)
        return _Side(ends, tuple(stem for stem in self.stems if stem[1] > x - _NEAR))


class _Search:
    """A depth-first search, label by label. States that failed once are not searched again."""

    def __init__(self, labels: Sequence[StemLabel], lane_count: int) -> None:
        self._flags, self._limit = labels, lane_count
        self._failed: set[tuple[int, frozenset[_Side]]] = set()
        self._floors = [min(f.start for f in labels[i:]) for i in range(len(labels))]
        side = _Side((float("-inf"),) * lane_count)
        self.found = self._go(0, (side, side), ())

    def _go(self, i: int, sides: tuple[_Side, _Side], positions: tuple[LanePosition, ...]) -> list[LanePosition] | None:
        if i == len(self._flags):
            return list(positions)
        label = self._flags[i]
        sides = (sides[0].since(self._floors[i]), sides[1].since(self._floors[i]))
        state = (i, frozenset(sides))  # a set, because the two sides are interchangeable
        if state in self._failed or len(self._failed) > _MAX_FAILED_STATES:
            return None
        for position in self._spots(label, sides, positions):
            taken = sides[position.side].plus(label, position.lane)
            after = (taken, sides[1]) if position.side == 0 else (sides[0], taken)
            found = self._go(i + 1, after, (*positions, position))
            if found is not None:
                return found
        self._failed.add(state)
        return None

    def _spots(
        self, label: StemLabel, sides: tuple[_Side, _Side], positions: tuple[LanePosition, ...]
    ) -> Iterator[LanePosition]:
        """Yield the free positions from the axis outwards, on the side opposite to the previous label first."""
        first = 1 - positions[-1].side if positions else 0
        for lane in range(self._limit):
            for side in (first, 1 - first):
                if sides[side].takes(label, lane):
                    yield LanePosition(side, lane)
