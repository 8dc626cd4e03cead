"""Lay out a bar chart: a horizontal bar from zero for each estimate, for counts made with the same method."""

from ...briefing.parts import DrawingView, EstimateView
from ...language.wording import Wording
from ..fonts import TextMeasure
from ..scene import Box, DrawingSize, Label
from .chart_text import BASE_TEXT_SIZE, ChartText
from .estimate_text import EstimateText, capitalize_first, plotted_values, with_full_stop
from .marks import Bar, ChartScene, Line, scaled
from .scales import Scale, ticks

_MIN_SIDE_BY_SIDE_WIDTH = 290.0  # px: narrower charts have the text above the bar instead of to its left
_THICK = 11.0  # px: thickness of a bar


def layout_bar_chart(picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize) -> ChartScene:
    """Lay out all bars on one scale that includes zero. Derived values are hollow, as is the open part of a range."""
    factor = size.text_size / BASE_TEXT_SIZE
    chart_text, width = ChartText(measure), size.width / factor
    texts = EstimateText(picture, wording, chart_text)
    rows = [row for piece in picture.pieces for row in piece.rows if plotted_values(row)]
    steps = ticks(
        min((n for r in rows for n in plotted_values(r)), default=0),
        max((n for r in rows for n in plotted_values(r)), default=1),
        4 if width > 420 else 3,
    )
    side_by_side = width >= _MIN_SIDE_BY_SIDE_WIDTH
    text = width * 0.46 if side_by_side else width
    ends = [chart_text.width(wording.tick(step), "tick") / 2 for step in (steps[0], steps[-1])]
    scale = Scale(steps[0], steps[-1], text + 12 if side_by_side else max(ends[0], 4), width - max(ends[1], 4))
    labels: list[Label] = []
    lines: list[Line] = []
    bars: list[Bar] = []
    y = 0.0
    for row in rows:
        block = chart_text.text_block(
            [(_name(row, texts), "value"), (_words(row, texts), "who")], text - 4 if side_by_side else width, ""
        )
        labels.append(block.label_at(row.ref, 0, y + 4))
        height = block.height + 9 if side_by_side else block.height + _THICK + 14
        top = y + 6 if side_by_side else y + block.height + 8
        low, high = min(0.0, *plotted_values(row)), max(0.0, *plotted_values(row))
        role = "hollow" if row.how else "reported"
        bars.append(Bar(Box(scale.at(low), top, scale.at(high), top + _THICK), role, row.ref))
        if row.estimate.low is not None:  # the true value is in the lighter part
            first, last = plotted_values(row)[0], plotted_values(row)[-1]
            bars.append(Bar(Box(scale.at(first), top, scale.at(last), top + _THICK), "hollow", row.ref))
        y += height
    for step in steps:
        x = scale.at(step)
        lines.append(Line(x, 0, x, y + 4, "axis" if step == 0 else "grid"))
        labels.append(chart_text.line_label(wording.tick(step), x, y + 14, "tick", "middle"))
    alt = " ".join((texts.words["alt_bars"].format(title=with_full_stop(picture.title)), *texts.sentences(rows)))
    chart = ChartScene(
        width, y + 20, alt, texts.table(rows, timed=False), tuple(labels), lines=tuple(lines), bars=tuple(bars)
    )
    return scaled(chart, factor)


def _name(row: EstimateView, texts: EstimateText) -> str:
    """Return the name of a bar: what it counts, or else its date or who reported it."""
    as_of = row.estimate.as_of
    return capitalize_first(
        texts.about(row) or (texts.wording.when(as_of, short=True) if as_of else texts.attribution(row))
    )


def _words(row: EstimateView, texts: EstimateText) -> str:
    return f"{texts.value(row)} · {texts.attribution(row)}"
