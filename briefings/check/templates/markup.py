"""HTML -> the faults in it: a template's, its Jinja blanked, or a filled page's, in which more can be seen."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from .faults import FAULTS, Fault
from .styles import style_attribute_faults, style_sheet_faults
from .tables import TableShape

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_INSERTS_MARKUP = re.compile(r"\{%-?\s*(?:include|block|call|import|from)\b|\{\{[^}]*(?:\|\s*safe|caller|super)")
_LINK = re.compile(r"""<link\b[^>]*\bhref=["']([^"'{]+)["'][^>]*>""")
_MEDIA = re.compile(r"""\bmedia=["']([^"']*)["']""")
_PLACE = re.compile(r"(.*):(\d+):(\d+)")

Attributes = dict[str, str | None]


def template_faults(source: str, *, printed: bool = True) -> Iterator[Fault]:
    """What is decided in the source, whatever fills it; without its styles where it is never `printed`."""
    reader = _FaultCollector(source, filled=False, printed=printed)
    reader.feed(_JINJA.sub(_blank, source))
    reader.close()
    yield from reader.faults


def page_faults(html: str) -> Iterator[Fault]:
    """What is wrong with a filled page, its styles apart. `data-at="file:line:column"` says where a tag was written."""
    reader = _FaultCollector(html, filled=True, printed=False)
    reader.feed(html)
    reader.close()
    reader.finish()
    yield from reader.faults


def linked_style_sheets(source: str) -> Iterator[tuple[str, str]]:
    """(name, media) of each style sheet that a template links by a fixed name."""
    for link in _LINK.finditer(source):
        media = _MEDIA.search(link[0])
        yield link[1], media[1] if media else "all"


def _blank(match: re.Match[str]) -> str:
    """Jinja, as text of the same shape: what prints as letters, what does not as spaces."""
    letter = "x" if match[0].startswith("{{") else " "
    return re.sub(r"[^\n]", letter, match[0])


class _FaultCollector(HTMLParser):
    """Collects faults from tags in order. Forgiving as browsers are: only what matters here is understood."""

    def __init__(self, source: str, *, filled: bool, printed: bool) -> None:
        super().__init__()
        self.faults: list[Fault] = []
        self._source, self._filled, self._printed = source, filled, printed
        self._starts = [0, *(match.end() for match in re.finditer("\n", source))]
        self._level = 0  # of the last heading
        self._titled = False  # the page
        self._svg: list[tuple[Fault, int]] = []  # open drawings: the fault unless titled, and where each begins
        self._deep = 0  # elements open inside the outermost drawing
        self._tables: list[TableShape] = []
        self._in = ""  # style, title or heading: elements whose text matters
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._svg:
            self._inside_drawing(tag)
            return
        if tag == "svg":
            self._svg.append((self._at(FAULTS["untitled-drawing"], given), self._offset()))
            self._deep = 0
            return
        self._element(tag, given)
        if tag in ("style", "title") and not (tag == "style" and given.get("media") == "screen"):
            self._in, self._text = tag, ""
        if self._filled:
            self._structure(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside = bool(self._svg)
        self.handle_starttag(tag, attrs)
        if inside:
            self._deep -= 1
        elif tag == "svg":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._svg:
            self._deep -= 1
            if tag == "svg" and self._deep < 0:
                self._end_drawing()
        elif tag == "style" and self._in == "style":
            self._in = ""
        elif tag == "title" and self._in == "title":
            self._titled, self._in = bool(self._text.strip()), ""
        elif tag == "table" and self._tables:
            self.faults += self._tables.pop().faults()

    def handle_data(self, data: str) -> None:
        if self._in == "title":
            self._text += data
        elif self._in == "style" and self._printed:
            line, column = self.getpos()
            for fault in style_sheet_faults(data):
                self.faults.append(fault.at(line + fault.line - 1, fault.column + (column if fault.line == 1 else 0)))

    def finish(self) -> None:
        """At the end of a page."""
        if not self._titled:
            self.faults.append(replace(FAULTS["no-title"], search_text="<head"))

    def _element(self, tag: str, given: Attributes) -> None:
        if tag == "img" and not (given.get("alt") or "").strip():
            self.faults.append(self._at(FAULTS["no-alt"], given, (given.get("src") or "").rpartition("/")[2]))
        if tag == "html" and not (given.get("lang") or "").strip():
            self.faults.append(self._at(FAULTS["no-language"].formatted(), given))
        if tag in ("a", "link") and "attachment" in (given.get("rel") or "").split():
            self.faults.append(self._at(FAULTS["attachment-link"], given))
        if given.get("style") and self._printed:
            self.faults += [self._at(fault, given) for fault in style_attribute_faults(str(given["style"]), tag)]

    def _structure(self, tag: str, given: Attributes) -> None:
        """What only a filled page shows: levels of headings, shapes of tables."""
        if re.fullmatch("h[1-6]", tag):
            level = int(tag[1])
            if level > self._level + 1:
                before = f"level {self._level}" if self._level else "none"
                fault = FAULTS["skipped-heading"].formatted(level=level, before=before, wanted=self._level + 1)
                self.faults.append(self._at(fault, given))
            self._level = level
        if tag == "table":
            self._tables.append(TableShape())
        elif tag == "tr" and self._tables:
            self._tables[-1].start_row(self._at(FAULTS["irregular-table"], given))
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].add_cell(given.get("colspan") or "", given.get("rowspan") or "")

    def _inside_drawing(self, tag: str) -> None:
        if tag == "title" and self._deep == 0:
            self._svg = [(fault, -1) for fault, _ in self._svg]
        self._deep += 1

    def _end_drawing(self) -> None:
        fault, begins = self._svg.pop()
        undecided = not self._filled and _INSERTS_MARKUP.search(self._source[begins : self._offset()])
        if begins >= 0 and not undecided:
            self.faults.append(fault)

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def _at(self, fault: Fault, given: Attributes, words: str = "") -> Fault:
        """The fault at this tag: where it was written, when the page says so."""
        if place := _PLACE.fullmatch(given.get("data-at") or ""):
            return fault.at(int(place[2]), int(place[3]), file=place[1])
        line, column = self.getpos()
        return fault.at(line, column + 1, search_text=words)
