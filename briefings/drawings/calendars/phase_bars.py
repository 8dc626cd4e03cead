"""Phases -> a bar with its name for each, over a calendar."""

from collections.abc import Sequence

from ...briefing.parts import ItemView
from ..charts.chart_text import ChartText
from ..charts.marks import Bar, Line
from ..charts.scales import TimeScale, possible_days
from ..scene import Box
from ..text_layout import TextBlock
from .parts import Parts

_GAP = 8.0  # px: between names above the bars
_INSIDE = 3.5  # px: between the edges of a bar and its name
_LINE = 12.0  # px: height of a line in a phase's bar
_BETWEEN = 1.5  # px: of paper between two bars, which have one colour


def layout_phase_bars(
    pieces: Sequence[ItemView], days: TimeScale, top: float, chart_text: ChartText, parts: Parts
) -> float:
    """Lay out a bar with its name for each phase, and return the bottom. A name without room stands above its bar."""
    phases = [piece for piece in pieces if piece.start]
    bands: list[tuple[ItemView, float, float]] = []
    for piece, following in zip(phases, (*phases[1:], None), strict=True):
        assert piece.start is not None
        start = max(days.at(possible_days(piece.start)[0]), days.start)
        if following is not None and following.start is not None:
            end = days.at(possible_days(following.start)[0])
        else:
            end = days.span(piece.end or piece.start)[1]
        cut = days.at(possible_days(piece.start)[0]) < days.start and end - start < 3 * _GAP
        if min(end, days.end) - start > 2 and not cut:
            bands.append((piece, start, min(end, days.end)))
    if not bands:
        return top
    names = [
        chart_text.text_block([(piece.title, "phase")], max(end - start - 2 * _INSIDE, 1))
        for piece, start, end in bands
    ]
    inside = [
        name.width <= end - start - 2 * _INSIDE + 1 and len(name.lines) <= 3
        for name, (_, start, end) in zip(names, bands, strict=True)
    ]
    height = max((name.height for name, fits in zip(names, inside, strict=True) if fits), default=_LINE) + 9
    top = _names_above(bands, inside, days, top, chart_text, parts)
    for (piece, start, end), name, fits in zip(bands, names, inside, strict=True):
        parts.bars.append(Bar(Box(start, top, end - _BETWEEN, top + height), "ink"))
        if fits:
            parts.labels.append(name.label_at(piece.id, start + _INSIDE, top + 4))
    return top + height


def _names_above(
    bands: Sequence[tuple[ItemView, float, float]],
    inside: Sequence[bool],
    days: TimeScale,
    top: float,
    chart_text: ChartText,
    parts: Parts,
) -> float:
    """Put the names without room in rows above the bars, each with a stroke down to its bar.

    Returns the y at which the bars begin.
    """
    rows: list[float] = []  # the x at which each row ends
    placed: list[tuple[ItemView, TextBlock, float, float, int]] = []
    for (piece, start, _), fits in zip(bands, inside, strict=True):
        if fits:
            continue
        name = chart_text.text_block([(piece.title, "band")], 1e6)
        left = max(min(start + 5, days.end - name.width), 0.0)
        # a row is free for it if no later stroke of a lower row would cross its name: lower rows come last
        row = next((n for n, end in enumerate(rows) if end + _GAP <= left), len(rows))
        if row == len(rows):
            rows.append(0.0)
        rows[row] = left + name.width
        placed.append((piece, name, left, start, row))
    step = 15.0
    bottom = top + step * len(rows)
    for piece, name, left, start, row in placed:
        y = top + step * row
        parts.labels.append(name.label_at(piece.id, left, y))
        if left > start and not any(
            other is not piece and where > row and x - 2 < start < x + wide.width for other, wide, x, _, where in placed
        ):
            parts.lines.append(Line(start + 1, y + 2, start + 1, bottom, "said"))
    return bottom + (2 if rows else 0)
