"""Turn WeasyPrint's log and its refused requests into Problems, located in the templates where possible."""

import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ..library import Library
from ..page.page import Page
from ..problems import Mark, Problem

# The base address of every page. ".invalid" never resolves (RFC 2606), so a relative address can only be answered from
# the Library.
BASE_URL = "https://library.invalid/"

# '.notdef glyph rendered for Unicode string "蛙" (U+86D9)': the quoted text may hold a line break, hence DOTALL.
_GLYPH = re.compile(r'\.notdef glyph .*"(.+)" \((U\+[0-9A-F]+)\)', re.DOTALL)
# "No anchor #nowhere for internal URI reference"
_ANCHOR = re.compile(r"No anchor #?(\S+) for internal URI reference")
# "Ignored `colour: red` at 1:5, unknown property." and "Invalid or unsupported selector 'h1:no'"
_QUOTED = re.compile(r"[`']([^`']+)[`']")
_IMAGE = re.compile(r"Failed to load image at '([^']+)': (.+)", re.DOTALL)
MOST_MESSAGES, MOST_IN_ALL = 10_000, 10_000_000  # and their characters, of one page: a style may repeat without end
_MOST_SHOWN = 1_000  # characters of a message
_DATA = re.compile(r"(data:[^,\s]{1,60},)[^\s'\")]{20,}")
_SHORTEST_VALUE = 4  # a shorter value, such as "red", may stand anywhere


class WarningCollector(logging.Handler):
    """Collects WeasyPrint's warnings. A missing image, anchor or glyph is only logged; WeasyPrint itself succeeds."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self._length = 0

    @contextmanager
    def capture(self) -> Iterator[None]:
        """Collect what is logged inside the `with` block. The logger belongs to the process: one block at a time."""
        logger = logging.getLogger("weasyprint")
        logger.addHandler(self)
        _NATIVE.messages()  # of whatever was before
        try:
            yield
        finally:
            logger.removeHandler(self)
            for message in _NATIVE.messages():
                self._keep(message)

    def emit(self, record: logging.LogRecord) -> None:
        self._keep(record.getMessage())

    def _keep(self, message: str) -> None:
        if len(self.messages) < MOST_MESSAGES and self._length < MOST_IN_ALL:
            self.messages.append(message)
            self._length += len(message)


class _NativeLog:
    """What Pango and the libraries below it print to stderr, which is all the log they have.

    In a process that only typesets, `redirect` keeps it: on a terminal it tells nobody anything, and such a page is
    wrong, as one is for which WeasyPrint logs something. Everything else that is printed there goes to stderr.
    """

    # "(process:123): Pango-CRITICAL **: 14:12:18.457: pango_font_description_set_size: assertion 'size >= 0' failed"
    _line = re.compile(rb"\([^()\n]*:\d+\): ([\w-]+) \*\*: (?:[\d:.]+: )?([^\n]*)\n*|[^\n]*\n?")

    def __init__(self) -> None:
        self._kept = self._stderr = -1

    def redirect(self) -> None:
        """Keep what this process prints to stderr from now on, until `messages` returns or prints it. Linux only."""
        if self._kept < 0 and hasattr(os, "memfd_create"):
            self._kept, self._stderr = os.memfd_create("briefings"), os.dup(2)
            os.dup2(self._kept, 2)

    def messages(self) -> list[str]:
        """What the libraries printed since the last call."""
        size = os.lseek(self._kept, 0, os.SEEK_END) if self._kept >= 0 else 0
        if not size:
            return []
        printed = os.pread(self._kept, size, 0)
        os.ftruncate(self._kept, 0)
        os.lseek(self._kept, 0, os.SEEK_SET)
        found = list(self._line.finditer(printed))
        os.write(self._stderr, b"".join(line[0] for line in found if not line[1]))
        return [f"{line[1].decode()}: {line[2].decode('utf-8', 'replace')}" for line in found if line[1]]


_NATIVE = _NativeLog()
redirect_native_log = _NATIVE.redirect


def is_refusal(message: str, refused: Iterable[str]) -> bool:
    """Whether a message is about a file that the fetcher refused: missing_file_problem() reports it, with its place."""
    return "Failed to load" in message and any(name in message for name in refused)


def warning_problem(message: str, page: Page, library: Library) -> Problem:
    """A logged warning as a Problem: `missing-glyph`, `missing-anchor`, `bad-picture`, or else `typesetting`."""
    return _shortened(_warning_problem(message, page, library))


def _shortened(problem: Problem) -> Problem:
    """A Problem for people: without the content of a `data:` address, which may be a picture of a megabyte."""
    message = _DATA.sub(r"\1…", problem.message)
    return replace(problem, message=message if len(message) <= _MOST_SHOWN else f"{message[:_MOST_SHOWN]}…")


def _warning_problem(message: str, page: Page, library: Library) -> Problem:
    if match := _GLYPH.search(message):
        return Problem(
            "missing-glyph",
            f"no shipped font has '{match[1]}' ({match[2]}), used on page {page.name}",
            library.mention(match[1]),
            "write it differently, or add a font that has it to a theme",
        )
    if match := _ANCHOR.search(message):
        anchor = match[1]
        return Problem(
            "missing-anchor",
            f"a link on page {page.name} leads to '#{anchor}', and no element has that id",
            library.mention(f"#{anchor}"),
            "give an element that id, or fix the link",
        )
    if match := _IMAGE.search(message):
        name = match[1].removeprefix(BASE_URL)
        shown = f"the picture '{name}' on page {page.name} cannot be read: {match[2]}"
        return Problem("bad-picture", shown, library.mention(Path(name).name), "save it again, as PNG or SVG")
    quoted = _QUOTED.search(message)
    return Problem(
        "typesetting",
        f"{message.rstrip('.')} (page {page.name})",
        _css_mark(quoted[1], library) if quoted else None,
        "correct it, or delete it" if quoted else "",
    )


def _css_mark(css: str, library: Library) -> Mark | None:
    """The place of a declaration or of a selector. A value that comes from a token stands where the token is set."""
    name, _, value = css.partition(":")
    needles = [css, f"{name}:{value.strip()}", f"{name}: {value.strip()}"]
    if len(value.strip()) > _SHORTEST_VALUE:
        needles.append(value.strip())
    return next((mark for needle in dict.fromkeys(needles) if (mark := library.mention(needle))), None)


def missing_file_problem(name: str, page: Page, library: Library) -> Problem:
    """A request that the fetcher refused: `outside-library` for another scheme or host, otherwise `missing-file`."""
    return _shortened(_missing_file_problem(name, page, library))


def _missing_file_problem(name: str, page: Page, library: Library) -> Problem:
    if "://" in name or name.startswith("file:"):
        return Problem(
            "outside-library",
            f"'{name}' is outside the template folders, and no other file is read",
            library.mention(name),
            "copy the file into the theme or templates/ and use its name there",
        )
    return Problem(
        "missing-file",
        f"there is no file '{name}', used on page {page.name}",
        library.mention(Path(name).name),
        "add it to templates/ or a theme, or fix the name",
    )
