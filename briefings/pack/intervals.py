"""Interval arithmetic on reported numbers: 'nearly', 'more than' and 'about' survive a calculation.

An interval holds what a report leaves possible. 'More than 40' has a lower end and no upper end; 'nearly 40' and
'at most 40' have an upper end and no lower end that anybody stated; 'about 40' has both ends at 40 and is `about`.
Fractions keep the arithmetic exact. Libraries for interval arithmetic calculate with floating-point numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from ..schema.fields import decimals_of
from ..schema.figures import Bound, Estimate


class NoBoundError(ValueError):
    """No value and no bound can express an interval. The message says why."""


@dataclass(frozen=True)
class End:
    """One end of an interval. An `open` end is not itself a possible value: 'more than', but not 'at least'."""

    value: Fraction
    open: bool = False


@dataclass(frozen=True)
class Interval:
    """The possible values of a number. An end is None if no report states it.

    `decimals` is how many the reports write it with: a calculation is no more exact.
    """

    low: End | None
    high: End | None
    about: bool = False
    decimals: int = 0

    def __add__(self, other: "Interval") -> "Interval":
        def add(one: Fraction, two: Fraction) -> Fraction:
            return one + two

        low, high = _end(add, self.low, other.low), _end(add, self.high, other.high)
        return Interval(low, high, self.about or other.about, max(self.decimals, other.decimals))

    def __sub__(self, other: "Interval") -> "Interval":
        """The lowest less the highest, to the highest less the lowest: the widest range that can follow."""

        def subtract(one: Fraction, two: Fraction) -> Fraction:
            return one - two

        low, high = _end(subtract, self.low, other.high), _end(subtract, self.high, other.low)
        return Interval(low, high, self.about or other.about, max(self.decimals, other.decimals))

    def without_share(self, share: "Interval") -> "Interval":
        """What is left of an amount from 0 up after a share between 0 and 1 is taken away."""

        def left(amount: Fraction, part: Fraction) -> Fraction:
            return amount * (1 - part)

        low, high = _end(left, self.low, share.high), _end(left, self.high, share.low)
        return Interval(_closed_at_zero(low), _closed_at_zero(high), self.about or share.about, self.decimals)


def _end(operation: Callable[[Fraction, Fraction], Fraction], one: End | None, two: End | None) -> End | None:
    """An end of the result from one end of each operand; unknown if either is, and open if either is."""
    return End(operation(one.value, two.value), one.open or two.open) if one and two else None


def _closed_at_zero(end: End | None) -> End | None:
    """A product is 0 if one factor is, even if the other is at an open end."""
    return End(end.value) if end and end.value == 0 else end


def to_interval(estimate: Estimate, scale: Fraction) -> Interval:
    """The interval that an estimate states, its numbers multiplied by `scale`. Raises NoBoundError for words."""
    low = estimate.value if estimate.value is not None else estimate.low
    high = estimate.value if estimate.value is not None else estimate.high
    if low is None or high is None:
        raise NoBoundError("it is in words, which cannot be calculated with")
    bound = estimate.bound
    is_open = bound in ("more-than", "nearly")
    return Interval(
        None if bound in ("nearly", "at-most") else End(low * scale, is_open),
        None if bound in ("more-than", "at-least") else End(high * scale, is_open),
        bound == "about",
        max(decimals_of(low), decimals_of(high)),
    )


def from_interval(interval: Interval) -> tuple[Fraction, Fraction, Bound]:
    """(low, high, bound) of an estimate that states the interval; low and high are equal for a single number.

    'Nearly' says that the number is close to the bound, which does not survive a calculation: the result is 'at most'.
    A range between two open ends is given with its ends. Raises NoBoundError if no bound expresses the interval.
    """
    low, high = interval.low, interval.high
    if low and high:
        return low.value, high.value, "about" if interval.about else "exactly"
    if low is None and high is None:
        raise NoBoundError("its inputs are bounded on opposite sides, so nothing follows")
    if interval.about:
        raise NoBoundError("one input says 'about' and another has an open side, which no single bound expresses")
    if low:
        return low.value, low.value, "more-than" if low.open else "at-least"
    assert high
    return high.value, high.value, "at-most"


def rounded(low: Fraction, high: Fraction, bound: Bound, decimals: int) -> tuple[Fraction, Fraction, Bound]:
    """(low, high, bound) with so many decimals: two-thirds of 1,000 frogs are about 667 frogs, not 2000/3 of a frog.

    A number that would become zero keeps more decimals.

    What was exact becomes 'about'. A limit is rounded to the side on which it stays true: at most 4.2 is at most 5.
    """
    towards = ceil if bound in ("at-most", "nearly") else floor if bound in ("more-than", "at-least") else round

    def cut(value: Fraction) -> Fraction:
        places = decimals
        while not (near := Fraction(towards(value * 10**places), 10**places)) and value:
            places += 1
        return near

    one, other = cut(low), cut(high)
    inexact = bound == "exactly" and (one, other) != (low, high)
    return one, other, "about" if inexact else bound
