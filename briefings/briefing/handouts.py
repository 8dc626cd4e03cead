"""The data classes of papers for a class: source cards, reports to sort, debates and verifications.

Each has `own_texts`, every Markdown text of its own, so that whatever reads a briefing finds its marks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..pack.relations import Relation
from ..schema.topic import Source
from .items import ArgumentView, EstimateView, StatementView


@dataclass(frozen=True)
class SourceCardView:
    """A source to question. `letter` is what it is called on its paper, `sources` its own id, for the notes.

    `same_report` are the letters of other cards whose source passes on a report that this one passes on too.
    """

    id: str
    letter: str
    source: Source
    sources: tuple[str, ...]
    nature: str
    purpose: str
    standpoint: str
    text: str
    quotation: str
    questions: tuple[str, ...]
    same_report: tuple[str, ...] = ()

    @property
    def own_texts(self) -> tuple[str, ...]:
        """Its Markdown texts."""
        return self.nature, self.purpose, self.standpoint, self.text, self.quotation, *self.questions


@dataclass(frozen=True)
class PairView:
    """Two cards of a sorting, by their numbers, and how they stand to each other.

    `room`: whether their numbers, as worded, leave room for both; None where one is in words.
    """

    one: int
    other: int
    relation: Relation
    room: bool | None


@dataclass(frozen=True)
class SortingView:
    """Reports to sort, numbered from 1. `pairs` is the key, and empty on a paper without answers.

    `groups` are the cards that count the same, by their numbers; cards of two groups count other things.
    """

    id: str
    title: str
    reports: tuple[EstimateView, ...]
    pairs: tuple[PairView, ...] = ()
    groups: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @property
    def own_texts(self) -> tuple[str, ...]:
        """Its Markdown texts."""
        return (self.title,)


@dataclass(frozen=True)
class DebateStepView:
    """What a class does for some minutes of a debate."""

    id: str
    title: str
    minutes: int
    text: str

    @property
    def own_texts(self) -> tuple[str, ...]:
        """Its Markdown texts."""
        return (self.text,)


@dataclass(frozen=True)
class RoleView:
    """An analyst: its case in `reasons`, with evidence and replies. `swaps_with` is the title of another role."""

    id: str
    title: str
    task: str
    reasons: tuple[ArgumentView, ...]
    swaps_with: str = ""

    @property
    def own_texts(self) -> tuple[str, ...]:
        """Its Markdown texts."""
        return self.title, self.task


@dataclass(frozen=True)
class DebateView:
    """A debate. `asked` is its question."""

    id: str
    title: str
    asked: str
    minutes: int
    steps: tuple[DebateStepView, ...]
    roles: tuple[RoleView, ...]
    rules: tuple[str, ...]
    reflection: tuple[str, ...]

    @property
    def own_texts(self) -> tuple[str, ...]:
        """Its Markdown texts."""
        return self.title, self.asked, *self.rules, *self.reflection


@dataclass(frozen=True)
class AskedView:
    """A way to check or a question on what was found. `answer` is empty on a paper without answers.

    `evidence` are the findings that answer it, by their numbers on the paper.
    """

    id: str
    title: str
    text: str
    answer: str = ""
    evidence: tuple[int, ...] = ()

    @property
    def own_texts(self) -> tuple[str, ...]:
        """Its Markdown texts."""
        return self.text, self.answer


@dataclass(frozen=True)
class VerificationView:
    """Something that went round and was checked."""

    id: str
    title: str
    ages: str
    text: str
    steps: tuple[AskedView, ...]
    findings: tuple[StatementView, ...]
    questions: tuple[AskedView, ...]

    @property
    def own_texts(self) -> tuple[str, ...]:
        """Its Markdown texts."""
        return self.title, self.text


Handout = SourceCardView | SortingView | DebateView | VerificationView
# The fields of each class that contain further parts.
INSIDE: Mapping[type, tuple[str, ...]] = {
    SourceCardView: (),
    SortingView: ("reports",),
    DebateView: ("steps", "roles"),
    DebateStepView: (),
    RoleView: ("reasons",),
    VerificationView: ("steps", "findings", "questions"),
    AskedView: (),
}


def own_texts(part: object) -> tuple[str, ...]:
    """The Markdown texts of one of these parts, without those of the parts inside it; none of any other part."""
    if isinstance(part, Handout | DebateStepView | RoleView | AskedView):
        return part.own_texts
    return ()


@dataclass(frozen=True)
class Handouts:
    """What a document shows of them."""

    cards: tuple[SourceCardView, ...] = ()
    sortings: tuple[SortingView, ...] = ()
    debates: tuple[DebateView, ...] = ()
    verifications: tuple[VerificationView, ...] = ()

    def __iter__(self) -> Iterator[tuple[Handout, ...]]:
        """Each of its lists."""
        yield from (self.cards, self.sortings, self.debates, self.verifications)


NO_HANDOUTS = Handouts()
