"""Lay out a timeline horizontally: phases as bands, a calendar as the axis, events on stems above and below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ...briefing.parts import DrawingView, ItemView, StatementView
from ...language.wording import Wording
from ...schema.dates import PartialDate
from ..scene import Box, Label
from ..text_layout import TextBlock
from ..text_spans import to_spans
from .axes import month_names
from .chart_text import ChartText
from .lanes import LanePosition, StemLabel, assign_lanes
from .marks import Bar, Line
from .scales import TimeScale, possible_days, whole_months

_WIDTHS = (150.0, 136.0, 122.0, 108.0)  # px: widths of the event texts to try; the first that fits is used
_LANES = 5  # maximum number of text rows on each side of the axis
_AXIS, _BAND, _GAP = 19.0, 20.0, 9.0  # px: height of the calendar and of a band, gap between lanes
_EARLIER = 26.0  # px: width reserved for each event before the start of the calendar


@dataclass(frozen=True)
class HorizontalTimeline:
    """The shapes of a timeline, and its height in px."""

    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    height: float


@dataclass(frozen=True)
class _Event:
    """An event, and the start and end of its date on the axis in px."""

    said: StatementView
    date: PartialDate
    start: float
    end: float

    @property
    def x(self) -> float:
        """The position of its stem."""
        return (self.start + self.end) / 2


@dataclass(frozen=True)
class _Axis:
    """The calendar, and the width in px to its left that is reserved for earlier events."""

    days: TimeScale
    left: float

    def span(self, when: PartialDate) -> tuple[float, float]:
        """Return the start and end of a date in px, clipped to the calendar."""
        start, end = self.days.span(when)
        return max(start, self.left), min(end, self.days.end)


def layout_horizontal_timeline(
    picture: DrawingView, wording: Wording, chart_text: ChartText, width: float, start_date: PartialDate | None
) -> HorizontalTimeline | None:
    """Lay out the timeline `width` px wide. Returns None if the texts of the events do not fit, or if one is BC.

    The calendar begins at `start_date`; earlier events are placed before it, in order but not to scale.
    """
    dates = [said.date for piece in picture.pieces for said in piece.events] + [p.start for p in picture.pieces]
    if any(when.is_before_calendar for when in dates if when):
        return None
    axis, events = _axis_and_events(picture, width, start_date)
    for words in _WIDTHS:
        blocks = [
            chart_text.text_block(
                [(wording.when(e.date, short=True), "date"), (to_spans(e.said.text, picture, wording), "event")], words
            )
            for e in events
        ]
        stem_labels = [
            StemLabel(e.x, b.width + 6, extends_left=e.x + b.width + 6 > width)
            for e, b in zip(events, blocks, strict=True)
        ]
        positions = assign_lanes(stem_labels, _LANES)
        if positions is not None and all(stem_label.start >= 0 for stem_label in stem_labels):
            return _assemble(
                picture, wording, chart_text, axis, list(zip(events, blocks, stem_labels, positions, strict=True))
            )
    return None


def _axis_and_events(picture: DrawingView, width: float, start_date: PartialDate | None) -> tuple[_Axis, list[_Event]]:
    """Return the axis, and the events in the order of their positions on it."""
    said = [(s, s.date) for piece in picture.pieces for s in piece.events if s.date]
    said.sort(key=lambda pair: (possible_days(pair[1]), pair[0].id))
    ends = [possible_days(d) for _, d in said] + [possible_days(p.end or p.start) for p in picture.pieces if p.start]
    first = possible_days(start_date)[0] if start_date else min((first for first, _ in ends), default=date(2000, 1, 1))
    last = max((last for _, last in ends), default=first)
    earlier = [pair for pair in said if possible_days(pair[1])[1] < first]
    left = _EARLIER * len(earlier) + 12 if earlier else 0.0
    calendar = TimeScale(*whole_months(first, last), left, width)
    axis = _Axis(calendar, left)
    events = [
        _Event(s, d, *((8 + _EARLIER * i,) * 2 if i < len(earlier) else axis.span(d))) for i, (s, d) in enumerate(said)
    ]
    return axis, sorted(events, key=lambda e: e.x)


def _assemble(
    picture: DrawingView,
    wording: Wording,
    chart_text: ChartText,
    axis: _Axis,
    placed: Sequence[tuple[_Event, TextBlock, StemLabel, LanePosition]],
) -> HorizontalTimeline:
    """Assemble the parts from top to bottom: bands, upper lanes, axis, lower lanes."""
    phases, phase_lines, top = _phases(picture, axis, chart_text)
    bars, labels = [b for b in phases if isinstance(b, Bar)], [b for b in phases if isinstance(b, Label)]
    lane_heights = [[0.0] * _LANES, [0.0] * _LANES]
    for _, block, _, position in placed:
        lane_heights[position.side][position.lane] = max(lane_heights[position.side][position.lane], block.height)
    above = top + 8 + sum(t + _GAP for t in lane_heights[0] if t)
    names, lines = _calendar(axis, above, wording, chart_text)
    lines += phase_lines
    labels += names
    for event, block, stem_label, position in placed:
        inner = sum(t + _GAP for t in lane_heights[position.side][: position.lane] if t)
        edge = above if position.side == 0 else above + _AXIS
        y = edge - inner - _GAP - block.height if position.side == 0 else edge + inner + _GAP
        x = stem_label.start if stem_label.extends_left else stem_label.x + 5
        labels.append(block.label_at(event.said.id, x, y, align="end" if stem_label.extends_left else "start"))
        far = y if position.side == 0 else y + block.height
        lines.append(Line(event.x, edge, event.x, far, "stem"))
        bars_, tails = _time_marks(event, edge)
        bars += bars_
        lines += tails
    return HorizontalTimeline(
        tuple(labels), tuple(lines), tuple(bars), above + _AXIS + sum(t + _GAP for t in lane_heights[1] if t) + 4
    )


def _time_marks(event: _Event, edge: float) -> tuple[list[Bar], list[Line]]:
    """Return a square for a day or a bar for a period, and a dotted line for "by", "before" and "after"."""
    wide = event.end - event.start > 9
    start, end = (event.start, event.end) if wide else (event.x - 3, event.x + 3)
    bar = Bar(Box(start, edge - 3, end, edge + 3), "reported" if not wide else "hollow")
    tail = [Line(start - 14, edge, start, edge, "before")] if event.date.qualifier in ("by", "before") else []
    tail += [Line(end, edge, end + 14, edge, "before")] if event.date.qualifier == "after" else []
    return [bar], tail


def _calendar(axis: _Axis, top: float, wording: Wording, chart_text: ChartText) -> tuple[list[Label], list[Line]]:
    """Lay out the axis: two lines with the months between them, and a break before them if there are earlier events."""
    days = axis.days
    lines = [Line(axis.left, y, days.end, y, "axis") for y in (top, top + _AXIS)]
    if axis.left:
        lines += [Line(0, y, axis.left - 5, y, "break") for y in (top, top + _AXIS)]
        lines += [Line(axis.left - 5, top + _AXIS + 4, axis.left, top - 4, "axis")]
    lines += [
        Line(start, top, start, top + _AXIS, "tick")
        for place, (_, start, _) in enumerate(days.months())
        if place or axis.left
    ]
    labels = list(month_names(days, top + 13, wording, chart_text, centred=True))
    return labels, lines


def _phases(picture: DrawingView, axis: _Axis, chart_text: ChartText) -> tuple[list[Bar | Label], list[Line], float]:
    """Lay out a band for each phase. If a title does not fit its band, all bands get numbers and a key above."""
    bands = [(piece, *_extent(piece, following, axis)) for piece, following in _pairs(picture.pieces) if piece.start]
    if not bands:
        return [], [], 0.0
    fits = all(chart_text.width(piece.title, "band") + 10 <= end - start for piece, start, end in bands)
    out: list[Bar | Label] = []
    y = 0.0
    if not fits:
        x, y = 0.0, 2.0
        for number, (piece, _, _) in enumerate(bands, 1):
            size = chart_text.width(f"{number}", "number") + chart_text.width(piece.title, "note") + 5
            if x and x + size > axis.days.end:
                x, y = 0.0, y + 15
            out.append(chart_text.line_label(str(number), x, y + 10, "number"))
            out.append(
                chart_text.line_label(
                    piece.title, x + chart_text.width(str(number), "number") + 4, y + 10, "note", owner=piece.id
                )
            )
            x += size + 14
        y += 19
    for number, (piece, start, end) in enumerate(bands, 1):
        out.append(Bar(Box(start, y, end, y + _BAND), "tint" if number % 2 else "line-soft"))
        words, role, owner = (piece.title, "band", piece.id) if fits else (str(number), "number", "")
        out.append(chart_text.line_label(words, (start + end) / 2, y + 14, role, "middle", owner))
    lines = [Line(start, y, start, y + _BAND, "axis") for _, start, _ in bands]
    return out, lines, y + _BAND


def _pairs(pieces: Sequence[ItemView]) -> Iterator[tuple[ItemView, ItemView | None]]:
    """Yield each phase with the one that follows it."""
    yield from zip(pieces, (*pieces[1:], None), strict=True)


def _extent(piece: ItemView, following: ItemView | None, axis: _Axis) -> tuple[float, float]:
    """Return the start and end of a phase in px.

    Without an end, it lasts until the next phase. If it starts before the calendar, its band starts at 0.
    """
    assert piece.start is not None
    start = axis.days.span(piece.start)[0]
    if piece.end:
        end = axis.days.span(piece.end)[1]
    elif following and following.start:
        end = axis.days.span(following.start)[0]
    else:
        end = axis.days.span(piece.start)[1]
    return (0.0 if start < axis.left else start), min(max(end, axis.left), axis.days.end)
