"""The symbols, lines and bars of a chart, and the choice of the symbol for an estimate."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from ...briefing.parts import EstimateView
from ..scene import Box, Label, Scene

AnyChart = TypeVar("AnyChart", bound="ChartScene")
RADIUS = 4.5  # px: of a mark
ARROW = 16.0  # px: from the centre of a mark to the tip of its arrow

_KIND = {
    "exactly": "exactly",
    "about": "about",
    "more-than": "more",
    "at-least": "more",
    "nearly": "less",
    "at-most": "less",
}


@dataclass(frozen=True)
class Line:
    """A straight line. `role` selects its colour and dashes in templates/drawings/chart.svg."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: str


@dataclass(frozen=True)
class Bar:
    """A filled or hollow rectangle. `role` selects its colour; `ref` is the estimate it shows, or ""."""

    box: Box
    role: str
    ref: str = ""


@dataclass(frozen=True)
class EstimateMark:
    """The symbol of an estimate at (x, y). `kind` is exactly, about, more, less, range, derived or derived-range.

    `turn` is the rotation in degrees: 0 if larger values are up, 90 if they are to the right. `length` is the length
    of a range in px. `arrow` is "more", "less" or ""; `tip` is the length of a "less" arrow in px. `first` and `last`
    are the distances in px from x to the start and end of the period that the estimate covers.
    """

    kind: str
    x: float
    y: float
    turn: int
    ref: str = ""
    arrow: str = ""
    length: float = 0
    first: float = 0
    last: float = 0
    tip: float = 15.2
    scale: float = 1


@dataclass(frozen=True)
class LegendSymbol:
    """A sample in a legend: either a mark or a line."""

    mark: EstimateMark | None
    line: Line | None


@dataclass(frozen=True)
class ChartScene(Scene):
    """A laid-out chart or timeline. The texts of the `legend` are among the labels."""

    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    marks: tuple[EstimateMark, ...] = ()
    legend: tuple[LegendSymbol, ...] = ()


def estimate_mark(row: EstimateView, x: float, y: float, turn: int, length: float = 0) -> EstimateMark:
    """Return the symbol of an estimate. An arrow shows on which side of the number the true value is."""
    e, ranged = row.estimate, row.estimate.low is not None
    bound = _KIND[e.bound]
    arrow = bound if bound in ("more", "less") else ""
    if row.how:
        return EstimateMark("derived-range" if ranged else "derived", x, y, turn, row.ref, arrow, length)
    return EstimateMark("range" if ranged else bound, x, y, turn, row.ref, arrow, length)


def covered_boxes(m: EstimateMark) -> list[Box]:
    """Return the boxes that a symbol covers: the mark with its arrow and, if upright, the bar of its period."""
    more = max(ARROW if m.arrow == "more" else RADIUS, m.length + (12 if m.arrow == "more" else 1) if m.length else 0)
    less = ARROW if m.arrow == "less" else RADIUS
    if m.turn:
        return [Box(m.x - less, m.y - 6, m.x + more, m.y + 6)]
    return [
        Box(m.x - 6, m.y - more, m.x + 6, m.y + less),
        Box(m.x - max(m.first, 6), m.y - 4, m.x + max(m.last, 6), m.y + 4),
    ]


def moved(
    labels: Iterable[Label], lines: Iterable[Line], marks: Iterable[EstimateMark], x: float, y: float
) -> tuple[list[Label], list[Line], list[EstimateMark]]:
    """Return the labels, lines and marks shifted by (x, y)."""
    return (
        [label.moved(x, y) for label in labels],
        [Line(line.x1 + x, line.y1 + y, line.x2 + x, line.y2 + y, line.role) for line in lines],
        [replace(m, x=m.x + x, y=m.y + y) for m in marks],
    )


def scaled(chart: AnyChart, factor: float) -> AnyChart:
    """Scale a whole chart, its text included. Coordinates are rounded to 0.01 px."""
    return replace(
        chart,
        width=round(chart.width * factor, 2),
        height=round(chart.height * factor, 2),
        labels=tuple(_label(label, factor) for label in chart.labels),
        lines=tuple(_line(line, factor) for line in chart.lines),
        bars=tuple(replace(bar, box=_box(bar.box, factor)) for bar in chart.bars),
        marks=tuple(_mark(m, factor) for m in chart.marks),
        legend=tuple(
            LegendSymbol(s.mark and _mark(s.mark, factor), s.line and _line(s.line, factor)) for s in chart.legend
        ),
    )


def _box(box: Box, factor: float) -> Box:
    return Box(*(round(v * factor, 2) for v in (box.left, box.top, box.right, box.bottom)))


def _line(line: Line, factor: float) -> Line:
    x1, y1, x2, y2 = (round(v * factor, 2) for v in (line.x1, line.y1, line.x2, line.y2))
    return Line(x1, y1, x2, y2, line.role)


def _mark(m: EstimateMark, factor: float) -> EstimateMark:
    return replace(m, x=round(m.x * factor, 2), y=round(m.y * factor, 2), scale=factor)


def _label(label: Label, factor: float) -> Label:
    lines = tuple(
        replace(w, x=round(w.x * factor, 2), y=round(w.y * factor, 2), face=w.face.sized(factor)) for w in label.lines
    )
    return replace(label, lines=lines, box=_box(label.box, factor))


def boxes(labels: Iterable[Label]) -> list[Box]:
    """Return the boxes of labels."""
    return [label.box for label in labels]
