"""Lay out events in lanes on one calendar: phases and a chart above, what came before beside it, silences dashed."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from ...briefing.parts import DrawingView, EstimateView, LaneView
from ...language.wording import Wording
from ..charts.axes import month_names
from ..charts.chart_text import BASE_TEXT_SIZE, ChartText
from ..charts.estimate_text import EstimateText, plotted_values, required_time
from ..charts.marks import Bar, Line, scaled
from ..charts.plotted_estimates import amount_steps, plot_estimates
from ..charts.scales import TimeScale, possible_days, whole_months
from ..charts.timeline import TimelineScene
from ..fonts import TextMeasure
from ..scene import Anchor, Box, DrawingSize, NoRoomError
from ..text_spans import to_spans
from .lane_packing import PlacedEvent, event_block, event_span, pack_lane, roomy
from .lane_words import lane_stages, lanes_alt, lanes_table
from .parts import Parts
from .phase_bars import layout_phase_bars

_MIN_WIDTH = 470.0  # px: narrower drawings are lists
_MIN_BESIDE = 760.0  # px: from this width on, the names of the lanes stand on the left
_LEFT = 158.0  # px: the width of that column
_HEADLINE = 66.0  # px: kept free for a headline above, as on a poster


def layout_lanes(picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize) -> TimelineScene:
    """Lay out the lanes at one size; a narrow drawing is an ordered list of them."""
    factor = size.text_size / BASE_TEXT_SIZE
    width, most = size.width / factor, size.max_height / factor - _HEADLINE
    chart_text = ChartText(measure)
    texts = EstimateText(picture, wording, chart_text)
    parts = Parts()
    height = _lay_out(picture, texts, width, most, parts) if width >= _MIN_WIDTH else 0.0
    scene = TimelineScene(
        width,
        height,
        " ".join(lanes_alt(picture, texts)),
        lanes_table(picture, texts),
        tuple(parts.labels),
        lines=tuple(parts.lines),
        bars=tuple(parts.bars),
        marks=tuple(parts.marks),
        down=not height,
        stages=tuple(lane_stages(picture, texts)),
    )
    return scaled(scene, factor)


def _lay_out(picture: DrawingView, texts: EstimateText, width: float, most: float, parts: Parts) -> float:
    """Fill the parts from top to bottom, and return the height."""
    rows = [row for piece in picture.pieces for row in piece.rows]
    beside = width >= _MIN_BESIDE
    counted = [row for row in rows if plotted_values(row)]
    gutter = 2.0
    if counted:
        gutter = 8 + texts.chart_text.width(texts.wording.tick(amount_steps(counted)[-1], counted[0].unit), "tick")
    x0 = (_LEFT if beside else 0.0) + gutter
    days = _calendar(picture, x0, width - 2)
    top = 0.0
    if picture.before and not beside:
        top = _before_panel(picture, texts, Box(0, 0, width, 0), parts) + 10
    # the lanes first, since the chart takes the height that they leave
    lanes = Parts()
    lanes_height = _lanes(picture, texts, days, width, beside, lanes)
    axis = layout_phase_bars(picture.pieces, days, top, texts.chart_text, parts)
    numbered: tuple[EstimateView, ...] = ()
    if rows:
        axis, numbered = _chart(picture, rows, days, axis + 6, most - lanes_height, texts, parts)
    else:
        axis += 3
        parts.lines.append(Line(x0, axis, days.end, axis, "axis"))
    parts.lines += [Line(start, axis, start, axis + 16, "tick") for _, start, _ in days.months()]
    parts.labels += month_names(days, axis + 13, texts.wording, texts.chart_text)
    axis += 20
    if rows:
        axis = _below_axis(rows, numbered, days, axis, texts, parts)
    if picture.before and beside:
        axis = max(axis, _before_panel(picture, texts, Box(0, top, _LEFT - 14, axis), parts))
    parts.add_below(lanes, axis + 8)
    return axis + 8 + lanes_height


def _chart(
    picture: DrawingView,
    rows: Sequence[EstimateView],
    days: TimeScale,
    top: float,
    most: float,
    texts: EstimateText,
    parts: Parts,
) -> tuple[float, tuple[EstimateView, ...]]:
    """Plot the estimates over the calendar; return the y of the axis, and the estimates that need a key."""
    title = roomy(texts.chart_text.text_block([(dict(picture.texts)["chart"], "title")], days.end - days.start))
    heading = title.label_at(picture.id, days.start, top)
    top = heading.box.bottom + 12
    worded = 46.0 if any(row.words for row in rows) else 0.0
    room = min(max(most - top - 36 - worded, 104.0), 200.0)
    counted = [row for row in rows if plotted_values(row)]
    box = Box(days.start, top, days.end, top + room)
    plotted = plot_estimates(counted, box, days, texts, [heading.box])
    parts.labels += [heading, *plotted.labels]
    parts.lines += plotted.lines
    parts.marks += plotted.marks
    return top + room, plotted.numbered


def _below_axis(
    rows: Sequence[EstimateView],
    numbered: Sequence[EstimateView],
    days: TimeScale,
    top: float,
    texts: EstimateText,
    parts: Parts,
) -> float:
    """Lay out the estimates in words, and the key of the numbered ones beside them if it fits; return the bottom."""
    x0 = days.start
    words = sorted((r for r in rows if r.words), key=lambda r: possible_days(required_time(r)))
    at = [sum(days.span(required_time(r))) / 2 for r in words]
    labels, lines, low = texts.layout_word_lane(words, at, Box(x0, 0, days.end, top - 20), top)
    # the heading of that row would stand in the column of the lanes' names
    labels = [label for label in labels if label.box.left >= x0 - 1]
    parts.labels += labels
    parts.lines += lines
    if not numbered:
        return low
    free = min((label.box.left for label in labels), default=days.end) - x0 - 16
    one_row = free >= 150 * len(numbered)
    key, end = texts.numbered_key(
        numbered, free if one_row else days.end - x0, top + 14 if one_row and labels else low + 4
    )
    parts.labels += [label.moved(x0, 0) for label in key]
    return max(low, end)


def _calendar(picture: DrawingView, start: float, end: float) -> TimeScale:
    first = possible_days(picture.thing.start)[0] if hasattr(picture.thing, "start") else date(2000, 1, 1)
    dates = [e.date for lane in picture.lanes for e in lane.events if e.date]
    dates += [s.until for lane in picture.lanes for s in lane.silences]
    dates += [required_time(row) for piece in picture.pieces for row in piece.rows]
    last = max([possible_days(d)[1] for d in dates], default=first)
    return TimeScale(*whole_months(first, last), start, end)


def _before_panel(picture: DrawingView, texts: EstimateText, box: Box, parts: Parts) -> float:
    """Lay out the events before the calendar in a panel at least as high as `box`, and return its bottom."""
    wide = box.width > 2 * _LEFT
    across = (box.width - 24) / len(picture.before) - 14 if wide else box.width - 24
    x, y, bottom = box.left + 13, box.top + 8, box.bottom
    for event in picture.before:
        block = event_block(picture, texts, event, across, first="earlier")
        parts.labels.append(block.label_at(event.id, x, y))
        bottom = max(bottom, y + block.height + 8)
        x, y = (x + across + 14, y) if wide else (x, y + block.height + 8)
    parts.bars.append(Bar(Box(box.left, box.top, box.right, bottom), "tint"))
    parts.bars.append(Bar(Box(box.left, box.top, box.left + 4, bottom), "ink"))
    return bottom


def _lanes(
    picture: DrawingView, texts: EstimateText, days: TimeScale, width: float, beside: bool, parts: Parts
) -> float:
    """Lay out the lanes from 0 downwards, and return the height."""
    y = 0.0
    for lane in picture.lanes:
        if not lane.events and not lane.silences:
            continue  # the reader's depth leaves none
        parts.lines.append(Line(0, y, width, y, "axis"))
        name = roomy(texts.chart_text.text_block([(lane.title, "title")], _LEFT - 16 if beside else width))
        parts.labels.append(name.label_at(picture.id, 0, y + 5))
        top = y + 6 if beside else y + 7 + name.height
        placed, bottom = pack_lane(picture, texts, lane, days, top)
        for event in placed:
            align: Anchor = "end" if event.flipped else "start"
            parts.labels.append(event.block.label_at(event.said.id, event.box.left, event.box.top, align=align))
            parts.lines.append(Line(event.x, event.box.top, event.x, event.box.bottom, "lane"))
            start, end = event_span(days, event.said)
            wide = end - start > 9
            mark = Box(start, y - 2.5, end, y + 2.5) if wide else Box(event.x - 3, y - 3, event.x + 3, y + 3)
            parts.bars.append(Bar(mark, "hollow" if wide else "reported"))
        for number in range(len(lane.silences)):
            bottom = max(bottom, _silence(picture, texts, lane, number, days, placed, top, parts))
        y = max(bottom, y + 5 + name.height) + 5
    parts.lines.append(Line(0, y, width, y, "axis"))
    return y + 2


def _silence(
    picture: DrawingView,
    texts: EstimateText,
    lane: LaneView,
    number: int,
    days: TimeScale,
    placed: Sequence[PlacedEvent],
    top: float,
    parts: Parts,
) -> float:
    """Lay out a dashed box over the time that nobody tells of, below the events in its way; return its bottom."""
    silence = lane.silences[number]
    left = max(days.at(possible_days(silence.since)[0]), days.start)
    right = min(days.span(silence.until)[1], days.end)
    room = right - left - 16
    block = texts.chart_text.text_block([(to_spans(silence.text, picture, texts.wording), "event")], room)
    if block.width > room:
        raise NoRoomError(picture.id, silence.text)
    box = Box(left, top, right, top + block.height + 10)
    for other in sorted((p.box for p in placed), key=lambda b: b.bottom):
        if other.grown(4).overlaps(box):
            box = box.moved(0, other.bottom + 6 - box.top)
    parts.labels.append(block.label_at(silence.owner or picture.id, box.left + 8, box.top + 5))
    edges = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    parts.lines += [Line(*a, *b, "silence") for a, b in pairwise((*edges, edges[0]))]
    return box.bottom
