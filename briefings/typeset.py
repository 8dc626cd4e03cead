"""Page -> PDF. The only module that knows WeasyPrint."""

import logging
import mimetypes
import os
import re
import tempfile
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import finish
from .library import Library
from .page import Page
from .read import Problem, ProblemError

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

BASE = "https://library.invalid/"  # names no host (RFC 2606): every address is looked up in the Library

_ALONE = threading.Lock()
_GLYPH = re.compile(r'\.notdef glyph .*"(.+)" \((U\+[0-9A-F]+)\)', re.DOTALL)
_ANCHOR = re.compile(r"No anchor #?(\S+) for internal URI reference")


@dataclass(frozen=True)
class Sheets:
    """A typeset document: the PDF, how many sheets it has, and what was `asked` for: name in the Library -> digest."""

    pdf: bytes
    count: int
    asked: Mapping[str, str] = field(default_factory=dict)


def digest(content: bytes) -> str:
    """What a file handed to the typesetter is remembered by."""
    return blake2b(content, digest_size=16).hexdigest()


class NotInstalledError(Exception):
    """A system library that typesetting needs is not there."""


def typeset(page: Page, library: Library) -> Sheets:
    """Typeset one page. Anything the typesetter warns of is a Problem; raises ProblemError.

    One at a time in a process: the log and the fonts' configuration belong to the process.
    """
    with _ALONE:
        return _typeset(page, library)


def _typeset(page: Page, library: Library) -> Sheets:
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    fetcher = _fetcher(library)
    log = _Log()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(log)
    try:
        with _only_shipped_fonts():
            html = weasyprint.HTML(string=page.html, base_url=BASE, url_fetcher=fetcher)
            document = html.render(font_config=FontConfiguration(), pdf_variant="pdf/a-3a")
            _stop(log, fetcher, page, library)  # drawing without a face ends the process
            pdf = document.write_pdf(
                pdf_variant="pdf/a-3a",
                attachments=_attachments(page),
                finisher=finish.finisher(html.etree_element),
            )
    finally:
        logger.removeHandler(log)
    _stop(log, fetcher, page, library)
    assert pdf is not None
    return Sheets(pdf, len(document.pages), dict(sorted(fetcher.asked.items())))


def _attachments(page: Page) -> list[Any]:
    """What the page carries, dated by the page and not by the clock."""
    from weasyprint import Attachment

    if not page.attached:
        return []
    day, file = datetime.fromisoformat(page.date), page.attached
    about = {"name": file.name, "description": file.description, "relationship": "Source"}
    return [Attachment(string=file.text, created=day, modified=day, **about)]


def _stop(log: "_Log", fetcher: Any, page: Page, library: Library) -> None:
    """Raise whatever was warned of or refused so far."""
    problems = [_problem(message, page, library) for message in log.messages]
    problems += [_missing(name, page, library) for name in fetcher.refused]
    if problems:
        raise ProblemError(dict.fromkeys(problems))


@cache
def _weasyprint() -> Any:
    """Import WeasyPrint, when the first page is typeset: it takes longer than everything before it."""
    with warnings.catch_warnings(), _only_shipped_fonts():
        warnings.filterwarnings("ignore", "No fonts configured")  # as meant: faces come by @font-face
        try:
            import weasyprint
        except OSError as error:
            first = str(error).splitlines()[0]
            raise NotInstalledError(f"a system library is missing: {first}") from None
    return weasyprint


@contextmanager
def _only_shipped_fonts() -> Iterator[None]:
    """Hide the system's fonts, so that a missing glyph is noticed and every machine makes the same sheets."""
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="briefings-") as folder:
        conf = Path(folder) / "fonts.conf"
        conf.write_text(f"<?xml version='1.0'?><fontconfig><cachedir>{folder}</cachedir></fontconfig>")
        os.environ["FONTCONFIG_FILE"] = str(conf)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


def _fetcher(library: Library) -> Any:
    """A fetcher that answers from the Library only. WeasyPrint swallows most exceptions, so refusals are kept."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class LibraryFetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False)
            self.refused: list[str] = []
            self.asked: dict[str, str] = {}

        def fetch(self, url: str, headers: Any = None) -> "URLFetcherResponse":
            if url.startswith("data:"):
                return super().fetch(url, headers)
            name = url.removeprefix(BASE).partition("?")[0]
            path = library.find(name) if url.startswith(BASE) else None
            if path is None:
                self.refused.append(name)
                raise ValueError(f"no file '{name}'")
            content = path.read_bytes()
            self.asked[name] = digest(content)
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return LibraryFetcher()


class _Log(logging.Handler):
    """Keeps what WeasyPrint warns of; its exit status says nothing."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if BASE not in message or "Failed to load" not in message:  # the refusal is reported, with its place
            self.messages.append(message)


def _problem(message: str, page: Page, library: Library) -> Problem:
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


def _missing(name: str, page: Page, library: Library) -> Problem:
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
