"""Lay out events in lanes on one calendar: phases and a chart above, what came before beside it, silences dashed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

from ...briefing.parts import DrawingView, ItemView, LaneView, StatementView
from ...language.wording import Wording
from ..fonts import TextMeasure
from ..scene import DESCENT, Anchor, Box, Cell, DrawingSize, Label, NoRoomError, Table
from ..text_layout import TextBlock, line_width
from ..text_spans import join_spans, to_spans
from .chart_text import BASE_TEXT_SIZE, ChartText
from .estimate_text import EstimateText, plotted_values, required_time, with_full_stop
from .marks import Bar, EstimateMark, Line, scaled
from .over_time_chart import amount_steps, plot_estimates
from .scales import TimeScale, plus_months, possible_days
from .timeline import TimelineEvent, TimelinePhase, TimelineScene

_MIN_WIDTH = 470.0  # px: narrower drawings are lists
_MIN_BESIDE = 760.0  # px: from this width on, the names of the lanes stand on the left
_LEFT = 158.0  # px: the width of that column
_WIDTHS = (420.0, 300.0, 220.0, 175.0, 140.0, 112.0, 92.0)  # px: widths of an event's text
_INDENT, _GAP = 5.0, 8.0  # px: between the stroke at an event and its text, and between texts
_HEADLINE = 46.0  # px: kept free for a headline above, as on a poster
_LINE = 12.0  # px: height of a line in a phase's bar


@dataclass(frozen=True)
class _Placed:
    """An event's text: its place, and the x of its stroke."""

    said: StatementView
    box: Box
    block: TextBlock
    x: float
    flipped: bool


class _Sheet:
    """The parts of the drawing as they are collected, from top to bottom."""

    def __init__(self) -> None:
        self.labels: list[Label] = []
        self.lines: list[Line] = []
        self.bars: list[Bar] = []
        self.marks: list[EstimateMark] = []


def layout_lanes(picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize) -> TimelineScene:
    """Lay out the lanes at one size; a narrow drawing is an ordered list of them."""
    factor = size.text_size / BASE_TEXT_SIZE
    width, most = size.width / factor, size.max_height / factor - _HEADLINE
    chart_text = ChartText(measure)
    texts = EstimateText(picture, wording, chart_text)
    sheet = _Sheet()
    height = _lay_out(picture, texts, width, most, sheet) if width >= _MIN_WIDTH else 0.0
    scene = TimelineScene(
        width,
        height,
        " ".join(_alt(picture, texts)),
        _table(picture, texts),
        tuple(sheet.labels),
        lines=tuple(sheet.lines),
        bars=tuple(sheet.bars),
        marks=tuple(sheet.marks),
        down=not height,
        stages=tuple(_stages(picture, texts)),
    )
    return scaled(scene, factor)


def _lay_out(picture: DrawingView, texts: EstimateText, width: float, most: float, sheet: _Sheet) -> float:
    """Fill the sheet from top to bottom, and return the height."""
    said, chart_text = dict(picture.texts), texts.chart_text
    rows = [row for piece in picture.pieces for row in piece.rows]
    beside = width >= _MIN_BESIDE
    counted = [row for row in rows if plotted_values(row)]
    gutter = 2.0
    if counted:
        gutter = 8 + chart_text.width(texts.wording.tick(amount_steps(counted)[-1], counted[0].unit), "tick")
    x0 = (_LEFT if beside else 0.0) + gutter
    days = _calendar(picture, x0, width - 2)
    top = 0.0
    if picture.before and not beside:
        top = _before_panel(picture, texts, Box(0, 0, width, 0), sheet) + 10
    # the lanes first, since the chart takes the height that they leave
    lanes = _Sheet()
    lanes_height = _lanes(picture, texts, days, width, beside, lanes)
    axis = _phases(picture.pieces, days, top, chart_text, sheet)
    if rows:
        axis += 6
        title = _roomy(chart_text.text_block([(said["chart"], "title")], days.end - x0))
        heading = title.label_at(picture.id, x0, axis)
        sheet.labels.append(heading)
        axis += title.height + 4
        worded = 46.0 if any(row.words for row in rows) else 0.0
        room = min(max(most - axis - lanes_height - 44 - worded, 118.0), 200.0)
        part = plot_estimates(counted, Box(x0, axis + 8, width - 2, axis + 8 + room), days, texts, [heading.box])
        sheet.labels += part.labels
        sheet.lines += part.lines
        sheet.marks += part.marks
        axis += 8 + room
    else:
        sheet.lines.append(Line(x0, axis + 3, days.end, axis + 3, "axis"))
        axis += 3
    sheet.labels += _months(days, axis, texts, sheet)
    axis += 20
    if rows:
        words = sorted((r for r in rows if r.words), key=lambda r: possible_days(required_time(r)))
        at = [sum(days.span(required_time(r))) / 2 for r in words]
        labels, lines, low = texts.layout_word_lane(words, at, Box(x0, 0, width - 2, axis - 20), axis)
        # the heading of that row would stand in the column of the lanes' names
        sheet.labels += [label for label in labels if label.box.left >= x0 - 1]
        sheet.lines += lines
        if part.numbered:
            # the key stands beside the estimates in words if they leave room for it
            free = min((label.box.left for label in labels if label.box.left >= x0 - 1), default=width) - x0 - 16
            one_row = free >= 150 * len(part.numbered)
            across, where = (free, axis + 14) if one_row else (width - x0, low)
            key, end = texts.numbered_key(part.numbered, across, where)
            sheet.labels += [label.moved(x0, 0) for label in key]
            low = max(low, end)
        axis = low
    if picture.before and beside:
        axis = max(axis, _before_panel(picture, texts, Box(0, top, _LEFT - 14, axis), sheet))
    axis += 8
    sheet.labels += [label.moved(0, axis) for label in lanes.labels]
    sheet.lines += [Line(line.x1, line.y1 + axis, line.x2, line.y2 + axis, line.role) for line in lanes.lines]
    sheet.bars += [Bar(bar.box.moved(0, axis), bar.role) for bar in lanes.bars]
    return axis + lanes_height


def _calendar(picture: DrawingView, start: float, end: float) -> TimeScale:
    first = possible_days(picture.thing.start)[0] if hasattr(picture.thing, "start") else date(2000, 1, 1)
    dates = [e.date for lane in picture.lanes for e in lane.events if e.date]
    dates += [s.last for lane in picture.lanes for s in lane.silences]
    dates += [required_time(row) for piece in picture.pieces for row in piece.rows]
    last = max([possible_days(d)[1] for d in dates], default=first)
    return TimeScale(first.replace(day=1), plus_months(last.replace(day=1), 1) - timedelta(days=1), start, end)


def _before_panel(picture: DrawingView, texts: EstimateText, box: Box, sheet: _Sheet) -> float:
    """Lay out the events before the calendar in a panel at least as high as `box`, and return its bottom."""
    wide = box.width > 2 * _LEFT
    across = (box.width - 24) / len(picture.before) - 14 if wide else box.width - 24
    x, y, bottom = box.left + 13, box.top + 8, box.bottom
    for event in picture.before:
        block = _event_block(picture, texts, event, across, first="earlier")
        sheet.labels.append(block.label_at(event.id, x, y))
        bottom = max(bottom, y + block.height + 8)
        x, y = (x + across + 14, y) if wide else (x, y + block.height + 8)
    sheet.bars.append(Bar(Box(box.left, box.top, box.right, bottom), "tint"))
    sheet.bars.append(Bar(Box(box.left, box.top, box.left + 4, bottom), "ink"))
    return bottom


def _event_block(
    picture: DrawingView, texts: EstimateText, event: StatementView, width: float, first: str = "date"
) -> TextBlock:
    assert event.date is not None
    when = texts.wording.when(event.date, short=True)
    when = when[:1].upper() + when[1:]
    said = to_spans(event.text, picture, texts.wording)
    return _roomy(texts.chart_text.text_block([(when, first), (said, "event")], width))


def _roomy(block: TextBlock) -> TextBlock:
    """Return a wide block with the fraction of a px by which scaled type may be wider than measured."""
    return replace(block, width=block.width * 1.001)


def _one_line(block: TextBlock, chart_text: ChartText) -> TextBlock:
    """Put the text of an event after its date, on the same line."""
    when, *rest = block.lines
    if len(rest) != 1:
        return block
    indent = chart_text.width(when.text, "date") + 6
    width = indent + line_width(chart_text.measure, rest[0].spans, rest[0].face)
    return TextBlock((when, replace(rest[0], x=indent, y=when.y)), width * 1.001, when.y + DESCENT * when.face.size)


def _months(days: TimeScale, top: float, texts: EstimateText, sheet: _Sheet) -> Iterator[Label]:
    year = 0
    for first, start, end in days.months():
        sheet.lines.append(Line(start, top, start, top + 16, "tick"))
        name = texts.wording.month(first)
        full, role = (f"{name} {first.year}", "year") if first.year != year else (name, "tick")
        for words, style in ((full, role), (name, "tick")):
            if texts.chart_text.width(words, style) + 6 <= end - start:
                yield texts.chart_text.line_label(words, start + 4, top + 13, style)
                year = first.year if words == full else year
                break


# -- phases ----------------------------------------------------------------------------------------


def _phases(pieces: Sequence[ItemView], days: TimeScale, top: float, chart_text: ChartText, sheet: _Sheet) -> float:
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
        cut = days.at(possible_days(piece.start)[0]) < days.start and end - start < 2 * _GAP
        if min(end, days.end) - start > 2 and not cut:
            bands.append((piece, start, min(end, days.end)))
    if not bands:
        return top
    names = [chart_text.text_block([(piece.title, "phase")], max(end - start - 10, 1)) for piece, start, end in bands]
    inside = [
        name.width <= end - start - 8 and len(name.lines) <= 3
        for name, (_, start, end) in zip(names, bands, strict=True)
    ]
    height = max((name.height for name, fits in zip(names, inside, strict=True) if fits), default=_LINE) + 9
    top = _names_above(bands, inside, days, top, chart_text, sheet)
    for number, ((piece, start, end), name) in enumerate(zip(bands, names, strict=True)):
        sheet.bars.append(Bar(Box(start, top, end, top + height), "ink" if number % 2 else "ink-soft"))
        if inside[number]:
            sheet.labels.append(name.label_at(piece.id, start + 5, top + 4))
    return top + height


def _names_above(
    bands: Sequence[tuple[ItemView, float, float]],
    inside: Sequence[bool],
    days: TimeScale,
    top: float,
    chart_text: ChartText,
    sheet: _Sheet,
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
        sheet.labels.append(name.label_at(piece.id, left, y))
        if left > start and not any(
            other is not piece and where > row and x - 2 < start < x + wide.width for other, wide, x, _, where in placed
        ):
            sheet.lines.append(Line(start + 1, y + 2, start + 1, bottom, "said"))
    return bottom + (2 if rows else 0)


# -- lanes -----------------------------------------------------------------------------------------


def _lanes(
    picture: DrawingView, texts: EstimateText, days: TimeScale, width: float, beside: bool, sheet: _Sheet
) -> float:
    """Lay out the lanes from 0 downwards, and return the height."""
    y = 0.0
    for lane in picture.lanes:
        if not lane.events and not lane.silences:
            continue  # the reader's depth leaves none
        sheet.lines.append(Line(0, y, width, y, "axis"))
        name = _roomy(texts.chart_text.text_block([(lane.title, "title")], _LEFT - 16 if beside else width))
        sheet.labels.append(name.label_at(picture.id, 0, y + 6))
        top = y + 7 if beside else y + 8 + name.height
        placed, bottom = _pack(picture, texts, lane, days, top)
        for event in placed:
            align: Anchor = "end" if event.flipped else "start"
            sheet.labels.append(event.block.label_at(event.said.id, event.box.left, event.box.top, align=align))
            sheet.lines.append(Line(event.x, event.box.top, event.x, event.box.bottom, "lane"))
            start, end = _span(days, event.said)
            wide = end - start > 9
            mark = Box(start, y - 2.5, end, y + 2.5) if wide else Box(event.x - 3, y - 3, event.x + 3, y + 3)
            sheet.bars.append(Bar(mark, "hollow" if wide else "reported"))
        for number in range(len(lane.silences)):
            bottom = max(bottom, _silence(picture, texts, lane, number, days, placed, top, sheet))
        y = max(bottom, y + 6 + name.height) + 7
    sheet.lines.append(Line(0, y, width, y, "axis"))
    return y + 2


def _span(days: TimeScale, said: StatementView) -> tuple[float, float]:
    assert said.date is not None
    start, end = days.span(said.date)
    return max(start, days.start), min(end, days.end)


def _silence(
    picture: DrawingView,
    texts: EstimateText,
    lane: LaneView,
    number: int,
    days: TimeScale,
    placed: Sequence[_Placed],
    top: float,
    sheet: _Sheet,
) -> float:
    """Lay out a dashed box over the time that nobody tells of, below the events in its way; return its bottom."""
    silence = lane.silences[number]
    left = max(days.at(possible_days(silence.first)[0]), days.start)
    right = min(days.span(silence.last)[1], days.end)
    room = right - left - 16
    block = texts.chart_text.text_block([(to_spans(silence.text, picture, texts.wording), "event")], room)
    if block.width > room:
        raise NoRoomError(picture.id, silence.text)
    box = Box(left, top, right, top + block.height + 10)
    for other in sorted((p.box for p in placed), key=lambda b: b.bottom):
        if other.grown(4).overlaps(box):
            box = box.moved(0, other.bottom + 6 - box.top)
    sheet.labels.append(block.label_at(silence.owner or picture.id, box.left + 8, box.top + 5))
    edges = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    sheet.lines += [Line(*a, *b, "silence") for a, b in pairwise((*edges, edges[0]))]
    return box.bottom


def _pack(
    picture: DrawingView, texts: EstimateText, lane: LaneView, days: TimeScale, top: float
) -> tuple[list[_Placed], float]:
    """Place the texts of a lane in as little height as possible, and return the bottom.

    Each text goes to the highest free place at its stroke, in several orders and with several greatest widths; the
    lowest result of all is taken.
    """
    events = sorted(lane.events, key=lambda e: (_span(days, e), e.id))
    blocks: dict[tuple[str, float], TextBlock] = {}

    def text(event: StatementView, width: float) -> TextBlock:
        key = (event.id, width)
        if key not in blocks:
            set_text = partial(_event_block, picture, texts, event)
            blocks[key] = set_text(width) if width else _one_line(set_text(1e6), texts.chart_text)
        return blocks[key]

    inwards = [event for pair in zip(events, events[::-1], strict=True) for event in pair]
    orders = (events, events[::-1], list(dict.fromkeys(inwards)), list(dict.fromkeys(inwards[::-1])))
    best: list[_Placed] | None = None
    for most in _WIDTHS:
        widths = [width for width in _WIDTHS if width <= most]
        for order in orders:
            found = _pack_in(order, widths, text, days, top)
            if found is not None and (best is None or _height(found) < _height(best)):
                best = found
    if best is None:
        raise NoRoomError(events[0].id, lane.title)
    return best, max((p.box.bottom for p in best), default=top)


def _height(placed: Sequence[_Placed]) -> tuple[float, int]:
    later_above = sum(a.x <= b.x and a.said.id < b.said.id and a.box.top > b.box.top for a in placed for b in placed)
    return max((p.box.bottom for p in placed), default=0.0), sum(p.flipped for p in placed) + later_above


def _pack_in(
    events: Sequence[StatementView],
    widths: Sequence[float],
    text: Callable[[StatementView, float], TextBlock],
    days: TimeScale,
    top: float,
) -> list[_Placed] | None:
    placed: list[_Placed] = []
    for event in events:
        x = sum(_span(days, event)) / 2
        best: _Placed | None = None
        for flipped in (False, True):
            for width in (0.0, *widths):  # 0: date and text on one line
                if not width and flipped:
                    continue
                block = text(event, width)
                width = width or 1.3 * widths[0]
                if block.width > width:
                    continue
                left = x - _INDENT - block.width if flipped else x + _INDENT
                if left < days.start or left + block.width > days.end:
                    continue
                box = _highest(Box(left, top, left + block.width, top + block.height), placed)
                spot = _Placed(event, box, block, x, flipped)
                if best is None or box.bottom < best.box.bottom:
                    best = spot
        if best is None:
            return None
        placed.append(best)
    return placed


def _highest(box: Box, placed: Sequence[_Placed]) -> Box:
    """Return the box moved down to where neither its text nor its stroke meets one that is placed."""
    for other in sorted(placed, key=lambda p: p.box.bottom):
        taken = Box(min(other.box.left, other.x) - _GAP, other.box.top - 6, max(other.box.right, other.x) + _GAP, 0)
        taken = Box(taken.left, taken.top, taken.right, other.box.bottom + 6)
        if taken.overlaps(Box(box.left - _INDENT, box.top, box.right + _INDENT, box.bottom)):
            box = box.moved(0, taken.bottom - box.top)
    return box


# -- in words --------------------------------------------------------------------------------------


def _alt(picture: DrawingView, texts: EstimateText) -> Iterator[str]:
    words, said = texts.words, dict(picture.texts)
    yield words["alt_lanes"].format(title=with_full_stop(picture.title))
    for stage in _stages(picture, texts):
        yield with_full_stop(stage.title)
        for h in stage.happenings:
            yield with_full_stop(f"{h.date}: {join_spans(h.spans)}")
    rows = [row for piece in picture.pieces for row in piece.rows]
    if rows:
        yield with_full_stop(said["chart"])
        yield from texts.sentences(rows)


def _stages(picture: DrawingView, texts: EstimateText) -> Iterator[TimelinePhase]:
    def entry(key: str, when: str, text: str, wide: bool) -> TimelineEvent:
        return TimelineEvent(key, when, tuple(to_spans(text, picture, texts.wording)), wide)

    def event(said: StatementView) -> TimelineEvent:
        assert said.date is not None
        first, last = possible_days(said.date)
        return entry(said.id, texts.wording.when(said.date), said.text, first != last)

    if picture.before:
        yield TimelinePhase(picture.id, texts.words["before_this"], "", tuple(map(event, picture.before)))
    for lane in picture.lanes:
        events = sorted(lane.events, key=lambda e: (e.date and possible_days(e.date), e.id))
        silences = (
            entry(
                s.owner or picture.id,
                " – ".join(texts.wording.when(when, short=True) for when in (s.first, s.last)),
                s.text,
                True,
            )
            for s in lane.silences
        )
        if events or lane.silences:
            yield TimelinePhase(picture.id, lane.title, "", (*map(event, events), *silences))


def _table(picture: DrawingView, texts: EstimateText) -> Table:
    heads, said = texts.words["heads"], dict(picture.texts)
    rows = [
        (Cell(h.date), Cell(join_spans(h.spans)), Cell(stage.title))
        for stage in _stages(picture, texts)
        for h in stage.happenings
    ]
    for piece in picture.pieces:
        for row in piece.rows:
            when = texts.wording.when(required_time(row), short=True)
            rows.append((Cell(when), Cell(ref=row.ref, sources=row.sources), Cell(said["chart"])))
    return Table((heads["date"], heads["event"], heads["lane"]), tuple(rows))
