"""The models of briefings.toml, of style.yaml, and of copies.yaml: what a project wants, and how it all looks."""

from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from .fields import Id, Ids, Line, Lines, RefersTo, StrictBool, YamlModel


class ProjectFile(YamlModel):
    """briefings.toml: every key is optional, and an option on the command line replaces it.

    `packs` are ids or folders. `audiences` are the only ones wanted, `audiences_off` are those not wanted. Each
    document is made on the first of `papers` that it can be made for, otherwise on its own. `themes` and `out` are
    folders, relative to this file. `language` is the form of the packs' language that is used, such as en-US:
    it decides how dates and numbers are written. With `strict`, warnings are errors.
    """

    model_config = ConfigDict(title="briefings.toml")

    packs: Lines = ()  #: ids, or folders from the folder of this file; none means every pack in data/
    audiences: Annotated[Ids, RefersTo("audience")] = ()  #: the only audiences wanted; none means all
    #: audiences that are not wanted; give one of the two lists
    audiences_off: Annotated[Ids, RefersTo("audience")] = ()
    #: the only kinds of document wanted, such as briefing; none means all
    documents: Annotated[Ids, RefersTo("document")] = ()
    #: in order of preference; a document that can be made for none of them keeps its own
    papers: Annotated[Ids, RefersTo("paper")] = ()
    style: Line = "style.yaml"  #: the file with the school's name, crest, colours and fonts, where there is one
    themes: Lines = ()  #: folders that override templates, from the folder of this file; the first takes precedence
    out: Line = "build"  #: the output folder, from the folder of this file
    #: the form of the packs' language, such as en-US: how dates are written; it translates nothing
    language: Annotated[str, Field(strict=True, pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] | None = None
    strict: StrictBool = False  #: whether a warning fails check and build, as an error does


def as_colour(value: object) -> object:
    """Read a colour written as "#0b4f6c" or "0b4f6c"."""
    text = str(value).lstrip("#").lower()
    if value is None:
        raise ValueError('this is empty; write the colour in quotes, since # begins a comment: "#0b4f6c"')
    if not isinstance(value, str) or len(text) != 6 or set(text) - set("0123456789abcdef"):
        raise ValueError('this is no colour; write six hexadecimal digits in quotes, such as "#0b4f6c"')
    return f"#{text}"


Colour = Annotated[str, BeforeValidator(as_colour)]


class StyleFile(YamlModel):
    """style.yaml, beside briefings.toml: every key is optional, and what it says reaches every paper and page.

    Paths are relative to this file. Each colour is refused if a reader could not read it. One font file is enough: it
    is used for everything that has no font of its own.
    """

    model_config = ConfigDict(title="style.yaml")

    school: Line | None = None  #: stands at the head of every paper, on every slide and page
    department: Line | None = None  #: beside the school's name
    crest: Line | None = None  #: a crest or logo, SVG or PNG, up to 300 kB
    crest_alt: Line | None = None  #: what the crest shows, for readers who cannot see it; required with a crest
    #: in millimetres; default: as high as the margin allows. A higher one makes the first sheet's margin higher
    crest_height: Annotated[float, Field(ge=5, le=25)] | None = None
    header: Line | None = None  #: at the right of the head, such as a class or a room
    footer: Line | None = None  #: in the foot of every sheet, before the chapter's title

    accent: Colour | None = None  #: values, dates and marks: whatever is reported
    accent_dark: Colour | None = None  #: the same on a dark screen; default: the accent, as light as it has to be
    second: Colour | None = None  #: who says so, and what a reader is asked to do
    second_dark: Colour | None = None  #: the same on a dark screen; default: as for the accent
    ink: Colour | None = None  #: texts, headings and rules, on paper and light screens
    tint: Colour | None = None  #: the ground of boxes, on paper and light screens

    font: Line | None = None  #: a TTF or OTF file, for all texts
    font_italic: Line | None = None  #: its italic; default: slanted words stand upright
    font_bold: Line | None = None  #: its bold or semibold; default: bold words are not bolder
    heading_font: Line | None = None  #: a file for titles and headlines; default: the font's bold
    label_font: Line | None = None  #: a file for labels, tables, drawings and sans texts; default: the font
    label_font_bold: Line | None = None  #: its bold; default: as for the font

    paper: Annotated[Id, RefersTo("paper")] | None = None  #: the size that papers are made for, where they can be
    #: millimetres that the text moves away from the edge that is bound; slides and landscape sheets are not bound
    binding_margin: Annotated[float, Field(ge=0, le=20)] | None = None
    #: whether sheets are printed on both sides: every other is bound at its right edge
    both_sides: StrictBool = False


class CopiesFile(YamlModel):
    """copies.yaml of the templates or a theme: the words in the head of each copy.

    A field in braces is a column of the list of copies: `{name}` is the one that each list has.
    """

    model_config = ConfigDict(title="copies.yaml")

    #: the words, such as "{name}"; a line whose fields are all empty is left out
    lines: Lines = Field(min_length=1, max_length=3)
