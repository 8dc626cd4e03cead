"""The HTML of a page -> what is typeset of it: without elements that only trace, and with form fields.

`<time>` and `<span class="number">` say on a screen, and to tests, what a date or a number rests on. On paper nobody
sees them, but each divides a line into three texts, which WeasyPrint measures one by one: without them a briefing takes
0.86 of the processor time.

For a PDF that is filled in on a screen, a template marks a place to write with `data-field`: `check` for a box to tick,
`line` for a line and `lines` for several. Its `data-name` is the field's name, unique in the page, and `data-label` is
what a screen reader says of it. On paper it is whatever the template draws; here the field lies over it.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any

from ..library import Library, readable_text
from ..safe_files import is_below
from ..style_sheets import without_comments

_PLACE = re.compile(
    r'<(?P<tag>\w+)(?P<attributes>[^>]* data-field="(?P<kind>\w+)"[^>]*)>'
    r"(?P<inside>(?:(?!</?(?P=tag)\b).)*)</(?P=tag)>",
    re.DOTALL,
)
_FIELDS = {
    "check": '<input type="checkbox" name="{name}" title="{label}">',
    "line": '<input type="text" name="{name}" title="{label}">',
    "lines": '<textarea name="{name}" title="{label}"></textarea>',
}
_STYLES = '<link rel="stylesheet" href="css/fields.css">'


def with_fields(html: str) -> str:
    """The page with a field in each marked place. A place holds no element of its own name."""
    html = _PLACE.sub(_field, html)
    return html.replace("</head>", f"{_STYLES}\n</head>", 1)


def _field(place: re.Match[str]) -> str:
    name, label = (_attribute(place["attributes"], key) for key in ("data-name", "data-label"))
    field = _FIELDS[place["kind"]].format(name=escape(name), label=escape(label))
    return f"<{place['tag']}{place['attributes']}>{place['inside']}{field}</{place['tag']}>"


def _attribute(attributes: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', attributes)
    return unescape(found[1]) if found else ""


_PRELUDE = re.compile(r"(?:^|(?<=[{};]))([^{};]+)\{")  # what stands before a block
IDS = "data-ids"  # of the elements that were taken out of one: the map of sheets has them
# A selector that may style them, or counts the elements beside them.
_MAY_STYLE = re.compile(
    r"\*|(?<![\w.#-])time\b|\.number\b|[\[+~]|:(?:first-|last-|only-|nth-|empty\b|has\()", re.IGNORECASE
)


def without_traces(root: Any, library: Library) -> None:
    """Take the elements that only trace out of running text, unless a style sheet that is not ours may style them.

    `root` is the page's `xml.etree.ElementTree.Element`. What they hold stays, and the element around them has their
    ids in `data-ids`. So a number in a paragraph that continues on another sheet counts as one of both sheets.
    """
    if any(_may_style(css) for css in _foreign_styles(root, library)):
        return
    for parent in [*root.iter()]:
        texts = (parent.text, *(child.tail for child in parent))
        if any(text and not text.isspace() for text in texts):
            _unwrap_inside(parent)


def _unwrap_inside(parent: Any) -> None:
    at = 0
    while at < len(parent):
        child = parent[at]
        if not _only_traces(child):
            at += 1
        elif any(_is_whole(inner) for inner in child):
            # One element with all its words, not one inside a text: no line breaks between "23" and "November", and
            # WeasyPrint 70 looks for the place before them only at the ends of elements.
            ids = _ids(child)
            child.tag, child.attrib = "span", {"class": "whole"} | ({IDS: " ".join(ids)} if ids else {})
            _unwrap(child, _is_whole)
            at += 1
        else:
            _unwrap_at(parent, at)


def _unwrap(parent: Any, found: Callable[[Any], bool]) -> None:
    at = 0
    while at < len(parent):
        if found(parent[at]):
            _unwrap_at(parent, at)
        else:
            at += 1


def _unwrap_at(parent: Any, at: int) -> None:
    """Put what the child number `at` holds in its place, and its ids on the parent."""
    child = parent[at]
    if ids := _ids(child):
        parent.set(IDS, " ".join(dict.fromkeys([*parent.get(IDS, "").split(), *ids])))
    inside = [*child]
    _append_text(parent, at, child.text)
    parent[at : at + 1] = inside
    _append_text(parent, at + len(inside), child.tail)


def _ids(element: Any) -> list[str]:
    ids = [value for name, value in element.attrib.items() if name.startswith("data-") and name != IDS]
    return [*ids, *element.get(IDS, "").split()]


def _is_whole(element: Any) -> bool:
    return bool(element.tag == "span" and element.attrib == {"class": "whole"})


def _append_text(parent: Any, at: int, text: str | None) -> None:
    """Add a text before the child number `at`."""
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + (text or "")
    else:
        parent.text = (parent.text or "") + (text or "")


def _only_traces(element: Any) -> bool:
    if element.tag == "time":
        return set(element.attrib) <= {"datetime"}
    traced = element.tag == "span" and element.get("class") == "number"
    return bool(traced and all(name == "class" or name.startswith("data-") for name in element.attrib))


def _foreign_styles(root: Any, library: Library) -> list[str]:
    """The style sheets of a page that are not shipped: those of themes and projects, and those written on it."""
    linked = (link for link in root.iter("link") if "stylesheet" in link.get("rel", "").lower())
    paths = {library.find(link.get("href", "")) for link in linked}
    own = (path for path in paths if path and not is_below(str(path), str(library.shipped_templates)))
    return [*map(readable_text, sorted(own)), *(style.text or "" for style in root.iter("style"))]


def _may_style(css: str) -> bool:
    css = without_comments(css)
    preludes = (prelude.strip() for prelude in _PRELUDE.findall(css))
    return "@import" in css or any(_MAY_STYLE.search(each) for each in preludes if not each.startswith("@"))
