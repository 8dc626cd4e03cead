"""Page -> PDF. The only module that knows WeasyPrint."""

import atexit
import ctypes.util
import mimetypes
import os
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..library import Library
from ..page.page import Page
from ..problems import Problem, ProblemError
from . import ua
from .log import BASE_URL, WarningCollector, missing_file_problem, warning_problem

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

VARIANT = "pdf/a-3a"

_LOCK = threading.Lock()
_FONT_CONFIGURATION: list[Any] = []  # one for the process, once there is a page


@dataclass(frozen=True)
class TypesetPdf:
    """A typeset document: the PDF, how many sheets it has, and what was `asked` for: name in the Library -> digest."""

    pdf: bytes
    count: int
    used_files: Mapping[str, str] = field(default_factory=dict)


def digest(content: bytes) -> str:
    """What a file handed to the typesetter is remembered by."""
    return blake2b(content, digest_size=16).hexdigest()


class NotInstalledError(Exception):
    """A system library that typesetting needs is not there."""


def typeset(page: Page, library: Library) -> TypesetPdf:
    """Typeset one page. Anything the typesetter warns of is a Problem; raises ProblemError.

    One at a time in a process: the log and the fonts' configuration belong to the process.
    """
    with _LOCK:
        return _typeset(page, library)


def _typeset(page: Page, library: Library) -> TypesetPdf:
    with _only_shipped_fonts():
        for new in (False, True):
            faces, fetcher, log = _font_configuration(new=new), _fetcher(library), WarningCollector()
            html, document = _laid_out(page, fetcher, faces, log)
            if faces.matches_declared():  # otherwise it held a face of another document, or one that was changed since
                break
        _raise_problems(log, fetcher, page, library)  # drawing without a face ends the process
        if not faces.declared:
            hint = "link css/fonts.css, or bring a font in a theme"
            raise ProblemError(
                [Problem("no-face", f"page {page.name} declares no font, and no other is used", None, hint)]
            )
        with log.capture():
            pdf = document.write_pdf(
                pdf_variant=VARIANT,
                attachments=_attachments(page),
                finisher=ua.finisher(html.etree_element),
            )
    _raise_problems(log, fetcher, page, library)
    assert pdf is not None
    return TypesetPdf(pdf, len(document.pages), dict(sorted(fetcher.used_files.items())))


def _laid_out(page: Page, fetcher: Any, faces: Any, log: WarningCollector) -> tuple[Any, Any]:
    faces.declared.clear()
    with log.capture():
        html = _weasyprint().HTML(string=page.html, base_url=BASE_URL, url_fetcher=fetcher)
        return html, html.render(font_config=faces, pdf_variant=VARIANT)


def warm_up() -> None:
    """Get ready, before there is a page. What is missing is told when the first one comes."""
    with suppress(NotInstalledError), _only_shipped_fonts():
        _font_configuration()


def clean_up() -> None:
    """Remove what lies in temporary places, before the process ends without a word."""
    for faces in _FONT_CONFIGURATION:
        faces.__del__()  # WeasyPrint's: it removes the fonts it wrote
        faces._folder = None
    if _empty_fontconfig.cache_info().currsize:
        _empty_fontconfig().cleanup()


def _attachments(page: Page) -> list[Any]:
    """What the page carries, dated by the page and not by the clock."""
    from weasyprint import Attachment

    if not page.attachment:
        return []
    day, file = datetime.fromisoformat(page.date), page.attachment
    about = {"name": file.name, "description": file.description, "relationship": "Source"}
    return [Attachment(string=file.text, created=day, modified=day, **about)]


def _raise_problems(log: WarningCollector, fetcher: Any, page: Page, library: Library) -> None:
    """Raise whatever was warned of or refused so far."""
    problems = [warning_problem(message, page, library) for message in log.messages]
    problems += [missing_file_problem(name, page, library) for name in fetcher.refused]
    if problems:
        raise ProblemError(dict.fromkeys(problems))


@cache
def _weasyprint() -> Any:
    """Import WeasyPrint, when the first page is typeset: it takes longer than everything before it."""
    with warnings.catch_warnings(), _only_shipped_fonts(), _libraries_by_name():
        warnings.filterwarnings("ignore", "No fonts configured")  # as meant: faces come by @font-face
        try:
            import weasyprint
        except OSError as error:
            first = str(error).splitlines()[0]
            raise NotInstalledError(f"a system library is missing: {first}") from None
    return weasyprint


@contextmanager
def _libraries_by_name() -> Iterator[None]:
    """Let cffi open each library by the name Linux gives it, as WeasyPrint says too, without running ldconfig and a
    compiler to look for 22 others first: half of the time that the import takes."""
    find, ctypes.util.find_library = ctypes.util.find_library, lambda name: None
    try:
        if sys.platform != "linux":
            ctypes.util.find_library = find
        yield
    finally:
        ctypes.util.find_library = find


@contextmanager
def _only_shipped_fonts() -> Iterator[None]:
    """Hide the system's fonts, so that a missing glyph is noticed and every machine makes the same sheets."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(Path(_empty_fontconfig().name) / "fonts.conf")
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@cache
def _empty_fontconfig() -> "tempfile.TemporaryDirectory[str]":
    """A fontconfig configuration that knows no font, as long as the process lives."""
    folder = tempfile.TemporaryDirectory(prefix="briefings-")
    text = f"<?xml version='1.0'?><fontconfig><cachedir>{folder.name}</cachedir></fontconfig>"
    (Path(folder.name) / "fonts.conf").write_text(text)
    atexit.register(clean_up)
    return folder


def _font_configuration(*, new: bool = False) -> Any:
    """The fonts that documents of this process declared so far; empty when `new`."""
    if new or not _FONT_CONFIGURATION:
        _FONT_CONFIGURATION[:] = [_font_configuration_class()()]
    return _FONT_CONFIGURATION[0]


@cache
def _font_configuration_class() -> Any:
    _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    class KeptFonts(FontConfiguration):  # type: ignore[misc]
        """Fonts kept from one document to the next: loading them anew takes time, and memory that never comes back."""

        def __init__(self) -> None:
            super().__init__()
            self.loaded: dict[object, None] = {}
            self.declared: dict[object, None] = {}

        def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> None:
            digests = [url_fetcher.digest(url) for kind, url in rule_descriptors["src"] if kind == "external"]
            face = (str(rule_descriptors), *digests)
            self.declared[face] = self.loaded[face] = None
            super().add_font_face(rule_descriptors, url_fetcher)

        def matches_declared(self) -> bool:
            """Whether it holds what the last document declared, in that order, and no more."""
            return list(self.loaded) == list(self.declared)

    return KeptFonts


def _fetcher(library: Library) -> Any:
    """A fetcher that answers from the Library only. WeasyPrint swallows most exceptions, so refusals are kept."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class LibraryFetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False)
            self.refused: list[str] = []
            self.used_files: dict[str, str] = {}

        def digest(self, url: str) -> str:
            """What a font is known by, also where it need not be handed out again."""
            name = url.removeprefix(BASE_URL)
            path = library.find(name)
            if path is None:
                return url
            self.used_files[name] = digest(path.read_bytes())
            return self.used_files[name]

        def fetch(self, url: str, headers: Any = None) -> "URLFetcherResponse":
            if url.startswith("data:"):
                return super().fetch(url, headers)
            name = url.removeprefix(BASE_URL).partition("?")[0]
            path = library.find(name) if url.startswith(BASE_URL) else None
            if path is None:
                self.refused.append(name)
                raise ValueError(f"no file '{name}'")
            content = path.read_bytes()
            self.used_files[name] = digest(content)
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return LibraryFetcher()
