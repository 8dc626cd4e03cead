"""Reports of one thing at different times -> where each mark and label stands; nothing joined unless asked."""

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

MIN_LABELLED_WIDTH = 470  # px: below it labels are numbers, with a key under the chart
_LABEL = 158.0  # px: how wide a label may be


@dataclass(frozen=True)
class _Plot:
    """The frame that marks stand in."""

    box: Box
    days: TimeScale
    amounts: Scale
    steps: tuple[float, ...]

    def middle(self, row: EstimateView) -> float:
        """The middle of the time a report speaks of."""
        start, end = self.days.span(required_time(row))
        return (start + end) / 2


def layout_over_time_chart(
    picture: DrawingView, wording: Wording, measure: TextMeasure, form: DrawingSize
) -> ChartScene:
    """The chart of the picture's estimates, each of which speaks of some time; those in words stand under the axis."""
    by = form.text_size / BASE_TEXT_SIZE
    letters, width = ChartText(measure), form.width / by
    reports = EstimateText(picture, wording, letters)
    rows = sorted(
        (row for piece in picture.pieces for row in piece.rows), key=lambda r: (possible_days(required_time(r)), r.ref)
    )
    counted, said = [r for r in rows if plotted_values(r)], [r for r in rows if not plotted_values(r)]
    joined = bool(getattr(picture.thing, "joined", False))
    symbols, names, top = _legend(counted, joined, wording, letters, width)
    plot = _plot(rows, counted, top, wording, letters, width)
    marks = _marks(counted, plot)
    links, signs = _rivals(counted, marks, letters)
    joins = [Line(a.x, a.y, b.x, b.y, "join") for a, b in pairwise(marks)] if joined else []
    strung = [box for line in (*links, *joins) for box in along(line)]
    bottom = plot.box.bottom + 34
    placed = _labels(counted, marks, [*boxes(signs), *strung], plot, reports) if width >= MIN_LABELLED_WIDTH else None
    if placed:
        under, stems, height = reports.layout_word_lane(said, [plot.middle(r) for r in said], plot.box, bottom)
        labels, leaders = [*placed[0], *under], [*placed[1], *stems]
    else:
        labels, leaders = _number_labels(marks, [plot.middle(r) for r in said], boxes(signs), strung, plot, letters)
        under, height = reports.numbered_key([*counted, *said], width, bottom + (14 if said else 4))
        labels += under
    axes, scale = _axes(plot, counted, wording, letters, boxes(labels))
    opening = reports.words["alt_over_time"].format(
        title=with_full_stop(picture.title),
        first=wording.month(plot.days.first, year=True),
        last=wording.month(plot.days.last, year=True),
        joined=reports.words["alt_joined" if joined else "alt_not_joined"],
    )
    chart = ChartScene(
        width,
        height,
        " ".join((opening, *reports.sentences(rows))),
        reports.table(rows, timed=True),
        (*scale, *names, *signs, *labels),
        lines=(*axes, *_open_ended_strokes(counted, marks), *links, *joins, *leaders),
        marks=tuple(marks),
        legend=symbols,
    )
    return scaled(chart, by)


def _plot(
    rows: Sequence[EstimateView],
    counted: Sequence[EstimateView],
    top: float,
    wording: Wording,
    letters: ChartText,
    width: float,
) -> _Plot:
    height = max(190.0, min(0.42 * width, 300.0))
    steps = ticks(0, max((n for r in counted for n in plotted_values(r)), default=1), 5)
    left = max(letters.width(wording.tick(step), "tick") for step in steps) + 8
    box = Box(left, top + 20, width - 4, top + 20 + height)
    calendar = TimeScale(*whole_months(*day_range(rows)), box.left, box.right)
    return _Plot(box, calendar, Scale(steps[0], steps[-1], box.bottom, box.top), steps)


def _axes(
    plot: _Plot, counted: Sequence[EstimateView], wording: Wording, letters: ChartText, labels: Sequence[Box]
) -> tuple[list[Line], list[Label]]:
    """The amounts, if there are any, and the months."""
    box = plot.box
    lines = [Line(box.left, box.bottom, box.right, box.bottom, "axis")]
    words: list[Label] = []
    if counted:
        lines, words = axes.amount_axis(plot.amounts, plot.steps, box, counted[0].unit, wording, letters, labels)
    for part in axes.month_axis(plot.days, box.bottom, wording, letters):
        if isinstance(part, Line):
            lines.append(part)
        else:
            words.append(part)
    return lines, words


def _marks(counted: Sequence[EstimateView], plot: _Plot) -> list[EstimateMark]:
    """A mark each; those that share a stretch of time stand side by side in it, since where in it nobody knows."""
    together: dict[tuple[float, float], list[EstimateView]] = defaultdict(list)
    for row in counted:
        together[plot.days.span(required_time(row))].append(row)
    out = []
    for row in counted:
        start, end = plot.days.span(required_time(row))
        group = together[start, end]
        part = (group.index(row) + 1) / (len(group) + 1)
        x = start + (end - start) * (0.8 if row.estimate.bound in ("at-most", "nearly") and len(group) == 1 else part)
        low, high = plot.amounts.at(plotted_values(row)[0]), plot.amounts.at(plotted_values(row)[-1])
        m = estimate_mark(row, x, low, 0, low - high)
        wide = end - start > 3 * max(plot.days.px_per_day, 2.0)
        out.append(replace(m, first=x - start, last=end - x) if wide else m)
    return out


def _open_ended_strokes(counted: Sequence[EstimateView], marks: Sequence[EstimateMark]) -> list[Line]:
    """A dotted stroke before what is known to be so "by" a day, and after what is so "after" one."""
    out = []
    for row, m in zip(counted, marks, strict=True):
        qualifier = required_time(row).qualifier
        if qualifier in ("by", "before"):
            out.append(Line(m.x - m.first - 20, m.y, m.x - max(m.first, 6), m.y, "before"))
        elif qualifier == "after":
            out.append(Line(m.x + max(m.last, 6), m.y, m.x + m.last + 20, m.y, "before"))
    return out


def _rivals(
    counted: Sequence[EstimateView], marks: Sequence[EstimateMark], letters: ChartText
) -> tuple[list[Line], list[Label]]:
    """Dotted lines between reports that disagree, each with a sign of inequality in its middle if there is room."""
    at = {row.ref: m for row, m in zip(counted, marks, strict=True)}
    pairs = {tuple(sorted((row.ref, rival))) for row in counted for rival in row.rivals if rival in at}
    lines: list[Line] = []
    signs: list[Label] = []
    for first, second in sorted(pairs):
        a, b = at[first], at[second]
        ax, bx = _end(a, b.x), _end(b, a.x)
        x, y = (ax + bx) / 2, (a.y + b.y) / 2
        long = ((ax - bx) ** 2 + (a.y - b.y) ** 2) ** 0.5
        sign = letters.line_label("≠", x, y + 4, "sign", "middle")
        if long < 30 or any(sign.box.overlaps(other.box) for other in signs):
            lines.append(Line(ax, a.y, bx, b.y, "rival"))
            continue
        dx, dy = (bx - ax) * 8 / long, (b.y - a.y) * 8 / long
        lines += [Line(ax, a.y, x - dx, y - dy, "rival"), Line(x + dx, y + dy, bx, b.y, "rival")]
        signs.append(sign)
    return lines, signs


def _end(m: EstimateMark, x: float) -> float:
    """Where on a mark a link to `x` ends: straight above or below on a long ceiling, else in its middle."""
    return min(max(x, m.x - m.first), m.x + m.last) if m.kind == "less" else m.x


def _labels(
    counted: Sequence[EstimateView],
    marks: Sequence[EstimateMark],
    taken: Sequence[Box],
    plot: _Plot,
    reports: EstimateText,
) -> tuple[list[Label], list[Line]] | None:
    """A label beside each mark, with a fine line to it where it stands off; None where they do not all fit."""
    blocks = [reports.label(row, _LABEL) for row in counted]
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
    said: Sequence[float],
    taken: Sequence[Box],
    links: Sequence[Box],
    plot: _Plot,
    letters: ChartText,
) -> tuple[list[Label], list[Line]]:
    """A number at each mark, for a key; those said in words have theirs under the axis."""
    box = plot.box
    within = Box(box.left - 16, box.top - 14, box.right + 4, box.bottom - 2)
    scale = [Box(0, y - 8, box.left - 4, y + 6) for y in map(plot.amounts.at, plot.steps[:-1])]
    scale.append(Box(0, box.top - 16, box.left + 40, box.top - 2))
    blocks = [letters.text_block([(str(n), "key")], 99) for n in range(1, len(marks) + 1)]
    covered = [covered_boxes(m) for m in marks]
    places = place_labels(blocks, covered, within, [*scale, *taken, *links]) or place_labels(
        blocks, covered, within, [*scale, *taken]
    )  # rather on a dotted line than nowhere
    if places is None:
        raise NoRoomError(marks[0].ref, " ".join(str(n) for n in range(1, len(marks) + 1)))
    labels = [b.label_at("", p.box.left, p.box.top, align=p.align) for b, p in zip(blocks, places, strict=True)]
    lines = [p.leader for p in places if p.leader]
    x, y = plot.box.right + 20, plot.box.bottom + 40
    for n, at in reversed(list(enumerate(said, len(marks) + 1))):
        x = min(at, x - 15, plot.box.right - 6)
        labels.append(letters.line_label(str(n), x, y, "key", "middle"))
        lines.append(Line(at, plot.box.bottom, at, y - 11, "said"))
    return labels, lines


def _legend(
    counted: Sequence[EstimateView], joined: bool, wording: Wording, letters: ChartText, width: float
) -> tuple[tuple[LegendSymbol, ...], tuple[Label, ...], float]:
    """What the marks of this chart mean, and no others."""
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
    return axes.legend(items, 0, 4, width, letters)
