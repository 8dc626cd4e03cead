"""Figures -> a bar for each estimate, from zero; for counts made in one way."""

from ...briefing.parts import DrawingView, EstimateView
from ...language.wording import Wording
from ..fonts import Measure
from ..scene import Box, Form, Label
from .lettering import TEXT, Lettering
from .marks import Bar, Chart, Line, scaled
from .reports import Reports, begin, numbers, sentence
from .scales import Scale, ticks

_BESIDE = 290.0  # px: from here on words stand beside their bar, below it over it
_THICK = 11.0  # px: a bar


def bars(picture: DrawingView, wording: Wording, measure: Measure, form: Form) -> Chart:
    """Level bars on one scale that holds zero; what is worked out is hollow, and so is what a range leaves open."""
    by = form.text / TEXT
    letters, width = Lettering(measure), form.width / by
    reports = Reports(picture, wording, letters)
    rows = [row for piece in picture.pieces for row in piece.rows if numbers(row)]
    steps = ticks(
        min((n for r in rows for n in numbers(r)), default=0),
        max((n for r in rows for n in numbers(r)), default=1),
        4 if width > 420 else 3,
    )
    beside = width >= _BESIDE
    text = width * 0.46 if beside else width
    ends = [letters.width(wording.tick(step), "tick") / 2 for step in (steps[0], steps[-1])]
    scale = Scale(steps[0], steps[-1], text + 12 if beside else max(ends[0], 4), width - max(ends[1], 4))
    labels: list[Label] = []
    lines: list[Line] = []
    drawn: list[Bar] = []
    y = 0.0
    for row in rows:
        block = letters.block(
            [(_name(row, reports), "value"), (_words(row, reports), "who")], text - 4 if beside else width, ""
        )
        labels.append(block.at(row.ref, 0, y + 4))
        height = block.height + 9 if beside else block.height + _THICK + 14
        top = y + 6 if beside else y + block.height + 8
        low, high = min(0.0, *numbers(row)), max(0.0, *numbers(row))
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
        labels.append(letters.line(wording.tick(step), x, y + 14, "tick", "middle"))
    alt = " ".join((reports.words["alt_bars"].format(title=sentence(picture.title)), *reports.sentences(rows)))
    chart = Chart(
        width, y + 20, alt, reports.table(rows, timed=False), tuple(labels), lines=tuple(lines), bars=tuple(drawn)
    )
    return scaled(chart, by)


def _name(row: EstimateView, reports: Reports) -> str:
    """What the bar is: what it counts, else when."""
    as_of = row.estimate.as_of
    return begin(reports.about(row) or (reports.wording.when(as_of, short=True) if as_of else reports.who(row)))


def _words(row: EstimateView, reports: Reports) -> str:
    return f"{reports.value(row)} · {reports.who(row)}"
