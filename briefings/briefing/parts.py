"""The data classes of a Briefing: every value that a template may use.

Those inside a chapter are in items.py, and are found here too. The sandbox in `page/render` lets templates read the
fields and properties of these classes, so a new field is public as soon as it is added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..schema.audience import Audience, DocumentChoice
from ..schema.dates import PartialDate
from ..schema.fields import Level
from ..schema.topic import PackInfo, Source
from .handouts import NO_HANDOUTS, Handouts
from .items import (
    ArgumentView,
    BasisKind,
    DrawingView,
    EntryView,
    EstimateView,
    ExerciseView,
    ItemView,
    JudgementView,
    LaneView,
    LevelView,
    PanelView,
    SharesView,
    SilenceView,
    StatementView,
)
from .lessons import (
    CheckView,
    Companion,
    GroupView,
    LessonView,
    LetterView,
    LineView,
    MisunderstandingView,
    PaperUse,
    SessionView,
    StepView,
    VariantView,
)
from .worksheet import MistakeView, ModelView, OptionView, PartView, RowView, TaskView, WorksheetView

__all__ = (
    "ArgumentView",
    "BasisKind",
    "Briefing",
    "ChangeView",
    "Chapter",
    "CheckView",
    "Companion",
    "DrawingView",
    "EditionView",
    "EntryView",
    "EstimateView",
    "ExerciseView",
    "GroupView",
    "Handouts",
    "ItemView",
    "JudgementView",
    "LaneView",
    "LeftOut",
    "LessonView",
    "LetterView",
    "LevelView",
    "LineView",
    "MistakeView",
    "MisunderstandingView",
    "ModelView",
    "Note",
    "OptionView",
    "PanelView",
    "PaperUse",
    "PartView",
    "RowView",
    "SessionView",
    "SharesView",
    "SilenceView",
    "Slide",
    "SlideKind",
    "SlideTask",
    "StatementView",
    "StepView",
    "TaskView",
    "VariantView",
    "WorksheetView",
)


@dataclass(frozen=True)
class Chapter:
    """A section of the pack, reduced to what the reader gets. `number` is the section's number in the pack.

    `aspects` are the questions that its items answer here: (id, label) of each, in the pack's order.

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
    aspects: tuple[tuple[str, str], ...] = ()
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
    reports: tuple[EstimateView, ...] = ()  # of a picture, also those that it has no room for; its notes have all
    pieces: tuple[ItemView, ...] = ()  # of phases and positions, each with at most one of its estimates
    strip: bool = False  # phases in one row
    shares: SharesView | None = None  # of phases, what the tiles of their estimates mean
    said: tuple[StatementView, ...] = ()  # of a thought, each cut to the sentence that is shown
    tasks: tuple[SlideTask, ...] = ()
    minutes: tuple[tuple[str, int], ...] = ()  # (think, pair or share; minutes)
    guided: bool = False  # whether the words leave room for what to do in each of these steps
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
    """A section that this briefing shows only in part or not at all: `missing` of its `of` items are left out.

    One that is `printed` has a chapter here, or some of its items in a drawing: it is not left out as a whole.
    """

    section: str
    title: str
    holds: str
    missing: int
    of: int
    printed: bool = False


@dataclass(frozen=True)
class ChangeView:
    """What an edition changed in this document. `mark` is correction or significant, `text` Markdown without notes.

    `id` is that of a correction, or of the first item of another change. `places` are the paragraphs of this document
    that it is about, as (id, number).
    """

    id: str
    mark: str
    text: str
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class EditionView:
    """The edition in which what this document says last changed, and a digest of that to type or to scan.

    `since` is the edition before that the document was in, 0 if it is new; `changes` are what changed since then,
    corrections first.
    """

    number: int
    date: PartialDate
    digest: str
    since: int = 0
    changes: tuple[ChangeView, ...] = ()

    @property
    def corrected(self) -> frozenset[str]:
        """The ids of the paragraphs that it corrects."""
        return frozenset(key for change in self.changes if change.mark == "correction" for key, _ in change.places)


@dataclass(frozen=True)
class Briefing:
    """The content of one document for one audience.

    `words` and `minutes` are the length of the text and its reading time. `paper` is the name of a file in css/paper/.
    `levels` are the reading levels that a reader can choose between; empty if every text has only one. `beside` are the
    ids of what the document shows that a class has beside this one.
    """

    pack: PackInfo
    audience: Audience
    choice: DocumentChoice
    paper: str
    title: str
    deck: str
    key_figures: tuple[EstimateView, ...]
    judgements: tuple[JudgementView, ...]
    chapters: tuple[Chapter, ...]
    notes: tuple[Note, ...]
    left_out: tuple[LeftOut, ...]
    words: int
    minutes: int
    rows: Mapping[str, EstimateView]  # by ref; all estimates of the pack, since any text may name any of them
    places: Mapping[str, str]  # paragraph id -> number, only paragraphs of this document
    references: Mapping[str, str]  # id that a text refers to -> its number, or its title or name if it has none
    slides: tuple[Slide, ...] = ()
    lessons: tuple[LessonView, ...] = ()
    checks: tuple[CheckView, ...] = ()
    misunderstandings: tuple[MisunderstandingView, ...] = ()
    letters: tuple[LetterView, ...] = ()
    handouts: Handouts = NO_HANDOUTS
    companions: tuple[Companion, ...] = ()
    levels: tuple[Level, ...] = ()
    worksheet: WorksheetView | None = None
    beside: frozenset[str] = frozenset()
    edition: EditionView | None = None  # of a document that is made, not of one composed alone

    @property
    def of_lesson(self) -> tuple[tuple[object, ...], ...]:
        """Everything that it shows of lesson.yaml."""
        return self.lessons, self.checks, self.misunderstandings, self.letters, *self.handouts

    @property
    def has_quiz(self) -> bool:
        """Whether it prints the answers of closed questions: Page.quiz has these."""
        tasks = self.worksheet.tasks if self.worksheet and self.choice.answers else ()
        return any(task.form != "open" for task in tasks)

    @property
    def name(self) -> str:
        """The name of the output files, without suffix."""
        return self.choice.file_name(self.audience.id, self.paper)
