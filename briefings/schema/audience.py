"""What a reader gets of a pack, and on what papers: plain values in, validated and frozen values out."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from .drawings import DrawingChoice, as_drawing_choices
from .fields import Depth, Id, Ids, Level, Line, RefersTo, StrictBool, Whole, YamlModel, one_or_more
from .topic import ContentPart, ExerciseKind

Format = Literal["html", "pdf"]


class SheetLimit(YamlModel):
    """How many sheets a document may take, on any paper."""

    at_least: Whole = 1
    at_most: Whole


class SectionChoice(YamlModel):
    """A section the audience gets: down to which depth (its events to another), and which of what it holds."""

    section: Annotated[Id, RefersTo("section")]
    title: Line | None = None
    depth: Depth = "core"
    events: Depth | None = None
    aspects: Ids | None = None
    parts: Annotated[tuple[ContentPart, ...], BeforeValidator(one_or_more)] | None = None
    exercises: Annotated[tuple[ExerciseKind, ...], BeforeValidator(one_or_more)] | None = None
    drawings: Annotated[tuple[DrawingChoice, ...], BeforeValidator(as_drawing_choices)] = ()


class DocumentChoice(YamlModel):
    """A document made for an audience: how it is dressed, on which papers, in which formats.

    The first paper is the one it is made on unasked. `gloss` explains the glossary's words, down
    to a depth, where they are first used; `answers` gives the exercises theirs. `key_figures`
    and `sections` stand in place of the audience's.
    """

    document: Annotated[Id, RefersTo("document")]
    look: Annotated[Id, RefersTo("look")]
    papers: Annotated[Ids, RefersTo("paper"), Field(min_length=1)] = ("a4", "letter")
    formats: Annotated[tuple[Format, ...], BeforeValidator(one_or_more), Field(min_length=1)] = ("html", "pdf")
    sheets: SheetLimit | None = None
    contents: StrictBool = False
    notes: Literal["short", "full"] = "full"
    gloss: Depth | None = None
    answers: StrictBool = False
    key_figures: Depth | Literal["none"] | None = None
    sections: tuple[SectionChoice, ...] = ()

    def file_name(self, audience: str, paper: str) -> str:
        """Its files' name without ending: audience-document, then what is not as usual in look and paper."""
        if audience == self.document:  # no reader's, as the specimen
            return f"{audience}-{self.look}"
        look = "-large-print" if self.look == "large-print" else ""
        size = "" if paper == self.papers[0] else f"-{paper}"
        return f"{audience}-{self.document}{look}{size}"


class Audience(YamlModel):
    """A reader: level, place in lists, reading ceiling (Flesch-Kincaid grade), sections in order, documents."""

    id: Id
    title: Line
    level: Level
    order: Whole = 99
    ceiling: Annotated[float, Field(ge=1, le=20)] | None = None
    words_per_minute: Annotated[int, Field(strict=True, ge=50, le=400)]
    key_figures: Depth | Literal["none"] = "core"
    documents: Annotated[tuple[DocumentChoice, ...], Field(min_length=1)]
    sections: Annotated[tuple[SectionChoice, ...], Field(min_length=1)]
