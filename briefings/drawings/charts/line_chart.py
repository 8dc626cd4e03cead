"""Lay out a line chart: estimates of figures over time, connected, for counts repeated with the same method."""

from collections.abc import Sequence
from itertools import pairwise

from ...briefing.parts import DrawingView, EstimateView, ItemView
from ...language.wording import Wording
from ..fonts import TextMeasure
from ..scene import Box, DrawingSize, Label
from . import axes
from .chart_text import BASE_TEXT_SIZE, ChartText
from .estimate_text import EstimateText, day_range, plotted_values, required_time, with_full_stop
from .label_placement import along, place_labels
from .marks import ChartScene, EstimateMark, Line, covered_boxes, estimate_mark, scaled
from .scales import Scale, TimeScale, ticks, whole_months

_DASHES = ("series", "series-dashed", "series-dotted")  # line styles that can be distinguished without colour


def layout_line_chart(picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize) -> ChartScene:
    """Lay out a line for each figure, with its own dash pattern. Each estimate keeps its mark."""
    factor = size.text_size / BASE_TEXT_SIZE
    chart_text, width = ChartText(measure), size.width / factor
    texts = EstimateText(picture, wording, chart_text)
    pieces = [piece for piece in picture.pieces if any(plotted_values(row) for row in piece.rows)]
    rows = [row for piece in pieces for row in piece.rows if plotted_values(row)]
    steps = ticks(min(n for r in rows for n in plotted_values(r)), max(n for r in rows for n in plotted_values(r)), 4)
    left = max(chart_text.width(wording.tick(step), "tick") for step in steps) + 8
    box = Box(left, 20, width - 6, 20 + max(130.0, min(0.36 * width, 220.0)))
    calendar = TimeScale(*whole_months(*day_range(rows)), box.left, box.right)
    scale = Scale(steps[0], steps[-1], box.bottom, box.top)
    grid, labels = axes.amount_axis(scale, steps, box, rows[0].unit, wording, chart_text)
    months = list(axes.month_axis(calendar, box.bottom, wording, chart_text))
    series = [_figure_marks(piece, calendar, scale) for piece in pieces]
    joins = _joins(series)
    labels += [part for part in months if isinstance(part, Label)]
    labels += _values(pieces, series, joins, box, texts)
    marks = tuple(m for figure_marks in series for m in figure_marks)
    samples = axes.legend_samples(marks, texts.words["legend"])
    if len(pieces) > 1:
        samples = [*((_DASHES[n % len(_DASHES)], piece.title) for n, piece in enumerate(pieces)), *samples]
    symbols, names, bottom = axes.legend(samples, 0, box.bottom + 36, width, chart_text)
    chart = ChartScene(
        width,
        bottom,
        " ".join((_opening(picture, calendar, wording), *texts.by_figure(pieces))),
        texts.tables(pieces, timed=True),
        (*labels, *names),
        lines=(*grid, *(part for part in months if isinstance(part, Line)), *joins),
        marks=marks,
        legend=symbols,
    )
    return scaled(chart, factor)


def _joins(series: Sequence[Sequence[EstimateMark]]) -> list[Line]:
    return [
        Line(a.x, a.y, b.x, b.y, _DASHES[place % len(_DASHES)])
        for place, figure_marks in enumerate(series)
        for a, b in pairwise(figure_marks)
    ]


def _opening(picture: DrawingView, calendar: TimeScale, wording: Wording) -> str:
    first, last = wording.month(calendar.first, year=True), wording.month(calendar.last, year=True)
    words = wording.strings["charts"]["alt_lines"]
    return str(words.format(title=with_full_stop(picture.title), first=first, last=last))


def _figure_marks(piece: ItemView, calendar: TimeScale, scale: Scale) -> list[EstimateMark]:
    """Return the marks of a figure in the order of their times."""
    timed: list[tuple[float, EstimateView]] = []
    for row in piece.rows:
        if plotted_values(row):
            start, end = calendar.span(required_time(row))
            timed.append(((start + end) / 2, row))
    out = []
    for x, row in sorted(timed, key=lambda pair: (pair[0], pair[1].ref)):
        low, high = scale.at(plotted_values(row)[0]), scale.at(plotted_values(row)[-1])
        out.append(estimate_mark(row, x, low, 0, low - high))
    return out


def _values(
    pieces: Sequence[ItemView],
    series: Sequence[Sequence[EstimateMark]],
    joins: Sequence[Line],
    box: Box,
    texts: EstimateText,
) -> list[Label]:
    """Label every mark with its number or, if that does not fit, the last mark of each figure, or none."""
    rows = {row.ref: row for piece in pieces for row in piece.rows}
    marks = [m for figure_marks in series for m in figure_marks]
    taken = [cover for line in joins for cover in along(line)]
    within = Box(box.left, 0, box.right + 5, box.bottom - 1)
    for chosen in (marks, [figure_marks[-1] for figure_marks in series]):
        blocks = [texts.chart_text.text_block([(texts.value(rows[m.ref]), "value")], 110, m.ref) for m in chosen]
        others = [cover for m in marks if m not in chosen for cover in covered_boxes(m)]
        if places := place_labels(blocks, [covered_boxes(m) for m in chosen], within, [*taken, *others]):
            placed = zip(chosen, blocks, places, strict=True)
            return [b.label_at(m.ref, p.box.left, p.box.top, align=p.align) for m, b, p in placed]
    return []
