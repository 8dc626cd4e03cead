"""Positions in columns."""

import pytest

from briefings.drawings.argument_map import _balance_columns


@pytest.mark.parametrize(
    ("heights", "columns", "expected"),
    [
        ([5, 5, 5, 5], 2, [range(2), range(2, 4)]),
        ([9, 3, 3, 3], 2, [range(1), range(1, 4)]),
        ([3, 3, 3, 9], 2, [range(3), range(3, 4)]),
        ([1, 2, 3], 1, [range(3)]),
        ([4], 3, [range(1)]),
    ],
)
def test_the_highest_column_is_as_low_as_possible(heights: list[float], columns: int, expected: list[range]) -> None:
    assert _balance_columns(heights, columns) == expected
