"""Dates and numbers in plain text."""

import pytest

from briefings.language import segmentation
from briefings.language.strings import load_strings
from briefings.language.wording import Wording
from briefings.library import Library


@pytest.fixture(scope="module")
def english(library: Library) -> Wording:
    return Wording("en", load_strings(library, "en"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On 6 August 2024 it began.", [("date", "6 August 2024", "2024-08-06")]),
        ("On 6\u00a0August", [("date", "6\u00a0August", "08-06")]),
        ("by 27 Dec 2024", [("date", "27 Dec 2024", "2024-12-27")]),
        ("in mid-November 2024", [("date", "November 2024", "2024-11")]),
        ("1943: the other Kursk", [("date", "1943", "1943")]),
        ("2019, 2020 and 2023.", [("date", year, year) for year in ("2019", "2020", "2023")]),
        ("of 2024–25, 5–23 July only", [("date", "2024–25", ""), ("date", "5–23 July", "")]),
        ("27 or 28 December", [("date", "27 or 28 December", "")]),
        ("a 30-day ceasefire", [("number", "30", "")]),
        ("1,200 and 3.5, 59000", [("number", "1,200", ""), ("number", "3.5", ""), ("number", "59000", "")]),
        ("1,943 tanks, 1943,5 too", [("number", "1,943", ""), ("number", "1943,5", "")]),
        ("8000 of 1376", [("number", "8000", ""), ("number", "1376", "")]),
        ("2024% and 2024 %", [("number", "2024", ""), ("number", "2024", "")]),
        ("ages 11 to 14", [("number", "11", ""), ("number", "14", "")]),
        ("Two and a half years", [("number", "Two", ""), ("number", "half", "")]),
        ("nearly two-thirds of it", [("number", "two-thirds", "")]),
        ("two-faced, one of them, a third site, often", []),
        ("March on, May and June", []),
    ],
)  # fmt: skip
def test_text_is_split_into_dates_numbers_and_words(
    english: Wording, text: str, found: list[tuple[str, str, str]]
) -> None:
    runs = list(segmentation.split_dates_and_numbers(text, english.month_numbers, english.strings["number_words"]))
    assert "".join(run.text for run in runs) == text
    assert [(run.kind, run.text, run.iso) for run in runs if run.kind != "words"] == found


def test_months_of_another_language(english: Wording) -> None:
    german = Wording("de", english.strings)
    (_, date, _) = segmentation.split_dates_and_numbers("am 6. März 2024 in", german.month_numbers)
    assert (date.text, date.iso) == ("6. März 2024", "2024-03-06")
