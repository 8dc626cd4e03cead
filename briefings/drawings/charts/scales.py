"""Amounts and days -> places on a drawing, and the round numbers and months to mark there."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ...schema.dates import PartialDate

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_THIRDS = {"early": (0, 1), "mid": (1, 2), "late": (2, 3)}


@dataclass(frozen=True)
class Scale:
    """Amounts from `low` to `high` laid out from `start` to `end` px."""

    low: float
    high: float
    start: float
    end: float

    def at(self, amount: float) -> float:
        return self.start + (amount - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, at_most: int) -> tuple[float, ...]:
    """Round numbers from at or below `low` to at or above `high`, zero among them, no more than `at_most` steps."""
    low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = 1.0
    rough = (high - low) / max(at_most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s * power for s in _STEPS if s * power >= rough * 0.999999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(n * step, 10) for n in range(first, last + 1))


@dataclass(frozen=True)
class TimeScale:
    """Days from `first` to the end of `last`, laid out from `start` to `end` px."""

    first: date
    last: date
    start: float
    end: float

    def at(self, day: date) -> float:
        """Where a day begins."""
        return self.start + (day - self.first).days * self.px_per_day

    @property
    def px_per_day(self) -> float:
        """How many px a day takes."""
        return (self.end - self.start) / ((self.last - self.first).days + 1)

    def span(self, when: PartialDate) -> tuple[float, float]:
        """From where to where a date may lie, in px: a day's width for a day, a third of a month for "mid"."""
        first, last = possible_days(when)
        return self.at(first), self.at(last + timedelta(days=1))

    def months(self) -> Iterator[tuple[date, float, float]]:
        """Every month of the calendar: its first day, from where and to where."""
        month = self.first.replace(day=1)
        while month <= self.last:
            following = plus_months(month, 1)
            yield month, max(self.at(month), self.start), min(self.at(following), self.end)
            month = following


def possible_days(when: PartialDate) -> tuple[date, date]:
    """The first and last day a date may mean, a third of it for early, mid and late."""
    if when.qualifier in _THIRDS and when.first != when.last:
        days = (when.last - when.first).days + 1
        first, last = (when.first + timedelta(days=round(days * n / 3)) for n in _THIRDS[when.qualifier])
        return first, last - timedelta(days=1)
    return when.first, when.last


def whole_months(first: date, last: date) -> tuple[date, date]:
    """The same days, out to the beginning and the end of their months."""
    return first.replace(day=1), plus_months(last.replace(day=1), 1) - timedelta(days=1)


def plus_months(first: date, months: int) -> date:
    """The first day of the month so many months on."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
