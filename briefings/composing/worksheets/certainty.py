"""Two values of a pack -> whether they are certainly different, so that an option made of one is wrong. Pure."""

from fractions import Fraction

from ...pack.intervals import End, Interval, NoBoundError, to_interval
from ...pack.pack import Pack
from ...schema.dates import PartialDate
from ...schema.figures import Unit

# How far from its number a report may be that says "about" or "nearly": nobody says how far, so an
# option closer than a tenth is not certainly wrong.
_VAGUE = Fraction(1, 10)


def differ(pack: Pack, one: str, other: str) -> bool:
    """Whether no number fits both estimates. Those in words, or in units that do not compare, never do."""
    if not comparable(pack, one, other):
        return False
    first, second = _interval(pack, one), _interval(pack, other)
    return bool(first and second and (_is_below(first, second) or _is_below(second, first)))


def dates_differ(one: PartialDate, other: PartialDate) -> bool:
    """Whether no day fits both dates. "By", "before" and "after" leave one side open."""
    return _is_earlier(one, other) or _is_earlier(other, one)


def is_before(one: PartialDate, other: PartialDate) -> bool:
    """Whether every day of one date is before every day of the other."""
    return days_of(one)[1] < days_of(other)[0]


# What part of a month or year a qualifier leaves, in quarters: more than a writer means by it, to be certain.
_QUARTERS = {"early": (0, 2), "mid": (1, 3), "late": (2, 4)}


def days_of(when: PartialDate) -> tuple[int, int]:
    """The first and the last day that a date may mean, its qualifier considered."""
    first, last, _ = when.order
    begin, end = _QUARTERS.get(when.qualifier, (0, 4))
    length = last - first + 1
    return first + length * begin // 4, first - 1 - -length * end // 4


def _is_earlier(one: PartialDate, other: PartialDate) -> bool:
    open_end, open_start = one.qualifier in ("after", "about"), other.qualifier in ("by", "before", "about")
    return not open_end and not open_start and is_before(one, other)


def _interval(pack: Pack, ref: str) -> Interval | None:
    """What an estimate leaves possible, on the scale of its kind of unit, and vague where it is in words."""
    figure, estimate = pack.estimate(ref)
    try:
        interval = to_interval(estimate, _scale(pack.unit_of(figure, estimate)))
    except NoBoundError:
        return None
    low, high = interval.low, interval.high
    if estimate.bound in ("about", "nearly"):
        known = low or high
        assert known
        room = abs(known.value) * _VAGUE
        return Interval(End(known.value - room), End(known.value + (room if estimate.bound == "about" else 0)))
    return interval


def comparable(pack: Pack, one: str, other: str) -> bool:
    """Whether two estimates count in units that compare: the same, two shares of a whole, or two areas."""
    units = [pack.estimate(ref)[1].unit or pack.estimate(ref)[0].unit for ref in (one, other)]
    if units[0] == units[1]:
        return True
    first, second = (pack.units[unit] for unit in units)
    return any(measure(first) and measure(second) for measure in (_whole, _area, _length))


def _scale(unit: Unit) -> Fraction:
    whole = _whole(unit)
    return Fraction(1, whole) if whole else _area(unit) or _length(unit) or Fraction(1)


def _whole(unit: Unit) -> int | None:
    return unit.whole


def _area(unit: Unit) -> Fraction | None:
    return unit.square_km


def _length(unit: Unit) -> Fraction | None:
    return unit.km


def _is_below(one: Interval, other: Interval) -> bool:
    if one.high is None or other.low is None:
        return False
    if one.high.value == other.low.value:
        return one.high.open or other.low.open
    return one.high.value < other.low.value
