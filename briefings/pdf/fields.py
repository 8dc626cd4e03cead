"""HTML with places to write -> HTML with form fields, for a PDF that is filled in on a screen.

A template marks a place with `data-field`: `check` for a box to tick, `line` for a line and `lines` for several. Its
`data-name` is the field's name, unique in the page, and `data-label` is what a screen reader says of it. On paper it is
whatever the template draws; here the field lies over it.
"""

import re
from html import escape, unescape

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
