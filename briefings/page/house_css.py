"""The house style -> the style sheet that a page carries: its fonts, its tokens, its margins, and the words in them."""

from collections.abc import Iterator
from dataclasses import replace

from ..drawings.design_tokens import load_tokens
from ..drawings.house_tokens import house_tokens
from ..house_style import NO_STYLE, HouseStyle
from ..library import Library
from .template_functions import css_string

_FORMATS = {".ttf": "truetype", ".otf": "opentype"}


def house_css(library: Library, look: str, paper: str, *, screen: bool, dark: bool = True, running: bool = True) -> str:
    """The style sheet of a page in a look, on a paper or on a screen.

    `dark` is whether the page follows a reader's dark system, and `running` whether its sheets have a head and a foot.
    """
    house = library.house
    base = load_tokens(replace(library, house=NO_STYLE), look, paper)
    tokens = house_tokens(house, base.values, base.px, look)
    lines = [*_faces(house), _root(tokens)]
    if screen and dark and house.dark_colours:
        lines.append(f"@media screen and (prefers-color-scheme: dark) {{ {_root(dict(house.dark_colours))} }}")
    if house.crest:
        lines.append(f'@layer parts {{ .crested {{ background-image: url("{house.crest}"); }} }}')
    lines += _margins(house, bound="margin-inner" in tokens)
    if running and not screen:
        lines += _running(house, large=look == "large-print")
    return "\n".join(lines) + "\n"


def _root(tokens: dict[str, str]) -> str:
    return f"@layer theme {{ :root {{ {' '.join(f'--{name}: {value};' for name, value in tokens.items())} }} }}"


def _faces(house: HouseStyle) -> Iterator[str]:
    for face in house.faces:
        form = _FORMATS[face.name[face.name.rindex(".") :].lower()]
        style = " font-style: italic;" if face.italic else ""
        source = f'src: url("{face.name}") format("{form}");'
        yield f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight};{style} {source} }}'


def _margins(house: HouseStyle, *, bound: bool) -> Iterator[str]:
    """The first sheet has room for the school's head; a drawing that reaches the edges of the sheet still does."""
    yield "@page :first { margin-top: var(--first-top); }"
    yield "@layer theme { .drawing.front { margin-top: calc(0mm - var(--first-top)); } }"
    if not bound:
        return
    inner, outer = "var(--margin-inner)", "var(--margin-outer)"
    yield f"@page {{ margin-left: {inner}; margin-right: {outer}; }}"
    if house.both_sides:
        yield f"@page :left {{ margin-left: {outer}; margin-right: {inner}; }}"
    yield f"@layer theme {{ .drawing.front .form {{ margin: 0 calc(0mm - {outer}) 0 calc(0mm - {inner}); }} }}"


def _running(house: HouseStyle, *, large: bool) -> Iterator[str]:
    """The school in the head of later sheets, and its words in the foot. In large print a line holds one thing."""
    if house.school and not large:
        words = css_string(f"{house.school} · ")
        yield f'@page {{ @top-left {{ content: {words} string(reader) " · " string(topic); }} }}'
    if house.footer:
        words = css_string(house.footer)
        yield f"@page {{ @bottom-left {{ content: {words}{'' if large else ' string(chapter, start)'}; }} }}"
        yield '@layer theme { .chapter > h2, .notes h2 { string-set: chapter " · " content(text); } }'
