"""Models of a structured debate, in lesson.yaml: roles with arguments of debate.yaml, and its minutes."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from ..fields import CheckedModel, Id, Ids, Line, RefersTo, Text
from ..lessons import LessonMinutes


class DebateStep(CheckedModel):
    """What a class does for some minutes of a debate."""

    id: Id  #: unique in the pack
    title: Line  #: a word or two, in a bar as long as its minutes
    minutes: LessonMinutes  #: how long it takes, 1 to 240
    text: Text  #: what the class does


class Role(CheckedModel):
    """An analyst with a case to test: nobody speaks for a person or a country.

    Evidence, and the replies that the role will meet, are those of its arguments.
    """

    id: Id  #: unique in the pack
    title: Text  #: what the analyst looks at; no person, no side and no country
    task: Text  #: what the analyst tries to show
    arguments: Annotated[
        Ids, RefersTo("argument"), Field(min_length=1, max_length=3)
    ]  #: ids of arguments of debate.yaml
    swaps_with: Annotated[Id | None, RefersTo("role")] = None  #: the role that it takes over when the sides are swapped

    @field_validator("swaps_with")
    @classmethod
    def _with_another(cls, other: str | None, info: ValidationInfo) -> str | None:
        if other and other == info.data.get("id"):
            raise ValueError("a role cannot swap with itself; name another role")
        return other


class Debate(CheckedModel):
    """A debate for older pupils, on a question of debate.yaml. `minutes` is the sum of those of its steps."""

    id: Id  #: unique in the pack
    title: Text  #: its heading
    question: Annotated[Id, RefersTo("question")]  #: the id of the question of debate.yaml
    minutes: LessonMinutes  #: the sum of those of its steps
    steps: Annotated[tuple[DebateStep, ...], Field(min_length=2, max_length=8)]  #: what the class does, in order
    roles: Annotated[tuple[Role, ...], Field(min_length=2, max_length=6)]  #: the analysts, drawn by lot
    rules: Annotated[tuple[Text, ...], Field(min_length=1, max_length=6)]  #: what everybody keeps to
    reflection: Annotated[tuple[Text, ...], Field(min_length=1, max_length=4)]  #: questions for afterwards
