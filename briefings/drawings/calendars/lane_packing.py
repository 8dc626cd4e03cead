"""The events of a lane -> their texts, placed at their dates in as little height as possible."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ...briefing.parts import DrawingView, LaneView, StatementView
from ..charts.chart_text import ChartText
from ..charts.estimate_text import EstimateText, capitalize_first
from ..charts.scales import TimeScale
from ..scene import DESCENT, Box, NoRoomError
from ..text_layout import TextBlock, line_width
from ..text_spans import to_spans

_WIDTHS = (420.0, 300.0, 230.0, 190.0, 160.0, 135.0, 112.0, 92.0)  # px: widths of an event's text


_INDENT, _GAP = 5.0, 8.0  # px: between the stroke at an event and its text, and between texts


@dataclass(frozen=True)
class PlacedEvent:
    """An event's text: its place, and the x of its stroke."""

    said: StatementView
    box: Box
    block: TextBlock
    x: float
    flipped: bool


def event_block(
    picture: DrawingView, texts: EstimateText, event: StatementView, width: float, first: str = "date"
) -> TextBlock:
    assert event.date is not None
    when = texts.wording.when(event.date, short=True)
    when = capitalize_first(when)
    said = to_spans(event.text, picture, texts.wording)
    return roomy(texts.chart_text.text_block([(when, first), (said, "event")], width))


def roomy(block: TextBlock) -> TextBlock:
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


def event_span(days: TimeScale, said: StatementView) -> tuple[float, float]:
    assert said.date is not None
    start, end = days.span(said.date)
    return max(start, days.start), min(end, days.end)


def pack_lane(
    picture: DrawingView, texts: EstimateText, lane: LaneView, days: TimeScale, top: float
) -> tuple[list[PlacedEvent], float]:
    """Place the texts of a lane in as little height as possible, and return the bottom.

    Each text goes to the highest free place at its stroke, in several orders and with several greatest widths; the
    lowest result of all is taken.
    """
    events = sorted(lane.events, key=lambda e: (event_span(days, e), e.id))
    blocks: dict[tuple[str, float], TextBlock] = {}

    def text(event: StatementView, width: float) -> TextBlock:
        key = (event.id, width)
        if key not in blocks:
            set_text = partial(event_block, picture, texts, event)
            blocks[key] = set_text(width) if width else _one_line(set_text(1e6), texts.chart_text)
        return blocks[key]

    inwards = [event for pair in zip(events, events[::-1], strict=True) for event in pair]
    orders = (events, events[::-1], list(dict.fromkeys(inwards)))
    best: list[PlacedEvent] | None = None
    for most in _WIDTHS:
        widths = [width for width in _WIDTHS if width <= most]
        for order in orders:
            found = _pack_in(order, widths, text, days, top)
            if found is not None and (best is None or _height(found) < _height(best)):
                best = found
    if best is None:
        raise NoRoomError(events[0].id, lane.title)
    return best, max((p.box.bottom for p in best), default=top)


def _height(placed: Sequence[PlacedEvent]) -> tuple[float, int]:
    later_above = sum(a.x <= b.x and a.said.id < b.said.id and a.box.top > b.box.top for a in placed for b in placed)
    return max((p.box.bottom for p in placed), default=0.0), sum(p.flipped for p in placed) + later_above


def _pack_in(
    events: Sequence[StatementView],
    widths: Sequence[float],
    text: Callable[[StatementView, float], TextBlock],
    days: TimeScale,
    top: float,
) -> list[PlacedEvent] | None:
    placed: list[PlacedEvent] = []
    for event in events:
        x = sum(event_span(days, event)) / 2
        best: PlacedEvent | None = None
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
                spot = PlacedEvent(event, box, block, x, flipped)
                if best is None or box.bottom < best.box.bottom:
                    best = spot
        if best is None:
            return None
        placed.append(best)
    return placed


def _highest(box: Box, placed: Sequence[PlacedEvent]) -> Box:
    """Return the box moved down to where neither its text nor its stroke meets one that is placed."""
    for other in sorted(placed, key=lambda p: p.box.bottom):
        taken = Box(min(other.box.left, other.x) - _GAP, other.box.top - 6, max(other.box.right, other.x) + _GAP, 0)
        taken = Box(taken.left, taken.top, taken.right, other.box.bottom + 6)
        if taken.overlaps(Box(box.left - _INDENT, box.top, box.right + _INDENT, box.bottom)):
            box = box.moved(0, taken.bottom - box.top)
    return box
