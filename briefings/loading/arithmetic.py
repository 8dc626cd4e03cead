"""A pack's figures -> the same with each derived number worked out, so that it cannot lag behind its sources."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ..pack.pack import Pack
from ..schema.fields import YamlModel
from ..schema.figures import Derivation, Estimate, Figure

Range = tuple[Fraction, Fraction]


class DerivationError(Exception):
    """(the ref of a derived estimate, why it cannot be worked out)."""

    def __init__(self, ref: str, reason: str) -> None:
        super().__init__(reason)
        self.ref = ref


def compute_derived_figures(pack: Pack, index: Mapping[str, YamlModel]) -> tuple[Figure, ...]:
    """The pack's figures, complete. Raises UnsoundError where a number goes in a circle or comes from words."""
    return tuple(_figure(figure, pack, index) for figure in pack.figures)


def _figure(figure: Figure, pack: Pack, index: Mapping[str, YamlModel]) -> Figure:
    estimates = []
    for estimate in figure.estimates:
        if estimate.derived and estimate.derived.operation:
            low, high = _value_range(f"{figure.id}/{estimate.id}", pack, index, ())
            found = {"value": low} if low == high else {"low": low, "high": high}
            estimate = estimate.model_copy(update=found)
        estimates.append(estimate)
    return figure.model_copy(update={"estimates": tuple(estimates)})


def _value_range(ref: str, pack: Pack, index: Mapping[str, YamlModel], within: tuple[str, ...]) -> Range:
    """The least and the most that an estimate says; both the same where it is one number."""
    estimate, figure = index[ref], index[ref.partition("/")[0]]
    assert isinstance(estimate, Estimate)
    assert isinstance(figure, Figure)
    if ref in within:
        raise DerivationError(ref, f"it is worked out from itself: {' from '.join((*within, ref))}")
    if estimate.derived and estimate.derived.operation:
        return _work_out(
            estimate.derived, [_value_range(of, pack, index, (*within, ref)) for of in estimate.derived.of]
        )
    if estimate.low is not None and estimate.high is not None:
        return estimate.low, estimate.high
    if estimate.value is None:
        raise DerivationError((*within, ref)[0], f"'{ref}' is words, and words cannot be reckoned with")
    unit = pack.units[estimate.unit or figure.unit]
    worth = estimate.value / 100 if (unit.short or unit.many).startswith("%") else estimate.value  # 40 % is 0.4
    return worth, worth


def _work_out(derived: Derivation, of: Sequence[Range]) -> Range:
    """Of ranges, the widest that can follow: the least less the most, and the most less the least."""
    (low, high), others = of[0], of[1:]
    if derived.operation == "left-of-each":
        return _whole(min(least * (1 - high) for least, _ in others)), _whole(
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


def _whole(amount: Fraction) -> Fraction:
    """To the nearest whole number, from ten up: what is left of a share is no exact count."""
    return Fraction(round(amount)) if abs(amount) >= 10 else amount
