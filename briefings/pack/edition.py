"""Editions: what the closed editions of a pack recorded of themselves, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..problems import Mark
from ..schema.corrections import Change
from ..schema.dates import PartialDate

FOLDER = "editions"  # in the folder of a pack
RECORD = "edition.json"
CHANGES = "changes.yaml"


class Recorded(NamedTuple):
    """An item of an edition: its kind, and the digest of what it meant."""

    kind: str
    digest: str


class Printed(NamedTuple):
    """A document of an edition: the digest that it prints, and the edition in which its content last changed."""

    digest: str
    edition: int


@dataclass(frozen=True)
class Edition:
    """A closed edition of a pack.

    `note` says in a sentence what a reader of the record must know. `meaning` is the digest of the whole pack,
    `items` are by key, `documents` by their names without paper. `content` is the form of their digests: those of two
    forms cannot be compared. `engine` has the versions of what made them. `changes` are in the words of the author,
    and `marks` say where each stands.
    """

    number: int
    date: PartialDate
    note: str
    meaning: str
    content: int
    items: Mapping[str, Recorded]
    documents: Mapping[str, Printed]
    engine: Mapping[str, str]
    files: Mapping[str, str]  # name -> digest
    changes: tuple[Change, ...] = ()
    marks: Mapping[int, Mark] = field(default_factory=dict)  # place in `changes` -> where it stands
