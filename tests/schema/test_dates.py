"""Dates as sources give them: the days each may mean."""

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
def test_days(text: str, first: str, last: str) -> None:
    when = PartialDate.parse(text)
    assert (str(when.first), str(when.last)) == (first, last)
    assert str(when) == text


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("2023-02-29", "there is no 2023-02-29 in the calendar"),
        ("2024-13", "there is no 2024-13 in the calendar"),
        ("0000", "there is no 0000 in the calendar"),
        ("2024-08-06/2024-08-05", "ends before it begins"),
        ("6 August 2024", "is not a date; write 2024-08-06, 2024-08, 2024,"),
        ("2024-8-6", "is not a date"),
        ("2024-fall", "is not a date"),
        ("around 2024", "is not a date"),
        ("2023/2024/2025", "is not a date"),
        ("", "is not a date"),
        ("2024 ", "is not a date"),
    ],
)
def test_no_date(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        PartialDate.parse(text)


def test_reports_sort_as_it_happened() -> None:
    order = ["2023", "2024-01-01", "mid 2024-03", "2024-spring", "2024-03-02", "2024-winter"]
    assert [str(when) for when in sorted(map(PartialDate.parse, reversed(order)))] == order
