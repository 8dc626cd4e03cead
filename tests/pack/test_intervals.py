"""Interval arithmetic on bounds: what follows from 'nearly', 'more than', 'at least', 'at most' and 'about'."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.language.strings import load_strings
from briefings.language.wording import Wording
from briefings.library import Library, shipped
from briefings.pack.intervals import Interval, NoBoundError, from_interval, rounded, to_interval
from briefings.schema.figures import Bound, Estimate

WORDING = Wording("en", load_strings(Library(shipped()), "en"))
BOUNDS: tuple[Bound, ...] = ("exactly", "about", "more-than", "at-least", "nearly", "at-most")


def interval(value: str, bound: str = "exactly", scale: Fraction = Fraction(1)) -> Interval:
    low, _, high = value.partition("-")
    amounts = {"low": low, "high": high} if high else {"value": low}
    estimate = Estimate.model_validate({"id": "e", **amounts, "bound": bound, "sources": ["diary"]})
    return to_interval(estimate, scale)


def stated(result: Interval) -> str:
    low, high, bound = from_interval(result)
    return f"{bound} {low}" if low == high else f"{bound} {low}-{high}"


@pytest.mark.parametrize("bound", BOUNDS)
def test_a_bound_survives_on_its_own(bound: str) -> None:
    result = stated(interval("40", bound))
    assert result == ("at-most 40" if bound == "nearly" else f"{bound} 40")


@pytest.mark.parametrize(
    ("amount", "share", "expected"),
    [
        (("900", "exactly"), ("1/3", "exactly"), "exactly 600"),
        (("900", "about"), ("1/3", "exactly"), "about 600"),
        (("900", "exactly"), ("2/3", "nearly"), "more-than 300"),
        (("900", "exactly"), ("2/3", "at-most"), "at-least 300"),
        (("900", "exactly"), ("2/5", "more-than"), "at-most 540"),
        (("900", "at-most"), ("2/5", "at-least"), "at-most 540"),
        (("900", "more-than"), ("2/3", "at-most"), "more-than 300"),
        (("800-900", "exactly"), ("1/2", "exactly"), "exactly 400-450"),
    ],
)
def test_what_a_share_leaves(amount: tuple[str, str], share: tuple[str, str], expected: str) -> None:
    assert stated(interval(*amount).without_share(interval(*share))) == expected


@pytest.mark.parametrize(
    ("one", "two", "difference", "total"),
    [
        (("50", "about"), ("8-10", "exactly"), "about 40-42", "about 58-60"),
        (("50", "more-than"), ("10", "at-most"), "more-than 40", None),
        (("50", "at-least"), ("10", "at-least"), None, "at-least 60"),
        (("50", "nearly"), ("10", "exactly"), "at-most 40", "at-most 60"),
    ],
)
def test_differences_and_sums(
    one: tuple[str, str], two: tuple[str, str], difference: str | None, total: str | None
) -> None:
    for result, expected in (
        (interval(*one) - interval(*two), difference),
        (interval(*one) + interval(*two), total),
    ):
        if expected is None:
            with pytest.raises(NoBoundError, match="opposite sides"):
                stated(result)
        else:
            assert stated(result) == expected


def test_about_with_an_open_side_is_rejected() -> None:
    with pytest.raises(NoBoundError, match="'about'"):
        stated(interval("900", "about") - interval("40", "at-most"))


def test_words_are_rejected() -> None:
    estimate = Estimate.model_validate({"id": "e", "words": "a few", "sources": ["diary"]})
    with pytest.raises(NoBoundError, match="in words"):
        to_interval(estimate, Fraction(1))


amounts = st.fractions(min_value=0, max_value=1000, max_denominator=50)
shares = st.fractions(min_value=0, max_value=1, max_denominator=50)


def possible(bound: str, value: Fraction, number: Fraction) -> bool:
    """Whether a report of `bound value` leaves it possible that the true number is `number`."""
    return {
        "exactly": number == value,
        "about": number == value,
        "more-than": number > value,
        "at-least": number >= value,
        "nearly": number < value,
        "at-most": number <= value,
    }[bound]


@given(amounts, shares, amounts, shares)
def test_no_possible_result_is_excluded(a: Fraction, b: Fraction, true_a: Fraction, true_b: Fraction) -> None:
    """Whatever the true inputs are, the true result lies within the calculated interval."""
    for one, two in product(BOUNDS, BOUNDS):
        if not (possible(one, a, true_a) and possible(two, b, true_b)):
            continue
        first, second = interval(str(a), one), interval(str(b), two)
        for result, true in (
            (first + second, true_a + true_b),
            (first - second, true_a - true_b),
            (first.without_share(second), true_a * (1 - true_b)),
        ):
            assert result.low is None or (true > result.low.value if result.low.open else true >= result.low.value)
            assert result.high is None or (true < result.high.value if result.high.open else true <= result.high.value)


AMOUNTS = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000)


@given(AMOUNTS, AMOUNTS, st.sampled_from(BOUNDS), st.integers(0, 3))
def test_a_rounded_number_has_an_exact_decimal_and_stays_true(
    one: Fraction, other: Fraction, bound: Bound, decimals: int
) -> None:
    ends = sorted((one, other))
    low, high, said = rounded(*ends, bound, decimals)
    for given_, shown in zip(ends, (low, high), strict=True):
        exact = (shown * 10**decimals).denominator == 1
        assert exact or abs(given_) < Fraction(1, 10**decimals)  # more decimals, rather than nothing
        assert "/" not in WORDING.amount(shown)
        assert bool(shown) == bool(given_)
        step = Fraction(1, 10**decimals)
        assert abs(shown - given_) <= (step / 2 if bound in ("exactly", "about") else step)
        if bound in ("at-most", "nearly"):
            assert shown >= given_
        if bound in ("at-least", "more-than"):
            assert shown <= given_
    assert said == ("about" if bound == "exactly" and [low, high] != ends else bound)
