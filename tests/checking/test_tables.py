"""The number of columns in each row of a table, with spans."""

import pytest

from briefings.checking.templates.faults import Fault
from briefings.checking.templates.tables import TableShape

ROW = Fault("irregular-table", "{cells} of {columns}", "")


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([], []),
        ([["1", "1"], ["2"]], []),
        ([["1", "1"], ["1"]], ["1 cell of 2"]),
        ([["1x2", "1"], ["1"]], []),
        ([["1x3", "1"], ["1"], ["1"], ["1", "1"]], []),
        ([["2x2"], []], []),
        ([["1"], ["0"], ["-1"], ["x"]], []),
        ([["1"], ["5000"]], ["1000 cells of 1"]),
    ],
    ids=["no rows", "colspan", "narrow", "rowspan", "long rowspan", "both", "invalid spans count as 1", "span limit"],
)
def test_rows_with_another_number_of_columns(rows: list[list[str]], faults: list[str]) -> None:
    """Each cell is written as colspan, or colspan x rowspan."""
    table = TableShape()
    for row in rows:
        table.start_row(ROW)
        for cell in row:
            colspan, _, rowspan = cell.partition("x") if cell != "x" else ("x", "", "")
            table.add_cell(colspan, rowspan)
    assert [fault.message for fault in table.faults()] == faults
