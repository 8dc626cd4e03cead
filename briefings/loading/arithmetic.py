"""A pack's figures -> the same figures with each derived number calculated from its sources."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ..pack.pack import Pack
from ..schema.fields import YamlModel
from ..schema.figures import Derivation, Estimate, Figure

Range = tuple[Fraction, Fraction]


class DerivationError(Exception):
    """A derived estimate, `ref` ("figure/estimate"), cannot be calculated. The message says why."""

    def __init__(self, ref: str, reason: str) -> None:
        super().__init__(reason)
        self.ref = ref


def compute_derived_figures(pack: Pack, index: Mapping[str, YamlModel]) -> tuple[Figure, ...]:
    """The pack's figures with the values of all derived estimates.

    Raises DerivationError if a number is derived from itself or from an estimate in words.
    """
    return tuple(_figure(figure, pack, index) for figure in pack.figures)


def _figure(figure: Figure, pack: Pack, index: Mapping[str, YamlModel]) -> Figure:
    estimates = []
    for estimate in figure.estimates:
        if estimate.derived and estimate.derived.operation:
            low, high = _value_range(f"{figure.id}/{estimate.id}", pack, index, ())
            values = {"value": low} if low == high else {"low": low, "high": high}
            estimate = estimate.model_copy(update=values)
        estimates.append(estimate)
    return figure.model_copy(update={"estimates": tuple(estimates)})


def _value_range(ref: str, pack: Pack, index: Mapping[str, YamlModel], within: tuple[str, ...]) -> Range:
    """The lowest and highest value of an estimate, equal if it is a single number; derived ones are calculated.

    `within` are the refs being calculated, the outermost first, to detect a circle.
    """
    estimate, figure = index[ref], index[ref.partition("/")[0]]
    assert isinstance(estimate, Estimate)
    assert isinstance(figure, Figure)
    if ref in within:
        raise DerivationError(ref, f"it is derived from itself: {' from '.join((*within, ref))}")
    if estimate.derived and estimate.derived.operation:
        return _calculate(
            estimate.derived, [_value_range(of, pack, index, (*within, ref)) for of in estimate.derived.of]
        )
    if estimate.low is not None and estimate.high is not None:
        return estimate.low, estimate.high
    if estimate.value is None:
        raise DerivationError((*within, ref)[0], f"'{ref}' is in words, which cannot be calculated with")
    unit = pack.units[estimate.unit or figure.unit]
    is_percentage = (unit.short or unit.many).startswith("%")
    value = estimate.value / 100 if is_percentage else estimate.value
    return value, value


def _calculate(derived: Derivation, operands: Sequence[Range]) -> Range:
    """Interval arithmetic: the widest range that can follow, such as the lowest less the highest for its lower end.

    left-of-each: what is left of each of the others after the first, a share; from the lowest to the highest.
    """
    (low, high), others = operands[0], operands[1:]
    if derived.operation == "left-of-each":
        return _rounded(min(least * (1 - high) for least, _ in others)), _rounded(
            max(most * (1 - low) for _, most in others)
        )
    for least, most in others:
        if derived.operation == "less":
            low, high = low - most, high - least
        elif derived.operation == "plus":
            low, high = low + least, high + most
        else:  # less-share
            low, high = low * (1 - most), high * (1 - least)
    return low, high


def _rounded(amount: Fraction) -> Fraction:
    """Rounded to a whole number from 10 up, because what remains after a share is not an exact count."""
    return Fraction(round(amount)) if abs(amount) >= 10 else amount
