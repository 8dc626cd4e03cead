"""Models of statements, each with its speaker, date and sources, and of the titled items that contain them."""

from typing import Annotated, Literal

from .fields import CheckedModel, Date, Depth, Id, RefersTo, SourceIds, SpeakerIds, Text, YamlModel

Status = Literal["established", "reported", "claimed", "denied", "assessed", "forecast"]


class Statement(CheckedModel):
    """A text that is claimed or established. `by` are the people, organisations or sources that state it."""

    id: Id
    text: Text
    status: Status | None = None
    by: SpeakerIds = ()
    as_of: Date | None = None
    sources: SourceIds = ()
    depth: Depth = "core"


class Paragraph(Statement):
    """A numbered statement. `aspect` is the one of its section's aspects that it covers.

    `brief` says the same in a line or two, for a table.
    """

    aspect: Annotated[Id | None, RefersTo("aspect")] = None
    brief: Text | None = None


class Event(Statement):
    """A dated statement, shown on the timeline."""

    date: Date


class Aspect(YamlModel):
    """A question that each item of a section answers, such as what happened to civilians."""

    id: Id
    label: Text


class Item(CheckedModel):
    """A titled part of a section, with its paragraphs. `says` is its finding or question, the headline of its slide."""

    id: Id
    title: Text
    says: Text | None = None
    depth: Depth = "core"
    paragraphs: tuple[Paragraph, ...] = ()
