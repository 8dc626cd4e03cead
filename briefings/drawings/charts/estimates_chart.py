"""Figures -> their estimates side by side: a row each, its words and its mark, all of a figure on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...briefing.parts import DrawingView, EstimateView, ItemView
from ...language.wording import Wording
from ..fonts import TextMeasure
from ..scene import DrawingSize, Label
from ..text_layout import TextBlock
from . import axes
from .chart_text import BASE_TEXT_SIZE, ChartText
from .estimate_text import EstimateText, capitalize_first, plotted_values, with_full_stop
from .marks import ARROW, ChartScene, EstimateMark, Line, estimate_mark, moved, scaled
from .scales import Scale, ticks

_MIN_SIDE_BY_SIDE_WIDTH = 290.0  # px: from here on words stand beside their mark, below it over it
_PANEL, _GAP = 300.0, 28.0  # px: the narrowest panel where several stand side by side, and between them


@dataclass(frozen=True)
class _Panel:
    """One figure, with its top left corner at (0, 0)."""

    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    marks: tuple[EstimateMark, ...]
    height: float


def layout_estimates_chart(
    picture: DrawingView, wording: Wording, measure: TextMeasure, form: DrawingSize
) -> ChartScene:
    """A panel for each figure of the picture, in columns where there is room; each has a scale of its own."""
    by = form.text_size / BASE_TEXT_SIZE
    letters, width = ChartText(measure), form.width / by
    reports = EstimateText(picture, wording, letters)
    pieces = [piece for piece in picture.pieces if piece.rows]
    columns = max(1, min(len(pieces), int((width + _GAP) / (_PANEL + _GAP))))
    each = (width - (columns - 1) * _GAP) / columns
    panels = [_panel(piece, reports, each, titled=len(pieces) > 1) for piece in pieces]
    used = [m for panel in panels for m in panel.marks]
    symbols, names, top = axes.legend(axes.legend_samples(used, reports.words["legend"]), 90, 4, width, letters)
    labels = list(names)
    if len(pieces) > 1:
        labels.append(letters.line_label(reports.words["own_scales"], 0, top + 10, "title"))
        top += 20
    lines: list[Line] = []
    marks: list[EstimateMark] = []
    bottom = top
    for column, run in enumerate(_balance_columns([p.height for p in panels], columns)):
        y = top + 4
        for panel in (panels[i] for i in run):
            part = moved(panel.labels, panel.lines, panel.marks, column * (each + _GAP), y)
            labels += part[0]
            lines += part[1]
            marks += part[2]
            y += panel.height + 16
        bottom = max(bottom, y - 16)
    opening = reports.words["alt_estimates"].format(title=with_full_stop(picture.title))
    alt = " ".join((opening, *reports.by_figure(pieces)))
    table = reports.tables(pieces, timed=False)
    chart = ChartScene(width, bottom + 2, alt, table, tuple(labels), (), tuple(lines), (), tuple(marks), symbols)
    return scaled(chart, by)


def _panel(piece: ItemView, reports: EstimateText, width: float, *, titled: bool) -> _Panel:
    """A figure's heading, a row for each estimate, the scale under those that have a number in its unit."""
    letters = reports.chart_text
    title = [(piece.title, "band")] if titled else []
    kind = [(reports.words["kinds"][piece.kind], "kind")] if len(piece.rows) > 1 else []
    head = letters.text_block([*title, *kind], width)
    labels, lines, marks = [head.label_at(piece.id, 0, 0)] if head.lines else [], [], []
    drawn = [row for row in piece.rows if plotted_values(row) and row.unit == piece.rows[0].unit]
    beside = width >= _MIN_SIDE_BY_SIDE_WIDTH
    text = width * (0.5 if width >= 420 else 0.56) if beside else width
    y = head.height + 7
    blocks = {
        row.ref: _words(row, reports, text - 4 if row in drawn else width, rival=piece.kind != "rival")
        for row in piece.rows
    }
    if drawn:
        scale, steps = _fitted(drawn, reports, text + 12 if beside else 10, width)
        strips: list[tuple[float, float]] = []  # where the scale's lines may stand: never through words
        for row in drawn:
            block = blocks[row.ref]
            labels.append(block.label_at(row.ref, 0, y + 5))
            height = block.height + 10 if beside else block.height + 28
            middle = y + min(height / 2, 18) if beside else y + block.height + 16
            low, high = scale.at(plotted_values(row)[0]), scale.at(plotted_values(row)[-1])
            tip = min(15.2, max(low - scale.at(0) - 2, 8.0))  # an arrow to the left stays on its side of zero
            marks.append(replace(estimate_mark(row, low, middle, 90, high - low), tip=tip))
            lines.append(Line(0, y, width, y, "grid"))
            strips.append((y if beside else y + block.height + 8, y + height))
            y += height
        lines.append(Line(0, y, width, y, "grid"))
        names, strokes = _scale(scale, steps, strips, reports)
        labels += names
        lines += strokes
        y += 20
    for row in piece.rows:
        if row not in drawn:
            lines.append(Line(0, y, width, y, "grid"))
            labels.append(blocks[row.ref].label_at(row.ref, 0, y + 5))
            y += blocks[row.ref].height + 10
    return _Panel(tuple(labels), tuple(lines), tuple(marks), y)


def _fitted(
    drawn: Sequence[EstimateView], reports: EstimateText, left: float, width: float
) -> tuple[Scale, Sequence[float]]:
    """A scale from zero that holds every number, with room at its end for the last amount or an arrow; its steps."""
    steps = ticks(0, max(n for row in drawn for n in plotted_values(row)), 3 if width < 420 else 4)
    last = reports.chart_text.width(reports.wording.tick(steps[-1]), "tick") / 2
    return Scale(steps[0], steps[-1], left, width - max(last, ARROW if _reaches(drawn, steps[-1]) else 4)), steps


def _reaches(drawn: Sequence[EstimateView], end: float) -> bool:
    """Whether an arrow to the right stands near the end of the scale."""
    return any(row.estimate.bound in ("more-than", "at-least") and plotted_values(row)[-1] > 0.9 * end for row in drawn)


def _words(row: EstimateView, reports: EstimateText, width: float, *, rival: bool) -> TextBlock:
    """An estimate's number, who says so and when, and of what."""
    remarks = reports.remarks(row, how=False)
    if rival and row.rivals:
        remarks.append(reports.words["unlike"].format(names=reports.rivals(row)))
    parts = [(reports.value(row), "value"), (capitalize_first("; ".join((reports.attribution(row), *remarks))), "who")]
    return reports.chart_text.text_block(parts, width, row.ref)


def _scale(
    scale: Scale, steps: Sequence[float], strips: Sequence[tuple[float, float]], reports: EstimateText
) -> tuple[list[Label], list[Line]]:
    """Upright lines through the strips of the rows, and their amounts; names that would touch are left out."""
    bottom = strips[-1][1]
    labels: list[Label] = []
    lines: list[Line] = []
    for step in steps:
        x = scale.at(step)
        ends = [(top, end + 4 if end == bottom else end) for top, end in strips if end > top]
        lines += [Line(x, top, x, end, "axis" if step == 0 else "grid") for top, end in ends]
        name = reports.chart_text.line_label(reports.wording.tick(step), x, bottom + 14, "tick", "middle")
        if not any(name.box.grown(3).overlaps(other.box) for other in labels):
            labels.append(name)
    return labels, lines


def _balance_columns(heights: Sequence[float], columns: int) -> list[range]:
    """Runs of panels, in order, that make the highest column lowest."""
    if columns == 1 or len(heights) <= 1:
        return [range(len(heights))]
    cuts = range(1, len(heights) - columns + 2)

    def cost(cut: int) -> float:
        rest = _balance_columns(heights[cut:], columns - 1)
        return max(sum(heights[:cut]), *(sum(heights[cut + i] for i in run) for run in rest))

    cut = min(cuts, key=cost)
    rest = _balance_columns(heights[cut:], columns - 1)
    return [range(cut), *(range(run.start + cut, run.stop + cut) for run in rest)]
