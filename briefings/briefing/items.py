"""The data classes inside a chapter: statements, estimates, items, exercises, entries and drawings.

docs/templates.md documents their fields for template authors.
"""

from dataclasses import dataclass
from typing import Literal

from ..pack.geojson import Ground
from ..problems import Mark
from ..schema.dates import PartialDate
from ..schema.drawings import Drawing, DrawingChoice
from ..schema.fields import Level
from ..schema.figures import Estimate, Figure, Unit
from ..schema.judgements import Verdict
from ..schema.topic import Person, Place, Term

# Who stands behind an estimate: our arithmetic, somebody unnamed, a side at war, others who pass it on, or none.
BasisKind = Literal["derived", "unnamed", "party", "relayed", "direct"]


@dataclass(frozen=True)
class LevelView:
    """A text as Markdown with marks, and the reading levels that share it."""

    levels: tuple[Level, ...]
    text: str

    @property
    def name(self) -> Level:
        """The level that stands for all of them in a switch."""
        return "standard" if "standard" in self.levels else self.levels[0]


@dataclass(frozen=True)
class EntryView:
    """A person, place or term. `text` is Markdown at the reader's level, `thing` the YAML it comes from.

    `levels` are its texts, plainest first, if it has several and the document gives them all; so in the classes below.
    """

    id: str
    name: str
    text: str
    thing: Person | Place | Term
    sources: tuple[str, ...] = ()
    levels: tuple[LevelView, ...] = ()


@dataclass(frozen=True)
class StatementView:
    """A paragraph, event, argument, piece of evidence or reply.

    `text` is Markdown with marks. `number` is the paragraph number ("2.3"), or "" for all other statements. `label`
    names the paragraph's aspect, whose id is `aspect`. `by` are names, not ids. `terms` are the glossary entries to
    explain here, because this is the first statement that uses them.
    """

    id: str
    text: str
    number: str = ""
    label: str = ""
    aspect: str = ""
    by: tuple[str, ...] = ()
    as_of: PartialDate | None = None
    date: PartialDate | None = None
    status: str = ""
    sources: tuple[str, ...] = ()
    terms: tuple[EntryView, ...] = ()
    levels: tuple[LevelView, ...] = ()


@dataclass(frozen=True)
class EstimateView:
    """An estimate: a number with its source, date and speakers. `ref` is "figure/estimate".

    `by` and `via` are names, not ids. `basis_kinds` say who stands behind it: see composing/standing.py. `sources` of a
    derived estimate are those of the estimates it is derived from.
    """

    ref: str
    figure: Figure
    estimate: Estimate
    unit: Unit
    words: str  # printed instead of a number ("dozens"), or ""
    by: tuple[str, ...]
    via: tuple[str, ...]
    about: str
    basis: str
    how: str  # how a derived number is calculated, as Markdown with marks
    rivals: tuple[str, ...]  # refs of the estimates that disagree with this one
    sources: tuple[str, ...]
    basis_kinds: tuple[BasisKind, ...] = ()
    label: str = ""  # only for key figures, and for cards, which have the title of their figure
    says: str = ""  # the headline of its slide, only for key figures
    later: bool = False  # whether who says so published it after its date, which is then only that of what it counts


@dataclass(frozen=True)
class JudgementView:
    """How far the evidence carries on one point. `text` is Markdown with marks.

    `evidence` is where to find the evidence: (id, number or title) of each place in this document, and ("", number) of
    each paragraph that only other documents show; paragraphs first.
    """

    id: str
    verdict: Verdict
    text: str
    evidence: tuple[tuple[str, str], ...] = ()
    levels: tuple[LevelView, ...] = ()


@dataclass(frozen=True)
class ArgumentView:
    """An argument with its evidence and the replies to it."""

    said: StatementView
    evidence: tuple[StatementView, ...]
    replies: tuple[StatementView, ...]


@dataclass(frozen=True)
class ItemView:
    """A titled item: an objective, phase, figure, question, position, option or part of the background.

    Fields that the kind of item does not use are empty. `pieces` are the positions of a question, `leans` its kinds of
    answer as (id, title), and `lean` is that of a position.
    """

    id: str
    title: str
    kind: str = ""
    by: tuple[str, ...] = ()
    as_of: PartialDate | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    sources: tuple[str, ...] = ()
    paragraphs: tuple[StatementView, ...] = ()
    events: tuple[StatementView, ...] = ()
    rows: tuple[EstimateView, ...] = ()
    reasons: tuple[ArgumentView, ...] = ()
    pieces: tuple["ItemView", ...] = ()
    leans: tuple[tuple[str, str], ...] = ()
    lean: str = ""
    says: str = ""


@dataclass(frozen=True)
class ExerciseView:
    """A question for the class. `answer`, `evidence` and `marks` are empty in documents without answers."""

    id: str
    number: str
    kind: str
    difficulty: int
    text: str
    answer: str = ""
    evidence: tuple[tuple[str, str], ...] = ()  # (id, number or title) of each place in this document that shows some
    marks: tuple[str, ...] = ()  # what an answer gets marks for
    says: str = ""  # the question in few words
    levels: tuple[LevelView, ...] = ()  # of the question


@dataclass(frozen=True)
class SilenceView:
    """A time of which no source tells something. `owner` is the id of the statement that says so, or ""."""

    since: PartialDate
    until: PartialDate
    text: str
    owner: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class LaneView:
    """A lane of a drawing, with its events."""

    id: str
    title: str
    events: tuple[StatementView, ...] = ()
    silences: tuple[SilenceView, ...] = ()


@dataclass(frozen=True)
class PanelView:
    """A panel of a bargain. `says` and `text` are Markdown, `sources` those that the caption cites."""

    id: str
    shows: str
    says: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class SharesView:
    """What the tiles of some shares mean, at the reader's level: what a drawing of tiles says of them.

    `refs` are its estimates with a number. `whole` is what all tiles are, `stated` what a report gives the share of and
    `rest` what remains; `shows` is which of the two is filled.
    """

    id: str
    refs: tuple[str, ...]
    whole: str
    stated: str
    rest: str
    shows: Literal["stated", "rest"] = "stated"
    marks: tuple[tuple[str, Mark], ...] = ()  # (id, position in the YAML), for error messages


@dataclass(frozen=True)
class DrawingView:
    """A drawing and the data it shows, at the reader's level. Lists that its kind does not use are empty.

    `thing` is its YAML, `choice` the audience's options for it. `marks` are (id, position in the YAML) pairs of what
    it shows, for error messages.
    """

    id: str
    kind: str
    title: str
    note: str
    thing: Drawing
    choice: DrawingChoice
    rows: tuple[EstimateView, ...] = ()  # the estimates drawn, then those named in its texts
    entries: tuple[EntryView, ...] = ()  # places
    pieces: tuple[ItemView, ...] = ()  # phases with events, figures with estimates, or positions with arguments
    ground: Ground | None = None
    titles: tuple[tuple[str, str], ...] = ()  # (id, title) of each line on a map, or attack on a salient
    sources: tuple[str, ...] = ()
    marks: tuple[tuple[str, Mark], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()  # (name, text) of the kind's own fields
    lanes: tuple[LaneView, ...] = ()
    before: tuple[StatementView, ...] = ()  # events before the calendar of lanes
    happened: tuple[tuple[str, StatementView], ...] = ()  # (place, event) of each event on a map, in order
    arrows: tuple[tuple[str, str], ...] = ()  # (id, title) of each arrow on a map
    panels: tuple[PanelView, ...] = ()
    says: str = ""
