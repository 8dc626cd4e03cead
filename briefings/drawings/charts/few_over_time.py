"""Lay out a few reports over time for one look: a mark and a label each, and little else.

For a slide, and for a sheet whose table has who says so. No mark has the whiskers
of its period, which a label states if it is long; rival reports are linked only where they stand above one another.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ...briefing.parts import DrawingView, EstimateView
from ...language.wording import Wording
from ..fonts import TextMeasure
from ..scene import Box, DrawingSize, Label, NoRoomError
from . import axes
from .chart_text import BASE_TEXT_SIZE, ChartText
from .estimate_text import EstimateText, day_range, plotted_values
from .label_placement import along
from .marks import ChartScene, EstimateMark, LegendSymbol, Line, boxes, covered_boxes, scaled
from .plotted_estimates import Plot, estimate_marks, mark_labels, plot_axes, steps_for
from .scales import Scale, TimeScale, whole_months

_LARGER = (1.4, 1.3, 1.2, 1.1, 1.0)  # how much larger the text of a slide may be, if every label still has room
_LABELS = ((240.0, 0.0), (158.0, 0.6), (104.0, 1.6))  # as plotted_estimates has them, wider: few labels share the room
_SHARE, _SHARE_OF_LINE = 0.54, 0.42  # of the width: the height of a chart that need not fill a slide; of a line
_LONG = 0.15  # of the calendar: a label states a longer period
_NEAR = 40.0  # px: rival marks at most that far apart across have a bracket
_STEM = 16.0  # px: from the axis to the label of a report in words
_BESIDE = 96.0  # px: where the legend begins, beside the highest amount
_BELOW_AXIS = 34.0  # px: the names of months and years
_BELOW_YEARS = 20.0  # px: of years alone


def layout_few(
    picture: DrawingView,
    rows: Sequence[EstimateView],
    joined: bool,
    wording: Wording,
    measure: TextMeasure,
    size: DrawingSize,
) -> ChartScene | None:
    """Lay out the chart, with its text as large as all labels have room for; None if one has none.

    A line says itself how it went: where it has too many marks, only its ends and its peak have labels.
    """
    telling = _telling([row for row in rows if plotted_values(row)]) if joined else ()
    for labelled in (rows, telling) if telling else (rows,):
        for larger in _LARGER if size.to_fit else (1.0,):
            for end in (0.0, 60.0, 120.0):  # px: room for a label after the last mark
                factor = size.text_size * larger / BASE_TEXT_SIZE
                try:
                    chart = _layout(picture, rows, labelled, joined, wording, measure, size, factor, end)
                except NoRoomError:
                    continue
                if chart:
                    return scaled(chart, factor)
    return None


def _layout(
    picture: DrawingView,
    rows: Sequence[EstimateView],
    labelled: Sequence[EstimateView],
    joined: bool,
    wording: Wording,
    measure: TextMeasure,
    size: DrawingSize,
    factor: float,
    end: float,
) -> ChartScene | None:
    chart_text, width = ChartText(measure), size.width / factor
    height = size.max_height / factor if size.to_fit else (_SHARE_OF_LINE if joined else _SHARE) * width
    texts = EstimateText(picture, wording, chart_text, brief=True)
    counted = [row for row in rows if plotted_values(row)]
    steps = steps_for(counted, 5 if size.to_fit else 3)
    left = max(chart_text.width(wording.tick(step), "tick") for step in steps) + 8
    right = width - 4 - end
    calendar = TimeScale(*whole_months(*day_range(rows)), left, right)
    below = _BELOW_AXIS if axes.has_months(calendar) else _BELOW_YEARS
    if not size.to_fit:
        height -= _BELOW_AXIS - below
    box = Box(left, 20, right, height - below)
    plot = Plot(box, calendar, Scale(steps[0], steps[-1], box.bottom, box.top), steps)
    full = estimate_marks(counted, plot)
    marks = {m.ref: replace(m, first=0.0, last=0.0) for m in full}
    long = {m.ref for m in full if m.first + m.last > _LONG * box.width}
    joins = [Line(a.x, a.y, b.x, b.y, "join") for a, b in pairwise(marks.values())] if joined else []
    brackets, signs = _brackets(counted, marks, plot, chart_text)
    symbols, names = _legend(brackets, joined, wording, chart_text, width)
    stems = []
    for row in rows:
        if row.ref not in marks:
            x = min(plot.middle(row), box.right - 2)
            marks[row.ref] = EstimateMark("", x, box.bottom - _STEM + 4.5, 0, row.ref)
            stems.append(Line(x, box.bottom, x, box.bottom - _STEM, "said"))
    lines = [part for line in (*joins, *brackets) for part in along(line)]
    within = Box(box.left + 2, box.top - 16, width, box.bottom - 3)
    refs = {row.ref for row in labelled}
    others = [box for ref, m in marks.items() if ref not in refs for box in covered_boxes(m)]
    shown = [marks[row.ref] for row in labelled]
    labels, leaders, numbered = mark_labels(
        *(labelled, shown, [*boxes((*signs, *names)), *others], lines, plot, texts),
        within=within,
        widths=_LABELS,
        label=lambda row, across: texts.few_label(row, across, who=size.to_fit, dated=row.ref in long),
    )
    if numbered:
        return None
    axis, scale = plot_axes(plot, counted, wording, chart_text, boxes(labels))
    return ChartScene(
        width,
        height,
        texts.over_time(rows, calendar, joined=joined),
        texts.table(rows, timed=True),
        (*scale, *names, *signs, *labels),
        lines=(*axis, *brackets, *joins, *stems, *leaders),
        marks=tuple(marks[row.ref] for row in counted),
        legend=symbols,
    )


def _telling(counted: Sequence[EstimateView]) -> tuple[EstimateView, ...]:
    """The first, the last and the largest report, in their order."""
    if not counted:
        return ()
    largest = max(counted, key=lambda row: max(plotted_values(row)))
    return tuple(row for row in counted if row in (counted[0], counted[-1], largest))


def _brackets(
    counted: Sequence[EstimateView], marks: dict[str, EstimateMark], plot: Plot, chart_text: ChartText
) -> tuple[list[Line], list[Label]]:
    """Return a bracket with a "≠" beside two rival reports of about the same time, for the pair furthest apart."""
    pairs = [(marks[row.ref], marks[other]) for row in counted for other in row.rivals if other in marks]
    near = [(a, b) for a, b in pairs if a.y < b.y - 30 and abs(a.x - b.x) <= _NEAR]
    if not near:
        return [], []
    a, b = max(near, key=lambda pair: pair[1].y - pair[0].y)
    left, right = min(a.x, b.x) - 17, max(a.x, b.x) + 17
    x, tip = (left, 6) if left - 6 >= plot.box.left else (right, -6)
    middle = (a.y + b.y) / 2
    sign = chart_text.line_label("≠", x, middle + 4, "sign", "middle")
    ends = [Line(x, m.y, x + tip, m.y, "bracket") for m in (a, b)]
    return [*ends, Line(x, a.y, x, middle - 9, "bracket"), Line(x, middle + 9, x, b.y, "bracket")], [sign]


def _legend(
    brackets: Sequence[Line],
    joined: bool,
    wording: Wording,
    chart_text: ChartText,
    width: float,
) -> tuple[tuple[LegendSymbol, ...], tuple[Label, ...]]:
    """Lay out what the lines mean in one row beside the highest amount: a label says "about" or "more than" itself."""
    kinds = wording.strings["charts"]["legend"]
    shown = (("bracket", "rival", brackets), ("join", "join", joined))
    items = [(role, kinds[name]) for role, name, used in shown if used]
    symbols, names, _ = axes.legend(items, 0, 0, width, chart_text, _BESIDE)
    return symbols, names
