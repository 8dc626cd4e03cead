"""Models of a pack's other files: sources, people, places, terms, the topic's parts, and pack.yaml itself."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from .fields import (
    CheckedModel,
    Date,
    Degrees,
    Depth,
    EstimateRefs,
    Id,
    Ids,
    Level,
    Line,
    Lines,
    RefersTo,
    SourceIds,
    SpeakerIds,
    StrictBool,
    Text,
    WebAddress,
    Whole,
    YamlModel,
)
from .figures import KeyFigure
from .statements import Aspect, Event, Item, Paragraph, Statement

# The section ids that any audience may list, whether or not a pack has them. A pack may also have sections of its own.
SECTIONS = (
    "established",
    "objectives",
    "phases",
    "figures",
    "debate",
    "options",
    "history",
    "unknown",
    "about-sources",
    "people",
    "places",
    "glossary",
    "exercises",
    "guidance",
)

ContentPart = Literal[
    "intro", "paragraphs", "events", "estimates", "arguments", "evidence", "replies", "answers", "basis", "brief"
]
ExerciseKind = Literal["text", "discussion", "source", "map"]


# -- sources, people, places, terms -------------------------------------------------------------


class Origin(CheckedModel):
    """A report that is known only through sources that relay it."""

    id: Id
    title: Line
    publisher: Line
    published: Date | None = None


class Source(CheckedModel):
    """A citable work. `relays` lists the reports it passes on.

    `accessed` is set only if somebody opened it. `read` is how much of it the pack's authors read: to the end, only
    excerpts, or only notes on it; without `read`, nothing is claimed.
    """

    id: Id
    title: Line
    authors: Lines = ()
    publisher: Line
    published: Date
    url: WebAddress | None = None
    kind: Literal[
        "news-agency",
        "news",
        "analysis",
        "law",
        "reference",
        "book",
        "history",
        "fact-check",
        "opinion",
        "document",
        "data",
    ]
    country: Line
    standpoint: Text
    accessed: Date | None = None
    read: Literal["whole", "part", "notes"] | None = None
    relays: Annotated[Ids, RefersTo("origin", "source")] = ()
    note: Text | None = None


class Person(CheckedModel):
    """A person or organisation named in the pack, in the role held at the time. `say` is the pronunciation.

    `unnamed`: the report gives no name, only an office or a place of work.
    """

    id: Id
    name: Line
    kind: Literal["person", "organisation"] = "person"
    role: Text
    side: Line
    unnamed: StrictBool = False
    say: Line | None = None
    also: Lines = ()
    variants: Lines = ()
    sources: SourceIds = ()
    depth: Depth = "more"


class Place(CheckedModel):
    """A place. `lat` and `lon` are in degrees and need a source or `approximate`; `code` is by ISO 3166."""

    id: Id
    name: Line
    kind: Literal["country", "region", "city", "town", "village", "battlefield", "area"]
    country: Line
    region: Line | None = None
    code: Annotated[str, Field(strict=True, pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")] | None = None
    say: Line | None = None
    also: Lines = ()
    variants: Lines = ()
    lat: Degrees | None = None
    lon: Degrees | None = None
    approximate: StrictBool = False
    text: Text
    sources: SourceIds = ()
    depth: Depth = "more"

    @model_validator(mode="after")
    def _on_the_map(self) -> "Place":
        if (self.lat is None) != (self.lon is None):
            raise ValueError("write both 'lat' and 'lon', or neither")
        if self.lat is not None and abs(self.lat) > 90:
            raise ValueError(f"there is no latitude {self.lat:g}; check that 'lat' and 'lon' are not swapped")
        if self.lat is not None and not self.approximate and not self.sources:
            raise ValueError("coordinates need 'sources', or 'approximate: true'")
        return self


class Term(CheckedModel):
    """A glossary entry, for readers below the level `known_from`. `translations` are by language code."""

    id: Id
    term: Line
    also: Lines = ()
    text: Text
    known_from: Level | None = None
    translations: Mapping[Id, Line] = Field(default_factory=dict)
    sources: SourceIds = ()
    depth: Depth = "more"


# -- the topic's parts --------------------------------------------------------------------------


class Objective(Item):
    """An aim: stated by a side, inferred by an analyst, or reported by others."""

    kind: Literal["stated", "inferred", "reported"]
    by: SpeakerIds
    as_of: Date | None = None
    sources: SourceIds


class Phase(Item):
    """A period of the story, with its dated events and the best estimates for it."""

    start: Date
    end: Date | None = None
    events: tuple[Event, ...] = ()
    estimates: EstimateRefs = ()


class Argument(CheckedModel):
    """A reason for a position, in its strongest form, with its evidence and the best replies."""

    id: Id
    text: Text
    evidence: tuple[Statement, ...] = ()
    replies: tuple[Statement, ...] = ()
    depth: Depth = "core"


class Lean(YamlModel):
    """A kind of answer to a question, such as yes, no, or only if: positions that give it stand together."""

    id: Id
    title: Text


class Position(Item):
    """An answer to the question of a debate, with those who hold it and the date they said so.

    `leans` is the kind of answer that it gives.
    """

    by: SpeakerIds
    leans: Annotated[Id | None, RefersTo("lean")] = None
    as_of: Date | None = None
    sources: SourceIds
    arguments: tuple[Argument, ...] = ()


class Question(Item):
    """The question of a debate, with the positions on it."""

    leans: tuple[Lean, ...] = ()
    positions: Annotated[tuple[Position, ...], Field(min_length=1)]


class Option(Item):
    """A course of action that somebody proposed; never the pack's own proposal."""

    by: SpeakerIds
    as_of: Date | None = None
    sources: SourceIds


# -- pack ---------------------------------------------------------------------------------------


class Section(CheckedModel):
    """A chapter of the pack: its own paragraphs, then the items or entries of the kind it `holds`.

    `says` is its finding or question, the headline of its slide.
    """

    id: Id
    title: Text
    says: Text | None = None
    holds: Annotated[Id | None, RefersTo("kind of item")] = None
    aspects: tuple[Aspect, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()


class Edition(YamlModel):
    """A published state of the pack; `date` is the day it was published."""

    number: Whole
    date: Date


class PackInfo(CheckedModel):
    """pack.yaml: titles and dates, and the sections in the order that determines paragraph numbers.

    `camps` are the sides of the conflict, each with its allies. A claim is stale after `stale_after` months, unless
    it is about a time before `history_before`. `capitals` are capitalized words that no list needs to explain.
    """

    model_config = ConfigDict(title="pack.yaml")

    id: Id
    title: Text
    deck: Text
    kicker: Line
    language: Annotated[str, Field(strict=True, pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
    as_of: Date
    edition: Edition
    authors: Lines
    licence: Line
    licence_url: WebAddress | None = None
    camps: tuple[Lines, ...] = ()
    stale_after: Whole | None = None
    history_before: Date | None = None
    capitals: Lines = ()
    key_figures: tuple[KeyFigure, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
