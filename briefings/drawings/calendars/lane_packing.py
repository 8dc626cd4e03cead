"""The events of a lane -> their texts in rows, each at its date: as few rows as possible, and as few to the left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...briefing.parts import DrawingView, LaneView, StatementView
from ..charts.chart_text import ChartText
from ..charts.estimate_text import EstimateText, capitalize_first
from ..charts.scales import TimeScale
from ..scene import DESCENT, Box, NoRoomError
from ..text_layout import TextBlock, line_width
from ..text_spans import to_spans

_WIDTHS = (460.0, 360.0, 300.0, 260.0, 230.0, 200.0, 175.0, 150.0, 130.0, 112.0, 92.0)  # px: widths tried for a text
_INDENT, _GAP = 5.0, 8.0  # px: between the stroke at an event and its text, and between texts
_BETWEEN = 5.0  # px: between two rows
_LEFT = 22.0  # px of height: what it weighs that a text stands on the left of its stroke, where most are on the right
_LONG = 0.02  # what a px of a text beyond _COMFORTABLE px weighs: shorter lines are read more easily
_COMFORTABLE = 200.0
_KEPT = 30  # of the arrangements of the events so far, how many are continued


# by the id of an event: its text folded into two lines, three and so on, and on one line with its date
EventBlocks = dict[str, tuple[list[TextBlock], list[TextBlock]]]


@dataclass(frozen=True)
class PlacedEvent:
    """An event's text: its place, the x of its stroke, and the row that it stands in."""

    said: StatementView
    box: Box
    block: TextBlock
    x: float
    flipped: bool
    row: int = 0


@dataclass(frozen=True)
class _Rows:
    """An arrangement of the first events: how far each row is filled and how high it is, and the events so far."""

    ends: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()
    placed: tuple[PlacedEvent, ...] = ()
    weight: float = 0.0
    flipped: int = 0  # how many texts stand on the left of their stroke

    def cost(self, calm: float) -> float:
        """How high it is, and how uneasy to read where that is to count."""
        height = sum(self.heights) + _BETWEEN * len(self.heights)
        return height + _LEFT * self.flipped + calm * self.weight

    def plus(self, event: PlacedEvent, row: int) -> "_Rows":
        """Return the arrangement with one more event."""
        ends, heights = [*self.ends], [*self.heights]
        if row == len(ends):
            ends.append(0.0)
            heights.append(0.0)
        ends[row] = max(event.box.right, event.x) + _GAP
        heights[row] = max(heights[row], event.block.height)
        weight = self.weight + _LONG * max(0.0, event.block.width - _COMFORTABLE)
        return _Rows(
            tuple(ends), tuple(heights), (*self.placed, replace(event, row=row)), weight, self.flipped + event.flipped
        )


def event_block(
    picture: DrawingView, texts: EstimateText, event: StatementView, width: float, first: str = "date"
) -> TextBlock:
    assert event.date is not None
    when = texts.wording.when(event.date, short=True)
    when = capitalize_first(when)
    said = to_spans(event.text, picture, texts.wording)
    if first == "date" and event.by:
        first = "said"
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
    picture: DrawingView,
    texts: EstimateText,
    lane: LaneView,
    days: TimeScale,
    top: float,
    *,
    calm: float = 1.0,
    blocks: EventBlocks | None = None,
) -> tuple[list[PlacedEvent], float]:
    """Place the texts of a lane in rows whose texts begin at one height, and return the bottom.

    A text stands on the right of its stroke; on the left where that saves more than a line. A lane has either all
    texts under their dates or, where that is lower, all of them on one line with their dates. The less `calm`, the more
    only height counts. `blocks` keeps the set texts for another try.
    """
    events = sorted(lane.events, key=lambda e: (event_span(days, e), e.id))
    if not events:
        return [], top
    blocks = {} if blocks is None else blocks
    for event in events:
        if event.id not in blocks:
            line = _one_line(event_block(picture, texts, event, 1e6), texts.chart_text)
            blocks[event.id] = list(_folded(picture, texts, event)), [line]
    folded = {event.id: blocks[event.id][0] for event in events}
    lines = {event.id: blocks[event.id][1] for event in events}
    found = [rows for blocks in (folded, lines) if (rows := _arrange(events, blocks, days, calm))]
    if not found:
        raise NoRoomError(events[0].id, lane.title)
    best = min(found, key=lambda rows: rows.cost(calm))
    tops = [top]
    for height in best.heights:
        tops.append(tops[-1] + height + _BETWEEN)
    placed = [replace(event, box=event.box.moved(0, tops[event.row])) for event in best.placed]
    return placed, tops[-1] - _BETWEEN


def _folded(picture: DrawingView, texts: EstimateText, event: StatementView) -> Iterator[TextBlock]:
    """The text of an event in two lines, in three and so on, each as narrow as that number allows."""
    narrowest: TextBlock | None = None
    for width in _WIDTHS:
        block = event_block(picture, texts, event, width)
        if block.width > width * 1.001 + 0.01:
            break  # a word is wider
        if narrowest is not None and len(block.lines) > len(narrowest.lines):
            yield narrowest
        narrowest = block
    if narrowest is not None:
        yield narrowest


def _arrange(
    events: Sequence[StatementView], blocks: dict[str, list[TextBlock]], days: TimeScale, calm: float
) -> _Rows | None:
    """The best arrangement found event by event, when only the best of those so far are continued."""
    best = [_Rows()]
    for event in events:
        x = sum(event_span(days, event)) / 2
        options = [
            PlacedEvent(event, Box(left, 0, left + block.width, block.height), block, x, flipped)
            for block in blocks[event.id]
            for flipped in ((False, True) if len({line.y for line in block.lines}) > 1 else (False,))
            if days.start <= (left := x - _INDENT - block.width if flipped else x + _INDENT)
            and left + block.width <= days.end
        ]
        further = [
            rows.plus(option, row)
            for rows in best
            for option in options
            for row in range(len(rows.ends) + 1)
            if row == len(rows.ends) or min(option.box.left, x) >= rows.ends[row]
        ]
        # with the same rows and the same ends, nothing that follows can tell two arrangements apart
        unlike = {(rows.ends, rows.heights): rows for rows in sorted(further, key=lambda rows: -rows.cost(calm))}
        best = sorted(unlike.values(), key=lambda rows: (rows.cost(calm), rows.ends))[:_KEPT]
    return best[0] if best else None
