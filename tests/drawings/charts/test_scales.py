"""Scales of amounts and days."""

from datetime import date

import pytest

from briefings.drawings.charts.scales import Scale, TimeScale, plus_months, possible_days, ticks, whole_months
from briefings.schema.dates import PartialDate


def test_a_scale_may_run_upwards() -> None:
    y_axis = Scale(0, 200, start=100, end=0)
    assert [y_axis.at(amount) for amount in (0, 50, 200)] == [100, 75, 0]


@pytest.mark.parametrize(
    ("low", "high", "at_most", "expected"),
    [
        (0, 100, 5, (0, 20, 40, 60, 80, 100)),
        (0, 1300, 5, (0, 500, 1000, 1500)),
        (0, 1000, 4, (0, 250, 500, 750, 1000)),
        (40, 90, 4, (0, 25, 50, 75, 100)),  # zero is always included
        (-30, 60, 3, (-50, 0, 50, 100)),
        (0, 0.3, 3, (0, 0.1, 0.2, 0.3)),  # exact in spite of floating-point errors
        (0, 0, 3, (0, 0.5, 1.0)),  # nothing to show: 0 to 1
    ],
)
def test_ticks_are_round_numbers(low: float, high: float, at_most: int, expected: tuple[float, ...]) -> None:
    assert ticks(low, high, at_most) == expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-08-06", date(2024, 8, 6), date(2024, 8, 6)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("early 2024-11", date(2024, 11, 1), date(2024, 11, 10)),
        ("mid 2024-11", date(2024, 11, 11), date(2024, 11, 20)),
        ("late 2024-11", date(2024, 11, 21), date(2024, 11, 30)),
        ("about 2024-11", date(2024, 11, 1), date(2024, 11, 30)),
    ],
)
def test_a_date_covers_the_days_that_it_may_mean(text: str, first: date, last: date) -> None:
    assert possible_days(PartialDate.parse(text)) == (first, last)


def test_a_day_is_one_day_wide() -> None:
    november = TimeScale(date(2024, 11, 1), date(2024, 11, 30), start=100, end=400)
    assert november.px_per_day == 10
    assert november.span(PartialDate.parse("2024-11-01")) == (100, 110)
    assert november.span(PartialDate.parse("2024-11-30")) == (390, 400)


def test_months_are_clipped_to_the_scale() -> None:
    scale = TimeScale(date(2024, 1, 22), date(2024, 2, 10), start=0, end=200)
    assert list(scale.months()) == [(date(2024, 1, 1), 0, 100), (date(2024, 2, 1), 100, 200)]


def test_a_range_is_extended_to_whole_months() -> None:
    assert whole_months(date(2023, 12, 24), date(2024, 2, 3)) == (date(2023, 12, 1), date(2024, 2, 29))


def test_months_are_added_across_years() -> None:
    assert [plus_months(date(2024, 12, 1), n) for n in (0, 1, 13)] == [
        date(2024, 12, 1),
        date(2025, 1, 1),
        date(2026, 1, 1),
    ]
