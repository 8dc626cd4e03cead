"""The cells of a table, row by row -> the rows that have more or fewer columns than the first."""

from collections.abc import Iterator

from .faults import Fault


class TableShape:
    """Counts columns as a browser does: a cell takes `colspan` of them, in `rowspan` rows."""

    def __init__(self) -> None:
        self._rows: list[tuple[Fault, int]] = []
        self._below: list[int] = []  # columns that `rowspan` takes in the rows that follow, next row first

    def start_row(self, fault: Fault) -> None:
        """Start a row; `fault` is reported if its number of columns is wrong."""
        taken = self._below.pop(0) if self._below else 0
        self._rows.append((fault, taken))

    def add_cell(self, colspan: str, rowspan: str) -> None:
        """Add a cell to the current row."""
        if not self._rows:
            return
        # Like browsers, treat invalid spans as 1 and cap them at 1000.
        across, down = (min(int(span), 1000) if span.isdigit() and int(span) else 1 for span in (colspan, rowspan))
        fault, width = self._rows[-1]
        self._rows[-1] = fault, width + across
        self._below += [0] * (down - 1 - len(self._below))
        for row in range(down - 1):
            self._below[row] += across

    def faults(self) -> Iterator[Fault]:
        """The faults of all rows that do not have as many columns as the first."""
        columns = self._rows[0][1] if self._rows else 0
        for fault, width in self._rows:
            if width != columns:
                cells = "1 cell" if width == 1 else f"{width} cells"
                yield fault.formatted(cells=cells, columns=columns)
