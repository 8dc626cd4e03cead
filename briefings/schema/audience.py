"""An audience's YAML file: which documents it gets, on which papers, and what each section shows."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from .drawings import DrawingChoice, as_drawing_choices
from .fields import Depth, Id, Ids, Level, Line, Minutes, RefersTo, StrictBool, Whole, YamlModel, one_or_more
from .formats import Format
from .lessons import LessonPart
from .topic import ContentPart, ExerciseKind

READER = "reader"  # the document that gives each text at every level

Use = Literal["read", "teach", "print", "project", "hang-up", "large-print"]


class SheetLimit(YamlModel):
    """How many sheets a document may take, on any paper."""

    at_least: Whole = 1  #: fewer sheets are a warning, unless the pack lacks a section that the document asks for
    at_most: Annotated[Whole, Field(ge=1)]  #: more sheets are a warning

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_least > self.at_most:
            raise ValueError(f"'at_least' ({self.at_least}) is above 'at_most' ({self.at_most}); exchange them")
        return self


class SectionChoice(YamlModel):
    """A section that the audience gets: its depth, aspects, parts and drawings. Two parts may have another depth.

    `aspects` are ids, or the depth down to which the pack's aspects are shown. `only: evidence` reduces it to what the
    questions, lessons and checks of the same document rest on.
    """

    section: Annotated[Id, RefersTo("section")]  #: the id of a section; one that the pack lacks is left out
    title: Line | None = None  #: replaces the pack's title
    unless_judged: StrictBool = False  #: whether it is left out of a document that prints judgements
    depth: Depth = "core"  #: down to which depth it is shown
    events: Depth | None = None  #: another depth for events
    paragraphs: Depth | None = None  #: another depth for the paragraphs of its items
    #: which paragraphs, by aspect: ids, or the depth down to which the pack's aspects are shown; default: all
    aspects: Depth | Ids | None = None
    #: which parts; default: all but the answers; [] for nothing but drawings
    parts: Annotated[tuple[ContentPart, ...], BeforeValidator(one_or_more)] | None = None
    #: `evidence`: nothing but what the document's questions, lessons and checks rest on
    only: Literal["evidence"] | None = None
    #: which kinds of exercise; default: all
    exercises: Annotated[tuple[ExerciseKind, ...], BeforeValidator(one_or_more)] | None = None
    #: which kinds of drawing, each by name or with the fields of a drawing choice
    drawings: Annotated[tuple[DrawingChoice, ...], BeforeValidator(as_drawing_choices)] = ()


class DeckChoice(YamlModel):
    """How a document is divided into slides: how many key figures get one, and a question's minutes by difficulty."""

    numbers: Whole = 1  #: how many key figures get a slide
    #: how long a class works on a question, by its difficulty, 1 to 3
    minutes: Mapping[Annotated[int, Field(ge=1, le=3)], Minutes] = Field(default_factory=dict)


class DocumentChoice(YamlModel):
    """A document made for an audience: its look, papers and formats.

    The first paper is the default. `gloss` explains the glossary's terms, down to a depth, where they are first used.
    `answers` prints the answers of exercises, `shows` parts of lesson.yaml, `companions` which papers the audiences
    named there get. `key_figures`, `judgements` and `sections` override the audience's.
    `layout` is how a briefing's sheets are divided; on a screen every briefing flows. `about` says in a line what it
    is, and `uses` what it is for: the index prints the one and selects by the other. `like` names the document whose
    key figures, sections, deck, `shows` and `beside` this one has too: notes are like their slides.
    """

    document: Annotated[Id, RefersTo("document")]  #: the kind of output: a template in documents/
    look: Annotated[Id, RefersTo("look")]  #: its style: a style sheet in css/looks/
    layout: Annotated[Id, RefersTo("layout")] = "flow"  #: how a briefing's sheets are divided: a template in layouts/
    #: paper sizes it can be made for; the first is made unless another is asked for
    papers: Annotated[Ids, RefersTo("paper"), Field(min_length=1)] = ("a4", "letter")
    #: the files made of it
    formats: Annotated[tuple[Format, ...], BeforeValidator(one_or_more), Field(min_length=1)] = ("html", "pdf")
    sheets: SheetLimit | None = None  #: how many sheets it may take
    contents: StrictBool = False  #: whether it has a table of contents
    #: how much each note on paper says: short, or with the source's standpoint (full)
    notes: Literal["short", "full"] = "full"
    gloss: Depth | None = None  #: down to which depth glossary words are explained where they are first used
    answers: StrictBool = False  #: whether exercises have their answers
    #: which parts of lesson.yaml and worksheet.yaml it shows
    shows: Annotated[tuple[LessonPart, ...], BeforeValidator(one_or_more)] = ()
    #: a document of this audience that a class has beside this one: its evidence may stand there
    beside: Annotated[Id | None, RefersTo("document")] = None
    companions: Annotated[Ids, RefersTo("audience")] = ()  #: ids of audiences whose papers it lists
    key_figures: Depth | Literal["none"] | None = None  #: for this document alone, instead of the audience's
    judgements: Depth | Literal["none"] | None = None  #: for this document alone, instead of the audience's
    #: for this document alone, instead of the audience's; [] for none
    sections: tuple[SectionChoice, ...] | None = None
    about: Line | None = None  #: a line on what the document is, for the index
    #: what it is for; the index selects by it
    uses: Annotated[tuple[Use, ...], BeforeValidator(one_or_more)] = ("read",)
    deck: DeckChoice | None = None  #: how it is divided into slides
    #: a document of this audience whose key figures, sections, deck, shows and beside this one has too
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

    id: Id  #: the name of its file
    #: the id of an audience whose fields this one takes over, but for those that it gives itself
    extends: Id | None = None
    without_sections: Ids = ()  #: sections of the extended audience that this one does not get
    without_documents: Ids = ()  #: documents of the extended audience that this one does not get
    title: Line  #: its name, on covers and in the index
    about: Line | None = None  #: a line about this reader, for the index
    level: Level  #: which of the texts by level it reads
    order: Whole = 99  #: its place in lists such as the index
    #: the highest Flesch-Kincaid grade of a section's texts, names left out
    ceiling: Annotated[float, Field(ge=1, le=20)] | None = None
    words_per_minute: Annotated[int, Field(strict=True, ge=50, le=400)]  #: for the reading time on the cover
    key_figures: Depth | Literal["none"] = "core"  #: which key figures, down to which depth
    judgements: Depth | Literal["none"] = "none"  #: which judgements, down to which depth
    documents: Annotated[tuple[DocumentChoice, ...], Field(min_length=1)]  #: the documents made for it
    #: what it reads, in this order; default: the whole pack
    sections: Annotated[tuple[SectionChoice, ...], Field(min_length=1)] | None = None

    def original(self, choice: DocumentChoice) -> DocumentChoice:
        """The document that `choice` is like; `choice` itself if it is like no other."""
        return next((each for each in self.documents if each.document == choice.like), choice)

    def completed(self, choice: DocumentChoice) -> DocumentChoice:
        """The document with what it takes over from the one that it is like."""
        if not choice.like:
            return choice
        same = self.original(choice)
        taken = {name: getattr(same, name) for name in ("key_figures", "sections", "deck")}
        taken |= {name: getattr(choice, name) or getattr(same, name) for name in ("shows", "beside")}
        return choice.model_copy(update=taken)
