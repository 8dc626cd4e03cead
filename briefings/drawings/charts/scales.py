"""Map amounts and days to positions in px, and choose the round numbers and months to mark on an axis."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ...schema.dates import PartialDate

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)  # distances between ticks, times a power of ten
_THIRDS = {"early": (0, 1), "mid": (1, 2), "late": (2, 3)}  # which third of a period: from, to


@dataclass(frozen=True)
class Scale:
    """A linear scale from the amounts `low`..`high` to `start`..`end` px. `start` may be greater, as on a y axis."""

    low: float
    high: float
    start: float
    end: float

    def at(self, amount: float) -> float:
        """Return the position of an amount."""
        return self.start + (amount - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, at_most: int) -> tuple[float, ...]:
    """Return round numbers that span `low`, `high` and zero, with a step of 1, 2, 2.5 or 5 times a power of ten.

    The step is the smallest that divides the range into about `at_most` parts; extending to round ends may add one.
    """
    low, high = min(float(low), 0.0), max(float(high), 0.0)
    if low == high:
        high = 1.0
    rough = (high - low) / max(at_most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    # the tolerances absorb floating-point errors: 0.3 / 0.1 must not need a fourth step
    step = next(s * power for s in _STEPS if s * power >= rough * 0.999999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(n * step, 10) for n in range(first, last + 1))


@dataclass(frozen=True)
class TimeScale:
    """A linear scale from the start of day `first` to the end of day `last`, in `start`..`end` px."""

    first: date
    last: date
    start: float
    end: float

    def at(self, day: date) -> float:
        """Return the position of the start of a day."""
        return self.start + (day - self.first).days * self.px_per_day

    @property
    def px_per_day(self) -> float:
        """The width of a day in px."""
        return (self.end - self.start) / ((self.last - self.first).days + 1)

    def span(self, when: PartialDate) -> tuple[float, float]:
        """Return the start and end of a date in px: one day wide for a day, a third of a month for "mid-November"."""
        first, last = possible_days(when)
        return self.at(first), self.at(last + timedelta(days=1))

    def months(self) -> Iterator[tuple[date, float, float]]:
        """Yield each month as (first day, start, end), with start and end in px and clipped to the scale."""
        month = self.first.replace(day=1)
        while month <= self.last:
            following = plus_months(month, 1)
            yield month, max(self.at(month), self.start), min(self.at(following), self.end)
            month = following


def possible_days(when: PartialDate) -> tuple[date, date]:
    """Return the first and last day that a date may mean; for "early", "mid" and "late", a third of its period."""
    if when.qualifier in _THIRDS and when.first != when.last:
        days = (when.last - when.first).days + 1
        first, last = (when.first + timedelta(days=round(days * n / 3)) for n in _THIRDS[when.qualifier])
        return first, last - timedelta(days=1)
    return when.first, when.last


def whole_months(first: date, last: date) -> tuple[date, date]:
    """Extend a range of days to the start of its first month and the end of its last."""
    return first.replace(day=1), plus_months(last.replace(day=1), 1) - timedelta(days=1)


def plus_months(first: date, months: int) -> date:
    """Return the first day of the month `months` later."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
