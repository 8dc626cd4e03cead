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
        ("2024-08-06T22:30", "2024-08-06", "2024-08-06"),
        ("800", "0800-01-01", "0800-12-31"),
        ("0800", "0800-01-01", "0800-12-31"),
        ("1940s", "1940-01-01", "1949-12-31"),
        ("late 1940s", "1940-01-01", "1949-12-31"),
        ("19th century", "1801-01-01", "1900-12-31"),
        ("early 21st century", "2001-01-01", "2100-12-31"),
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
        ("2024-25", "there is no month 25; write a month from 01 to 12, such as 2024-08, or 2024/2025 for a span"),
        ("2024-13-40", "there is no month 13 and no day 40; write a month from 01 to 12 and a day of that month"),
        ("2024-31-02", "there is no month 31; write a month from 01 to 12 and a day of that month, such as 2024-08-06"),
        ("2024-13-08", "there is no month 13; write the month before the day: 2024-08-13"),
        ("mid 2024-00", "'mid 2024-00' is not in the calendar: there is no month 00;"),
        ("2024-01/2024-02-30", "'2024-01/2024-02-30' is not in the calendar: 2024-02 has no day 30;"),
        ("0000", "'0000' is not in the calendar, which has the years 0001 to 9999; write a year such as 2024"),
        ("9999-winter", "'9999-winter' is not in the calendar, which has"),
        ("2024-08-06/2024-08-05", "ends before it begins; write the earlier end first: 2024-08-05/2024-08-06"),
        ("mid 2024/2023", "ends before it begins; write the earlier end first: mid 2023/2024"),
        ("2024/2024-04", "is no span, since 2024-04 is a part of 2024; write one of them"),
        ("2024-08-06T22:30/2024-08-06T21:30", "ends before it begins; write the earlier end first: 2024-08-06T21:30/"),
        ("43 BC/44 BC", "ends before it begins; write the earlier end first: 44 BC/43 BC"),
        ("0 BC", "'0 BC' is not in the calendar, which has no year 0; write 1 BC or 0001"),
        ("0th century", "'0th century' is not in the calendar; write a century such as 19th century"),
        ("0 c", "cannot be read as a date: '0th century' is not in the calendar; write a century such as 19th century"),
        ("2024/00-c", "cannot be read as a date: '2024/0th century' is not in the calendar; write a century such as"),
        ("0 century BC", "cannot be read as a date: '0th century BC' is not in the calendar, which has no year 0"),
        ("000s", "'000s' is not in the calendar; write a decade such as 1940s"),
        ("2024-08-06T24:30", "there is no time 24:30; write 00:00 to 23:59"),
        ("2023/2024/2025", "has more than two dates; write the two ends of a span: 2023/2025"),
        ("2024-13-8", "cannot be read as a date: '2024-13-08' is not in the calendar: there is no month 13; write the"),
        ("Mid 2024-13", "cannot be read as a date: 'mid 2024-13' is not in the calendar: there is no month 13; write"),
        ("sometime 2023-05", "cannot be read as a date: it begins with 'sometime'; write 2023-05, or about 2023-05 ("),
        ("c. 2024", "cannot be read as a date: it begins with 'c.'; write 2024, or about 2024 (early, mid, late,"),
        ("sometime 2024-13", "cannot be read as a date: '2024-13' is not in the calendar: there is no month 13; write"),
        ("06/08/2024", "cannot be read as a date; write a day (2024-08-06), a month"),  # June or August?
        ("2024/x/2025", "cannot be read as a date; write a day"),
        ("early 2024/late 2025", "cannot be read as a date; write a day"),
        ("2023/2024 to 2025", "cannot be read as a date; write a day"),
        ("undated", "cannot be read as a date; write a day"),
        ("", "cannot be read as a date; write a day"),
    ],
)
def test_the_error_says_what_to_write_instead(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        PartialDate.parse(text)
    assert str(caught.value).startswith(f"'{text}' ")


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("2024-8", "2024-08"),
        ("2024-8-6", "2024-08-06"),
        ("2024/08/06", "2024-08-06"),
        ("20240806", "2024-08-06"),
        ("202411", "2024-11"),  # not 2024-01-01
        ("6 August 2024", "2024-08-06"),
        ("August 6, 2024", "2024-08-06"),
        ("Dec 2024", "2024-12"),
        ("2024-fall", "2024-autumn"),
        ("Autumn 2024", "2024-autumn"),
        ("Early 2024", "early 2024"),
        ("mid-August 2024", "mid 2024-08"),
        ("2024-08-06 to 2024-08-07", "2024-08-06/2024-08-07"),
        ("2024–2025", "2024/2025"),
        ("2024-2025", "2024/2025"),
        ("2024 ", "2024"),
        ("the 1940's", "1940s"),
        ("19th-century", "19th century"),
        ("5th c. BCE", "5th century BC"),
        ("44 B.C.", "44 BC"),
        ("-0043", "44 BC"),  # ISO 8601 has a year 0
        ("AD 79", "0079"),
        ("2024-08-06 22:30", "2024-08-06T22:30"),
    ],
)
def test_the_error_rewrites_a_date_whose_meaning_is_certain(text: str, instead: str) -> None:
    with pytest.raises(ValueError, match="cannot be read") as caught:
        PartialDate.parse(text)
    assert str(caught.value) == f"'{text}' cannot be read as a date; write {instead}"
    assert str(PartialDate.parse(instead)) == instead


@pytest.mark.parametrize("text", ["06/08/2024", "undated"])
def test_every_example_in_the_help_is_a_date(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be read as a date") as caught:
        PartialDate.parse(text)
    _, _, help_text = str(caught.value).partition("; ")
    examples = re.findall(r"\(([^;)]+)", help_text)
    assert len(examples) == 10
    for example in examples:
        assert str(PartialDate.parse(example)) == example


def test_dates_sort_chronologically() -> None:
    order = ["5th century BC", "79 BC/0012", "44 BC", "43 BC", "0079", "800", "1940s"]
    order += ["2023", "2024-01-01", "mid 2024-03", "2024-spring", "2024-03-02", "2024-winter"]
    assert [str(partial) for partial in sorted(map(PartialDate.parse, reversed(order)))] == order


def test_times_of_one_day_sort() -> None:
    order = ["2024-08-06", "2024-08-06T07:05", "2024-08-06T22:30"]
    assert [str(partial) for partial in sorted(map(PartialDate.parse, reversed(order)))] == order


def test_equal_ends_are_one_date() -> None:
    assert PartialDate.parse("2024-04-12/2024-04-12").parts == ("2024-04-12",)


@pytest.mark.parametrize(
    ("text", "before"), [("44 BC", True), ("1st century BC", True), ("0001", False), ("2024", False)]
)
def test_the_calendar_begins_with_the_year_1(text: str, before: bool) -> None:
    assert PartialDate.parse(text).is_before_calendar == before
