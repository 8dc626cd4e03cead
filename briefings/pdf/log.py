"""What the typesetter logs and what it was refused -> Problems, with their places in templates."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..library import Library
from ..page.page import Page
from ..problems import Problem

BASE_URL = "https://library.invalid/"  # names no host (RFC 2606): every address is looked up in the Library

_GLYPH = re.compile(r'\.notdef glyph .*"(.+)" \((U\+[0-9A-F]+)\)', re.DOTALL)
_ANCHOR = re.compile(r"No anchor #?(\S+) for internal URI reference")


class WarningCollector(logging.Handler):
    """Keeps what WeasyPrint warns of; its exit status says nothing."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    @contextmanager
    def capture(self) -> Iterator[None]:
        logger = logging.getLogger("weasyprint")
        logger.addHandler(self)
        try:
            yield
        finally:
            logger.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if BASE_URL not in message or "Failed to load" not in message:  # the refusal is reported, with its place
            self.messages.append(message)


def warning_problem(message: str, page: Page, library: Library) -> Problem:
    if match := _GLYPH.search(message):
        hint = "write it another way, or bring a font that has it in a theme"
        return Problem(
            "missing-glyph",
            f"no shipped font has '{match[1]}' ({match[2]}), on page {page.name}",
            library.mention(match[1]),
            hint,
        )
    if match := _ANCHOR.search(message):
        anchor = match[1]
        return Problem(
            "missing-anchor",
            f"a link to '#{anchor}', which page {page.name} does not have",
            library.mention(f"#{anchor}"),
            "give the part that id, or mend the link",
        )
    return Problem(
        "typesetting",
        f"{message.rstrip('.')} (page {page.name})",
        library.mention(message.split("'")[1]) if "'" in message else None,
    )


def missing_file_problem(name: str, page: Page, library: Library) -> Problem:
    if "://" in name or name.startswith("file:"):
        hint = "put the file into the theme or templates/ and give its name there"
        return Problem(
            "outside-library",
            f"'{name}' is not in the templates' folders, and nothing else is read",
            library.mention(name),
            hint,
        )
    hint = "put it into templates/ or a theme, or mend the name"
    return Problem(
        "missing-file",
        f"there is no file '{name}', on page {page.name}",
        library.mention(Path(name).name),
        hint,
    )
