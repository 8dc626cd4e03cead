"""The data classes of what a teacher gets of lesson.yaml: parts of a Briefing."""

from dataclasses import dataclass

from ..schema.audience import Audience, DocumentChoice
from ..schema.lessons import CheckKind, Share
from .items import EstimateView

Places = tuple[tuple[str, str], ...]  # (id of an element, number or title); the id is empty if it is on another paper


@dataclass(frozen=True)
class LineView:
    """A text of a lesson. `id` is that of what it belongs to."""

    id: str
    text: str


@dataclass(frozen=True)
class StepView:
    """A step of a lesson. `uses` is where this document shows what it needs, `cards` the reports that it hands out.

    `hands_out` says that there are such cards, also where another paper has them and `cards` is empty: a plan in full.

    `papers` are "audience/document" of the papers that it needs, `slides` the numbers of the slides, each with the
    "audience/document" of its deck. `teacher`, `pupils` and `listen_for` are empty where the pack does not say.
    """

    id: str
    title: str
    minutes: int
    text: str
    uses: Places = ()  # exercises by their number
    cards: tuple[EstimateView, ...] = ()
    papers: tuple[str, ...] = ()
    teacher: tuple[LineView, ...] = ()
    pupils: tuple[LineView, ...] = ()
    listen_for: tuple[LineView, ...] = ()
    slides: tuple[tuple[str, int], ...] = ()
    hands_out: bool = False


@dataclass(frozen=True)
class SessionView:
    """The steps that are taught in one session: (place in the lesson from 1, title, minutes in this session)."""

    minutes: int
    steps: tuple[tuple[int, str, int], ...]


@dataclass(frozen=True)
class VariantView:
    """A lesson in another time. `note` says what is cut or added; it is empty where the pack does not say."""

    id: str
    title: str
    sessions: tuple[SessionView, ...]
    note: tuple[LineView, ...] = ()


@dataclass(frozen=True)
class GroupView:
    """How some of a class take part who need another level. `papers` are "audience/document"."""

    id: str
    title: str
    text: str
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Companion:
    """A paper of another audience, for a reader who hands it out. `ref` is "audience/document".

    `at_most` is the highest number of sheets that its audience allows it, or 0 if it sets no limit. `slides` are the
    numbers of a deck's slides by the id of what they show. `sheets` is the number of its sheets if that is known before
    it is typeset, as of a deck, else 0.
    """

    ref: str
    audience: Audience
    choice: DocumentChoice
    at_most: int
    slides: tuple[tuple[str, int], ...] = ()
    sheets: int = 0


@dataclass(frozen=True)
class PaperUse:
    """A paper that a lesson needs, who gets a copy, and the titles of the steps and groups that need it."""

    companion: Companion
    share: Share
    steps: tuple[str, ...]


@dataclass(frozen=True)
class LessonView:
    """A way to use a lesson. `minutes` is the sum of those of its steps, `note` Markdown or empty.

    `copies` says who gets a copy of a paper, where the pack does; `papers` has every paper that it needs, of those
    that the document lists as companions.
    """

    id: str
    title: str
    ages: str
    minutes: int
    steps: tuple[StepView, ...]
    note: str = ""
    question: tuple[LineView, ...] = ()
    objectives: tuple[LineView, ...] = ()
    variants: tuple[VariantView, ...] = ()
    groups: tuple[GroupView, ...] = ()
    copies: tuple[tuple[str, Share], ...] = ()
    papers: tuple[PaperUse, ...] = ()
    bring: tuple[LineView, ...] = ()


@dataclass(frozen=True)
class CheckView:
    """What to teach as a fact, to leave open or to take care of. `evidence` is as in an ExerciseView."""

    id: str
    kind: CheckKind
    text: str
    evidence: Places = ()


@dataclass(frozen=True)
class MisunderstandingView:
    """What pupils say, and what to answer. `lessons` are the ids of those in which it is likely; all if empty."""

    id: str
    says: tuple[LineView, ...]
    text: str
    evidence: Places = ()
    lessons: tuple[str, ...] = ()


@dataclass(frozen=True)
class LetterView:
    """A sheet to give out. `parts` are its paragraphs and questions, each with the number of lines to write on."""

    id: str
    title: str
    to: str
    parts: tuple[tuple[LineView, int], ...]
    blanks: tuple[str, ...] = ()
