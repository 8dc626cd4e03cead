"""Labels that hang on stems along an axis -> a side and a lane for each, so that none covers another or its stem."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class StemLabel:
    """A label of some width at a stem at x, which flies to the right of it, or to the left where there is no room."""

    x: float
    width: float
    extends_left: bool = False

    @property
    def start(self) -> float:
        return self.x - self.width if self.extends_left else self.x

    @property
    def end(self) -> float:
        return self.x if self.extends_left else self.x + self.width


@dataclass(frozen=True)
class LanePosition:
    """Above the axis (side 0) or below it (1), and in which lane from the axis outwards."""

    side: int
    lane: int


_GAP = 9.0  # px: between labels of a lane
_MAX_FAILED_STATES = 400  # states that failed, before a number of lanes is given up
_NEAR = 3.0  # px: between a stem and the label it passes


def assign_lanes(flags: Sequence[StemLabel], at_most: int) -> list[LanePosition] | None:
    """A spot for each flag, which come in the order of their stems; as few lanes as will do, None if too many."""
    crowd = max((sum(f.start <= flag.start < f.end + _GAP for f in flags) for flag in flags), default=1)
    for limit in range(max(1, -(-crowd // 2)), at_most + 1):
        found = _Search(flags, limit).found
        if found is not None:
            return found
    return None


@dataclass(frozen=True)
class _Side:
    """One side of the axis: up to where each lane is taken, and the stems so far as (lane, x)."""

    ends: tuple[float, ...]
    stems: tuple[tuple[int, float], ...] = ()

    def takes(self, flag: StemLabel, lane: int) -> bool:
        """Whether a flag fits into a lane, its stem passing those between and no stem passing through it."""
        if self.ends[lane] > flag.start or (lane and max(self.ends[:lane]) - _GAP > flag.x - _NEAR):
            return False
        return not (flag.extends_left and any(inner > lane and x > flag.start - _NEAR for inner, x in self.stems))

    def plus(self, flag: StemLabel, lane: int) -> "_Side":
        """With that flag."""
        ends = (*self.ends[:lane], flag.end + _GAP, *self.ends[lane + 1 :])
        return _Side(ends, (*self.stems, (lane, flag.x)))

    def since(self, x: float) -> "_Side":
        """What of it can still matter to flags that begin at x or later."""
        ends = tuple(end if end > x else float("-inf") for end in self.ends)
        return _Side(ends, tuple(stem for stem in self.stems if stem[1] > x - _NEAR))


class _Search:
    """Depth first, flag by flag; a state that failed once is not tried again."""

    def __init__(self, flags: Sequence[StemLabel], limit: int) -> None:
        self._flags, self._limit = flags, limit
        self._failed: set[tuple[int, frozenset[_Side]]] = set()
        self._floors = [min(f.start for f in flags[i:]) for i in range(len(flags))]
        side = _Side((float("-inf"),) * limit)
        self.found = self._go(0, (side, side), ())

    def _go(self, i: int, sides: tuple[_Side, _Side], spots: tuple[LanePosition, ...]) -> list[LanePosition] | None:
        if i == len(self._flags):
            return list(spots)
        flag = self._flags[i]
        sides = (sides[0].since(self._floors[i]), sides[1].since(self._floors[i]))
        state = (i, frozenset(sides))  # the one side is as good as the other
        if state in self._failed or len(self._failed) > _MAX_FAILED_STATES:
            return None
        for spot in self._spots(flag, sides, spots):
            taken = sides[spot.side].plus(flag, spot.lane)
            after = (taken, sides[1]) if spot.side == 0 else (sides[0], taken)
            found = self._go(i + 1, after, (*spots, spot))
            if found is not None:
                return found
        self._failed.add(state)
        return None

    def _spots(
        self, flag: StemLabel, sides: tuple[_Side, _Side], spots: tuple[LanePosition, ...]
    ) -> Iterator[LanePosition]:
        """The spots that are free, the other side first, from the axis outwards."""
        first = 1 - spots[-1].side if spots else 0
        for lane in range(self._limit):
            for side in (first, 1 - first):
                if sides[side].takes(flag, lane):
                    yield LanePosition(side, lane)
