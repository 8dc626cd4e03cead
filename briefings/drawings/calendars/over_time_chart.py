"""Lay out reports of one thing at different times as marks with labels, not connected unless the pack asks for it."""

from collections.abc import Sequence
from itertools import pairwise

from ...briefing.parts import DrawingView, EstimateView
from ...language.wording import Wording
from ..charts import axes
from ..charts.chart_text import BASE_TEXT_SIZE, ChartText
from ..charts.estimate_text import EstimateText, day_range, plotted_values, required_time
from ..charts.label_placement import along
from ..charts.marks import ChartScene, EstimateMark, LegendSymbol, Line, boxes, estimate_mark, scaled
from ..charts.plotted_estimates import (
    Plot,
    estimate_marks,
    mark_labels,
    open_ended_strokes,
    plot_axes,
    rival_links,
    steps_for,
)
from ..charts.scales import Scale, TimeScale, possible_days, whole_months
from ..fonts import TextMeasure
from ..scene import Box, DrawingSize, Label
from .few_over_time import layout_few

MIN_LABELLED_WIDTH = 470  # px: narrower charts have numbers for the estimates in words, and a key below
_BESIDE = 96.0  # px: where a legend begins that stands beside the highest amount
_LOWEST = 100.0  # px: the lowest plot that a chart with little height gets


def layout_over_time_chart(
    picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize
) -> ChartScene:
    """Lay out the chart, lower if it would be too high. Estimates without a number are listed below the time axis.

    Where few reports are to be seen at a glance, nothing but marks with their labels, if all of them have room.
    """
    if size.to_fit or picture.choice.brief:
        rows, joined = _in_order(picture), _joined(picture)
        if few := layout_few(picture, rows, joined, wording, measure, size):
            return few
    scene = _layout(picture, wording, measure, size, 0.0)
    too_high = scene.height - size.max_height if size.to_fit else 0.0
    return _layout(picture, wording, measure, size, too_high) if too_high > 0 else scene


def _layout(
    picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize, too_high: float
) -> ChartScene:
    """Lay out the chart with its plot lower by `too_high` px, as far as labels still have room."""
    factor = size.text_size / BASE_TEXT_SIZE
    chart_text, width = ChartText(measure), size.width / factor
    texts = EstimateText(picture, wording, chart_text, brief=size.to_fit)
    rows = _in_order(picture)
    counted, worded = [r for r in rows if plotted_values(r)], [r for r in rows if not plotted_values(r)]
    joined = _joined(picture)
    symbols, names, top = _legend(counted, joined, wording, chart_text, width, lines_only=size.to_fit)
    plot = _plot(rows, counted, top, wording, chart_text, width, too_high / factor)
    marks = estimate_marks(counted, plot)
    links, signs = rival_links(counted, marks, chart_text)
    joins = [Line(a.x, a.y, b.x, b.y, "join") for a, b in pairwise(marks)] if joined else []
    strokes = open_ended_strokes(counted, marks)
    line_boxes = [box for line in (*links, *joins, *strokes) for box in along(line)]
    bottom = plot.box.bottom + 34
    labels, leaders, numbered = mark_labels(counted, marks, boxes((*signs, *names)), line_boxes, plot, texts)
    height = bottom
    if width >= MIN_LABELLED_WIDTH:
        under, stems, height = texts.layout_word_lane(worded, [plot.middle(r) for r in worded], plot.box, bottom)
        labels, leaders = [*labels, *under], [*leaders, *stems]
    else:
        under, stems = _word_numbers(len(numbered), [plot.middle(r) for r in worded], plot, chart_text)
        labels, leaders = [*labels, *under], [*leaders, *stems]
        numbered, height = [*numbered, *worded], height + (14 if worded else 0)
    if numbered:
        under, height = texts.numbered_key(numbered, width, height + 4)
        labels += under
    axes, scale = plot_axes(plot, counted, wording, chart_text, boxes(labels))
    chart = ChartScene(
        width,
        height,
        texts.over_time(rows, plot.days, joined=joined),
        texts.table(rows, timed=True),
        (*scale, *names, *signs, *labels),
        lines=(*axes, *strokes, *links, *joins, *leaders),
        marks=tuple(marks),
        legend=symbols,
    )
    return scaled(chart, factor)


def _in_order(picture: DrawingView) -> list[EstimateView]:
    """The reports of a chart by their time."""
    rows = (row for piece in picture.pieces for row in piece.rows)
    return sorted(rows, key=lambda row: (possible_days(required_time(row)), row.ref))


def _joined(picture: DrawingView) -> bool:
    return bool(getattr(picture.thing, "joined", False))


def _plot(
    rows: Sequence[EstimateView],
    counted: Sequence[EstimateView],
    top: float,
    wording: Wording,
    chart_text: ChartText,
    width: float,
    too_high: float = 0.0,
) -> Plot:
    height = max(190.0, min(0.42 * width, 300.0, 160.0 + 0.12 * width))
    height = max(height - too_high, min(height, _LOWEST)) if too_high else height
    steps = steps_for(counted, 5)
    left = max(chart_text.width(wording.tick(step), "tick") for step in steps) + 8
    box = Box(left, top + 20, width - 4, top + 20 + height)
    calendar = TimeScale(*whole_months(*day_range(rows)), box.left, box.right)
    return Plot(box, calendar, Scale(steps[0], steps[-1], box.bottom, box.top), steps)


def _word_numbers(
    before: int, worded: Sequence[float], plot: Plot, chart_text: ChartText
) -> tuple[list[Label], list[Line]]:
    """Place a number below the axis at each estimate without a number of its own; `before` numbers are in the chart."""
    labels: list[Label] = []
    lines: list[Line] = []
    x, y = plot.box.right + 20, plot.box.bottom + 40
    for n, at in reversed(list(enumerate(worded, before + 1))):
        x = min(at, x - 15, plot.box.right - 6)
        labels.append(chart_text.line_label(str(n), x, y, "key", "middle"))
        lines.append(Line(at, plot.box.bottom, at, y - 11, "said"))
    return labels, lines


def _legend(
    counted: Sequence[EstimateView],
    joined: bool,
    wording: Wording,
    chart_text: ChartText,
    width: float,
    *,
    lines_only: bool,
) -> tuple[tuple[LegendSymbol, ...], tuple[Label, ...], float]:
    """Lay out a legend of the symbols and lines that occur in the chart.

    On a slide, of its lines only, beside the highest amount: the label at each mark says "about" or "more than" itself.
    """
    kinds = wording.strings["charts"]["legend"]
    items: list[tuple[EstimateMark | str, str]] = []
    left = _BESIDE if lines_only else 0.0
    if not lines_only:
        items += axes.legend_samples((estimate_mark(r, 0, 0, 0) for r in counted), kinds)
    times = [required_time(r) for r in counted]
    if any(possible_days(t)[0] != possible_days(t)[1] for t in times):
        items.append((EstimateMark("exactly", 0, 0, 0, "", "", 0, 9, 9), kinds["stretch"]))
    if any(t.qualifier in ("by", "before", "after") for t in times):
        items.append(("before", kinds["before"]))
    refs = {r.ref for r in counted}
    if any(rival in refs for r in counted for rival in r.rivals):
        items.append(("rival", kinds["rival"]))
    if joined:
        items.append(("join", kinds["join"]))
    symbols, names, bottom = axes.legend(items, 0, 0 if lines_only else 4, width, chart_text, left)
    return symbols, names, max(bottom - 19, 0) if lines_only else bottom
