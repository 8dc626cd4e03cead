"""Models of statements, each with its speaker, date and sources, and of the titled items that contain them."""

from typing import Annotated, Literal

from .fields import CheckedModel, Date, Depth, Id, RefersTo, SourceIds, SpeakerIds, Text

Status = Literal["established", "reported", "claimed", "denied", "assessed", "forecast"]


class Statement(CheckedModel):
    """A text that is claimed or established. `by` are the people, organisations or sources that state it."""

    id: Id  #: unique in the pack
    text: Text  #: what is said, with citations
    status: Status | None = None  #: how sure it is
    by: SpeakerIds = ()  #: who says so: ids of people, organisations or sources
    as_of: Date | None = None  #: when it was said or held true
    sources: SourceIds = ()  #: besides those cited in the text
    depth: Depth = "core"  #: how important it is


class Paragraph(Statement):
    """A numbered statement. `aspect` is the one of its section's aspects that it covers.

    `brief` says the same in a line or two, for a table.
    """

    aspect: Annotated[Id | None, RefersTo("aspect")] = None  #: which of its section's aspects it covers
    brief: Text | None = None  #: the same in a line or two, for a table


class Event(Statement):
    """A dated statement, shown on the timeline."""

    date: Date  #: when it happened


class Aspect(CheckedModel):
    """A question that each item of a section answers, such as what it meant for people, and how important it is."""

    id: Id  #: unique in its section
    label: Text  #: stands before the paragraphs that answer it
    depth: Depth = "core"  #: how important it is


class Item(CheckedModel):
    """A titled part of a section, with its paragraphs. `says` is its finding or question, the headline of its slide."""

    id: Id  #: unique in the pack
    title: Text  #: its heading
    says: Text | None = None  #: its finding or question, the headline of its slide
    depth: Depth = "core"  #: how important it is
    paragraphs: tuple[Paragraph, ...] = ()  #: what is said of it
