"""What is said: statements with who said them and when, and the titled items that hold them (pydantic, frozen)."""

from typing import Annotated, Literal

from .fields import CheckedModel, Date, Depth, Id, RefersTo, SourceIds, SpeakerIds, Text, YamlModel

Status = Literal["established", "reported", "claimed", "denied", "assessed", "forecast"]


class Statement(CheckedModel):
    """Something said or established. `by` names people, organisations or sources."""

    id: Id
    text: Text
    status: Status | None = None
    by: SpeakerIds = ()
    as_of: Date | None = None
    sources: SourceIds = ()
    depth: Depth = "core"


class Paragraph(Statement):
    """A numbered statement; `aspect` says which of its section's aspects it speaks to."""

    aspect: Annotated[Id | None, RefersTo("aspect")] = None


class Event(Statement):
    """A dated statement for the timeline."""

    date: Date


class Aspect(YamlModel):
    """A question that every item of a section answers, such as what happened to civilians."""

    id: Id
    label: Text


class Item(CheckedModel):
    """A titled part of a section, with its paragraphs."""

    id: Id
    title: Text
    depth: Depth = "core"
    paragraphs: tuple[Paragraph, ...] = ()
