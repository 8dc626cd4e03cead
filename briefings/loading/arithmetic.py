"""A pack's figures -> the same figures with each derived number, and its bound, calculated from its sources."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ..limits import MAX_BITS, MAX_DERIVATIONS, MAX_VALUE
from ..pack.intervals import Interval, NoBoundError, from_interval, rounded, to_interval
from ..pack.pack import Pack
from ..schema.fields import YamlModel
from ..schema.figures import Derivation, Estimate, Figure, Unit

_SAID = {1, 2, 3, 4}  # the denominators of shares that a text says as such: half, two-thirds, a quarter


class DerivationError(Exception):
    """A derived estimate, `ref` ("figure/estimate"), cannot be calculated. The message says why."""

    def __init__(self, ref: str, reason: str) -> None:
        super().__init__(reason)
        self.ref = ref


def compute_derived_figures(pack: Pack, index: Mapping[str, YamlModel]) -> tuple[Figure, ...]:
    """The pack's figures with the values and bounds of all derived estimates, with as many decimals as their reports.

    Raises DerivationError if a number is derived from itself, from an estimate in words, from estimates whose bounds
    leave nothing to say about it, over too many steps, or if it is too large or has too many digits for a page.
    """
    known: dict[str, Interval] = {}  # each is calculated once, however many others come from it
    return tuple(_figure(figure, pack, index, known) for figure in pack.figures)


def _figure(figure: Figure, pack: Pack, index: Mapping[str, YamlModel], known: dict[str, Interval]) -> Figure:
    estimates = []
    for estimate in figure.estimates:
        if estimate.derived and estimate.derived.operation:
            ref = f"{figure.id}/{estimate.id}"
            found, unit = _interval(ref, pack, index, known, ()), pack.unit_of(figure, estimate)
            try:
                low, high, bound = from_interval(found)
            except NoBoundError as error:
                raise DerivationError(ref, str(error)) from error
            low, high = low / _scale(unit), high / _scale(unit)
            if not (unit.is_plain and {low.denominator, high.denominator} <= _SAID):
                low, high, bound = rounded(low, high, bound, found.decimals + (2 if unit.is_plain else 0))
            values = {"value": low} if low == high else {"low": low, "high": high}
            estimate = estimate.model_copy(update={**values, "bound": bound})
        estimates.append(estimate)
    return figure.model_copy(update={"estimates": tuple(estimates)})


def _interval(
    ref: str, pack: Pack, index: Mapping[str, YamlModel], known: dict[str, Interval], within: tuple[str, ...]
) -> Interval:
    """What an estimate leaves possible; derived ones are calculated. A percentage becomes a fraction.

    `known` are those calculated so far, and `within` the refs being calculated, the outermost first, to detect a
    circle.
    """
    if ref in known:
        return known[ref]
    estimate, figure = index[ref], index[ref.partition("/")[0]]
    assert isinstance(estimate, Estimate)
    assert isinstance(figure, Figure)
    if ref in within:
        raise DerivationError(ref, f"it is derived from itself: {' from '.join((*within, ref))}")
    if len(within) > MAX_DERIVATIONS:
        raise DerivationError(within[0], f"it is derived over more than {MAX_DERIVATIONS} steps")
    if estimate.derived and estimate.derived.operation:
        operands = [_interval(of, pack, index, known, (*within, ref)) for of in estimate.derived.of]
        _check_units(ref, estimate.derived, estimate.unit or figure.unit, pack.units, index)
        known[ref] = _calculate(ref, estimate.derived, operands)
        return known[ref]
    try:
        return to_interval(estimate, _scale(pack.unit_of(figure, estimate)))
    except NoBoundError as error:
        raise DerivationError((*within, ref)[0], f"'{ref}' cannot be used: {error}") from error


def _scale(unit: Unit) -> Fraction:
    return Fraction(1, unit.whole or 1)


def _check_units(
    ref: str, derived: Derivation, own: str, units: Mapping[str, Unit], index: Mapping[str, YamlModel]
) -> None:
    """Refuse to add or subtract unlike things. A unit is one that the pack defines: nothing is converted."""
    for place, of in enumerate(derived.of):
        figure, estimate = index[of.partition("/")[0]], index[of]
        assert isinstance(figure, Figure)
        assert isinstance(estimate, Estimate)
        unit = estimate.unit or figure.unit
        is_share = units[unit].whole is not None
        if derived.operation == "less-share" and place > 0:
            if not is_share:
                hint = 'a percentage is a unit with `short: "%"`, a fraction one without words'
                raise DerivationError(ref, f"'{of}' is in '{unit}', which is not a share of anything ({hint})")
        elif unit != own and not (is_share and units[own].whole is not None):
            raise DerivationError(ref, f"'{of}' is in '{unit}' and the result in '{own}', so nothing can be calculated")


def _calculate(ref: str, derived: Derivation, operands: Sequence[Interval]) -> Interval:
    result, others = operands[0], operands[1:]
    for other in others:
        if derived.operation == "less":
            result -= other
        elif derived.operation == "plus":
            result += other
        else:  # less-share
            result = result.without_share(other)
        _check_size(ref, result)
    return result


def _check_size(ref: str, result: Interval) -> None:
    """Refuse a number that no page can show. Its digits can double with each step, and so can the time to reckon."""
    for end in filter(None, (result.low, result.high)):
        if abs(end.value) >= MAX_VALUE:
            raise DerivationError(ref, "it is too large for a page, which shows numbers below 10^15")
        if max(end.value.numerator.bit_length(), end.value.denominator.bit_length()) > MAX_BITS:
            raise DerivationError(
                ref, "it has more digits than anybody can check: round the numbers that it comes from"
            )
