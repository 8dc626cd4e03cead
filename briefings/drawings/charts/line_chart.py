"""Figures over time -> lines through their estimates, from zero; for what was counted again and again in one way."""

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

_DASHES = ("series", "series-dashed", "series-dotted")  # as many figures as can be told apart without colour


def layout_line_chart(picture: DrawingView, wording: Wording, measure: TextMeasure, form: DrawingSize) -> ChartScene:
    """A line a figure, told apart by its dashes; each estimate keeps its mark."""
    by = form.text_size / BASE_TEXT_SIZE
    letters, width = ChartText(measure), form.width / by
    reports = EstimateText(picture, wording, letters)
    pieces = [piece for piece in picture.pieces if any(plotted_values(row) for row in piece.rows)]
    rows = [row for piece in pieces for row in piece.rows if plotted_values(row)]
    steps = ticks(min(n for r in rows for n in plotted_values(r)), max(n for r in rows for n in plotted_values(r)), 4)
    left = max(letters.width(wording.tick(step), "tick") for step in steps) + 8
    box = Box(left, 20, width - 6, 20 + max(130.0, min(0.36 * width, 220.0)))
    calendar = TimeScale(*whole_months(*day_range(rows)), box.left, box.right)
    scale = Scale(steps[0], steps[-1], box.bottom, box.top)
    grid, labels = axes.amount_axis(scale, steps, box, rows[0].unit, wording, letters)
    ticked = list(axes.month_axis(calendar, box.bottom, wording, letters))
    runs = [_figure_marks(piece, calendar, scale) for piece in pieces]
    joins = _joins(runs)
    labels += [part for part in ticked if isinstance(part, Label)]
    labels += _values(pieces, runs, joins, box, reports)
    marks = tuple(m for run in runs for m in run)
    samples = axes.legend_samples(marks, reports.words["legend"])
    if len(pieces) > 1:
        samples = [*((_DASHES[n % len(_DASHES)], piece.title) for n, piece in enumerate(pieces)), *samples]
    symbols, names, bottom = axes.legend(samples, 0, box.bottom + 36, width, letters)
    chart = ChartScene(
        width,
        bottom,
        " ".join((_opening(picture, calendar, wording), *reports.by_figure(pieces))),
        reports.tables(pieces, timed=True),
        (*labels, *names),
        lines=(*grid, *(part for part in ticked if isinstance(part, Line)), *joins),
        marks=marks,
        legend=symbols,
    )
    return scaled(chart, by)


def _joins(runs: Sequence[Sequence[EstimateMark]]) -> list[Line]:
    return [
        Line(a.x, a.y, b.x, b.y, _DASHES[place % len(_DASHES)])
        for place, run in enumerate(runs)
        for a, b in pairwise(run)
    ]


def _opening(picture: DrawingView, calendar: TimeScale, wording: Wording) -> str:
    first, last = wording.month(calendar.first, year=True), wording.month(calendar.last, year=True)
    words = wording.strings["charts"]["alt_lines"]
    return str(words.format(title=with_full_stop(picture.title), first=first, last=last))


def _figure_marks(piece: ItemView, calendar: TimeScale, scale: Scale) -> list[EstimateMark]:
    """The marks of one figure in the order of their times."""
    found: list[tuple[float, EstimateView]] = []
    for row in piece.rows:
        if plotted_values(row):
            start, end = calendar.span(required_time(row))
            found.append(((start + end) / 2, row))
    out = []
    for x, row in sorted(found, key=lambda pair: (pair[0], pair[1].ref)):
        low, high = scale.at(plotted_values(row)[0]), scale.at(plotted_values(row)[-1])
        out.append(estimate_mark(row, x, low, 0, low - high))
    return out


def _values(
    pieces: Sequence[ItemView],
    runs: Sequence[Sequence[EstimateMark]],
    joins: Sequence[Line],
    box: Box,
    reports: EstimateText,
) -> list[Label]:
    """The number at every mark, or at each figure's last; at none where those have no room: the axis and table tell."""
    rows = {row.ref: row for piece in pieces for row in piece.rows}
    marks = [m for run in runs for m in run]
    taken = [spot for line in joins for spot in along(line)]
    within = Box(box.left, 0, box.right + 5, box.bottom - 1)
    for chosen in (marks, [run[-1] for run in runs]):
        blocks = [reports.chart_text.text_block([(reports.value(rows[m.ref]), "value")], 110, m.ref) for m in chosen]
        others = [spot for m in marks if m not in chosen for spot in covered_boxes(m)]
        if places := place_labels(blocks, [covered_boxes(m) for m in chosen], within, [*taken, *others]):
            put = zip(chosen, blocks, places, strict=True)
            return [b.label_at(m.ref, p.box.left, p.box.top, align=p.align) for m, b, p in put]
    return []
