"""Briefing -> what its page on a screen leads to beside the text: a number's other reports, a note's first call."""

from dataclasses import dataclass, field

from ..briefing.parts import Briefing, EstimateView


@dataclass(frozen=True)
class ScreenLinks:
    """What a template may use as `screen`; on paper that is empty. `figures` fills while numbers are written."""

    figures: dict[str, tuple[EstimateView, ...]] = field(
        default_factory=dict
    )  # those named in the text and shown by no table
    reports: dict[str, tuple[EstimateView, ...]] = field(default_factory=dict)  # figure id -> all its reports
    tables: frozenset[str] = frozenset()  # the figures whose whole table stands on this page
    calls: set[int] = field(default_factory=set)  # the notes called so far

    @classmethod
    def for_briefing(cls, briefing: Briefing) -> "ScreenLinks":
        """Nothing written yet."""
        reports: dict[str, tuple[EstimateView, ...]] = {}
        for row in briefing.rows.values():
            reports[row.figure.id] = (*reports.get(row.figure.id, ()), row)
        figures = [piece for chapter in briefing.chapters if chapter.holds == "figures" for piece in chapter.pieces]
        whole = frozenset(piece.id for piece in figures if len(piece.rows) == len(reports.get(piece.id, ())))
        return cls(reports=reports, tables=whole)

    def report_anchor(self, row: EstimateView) -> str:
        """The id under which a number's reports stand on the page; "" where it is the only one."""
        figure = row.figure.id
        if len(self.reports.get(figure, ())) < 2:
            return ""
        if figure in self.tables:
            return figure
        self.figures[figure] = self.reports[figure]
        return f"_figure-{figure}"

    def record_call(self, note: int) -> bool:
        """Whether this is the first time that the note is called."""
        first = note not in self.calls
        self.calls.add(note)
        return first
