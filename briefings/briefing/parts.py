"""The data classes of a Briefing: every value that a template may use.

docs/templates.md documents the fields for template authors. The sandbox in `page/render` lets templates read the
fields and properties of these classes, so a new field is public as soon as it is added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..pack.geojson import Ground
from ..problems import Mark
from ..schema.audience import Audience, DocumentChoice
from ..schema.dates import PartialDate
from ..schema.drawings import Drawing, DrawingChoice
from ..schema.figures import Estimate, Figure, Unit
from ..schema.topic import PackInfo, Person, Place, Source, Term


@dataclass(frozen=True)
class EntryView:
    """A person, place or term. `text` is Markdown at the reader's level, `thing` the YAML it comes from."""

    id: str
    name: str
    text: str
    thing: Person | Place | Term
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class StatementView:
    """A paragraph, event, argument, piece of evidence or reply.

    `text` is Markdown with marks. `number` is the paragraph number ("2.3"), or "" for all other statements. `label`
    names the paragraph's aspect. `by` are names, not ids. `terms` are the glossary entries to explain here, because
    this is the first statement that uses them.
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
    """An estimate: a number with its source, date and speakers. `ref` is "figure/estimate".

    `by` and `via` are names, not ids. `sources` of a derived estimate are those of the estimates it is derived from.
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
    label: str = ""  # only for key figures
    says: str = ""  # the headline of its slide, only for key figures


@dataclass(frozen=True)
class ArgumentView:
    """An argument with its evidence and the replies to it."""

    said: StatementView
    evidence: tuple[StatementView, ...]
    replies: tuple[StatementView, ...]


@dataclass(frozen=True)
class ItemView:
    """A titled item: an objective, phase, figure, question, position, option or part of the background.

    Fields that the kind of item does not use are empty. `pieces` are the positions of a question.
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
    titles: tuple[tuple[str, str], ...] = ()  # (id, title) of each line on a map
    sources: tuple[str, ...] = ()
    marks: tuple[tuple[str, Mark], ...] = ()
    says: str = ""


@dataclass(frozen=True)
class Chapter:
    """A section of the pack, reduced to what the reader gets. `number` is the section's number in the pack.

    `holds` selects the template: sections/<holds>.html, or sections/text.html if that does not exist.
    """

    id: str
    number: int
    title: str
    holds: str
    intro: tuple[StatementView, ...] = ()
    drawings: tuple[DrawingView, ...] = ()
    pieces: tuple[ItemView, ...] = ()
    entries: tuple[EntryView, ...] = ()
    tasks: tuple[ExerciseView, ...] = ()
    says: str = ""


SlideKind = Literal["opening", "number", "picture", "phases", "positions", "thought", "question", "closing"]


@dataclass(frozen=True)
class SlideTask:
    """A question on a slide: its words there, and where this document shows what answers it, as (id, name)."""

    task: ExerciseView
    text: str
    look: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Slide:
    """One slide: a headline and one picture, number or thought. Fields that its kind does not use are empty.

    `title` is the headline, Markdown with marks, and `of` the part that it belongs to. `id` is that of what the slide
    shows. `sources` are those of what it shows, for its foot. `number` counts from 1; a slide is `part` of `parts`
    slides with the same headline. `words` is how many words it projects, its foot and the labels of a drawing left
    out. `cited` are its sources, one for each publisher and date. `behind` are the statements and items that its notes
    give in full.
    """

    number: int
    kind: SlideKind
    title: str
    of: object
    id: str
    sources: tuple[str, ...] = ()
    cited: tuple[Source, ...] = ()
    part: int = 1
    parts: int = 1
    words: int = 0
    row: EstimateView | None = None  # a number
    others: tuple[EstimateView, ...] = ()  # the other reports of its figure
    picture: DrawingView | None = None  # of a picture and an opening; of a number, the map that shows how large it is
    pieces: tuple[ItemView, ...] = ()  # of phases and positions
    said: tuple[StatementView, ...] = ()  # of a thought, each cut to the sentence that is shown
    tasks: tuple[SlideTask, ...] = ()
    minutes: tuple[tuple[str, int], ...] = ()  # (think, pair or share; minutes)
    behind: tuple[StatementView | ItemView, ...] = ()


@dataclass(frozen=True)
class Note:
    """A source cited in this document, with its note number.

    `cited_in` are the numbered paragraphs that cite it, as (id, number). `rows` are the estimates taken from it, only
    those shown in this document that are numbers.
    """

    number: int
    source: Source
    standpoint: str
    remark: str
    cited_in: tuple[tuple[str, str], ...]
    rows: tuple[EstimateView, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """A section that this briefing shows only in part or not at all: `missing` of its `of` items are left out."""

    section: str
    title: str
    holds: str
    missing: int
    of: int


@dataclass(frozen=True)
class Briefing:
    """The content of one document for one audience.

    `words` and `minutes` are the length of the text and its reading time. `paper` is the name of a file in css/paper/.
    """

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
    rows: Mapping[str, EstimateView]  # by ref; all estimates of the pack, since any text may name any of them
    places: Mapping[str, str]  # paragraph id -> number, only paragraphs of this document
    slides: tuple[Slide, ...] = ()

    @property
    def name(self) -> str:
        """The name of the output files, without suffix."""
        return self.choice.file_name(self.audience.id, self.paper)
