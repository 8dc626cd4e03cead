"""Numbers and dates in English prose."""

from fractions import Fraction

import pytest

from briefings.language import english
from briefings.language.prose_dates import ProseDate


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("On 6 August 2024 it began.", [(6, 8, 2024)]),
        ("from 5 to 23 July", [(5, 7, 0), (23, 7, 0)]),
        ("5–23 July 2024", [(5, 7, 2024), (23, 7, 2024)]),
        ("in August 2024", [(0, 8, 2024)]),
        ("in August", [(0, 8, 0)]),
        ("1943 and the 1990s", [(0, 0, 1943), (0, 0, 1990)]),
        ("in 2024–25", [(0, 0, 2024), (0, 0, 2025)]),
        ("in 1798/99", [(0, 0, 1798), (0, 0, 1799)]),
        ("March on, and it may rain. May it rain?", []),
        ("in May, until March", [(0, 5, 0), (0, 3, 0)]),
        ("1,943 tanks, 1943.5 km, paragraph 1943", []),
        ("80 years on, two weeks later", []),
    ],
)
def test_dates(prose: str, expected: list[tuple[int, int, int]]) -> None:
    assert [found.normalized.parts for found in english.dates(prose)] == expected  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("prose", "written"),
    [
        ("1,200 frogs and 3.5 km", ["1,200", "3.5"]),
        ("800–900 frogs", ["800–900"]),
        ("of 40, 50 and 1,000,000, or 5, 6", ["40", "50", "1,000,000", "5", "6"]),
        ("2 million, 3 hundred", ["2 million", "3 hundred"]),
        ("more than 1800 frogs, £2000", ["1800", "2000"]),  # not years
        ("thirteen frogs, twenty-five toads", ["thirteen", "twenty-five"]),
        ("several thousand newts", ["several thousand"]),
        ("two-thirds, nearly half, half of it", ["two-thirds", "nearly half", "half of"]),
        ("a third of it, a third site", ["a third"]),
        ("Thirteen at the start", ["Thirteen"]),
        ("aged 14, 11-year-olds, 10:30, 6 pm, the 3rd, paragraph 12, a T-72, 15 °C, 51°30'N, 51° 30′ 14.5″ N", []),
        ("6 August 2024, in 1943", []),
        ("in 44 BC, from 58–50 BC, AD 79, the 1340s, the 19th century", []),
        ("the '90s, the ’00s, a ‘90s band, the 1990's", []),
        ("until '99, the class of ’68, '45, '46 and '47.", []),
        ("the 1980s and 90s, the mid-90s, the 80's, in her 40s", []),
        ("in 1798/99, open 24/7", []),
        ("p. 40, pp. 40–42, § 15, art. 51, Article 51, resolutions 242 and 338, room 101", []),
        ("the '900 frogs', '40% of them', 90s of light, 25/7", ["900", "40", "90", "25", "7"]),  # not years
        ("80 years on, thirty days later", []),
        ("two or three frogs", []),  # small counts
    ],
)
def test_quantities(prose: str, written: list[str]) -> None:
    found = english.quantities(prose)
    assert sorted(value.written for value in found) == sorted(written)
    assert all(prose[value.offset :].startswith(value.written) for value in found)


def test_small_counts_are_two_to_twelve() -> None:
    found = english.small_counts("One frog, Two newts, twelve toads, thirteen fish")
    assert [(value.offset, value.written, value.normalized) for value in found] == [
        (10, "Two", "two"),
        (21, "twelve", "twelve"),
    ]


@pytest.mark.parametrize(("written", "small"), [("12", True), ("13", False), ("3.5", False), ("two", False)])
def test_digits_up_to_12_are_small(written: str, small: bool) -> None:
    assert english.is_small(written) == small


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,200", 1200),
        ("3.5", Fraction(7, 2)),
        ("2 million", 2_000_000),
        ("two hundred", 200),
        ("nearly half", Fraction(1, 2)),
        ("Two-thirds", Fraction(2, 3)),
        ("several thousand", None),
        ("twelve", None),
        ("800–900", None),
    ],
)
def test_the_value_of_a_number(written: str, value: Fraction | None) -> None:
    assert english.parse_number(written) == value


@pytest.mark.parametrize(
    ("one", "other", "compatible", "one_part"),
    [
        ((5, 5, 0), (6, 5, 0), False, True),
        ((0, 0, 1991), (0, 0, 1992), False, True),
        ((0, 8, 0), (0, 9, 0), False, False),  # two months alone have nothing in common
        ((6, 8, 2024), (0, 8, 0), True, False),
        ((6, 8, 2024), (7, 9, 2024), False, False),
    ],
)
def test_dates_are_compared_by_the_parts_that_both_state(
    one: tuple[int, int, int], other: tuple[int, int, int], compatible: bool, one_part: bool
) -> None:
    first, second = ProseDate(*one), ProseDate(*other)
    assert (first.is_compatible_with(second), first.differs_in_one_part(second)) == (compatible, one_part)


def test_offsets_survive_letters_that_lower_case_makes_longer() -> None:
    prose = "İstanbul has thirteen ponds"
    (found,) = english.quantities(prose)
    assert prose[found.offset :].startswith("thirteen")
