"""Partial dates: the days each may mean, and what is reported for text that is not a date."""

import re

import pytest

from briefings.schema.dates import PartialDate


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-08-06", "2024-08-06", "2024-08-06"),
        ("2024-08", "2024-08-01", "2024-08-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("2024-spring", "2024-03-01", "2024-05-31"),
        ("2024-autumn", "2024-09-01", "2024-11-30"),
        ("2024-winter", "2024-12-01", "2025-02-28"),  # a winter begins in the December of its year
        ("2024-12-27/2024-12-28", "2024-12-27", "2024-12-28"),
        ("2023/2024-06", "2023-01-01", "2024-06-30"),
        ("mid 2024-11", "2024-11-01", "2024-11-30"),
        ("by 2024-06-01", "2024-06-01", "2024-06-01"),
        ("about 2024-12-27/2024-12-28", "2024-12-27", "2024-12-28"),
    ],
)
def test_a_date_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    partial = PartialDate.parse(text)
    assert (str(partial.first), str(partial.last)) == (first, last)
    assert str(partial) == text


def test_the_qualifier_and_the_ends_of_a_span_are_kept_as_written() -> None:
    partial = PartialDate.parse("about 2023/2024-06")
    assert (partial.qualifier, partial.parts) == ("about", ("2023", "2024-06"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2023-02-29", "2023-02 has no day 29; write a day from 01 to 28, or 2023-02 if the day is not known"),
        ("2024-08-00", "2024-08 has no day 00; write a day from 01 to 31, or 2024-08 if"),
        ("2024-13", "there is no month 13; write a month from 01 to 12, such as 2024-08"),
        ("2024-13-40", "there is no month 13; write a month from 01 to 12, such as 2024-08-06"),
        ("mid 2024-00", "'mid 2024-00' is not in the calendar: there is no month 00;"),
        ("2024-01/2024-02-30", "'2024-01/2024-02-30' is not in the calendar: 2024-02 has no day 30;"),
        ("0000", "'0000' is not in the calendar, which has the years 0001 to 9999; write a year such as 2024"),
        ("9999-winter", "'9999-winter' is not in the calendar, which has"),
        ("2024-08-06/2024-08-05", "ends before it begins; write the earlier end first: 2024-08-05/2024-08-06"),
        ("mid 2024/2023", "ends before it begins; write the earlier end first: mid 2023/2024"),
        ("2023/2024/2025", "has more than two dates; write the two ends of a span: 2023/2025"),
        ("6 August 2024", "is not a date; write the year first, month and day with two digits each (2024-08-06,"),
        ("2024-8-6", "is not a date; write 2024-08-06, month and day with two digits each"),
        ("20240806", "is not a date; write 2024-08-06, month and day with two digits each"),
        ("2024-13-8", "is not a date; write the year first"),
        ("2024-fall", "spring, summer, autumn, winter)"),
        ("around 2024", "is not a date; write early, mid, late, about, by, before or after instead of 'around'"),
        ("August 2024", "instead of 'August' (about 2024), or the month as a number (2024-08)"),
        ("Early 2024", "is not a date; write early 2024, in lower case"),
        ("2024/x/2025", "is not a date; write the year first"),
        ("", "is not a date; write the year first"),
        ("2024 ", "is not a date; write the year first"),
    ],
)
def test_the_error_says_what_to_write_instead(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        PartialDate.parse(text)
    assert str(caught.value).startswith(f"'{text}' ")


@pytest.mark.parametrize("text", ["6 August 2024", "2024-fall"])
def test_every_example_in_the_help_is_a_date(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date") as caught:
        PartialDate.parse(text)
    _, _, help_text = str(caught.value).partition("; ")
    examples = re.findall(r"(?:mid )?\d[\w/-]*", help_text)
    assert len(examples) == 6
    for example in examples:
        assert str(PartialDate.parse(example)) == example


def test_dates_sort_chronologically() -> None:
    order = ["2023", "2024-01-01", "mid 2024-03", "2024-spring", "2024-03-02", "2024-winter"]
    assert [str(partial) for partial in sorted(map(PartialDate.parse, reversed(order)))] == order
