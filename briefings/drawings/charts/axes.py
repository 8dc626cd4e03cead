"""Lay out the axes and legends of charts: ticks for amounts, months and years, and samples of the marks in use."""

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ...language.wording import Wording
from ...schema.figures import Unit
from ..scene import Box, Label
from .chart_text import ChartText
from .marks import ARROW, EstimateMark, LegendSymbol, Line
from .scales import Scale, TimeScale

# (kind of mark, arrow, key of its text in strings/<language>.yaml), in the order of a legend
SYMBOLS = (
    ("exactly", "", "exactly"),
    ("about", "", "about"),
    ("more", "more", "more"),
    ("less", "less", "less"),
    ("range", "", "range"),
    ("range", "more", "range"),
    ("range", "less", "range"),
    ("derived", "", "derived"),
    ("derived", "more", "derived"),
    ("derived", "less", "derived"),
    ("derived-range", "", "derived"),
    ("derived-range", "more", "derived"),
    ("derived-range", "less", "derived"),
)
_ROOM = 30.0  # px: width reserved for a symbol in a legend


def legend_samples(marks: Iterable[EstimateMark], kinds: dict[str, str]) -> list[tuple[EstimateMark | str, str]]:
    """Return a sample of each symbol that `marks` use, with its text. Symbols with the same text are listed once."""
    shown = {(m.kind, m.arrow) for m in marks}
    out: list[tuple[EstimateMark | str, str]] = []
    for kind, arrow, name in SYMBOLS:
        if (kind, arrow) in shown and kinds[name] not in [text for _, text in out]:
            out.append((EstimateMark(kind, 0, 0, 0, "", arrow, 11 if "range" in kind else 0), kinds[name]))
    return out


def legend(
    items: Sequence[tuple[EstimateMark | str, str]],
    turn: int,
    top: float,
    width: float,
    chart_text: ChartText,
    left: float = 0.0,
) -> tuple[tuple[LegendSymbol, ...], tuple[Label, ...], float]:
    """Lay out samples with their texts in rows, and return the symbols, the labels and the y below the last row.

    A sample is a mark, or the role of a line. `turn` is that of the marks in the chart.
    """
    symbols: list[LegendSymbol] = []
    labels: list[Label] = []
    x, y = left, top
    for sample, text in items:
        size = _ROOM + chart_text.width(text, "note")
        if x > left and x + size > width:
            x, y = left, y + 19
        labels.append(chart_text.line_label(text, x + _ROOM, y + 11, "note"))
        if isinstance(sample, str):
            symbols.append(LegendSymbol(None, Line(x, y + 7.5, x + _ROOM - 7, y + 7.5, sample)))
        else:
            symbols.append(LegendSymbol(_sample(sample, x + 11.5, y + 7.5, turn), None))
        x += size + 13
    return tuple(symbols), tuple(labels), y + 19 if items else top


def _sample(m: EstimateMark, x: float, y: float, turn: int) -> EstimateMark:
    """Return the mark moved so that its centre, including the arrow, is at (x, y)."""
    shift = (ARROW - 5) / 2 if m.arrow == "more" else -(ARROW - 5) / 2 if m.arrow == "less" else m.length / 2
    x, y = (x - shift, y) if turn else (x, y + shift)
    return EstimateMark(m.kind, x, y, turn, "", m.arrow, m.length, m.first, m.last)


def has_months(calendar: TimeScale) -> bool:
    """Whether months have room for their names; if not, an axis has years alone."""
    return calendar.px_per_day * 30.4 >= 7  # 30.4 days: the mean length of a month


def month_axis(calendar: TimeScale, y: float, wording: Wording, chart_text: ChartText) -> Iterator[Line | Label]:
    """Yield ticks and names of months below an axis at `y`, or of years if a month is narrower than 7 px.

    Month names need about 25 px each; where they have less room, only every second, third, ... month is named.
    """
    if not has_months(calendar):
        yield from _years(calendar, y, chart_text)
        return
    step = max(1, math.ceil(25 / (calendar.px_per_day * 30.4)))
    labelled_years: set[int] = set()
    for place, (first, start, end) in enumerate(calendar.months()):
        begins = first.year not in labelled_years
        if place:
            yield Line(start, y, start, y + (27 if begins else 5), "tick")
        if begins and start + 30 <= calendar.end:
            yield chart_text.line_label(str(first.year), start + (4 if place else 0), y + 27, "year")
        labelled_years.add(first.year)
        if place % step == 0:
            yield chart_text.line_label(wording.month(first), (start + end) / 2, y + 14, "tick", "middle")


def calendar_axis(
    calendar: TimeScale, y: float, wording: Wording, chart_text: ChartText, *, high: float = 16, drop: float = 13
) -> Iterator[Line | Label]:
    """Yield a row of months between an axis at `y` and `high` px below it: ticks, and names on a baseline `drop` below.

    Where a month has no room for its name, the row is one of years, or of every second, fifth, ... year.
    """
    months = list(calendar.months())
    if all(chart_text.width(wording.month(first), "tick") + 6 <= end - start for first, start, end in months):
        yield from (Line(start, y, start, y + high, "tick") for _, start, _ in months)
        yield from month_names(calendar, y + drop, wording, chart_text)
        return
    room = calendar.px_per_day * 365.25
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if s * room >= 38), 1000)
    if step == 1 and room >= 84:  # months are told apart where they are at least 7 px wide
        yield from (Line(start, y, start, y + high / 4, "tick") for _, start, _ in months)
    for year in range(calendar.first.year, calendar.last.year + 1):
        if year % step == 0:
            start = max(calendar.at(date(year, 1, 1)), calendar.start)
            yield Line(start, y, start, y + high, "tick")
            if start + 4 + chart_text.width(str(year), "year") <= min(calendar.at(date(year + 1, 1, 1)), calendar.end):
                yield chart_text.line_label(str(year), start + 4, y + drop, "year")


def month_names(
    calendar: TimeScale, y: float, wording: Wording, chart_text: ChartText, *, centred: bool = False
) -> Iterator[Label]:
    """Yield the name of each month that is wide enough, and the year with the first of each year if there is room.

    `y` is the baseline. A name stands 4 px after the start of its month, or in its middle if `centred`.
    """
    room = 4 if centred else 6
    year = 0
    for first, start, end in calendar.months():
        name = wording.month(first)
        dated = (f"{name} {first.year}", "year") if first.year != year else (name, "tick")
        for words, role in (dated, (name, "tick")):
            if chart_text.width(words, role) + room <= end - start:
                x = (start + end) / 2 if centred else start + 4
                yield chart_text.line_label(words, x, y, role, "middle" if centred else "start")
                year = first.year if words == dated[0] else year
                break


def year_names(calendar: TimeScale, top: float, y: float, chart_text: ChartText) -> Iterator[Line | Label]:
    """Yield a tick from `top` at the start of each year that has a name, and the name after it at the baseline `y`."""
    room = calendar.px_per_day * 365.25
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if s * room >= 34 or s == 1000)
    for year in range(calendar.first.year, calendar.last.year + 1):
        start = calendar.at(date(year, 1, 1))
        if year % step == 0 and start >= calendar.start - 1 and start + 34 <= calendar.end:
            yield Line(start, top, start, y + 6, "tick")
            yield chart_text.line_label(str(year), start + 4, y, "tick")


def _years(calendar: TimeScale, y: float, chart_text: ChartText) -> Iterator[Line | Label]:
    """Yield ticks and names of every nth year, so that the names are at least 34 px apart."""
    room = calendar.px_per_day * 365.25
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if s * room >= 34 or s == 1000)
    for year in range(calendar.first.year, calendar.last.year + 1):
        start = max(calendar.at(date(year, 1, 1)), calendar.start)
        if year % step == 0 or step == 1:
            yield Line(start, y, start, y + 5, "tick")
            if step > 1 or start + room - 2 <= calendar.end + room / 2:
                middle = min(start + room / 2, calendar.end) if step == 1 else start
                yield chart_text.line_label(str(year), middle, y + 14, "tick", "middle")


def amount_axis(
    scale: Scale,
    steps: Sequence[float],
    box: Box,
    unit: Unit,
    wording: Wording,
    chart_text: ChartText,
    gaps: Iterable[Box] = (),
) -> tuple[list[Line], list[Label]]:
    """Lay out horizontal grid lines, interrupted at `gaps`, and their amounts. The topmost amount has its unit."""
    lines: list[Line] = []
    labels: list[Label] = []
    for step in steps:
        y = scale.at(step)
        whole = Line(box.left, y, box.right, y, "axis" if step == 0 else "grid")
        lines += broken(whole, gaps) if step else [whole]
        if step == steps[-1]:
            labels.append(chart_text.line_label(wording.tick(step, unit), 0, y - 6, "tick"))
        else:
            labels.append(chart_text.line_label(wording.tick(step), box.left - 6, y + 3.5, "tick", "end"))
    return lines, labels


def broken(line: Line, boxes: Iterable[Box]) -> Iterator[Line]:
    """Yield the parts of a horizontal line outside `boxes`, with a margin of 3 px at each side."""
    y, x = line.y1, line.x1
    cuts = sorted((b.left - 3, b.right + 3) for b in boxes if b.top - 1 < y < b.bottom + 1)
    for start, end in cuts:
        if start > x:
            yield Line(x, y, min(start, line.x2), y, line.role)
        x = max(x, end)
    if x < line.x2:
        yield Line(x, y, line.x2, y, line.role)
