"""The HTML of a page -> what in it would run, fetch, send or hide something, as Problems: no template may write that.

A browser finds an element only where "<" and a letter stand. So each such place is read as a tag, by the rules of the
HTML standard for tags, wherever it is: in a comment, a style or an attribute a browser may read it too, if it sees the
page otherwise than we do. Nothing depends on where a comment or an element ends, in which parsers differ.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice

from ..library import Library
from ..problems import Mark, Problem, ProblemError, with_excerpt

# The scripts that a page may have, each as base.html and the documents write it; a theme cannot replace them.
SCRIPTS = {f'<script src="{name}"></script>': name for name in ("screen.js", "reader.js", "slides.js", "worksheet.js")}

# Elements that run or load something, replace the page, or make browsers read what follows in another way.
_ELEMENTS = frozenset(
    (
        *("applet", "audio", "base", "bgsound", "embed", "fencedframe", "frame", "frameset", "iframe", "listing"),
        *(
            "noembed",
            "noframes",
            "object",
            "param",
            "plaintext",
            "portal",
            "source",
            "template",
            "track",
            "video",
            "xmp",
        ),
        *("animate", "animatecolor", "animatemotion", "animatetransform", "annotation-xml", "discard", "foreignobject"),
        *("handler", "listener", "mpath", "set"),
    )
)
_SOMETIMES = ("script", "meta", "link")  # allowed with some attributes
# Attributes that send, load or replace something.
_ATTRIBUTES = frozenset(
    (
        *("action", "archive", "attributionsrc", "background", "classid", "codebase", "data", "dynsrc", "formaction"),
        *("formmethod", "formtarget", "http-equiv", "imagesrcset", "lowsrc", "manifest", "nonce", "ping", "poster"),
        *("shadowrootmode", "srcdoc", "srcset", "xml:base"),
    )
)
_LINKS = ("href", "xlink:href", "src")
_RELATIONS = frozenset(("stylesheet", "author", "license", "help", "next", "prev", "canonical"))
_SCHEMES = frozenset(("http", "https", "mailto"))
_PICTURE = re.compile(r"data:image/[\w.+-]+[;,]", re.I)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

# A tag with nothing that needs a closer look, as nearly all are.
_SPECIAL = "|".join((*_ELEMENTS, *_SOMETIMES))
_CAREFUL = "|".join((*_ATTRIBUTES, "href", "src", "xlink:href"))
_ADDRESS = r"(?:#|https?://)[^\"<>]*|[\w./-]+|data:image/[\w+]+;base64,[\w+/=]*"
_TAG = re.compile(
    rf"<(?!(?:{_SPECIAL})[\s/>])[a-z][a-z0-9:-]*+"
    rf"(?:\s++(?:(?:href|src)=\"(?:{_ADDRESS})\"|(?!on|(?:{_CAREFUL})[\s=/>])[a-z_][\w:.-]*+(?:=\"[^\"<>]*\")?+))*+\s*+/?>",
    re.I,
)
_SUSPECT = re.compile(rf"<(?!{_TAG.pattern[1:]})(?=[a-z])", re.I)
# A tag as the standard reads one: its name, and then attributes. A name or a value without quotation marks that is
# longer than any is `cut`, and a fault: whoever read on behind it would divide the tag in another way than a browser.
_NAME = re.compile(r"<([a-zA-Z][^\t\n\f\r />]{0,60})(?P<cut>[^\t\n\f\r />])?")
_ATTRIBUTE = re.compile(
    r"[\t\n\f\r /]*(?P<name>[^\t\n\f\r />][^\t\n\f\r />=]{0,60})(?P<cut>[^\t\n\f\r />=])?"
    r"(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"(?P<double>[^\"]*)\"?|'(?P<single>[^']*)'?|(?P<bare>[^\t\n\f\r >]{0,500})"
    r"(?P<cut_off>[^\t\n\f\r >])?))?"
)
_PLACE = "data-at"
_MOST_ATTRIBUTES = 100  # of one tag, so that many tags without an end take no longer than their length
_MOST_DANGERS = 50


Attributes = list[tuple[str, str]]


@dataclass(frozen=True)
class Danger:
    """What a page may not have. `place` is the place of its tag in a template (file:line:column), if it is known."""

    code: str
    message: str
    hint: str
    raw: str
    place: str = ""


def dangers(html: str) -> Iterator[Danger]:
    """What in a page would run, fetch, send or hide something; the first fifty."""
    return islice(_dangers(html), _MOST_DANGERS)


def _dangers(html: str) -> Iterator[Danger]:
    if found := _HIDDEN.search(html):
        message = f"a character that no page can have (U+{ord(found[0]):04X})"
        yield Danger("bad-character", message, "delete it", found[0])
    for suspect in _SUSPECT.finditer(html):
        name, attributes, end, whole = _read_tag(html, suspect.start())
        place = next((value for key, value in attributes if key == _PLACE), "")
        attributes = [(key, value) for key, value in attributes if key != _PLACE]
        if not whole:
            message, hint = (
                "a tag with very many attributes, or with a name or value of very many letters",
                "end it with '>'",
            )
            yield Danger("unsafe-markup", message, hint, f"<{name}", place)
        for message, hint in _faults(name, attributes, html, end):
            yield Danger("unsafe-markup", message, hint, f"<{name}", place)


def _read_tag(html: str, start: int) -> tuple[str, Attributes, int, bool]:
    """The name and the attributes of the tag at `start`, in lower case, where it ends, and whether that is all of it.

    Of two attributes of one name a browser takes the first; both are looked at.
    """
    name = _NAME.match(html, start)
    assert name
    attributes: Attributes = []
    end, whole = name.end(), not name["cut"]
    while whole and (found := _ATTRIBUTE.match(html, end)):
        value = found["double"] or found["single"] or found["bare"] or ""
        attributes.append((found["name"].lower(), value))
        end = found.end()
        whole = not (found["cut"] or found["cut_off"]) and len(attributes) < _MOST_ATTRIBUTES
    return name[1].lower(), attributes, end, whole


def _faults(name: str, attributes: Attributes, html: str, end: int) -> Iterator[tuple[str, str]]:
    """(message, hint) for everything wrong with a tag."""
    if name == "script":
        if not any(attributes == [("src", own)] and html.startswith("></script>", end) for own in SCRIPTS.values()):
            yield "a script of a template does not run", "remove it; pages run the shipped scripts alone"
    elif name in _ELEMENTS:
        yield f"<{name}> cannot be on a page", "remove it; a page has text, pictures and drawings"
    elif name == "meta" and _is_unsafe_meta(attributes):
        yield "<meta> can only describe the page", 'write <meta name="…" content="…">, or remove it'
    elif name == "link" and not set(dict(attributes).get("rel", "none").lower().split()) <= _RELATIONS:
        yield "<link> can only name a style sheet, an author or a licence", 'write rel="stylesheet", or remove it'
    for key, value in attributes:
        yield from _attribute_faults(name, key, value)


def _attribute_faults(name: str, key: str, value: str) -> Iterator[tuple[str, str]]:
    if key.startswith("on"):
        yield f"'{key}' runs a script", "remove it; pages run the shipped scripts alone"
    elif key in _ATTRIBUTES and (name, key) != ("meta", "http-equiv"):
        yield f"'{key}' cannot be on a page", "remove it"
    elif key in _LINKS and (fault := _address_fault(value, name)):
        yield fault


def _is_unsafe_meta(attributes: Attributes) -> bool:
    return any(
        key == "http-equiv" or (key == "charset" and value.strip().lower() != "utf-8") for key, value in attributes
    )


def _address_fault(value: str, name: str) -> tuple[str, str] | None:
    """What is wrong with an address, as typed or with its entities read."""
    for each in {value, unescape(value)}:
        # browsers leave out tabs and line ends in an address, and spaces and control characters around it
        address = re.sub(r"[\t\n\r]", "", each).strip("".join(map(chr, range(33))))
        scheme = _SCHEME.match(address)
        if not scheme or scheme[1].lower() in _SCHEMES or (name in ("img", "image") and _PICTURE.match(address)):
            continue
        return f"an address of the kind '{scheme[1].lower()[:20]}:'", "link to https:, mailto: or a place on the page"
    return None


def check_safe(html: str, name: str, library: Library, located: Callable[[], str]) -> None:
    """Raise ProblemError if a page would run, fetch, send or hide something.

    `located` fills the page again with the place of each tag, which only a page with dangers needs.
    """
    if not any(True for _ in dangers(html)):
        return
    found = [_problem(danger, name, library) for danger in dangers(located())]
    if not found:  # the places made another page of it
        found = [_problem(danger, name, library) for danger in dangers(html)]
    raise ProblemError(dict.fromkeys(found))


def _problem(danger: Danger, name: str, library: Library) -> Problem:
    file, _, place = danger.place.rpartition(":")
    file, _, line = file.rpartition(":")
    mark = Mark(file, int(line), int(place)) if file and line.isdigit() and place.isdigit() else None
    mark = mark or (library.mention(danger.raw) if danger.raw.isprintable() else None)
    where = "" if mark else f", on page {name}"
    return with_excerpt(Problem(danger.code, f"{danger.message}{where}", mark, danger.hint))
