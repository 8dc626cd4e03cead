"""A drawing -> what a slide, or a column beside a table, has room for. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from ..briefing.parts import DrawingView, EstimateView, ItemView
from ..schema.dates import PartialDate
from ..schema.drawings import Drawing, MapDrawing

MAX_REPORTS = 6  # on one scale: more are too small or too close to be read from the last row
_GAP = 0.12  # of the whole time: a report that far from every other shows how it went on


def fewer_reports(picture: DrawingView) -> DrawingView:
    """The chart with at most MAX_REPORTS reports.

    Of each figure the largest and the last; then what fills a gap in time between these; then their rivals.
    A figure of which all reports are in words comes after those with numbers, since a scale shows nothing of it. The
    order of reports stays. A chart that joins its reports by lines keeps all.
    """
    rows = [row for piece in picture.pieces for row in piece.rows]
    if len(rows) <= MAX_REPORTS or getattr(picture.thing, "joined", False):
        return picture
    kept = {row.ref for row in _in_order_of_weight(picture.pieces)[:MAX_REPORTS]}
    pieces = (replace(piece, rows=tuple(row for row in piece.rows if row.ref in kept)) for piece in picture.pieces)
    shown = tuple(piece for piece in pieces if piece.rows)
    left = [source for row in rows if row.ref not in kept for source in row.sources]
    used = {source for piece in shown for row in piece.rows for source in row.sources} | {*picture.thing.sources}
    sources = tuple(source for source in picture.sources if source in used or source not in left)
    return replace(picture, pieces=shown, sources=sources)


def at_a_glance(picture: DrawingView) -> DrawingView:
    """A chart over time with its few most telling reports, under what it says."""
    shown = fewer_reports(picture)
    before, kept = ({row.ref for piece in each.pieces for row in piece.rows} for each in (picture, shown))
    rows = tuple(row for row in picture.rows if row.ref in kept or row.ref not in before)  # a title may name others
    return replace(shown, rows=rows, title=picture.says or picture.title)


def brief_drawing(drawing: Drawing) -> Drawing:
    """A map without its wider view, which has no room on a low one; any other drawing as it is."""
    if not isinstance(drawing, MapDrawing):
        return drawing
    return drawing.model_copy(update={"inset": None, "inset_places": ()})


def _in_order_of_weight(pieces: Sequence[ItemView]) -> list[EstimateView]:
    """The reports of a chart, those first without which it would say least."""
    counted = [list(piece.rows) for piece in pieces if any(map(_highest, piece.rows))]
    worded = [list(piece.rows) for piece in pieces if not any(map(_highest, piece.rows))]
    found: dict[str, EstimateView] = {}
    for figures in (counted, worded):
        ends = [row for turn in zip(*map(_ends, figures), strict=True) for row in turn]
        found |= {row.ref: row for row in ends}
        every = [row for rows in figures for row in rows]
        alone = _alone([row for row in every if row.ref not in found], list(found.values()))
        found |= {row.ref: row for row in alone}
        rivals = {ref for row in ends for ref in row.rivals}
        found |= {row.ref: row for row in every if row.ref in rivals and row.ref not in found}
        found |= {row.ref: row for row in every if row.ref not in found}
    return list(found.values())


def _ends(rows: Sequence[EstimateView]) -> tuple[EstimateView, ...]:
    """The largest and the last of a figure's reports, which may be one."""
    return max(rows, key=_highest), max(rows, key=lambda row: (_time(row).first, _time(row).last))


def _highest(row: EstimateView) -> float:
    values = (row.estimate.value, row.estimate.high, row.estimate.low)
    return float(max((value for value in values if value is not None), default=0))


def _alone(rest: list[EstimateView], chosen: list[EstimateView]) -> list[EstimateView]:
    """The reports of a time of which no chosen one is, those first that are furthest from it."""
    out: list[EstimateView] = []
    times = [_time(row) for row in (*rest, *chosen)]
    span = (max(time.last for time in times) - min(time.first for time in times)).days if times else 0
    while rest:
        gaps = {row.ref: min((_days_between(row, other) for other in (*chosen, *out)), default=0) for row in rest}
        row = max(rest, key=lambda row: gaps[row.ref])
        if not span or gaps[row.ref] < _GAP * span:
            break
        out.append(row)
        rest = [other for other in rest if other is not row]
    return out


def _days_between(row: EstimateView, other: EstimateView) -> int:
    one, two = _time(row), _time(other)
    return max((two.first - one.last).days, (one.first - two.last).days, 0)


def _time(row: EstimateView) -> PartialDate:
    time = row.estimate.covers or row.estimate.as_of
    assert time is not None, "a drawing over time was given an estimate without a date"
    return time
