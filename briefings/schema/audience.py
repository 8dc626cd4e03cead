"""An audience's YAML file: which documents it gets, on which papers, and what each section shows."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from .drawings import DrawingChoice, as_drawing_choices
from .fields import Depth, Id, Ids, Level, Line, Minutes, RefersTo, StrictBool, Whole, YamlModel, one_or_more
from .formats import Format
from .topic import ContentPart, ExerciseKind

READER = "reader"  # the document that gives each text at every level

Use = Literal["read", "teach", "print", "project", "hang-up", "large-print"]


class SheetLimit(YamlModel):
    """How many sheets a document may take, on any paper."""

    at_least: Whole = 1
    at_most: Whole


class SectionChoice(YamlModel):
    """A section that the audience gets: its depth, aspects, parts and drawings. Two parts may have another depth.

    `only: evidence` reduces it to what the questions, lessons and checks of the same document rest on.
    """

    section: Annotated[Id, RefersTo("section")]
    title: Line | None = None
    unless_judged: StrictBool = False
    depth: Depth = "core"
    events: Depth | None = None
    paragraphs: Depth | None = None
    aspects: Ids | None = None
    parts: Annotated[tuple[ContentPart, ...], BeforeValidator(one_or_more)] | None = None
    only: Literal["evidence"] | None = None
    exercises: Annotated[tuple[ExerciseKind, ...], BeforeValidator(one_or_more)] | None = None
    drawings: Annotated[tuple[DrawingChoice, ...], BeforeValidator(as_drawing_choices)] = ()


class DeckChoice(YamlModel):
    """How a document is divided into slides: how many key figures get one, and a question's minutes by difficulty."""

    numbers: Whole = 1
    minutes: Mapping[Annotated[int, Field(ge=1, le=3)], Minutes] = Field(default_factory=dict)


class DocumentChoice(YamlModel):
    """A document made for an audience: its look, papers and formats.

    The first paper is the default. `gloss` explains the glossary's terms, down to a depth, where they are first used.
    `answers` prints the answers of exercises, `classroom` the lessons and what to check before one, `companions` which
    papers the audiences named there get. `key_figures`, `judgements` and `sections` override the audience's.
    `layout` is how a briefing's sheets are divided; on a screen every briefing flows. `about` says in a line what it
    is, and `uses` what it is for: the index prints the one and selects by the other. `like` names the document whose
    key figures, sections and deck this one has too: notes are like their slides.
    """

    document: Annotated[Id, RefersTo("document")]
    look: Annotated[Id, RefersTo("look")]
    layout: Annotated[Id, RefersTo("layout")] = "flow"
    papers: Annotated[Ids, RefersTo("paper"), Field(min_length=1)] = ("a4", "letter")
    formats: Annotated[tuple[Format, ...], BeforeValidator(one_or_more), Field(min_length=1)] = ("html", "pdf")
    sheets: SheetLimit | None = None
    contents: StrictBool = False
    notes: Literal["short", "full"] = "full"
    gloss: Depth | None = None
    answers: StrictBool = False
    classroom: StrictBool = False
    companions: Annotated[Ids, RefersTo("audience")] = ()
    key_figures: Depth | Literal["none"] | None = None
    judgements: Depth | Literal["none"] | None = None
    sections: tuple[SectionChoice, ...] = ()
    about: Line | None = None
    uses: Annotated[tuple[Use, ...], BeforeValidator(one_or_more)] = ("read",)
    deck: DeckChoice | None = None
    like: Annotated[Id | None, RefersTo("document")] = None

    @property
    def every_level(self) -> bool:
        """Whether the document gives each text at every level that it is written for."""
        return self.document == READER

    def file_name(self, audience: str, paper: str) -> str:
        """The name of its files without extension: audience-document, then look and paper where not the default."""
        if audience == self.document:  # the specimen, which belongs to no audience
            return f"{audience}-{self.look}"
        look = "-large-print" if self.look == "large-print" else ""
        size = "" if paper == self.papers[0] else f"-{paper}"
        return f"{audience}-{self.document}{look}{size}"


class Audience(YamlModel):
    """A kind of reader. `order` sorts audiences, `ceiling` is the highest Flesch-Kincaid grade of any section.

    `about` is a line about the reader, for the index. An audience without `sections` gets the whole pack.
    `extends` names an audience whose fields this one has too, but for those that it gives itself and the `without_…`
    ones: `loading.extended` has merged them before validation.
    """

    id: Id
    extends: Id | None = None
    without_sections: Ids = ()
    without_documents: Ids = ()
    title: Line
    about: Line | None = None
    level: Level
    order: Whole = 99
    ceiling: Annotated[float, Field(ge=1, le=20)] | None = None
    words_per_minute: Annotated[int, Field(strict=True, ge=50, le=400)]
    key_figures: Depth | Literal["none"] = "core"
    judgements: Depth | Literal["none"] = "none"
    documents: Annotated[tuple[DocumentChoice, ...], Field(min_length=1)]
    sections: Annotated[tuple[SectionChoice, ...], Field(min_length=1)] | None = None

    def original(self, choice: DocumentChoice) -> DocumentChoice:
        """The document that `choice` is like; `choice` itself if it is like no other."""
        return next((each for each in self.documents if each.document == choice.like), choice)

    def completed(self, choice: DocumentChoice) -> DocumentChoice:
        """The document with the key figures, sections and deck of the one that it is like."""
        if not choice.like:
            return choice
        same = self.original(choice)
        return choice.model_copy(update={"key_figures": same.key_figures, "sections": same.sections, "deck": same.deck})
