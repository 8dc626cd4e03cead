"""Write the texts of the estimates in a chart: labels, numbered key, text alternative, data table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from ...briefing.parts import DrawingView, EstimateView, ItemView
from ...briefing.voices import disagreeing
from ...language.wording import Wording
from ...schema.dates import PartialDate
from ..scene import Box, Cell, Label, Table
from ..text_layout import TextBlock
from ..text_spans import join_spans, to_spans
from .chart_text import ChartText
from .marks import Line
from .scales import TimeScale


def time_covered(row: EstimateView) -> PartialDate | None:
    """Return the time that an estimate is about. It may differ from the date of the report (`as_of`)."""
    return row.estimate.covers or row.estimate.as_of


def required_time(row: EstimateView) -> PartialDate:
    """Return time_covered() of an estimate that must have a date; loading.drawing_checks has verified that."""
    time = time_covered(row)
    assert time is not None, "a drawing over time was given an estimate without a date"
    return time


def plotted_values(row: EstimateView) -> tuple[float, ...]:
    """Return the numbers that a scale has to include: the value, the ends of a range, or none for a text."""
    e = row.estimate
    return tuple(float(v) for v in (e.value, e.low, e.high) if v is not None)


def day_range(rows: Iterable[EstimateView]) -> tuple[date, date]:
    """Return the first and last day that dated estimates cover. Raises ValueError if none has a date."""
    times = [when for row in rows if (when := time_covered(row))]
    return min(w.first for w in times), max(w.last for w in times)


def capitalize_first(words: str) -> str:
    """Return the text with its first letter in upper case."""
    return words[:1].upper() + words[1:]


def with_full_stop(words: str) -> str:
    """Return the text with a full stop, unless it ends with a punctuation mark."""
    return words if words.endswith((".", "?", "!", "…")) else words + "."


class EstimateText:
    """The texts of the estimates in one drawing.

    `brief` labels, on a slide, leave out whom a report came through and when an earlier state was told: the foot of the
    slide names the sources with their dates. The text alternative and the table always have both.
    """

    def __init__(self, picture: DrawingView, wording: Wording, chart_text: ChartText, *, brief: bool = False) -> None:
        self.picture, self.wording, self.chart_text, self.brief = picture, wording, chart_text, brief
        self.words: Mapping[str, Any] = wording.strings["charts"]
        self._rows = {row.ref: row for row in picture.rows}

    def value(self, row: EstimateView) -> str:
        """Return the number in its short form, capitalized: "Over 1,200 km²"."""
        return capitalize_first(self.wording.estimate(row, "short"))

    def speakers(self, row: EstimateView) -> str:
        """Return who says so, without a date: the names, with those they came through, or that it is calculated."""
        if row.estimate.derived:
            return capitalize_first(self.words["worked_out"])
        return capitalize_first(self._names(row, brief=self.brief))

    def _names(self, row: EstimateView, *, brief: bool) -> str:
        names = self.wording.speakers(row.by)
        if row.via and not brief:
            names = self.words["through"].format(by=names, via=self.wording.speakers(row.via, inside=True))
        return names

    def attribution(self, row: EstimateView, *, brief: bool = False, dated: bool = True) -> str:
        """Return who reported the estimate and, if `dated`, when; for a derived one, from which values it comes."""
        when = self.wording.dated(row, short=True) or self.wording.strings["table"]["undated"]
        if row.estimate.derived:
            same = [b for ref in row.estimate.derived.of if (b := self._rows[ref]).unit == row.unit]
            base = self.words["and"].join(self.wording.estimate(b, "short") for b in same)
            names = self.words["worked_out_on"].format(base=base) if same else self.words["worked_out"]
        else:
            names = self._names(row, brief=brief)
        if not dated:
            return str(names)
        said = row.estimate.covers and not row.estimate.derived
        return str(self.words["said" if said else "by_whom"].format(who=names, date=when.replace(" ", "\u00a0")))

    def about(self, row: EstimateView) -> str:
        """Return what exactly is counted, without marks."""
        return join_spans(to_spans(row.about, self.picture, self.wording))

    def remarks(self, row: EstimateView, *, how: bool = True) -> list[str]:
        """Return what is counted, how it was calculated (if `how`), and whether it is an enemy count or a forecast."""
        out = [self.about(row)]
        if row.how and how:
            out.append(join_spans(to_spans(row.how, self.picture, self.wording)))
        if row.estimate.enemy_count:
            out.append(self.words["enemy"])
        if row.estimate.status == "forecast":
            out.append(self.wording.strings["table"]["forecast"])
        return [words for words in out if words]

    def rivals(self, row: EstimateView) -> str:
        """Return who reports a different value for the same thing and time; of the same voice, also which value."""
        names = []
        for other, own in disagreeing(row, self._rows):
            who = self.words["worked_out"] if other.estimate.derived else self.wording.speakers(other.by, inside=True)
            number = self.wording.estimate(other, "short") if own else ""
            names.append(self.words["own_rival"].format(who=who, number=number) if own else who)
        return self.wording.names(names)

    def label(self, row: EstimateView, width: float, *, more: bool = False) -> TextBlock:
        """Return value, source and date as a block of lines. With `more`, what is counted is added."""
        parts = [(self.value(row), "value"), (capitalize_first(self.attribution(row, brief=self.brief)), "by")]
        if more:
            parts += [("; ".join(self.remarks(row, how=False)), "who")]
        elif row.estimate.enemy_count:
            parts.append((self.words["enemy"], "who"))
        return self.chart_text.text_block(parts, width, row.ref)

    def mark_label(self, row: EstimateView, width: float) -> TextBlock:
        """Return value and source, for a mark that shows the date; one said at another time keeps that date."""
        who = self.speakers(row)
        if row.estimate.covers and row.estimate.as_of and not (row.estimate.derived or self.brief):
            said = self.wording.when(row.estimate.as_of, short=True).replace(" ", "\u00a0")
            who = str(self.words["said"].format(who=who, date=said))
        parts = [(self.value(row), "value"), (who, "by")]
        if row.estimate.enemy_count:
            parts.append((self.words["enemy"], "who"))
        return self.chart_text.text_block(parts, width, row.ref)

    def few_label(self, row: EstimateView, width: float, *, who: bool, dated: bool) -> TextBlock:
        """Return value and, with `who`, the source; if `dated`, also the period that the estimate is about."""
        said = self.speakers(row) if who else ""
        if dated:
            period = self.wording.when(required_time(row), short=True)
            said = str(self.words["by_whom"].format(who=said, date=period)) if who else capitalize_first(period)
        return self.chart_text.text_block([(self.value(row), "value"), (said, "by")], width, row.ref)

    def sentences(self, rows: Iterable[EstimateView]) -> Iterator[str]:
        """Yield a sentence for each estimate, for the text alternative."""
        for row in rows:
            said = self.words["alt_report"].format(
                value=capitalize_first(self.wording.estimate(row)), who=self.attribution(row)
            )
            remarks = "; ".join(self.remarks(row))
            yield f"{said}: {remarks}." if remarks else f"{said}."

    def over_time(self, rows: Sequence[EstimateView], calendar: TimeScale, *, joined: bool) -> str:
        """Return the text alternative of a chart over time."""
        first, last = (self.wording.month(day, year=True) for day in (calendar.first, calendar.last))
        opening = self.words["alt_over_time"].format(
            title=with_full_stop(self.picture.title),
            first=first,
            last=last,
            joined=self.words["alt_joined" if joined else "alt_not_joined"],
        )
        return " ".join((opening, *self.sentences(rows)))

    def table(self, rows: Iterable[EstimateView], *, timed: bool) -> Table:
        """Return the data table: the time (if `timed`), the number, its source, what is counted and how."""
        heads: Mapping[str, str] = self.wording.strings["charts"]["heads"]
        out = []
        for row in rows:
            time = time_covered(row)
            when = self.wording.when(time, short=True) if time else self.wording.strings["table"]["undated"]
            dated = not timed or time != row.estimate.as_of  # its date stands in the row already
            cells = (
                Cell(ref=row.ref, sources=row.sources),
                Cell(capitalize_first(self.attribution(row, dated=dated))),
                Cell("; ".join(self.remarks(row))),
            )
            out.append((Cell(when), *cells) if timed else cells)
        names = ("when", "report", "who", "what") if timed else ("report", "who", "what")
        return Table(tuple(heads[n] for n in names), tuple(out))

    def by_figure(self, pieces: Sequence[ItemView]) -> Iterator[str]:
        """Yield sentences() for each figure, preceded by its title (if there are several) and its kind."""
        for piece in pieces:
            if len(pieces) > 1:
                yield with_full_stop(piece.title)
            if len(piece.rows) > 1:
                yield self.words["kinds"][piece.kind]
            yield from self.sentences(piece.rows)

    def tables(self, pieces: Sequence[ItemView], *, timed: bool) -> Table:
        """Return table() for several figures; with more than one, the first column is the figure."""
        tables = [self.table(piece.rows, timed=timed) for piece in pieces]
        if len(pieces) == 1:
            return tables[0]
        rows = [(Cell(p.title), *cells) for p, table in zip(pieces, tables, strict=True) for cells in table.rows]
        return Table((self.words["heads"]["figure"], *(tables[0].head if tables else ())), tuple(rows))

    def numbered_key(self, rows: Sequence[EstimateView], width: float, top: float) -> tuple[list[Label], float]:
        """Lay out numbered labels in columns below a chart, and return them with the y of their end."""
        columns = max(int(width // 150), 1)
        each = width / columns
        blocks = [self.label(row, each - 30) for row in rows]
        per_column = -(-len(blocks) // columns)  # rounded up
        labels: list[Label] = []
        y = bottom = top
        for place, (row, block) in enumerate(zip(rows, blocks, strict=True)):
            column, line = divmod(place, per_column)
            y = y if line else top
            labels.append(self.chart_text.line_label(str(place + 1), column * each, y + 9.2, "key"))
            labels.append(block.label_at(row.ref, column * each + 18, y))
            y += block.height + 5
            bottom = max(bottom, y)
        return labels, bottom

    def layout_word_lane(
        self, rows: Sequence[EstimateView], at: Sequence[float], plot: Box, top: float
    ) -> tuple[list[Label], list[Line], float]:
        """Lay out estimates without a number in one row below the time axis, each with a line up to its time.

        `at` are the positions of their times in px, in ascending order. Returns labels, lines and the y of their end.
        """
        if not rows:
            return [], [], top
        each = min(240.0 if self.brief and len(rows) < 3 else 168.0, plot.width / len(rows) - 26)
        blocks = [self.label(row, each) for row in rows]
        lefts: list[float] = []
        right = plot.right
        for block, x in zip(reversed(blocks), reversed(at), strict=True):
            # from right to left: as near to its time as the label to its right allows
            lefts.insert(0, max(min(max(x - block.width / 2, plot.left), right - block.width), plot.left))
            right = lefts[0] - 26
        y = top + 14
        labels = [b.label_at(row.ref, left, y) for row, b, left in zip(rows, blocks, lefts, strict=True)]
        lines: list[Line] = []
        for label, x in zip(labels, at, strict=True):
            end = min(max(x, label.box.left + 4), label.box.right - 4)
            lines += [Line(x, plot.bottom, x, top + 2, "said"), Line(end, top + 2, end, y - 2, "said")]
            lines += [Line(x, top + 2, end, top + 2, "said")] if abs(x - end) > 1 else []
        for (first, one), (second, other) in pairwise(list(zip(rows, labels, strict=True))):
            if second.ref in first.rivals or first.ref in second.rivals:
                middle = (one.box.right + other.box.left) / 2
                labels.append(self.chart_text.line_label("≠", middle, y + 10, "sign", "middle"))
        wide = self.chart_text.width(self.words["in_words"], "note")
        heading_left = max(min(lefts) - 26 - wide, 0) if self.brief else 0  # on a slide, close to the first
        heading = self.chart_text.line_label(self.words["in_words"], heading_left, y + 9, "note")
        if heading.box.right + 12 < min(lefts):
            labels.append(heading)
        return labels, lines, y + max(b.height for b in blocks) + 4
