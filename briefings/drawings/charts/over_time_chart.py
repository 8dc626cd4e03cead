"""Lay out reports of one thing at different times as marks with labels, not connected unless the pack asks for it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ...briefing.parts import DrawingView, EstimateView
from ...language.wording import Wording
from ..fonts import TextMeasure
from ..scene import Box, DrawingSize, Label, NoRoomError
from . import axes
from .chart_text import BASE_TEXT_SIZE, ChartText
from .estimate_text import EstimateText, day_range, plotted_values, required_time, with_full_stop
from .label_placement import along, place_labels
from .marks import ChartScene, EstimateMark, LegendSymbol, Line, boxes, covered_boxes, estimate_mark, scaled
from .scales import Scale, TimeScale, possible_days, ticks, whole_months

MIN_LABELLED_WIDTH = 470  # px: narrower charts have numbers as labels, and a key below
_LOWEST = 100.0  # px: the lowest plot that a chart with little height gets
_LABEL = 158.0  # px: maximum width of a label


@dataclass(frozen=True)
class _Plot:
    """The plot area and its scales."""

    box: Box
    days: TimeScale
    amounts: Scale
    steps: tuple[float, ...]

    def middle(self, row: EstimateView) -> float:
        """Return the position of the middle of the period that a report covers."""
        start, end = self.days.span(required_time(row))
        return (start + end) / 2


def layout_over_time_chart(
    picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize
) -> ChartScene:
    """Lay out the chart, lower if it would be too high. Estimates without a number are listed below the time axis."""
    scene = _layout(picture, wording, measure, size, 0.0)
    too_high = scene.height - size.max_height if size.to_fit else 0.0
    return _layout(picture, wording, measure, size, too_high) if too_high > 0 else scene


def _layout(
    picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize, too_high: float
) -> ChartScene:
    """Lay out the chart with its plot lower by `too_high` px, as far as labels still have room."""
    factor = size.text_size / BASE_TEXT_SIZE
    chart_text, width = ChartText(measure), size.width / factor
    texts = EstimateText(picture, wording, chart_text)
    rows = sorted(
        (row for piece in picture.pieces for row in piece.rows), key=lambda r: (possible_days(required_time(r)), r.ref)
    )
    counted, worded = [r for r in rows if plotted_values(r)], [r for r in rows if not plotted_values(r)]
    joined = bool(getattr(picture.thing, "joined", False))
    symbols, names, top = _legend(counted, joined, wording, chart_text, width)
    plot = _plot(rows, counted, top, wording, chart_text, width, too_high / factor)
    marks = _marks(counted, plot)
    links, signs = _rivals(counted, marks, chart_text)
    joins = [Line(a.x, a.y, b.x, b.y, "join") for a, b in pairwise(marks)] if joined else []
    line_boxes = [box for line in (*links, *joins) for box in along(line)]
    bottom = plot.box.bottom + 34
    placed = _labels(counted, marks, [*boxes(signs), *line_boxes], plot, texts) if width >= MIN_LABELLED_WIDTH else None
    if placed:
        under, stems, height = texts.layout_word_lane(worded, [plot.middle(r) for r in worded], plot.box, bottom)
        labels, leaders = [*placed[0], *under], [*placed[1], *stems]
    else:
        labels, leaders = _number_labels(
            marks, [plot.middle(r) for r in worded], boxes(signs), line_boxes, plot, chart_text
        )
        under, height = texts.numbered_key([*counted, *worded], width, bottom + (14 if worded else 4))
        labels += under
    axes, scale = _axes(plot, counted, wording, chart_text, boxes(labels))
    chart = ChartScene(
        width,
        height,
        " ".join((_opening(picture, plot, joined, texts), *texts.sentences(rows))),
        texts.table(rows, timed=True),
        (*scale, *names, *signs, *labels),
        lines=(*axes, *_open_ended_strokes(counted, marks), *links, *joins, *leaders),
        marks=tuple(marks),
        legend=symbols,
    )
    return scaled(chart, factor)


def _opening(picture: DrawingView, plot: _Plot, joined: bool, texts: EstimateText) -> str:
    """Return the first sentences of the text alternative."""
    months = [texts.wording.month(day, year=True) for day in (plot.days.first, plot.days.last)]
    return str(
        texts.words["alt_over_time"].format(
            title=with_full_stop(picture.title),
            first=months[0],
            last=months[1],
            joined=texts.words["alt_joined" if joined else "alt_not_joined"],
        )
    )


def _plot(
    rows: Sequence[EstimateView],
    counted: Sequence[EstimateView],
    top: float,
    wording: Wording,
    chart_text: ChartText,
    width: float,
    too_high: float = 0.0,
) -> _Plot:
    height = max(190.0, min(0.42 * width, 300.0))
    height = max(height - too_high, min(height, _LOWEST)) if too_high else height
    steps = ticks(0, max((n for r in counted for n in plotted_values(r)), default=1), 5)
    left = max(chart_text.width(wording.tick(step), "tick") for step in steps) + 8
    box = Box(left, top + 20, width - 4, top + 20 + height)
    calendar = TimeScale(*whole_months(*day_range(rows)), box.left, box.right)
    return _Plot(box, calendar, Scale(steps[0], steps[-1], box.bottom, box.top), steps)


def _axes(
    plot: _Plot, counted: Sequence[EstimateView], wording: Wording, chart_text: ChartText, labels: Sequence[Box]
) -> tuple[list[Line], list[Label]]:
    """Lay out the axis of amounts, if there are any, and the months."""
    box = plot.box
    lines = [Line(box.left, box.bottom, box.right, box.bottom, "axis")]
    words: list[Label] = []
    if counted:
        lines, words = axes.amount_axis(plot.amounts, plot.steps, box, counted[0].unit, wording, chart_text, labels)
    for part in axes.month_axis(plot.days, box.bottom, wording, chart_text):
        if isinstance(part, Line):
            lines.append(part)
        else:
            words.append(part)
    return lines, words


def _marks(counted: Sequence[EstimateView], plot: _Plot) -> list[EstimateMark]:
    """Return a mark for each estimate.

    Where in its period a report belongs is unknown, so reports of the same period are spread over it. A single upper
    bound is placed at four fifths of the period.
    """
    same_time: dict[tuple[float, float], list[EstimateView]] = defaultdict(list)
    for row in counted:
        same_time[plot.days.span(required_time(row))].append(row)
    out = []
    for row in counted:
        start, end = plot.days.span(required_time(row))
        group = same_time[start, end]
        part = (group.index(row) + 1) / (len(group) + 1)
        x = start + (end - start) * (0.8 if row.estimate.bound in ("at-most", "nearly") and len(group) == 1 else part)
        low, high = plot.amounts.at(plotted_values(row)[0]), plot.amounts.at(plotted_values(row)[-1])
        m = estimate_mark(row, x, low, 0, low - high)
        wide = end - start > 3 * max(plot.days.px_per_day, 2.0)
        out.append(replace(m, first=x - start, last=end - x) if wide else m)
    return out


def _open_ended_strokes(counted: Sequence[EstimateView], marks: Sequence[EstimateMark]) -> list[Line]:
    """Return a dotted line 20 px long before a mark dated "by" or "before" a day, and after one dated "after" a day."""
    out = []
    for row, m in zip(counted, marks, strict=True):
        qualifier = required_time(row).qualifier
        if qualifier in ("by", "before"):
            out.append(Line(m.x - m.first - 20, m.y, m.x - max(m.first, 6), m.y, "before"))
        elif qualifier == "after":
            out.append(Line(m.x + max(m.last, 6), m.y, m.x + m.last + 20, m.y, "before"))
    return out


def _rivals(
    counted: Sequence[EstimateView], marks: Sequence[EstimateMark], chart_text: ChartText
) -> tuple[list[Line], list[Label]]:
    """Return dotted lines between contradicting reports, with a "≠" in the middle of each where there is room."""
    at = {row.ref: m for row, m in zip(counted, marks, strict=True)}
    pairs = {tuple(sorted((row.ref, rival))) for row in counted for rival in row.rivals if rival in at}
    lines: list[Line] = []
    signs: list[Label] = []
    for first, second in sorted(pairs):
        a, b = at[first], at[second]
        ax, bx = _end(a, b.x), _end(b, a.x)
        x, y = (ax + bx) / 2, (a.y + b.y) / 2
        long = ((ax - bx) ** 2 + (a.y - b.y) ** 2) ** 0.5
        sign = chart_text.line_label("≠", x, y + 4, "sign", "middle")
        if long < 30 or any(sign.box.overlaps(other.box) for other in signs):
            lines.append(Line(ax, a.y, bx, b.y, "rival"))
            continue
        dx, dy = (bx - ax) * 8 / long, (b.y - a.y) * 8 / long
        lines += [Line(ax, a.y, x - dx, y - dy, "rival"), Line(x + dx, y + dy, bx, b.y, "rival")]
        signs.append(sign)
    return lines, signs


def _end(m: EstimateMark, x: float) -> float:
    """Return the x at which a link towards `x` meets a mark: anywhere on the bar of an upper bound, else its centre."""
    return min(max(x, m.x - m.first), m.x + m.last) if m.kind == "less" else m.x


def _labels(
    counted: Sequence[EstimateView],
    marks: Sequence[EstimateMark],
    taken: Sequence[Box],
    plot: _Plot,
    texts: EstimateText,
) -> tuple[list[Label], list[Line]] | None:
    """Place a label next to each mark, with a leader where it is at a distance; None if they do not all fit."""
    blocks = [texts.label(row, _LABEL) for row in counted]
    within = Box(plot.box.left + 2, plot.box.top - 16, plot.box.right + 4, plot.box.bottom - 3)
    covered = [covered_boxes(m) for m in marks]
    places = place_labels(blocks, covered, within, taken)
    if places is None:
        return None
    labels = [
        b.label_at(row.ref, p.box.left, p.box.top, align=p.align)
        for row, b, p in zip(counted, blocks, places, strict=True)
    ]
    return labels, [p.leader for p in places if p.leader]


def _number_labels(
    marks: Sequence[EstimateMark],
    worded: Sequence[float],
    taken: Sequence[Box],
    links: Sequence[Box],
    plot: _Plot,
    chart_text: ChartText,
) -> tuple[list[Label], list[Line]]:
    """Place a number at each mark and, below the axis, at each estimate without a number; a key explains them."""
    box = plot.box
    within = Box(box.left - 16, box.top - 14, box.right + 4, box.bottom - 2)
    scale = [Box(0, y - 8, box.left - 4, y + 6) for y in map(plot.amounts.at, plot.steps[:-1])]
    scale.append(Box(0, box.top - 16, box.left + 40, box.top - 2))
    blocks = [chart_text.text_block([(str(n), "key")], 99) for n in range(1, len(marks) + 1)]
    covered = [covered_boxes(m) for m in marks]
    # a number on a dotted line is better than no number
    places = place_labels(blocks, covered, within, [*scale, *taken, *links]) or place_labels(
        blocks, covered, within, [*scale, *taken]
    )
    if places is None:
        raise NoRoomError(marks[0].ref, " ".join(str(n) for n in range(1, len(marks) + 1)))
    labels = [b.label_at("", p.box.left, p.box.top, align=p.align) for b, p in zip(blocks, places, strict=True)]
    lines = [p.leader for p in places if p.leader]
    x, y = plot.box.right + 20, plot.box.bottom + 40
    for n, at in reversed(list(enumerate(worded, len(marks) + 1))):
        x = min(at, x - 15, plot.box.right - 6)
        labels.append(chart_text.line_label(str(n), x, y, "key", "middle"))
        lines.append(Line(at, plot.box.bottom, at, y - 11, "said"))
    return labels, lines


def _legend(
    counted: Sequence[EstimateView], joined: bool, wording: Wording, chart_text: ChartText, width: float
) -> tuple[tuple[LegendSymbol, ...], tuple[Label, ...], float]:
    """Lay out a legend of the symbols and lines that occur in the chart."""
    kinds = wording.strings["charts"]["legend"]
    items = axes.legend_samples((estimate_mark(r, 0, 0, 0) for r in counted), kinds)
    times = [required_time(r) for r in counted]
    if any(possible_days(t)[0] != possible_days(t)[1] for t in times):
        items.append((EstimateMark("exactly", 0, 0, 0, "", "", 0, 9, 9), kinds["stretch"]))
    if any(t.qualifier in ("by", "before", "after") for t in times):
        items.append(("before", kinds["before"]))
    refs = {r.ref for r in counted}
    if any(rival in refs for r in counted for rival in r.rivals):
        items.append(("rival", kinds["rival"]))
    if joined:
        items.append(("join", kinds["join"]))
    return axes.legend(items, 0, 4, width, chart_text)
