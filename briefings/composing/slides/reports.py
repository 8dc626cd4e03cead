"""A chart of many reports -> the few that a slide has room for. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from ...briefing.parts import DrawingView, EstimateView, ItemView
from ...schema.dates import PartialDate

MAX_REPORTS = 6  # on one scale: more are too small or too close to be read from the last row


def fewer_reports(picture: DrawingView) -> DrawingView:
    """The chart with at most MAX_REPORTS reports: of each figure the largest, the last and the first, then rivals.

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


def _in_order_of_weight(pieces: Sequence[ItemView]) -> list[EstimateView]:
    """The reports of a chart, those first without which it would say least."""
    counted = [list(piece.rows) for piece in pieces if any(map(_highest, piece.rows))]
    worded = [list(piece.rows) for piece in pieces if not any(map(_highest, piece.rows))]
    found: dict[str, EstimateView] = {}
    for figures in (counted, worded):
        ends = [row for turn in zip(*map(_ends, figures), strict=True) for row in turn]
        found |= {row.ref: row for row in ends}
        rivals = {ref for row in ends for ref in row.rivals}
        every = [row for rows in figures for row in rows]
        found |= {row.ref: row for row in every if row.ref in rivals and row.ref not in found}
        found |= {row.ref: row for row in every if row.ref not in found}
    return list(found.values())


def _ends(rows: Sequence[EstimateView]) -> tuple[EstimateView, ...]:
    """The largest, the last and the first of a figure's reports; one report may be several of these."""
    timed = sorted(rows, key=lambda row: (_time(row).first, _time(row).last))
    return max(rows, key=_highest), timed[-1], timed[0]


def _highest(row: EstimateView) -> float:
    values = (row.estimate.value, row.estimate.high, row.estimate.low)
    return float(max((value for value in values if value is not None), default=0))


def _time(row: EstimateView) -> PartialDate:
    time = row.estimate.covers or row.estimate.as_of
    assert time is not None, "a drawing over time was given an estimate without a date"
    return time
