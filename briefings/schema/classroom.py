"""Models of classroom.yaml: questions for a class, with their answers and what earns marks."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from .fields import LEVELS, AnyIds, CheckedModel, Depth, Id, Minutes, RefersTo, Text
from .topic import ExerciseKind


def _mark_point(value: object) -> object:
    """A string, or a text by level, is a point whose `asks` is not given."""
    # Any key that is no level makes it a mark point, so that {text: …, asks: …} is told what a mark point has.
    return value if isinstance(value, dict) and not value.keys() <= set(LEVELS) else {"point": value}


class MarkPoint(CheckedModel):
    """What earns a mark, and the words of the question that ask for it: at each level, as they stand in its text."""

    point: Text
    asks: Text | None = None


class Exercise(CheckedModel):
    """A question for the class with its answer and what earns marks.

    `evidence` are the ids of whatever a reader can answer it from: paragraphs, events, figures, estimates, drawings.
    `says` is the question in few words, for a slide. `minutes` replace those of the audience's deck.
    """

    id: Id
    kind: ExerciseKind
    difficulty: Annotated[int, Field(strict=True, ge=1, le=3)]
    text: Text
    says: Text | None = None
    minutes: Minutes | None = None
    answer: Text
    evidence: Annotated[AnyIds, RefersTo("id")] = ()
    marks: tuple[Annotated[MarkPoint, BeforeValidator(_mark_point)], ...] = ()
    depth: Depth = "core"
