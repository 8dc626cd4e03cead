"""Models of classroom.yaml: questions for a class, with their answers and what earns marks."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from .fields import LEVELS, AnyIds, CheckedModel, Depth, Id, Minutes, RefersTo, Text, Whole
from .topic import ExerciseKind


def as_mark_point(value: object) -> object:
    """A string, or a text by level, is a point whose `asks` is not given."""
    # Any key that is no level makes it a mark point, so that {text: …, asks: …} is told what a mark point has.
    return value if isinstance(value, dict) and not value.keys() <= set(LEVELS) else {"point": value}


class MarkPoint(CheckedModel):
    """What earns a mark, and the words of the question that ask for it: at each level, as they stand in its text."""

    point: Text  #: what earns the mark
    asks: Text | None = None  #: the words of the question that ask for it


class ModelAnswer(CheckedModel):
    """An answer as a pupil could write it, how good it is, and what it earns. `why` says for what."""

    quality: Literal["good", "middling", "weak"]  #: how good it is
    text: Text  #: the answer, in a pupil's words
    marks: Whole  #: how many of the question's marks it earns
    why: Text  #: which marks it earns, and which not


class Mistake(CheckedModel):
    """A common wrong answer, and what to say to whoever gives it."""

    answer: Text  #: the wrong answer
    say: Text  #: what to say


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
    models: tuple[ModelAnswer, ...] = ()  #: model answers, for a key
    mistakes: tuple[Mistake, ...] = ()  #: common wrong answers, for a key
    starters: tuple[Text, ...] = ()  #: sentence starters, for a worksheet
    #: how many lines to write on a worksheet has; default: by its marks
    lines: Annotated[int, Field(strict=True, ge=1, le=20)] | None = None
    depth: Depth = "core"  #: how important it is
