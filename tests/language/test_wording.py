"""Amounts, dates and names as text. `_` is a no-break space."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from briefings.briefing.parts import EstimateView
from briefings.language.strings import load_strings
from briefings.language.wording import Wording
from briefings.library import Library
from briefings.schema.dates import PartialDate
from briefings.schema.figures import Estimate, Figure, Unit

KM = Unit(one="square kilometre", many="square kilometres", short="km²")
PERCENT = Unit(one="per cent", many="per cent", short="%")
FROGS = Unit(one="frog", many="frogs")
SHARE = Unit()
DOLLARS = Unit(before="US$", one="million", many="million", short="m")
EURO = Unit(before="€")


@pytest.fixture(scope="module")
def english(library: Library) -> Wording:
    return Wording("en", load_strings(library, "en"))


def row(unit: Unit, words: str = "", **fields: Any) -> EstimateView:
    estimate = Estimate(id="e", sources="s", **({"words": words} if words else {}), **fields)
    figure = Figure(id="f", title="F", kind="rival", unit="u", estimates=(estimate,))
    return EstimateView("f/e", figure, estimate, unit, words, (), (), "", "", "", (), ())


@pytest.mark.parametrize(
    ("bound", "full", "number", "short"),
    [
        ("exactly", "1,200_square kilometres", "1,200", "1,200_km²"),
        ("about", "about 1,200_square kilometres", "about 1,200", "about 1,200_km²"),
        ("more-than", "more than 1,200_square kilometres", "more than 1,200", "over 1,200_km²"),
        ("at-least", "at least 1,200_square kilometres", "at least 1,200", "at least 1,200_km²"),
        ("nearly", "nearly 1,200_square kilometres", "nearly 1,200", "nearly 1,200_km²"),
        ("at-most", "at most 1,200_square kilometres", "at most 1,200", "up to 1,200_km²"),
    ],
)
def test_each_bound_has_its_words(english: Wording, bound: str, full: str, number: str, short: str) -> None:
    estimate = row(KM, value=1200, bound=bound)
    forms = [english.estimate(estimate, form).replace("\u00a0", "_") for form in ("", "number", "value", "short")]
    assert forms == [full, number, "1,200", short]


@pytest.mark.parametrize(
    ("estimate", "full", "short"),
    [
        (row(FROGS, value=1), "1_frog", "1 frog"),
        (row(FROGS, value=0), "0_frogs", "0 frogs"),
        (row(FROGS, value="7.5"), "7.5_frogs", "7.5 frogs"),
        (row(FROGS, low=800, high=900), "800 to 900_frogs", "800–900 frogs"),
        (row(FROGS, low=800, high=900, bound="about"), "about 800 to 900_frogs", "about 800–900 frogs"),
        (row(FROGS, value=2_000_000, bound="about"), "about 2_million_frogs", "about 2_million frogs"),
        (row(FROGS, value=3_500_000), "3.5_million_frogs", "3.5_million frogs"),
        (row(FROGS, value=1_234_567), "1,234,567_frogs", "1,234,567 frogs"),
        (row(FROGS, value=1_250_000_000), "1.25_billion_frogs", "1.25_billion frogs"),
        (row(FROGS, value=1_249_900_000), "1,249,900,000_frogs", "1,249,900,000 frogs"),
        (row(FROGS, value=12_345_600_000), "12,345,600,000_frogs", "12,345,600,000 frogs"),
        (row(FROGS, value=2_500_000_000_000), "2.5_trillion_frogs", "2.5_trillion frogs"),
        (
            row(FROGS, low=1_210_000_000, high=1_240_000_000),
            "1.21_billion to 1.24_billion_frogs",
            "1.21_billion–1.24_billion frogs",
        ),
        (row(FROGS, low="-4", high="-1.5"), "−4 to −1.5_frogs", "−4 to −1.5 frogs"),
        (row(FROGS, value=-3_500_000), "−3.5_million_frogs", "−3.5_million frogs"),
        (row(FROGS, value="-1/7"), "−1/7_frogs", "−1/7 frogs"),
        (row(FROGS, value="3.50"), "3.50_frogs", "3.50 frogs"),
        (row(FROGS, value="1200.0"), "1,200.0_frogs", "1,200.0 frogs"),
        (row(FROGS, value="1.0"), "1.0_frogs", "1.0 frogs"),
        (row(FROGS, value="3500000.0"), "3,500,000.0_frogs", "3,500,000.0 frogs"),
        (row(SHARE, value="0.50"), "half", "half"),
        (row(PERCENT, value=40, bound="more-than"), "more than 40_per cent", "over 40%"),
        (row(SHARE, value="1/3", bound="about"), "about a third", "about a third"),
        (row(SHARE, value="2/3", bound="nearly"), "nearly two-thirds", "nearly two-thirds"),
        (row(SHARE, value=0.5), "half", "half"),
        (row(SHARE, value="1/5", bound="more-than"), "more than a fifth", "over a fifth"),
        (row(SHARE, low="1/2", high="2/3"), "half to two-thirds", "half to two-thirds"),
        (row(SHARE, low="0.15", high="0.4"), "0.15 to 0.4", "0.15–0.4"),
        (row(FROGS, words="a few frogs", bound="about"), "a few frogs", "a few frogs"),
        (row(KM, words="a few square kilometres", bound="about"), "a few square kilometres", "a few_km²"),
        (row(PERCENT, words="a few per cent", bound="about"), "a few per cent", "a few per cent"),
        (row(DOLLARS, value=610, bound="about"), "about US$610_million", "about US$610_m"),
        (row(DOLLARS, value=-610), "−US$610_million", "−US$610_m"),
        (row(DOLLARS, low=80, high=90), "US$80 to US$90_million", "US$80–US$90_m"),
        (row(EURO, value="3.50", bound="more-than"), "more than €3.50", "over €3.50"),
        (row(EURO, value="0.5"), "€0.5", "€0.5"),
    ],
)
def test_estimates_in_full_and_short(english: Wording, estimate: EstimateView, full: str, short: str) -> None:
    assert english.estimate(estimate).replace("\u00a0", "_") == full
    assert english.estimate(estimate, "short").replace("\u00a0", "_") == short


@pytest.mark.parametrize(
    ("unit", "beside", "written"),
    [
        (FROGS, "frogs with spots", "over 7"),
        (FROGS, "Green frogs near the dam", "over 7"),
        (FROGS, "of the froglets", "over 7 frogs"),
        (FROGS, "", "over 7 frogs"),
        (KM, "square kilometres of land", "over 7"),
        (PERCENT, "per cent of all", "over 7"),
        (PERCENT, "of all, in % of a year", "over 7%"),
        (SHARE, "of all", "over 7"),
        (DOLLARS, "of three million", "over US$7_m"),
    ],
)
def test_a_unit_that_the_text_beside_it_names_is_not_said_twice(
    english: Wording, unit: Unit, beside: str, written: str
) -> None:
    assert english.estimate(row(unit, value=7, bound="more-than"), "short", beside).replace("\u00a0", "_") == written


@pytest.mark.parametrize(
    ("as_of", "later", "written"),
    [
        ("1972", False, "1972"),
        ("1972", True, "for 1972"),
        ("early 1972", True, "for early 1972"),
        ("2024-08-06", True, "for 6 Aug 2024"),
        ("by 1972", True, "by 1972"),
        ("before 1972", True, "before 1972"),
        (None, True, ""),
    ],
)
def test_a_number_of_an_earlier_time_says_so(english: Wording, as_of: str | None, later: bool, written: str) -> None:
    view = replace(row(FROGS, value=7, **({"as_of": as_of} if as_of else {})), later=later)
    assert english.dated(view, short=True) == written


@pytest.mark.parametrize(
    ("date", "words", "short"),
    [
        ("2024-08-06", "6 August 2024", "6 Aug 2024"),
        ("2024-08", "August 2024", "Aug 2024"),
        ("2024", "2024", "2024"),
        ("2024-winter", "winter 2024", "winter 2024"),
        ("mid 2024-11", "mid-November 2024", "mid-Nov 2024"),
        ("early 2024", "early 2024", "early 2024"),
        ("late 2024-autumn", "late autumn 2024", "late autumn 2024"),
        ("about 2024-08-06", "about 6 August 2024", "about 6 Aug 2024"),
        ("by 2024-06", "by June 2024", "by Jun 2024"),
        ("before 2024", "before 2024", "before 2024"),
        ("after 2024-06", "after June 2024", "after Jun 2024"),
        ("2024-12-27/2024-12-28", "27–28 December 2024", "27–28 Dec 2024"),
        ("2024-11-30/2024-12-01", "30 November to 1 December 2024", "30 Nov to 1 Dec 2024"),
        ("2024-12-31/2025-01-01", "31 December 2024 to 1 January 2025", "31 Dec 2024 to 1 Jan 2025"),
        ("2024-05/2024-06", "May to June 2024", "May to Jun 2024"),
        ("2023/2024", "2023–2024", "2023–2024"),
        ("800", "800", "800"),
        ("0079", "79", "79"),
        ("about 1940s", "about 1940s", "about 1940s"),
        ("1st century BC", "1st century BC", "1st century BC"),
        ("early 22nd century", "early 22nd century", "early 22nd century"),
        ("13th century/14th century", "13th century to 14th century", "13th century to 14th century"),
        ("44 BC", "44 BC", "44 BC"),
        ("58 BC/50 BC", "58–50 BC", "58–50 BC"),
        ("27 BC/0014", "27 BC to 14", "27 BC to 14"),
        ("2024-08-06T22:30", "6 August 2024, 22:30", "6 Aug 2024, 22:30"),
        ("2024-08-06T22:30/2024-08-06T23:10", "6 August 2024, 22:30–23:10", "6 Aug 2024, 22:30–23:10"),
        ("2024-04-12/2024-04-12", "12 April 2024", "12 Apr 2024"),
        ("about 2024-05/2024-06", "about May to June 2024", "about May to Jun 2024"),
    ],
)
def test_dates_keep_their_precision(english: Wording, date: str, words: str, short: str) -> None:
    assert english.when(PartialDate.parse(date)) == words
    assert english.when(PartialDate.parse(date), short=True) == short


@pytest.mark.parametrize(
    ("names", "words"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_names_are_a_list_in_words(english: Wording, names: list[str], words: str) -> None:
    assert english.names(names) == words


@pytest.mark.parametrize(
    ("names", "first", "inside"),
    [
        (["A source"], "A source", "a source"),
        (["Reuters", "A source"], "Reuters and a source", "Reuters and a source"),
        (
            ["The Echo", "One official", "Andrei"],
            "The Echo, one official and Andrei",
            "the Echo, one official and Andrei",
        ),
        (["A"], "A", "A"),
        (["TASS", "Another Voice"], "TASS and Another Voice", "TASS and Another Voice"),
    ],
)
def test_the_article_of_a_speaker_has_a_capital_only_where_a_sentence_begins(
    english: Wording, names: list[str], first: str, inside: str
) -> None:
    assert english.speakers(names) == first
    assert english.speakers(names, inside=True) == inside


def test_the_article_of_a_place_keeps_its_capital(english: Wording) -> None:
    assert english.names(["Oslo", "The Hague"]) == "Oslo and The Hague"


@pytest.mark.parametrize(("number", "words"), [(1, "1_minute"), (7, "7_minutes")])
def test_a_number_takes_the_right_form_of_a_word(english: Wording, number: int, words: str) -> None:
    assert english.plural({"one": "minute", "many": "minutes"}, number).replace("\u00a0", "_") == words


def test_another_language_writes_numbers_and_dates_its_own_way(library: Library) -> None:
    german = Wording(
        "de", {**load_strings(library, "en"), "dates": {**load_strings(library, "en")["dates"], "day": "d. MMMM y"}}
    )
    assert german.amount(Fraction(1200)) == "1.200"
    assert german.when(PartialDate.parse("2024-03-06")) == "6. März 2024"


def test_the_sign_of_a_currency_stands_on_an_axis_but_not_in_a_number_alone(english: Wording) -> None:
    assert english.tick(1500, DOLLARS).replace("\u00a0", "_") == "US$1,500_m"
    assert english.estimate(row(DOLLARS, value=610, bound="about"), "number") == "about 610"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2023-06", None, "since June 2023"),
        ("2024-02-01", "2024-02-01", "1 February 2024"),
        ("2024-02-01", "2024-03", "1 February 2024 – March 2024"),
        ("2024-02-01/2024-02-03", None, "1–3 February 2024"),
    ],
)
def test_a_period_says_that_its_end_is_open_and_names_equal_ends_once(
    english: Wording, start: str, end: str | None, words: str
) -> None:
    assert english.period(PartialDate.parse(start), PartialDate.parse(end) if end else None) == words
