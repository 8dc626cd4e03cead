"""Dates as prose gives them, with or without a day, a month and a year, and whether two may be the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class ProseDate:
    """A date in prose. A part that it does not state is 0."""

    day: int
    month: int
    year: int

    @property
    def parts(self) -> tuple[int, int, int]:
        """Day, month and year."""
        return self.day, self.month, self.year

    def differs_in_one_part(self, other: "ProseDate") -> bool:
        """Whether exactly one of the parts that both state differs: 5 and 6 May, 1991 and 1992.

        August and September alone do not count: with nothing else in common they are simply two dates.
        """
        pairs = [(a, b) for a, b in zip(self.parts, other.parts, strict=True) if a and b]
        return sum(a != b for a, b in pairs) == 1 and (len(pairs) > 1 or not (self.month or other.month))

    def is_compatible_with(self, other: "ProseDate") -> bool:
        """Whether both may be the same date: the parts that both state are equal."""
        return all(not a or not b or a == b for a, b in zip(self.parts, other.parts, strict=True))


class DateSet:
    """Dates, of which one can be looked up that may be the same as another: 5 May, May, May 2011."""

    def __init__(self, dates: Iterable[ProseDate]) -> None:
        self._known: set[tuple[_Stated, _Stated, tuple[int, int, int]]] = set()
        self._stated: set[_Stated] = set()
        for date in dict.fromkeys(dates):
            stated = _stated(date.parts)
            self._stated.add(stated)
            for asked in _ALL_STATED:
                self._known.add((stated, asked, _only(date.parts, asked)))

    def has(self, date: ProseDate) -> bool:
        """Whether some date is compatible with this one."""
        asked = _stated(date.parts)
        return any((stated, asked, _only(date.parts, stated)) in self._known for stated in self._stated)


_Stated = tuple[bool, bool, bool]  # which parts a date states: day, month, year
_ALL_STATED: tuple[_Stated, ...] = tuple(product((False, True), repeat=3))  # type: ignore[arg-type]


def _stated(parts: tuple[int, int, int]) -> _Stated:
    return parts[0] != 0, parts[1] != 0, parts[2] != 0


def _only(parts: tuple[int, int, int], wanted: _Stated) -> tuple[int, int, int]:
    """The parts that both state; the others are 0."""
    day, month, year = (part if is_wanted else 0 for part, is_wanted in zip(parts, wanted, strict=True))
    return day, month, year
