"""Models of corrections.yaml and of editions/<number>/changes.yaml: what an edition corrects, and what else is new."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from .fields import AnyIds, CheckedModel, Id, Lines, RefersTo, Text, YamlModel


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


ChangeMark = Literal["significant", "minor", "correction"]


class Change(YamlModel):
    """What an edition changed, in a sentence for its readers."""

    #: `correction`: the edition before was wrong; `significant`: readers have to know; `minor`: the rest
    mark: ChangeMark
    #: ids of what was added, changed or withdrawn, as 'briefings diff' names them
    items: Annotated[Lines, Field(min_length=1)]
    text: Text  #: what changed, in plain words


class ChangesFile(YamlModel):
    """What an edition changed. `briefings edition` drafts it and its author edits it, also later.

    Corrections of corrections.yaml belong to it and are not repeated.
    """

    model_config = ConfigDict(title="changes.yaml")

    changes: tuple[Change, ...] = ()  #: the changes, the most important first
