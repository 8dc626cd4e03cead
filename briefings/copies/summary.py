"""What became of each row of a list -> a CSV file with a line for each, in the order of the list."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from ..problems import Problem
from .row_list import Row, RowList

SUMMARY = "summary.csv"
_HEAD = ("line", "name", "folder", "state", "made", "up to date", "problem")


@dataclass(frozen=True)
class RowResult:
    """What became of a row: how many copies were made, how many were as they should be, and what went wrong."""

    row: Row
    made: int
    up_to_date: int
    problems: tuple[Problem, ...] = ()


def summary(found: RowList, results: Sequence[RowResult]) -> bytes:
    """A line for each row: done, failed or waiting."""
    lines = dict[int, tuple[object, ...]]()
    for row in found.rows:
        lines[row.line] = (row.line, row.name, row.folder, "waiting", 0, 0, "")
    for line, name, problem in found.failed:
        lines[line] = (line, name, "", "failed", 0, 0, problem.message)
    for result in results:
        row, said = result.row, "; ".join(problem.message for problem in result.problems)
        state = "failed" if said else "done"
        lines[row.line] = (row.line, row.name, row.folder, state, result.made, result.up_to_date, said)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEAD)
    writer.writerows([_plain(cell) for cell in line] for _, line in sorted(lines.items()))
    return out.getvalue().encode()


def _plain(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: the names are a stranger's."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") and cell else cell
