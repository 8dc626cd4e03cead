"""Briefings and the files that exist -> index.html, which links to them and shows their sheets."""

from base64 import b64encode
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..briefing.leading import leading
from ..briefing.parts import Briefing, DrawingView
from ..library import Library
from ..page.page import Page
from ..page.render import render_index
from ..problems import ProblemError
from ..processes.background import LimitedWork
from ..processes.limits import LimitError, limit_problem, render_seconds
from ..safe_files import is_plain_file
from .formats import FORMATS, file_name

FANNED = 3  # documents of an audience whose first sheets are shown on top of each other

Previews = Callable[[Path], Sequence[bytes]]  # of a PDF: its first sheets as WebP


@dataclass(frozen=True)
class Index:
    """The index of one pack: each entry has a `briefing`, its `files` (format -> file name) and its `sheets`."""

    path: Path
    entries: tuple[Mapping[str, object], ...]
    pdfs: tuple[Path, ...]  # whose sheets it shows

    def content(self, library: Library, previews: Previews) -> bytes:
        """The index as HTML that works alone, with pictures of sheets where `previews` gives some."""
        pictures = {path.name: [_data_url(picture) for picture in previews(path)] for path in self.pdfs}
        entries = [{**entry, "pictures": pictures.get(f"{_briefing(entry).name}.pdf", [])} for entry in self.entries]
        return index_page(entries, library)


def indexes(
    briefings: Mapping[Path, Sequence[Briefing]], ready: Container[Path], sheets: Mapping[Path, int]
) -> Iterator[Index]:
    """The index of each pack's folder, with a link to each file that exists or is in `ready` (about to exist).

    `sheets` has the number of sheets of the PDFs for which it is known.
    """
    for folder, pack_briefings in briefings.items():
        entries: list[Mapping[str, object]] = []
        printed: list[Briefing] = []
        for briefing in pack_briefings:
            paths = {name: folder / file_name(briefing.name, name) for name in FORMATS}
            files = {name: path.name for name, path in paths.items() if path in ready or is_plain_file(path)}
            if files:
                entries.append({"briefing": briefing, "files": files, "sheets": sheets.get(paths["pdf"], 0)})
                printed += [briefing] if "pdf" in files else []
        if entries:
            shown = tuple(folder / f"{briefing.name}.pdf" for briefing in _shown(printed))
            yield Index(folder / "index.html", tuple(entries), shown)


@dataclass(frozen=True)
class IndexPage:
    """An index as HTML. `plain` has no pictures of sheets: the ledger compares it."""

    plain: bytes
    whole: bytes


class IndexPages:
    """Fills indexes, in a forked process with limits: their template, and the sheets they show, may be a stranger's.

    What was filled is kept: an index is filled when a build begins and when it ends, usually with the same values.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: dict[Path, tuple[Index, IndexPage]] = {}

    def fill(self, shown: Sequence[Index], previews: Previews | None = None) -> Iterator[IndexPage | ProblemError]:
        """The page of each index, in order; `whole` has pictures if `previews` draws them."""
        kept = [self._kept.get(index.path) for index in shown]
        pages = [
            pair[1] if pair and pair[0] == index and not (previews and index.pdfs) else None
            for index, pair in zip(shown, kept, strict=True)
        ]
        waiting = [index for index, page in zip(shown, pages, strict=True) if page is None]
        work = LimitedWork(partial(self._filled, previews=previews), waiting, render_seconds())
        try:
            filled = work.results()
            for index, page in zip(shown, pages, strict=True):
                made = page or next(filled)
                if isinstance(made, IndexPage):
                    self._kept[index.path] = (index, made)
                if isinstance(made, LimitError):
                    made = ProblemError([limit_problem(index.path.name, made)])
                yield made
        finally:
            work.close()

    def _filled(self, index: Index, previews: Previews | None) -> IndexPage | ProblemError:
        try:
            known = self._kept.get(index.path)
            plain = known[1].plain if known and known[0] == index else index.content(self._library, lambda _: ())
            return IndexPage(plain, index.content(self._library, previews) if previews and index.pdfs else plain)
        except ProblemError as error:
            return error


def index_page(entries: Sequence[Mapping[str, object]], library: Library) -> bytes:
    """The index of one pack as HTML that works alone; an entry's `pictures` are data: URLs of its sheets."""
    briefing = _briefing(entries[0])
    html = render_index(entries, briefing.pack.language, library, _leading([_briefing(entry) for entry in entries]))
    return FORMATS["html"](Page("index", briefing.title, html), library).content


def _shown(printed: Sequence[Briefing]) -> Iterator[Briefing]:
    """The documents whose sheets an index shows: the first few of each audience, and the first deck of slides.

    Not all of them: a picture takes 20 to 40 kB. Large print looks like the document beside it.
    """
    yield from [briefing for briefing in printed if "project" in briefing.choice.uses][:1]
    read = [b for b in printed if not {"project", "large-print"} & set(b.choice.uses)]
    for audience in dict.fromkeys(briefing.audience.id for briefing in read):
        yield from [briefing for briefing in read if briefing.audience.id == audience][:FANNED]


def _leading(briefings: Sequence[Briefing]) -> tuple[Briefing, DrawingView] | None:
    """The drawing that leads the index, with its briefing."""
    shown = [(briefing, drawn) for briefing in briefings for c in briefing.chapters for drawn in c.drawings]
    first = leading(drawn for _, drawn in shown)
    return next((pair for pair in shown if pair[1] is first), None)


def _briefing(entry: Mapping[str, object]) -> Briefing:
    briefing = entry["briefing"]
    assert isinstance(briefing, Briefing)
    return briefing


def _data_url(picture: bytes) -> str:
    return f"data:image/webp;base64,{b64encode(picture).decode('ascii')}"
