"""Page -> PDF. The only module that imports WeasyPrint."""

import atexit
import ctypes.util
import mimetypes
import os
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..drawings.font_lettering import lettering
from ..library import Library
from ..page.page import Page
from ..problems import Problem, ProblemError
from ..safe_files import read_bytes
from . import copy_box, ua
from .failures import failures_as_problems
from .log import BASE_URL, WarningCollector, is_refusal, missing_file_problem, redirect_native_log, warning_problem
from .once import laid_out_once, objects_written_once
from .page_html import with_fields, without_traces
from .temporary import TemporaryFolder

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

VARIANT = "pdf/a-3a"
# PDF/A forbids fields that the reader's program draws; WeasyPrint stores no drawing of a field to write in.
FIELDS_VARIANT = "pdf/ua-1"

BOX_FACE = "fonts/SourceSans3-Semibold.ttf"  # of the words that copies have

MOST_WARNINGS = 50  # that are told of one page
MOST_FILES = 2_000  # that one page loads; ours load 70

# The log handler, FONTCONFIG_FILE and the font configuration belong to the process, so one page is typeset at a time.
_LOCK = threading.Lock()
_FONT_CONFIGURATION: list[Any] = []  # empty, or the one configuration of this process


@dataclass(frozen=True)
class TypesetPdf:
    """A typeset document."""

    pdf: bytes
    count: int  # its sheets
    used_files: Mapping[str, str] = field(default_factory=dict)  # name in the Library -> digest


def digest(content: bytes) -> str:
    """The digest of a file that the typesetter used. The ledger compares it with its own: both must agree."""
    return blake2b(content, digest_size=16).hexdigest()


class NotInstalledError(Exception):
    """A system library that WeasyPrint needs, such as Pango, is not installed."""


def typeset(page: Page, library: Library, *, fields: bool = False) -> TypesetPdf:
    """Typeset one page as PDF/A-3a and PDF/UA-1, or with form `fields` in its places to write, as PDF/UA-1 alone.

    Raises ProblemError for every warning that WeasyPrint logs, every file it may not read and whatever the system
    refuses, and NotInstalledError if a system library is missing. Threads wait for each other: the log and the font
    configuration belong to the process.
    """
    with _LOCK, failures_as_problems(page):
        return _typeset(replace(page, html=with_fields(page.html)) if fields else page, library, fields)


def _typeset(page: Page, library: Library, fields: bool) -> TypesetPdf:
    with _only_shipped_fonts():
        # The loaded fonts are reused. If they are not exactly those that this page declares, a font of an earlier page
        # could supply a glyph that this page lacks: lay the page out again with only its own fonts.
        for new in (False, True):
            fonts, fetcher, log = _font_configuration(new=new), _fetcher(library), WarningCollector()
            html, document = _lay_out(page, fetcher, fonts, log, fields)
            if fonts.matches_declared():
                break
        # Before write_pdf(): drawing text without any font ends the process.
        _raise_problems(log, fetcher, page, library)
        if not fonts.declared:
            hint = "link css/fonts.css, or add a font to a theme"
            raise ProblemError(
                [Problem("no-face", f"page {page.name} declares no font, and system fonts are not used", None, hint)]
            )
        with log.capture():
            pdf = document.write_pdf(
                pdf_variant=FIELDS_VARIANT if fields else VARIANT,
                pdf_forms=fields,
                attachments=[] if fields else _attachments(page),  # the archive copy has the data
                finisher=_finisher(html.etree_element, library, fields),
            )
    _raise_problems(log, fetcher, page, library)
    assert pdf is not None
    if library.house.box:  # its letters are in the file, whatever font the page has
        fetcher.digest(f"{BASE_URL}{BOX_FACE}")
    return TypesetPdf(pdf, len(document.pages), dict(sorted(fetcher.used_files.items())))


def _finisher(root: Any, library: Library, fields: bool) -> Callable[[Any, Any], None]:
    """What completes a PDF before it is written; one that copies are made of gets the places for their words."""
    finish = ua.finisher(root, declare=not fields)
    face = library.find(BOX_FACE) if library.house.box else None

    def finish_all(document: Any, pdf: Any) -> None:
        finish(document, pdf)
        if face:
            copy_box.reserve(pdf, lettering(face))
        objects_written_once(pdf)

    return finish_all


def _lay_out(page: Page, fetcher: Any, fonts: Any, log: WarningCollector, fields: bool = False) -> tuple[Any, Any]:
    """The parsed HTML and the laid-out `weasyprint.Document`; nothing is drawn yet."""
    fonts.declared.clear()
    with log.capture(), laid_out_once(_weasyprint()) as weasyprint:
        html = weasyprint.HTML(string=page.html, base_url=BASE_URL, url_fetcher=fetcher)
        without_traces(html.etree_element, fetcher.library)
        return html, html.render(font_config=fonts, pdf_variant=FIELDS_VARIANT if fields else VARIANT, pdf_forms=fields)


def warm_up(*, alone: bool = False) -> None:
    """Import WeasyPrint ahead of the first page, `alone` in a process. What is wrong is reported by `typeset()`."""
    if alone:
        redirect_native_log()
    with suppress(NotInstalledError, OSError), _only_shipped_fonts():
        _font_configuration()


def clean_up() -> None:
    """Remove this process's temporary files; for a process that ends by `os._exit()`, which runs no exit handlers."""
    for fonts in _FONT_CONFIGURATION:
        fonts.__del__()  # WeasyPrint removes the folder of its font files only here
        fonts._folder = None
    if _empty_fontconfig.cache_info().currsize:
        _empty_fontconfig().cleanup()


def _attachments(page: Page) -> list[Any]:
    """The page's attachment. It has the page's date: without one, WeasyPrint writes the current time into the PDF."""
    from weasyprint import Attachment

    if not page.attachment:
        return []
    day, file = datetime.fromisoformat(page.date), page.attachment
    # PDF/A-3 (6.8) requires the relationship: the attachment is the data that the document was made from.
    options = {"name": file.name, "description": file.description, "relationship": "Source"}
    return [Attachment(string=file.text, created=day, modified=day, **options)]


def _raise_problems(log: WarningCollector, fetcher: Any, page: Page, library: Library) -> None:
    """Raise ProblemError for the warnings and refused requests so far, each once."""
    logged = dict.fromkeys(message for message in log.messages if not is_refusal(message, fetcher.refused))
    problems = [warning_problem(message, page, library) for message in islice(logged, MOST_WARNINGS)]
    problems += [
        missing_file_problem(name, page, library) for name in islice(dict.fromkeys(fetcher.refused), MOST_WARNINGS)
    ]
    if fetcher.count > MOST_FILES:
        hint = "style sheets that import each other are loaded again for each @import"
        message = f"page {page.name} loads more than {MOST_FILES:,} files"
        problems = [Problem("limit", message, library.mention("@import"), hint)]
    if problems:
        raise ProblemError(dict.fromkeys(problems))


@cache
def _weasyprint() -> Any:
    """Import WeasyPrint when the first page is typeset: the import takes longer than everything before it."""
    with warnings.catch_warnings(), _only_shipped_fonts(), _libraries_by_name():
        warnings.filterwarnings("ignore", "No fonts configured")  # intended: fonts come from @font-face
        try:
            import weasyprint
        except OSError as error:
            first = str(error).splitlines()[0]
            raise NotInstalledError(f"a system library is missing: {first}") from None
    return weasyprint


@contextmanager
def _libraries_by_name() -> Iterator[None]:
    """Make WeasyPrint open each system library by its Linux file name.

    WeasyPrint tries 22 library names; for each, `find_library` would run ldconfig and a compiler first, which takes
    half of the import time.
    """
    find, ctypes.util.find_library = ctypes.util.find_library, lambda name: None
    try:
        if sys.platform != "linux":
            ctypes.util.find_library = find
        yield
    finally:
        ctypes.util.find_library = find


@contextmanager
def _only_shipped_fonts() -> Iterator[None]:
    """Hide the system's fonts: every machine then makes the same sheets, and a missing glyph is always reported."""
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
def _empty_fontconfig() -> TemporaryFolder:
    """A folder with a fontconfig configuration that names no font folder; it is removed when the process ends."""
    folder = TemporaryFolder()
    text = f"<?xml version='1.0'?><fontconfig><cachedir>{folder.name}</cachedir></fontconfig>"
    (Path(folder.name) / "fonts.conf").write_text(text)
    atexit.register(clean_up)
    return folder


def _font_configuration(*, new: bool = False) -> Any:
    """The fonts that earlier pages of this process loaded; with `new`, an empty configuration replaces them."""
    if new or not _FONT_CONFIGURATION:
        _FONT_CONFIGURATION[:] = [_font_configuration_class()()]
    return _FONT_CONFIGURATION[0]


@cache
def _font_configuration_class() -> Any:
    _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    class KeptFonts(FontConfiguration):  # type: ignore[misc]
        """Fonts kept from page to page: loading them again takes time, and their memory is never freed."""

        def __init__(self) -> None:
            super().__init__()
            self._folder = Path(tempfile.mkdtemp(dir=_empty_fontconfig().name))  # WeasyPrint's for its font files
            # Both map (descriptors, file digests) to None: ordered sets.
            self.loaded: dict[object, None] = {}  # by any page
            self.declared: dict[object, None] = {}  # by the current page

        def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> None:
            digests = [url_fetcher.digest(url) for kind, url in rule_descriptors["src"] if kind == "external"]
            font = (str(rule_descriptors), *digests)
            self.declared[font] = self.loaded[font] = None
            super().add_font_face(rule_descriptors, url_fetcher)

        def matches_declared(self) -> bool:
            """Whether the loaded fonts are exactly those that the current page declares, in the same order."""
            return list(self.loaded) == list(self.declared)

    return KeptFonts


def _fetcher(library: Library) -> Any:
    """A URL fetcher that answers from the Library only: the default one reads any file and the network."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class LibraryFetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False)
            self.refused: list[str] = []  # kept, since WeasyPrint swallows most exceptions, all inside SVG
            self.used_files: dict[str, str] = {}
            self.library, self.count = library, 0

        def digest(self, url: str) -> str:
            """The digest of a font file, recorded as used: a font that is already loaded is not fetched again."""
            name = url.removeprefix(BASE_URL)
            path = library.find(name)
            if path is None:
                return url
            self.used_files[name] = digest(read_bytes(path))
            return self.used_files[name]

        def fetch(self, url: str, headers: Any = None) -> "URLFetcherResponse":
            self.count += 1
            if self.count > MOST_FILES:
                raise ValueError("too many files")
            if url.startswith("data:"):
                return super().fetch(url, headers)
            name = url.removeprefix(BASE_URL).partition("?")[0]
            path = library.find(name) if url.startswith(BASE_URL) else None
            if path is None:
                self.refused.append(name)
                raise ValueError(f"no file '{name}'")
            content = read_bytes(path)
            self.used_files[name] = digest(content)
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return LibraryFetcher()
