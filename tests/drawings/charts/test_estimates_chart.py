"""Panels in columns."""

import pytest

from briefings.drawings.charts.estimates_chart import _balance_columns


@pytest.mark.parametrize(
    ("heights", "columns", "expected"),
    [
        ([5, 5, 5, 5], 2, [range(2), range(2, 4)]),
        ([3, 3, 3, 9], 2, [range(3), range(3, 4)]),
        ([10, 1, 1], 3, [range(1), range(1, 2), range(2, 3)]),  # no column stays empty
        ([1, 2, 3], 1, [range(3)]),
    ],
)
def test_the_highest_column_is_as_low_as_possible(heights: list[float], columns: int, expected: list[range]) -> None:
    assert _balance_columns(heights, columns) == expected
