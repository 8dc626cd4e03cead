"""Lay out events in lanes on one calendar: phases and a chart above, what came before beside it, silences dashed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import cycle, pairwise

from ...briefing.parts import DrawingView, EstimateView, LaneView
from ...language.wording import Wording
from ..charts.axes import calendar_axis
from ..charts.chart_text import BASE_TEXT_SIZE, WALL_STYLES, ChartText
from ..charts.estimate_text import EstimateText, plotted_values, required_time
from ..charts.marks import Bar, Line, scaled
from ..charts.plotted_estimates import amount_steps, plot_estimates
from ..charts.scales import TimeScale, possible_days, whole_months
from ..charts.timeline import TimelineScene
from ..fonts import TextMeasure
from ..scene import Anchor, Box, DrawingSize, NoRoomError
from ..text_layout import TextBlock
from ..text_spans import to_spans
from .few_over_time import plot_few
from .lane_packing import EventBlocks, PlacedEvent, event_block, event_span, pack_lane, roomy
from .lane_words import lane_stages, lanes_alt, lanes_table
from .parts import Parts
from .phase_bars import layout_phase_bars

_MIN_WIDTH = 470.0  # px: narrower drawings are lists
_MIN_BESIDE = 760.0  # px: from this width on, the names of the lanes stand on the left
_DIRECT = 120.0  # px: a lower chart has no room for who says so at each mark
_LEFT = 158.0  # px: the width of that column
LANE_INKS = (
    "reported",
    "speaker",
    "ink",
    "lane-ochre",
    "lane-green",
)  # tokens: of the rule over a lane and of its name, in turn
_CALM = (1.0, 0.4, 0.1)  # how much it weighs that texts are easy to read, where the lanes have to be ever lower


def layout_lanes(picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize) -> TimelineScene:
    """Lay out the lanes at one size; a narrow drawing is an ordered list of them.

    Lanes that are too high for their sheet are laid out more densely, then with smaller letters.
    """
    texts = EstimateText(picture, wording, ChartText(measure, WALL_STYLES))
    least = min(size.min_text_size, size.text_size)
    ways = [(size.text_size, calm) for calm in _CALM] + [(_between(size, least, n), _CALM[-1]) for n in (1, 2, 3)]
    blocks: EventBlocks = {}
    for text_size, calm in ways:
        factor = text_size / BASE_TEXT_SIZE
        width, most = size.width / factor, size.max_height / factor
        parts, height = Parts(), 0.0
        if width >= _MIN_WIDTH:
            height = _lay_out(picture, texts, width, most, calm, blocks, parts)
        if height <= most:
            break
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


def _between(size: DrawingSize, least: float, third: int) -> float:
    """A text size between that of the drawing and the least."""
    return round(size.text_size + (least - size.text_size) * third / 3, 2)


def _lay_out(
    picture: DrawingView, texts: EstimateText, width: float, most: float, calm: float, blocks: EventBlocks, parts: Parts
) -> float:
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
    lanes_height = _lanes(picture, texts, days, width, beside, calm, blocks, lanes)
    axis = layout_phase_bars(picture.pieces, days, top, texts.chart_text, parts)
    numbered: tuple[EstimateView, ...] = ()
    told = False
    if rows:
        axis, numbered, told = _chart(picture, rows, days, axis + 6, most - lanes_height, texts, parts)
    else:
        axis += 3
        parts.lines.append(Line(x0, axis, days.end, axis, "axis"))
    for part in calendar_axis(days, axis, texts.wording, texts.chart_text):
        if isinstance(part, Line):
            parts.lines.append(part)
        else:
            parts.labels.append(part)
    axis += 20
    if rows and not told:
        axis = _below_axis(rows, numbered, days, axis, texts, parts)
    if picture.before and beside:
        axis = max(axis, _before_panel(picture, texts, Box(0, top, _LEFT - 14, top), parts))
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
) -> tuple[float, tuple[EstimateView, ...], bool]:
    """Plot the estimates over the calendar.

    Returns the y of the axis, the estimates that need a key, and whether those in words stand in the chart too.
    """
    title = roomy(texts.chart_text.text_block([(dict(picture.texts)["chart"], "title")], days.end - days.start))
    heading = title.label_at(picture.id, days.start, top)
    top = heading.box.bottom + 10
    counted = [row for row in rows if plotted_values(row)]
    direct = most - top - 36 >= _DIRECT
    worded = 46.0 if len(counted) < len(rows) and not direct else 0.0
    room = min(max(most - top - 36 - worded, 104.0), 340.0)
    box = Box(days.start, top, days.end, top + room)
    plotted = plot_few(rows, box, days, texts, [heading.box]) if direct else None
    shown = plotted is not None
    plotted = plotted or plot_estimates(counted, box, days, texts, [heading.box])
    parts.labels += [heading, *plotted.labels]
    parts.lines += plotted.lines
    parts.marks += plotted.marks
    return top + room, plotted.numbered, shown


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
    """Lay out the events before the calendar in a panel as wide as `box` from its top on, and return its bottom."""
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
    picture: DrawingView,
    texts: EstimateText,
    days: TimeScale,
    width: float,
    beside: bool,
    calm: float,
    blocks: EventBlocks,
    parts: Parts,
) -> float:
    """Lay out the lanes from 0 downwards, and return the height."""
    y = 0.0
    inks = cycle(LANE_INKS)
    for lane in picture.lanes:
        if not lane.events and not lane.silences:
            continue  # the reader's depth leaves none
        ink = next(inks)
        parts.lines.append(Line(0, y, width, y, f"rule-{ink}"))
        name = roomy(texts.chart_text.text_block([(lane.title, "title")], _LEFT - 16 if beside else width))
        name = replace(name, lines=tuple(replace(line, ink=ink) for line in name.lines))
        parts.labels.append(name.label_at(picture.id, 0, y + 4))
        top = y + 5 if beside else y + 6 + name.height
        placed, bottom = pack_lane(picture, texts, lane, days, top, calm=calm, blocks=blocks)
        for event in placed:
            align: Anchor = "end" if event.flipped else "start"
            block = _in_ink(event.block, ink)
            parts.labels.append(block.label_at(event.said.id, event.box.left, event.box.top, align=align))
            said = "-said" if event.said.by else ""
            parts.lines.append(Line(event.x, event.box.top, event.x, event.box.bottom, f"lane-{ink}"))
            start, end = event_span(days, event.said)
            wide = end - start > 9
            mark = Box(start, y - 2.5, end, y + 2.5) if wide else Box(event.x - 3.4, y - 3.4, event.x + 3.4, y + 3.4)
            parts.bars.append(Bar(mark, f"{'hollow' if wide else 'happened'}{said}@{ink}"))
        for number in range(len(lane.silences)):
            bottom = max(bottom, _silence(picture, texts, lane, number, days, placed, top, parts))
        y = max(bottom, y + 4 + name.height) + 5
    parts.lines.append(Line(0, y, width, y, "axis"))
    return _key(picture, texts, y + 6, parts) if picture.lanes else y + 2


def _in_ink(block: TextBlock, ink: str) -> TextBlock:
    """The text of an event, with its date in the colour of its lane."""
    when, *rest = block.lines
    return replace(block, lines=(replace(when, ink=ink), *rest))


def _key(picture: DrawingView, texts: EstimateText, top: float, parts: Parts) -> float:
    """Say what the two marks of events mean, if there are both; return the bottom."""
    said = {bool(event.by) for lane in picture.lanes for event in lane.events}
    if len(said) < 2:
        return top - 4
    x, words = 4.0, texts.words["legend"]
    for role in ("happened", "happened-said"):
        parts.bars.append(Bar(Box(x - 3.4, top + 2.6, x + 3.4, top + 9.4), f"{role}@ink"))
        parts.labels.append(texts.chart_text.line_label(words[role], x + 8, top + 10, "note"))
        x += 8 + texts.chart_text.width(words[role], "note") + 22
    return top + 14


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
