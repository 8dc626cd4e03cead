"""Turn WeasyPrint's log and its refused requests into Problems, located in the templates where possible."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..library import Library
from ..page.page import Page
from ..problems import Problem

# The base address of every page. ".invalid" never resolves (RFC 2606), so a relative address can only be answered from
# the Library.
BASE_URL = "https://library.invalid/"

# '.notdef glyph rendered for Unicode string "蛙" (U+86D9)': the quoted text may hold a line break, hence DOTALL.
_GLYPH = re.compile(r'\.notdef glyph .*"(.+)" \((U\+[0-9A-F]+)\)', re.DOTALL)
# "No anchor #nowhere for internal URI reference"
_ANCHOR = re.compile(r"No anchor #?(\S+) for internal URI reference")


class WarningCollector(logging.Handler):
    """Collects WeasyPrint's warnings. A missing image, anchor or glyph is only logged; WeasyPrint itself succeeds."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    @contextmanager
    def capture(self) -> Iterator[None]:
        """Collect what is logged inside the `with` block. The logger belongs to the process: one block at a time."""
        logger = logging.getLogger("weasyprint")
        logger.addHandler(self)
        try:
            yield
        finally:
            logger.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        # The fetcher records each file it refuses, and missing_file_problem() reports it with a better location.
        if BASE_URL not in message or "Failed to load" not in message:
            self.messages.append(message)


def warning_problem(message: str, page: Page, library: Library) -> Problem:
    """A logged warning as a Problem: `missing-glyph`, `missing-anchor`, or `typesetting` for any other message."""
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
    return Problem(
        "typesetting",
        f"{message.rstrip('.')} (page {page.name})",
        # WeasyPrint quotes the offending CSS first: "Ignored 'colour: red' at 1:5, unknown property."
        library.mention(message.split("'")[1]) if "'" in message else None,
    )


def missing_file_problem(name: str, page: Page, library: Library) -> Problem:
    """A request that the fetcher refused: `outside-library` for another scheme or host, otherwise `missing-file`."""
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
