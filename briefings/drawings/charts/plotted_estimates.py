"""Estimates on an axis of amounts over a calendar -> marks, their links, and labels or numbers beside them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ...briefing.parts import EstimateView
from ...language.wording import Wording
from ..scene import Box, Label, NoRoomError
from ..text_layout import TextBlock
from . import axes
from .chart_text import ChartText
from .estimate_text import EstimateText, plotted_values, required_time
from .label_placement import along, lengthen_labels, place_labels
from .marks import EstimateMark, Line, boxes, covered_boxes, estimate_mark
from .scales import Scale, TimeScale, possible_days, ticks

_LABELS = ((158.0, 0.0), (104.0, 1.0), (78.0, 2.5))  # widths of a label to try in px, and what each costs
_SIGN_PLACES = (0.5, 0.4, 0.6, 0.3, 0.7)  # where on a link its sign may stand


@dataclass(frozen=True)
class Plot:
    """The plot area and its scales."""

    box: Box
    days: TimeScale
    amounts: Scale
    steps: tuple[float, ...]

    def middle(self, row: EstimateView) -> float:
        """Return the position of the middle of the period that a report covers."""
        start, end = self.days.span(required_time(row))
        return (start + end) / 2


@dataclass(frozen=True)
class PlottedEstimates:
    """Marks with their labels on an axis of amounts. `numbered` are the estimates for which a key is needed."""

    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    marks: tuple[EstimateMark, ...]
    numbered: tuple[EstimateView, ...]


def amount_steps(counted: Sequence[EstimateView]) -> tuple[float, ...]:
    """Return the amounts that plot_estimates() marks on its axis."""
    return steps_for(counted, 3)


def steps_for(counted: Sequence[EstimateView], at_most: int) -> tuple[float, ...]:
    """Return round amounts that span zero and all these estimates; see ticks()."""
    numbers = [n for row in counted for n in plotted_values(row)]
    return ticks(min(numbers, default=0), max(numbers, default=1), at_most)


def plot_estimates(
    counted: Sequence[EstimateView], box: Box, calendar: TimeScale, texts: EstimateText, taken: Sequence[Box]
) -> PlottedEstimates:
    """Plot estimates with numbers in a box over a calendar of another drawing, which has its own month names.

    No label covers what is `taken`.
    """
    counted = sorted(counted, key=lambda r: (possible_days(required_time(r)), r.ref))
    steps = amount_steps(counted)
    plot = Plot(box, calendar, Scale(steps[0], steps[-1], box.bottom, box.top), steps)
    marks = estimate_marks(counted, plot)
    links, signs = rival_links(counted, marks, texts.chart_text)
    strokes = open_ended_strokes(counted, marks)
    line_boxes = [part for line in (*links, *strokes) for part in along(line)]
    labels, leaders, numbered = mark_labels(counted, marks, [*boxes(signs), *taken], line_boxes, plot, texts)
    lines, scale = amounts_beside(plot, counted, texts, labels)
    return PlottedEstimates(
        (*scale, *signs, *labels),
        (*lines, *strokes, *links, *leaders),
        tuple(marks),
        tuple(numbered),
    )


def amounts_beside(
    plot: Plot, counted: Sequence[EstimateView], texts: EstimateText, labels: Sequence[Label]
) -> tuple[list[Line], list[Label]]:
    """Return the lines at the round amounts, interrupted at `labels`, and the amounts on the left of the plot."""
    box = plot.box
    lines, scale = [Line(box.left, box.bottom, box.right, box.bottom, "axis")], list[Label]()
    for step in plot.steps:
        y = plot.amounts.at(step)
        if step != plot.steps[0]:  # zero is an axis of its own if it is not the lowest
            lines += axes.broken(Line(box.left, y, box.right, y, "grid" if step else "axis"), boxes(labels))
        amount = texts.wording.tick(step, counted[0].unit if counted and step == plot.steps[-1] else None)
        scale.append(texts.chart_text.line_label(amount, box.left - 6, y + 3.5, "tick", "end"))
    return lines, scale


def estimate_marks(counted: Sequence[EstimateView], plot: Plot) -> list[EstimateMark]:
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


def open_ended_strokes(counted: Sequence[EstimateView], marks: Sequence[EstimateMark]) -> list[Line]:
    """Return a dotted line 20 px long before a mark dated "by" or "before" a day, and after one dated "after" a day."""
    out = []
    for row, m in zip(counted, marks, strict=True):
        qualifier = required_time(row).qualifier
        if qualifier in ("by", "before"):
            out.append(Line(m.x - m.first - 20, m.y, m.x - max(m.first, 6), m.y, "before"))
        elif qualifier == "after":
            out.append(Line(m.x + max(m.last, 6), m.y, m.x + m.last + 20, m.y, "before"))
    return out


def rival_links(
    counted: Sequence[EstimateView], marks: Sequence[EstimateMark], chart_text: ChartText
) -> tuple[list[Line], list[Label]]:
    """Return dotted lines between contradicting reports, with a "≠" in the middle of each, or beside a mark there.

    A sign that would stand on another one is left out.
    """
    at = {row.ref: m for row, m in zip(counted, marks, strict=True)}
    pairs = {tuple(sorted((row.ref, rival))) for row in counted for rival in row.rivals if rival in at}
    covered = [box for mark in marks for box in covered_boxes(mark)]
    lines: list[Line] = []
    signs: list[Label] = []
    for first, second in sorted(pairs):
        a, b = at[first], at[second]
        ax, bx = _end(a, b.x), _end(b, a.x)
        long = ((ax - bx) ** 2 + (a.y - b.y) ** 2) ** 0.5
        places = [(ax + (bx - ax) * part, a.y + (b.y - a.y) * part) for part in _SIGN_PLACES] if long >= 30 else []
        found = [(x, y, chart_text.line_label("≠", x, y + 4, "sign", "middle")) for x, y in places]
        free = next((place for place in found if not any(place[2].box.overlaps(box) for box in covered)), None)
        if free is None or any(free[2].box.overlaps(box) for box in boxes(signs)):
            lines.append(Line(ax, a.y, bx, b.y, "rival"))
            continue
        x, y, sign = free
        dx, dy = (bx - ax) * 8 / long, (b.y - a.y) * 8 / long
        lines += [Line(ax, a.y, x - dx, y - dy, "rival"), Line(x + dx, y + dy, bx, b.y, "rival")]
        signs.append(sign)
    return lines, signs


def _end(m: EstimateMark, x: float) -> float:
    """Return the x at which a link towards `x` meets a mark: anywhere on the bar of an upper bound, else its centre."""
    return min(max(x, m.x - m.first), m.x + m.last) if m.kind == "less" else m.x


def mark_labels(
    counted: Sequence[EstimateView],
    marks: Sequence[EstimateMark],
    taken: Sequence[Box],
    links: Sequence[Box],
    plot: Plot,
    texts: EstimateText,
    *,
    within: Box | None = None,
    widths: Sequence[tuple[float, float]] = _LABELS,
    label: Callable[[EstimateView, float], TextBlock] | None = None,
    all_or_none: bool = False,
) -> tuple[list[Label], list[Line], list[EstimateView]]:
    """Place at each mark its value and who says so, with a leader where it is at a distance, or else a number.

    Labels stand `within` a box, by default the plot, and say what `label` makes of a report and a width. Also returns
    the estimates that have a number, for a key, in their order; with `all_or_none`, raises NoRoomError instead.
    """
    box = plot.box
    within = within or Box(box.left + 2, box.top - 16, box.right + 4, box.bottom - 3)
    scale = [Box(0, y - 8, box.left - 4, y + 6) for y in map(plot.amounts.at, plot.steps[:-1])]
    scale.append(Box(0, box.top - 16, box.left + 40, box.top - 2))
    covered = [covered_boxes(m) for m in marks]
    wide = Box(box.left - 16, within.top, within.right, box.bottom - 2)
    numbers = [texts.chart_text.text_block([("88", "key")], 99)] * len(counted)
    busy = [*scale, *taken, *links]
    # a number on a dotted line is better than no number
    short = place_labels(numbers, covered, wide, busy) or place_labels(numbers, covered, wide, [*scale, *taken])
    if short is None:
        raise NoRoomError(counted[0].ref, " ".join(str(n) for n in range(1, len(marks) + 1)))
    spoken = [[((label or texts.mark_label)(row, across), cost) for across, cost in widths] for row in counted]
    places = lengthen_labels(short, spoken, covered, within, busy, numbers, all_or_none=all_or_none)
    if all_or_none and not all(place.variant for place in places):
        raise NoRoomError(counted[0].ref, "1")
    labels: list[Label] = []
    numbered: list[EstimateView] = []
    for row, blocks, place in zip(counted, spoken, places, strict=True):
        if place.variant:
            block, owner = blocks[place.variant - 1][0], row.ref
        else:
            numbered.append(row)
            block, owner = texts.chart_text.text_block([(str(len(numbered)), "key")], 99), ""
        left = place.box.right - block.width if place.align == "end" else place.box.left
        labels.append(block.label_at(owner, left, place.box.top, align=place.align))
    return labels, [p.leader for p in places if p.leader], numbered


def plot_axes(
    plot: Plot, counted: Sequence[EstimateView], wording: Wording, chart_text: ChartText, labels: Sequence[Box]
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
