"""Estimates -> symbols; and the lines, symbols and legends that a chart is made of beside its labels."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from ...briefing.parts import EstimateView
from ..scene import Box, Label, Scene

AnyChart = TypeVar("AnyChart", bound="ChartScene")
RADIUS = 4.5
ARROW = 16.0  # from the middle of a mark to the tip of its arrow

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
    """A straight line; `role` chooses ink and dashes."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: str


@dataclass(frozen=True)
class Bar:
    """A filled or hollow rectangle; `role` chooses ink, `ref` is the estimate it shows."""

    box: Box
    role: str
    ref: str = ""


@dataclass(frozen=True)
class EstimateMark:
    """An estimate's symbol at (x, y). `kind`: exactly, about, more, less, range, derived, derived-range.

    `turn` is 0 where more is up and 90 where more is to the right; `length` how long a range is; `arrow` "more",
    "less" or "", `tip` where one to the left or down ends; `first` and `last` how far the time it speaks of reaches
    to the left and right of x.
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
    """A sample in a legend: a mark, or a line."""

    mark: EstimateMark | None
    line: Line | None


@dataclass(frozen=True)
class ChartScene(Scene):
    """A drawing of estimates or events; `legend` samples have their words among the labels."""

    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    marks: tuple[EstimateMark, ...] = ()
    legend: tuple[LegendSymbol, ...] = ()


def estimate_mark(row: EstimateView, x: float, y: float, turn: int, length: float = 0) -> EstimateMark:
    """The symbol of an estimate; its arrow says on which side of the number the truth lies."""
    e, ranged = row.estimate, row.estimate.low is not None
    bound = _KIND[e.bound]
    arrow = bound if bound in ("more", "less") else ""
    if row.how:
        return EstimateMark("derived-range" if ranged else "derived", x, y, turn, row.ref, arrow, length)
    return EstimateMark("range" if ranged else bound, x, y, turn, row.ref, arrow, length)


def covered_boxes(m: EstimateMark) -> list[Box]:
    """What a symbol covers: itself with its arrow, and its stretch of time."""
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
    """The same elsewhere."""
    return (
        [
            replace(
                label,
                lines=tuple(replace(w, x=w.x + x, y=w.y + y) for w in label.lines),
                box=label.box.moved(x, y),
            )
            for label in labels
        ],
        [Line(line.x1 + x, line.y1 + y, line.x2 + x, line.y2 + y, line.role) for line in lines],
        [replace(m, x=m.x + x, y=m.y + y) for m in marks],
    )


def scaled(chart: AnyChart, by: float) -> AnyChart:
    """The whole chart larger or smaller, its text with it."""
    return replace(
        chart,
        width=round(chart.width * by, 2),
        height=round(chart.height * by, 2),
        labels=tuple(_label(label, by) for label in chart.labels),
        lines=tuple(_line(line, by) for line in chart.lines),
        bars=tuple(replace(bar, box=_box(bar.box, by)) for bar in chart.bars),
        marks=tuple(_mark(m, by) for m in chart.marks),
        legend=tuple(LegendSymbol(s.mark and _mark(s.mark, by), s.line and _line(s.line, by)) for s in chart.legend),
    )


def _box(box: Box, by: float) -> Box:
    return Box(*(round(v * by, 2) for v in (box.left, box.top, box.right, box.bottom)))


def _line(line: Line, by: float) -> Line:
    x1, y1, x2, y2 = (round(v * by, 2) for v in (line.x1, line.y1, line.x2, line.y2))
    return Line(x1, y1, x2, y2, line.role)


def _mark(m: EstimateMark, by: float) -> EstimateMark:
    return replace(m, x=round(m.x * by, 2), y=round(m.y * by, 2), scale=by)


def _label(label: Label, by: float) -> Label:
    lines = tuple(replace(w, x=round(w.x * by, 2), y=round(w.y * by, 2), face=w.face.sized(by)) for w in label.lines)
    return replace(label, lines=lines, box=_box(label.box, by))


def boxes(labels: Iterable[Label]) -> list[Box]:
    """What labels cover."""
    return [label.box for label in labels]
