"""Page -> Layout: the sheets of a laid-out document, and every line and block on them with its position."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import recorded
from weasyprint.css import AnonymousStyle

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
class Words:
    """Words in one font on one line, and where their ink is. Positions in px; `column` is the room their block has."""

    sheet: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    column: tuple[float, float]
    call: bool  # numbers of notes


@dataclass(frozen=True)
class Paragraph:
    """The lines of a text in one column: a paragraph, heading, cell or item, or what is left of it after a break."""

    sheet: int
    tag: str
    lines: tuple[tuple[Words, ...], ...]
    element: Any

    @property
    def text(self) -> str:
        """The lines, each on its own line."""
        return "\n".join("".join(words.text for words in line) for line in self.lines)


@dataclass(frozen=True)
class Layout:
    """A document's pieces in reading order, and the top and bottom of the text area on each of its sheets.

    `paragraphs` has all text, that of running heads and feet too, but not the labels of drawings, which are pictures.
    """

    pieces: tuple[Piece, ...]
    areas: tuple[tuple[float, float], ...]
    paragraphs: tuple[Paragraph, ...] = ()
    sheets: tuple[tuple[float, float], ...] = ()  # the width and height of each

    def lines(self, sheet: int | None = None) -> list[Piece]:
        """The lines and pictures, of one sheet or of all."""
        return [p for p in self.pieces if p.kind in ("line", "picture") and sheet in (None, p.sheet)]

    def filled(self, sheet: int) -> float:
        """How far down a sheet its last line or picture reaches, from 0 to 1."""
        top, bottom = self.areas[sheet]
        return (max((p.bottom for p in self.lines(sheet)), default=top) - top) / (bottom - top)


def layout(page: Page, library: Library) -> Layout:
    """The layout of a page: as the build for all tests kept it, or else laid out now, without drawing it."""
    kept: Layout | None = recorded.find(page, library)
    return kept or lay_out(page, library)


def lay_out(page: Page, library: Library) -> Layout:
    """Lay out a page without drawing it."""
    warm_up()
    with _only_shipped_fonts():
        _, document = _lay_out(page, _fetcher(library), _font_configuration(new=True), WarningCollector())
    return read(document)


def read(document: Any) -> Layout:
    """The layout of a `weasyprint.Document`."""
    pieces: list[Piece] = []
    areas, paragraphs = [], list[Paragraph]()
    for number, sheet in enumerate(document.pages):
        box = sheet._page_box
        areas.append((box.content_box_y(), box.content_box_y() + box.height))
        paragraphs += _paragraphs(box, number)
        for child in box.children:
            if child.__class__.__name__ != "MarginBox":
                pieces += _pieces(child, number, False)
    sizes = tuple((sheet._page_box.margin_width(), sheet._page_box.margin_height()) for sheet in document.pages)
    return Layout(tuple(pieces), tuple(areas), tuple(paragraphs), sizes)


_KINDS = {
    "LineBox": "line",
    "BlockReplacedBox": "picture",
    "InlineReplacedBox": "picture",
    "BlockBox": "block",
    "FlexBox": "block",
    "GridBox": "block",
    "TableRowBox": "row",
}


def says(picture: Piece) -> str:
    """The title of a drawing, which a screen reader says."""
    titles = picture.element.iter("{http://www.w3.org/2000/svg}title")
    return next((title.text or "" for title in titles), "")


def _pieces(box: Any, sheet: int, heading: bool, beside: bool = False) -> Iterator[Piece]:
    box = getattr(box, "_box", box)  # an absolutely placed box has a placeholder
    kind = _KINDS.get(type(box).__name__)
    tag = box.element_tag or ""
    beside = beside or box.style["position"] == "absolute"
    heading = heading or tag in ("h1", "h2", "h3", "h4")
    if tag == "thead":
        return
    anonymous = isinstance(box.style, AnonymousStyle) and kind == "block"  # around lines beside blocks
    if kind and not anonymous and not tag.endswith(("::before", "::after", "::marker")):
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
    for child in getattr(box, "children", ()):
        if kind != "line":
            yield from _pieces(child, sheet, heading, beside)
        elif hasattr(child, "_box"):  # of what is placed elsewhere, a line has the pictures
            yield from (piece for piece in _pieces(child, sheet, heading, beside) if piece.kind == "picture")


_INK = 0.7, 0.2  # of the font size: how far letters reach above and below the baseline


def _paragraphs(box: Any, sheet: int) -> Iterator[Paragraph]:
    """Every block with lines in it, and the blocks inside its lines."""
    lines = [child for child in getattr(box, "children", ()) if type(child).__name__ == "LineBox"]
    if lines:
        left = box.content_box_x()
        column = (left, left + box.width)
        texts = tuple(tuple(_words(line, sheet, column, False)) for line in lines)
        if any(texts):
            yield Paragraph(sheet, box.element_tag or "", texts, box.element)
    for child in lines or getattr(box, "children", ()):
        yield from _paragraphs(child, sheet) if not lines else _inner(child, sheet)


def _inner(box: Any, sheet: int) -> Iterator[Paragraph]:
    """The blocks inside a line."""
    for child in getattr(box, "children", ()):
        yield from _paragraphs(child, sheet) if type(child).__name__ == "InlineBlockBox" else _inner(child, sheet)


def _words(box: Any, sheet: int, column: tuple[float, float], call: bool) -> Iterator[Words]:
    for child in box.children:
        kind = type(child).__name__
        classes = (child.element.get("class") or "") if child.element is not None else ""
        called = call or "cite" in classes.split()
        if kind == "TextBox":
            if child.text.strip():
                size, base = child.style["font_size"], child.position_y + child.baseline
                top, bottom = base - _INK[0] * size, base + _INK[1] * size
                right = child.position_x + child.width
                yield Words(sheet, child.text, child.position_x, top, right, bottom, column, called)
            elif child.text:
                at = child.position_x
                yield Words(sheet, child.text, at, child.position_y, at, child.position_y, column, called)
        elif kind == "InlineBox":
            yield from _words(child, sheet, column, called)
