"""Models of lesson.yaml, for a teacher: lessons in minutes, what to check and to expect, and letters."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from .fields import AnyIds, CheckedModel, Id, Ids, Line, Ref, RefersTo, Refs, Text, Whole, YamlModel

CheckKind = Literal["fact", "open", "care"]
# What a document can show of lesson.yaml, and of worksheet.yaml.
LessonPart = Literal[
    "lessons",
    "plans",
    "checks",
    "misunderstandings",
    "letters",
    "worksheets",
    "source-cards",
    "sortings",
    "debates",
    "verifications",
]
# What is not for readers of level plain, who are 11 to 14: roles in a conflict, and what was made to deceive.
OLDER: tuple[LessonPart, ...] = ("debates", "verifications")
LessonMinutes = Annotated[int, Field(strict=True, ge=1, le=240)]
# Who gets one copy of a paper.
Share = Literal["pupil", "pair", "four", "class", "teacher"]


class LessonStep(CheckedModel):
    """What a class does for some minutes. `uses` are ids of the pack that it needs, `papers` audience/document."""

    id: Id  #: unique in the pack
    title: Line  #: a word or two, in a bar as long as its minutes
    minutes: LessonMinutes  #: how long it takes, 1 to 240
    text: Text  #: what the class does
    teacher: Text | None = None  #: what the teacher says and does; may be a list
    pupils: Text | None = None  #: what pupils do
    listen_for: Text | None = None  #: what to listen for in what pupils say
    uses: Annotated[AnyIds, RefersTo("id")] = ()  #: ids of what it needs; reports of figures become cards to cut out
    papers: Refs = ()  #: the papers it needs, as audience/document
    #: ids of what the slides show that it needs; their deck is one of its papers
    slides: Annotated[AnyIds, RefersTo("id")] = ()


class LessonSession(YamlModel):
    """A time in which some steps of a lesson are taught. `minutes` is the sum of those of its steps."""

    minutes: LessonMinutes  #: the sum of those of its steps
    #: minutes by the id of a step of the lesson; a step that is not named is left out
    steps: Mapping[Id, LessonMinutes]


class LessonVariant(CheckedModel):
    """A lesson in another time: shorter, or in several sessions."""

    id: Id  #: unique in the pack
    title: Line  #: its name, such as a length
    sessions: Annotated[tuple[LessonSession, ...], Field(min_length=1, max_length=4)]  #: one after the other
    note: Text | None = None  #: what is cut or added


class LessonGroup(CheckedModel):
    """How some of a class take part who need another level than the rest."""

    id: Id  #: unique in the pack
    title: Line  #: who they are, in a few words
    text: Text  #: what they do, and what they get instead
    papers: Refs = ()  #: the papers they need, as audience/document


class Lesson(CheckedModel):
    """A way to use a lesson: a suggestion by the pack's authors. `minutes` is the sum of those of its steps.

    `copies` says who gets a copy of a paper: each pupil unless it says otherwise, the class of what is projected or
    hung up, and the teacher of a paper with answers.
    """

    id: Id  #: unique in the pack
    title: Line  #: its name
    ages: Line  #: for whom it is
    minutes: LessonMinutes  #: the sum of those of its steps
    note: Text | None = None  #: how far to trust it
    question: Text | None = None  #: the question that it answers
    bring: Text | None = None  #: what else the teacher brings, such as rulers
    objectives: tuple[Text, ...] = ()  #: what pupils can do at its end that a teacher can see or hear
    steps: Annotated[tuple[LessonStep, ...], Field(min_length=1, max_length=8)]  #: what the class does, in order
    variants: tuple[LessonVariant, ...] = ()  #: the lesson in other times
    groups: tuple[LessonGroup, ...] = ()  #: those of the class who work at another level
    #: who gets a copy of each paper, by audience/document: `pupil`, `pair`, `four`, `class` or `teacher`
    copies: Mapping[Ref, Share] = Field(default_factory=dict)


class LessonCheck(CheckedModel):
    """A line to read before a lesson: teach it as a fact, leave it open, take care. `evidence` is what it rests on."""

    id: Id  #: unique in the pack
    kind: CheckKind  #: teach it as a fact, leave it open, or take care
    text: Text  #: the line, with citations
    evidence: Annotated[AnyIds, RefersTo("id")] = ()  #: ids of what it rests on


class Misunderstanding(CheckedModel):
    """What pupils are likely to get wrong, and what to answer."""

    id: Id  #: unique in the pack
    says: Text  #: what pupils say
    text: Text  #: what to answer, with citations
    evidence: Annotated[AnyIds, RefersTo("id")] = ()  #: ids of what the answer rests on
    lessons: Annotated[Ids, RefersTo("lesson")] = ()  #: the lessons in which it is likely; default: all


class LetterPart(YamlModel):
    """A paragraph of a sheet that is given out or, with `lines` to write on, a question."""

    text: Text  #: the paragraph or question; its citations are not printed
    lines: Annotated[Whole, Field(le=12)] = 0  #: how many lines there are to write on; with any, it is a question


class Letter(CheckedModel):
    """A sheet to give out: a letter home, or a task for those who do not take part."""

    id: Id  #: unique in the pack
    title: Line  #: its subject
    to: Line  #: to whom it is given
    parts: Annotated[tuple[LetterPart, ...], Field(min_length=1)]  #: its paragraphs and questions
    blanks: tuple[Line, ...] = ()  #: what is filled in by hand at its end, such as a name
