"""The labels, lines, bars and marks of a drawing, as they are collected from top to bottom."""

from ..charts.marks import Bar, EstimateMark, Line
from ..scene import Label


class Parts:
    """Parts of a drawing."""

    def __init__(self) -> None:
        self.labels: list[Label] = []
        self.lines: list[Line] = []
        self.bars: list[Bar] = []
        self.marks: list[EstimateMark] = []

    def add_below(self, other: "Parts", y: float) -> None:
        """Add the parts of another drawing, moved down by `y`."""
        self.labels += [label.moved(0, y) for label in other.labels]
        self.lines += [Line(line.x1, line.y1 + y, line.x2, line.y2 + y, line.role) for line in other.lines]
        self.bars += [Bar(bar.box.moved(0, y), bar.role) for bar in other.bars]
