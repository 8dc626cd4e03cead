"""Models of lesson.yaml, for a teacher: lessons in minutes, and what to check before one."""

from typing import Annotated, Literal

from pydantic import Field

from .fields import AnyIds, CheckedModel, Id, Line, RefersTo, Refs, Text

CheckKind = Literal["fact", "open", "care"]
# What a document can show of lesson.yaml, and of worksheet.yaml.
LessonPart = Literal["lessons", "checks", "worksheets", "source-cards", "sortings", "debates", "verifications"]
# What is not for readers of level plain, who are 11 to 14: roles in a conflict, and what was made to deceive.
OLDER: tuple[LessonPart, ...] = ("debates", "verifications")
LessonMinutes = Annotated[int, Field(strict=True, ge=1, le=240)]


class LessonStep(CheckedModel):
    """What a class does for some minutes. `uses` are ids of the pack that it needs, `papers` audience/document."""

    id: Id  #: unique in the pack
    title: Line  #: a word or two, in a bar as long as its minutes
    minutes: LessonMinutes  #: how long it takes, 1 to 240
    text: Text  #: what the class does
    uses: Annotated[AnyIds, RefersTo("id")] = ()  #: ids of what it needs; reports of figures become cards to cut out
    papers: Refs = ()  #: the papers it needs, as audience/document


class Lesson(CheckedModel):
    """A way to use a lesson: a suggestion by the pack's authors. `minutes` is the sum of those of its steps."""

    id: Id  #: unique in the pack
    title: Line  #: its name
    ages: Line  #: for whom it is
    minutes: LessonMinutes  #: the sum of those of its steps
    note: Text | None = None  #: how far to trust it
    steps: Annotated[tuple[LessonStep, ...], Field(min_length=1, max_length=8)]  #: what the class does, in order


class LessonCheck(CheckedModel):
    """A line to read before a lesson: teach it as a fact, leave it open, take care. `evidence` is what it rests on."""

    id: Id  #: unique in the pack
    kind: CheckKind  #: teach it as a fact, leave it open, or take care
    text: Text  #: the line, with citations
    evidence: Annotated[AnyIds, RefersTo("id")] = ()  #: ids of what it rests on
