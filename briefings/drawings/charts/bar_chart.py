"""Figures -> a bar for each estimate, from zero; for counts made in one way."""

from ...briefing.parts import DrawingView, EstimateView
from ...language.wording import Wording
from ..fonts import TextMeasure
from ..scene import Box, DrawingSize, Label
from .chart_text import BASE_TEXT_SIZE, ChartText
from .estimate_text import EstimateText, capitalize_first, plotted_values, with_full_stop
from .marks import Bar, ChartScene, Line, scaled
from .scales import Scale, ticks

_MIN_SIDE_BY_SIDE_WIDTH = 290.0  # px: from here on words stand beside their bar, below it over it
_THICK = 11.0  # px: a bar


def layout_bar_chart(picture: DrawingView, wording: Wording, measure: TextMeasure, form: DrawingSize) -> ChartScene:
    """Level bars on one scale that holds zero; what is worked out is hollow, and so is what a range leaves open."""
    by = form.text_size / BASE_TEXT_SIZE
    letters, width = ChartText(measure), form.width / by
    reports = EstimateText(picture, wording, letters)
    rows = [row for piece in picture.pieces for row in piece.rows if plotted_values(row)]
    steps = ticks(
        min((n for r in rows for n in plotted_values(r)), default=0),
        max((n for r in rows for n in plotted_values(r)), default=1),
        4 if width > 420 else 3,
    )
    beside = width >= _MIN_SIDE_BY_SIDE_WIDTH
    text = width * 0.46 if beside else width
    ends = [letters.width(wording.tick(step), "tick") / 2 for step in (steps[0], steps[-1])]
    scale = Scale(steps[0], steps[-1], text + 12 if beside else max(ends[0], 4), width - max(ends[1], 4))
    labels: list[Label] = []
    lines: list[Line] = []
    drawn: list[Bar] = []
    y = 0.0
    for row in rows:
        block = letters.text_block(
            [(_name(row, reports), "value"), (_words(row, reports), "who")], text - 4 if beside else width, ""
        )
        labels.append(block.label_at(row.ref, 0, y + 4))
        height = block.height + 9 if beside else block.height + _THICK + 14
        top = y + 6 if beside else y + block.height + 8
        low, high = min(0.0, *plotted_values(row)), max(0.0, *plotted_values(row))
        role = "hollow" if row.how else "accent"
        drawn.append(Bar(Box(scale.at(low), top, scale.at(high), top + _THICK), role, row.ref))
        if row.estimate.low is not None:  # a range ends somewhere in its lighter part
            drawn.append(
                Bar(Box(scale.at(float(row.estimate.low)), top, scale.at(high), top + _THICK), "hollow", row.ref)
            )
        y += height
    for step in steps:
        x = scale.at(step)
        lines.append(Line(x, 0, x, y + 4, "axis" if step == 0 else "grid"))
        labels.append(letters.line_label(wording.tick(step), x, y + 14, "tick", "middle"))
    alt = " ".join((reports.words["alt_bars"].format(title=with_full_stop(picture.title)), *reports.sentences(rows)))
    chart = ChartScene(
        width, y + 20, alt, reports.table(rows, timed=False), tuple(labels), lines=tuple(lines), bars=tuple(drawn)
    )
    return scaled(chart, by)


def _name(row: EstimateView, reports: EstimateText) -> str:
    """What the bar is: what it counts, else when."""
    as_of = row.estimate.as_of
    return capitalize_first(
        reports.about(row) or (reports.wording.when(as_of, short=True) if as_of else reports.attribution(row))
    )


def _words(row: EstimateView, reports: EstimateText) -> str:
    return f"{reports.value(row)} · {reports.attribution(row)}"
