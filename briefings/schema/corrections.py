"""Models of corrections.yaml: what an edition of the pack corrects in the editions before it."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .fields import AnyIds, CheckedModel, Id, RefersTo, Text


class Correction(CheckedModel):
    """A fault of an earlier edition, and what `edition` says instead, told to a reader of both.

    `subjects` are the ids of what was corrected, of any kind, an estimate's as "figure/estimate". `removed` are ids
    that earlier editions had and this one has not. `kind`: a statement was wrong (error), came from somebody else
    (attribution), left something out (omission), treated a side unequally (fairness) or could be misread (clarity).
    """

    id: Id  #: unique in the pack
    edition: Annotated[int, Field(strict=True, ge=2)]  #: the edition that corrects it, 2 or later
    kind: Literal["error", "attribution", "omission", "fairness", "clarity"]  #: what was the matter
    #: ids of what was corrected: paragraphs, estimates (figure/estimate), items, sources
    subjects: Annotated[AnyIds, RefersTo("id")] = ()
    removed: AnyIds = ()  #: ids that earlier editions had and this one has not
    text: Text  #: what was wrong, and what the pack says now

    @model_validator(mode="after")
    def _of_something(self) -> "Correction":
        if not self.subjects and not self.removed:
            raise ValueError("a correction needs 'subjects', the ids of what it corrects, or 'removed'")
        return self
