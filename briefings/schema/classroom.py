"""Models of classroom.yaml: questions for a class, with their answers and what earns marks."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from .fields import LEVELS, AnyIds, CheckedModel, Depth, Id, Minutes, RefersTo, Text
from .topic import ExerciseKind


def as_mark_point(value: object) -> object:
    """A string, or a text by level, is a point whose `asks` is not given."""
    # Any key that is no level makes it a mark point, so that {text: …, asks: …} is told what a mark point has.
    return value if isinstance(value, dict) and not value.keys() <= set(LEVELS) else {"point": value}


class MarkPoint(CheckedModel):
    """What earns a mark, and the words of the question that ask for it: at each level, as they stand in its text."""

    point: Text  #: what earns the mark
    asks: Text | None = None  #: the words of the question that ask for it


class Exercise(CheckedModel):
    """A question for the class with its answer and what earns marks.

    `evidence` are the ids of whatever a reader can answer it from: paragraphs, events, figures, estimates, drawings.
    `says` is the question in few words, for a slide. `minutes` replace those of the audience's deck.
    """

    id: Id  #: unique in the pack
    kind: ExerciseKind  #: what pupils work with
    difficulty: Annotated[int, Field(strict=True, ge=1, le=3)]  #: 1 to 3
    text: Text  #: the question
    says: Text | None = None  #: the question in few words, for a slide
    minutes: Minutes | None = None  #: instead of those of the audience's deck
    answer: Text  #: for the teacher
    evidence: Annotated[AnyIds, RefersTo("id")] = ()  #: ids of whatever on the same paper answers it
    #: what earns a mark: a text, or a mark point
    marks: tuple[Annotated[MarkPoint, BeforeValidator(as_mark_point)], ...] = ()
    depth: Depth = "core"  #: how important it is
