"""Two reports -> how they stand to each other: rivals, or of another day or thing, or both can be right. Pure."""

import math
from fractions import Fraction
from typing import Literal

from ..schema.dates import PartialDate
from ..schema.figures import Estimate, Figure
from .intervals import Interval, NoBoundError, to_interval
from .pack import Pack

Relation = Literal["rival", "other_day", "other_thing", "both"]


def time_of(estimate: Estimate) -> PartialDate | None:
    """The time that an estimate speaks of. Two books of different years may count the dead of one century."""
    return estimate.covers or estimate.as_of


def may_overlap(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates can be the same day. A missing date can be any day."""
    if one is None or other is None:
        return True
    (first, last), (other_first, other_last) = _span(one), _span(other)
    return first <= other_last and other_first <= last


def _span(when: PartialDate) -> tuple[float, float]:
    """The first and last day a date can mean: 'by May' starts at the beginning of time, 'after May' never ends."""
    open_before, open_after = when.qualifier in ("by", "before"), when.qualifier == "after"
    return -math.inf if open_before else when.order[0], math.inf if open_after else when.order[1]


def relation(pack: Pack, one: str, other: str) -> tuple[Relation, bool | None]:
    """How two estimates, by ref, stand to each other, and whether their numbers leave room for both.

    Rivals are those that the pack names. Without that, numbers of one figure and one time that leave no room are rivals
    too. The second value is None where a report is in words, or where the units cannot be compared.
    """
    (figure, first), (other_figure, second) = pack.estimate(one), pack.estimate(other)
    room = _room(pack, (figure, first), (other_figure, second))
    if other in _named(figure, first) or one in _named(other_figure, second):
        return "rival", room
    if figure is not other_figure or figure.kind == "different":
        return "other_thing", room
    days, other_days = _days(first), _days(second)
    if days and other_days and (days[1] < other_days[0] or other_days[1] < days[0]):
        return "other_day", room
    if room is False:
        if days != other_days:
            return "other_day", room
        return ("rival" if first.about == second.about else "other_thing"), room
    return "both", room


def rivals(pack: Pack) -> dict[str, tuple[str, ...]]:
    """The estimates, by ref, that disagree with each one that has such: those that it names, then those that name it.

    To disagree is mutual, and a pack need say it on one side only.
    """
    found: dict[str, list[str]] = {}
    named = [(f"{f.id}/{e.id}", rival) for f in pack.figures for e in f.estimates for rival in _named(f, e)]
    for one, other in (*named, *((rival, ref) for ref, rival in named)):
        if other not in found.setdefault(one, []):
            found[one].append(other)
    return {ref: tuple(refs) for ref, refs in found.items()}


def _named(figure: Figure, estimate: Estimate) -> list[str]:
    """The rivals that an estimate names, by ref: one in the same figure may be written without the figure's id."""
    return [rival if "/" in rival else f"{figure.id}/{rival}" for rival in estimate.rival_of]


def _days(estimate: Estimate) -> tuple[float, float] | None:
    """The first and last day of what a report speaks of. 'By May' is May: the last day for which it holds."""
    when = time_of(estimate)
    if when is None:
        return None
    return _span(when) if when.qualifier in ("before", "after") else (when.order[0], when.order[1])


def _room(pack: Pack, one: tuple[Figure, Estimate], other: tuple[Figure, Estimate]) -> bool | None:
    scales = _scales(pack, one, other)
    if scales is None:
        return None
    try:
        return _meet(to_interval(one[1], scales[0]), to_interval(other[1], scales[1]))
    except NoBoundError:
        return None


def _scales(
    pack: Pack, one: tuple[Figure, Estimate], other: tuple[Figure, Estimate]
) -> tuple[Fraction, Fraction] | None:
    """What to multiply two numbers with to compare them; None if nothing makes them comparable."""
    unit, other_unit = pack.unit_of(*one), pack.unit_of(*other)
    if unit == other_unit:
        return Fraction(1), Fraction(1)
    if unit.whole and other_unit.whole:
        return Fraction(1, unit.whole), Fraction(1, other_unit.whole)
    for size in ("square_km", "km"):
        sizes = getattr(unit, size), getattr(other_unit, size)
        if None not in sizes:
            return sizes
    return None


def _meet(one: Interval, other: Interval) -> bool:
    """Whether a value lies in both intervals."""
    return _reaches(one, other) and _reaches(other, one)


def _reaches(one: Interval, other: Interval) -> bool:
    """Whether the lower end of one is not above the upper end of the other."""
    low, high = one.low, other.high
    if low is None or high is None:
        return True
    return low.value < high.value or (low.value == high.value and not (low.open or high.open))
