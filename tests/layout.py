"""Page -> Layout: the sheets of a laid-out document, and every line and block on them with its position."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefings.library import Library
from briefings.page.page import Page
from briefings.pdf.log import WarningCollector
from briefings.pdf.typeset import _fetcher, _font_configuration, _lay_out, _only_shipped_fonts, warm_up


@dataclass(frozen=True)
class Piece:
    """A line of text, a picture, a block or a row: its sheet (from 0), position in px, tag, classes and element."""

    sheet: int
    kind: str  # line, picture, block or row
    left: float
    top: float
    right: float
    bottom: float
    tag: str
    classes: frozenset[str]
    element: Any
    heading: bool = False
    beside: bool = False  # in a rail next to its text
    size: float = 0.0  # of its type, in px
    edge: float = 0.0  # where its lower border ends; `bottom` leaves out padding and border


@dataclass(frozen=True)
class Layout:
    """A document's pieces in reading order, and the top and bottom of the text area on each of its sheets."""

    pieces: tuple[Piece, ...]
    areas: tuple[tuple[float, float], ...]

    def lines(self, sheet: int | None = None) -> list[Piece]:
        """The lines and pictures, of one sheet or of all."""
        return [p for p in self.pieces if p.kind in ("line", "picture") and sheet in (None, p.sheet)]

    def filled(self, sheet: int) -> float:
        """How far down a sheet its last line or picture reaches, from 0 to 1."""
        top, bottom = self.areas[sheet]
        return (max((p.bottom for p in self.lines(sheet)), default=top) - top) / (bottom - top)


def layout(page: Page, library: Library) -> Layout:
    """Lay out a page without drawing it."""
    warm_up()
    with _only_shipped_fonts():
        _, document = _lay_out(page, _fetcher(library), _font_configuration(new=True), WarningCollector())
    pieces: list[Piece] = []
    areas = []
    for number, sheet in enumerate(document.pages):
        box = sheet._page_box
        areas.append((box.content_box_y(), box.content_box_y() + box.height))
        for child in box.children:
            if child.__class__.__name__ != "MarginBox":
                pieces += _pieces(child, number, False)
    return Layout(tuple(pieces), tuple(areas))


_KINDS = {
    "LineBox": "line",
    "BlockReplacedBox": "picture",
    "InlineReplacedBox": "picture",
    "BlockBox": "block",
    "TableRowBox": "row",
}


def _pieces(box: Any, sheet: int, heading: bool, beside: bool = False) -> Iterator[Piece]:
    box = getattr(box, "_box", box)  # an absolutely placed box has a placeholder
    kind = _KINDS.get(type(box).__name__)
    tag = box.element_tag or ""
    beside = beside or box.style["position"] == "absolute"
    heading = heading or tag in ("h1", "h2", "h3", "h4")
    if tag == "thead":
        return
    if kind and not tag.endswith(("::before", "::after", "::marker")):
        element = box.element
        classes = frozenset((element.get("class") or "").split()) if element is not None else frozenset()
        left, top = box.position_x, box.position_y
        right, bottom = left + (box.width or 0), top + (box.height or 0)
        edge = box.border_box_y() + box.border_height() if kind == "block" else bottom
        yield Piece(
            sheet,
            kind,
            left,
            top,
            right,
            bottom,
            tag,
            classes,
            element,
            heading,
            beside,
            float(box.style["font_size"]),
            edge,
        )
    if kind != "line":
        for child in getattr(box, "children", ()):
            yield from _pieces(child, sheet, heading, beside)
