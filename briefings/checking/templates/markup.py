"""HTML of a template, with its Jinja blanked out, or of a rendered page -> the faults in it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from ...limits import MAX_OPEN_TAGS
from .faults import FAULTS, Fault
from .styles import style_attribute_faults, style_sheet_faults
from .tables import TableShape

# What does not end goes on to the end of the template, which Jinja refuses.
_JINJA = re.compile(r"\{\{.*?(?:\}\}|\Z)|\{%.*?(?:%\}|\Z)|\{#.*?(?:#\}|\Z)", re.DOTALL)
# Jinja that may insert a <title>: include, block, call, import, and expressions that print markup.
_INSERTS_MARKUP = re.compile(r"\{%-?\s*(?:include|block|call|import|from)\b|\{\{[^{}]*(?:\|\s*safe|caller|super)")
# A link with a fixed href: <link rel="stylesheet" href="css/theme.css" media="print">
_LINK = re.compile(r"""<link\b[^<>]*\bhref=["']([^"'{<>]+)["'][^<>]*>""")
_MEDIA = re.compile(r"""\bmedia=["']([^"']*)["']""")
_PLACE = re.compile(r"(.*):(\d+):(\d+)")  # file:line:column; the file name may contain colons

_MOST_SPANNED = 1000

Attributes = dict[str, str | None]


def template_faults(source: str, *, printed: bool = True) -> Iterator[Fault]:
    """The faults that show without rendering the template. Styles are checked only if it is `printed`."""
    plain = _JINJA.sub(_blank, source)
    if fault := _unclosed(plain):
        yield fault
        return
    collector = _FaultCollector(source, rendered=False, printed=printed)
    collector.feed(plain)
    collector.close()
    yield from collector.faults


def page_faults(html: str) -> Iterator[Fault]:
    """The faults of a rendered page, except in its styles.

    `data-at="file:line:column"` on a tag gives its place in a template.
    """
    if fault := _unclosed(html):
        yield fault
        return
    collector = _FaultCollector(html, rendered=True, printed=False)
    collector.feed(html)
    collector.close()
    collector.finish()
    yield from collector.faults


def _unclosed(html: str) -> Fault | None:
    """The fault of a text with many tags or comments that nothing closes.

    Python's parser reads from each of them to the end, which takes time with the square of their number.
    """
    fault = FAULTS["unclosed-tag"].formatted(most=MAX_OPEN_TAGS)
    start = 0
    for piece in html.split(">"):
        if piece.count("<") > MAX_OPEN_TAGS:
            at = start + piece.index("<")
            return fault.at(html.count("\n", 0, at) + 1, at - html.rfind("\n", 0, at))
        start += len(piece) + 1
    end = html.rfind("-->") + 3 if "-->" in html else 0
    if html.count("<!--", end) > MAX_OPEN_TAGS:
        at = html.index("<!--", end)
        return fault.at(html.count("\n", 0, at) + 1, at - html.rfind("\n", 0, at))
    return None


def linked_style_sheets(source: str) -> Iterator[tuple[str, str]]:
    """(name, media) of each style sheet that a template links to with a fixed name."""
    for link in _LINK.finditer(source):
        media = _MEDIA.search(link[0])
        yield link[1], media[1] if media else "all"


def _span(value: str | None) -> int:
    """How many columns or rows a cell spans, if these are more than a table can have; else 0."""
    digits = (value or "").strip().lstrip("+")[:20]
    return int(digits) if digits.isdecimal() and int(digits) > _MOST_SPANNED else 0


def _blank(match: re.Match[str]) -> str:
    """Replace Jinja with text of the same shape, so that lines and columns stay the same.

    Expressions become letters, since they print something (an `alt` is then not empty); the rest becomes spaces.
    """
    letter = "x" if match[0].startswith("{{") else " "
    return re.sub(r"[^\n]", letter, match[0])


class _FaultCollector(HTMLParser):
    """Collects faults while the parser reports tags. Tolerates malformed HTML as browsers do."""

    def __init__(self, source: str, *, rendered: bool, printed: bool) -> None:
        super().__init__()
        self.faults: list[Fault] = []
        self._source, self._rendered, self._printed = source, rendered, printed
        self._starts = [0, *(match.end() for match in re.finditer("\n", source))]
        self._level = 0  # level of the last heading
        self._titled = False  # whether the page has a title
        # Open drawings: the fault to report unless a title follows, and the offset of the tag (-1 once it has a title).
        self._svg: list[tuple[Fault, int]] = []
        self._depth = 0  # number of open elements inside the outermost drawing
        self._tables: list[TableShape] = []
        self._open = ""  # the open element whose text matters: style or title
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if self._svg:
            self._inside_drawing(tag)
            return
        if tag == "svg":
            self._svg.append((self._at(FAULTS["untitled-drawing"], attributes), self._offset()))
            self._depth = 0
            return
        self._element(tag, attributes)
        if tag in ("style", "title") and not (tag == "style" and attributes.get("media") == "screen"):
            self._open, self._text = tag, ""
        if self._rendered:
            self._structure(tag, attributes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside = bool(self._svg)
        self.handle_starttag(tag, attrs)
        if inside:
            self._depth -= 1
        elif tag == "svg":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._svg:
            self._depth -= 1
            if tag == "svg" and self._depth < 0:
                self._end_drawing()
        elif tag == "style" and self._open == "style":
            self._open = ""
        elif tag == "title" and self._open == "title":
            self._titled, self._open = bool(self._text.strip()), ""
        elif tag == "table" and self._tables:
            self.faults += self._tables.pop().faults()

    def handle_data(self, data: str) -> None:
        if self._open == "title":
            self._text += data
        elif self._open == "style" and self._printed:
            line, column = self.getpos()
            for fault in style_sheet_faults(data):
                self.faults.append(fault.at(line + fault.line - 1, fault.column + (column if fault.line == 1 else 0)))

    def finish(self) -> None:
        """Report what is missing at the end of a page."""
        if not self._titled:
            self.faults.append(replace(FAULTS["no-title"], search_text="<head"))

    def _element(self, tag: str, attributes: Attributes) -> None:
        if tag == "img" and not (attributes.get("alt") or "").strip():
            self.faults.append(self._at(FAULTS["no-alt"], attributes, (attributes.get("src") or "").rpartition("/")[2]))
        if tag == "html" and not (attributes.get("lang") or "").strip():
            self.faults.append(self._at(FAULTS["no-language"].formatted(), attributes))
        if tag in ("a", "link") and "attachment" in (attributes.get("rel") or "").split():
            self.faults.append(self._at(FAULTS["attachment-link"], attributes))
        if attributes.get("style") and self._printed:
            self.faults += [
                self._at(fault, attributes) for fault in style_attribute_faults(str(attributes["style"]), tag)
            ]

    def _structure(self, tag: str, attributes: Attributes) -> None:
        """Check what only a rendered page shows: levels of headings and shapes of tables."""
        if re.fullmatch("h[1-6]", tag):
            level = int(tag[1])
            if level > self._level + 1:
                before = f"level {self._level}" if self._level else "no heading"
                fault = FAULTS["skipped-heading"].formatted(level=level, before=before, wanted=self._level + 1)
                self.faults.append(self._at(fault, attributes))
            self._level = level
        if tag == "table":
            self._tables.append(TableShape())
        elif tag == "tr" and self._tables:
            self._tables[-1].start_row(self._at(FAULTS["irregular-table"], attributes))
        if wide := max((_span(attributes.get(name)) for name in ("colspan", "rowspan", "span")), default=0):
            self.faults.append(self._at(FAULTS["wide-cell"].formatted(span=wide), attributes))
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].add_cell(attributes.get("colspan") or "", attributes.get("rowspan") or "")

    def _inside_drawing(self, tag: str) -> None:
        if tag == "title" and self._depth == 0:
            self._svg = [(fault, -1) for fault, _ in self._svg]
        self._depth += 1

    def _end_drawing(self) -> None:
        fault, start = self._svg.pop()
        may_get_title = not self._rendered and _INSERTS_MARKUP.search(self._source[start : self._offset()])
        if start >= 0 and not may_get_title:
            self.faults.append(fault)

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def _at(self, fault: Fault, attributes: Attributes, search_text: str = "") -> Fault:
        """The fault at the current tag: at its `data-at` if it has one, else at its place in the parsed text."""
        if place := _PLACE.fullmatch(attributes.get("data-at") or ""):
            return fault.at(int(place[2]), int(place[3]), file=place[1])
        line, column = self.getpos()
        return fault.at(line, column + 1, search_text=search_text)
