"""Templates, styles and filled pages -> Problems: what looks right and makes a PDF that not everybody can read.

What the finisher mends (`finish`) is no Problem; what it cannot mend is one here, at its line, before any PDF is made.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..briefing import Briefing
from ..library import Library
from ..page import Page
from ..read import Mark, Problem, quoted
from ..render import render
from .faults import Fault
from .markup import in_page, in_template, links
from .styles import in_style_sheet

__all__ = ["lint", "lint_page"]


def lint(library: Library) -> list[Problem]:
    """What can be seen in the templates and styles themselves, the shipped ones and every override."""
    files = [path for folder in library.template_folders for path in sorted(folder.rglob("*"))]
    sources = {path: _text(path) for path in files if path.suffix in (".html", ".css") or _is_drawing(path)}
    unprinted = _unprinted(library, sources)
    problems: list[Problem] = []
    for path, source in sources.items():
        printed = path not in unprinted
        if path.suffix != ".css":
            problems += _problems(in_template(source, printed=printed), path, library)
        elif printed:
            problems += _problems(in_style_sheet(source), path, library)
    return problems


def lint_page(page: Page, briefing: Briefing, library: Library, data: Path | None = None) -> list[Problem]:
    """What only shows when a page is filled: the order of headings, texts that came out empty, the shape of tables.

    `page` is what `render` made of `briefing`; only where it is faulty is it rendered anew, with the place of each tag.
    """
    if not list(in_page(page.html)):
        return []
    located = render(briefing, library, located=True)
    problems: list[Problem] = []
    for fault in in_page(located.html):
        if fault.file:
            problems += _problems([fault], Path(fault.file), library)
        else:
            mark = library.mention(fault.words, (data,) if data else ()) if fault.words else None
            problems.append(quoted(Problem(fault.code, f"{fault.message}, on page {page.name}", mark, fault.hint)))
    return problems


def _is_drawing(path: Path) -> bool:
    """What stands in the page itself; a picture of `images/` has its words in `alt`."""
    return path.suffix == ".svg" and path.parent.name == "drawings"


def _problems(faults: Iterable[Fault], path: Path, library: Library) -> Iterator[Problem]:
    for fault in faults:
        mark = Mark(library.show(path), fault.line, fault.column)
        yield quoted(Problem(fault.code, fault.message, mark, fault.hint))


def _unprinted(library: Library, sources: dict[Path, str]) -> set[Path]:
    """The files that no PDF is made from: the index, and styles that are only ever linked for a screen."""
    media: dict[str, set[str]] = {}
    for path, source in sources.items():
        for sheet, medium in links(source) if path.suffix == ".html" else ():
            media.setdefault(sheet, set()).add("screen" if path.name == "index.html" else medium)
    names = {"index.html", *(sheet for sheet, found in media.items() if found == {"screen"})}
    return {folder / name for folder in library.template_folders for name in names}


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace")
