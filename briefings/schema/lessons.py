"""Models of classroom.yaml for a teacher: lessons in minutes, and what to check before one."""

from typing import Annotated, Literal

from pydantic import Field

from .fields import AnyIds, CheckedModel, Id, Line, RefersTo, Refs, Text

CheckKind = Literal["fact", "open", "care"]
LessonMinutes = Annotated[int, Field(strict=True, ge=1, le=240)]


class LessonStep(CheckedModel):
    """What a class does for some minutes. `uses` are ids of the pack that it needs, `papers` audience/document."""

    id: Id
    title: Line
    minutes: LessonMinutes
    text: Text
    uses: Annotated[AnyIds, RefersTo("id")] = ()
    papers: Refs = ()


class Lesson(CheckedModel):
    """A way to use a lesson: a suggestion by the pack's authors. `minutes` is the sum of those of its steps."""

    id: Id
    title: Line
    ages: Line
    minutes: LessonMinutes
    note: Text | None = None
    steps: Annotated[tuple[LessonStep, ...], Field(min_length=1, max_length=8)]


class LessonCheck(CheckedModel):
    """A line to read before a lesson: teach it as a fact, leave it open, take care. `evidence` is what it rests on."""

    id: Id
    kind: CheckKind
    text: Text
    evidence: Annotated[AnyIds, RefersTo("id")] = ()
