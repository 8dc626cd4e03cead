"""A timeline's phases and events -> shapes across a sheet: bands, a calendar, events on stems in lanes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ...briefing.parts import DrawingView, ItemView, StatementView
from ...language.wording import Wording
from ...schema.dates import PartialDate
from ..scene import Box, Label
from ..text_layout import TextBlock
from ..text_spans import to_spans
from .chart_text import ChartText
from .lanes import LanePosition, StemLabel, assign_lanes
from .marks import Bar, Line
from .scales import TimeScale, plus_months, possible_days

_WIDTHS = (150.0, 136.0, 122.0, 108.0)  # px: how wide an event's words may be; the first that leaves room for all
_LANES = 5  # at most so many rows of words above the axis, and as many below
_AXIS, _BAND, _GAP = 19.0, 20.0, 9.0  # px: how high the calendar and a phase are, and what lies between lanes
_EARLIER = 26.0  # px: for each event from before the calendar begins


@dataclass(frozen=True)
class HorizontalTimeline:
    """What is drawn, and how high it is."""

    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    height: float


@dataclass(frozen=True)
class _Event:
    """An event with where on the axis its time begins and ends; `day` where it is a single one."""

    said: StatementView
    date: PartialDate
    start: float
    end: float

    @property
    def x(self) -> float:
        """Where its stem stands."""
        return (self.start + self.end) / 2


@dataclass(frozen=True)
class _Axis:
    """The calendar, and how much room there is to its left for what came before."""

    days: TimeScale
    left: float

    def span(self, when: PartialDate) -> tuple[float, float]:
        """From where to where a date may lie, in px."""
        start, end = self.days.span(when)
        return max(start, self.left), min(end, self.days.end)


def layout_horizontal_timeline(
    picture: DrawingView, wording: Wording, letters: ChartText, width: float, begins: PartialDate | None
) -> HorizontalTimeline | None:
    """The timeline `width` wide; None where its words have no room.

    The calendar begins with `begins`; what is earlier stands before it, in order and not to scale.
    """
    axis, events = _placed(picture, width, begins)
    for words in _WIDTHS:
        blocks = [
            letters.text_block(
                [(wording.when(e.date, short=True), "date"), (to_spans(e.said.text, picture, wording), "event")], words
            )
            for e in events
        ]
        flags = [
            StemLabel(e.x, b.width + 6, extends_left=e.x + b.width + 6 > width)
            for e, b in zip(events, blocks, strict=True)
        ]
        spots = assign_lanes(flags, _LANES)
        if spots is not None and all(flag.start >= 0 for flag in flags):
            return _laid(picture, wording, letters, axis, list(zip(events, blocks, flags, spots, strict=True)))
    return None


def _placed(picture: DrawingView, width: float, begins: PartialDate | None) -> tuple[_Axis, list[_Event]]:
    """The axis, and every event along it."""
    said = [(s, s.date) for piece in picture.pieces for s in piece.events if s.date]
    said.sort(key=lambda pair: (possible_days(pair[1]), pair[0].id))
    ends = [possible_days(d) for _, d in said] + [possible_days(p.end or p.start) for p in picture.pieces if p.start]
    first = possible_days(begins)[0] if begins else min((first for first, _ in ends), default=date(2000, 1, 1))
    last = max((last for _, last in ends), default=first)
    earlier = [pair for pair in said if possible_days(pair[1])[1] < first]
    left = _EARLIER * len(earlier) + 12 if earlier else 0.0
    calendar = TimeScale(first.replace(day=1), plus_months(last.replace(day=1), 1) - timedelta(days=1), left, width)
    axis = _Axis(calendar, left)
    events = [
        _Event(s, d, *((8 + _EARLIER * i,) * 2 if i < len(earlier) else axis.span(d))) for i, (s, d) in enumerate(said)
    ]
    return axis, sorted(events, key=lambda e: e.x)


def _laid(
    picture: DrawingView,
    wording: Wording,
    letters: ChartText,
    axis: _Axis,
    hung: Sequence[tuple[_Event, TextBlock, StemLabel, LanePosition]],
) -> HorizontalTimeline:
    """Bands at the top, under them the lanes above the axis, the axis, the lanes below."""
    phases, phase_lines, top = _phases(picture, axis, letters)
    bars, labels = [b for b in phases if isinstance(b, Bar)], [b for b in phases if isinstance(b, Label)]
    tall = [[0.0] * _LANES, [0.0] * _LANES]
    for _, block, _, spot in hung:
        tall[spot.side][spot.lane] = max(tall[spot.side][spot.lane], block.height)
    above = top + 8 + sum(t + _GAP for t in tall[0] if t)
    names, lines = _calendar(axis, above, wording, letters)
    lines += phase_lines
    labels += names
    for event, block, flag, spot in hung:
        inner = sum(t + _GAP for t in tall[spot.side][: spot.lane] if t)
        edge = above if spot.side == 0 else above + _AXIS
        y = edge - inner - _GAP - block.height if spot.side == 0 else edge + inner + _GAP
        x = flag.start if flag.extends_left else flag.x + 5
        labels.append(block.label_at(event.said.id, x, y, align="end" if flag.extends_left else "start"))
        far = y if spot.side == 0 else y + block.height
        lines.append(Line(event.x, edge, event.x, far, "stem"))
        bars_, tails = _when(event, edge)
        bars += bars_
        lines += tails
    return HorizontalTimeline(
        tuple(labels), tuple(lines), tuple(bars), above + _AXIS + sum(t + _GAP for t in tall[1] if t) + 4
    )


def _when(event: _Event, edge: float) -> tuple[list[Bar], list[Line]]:
    """A square for a day, a bar for a stretch of time; a dotted stroke before what was so by then."""
    wide = event.end - event.start > 9
    start, end = (event.start, event.end) if wide else (event.x - 3, event.x + 3)
    bar = Bar(Box(start, edge - 3, end, edge + 3), "accent" if not wide else "hollow")
    tail = [Line(start - 14, edge, start, edge, "before")] if event.date.qualifier in ("by", "before") else []
    tail += [Line(end, edge, end + 14, edge, "before")] if event.date.qualifier == "after" else []
    return [bar], tail


def _calendar(axis: _Axis, top: float, wording: Wording, letters: ChartText) -> tuple[list[Label], list[Line]]:
    """Two lines with the months between them, and a broken line where time before them is not to scale."""
    days = axis.days
    lines = [Line(axis.left, y, days.end, y, "axis") for y in (top, top + _AXIS)]
    if axis.left:
        lines += [Line(0, y, axis.left - 5, y, "break") for y in (top, top + _AXIS)]
        lines += [Line(axis.left - 5, top + _AXIS + 4, axis.left, top - 4, "axis")]
    labels: list[Label] = []
    year = 0
    for place, (first, start, end) in enumerate(days.months()):
        if place or axis.left:
            lines.append(Line(start, top, start, top + _AXIS, "tick"))
        full = f"{wording.month(first)} {first.year}" if first.year != year else wording.month(first)
        for name, role in ((full, "year" if first.year != year else "tick"), (wording.month(first), "tick")):
            if letters.width(name, role) + 4 <= end - start:
                labels.append(letters.line_label(name, (start + end) / 2, top + 13, role, "middle"))
                year = first.year if name == full else year
                break
    return labels, lines


def _phases(picture: DrawingView, axis: _Axis, letters: ChartText) -> tuple[list[Bar | Label], list[Line], float]:
    """A band for each phase with its title in it; where one has no room, all have numbers and a key above."""
    bands = [(piece, *_extent(piece, following, axis)) for piece, following in _pairs(picture.pieces) if piece.start]
    if not bands:
        return [], [], 0.0
    fits = all(letters.width(piece.title, "band") + 10 <= end - start for piece, start, end in bands)
    out: list[Bar | Label] = []
    y = 0.0
    if not fits:
        x, y = 0.0, 2.0
        for number, (piece, _, _) in enumerate(bands, 1):
            size = letters.width(f"{number}", "number") + letters.width(piece.title, "note") + 5
            if x and x + size > axis.days.end:
                x, y = 0.0, y + 15
            out.append(letters.line_label(str(number), x, y + 10, "number"))
            out.append(
                letters.line_label(
                    piece.title, x + letters.width(str(number), "number") + 4, y + 10, "note", owner=piece.id
                )
            )
            x += size + 14
        y += 19
    for number, (piece, start, end) in enumerate(bands, 1):
        out.append(Bar(Box(start, y, end, y + _BAND), "tint" if number % 2 else "line-soft"))
        words, role, owner = (piece.title, "band", piece.id) if fits else (str(number), "number", "")
        out.append(letters.line_label(words, (start + end) / 2, y + 14, role, "middle", owner))
    lines = [Line(start, y, start, y + _BAND, "axis") for _, start, _ in bands]
    return out, lines, y + _BAND


def _pairs(pieces: Sequence[ItemView]) -> Iterator[tuple[ItemView, ItemView | None]]:
    yield from zip(pieces, (*pieces[1:], None), strict=True)


def _extent(piece: ItemView, following: ItemView | None, axis: _Axis) -> tuple[float, float]:
    """From where to where a phase lasts: up to the next if it gives no end, before the calendar if it began there."""
    assert piece.start is not None
    start = axis.days.span(piece.start)[0]
    if piece.end:
        end = axis.days.span(piece.end)[1]
    elif following and following.start:
        end = axis.days.span(following.start)[0]
    else:
        end = axis.days.span(piece.start)[1]
    return (0.0 if start < axis.left else start), min(max(end, axis.left), axis.days.end)
