"""Lay out an estimates chart: a panel for each figure, with a row of text and mark for each estimate."""

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

_MIN_SIDE_BY_SIDE_WIDTH = 290.0  # px: narrower panels have the text above the mark instead of to its left
_PANEL, _GAP = 300.0, 28.0  # px: the minimum width of panels in columns, and the gap between them


@dataclass(frozen=True)
class _Panel:
    """A figure laid out with its top left corner at (0, 0)."""

    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    marks: tuple[EstimateMark, ...]
    height: float


def layout_estimates_chart(
    picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize
) -> ChartScene:
    """Lay out a panel for each figure, in columns if they fit. Each panel has its own scale."""
    factor = size.text_size / BASE_TEXT_SIZE
    chart_text, width = ChartText(measure), size.width / factor
    texts = EstimateText(picture, wording, chart_text, brief=size.to_fit)
    pieces = [piece for piece in picture.pieces if piece.rows]
    columns = max(1, min(len(pieces), int((width + _GAP) / (_PANEL + _GAP))))
    panel_width = (width - (columns - 1) * _GAP) / columns
    panels = [_panel(piece, texts, panel_width, titled=len(pieces) > 1) for piece in pieces]
    used = [m for panel in panels for m in panel.marks]
    # on a slide without a legend: the words of each row say "about" or "more than" themselves
    samples = [] if size.to_fit else axes.legend_samples(used, texts.words["legend"])
    symbols, names, top = axes.legend(samples, 90, 4, width, chart_text)
    labels = list(names)
    if len(pieces) > 1:
        labels.append(chart_text.line_label(texts.words["own_scales"], 0, top + 10, "title"))
        top += 20
    lines: list[Line] = []
    marks: list[EstimateMark] = []
    bottom = top
    for column, indexes in enumerate(_balance_columns([p.height for p in panels], columns)):
        y = top + 4
        for panel in (panels[i] for i in indexes):
            part = moved(panel.labels, panel.lines, panel.marks, column * (panel_width + _GAP), y)
            labels += part[0]
            lines += part[1]
            marks += part[2]
            y += panel.height + 16
        bottom = max(bottom, y - 16)
    opening = texts.words["alt_estimates"].format(title=with_full_stop(picture.title))
    alt = " ".join((opening, *texts.by_figure(pieces)))
    table = texts.tables(pieces, timed=False)
    chart = ChartScene(width, bottom + 2, alt, table, tuple(labels), (), tuple(lines), (), tuple(marks), symbols)
    return scaled(chart, factor)


def _panel(piece: ItemView, texts: EstimateText, width: float, *, titled: bool) -> _Panel:
    """Lay out a figure: heading, rows of the estimates in its unit with their scale, then the other rows."""
    chart_text = texts.chart_text
    title = [(piece.title, "band")] if titled else []
    kind = [(texts.words["kinds"][piece.kind], "kind")] if len(piece.rows) > 1 else []
    head = chart_text.text_block([*title, *kind], width)
    labels, lines, marks = [head.label_at(piece.id, 0, 0)] if head.lines else [], [], []
    plotted = [row for row in piece.rows if plotted_values(row) and row.unit == piece.rows[0].unit]
    side_by_side = width >= _MIN_SIDE_BY_SIDE_WIDTH
    text = width * (0.5 if width >= 420 else 0.56) if side_by_side else width
    y = head.height + 7
    blocks = {
        row.ref: _words(row, texts, text - 4 if row in plotted else width, rival=piece.kind != "rival")
        for row in piece.rows
    }
    if plotted:
        scale, steps = _fit_scale(plotted, texts, text + 12 if side_by_side else 10, width)
        strips: list[tuple[float, float]] = []  # (top, bottom) of the vertical grid lines, which must not cross text
        for row in plotted:
            block = blocks[row.ref]
            labels.append(block.label_at(row.ref, 0, y + 5))
            height = block.height + 10 if side_by_side else block.height + 28
            middle = y + min(height / 2, 18) if side_by_side else y + block.height + 16
            low, high = scale.at(plotted_values(row)[0]), scale.at(plotted_values(row)[-1])
            # a left arrow must not cross zero, or the end of the scale if it begins below
            tip = min(15.2, max(low - scale.at(steps[0]) - 2, 8.0))
            marks.append(replace(estimate_mark(row, low, middle, 90, high - low), tip=tip))
            lines.append(Line(0, y, width, y, "grid"))
            strips.append((y if side_by_side else y + block.height + 8, y + height))
            y += height
        lines.append(Line(0, y, width, y, "grid"))
        names, strokes = _scale_marks(scale, steps, strips, texts)
        labels += names
        lines += strokes
        y += 20
    for row in piece.rows:
        if row not in plotted:
            lines.append(Line(0, y, width, y, "grid"))
            labels.append(blocks[row.ref].label_at(row.ref, 0, y + 5))
            y += blocks[row.ref].height + 10
    return _Panel(tuple(labels), tuple(lines), tuple(marks), y)


def _fit_scale(
    plotted: Sequence[EstimateView], texts: EstimateText, left: float, width: float
) -> tuple[Scale, Sequence[float]]:
    """Return a scale that includes zero and every number, with room for the last amount or an arrow; and its steps."""
    numbers = [n for row in plotted for n in plotted_values(row)]
    steps = ticks(min(numbers), max(numbers), 3 if width < 420 else 4)
    first, last = (texts.chart_text.width(texts.wording.tick(step), "tick") / 2 for step in (steps[0], steps[-1]))
    return Scale(
        steps[0], steps[-1], max(left, first), width - max(last, ARROW if _arrow_near_end(plotted, steps[-1]) else 4)
    ), steps


def _arrow_near_end(plotted: Sequence[EstimateView], end: float) -> bool:
    """Whether an arrow to the right starts in the last tenth of the scale."""
    return any(
        row.estimate.bound in ("more-than", "at-least") and plotted_values(row)[-1] > 0.9 * end for row in plotted
    )


def _words(row: EstimateView, texts: EstimateText, width: float, *, rival: bool) -> TextBlock:
    """Return the text of a row: the number, then who reported it, when, and what is counted."""
    remarks = texts.remarks(row, how=False)
    if rival and row.rivals:
        remarks.append(texts.words["unlike"].format(names=texts.rivals(row)))
    parts = [
        (texts.value(row), "value"),
        (capitalize_first("; ".join((texts.attribution(row, brief=texts.brief), *remarks))), "who"),
    ]
    return texts.chart_text.text_block(parts, width, row.ref)


def _scale_marks(
    scale: Scale, steps: Sequence[float], strips: Sequence[tuple[float, float]], texts: EstimateText
) -> tuple[list[Label], list[Line]]:
    """Lay out vertical grid lines within the strips, and their amounts, without those that would touch another."""
    bottom = strips[-1][1]
    labels: list[Label] = []
    lines: list[Line] = []
    for step in steps:
        x = scale.at(step)
        ends = [(top, end + 4 if end == bottom else end) for top, end in strips if end > top]
        lines += [Line(x, top, x, end, "axis" if step == 0 else "grid") for top, end in ends]
        name = texts.chart_text.line_label(texts.wording.tick(step), x, bottom + 14, "tick", "middle")
        if not any(name.box.grown(3).overlaps(other.box) for other in labels):
            labels.append(name)
    return labels, lines


def _balance_columns(heights: Sequence[float], columns: int) -> list[range]:
    """Split the panels, in order, into columns so that the highest column is as low as possible.

    Returns the indexes of each column. Every column has a panel; ties go to the earliest cut. Exhaustive search is
    fast enough: a chart has few figures and columns.
    """
    if columns == 1 or len(heights) <= 1:
        return [range(len(heights))]
    cuts = range(1, len(heights) - columns + 2)

    def cost(cut: int) -> float:
        rest = _balance_columns(heights[cut:], columns - 1)
        return max(sum(heights[:cut]), *(sum(heights[cut + i] for i in indexes) for indexes in rest))

    cut = min(cuts, key=cost)
    rest = _balance_columns(heights[cut:], columns - 1)
    return [range(cut), *(range(indexes.start + cut, indexes.stop + cut) for indexes in rest)]
