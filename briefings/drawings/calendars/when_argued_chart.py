"""Lay out the positions of a question at their dates, on stems over a calendar with bars of what was reported."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ...briefing.parts import DrawingView, EstimateView, ItemView
from ...language.wording import Wording
from ...schema.dates import PartialDate
from ...schema.drawings import DrawingChoice
from ..charts.axes import month_names, year_names
from ..charts.chart_text import BASE_TEXT_SIZE, ChartText
from ..charts.estimate_text import EstimateText, capitalize_first, plotted_values, required_time, with_full_stop
from ..charts.marks import Bar, Line, scaled
from ..charts.scales import TimeScale, possible_days, whole_months
from ..charts.timeline import TimelineEvent, TimelinePhase, TimelineScene
from ..fonts import TextMeasure
from ..scene import Box, Cell, DrawingSize, Label, NoRoomError, Span, Table
from ..text_layout import TextBlock

_MIN_WIDTH = 440.0  # px: narrower drawings are lists
_WIDE = (480.0, 400.0, 330.0)  # px: of a position in few words, on one line where it has room
_WIDTHS = (260.0, 172.0, 144.0, 118.0, 96.0)  # px: widths of a position's text
_INDENT, _GAP = 5.0, 7.0  # px: between a stem and its text, and between texts
_AXIS, _BAR = 20.0, 36.0  # px: height of the calendar, and of the bar of the largest number
_MONTH = 18.0  # px: narrower months have no names, and the calendar has years
_BAR_TEXTS = (190.0, 150.0, 120.0, 96.0, 78.0)  # px: widths of the text under a bar


@dataclass(frozen=True)
class _Flag:
    """A text on a stem at x; it extends to the right, or `left`."""

    owner: str
    x: float
    block: TextBlock
    left: bool
    indent: float = _INDENT

    @property
    def start(self) -> float:
        """Its left edge."""
        return self.x - self.indent - self.block.width if self.left else self.x + self.indent

    @property
    def end(self) -> float:
        """Its right edge."""
        return self.start + self.block.width


def layout_when_argued(
    picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize
) -> TimelineScene:
    """Lay out the positions above the calendar and the reports below it; a narrow drawing is a list."""
    factor = size.text_size / BASE_TEXT_SIZE
    width = size.width / factor
    texts = EstimateText(picture, wording, ChartText(measure))
    positions = sorted(
        (p for question in picture.pieces for p in question.pieces), key=lambda p: (possible_days(_when(p)), p.id)
    )
    rows = sorted(
        (row for piece in picture.pieces for row in piece.rows), key=lambda r: (possible_days(required_time(r)), r.ref)
    )
    labels: list[Label] = []
    lines: list[Line] = []
    bars: list[Bar] = []
    height = 0.0
    if width >= _MIN_WIDTH:
        days = _calendar(positions, rows, width)
        axis = _positions(positions, days, texts, picture.choice, labels, lines, bars)
        height = axis + _AXIS
        lines += [Line(days.start, y, days.end, y, "axis") for y in (axis, height)]
        ticks, names = _names(days, axis, texts)
        lines, labels = lines + ticks, labels + names
        if rows:
            height = _reports(picture, rows, days, axis + _AXIS, texts, labels, lines, bars)
    scene = TimelineScene(
        width,
        height,
        " ".join(_alt(picture, positions, rows, texts)),
        _table(picture, positions, rows, texts),
        tuple(labels),
        lines=tuple(lines),
        bars=tuple(bars),
        down=not height,
        stages=(_stage(picture, positions, texts),),
        notes=(with_full_stop(dict(picture.texts)["chart"]),) if rows and height and picture.choice.claims else (),
    )
    return scaled(scene, factor)


def _names(days: TimeScale, axis: float, texts: EstimateText) -> tuple[list[Line], list[Label]]:
    """Return the ticks and names of months, or of years where months have no room for a name."""
    if days.px_per_day * 30.4 >= _MONTH:
        ticks = [Line(start, axis, start, axis + _AXIS, "tick") for _, start, _ in list(days.months())[1:]]
        return ticks, list(month_names(days, axis + 14, texts.wording, texts.chart_text))
    parts = list(year_names(days, axis, axis + 14, texts.chart_text))
    return [p for p in parts if isinstance(p, Line)], [p for p in parts if isinstance(p, Label)]


def _when(position: ItemView) -> PartialDate:
    assert position.as_of is not None, "a drawing over time was given a position without a date"
    return position.as_of


def _calendar(positions: Sequence[ItemView], rows: Sequence[EstimateView], width: float) -> TimeScale:
    ends = [possible_days(_when(p)) for p in positions] + [possible_days(required_time(r)) for r in rows]
    first = min((first for first, _ in ends), default=date(2000, 1, 1))
    last = max((last for _, last in ends), default=first)
    return TimeScale(*whole_months(first, last), 1, width - 2)


def _positions(
    positions: Sequence[ItemView],
    days: TimeScale,
    texts: EstimateText,
    choice: DrawingChoice,
    labels: list[Label],
    lines: list[Line],
    bars: list[Bar],
) -> float:
    """Lay out the positions, with the widest texts whose stems cross no other text, and return the y of the axis."""
    positions = sorted(positions, key=lambda p: (sum(days.span(_when(p))), p.id))
    tried = []
    for width in (*_WIDE, *_WIDTHS) if choice.claims else _WIDTHS:
        flags = [_flag(p, days, texts, width, choice) for p in positions]
        levels = _levels(flags)
        if levels is not None and all(flag.start >= 0 and flag.block.width <= width for flag in flags):
            tops = [low + flag.block.height for flag, low in zip(flags, levels, strict=True)]
            tried.append((max(tops, default=0.0), flags, levels))
    if not tried:
        raise NoRoomError(positions[0].id, positions[0].title)
    height, flags, levels = min(tried, key=lambda found: found[0])
    axis = height + 12
    for position, flag, low in zip(positions, flags, levels, strict=True):
        top = axis - 12 - low - flag.block.height
        if flag.block.lines:
            labels.append(flag.block.label_at(flag.owner, flag.start, top, align="end" if flag.left else "start"))
        lines.append(Line(flag.x, top, flag.x, axis, "argued"))
        start, end = days.span(_when(position))
        wide = end - start > 9
        day = Box(flag.x - 3, axis - 3, flag.x + 3, axis + 3)
        if wide:
            bars.insert(0, Bar(Box(start, axis - 2.5, end, axis + 2.5), "speaker-tint"))
        bars.append(Bar(day, "speaker"))
    return axis


def _flag(position: ItemView, days: TimeScale, texts: EstimateText, width: float, choice: DrawingChoice) -> _Flag:
    start, end = days.span(_when(position))
    x = (start + end) / 2
    when = texts.wording.when(_when(position), short=True).replace(" ", "\u00a0")
    said = texts.words["by_whom"].format(who=texts.wording.speakers(position.by), date=when)
    parts: list[tuple[str | Sequence[Span], str]]
    parts = [(capitalize_first(said), "speaker"), ("" if choice.brief else position.title, "event")]
    if choice.claims:
        said = f"{texts.wording.speakers(position.by)}: "
        parts = [
            ([Span(capitalize_first(said), bold=True, ink="speaker"), Span(position.says or position.title)], "event")
        ]
    block = texts.chart_text.text_block(parts, width)
    return _Flag(position.id, x, block, x + _INDENT + block.width > days.end)


def _levels(flags: Sequence[_Flag]) -> list[float] | None:
    """Return how far each text stands above the lowest place, in the order of their stems; None if that is impossible.

    A text is above every text whose stem would cross it, and above those it overlaps that came before.
    """
    above: dict[int, set[int]] = {i: set() for i in range(len(flags))}
    for i, flag in enumerate(flags):
        for j, other in enumerate(flags):
            if i == j:
                continue
            crossed = flag.start - 3 < other.x < flag.end + 3 and (abs(flag.x - other.x) > 0.5 or i < j)
            meets = flag.start - _GAP < other.end and other.start - _GAP < flag.end
            stems = flag.start - 3 < other.x < flag.end + 3 or other.start - 3 < flag.x < other.end + 3
            same = abs(flag.x - other.x) <= 0.5
            if crossed or (meets and i > j and not stems and not same) or (same and i < j):
                above[i].add(j)
    levels: dict[int, float] = {}
    while len(levels) < len(flags):
        free = [i for i in above if i not in levels and above[i] <= levels.keys()]
        if not free:
            return None
        for i in free:
            levels[i] = max((levels[j] + flags[j].block.height + _GAP for j in above[i]), default=0.0)
    return [levels[i] for i in range(len(flags))]


def _reports(
    picture: DrawingView,
    rows: Sequence[EstimateView],
    days: TimeScale,
    top: float,
    texts: EstimateText,
    labels: list[Label],
    lines: list[Line],
    bars: list[Bar],
) -> float:
    """Hang a bar from the calendar for each report, as long as its number, with its text below; return the bottom."""
    most = max((max(plotted_values(r)) for r in rows if plotted_values(r)), default=1.0)
    rows, flags, lengths = _report_flags(rows, days, texts, most)
    levels = _levels(flags)
    assert levels is not None
    # beside bars that are narrow, else below the longest
    base = 6.0 if flags[0].indent > _INDENT else max(lengths, default=0.0) + 8
    bottom = top
    for row, flag, length, low in zip(rows, flags, lengths, levels, strict=True):
        start, end = days.span(required_time(row))
        if end - start < 10:
            start, end = flag.x - 5, flag.x + 5
        start, end = max(start, days.start), min(end, days.end)
        role = "hollow" if row.how else "reported"
        if length:
            bars.append(Bar(Box(start, top, end, top + length), role, row.ref))
            if row.estimate.low is not None:  # the true value is in the lighter part
                sure = top + length * float(row.estimate.low) / plotted_values(row)[-1]
                bars.append(Bar(Box(start, sure, end, top + length), "hollow", row.ref))
        y = top + base + low
        if y + flag.block.height > top + length:
            lines.append(Line(flag.x, top + length, flag.x, y + flag.block.height, "said"))
        bottom = max(bottom, top + length)
        label = flag.block.label_at(row.ref, flag.start, y, align="end" if flag.left else "start")
        labels.append(label)
        bottom = max(bottom, label.box.bottom)
    if picture.choice.claims:  # its caption says what the bars are
        return bottom + 2
    title = texts.chart_text.text_block([(dict(picture.texts)["chart"], "who")], days.end)
    labels.append(title.label_at(picture.id, 0, bottom + 5))
    return bottom + 5 + title.height + 2


def _report_flags(
    rows: Sequence[EstimateView], days: TimeScale, texts: EstimateText, most: float
) -> tuple[list[EstimateView], list[_Flag], list[float]]:
    """Return the reports in the order of their bars, their texts at the widest width that works, and the lengths."""
    rows = sorted(rows, key=lambda r: (sum(days.span(required_time(r))), r.ref))
    lengths = [_BAR * max(plotted_values(r)) / most if plotted_values(r) else 0.0 for r in rows]
    spans = [days.span(required_time(row)) for row in rows]
    indent = _INDENT + 6 if all(end - start < 14 for start, end in spans) else _INDENT
    tried: list[tuple[float, list[_Flag]]] = []
    for width in _BAR_TEXTS:
        flags = []
        for row, (start, end) in zip(rows, spans, strict=True):
            x = (max(start, days.start) + min(end, days.end)) / 2
            block = texts.mark_label(row, width)
            flags.append(_Flag(row.ref, x, block, x + indent + block.width > days.end, indent))
        levels = _levels(flags)
        if levels is not None and all(f.start >= 0 and f.block.width <= width for f in flags):
            tried.append((max(low + f.block.height for f, low in zip(flags, levels, strict=True)), flags))
    if not tried:
        raise NoRoomError(rows[0].ref, texts.value(rows[0]))
    return rows, min(tried, key=lambda found: found[0])[1], lengths


def _stage(picture: DrawingView, positions: Sequence[ItemView], texts: EstimateText) -> TimelinePhase:
    happenings = tuple(
        TimelineEvent(
            p.id,
            texts.wording.when(_when(p)),
            (Span(f"{capitalize_first(texts.wording.speakers(p.by))}: {p.title}"),),
            possible_days(_when(p))[0] != possible_days(_when(p))[1],
        )
        for p in positions
    )
    question = next((piece for piece in picture.pieces if piece.pieces), None)
    return TimelinePhase(picture.id, question.title if question else picture.title, "", happenings)


def _alt(
    picture: DrawingView, positions: Sequence[ItemView], rows: Sequence[EstimateView], texts: EstimateText
) -> Iterator[str]:
    yield texts.words["alt_when_argued"].format(title=with_full_stop(picture.title))
    for p in positions:
        said = f"{texts.wording.when(_when(p))}, {texts.wording.speakers(p.by)}: {p.title}"
        yield with_full_stop(capitalize_first(said))
    if rows:
        yield with_full_stop(dict(picture.texts)["chart"])
        yield from texts.sentences(rows)


def _table(
    picture: DrawingView, positions: Sequence[ItemView], rows: Sequence[EstimateView], texts: EstimateText
) -> Table:
    heads = texts.words["heads"]
    out = [
        (
            Cell(texts.wording.when(_when(p), short=True)),
            Cell(p.title, sources=p.sources),
            Cell(capitalize_first(texts.wording.speakers(p.by))),
        )
        for p in positions
    ]
    for row in rows:
        when = texts.wording.when(required_time(row), short=True)
        who = texts.attribution(row, dated=required_time(row) != row.estimate.as_of)
        out.append((Cell(when), Cell(ref=row.ref, sources=row.sources), Cell(capitalize_first(who))))
    return Table((heads["date"], heads["argued"], heads["who"]), tuple(out))
