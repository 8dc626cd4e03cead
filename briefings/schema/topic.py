"""Models of a pack's other files: sources, people, places, terms, the topic's parts, and pack.yaml itself."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, ValidationInfo, field_validator, model_validator

from .dates import PartialDate
from .fields import (
    CheckedModel,
    Date,
    Degrees,
    Depth,
    EstimateRefs,
    Id,
    Ids,
    LanguageCode,
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
    "before",
)

ContentPart = Literal[
    "intro", "paragraphs", "events", "estimates", "arguments", "evidence", "replies", "answers", "basis", "brief"
]
ExerciseKind = Literal["text", "discussion", "source", "map"]


# -- sources, people, places, terms -------------------------------------------------------------


class Origin(CheckedModel):
    """A report that is known only through sources that relay it."""

    id: Id  #: unique in the pack
    title: Line  #: what the report is called
    publisher: Line  #: who made it
    published: Date | None = None  #: when


class Source(CheckedModel):
    """A citable work. `relays` lists the reports it passes on.

    `accessed` is set only if somebody opened it. `read` is how much of it the pack's authors read: to the end, only
    excerpts, or only notes on it; without `read`, nothing is claimed.
    """

    id: Id  #: unique in the pack; texts cite it as [@id]
    title: Line  #: in square brackets if it is yours, because the work's own is not known
    authors: Lines = ()  #: their names
    publisher: Line  #: who published it
    published: Date  #: when
    url: WebAddress | None = None  #: where it can be read
    #: what it is
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
    country: Line  #: where the publisher is
    standpoint: Text  #: who the publisher is, and what follows for the reader
    accessed: Date | None = None  #: the day on which somebody opened it
    #: how much of it you read: to the end, excerpts, or only notes on it; nothing is claimed without it
    read: Literal["whole", "part", "notes"] | None = None
    relays: Annotated[Ids, RefersTo("origin", "source")] = ()  #: ids of origins or sources whose report it passes on
    note: Text | None = None  #: what a reader must know about your copy


class Person(CheckedModel):
    """A person or organisation named in the pack, in the role held at the time. `say` is the pronunciation.

    `unnamed`: the report gives no name, only an office or a place of work.
    """

    id: Id  #: unique in the pack
    name: Line  #: the one spelling used throughout
    kind: Literal["person", "organisation"] = "person"  #: what it is
    role: Text  #: at the time
    side: Line  #: whose side; camps in pack.yaml name it
    unnamed: StrictBool = False  #: whether the reports give no name, only an office
    say: Line | None = None  #: how it is spoken
    also: Lines = ()  #: other names that the texts use
    variants: Lines = ()  #: spellings of sources, which the texts do not use
    sources: SourceIds = ()  #: besides those cited in role
    depth: Depth = "more"  #: how important it is


class Place(CheckedModel):
    """A place. `lat` and `lon` are in degrees and need a source or `approximate`; `code` is by ISO 3166."""

    id: Id  #: unique in the pack
    name: Line  #: the one spelling used throughout
    kind: Literal["country", "region", "city", "town", "village", "battlefield", "area"]  #: what it is
    country: Line  #: where it is
    region: Line | None = None  #: where in the country
    #: ISO 3166, for a country or region: finds it on a map
    code: Annotated[str, Field(strict=True, pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")] | None = None
    say: Line | None = None  #: how it is spoken
    also: Lines = ()  #: other names that the texts use
    variants: Lines = ()  #: spellings of sources, which the texts do not use
    lat: Degrees | None = None  #: degrees north; with lon
    lon: Degrees | None = None  #: degrees east; with lat
    approximate: StrictBool = False  #: whether the coordinates are rough; else they need sources
    text: Text  #: what it is, for the list of places
    sources: SourceIds = ()  #: besides those cited in the text
    depth: Depth = "more"  #: how important it is

    @model_validator(mode="after")
    def _on_the_map(self) -> "Place":
        if (self.lat is None) != (self.lon is None):
            raise ValueError("'lat' and 'lon' belong together; write both, or neither")
        if self.lat is not None and abs(self.lat) > 90:
            raise ValueError(f"there is no latitude {self.lat:g}; check that 'lat' and 'lon' are not swapped")
        if self.lat is not None and not self.approximate and not self.sources:
            raise ValueError("coordinates need a source; write 'sources', or 'approximate: true'")
        return self


class Term(CheckedModel):
    """A glossary entry, for readers below the level `known_from`. `translations` are by language code."""

    id: Id  #: unique in the pack
    term: Line  #: the word
    also: Lines = ()  #: other forms of it in the texts
    text: Text  #: its explanation
    known_from: Level | None = None  #: readers from this level on know it
    translations: Mapping[LanguageCode, Line] = Field(default_factory=dict)  #: the word by language code
    sources: SourceIds = ()  #: besides those cited in the text
    depth: Depth = "more"  #: how important it is


# -- the topic's parts --------------------------------------------------------------------------


class Objective(Item):
    """An aim: stated by a side, inferred by an analyst, or reported by others."""

    kind: Literal["stated", "inferred", "reported"]  #: stated by a side, inferred by an analyst, or reported by others
    by: Annotated[SpeakerIds, Field(min_length=1)]  #: whose aim it is, or who says so
    as_of: Date | None = None  #: when it was said
    sources: Annotated[SourceIds, Field(min_length=1)]  #: who reports it


class Phase(Item):
    """A period of the story, with its dated events and the best estimates for it."""

    start: Date  #: its first day
    end: Date | None = None  #: its last day; default: open
    events: tuple[Event, ...] = ()  #: dated statements, for the timeline
    estimates: EstimateRefs = ()  #: the best ones for it, as figure/estimate

    # A validator of the field, so that the error is at its line.
    @field_validator("end")
    @classmethod
    def _ends_after_its_start(cls, end: PartialDate | None, info: ValidationInfo) -> PartialDate | None:
        start = info.data.get("start")
        if end and start and end.order[1] < start.order[0]:
            raise ValueError(f"the phase ends ({end}) before it starts ({start}); correct one of them")
        return end


class Argument(CheckedModel):
    """A reason for a position, in its strongest form, with its evidence and the best replies."""

    id: Id  #: unique in the pack
    text: Text  #: the reason in its strongest form
    evidence: tuple[Statement, ...] = ()  #: statements that support it
    replies: tuple[Statement, ...] = ()  #: the best that is said against it
    depth: Depth = "core"  #: how important it is


class Lean(YamlModel):
    """A kind of answer to a question, such as yes, no, or only if: positions that give it stand together."""

    id: Id  #: unique in the pack
    title: Text  #: such as yes, no, or only if


class Position(Item):
    """An answer to the question of a debate, with those who hold it and the date they said so.

    `leans` is the kind of answer that it gives.
    """

    by: Annotated[SpeakerIds, Field(min_length=1)]  #: who holds it
    leans: Annotated[Id | None, RefersTo("lean")] = None  #: the id of the kind of answer it gives
    as_of: Date | None = None  #: when they said so
    sources: Annotated[SourceIds, Field(min_length=1)]  #: who reports it
    arguments: tuple[Argument, ...] = ()  #: the reasons given for it


class Question(Item):
    """The question of a debate, with the positions on it."""

    leans: tuple[Lean, ...] = ()  #: kinds of answer; on a poster positions of one kind stand together
    positions: Annotated[tuple[Position, ...], Field(min_length=1)]  #: the answers to it


class Option(Item):
    """A course of action that somebody proposed; never the pack's own proposal."""

    by: Annotated[SpeakerIds, Field(min_length=1)]  #: who proposed it
    as_of: Date | None = None  #: when
    sources: Annotated[SourceIds, Field(min_length=1)]  #: who reports it


# -- pack ---------------------------------------------------------------------------------------


class Section(CheckedModel):
    """A chapter of the pack: its own paragraphs, then the items or entries of the kind it `holds`.

    `says` is its finding or question, the headline of its slide.
    """

    id: Id  #: unique in the pack
    title: Text  #: the chapter's heading
    says: Text | None = None  #: its finding or question, the headline of its slide
    holds: Annotated[Id | None, RefersTo("kind of item")] = None  #: which items of a file it shows, such as phases
    aspects: tuple[Aspect, ...] = ()  #: the questions that each of its items answers
    paragraphs: tuple[Paragraph, ...] = ()  #: its own, before the items


class Edition(YamlModel):
    """A published state of the pack; `date` is the day it was published."""

    number: Annotated[Whole, Field(ge=1)]  #: counted from 1
    date: Date  #: the day it was published


class PackInfo(CheckedModel):
    """pack.yaml: titles and dates, and the sections in the order that determines paragraph numbers.

    `camps` are the sides of the conflict, each with its allies. A claim is stale after `stale_after` months, unless
    it is about a time before `history_before`. `capitals` are capitalized words that no list needs to explain.
    """

    model_config = ConfigDict(title="pack.yaml")

    id: Id  #: the folder's name
    title: Text  #: of every document
    deck: Text  #: one or two sentences under the title
    kicker: Line  #: a line above the title
    language: LanguageCode  #: such as en or en-GB
    as_of: Date  #: nothing later belongs in the pack
    edition: Edition  #: this state of the pack
    authors: Annotated[Lines, Field(min_length=1)]  #: in the colophon
    licence: Line  #: in the colophon
    licence_url: WebAddress | None = None  #: where it can be read
    camps: tuple[Lines, ...] = ()  #: the sides of a conflict, each with its allies, as side names them
    stale_after: Whole | None = None  #: months: an older claim is a finding
    history_before: Date | None = None  #: claims from before this day do not become stale
    capitals: Lines = ()  #: words with a capital letter that no list has to explain
    key_figures: tuple[KeyFigure, ...] = ()  #: estimates for the head of a briefing
    #: the chapters, in the order that numbers their paragraphs
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]

    @field_validator("edition")
    @classmethod
    def _published_after_its_facts(cls, edition: Edition, info: ValidationInfo) -> Edition:
        if (facts := info.data.get("as_of")) and edition.date.last < facts.first:
            raise ValueError(f"the edition is of {edition.date}, before its facts ('as_of': {facts}); correct one")
        return edition
