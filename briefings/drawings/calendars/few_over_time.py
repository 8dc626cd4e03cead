"""Lay out a few reports over time for one look: a mark and a label each, and little else.

For a slide, and for a sheet whose table has who says so. No mark has the whiskers
of its period, which a label states if it is long; rival reports are linked only where they stand above one another.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ...briefing.parts import DrawingView, EstimateView
from ...language.wording import Wording
from ..charts import axes
from ..charts.chart_text import BASE_TEXT_SIZE, ChartText
from ..charts.estimate_text import EstimateText, day_range, plotted_values, required_time
from ..charts.label_placement import along
from ..charts.marks import ChartScene, EstimateMark, LegendSymbol, Line, boxes, covered_boxes, scaled
from ..charts.plotted_estimates import (
    Plot,
    PlottedEstimates,
    amounts_beside,
    estimate_marks,
    mark_labels,
    plot_axes,
    steps_for,
)
from ..charts.scales import Scale, TimeScale, possible_days, whole_months
from ..fonts import TextMeasure
from ..scene import Box, DrawingSize, Label, NoRoomError

_LARGER = (1.4, 1.3, 1.2, 1.1, 1.0)  # how much larger the text of a slide may be, if every label still has room
_LABELS = ((240.0, 0.0), (158.0, 0.6), (104.0, 1.6))  # as plotted_estimates has them, wider: few labels share the room
_SHARE, _SHARE_OF_LINE = 0.54, 0.42  # of the width: the height of a chart that need not fill a slide; of a line
_LONG = 0.15  # of the calendar: a label states a longer period
_NEAR = 40.0  # px: rival marks at most that far apart across have a bracket
_SIGN = 24.0  # px: and at least that far apart upwards: the sign between them has room
_STEM = 16.0  # px: from the axis to the label of a report in words
_APART = 12.0  # px: between such stems at least, or the labels on both sides of a stem would be read as one line
_LEGEND = 14.0  # px: the bottom of the legend
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

    Smaller text is better than a label at the end of a leader. A line says itself how it went: where it has too many
    marks, only its ends and its peak have labels.
    """
    telling = _telling([row for row in rows if plotted_values(row)]) if joined else ()
    for labelled in (rows, telling) if telling else (rows,):
        largest: ChartScene | None = None
        for larger in _LARGER if size.to_fit else (1.0,):
            for end in (0.0, 60.0, 120.0):  # px: room for a label after the last mark
                factor = size.text_size * larger / BASE_TEXT_SIZE
                try:
                    chart = _layout(picture, rows, labelled, joined, wording, measure, size, factor, end)
                except NoRoomError:
                    continue
                if not any(line.role == "leader" for line in chart.lines):
                    return scaled(chart, factor)
                largest = largest or scaled(chart, factor)
        if largest:
            return largest
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
) -> ChartScene:
    """The chart with text `factor` times the usual size. Raises NoRoomError if a label has none."""
    chart_text, width = ChartText(measure), size.width / factor
    texts = EstimateText(picture, wording, chart_text, brief=True)
    counted = [row for row in rows if plotted_values(row)]
    steps = steps_for(counted, 5 if size.to_fit else 3)
    left = max(chart_text.width(wording.tick(step), "tick") for step in steps) + 8
    calendar = TimeScale(*whole_months(*day_range(rows)), left, width - 4 - end)
    height, bottom = _heights(size, factor, calendar, joined)
    plot, full = _plot(counted, steps, Box(left, 20, calendar.end, bottom), calendar)
    box = plot.box
    marks = {m.ref: replace(m, first=0.0, last=0.0) for m in full}
    long = {m.ref for m in full if m.first + m.last > _LONG * box.width}
    joins = [Line(a.x, a.y, b.x, b.y, "join") for a, b in pairwise(marks.values())] if joined else []
    brackets, signs = _brackets(counted, marks, plot, chart_text)
    symbols, names = _legend(brackets, joined, wording, chart_text, width)
    in_words = _in_words([row for row in rows if row.ref not in marks], plot)
    marks |= {m.ref: m for m in in_words}
    stems = [Line(m.x, box.bottom, m.x, box.bottom - _STEM, "said") for m in in_words]
    lines = [part for line in (*joins, *brackets) for part in along(line)]
    taken = boxes((*signs, *names))
    labels, leaders = _labels(labelled, marks, long, taken, lines, plot, texts, width, size.to_fit)
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


def plot_few(
    rows: Sequence[EstimateView], box: Box, calendar: TimeScale, texts: EstimateText, taken: Sequence[Box]
) -> PlottedEstimates | None:
    """Plot a few reports over the calendar of another drawing, those in words too; None if a label has no room."""
    counted = sorted(
        (row for row in rows if plotted_values(row)), key=lambda row: (possible_days(required_time(row)), row.ref)
    )
    ordered = [*counted, *(row for row in rows if not plotted_values(row))]
    steps = steps_for(counted, 3)
    plot = Plot(box, calendar, Scale(steps[0], steps[-1], box.bottom, box.top), tuple(steps))
    full = estimate_marks(counted, plot)
    marks = {m.ref: replace(m, first=0.0, last=0.0) for m in full}
    long = {m.ref for m in full if m.first + m.last > _LONG * box.width}
    brackets, signs = _brackets(counted, marks, plot, texts.chart_text)
    in_words = _in_words([row for row in ordered if row.ref not in marks], plot)
    marks |= {m.ref: m for m in in_words}
    stems = [Line(m.x, box.bottom, m.x, box.bottom - _STEM, "said") for m in in_words]
    lines = [part for line in brackets for part in along(line)]
    try:
        labels, leaders = _labels(
            ordered, marks, long, [*taken, *boxes(signs)], lines, plot, texts, box.right + 2, True
        )
    except NoRoomError:
        return None
    axis, scale = amounts_beside(plot, counted, texts, labels)
    return PlottedEstimates(
        (*scale, *signs, *labels),
        (*axis, *brackets, *stems, *leaders),
        tuple(marks[row.ref] for row in counted),
        (),
    )


def _plot(
    counted: Sequence[EstimateView], steps: Sequence[float], box: Box, calendar: TimeScale
) -> tuple[Plot, list[EstimateMark]]:
    """Return the plot and its marks, with a step more where an arrow would run into the legend above it."""
    for values in (steps, (*steps, steps[-1] + steps[1] - steps[0])):
        plot = Plot(box, calendar, Scale(values[0], values[-1], box.bottom, box.top), tuple(values))
        marks = list(estimate_marks(counted, plot))
        if all(covered.top >= _LEGEND for mark in marks for covered in covered_boxes(mark)):
            break
    return plot, marks


def _labels(
    labelled: Sequence[EstimateView],
    marks: dict[str, EstimateMark],
    long: set[str],
    taken: Sequence[Box],
    lines: Sequence[Box],
    plot: Plot,
    texts: EstimateText,
    width: float,
    who: bool,
) -> tuple[list[Label], list[Line]]:
    """Place the labels of some reports, as mark_labels() does, clear of all marks, or raise NoRoomError."""
    refs, box = {row.ref for row in labelled}, plot.box
    others = [covered for ref, m in marks.items() if ref not in refs for covered in covered_boxes(m)]
    labels, leaders, _ = mark_labels(
        *(labelled, [marks[row.ref] for row in labelled], [*taken, *others], lines, plot, texts),
        within=Box(box.left + 2, box.top - 16, width, box.bottom - 3),
        widths=_LABELS,
        label=lambda row, across: texts.few_label(row, across, who=who, dated=row.ref in long),
        all_or_none=True,
    )
    return labels, leaders


def _heights(size: DrawingSize, factor: float, calendar: TimeScale, joined: bool) -> tuple[float, float]:
    """Return the height of the chart and the y of its axis. Below it, years alone need less room than months."""
    below = _BELOW_AXIS if axes.has_months(calendar) else _BELOW_YEARS
    if size.to_fit:
        height = size.max_height / factor
    else:
        height = (_SHARE_OF_LINE if joined else _SHARE) * size.width / factor - _BELOW_AXIS + below
    return height, height - below


def _in_words(rows: Sequence[EstimateView], plot: Plot) -> list[EstimateMark]:
    """Return where reports in words stand, each at the end of a stem of its own. They have no symbol."""
    marks: list[EstimateMark] = []
    x = plot.box.right - 2 + _APART
    for row in sorted(rows, key=plot.middle, reverse=True):
        x = min(plot.middle(row), x - _APART)
        marks.insert(0, EstimateMark("", x, plot.box.bottom - _STEM + 4.5, 0, row.ref))
    return marks


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
    near = [(a, b) for a, b in pairs if a.y < b.y - _SIGN and abs(a.x - b.x) <= _NEAR]
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
