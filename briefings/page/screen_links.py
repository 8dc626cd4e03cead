"""Briefing -> what only its screen page has: reports of a figure, the first citation of a note, a leading picture."""

from dataclasses import dataclass, field

from ..briefing.leading import Lead, take_lead
from ..briefing.parts import Briefing, EstimateView


@dataclass(frozen=True)
class ScreenLinks:
    """The variable `screen` of a template; None on paper.

    `figures` and `calls` are filled while the template writes numbers and citations, so templates must read them after
    the text; base.html includes partials/reports.html after the main block.
    """

    # figure id -> all its reports, for figures that the text links to and no table shows
    figures: dict[str, tuple[EstimateView, ...]] = field(default_factory=dict)
    # figure id -> all its reports, for all figures of the pack
    reports: dict[str, tuple[EstimateView, ...]] = field(default_factory=dict)
    # ids of the figures whose table on this page lists all reports
    tables: frozenset[str] = frozenset()
    # numbers of the notes cited so far -> id of the element that cites it first
    calls: dict[int, str] = field(default_factory=dict)
    # the drawing on the first screen, and the chapters without it; None if the briefing has no drawing
    lead: Lead | None = None

    @classmethod
    def for_briefing(cls, briefing: Briefing) -> "ScreenLinks":
        """Return the links of a page that has no text yet."""
        reports: dict[str, tuple[EstimateView, ...]] = {}
        for row in briefing.rows.values():
            reports[row.figure.id] = (*reports.get(row.figure.id, ()), row)
        figures = [piece for chapter in briefing.chapters if chapter.holds == "figures" for piece in chapter.pieces]
        # A table cut by the audience's depth lacks reports, so its figure gets a separate list of all of them.
        complete = frozenset(piece.id for piece in figures if len(piece.rows) == len(reports.get(piece.id, ())))
        return cls(reports=reports, tables=complete, lead=take_lead(briefing.chapters))

    def report_anchor(self, row: EstimateView) -> str:
        """Return the id of the element that lists all reports of the row's figure, or "" if the row is the only report.

        Adds the figure to `figures` if no table of the page lists them.
        """
        figure = row.figure.id
        if len(self.reports.get(figure, ())) < 2:
            return ""
        if figure in self.tables:
            return figure
        self.figures[figure] = self.reports[figure]
        return f"_figure-{figure}"  # ids of a pack begin with a letter, so "_" cannot collide

    def record_call(self, note: int, within: str = "") -> str:
        """Record a citation of a note; return the id that it needs so that the note can link back to it, or "".

        A citation in a text that may be hidden needs none: the note links back to the element `within`, which holds it.
        """
        if note in self.calls:
            return ""
        own = "" if within else f"_call-{note}"
        self.calls[note] = within or own
        return own
