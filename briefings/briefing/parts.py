"""What one reader gets: the values a template may use, and nothing else. Described in docs/templates.md."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..pack.geojson import Ground
from ..problems import Mark
from ..schema.audience import Audience, DocumentChoice
from ..schema.dates import PartialDate
from ..schema.drawings import Drawing, DrawingChoice
from ..schema.figures import Estimate, Figure, Unit
from ..schema.topic import PackInfo, Person, Place, Source, Term


@dataclass(frozen=True)
class EntryView:
    """A person, place or term, with its text at the reader's level."""

    id: str
    name: str
    text: str
    thing: Person | Place | Term
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class StatementView:
    """A statement as this reader gets it. `text` is Markdown with marks; `number` is "" for an unnumbered one.

    `terms` are the words explained here, where they are first used.
    """

    id: str
    text: str
    number: str = ""
    label: str = ""
    by: tuple[str, ...] = ()
    as_of: PartialDate | None = None
    date: PartialDate | None = None
    status: str = ""
    sources: tuple[str, ...] = ()
    terms: tuple[EntryView, ...] = ()


@dataclass(frozen=True)
class EstimateView:
    """An estimate in its table: what is printed and who stands behind it."""

    ref: str
    figure: Figure
    estimate: Estimate
    unit: Unit
    words: str  # what is printed in place of a number, or ""
    by: tuple[str, ...]
    via: tuple[str, ...]
    about: str
    basis: str
    how: str  # a derived number's arithmetic
    rivals: tuple[str, ...]  # the refs of estimates that disagree with this one
    sources: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True)
class ArgumentView:
    """An argument with its evidence and the replies to it."""

    said: StatementView
    evidence: tuple[StatementView, ...]
    replies: tuple[StatementView, ...]


@dataclass(frozen=True)
class ItemView:
    """A titled item: an objective, phase, figure, question, position, option or part of the background."""

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


@dataclass(frozen=True)
class ExerciseView:
    """A question for the class; `answer` is "" and `marks` empty where the reader is not given them."""

    id: str
    number: str
    kind: str
    difficulty: int
    text: str
    answer: str = ""
    evidence: tuple[tuple[str, str], ...] = ()  # (paragraph id, number) of those on these sheets
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class DrawingView:
    """A drawing with everything it shows, at this reader's level; of the lists, those its kind has a use for.

    `thing` is its YAML, `choice` how the audience asks for it, `marks` where in the YAML stands what it shows, by id.
    """

    id: str
    kind: str
    title: str
    note: str
    thing: Drawing
    choice: DrawingChoice
    rows: tuple[EstimateView, ...] = ()  # the estimates it draws, then those its texts name
    entries: tuple[EntryView, ...] = ()  # places
    pieces: tuple[ItemView, ...] = ()  # phases with their events, positions with their reasons
    ground: Ground | None = None
    titles: tuple[tuple[str, str], ...] = ()  # of lines on a map, by id
    sources: tuple[str, ...] = ()
    marks: tuple[tuple[str, Mark], ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A section as this reader gets it. `holds` chooses the template: sections/<holds>.html, or text.html."""

    id: str
    number: int
    title: str
    holds: str
    intro: tuple[StatementView, ...] = ()
    drawings: tuple[DrawingView, ...] = ()
    pieces: tuple[ItemView, ...] = ()
    entries: tuple[EntryView, ...] = ()
    tasks: tuple[ExerciseView, ...] = ()


@dataclass(frozen=True)
class Note:
    """A source cited on these sheets. `cited_in` are the numbered paragraphs that cite it, as (id, number);
    `rows` the numbers shown here that were taken from it."""

    number: int
    source: Source
    standpoint: str
    remark: str
    cited_in: tuple[tuple[str, str], ...]
    rows: tuple[EstimateView, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """What a section of the pack holds and this briefing does not show: `missing` of `of` items."""

    section: str
    title: str
    holds: str
    missing: int
    of: int


@dataclass(frozen=True)
class Briefing:
    """One document for one audience. All that a template may use, with the filters of docs/templates.md."""

    pack: PackInfo
    audience: Audience
    choice: DocumentChoice
    paper: str
    title: str
    deck: str
    key_figures: tuple[EstimateView, ...]
    chapters: tuple[Chapter, ...]
    notes: tuple[Note, ...]
    left_out: tuple[LeftOut, ...]
    words: int
    minutes: int
    rows: Mapping[str, EstimateView]  # every estimate of the pack, for the numbers in its texts
    places: Mapping[str, str]  # paragraph id -> number, of those on these sheets

    @property
    def name(self) -> str:
        """Its files' name without ending."""
        return self.choice.file_name(self.audience.id, self.paper)
