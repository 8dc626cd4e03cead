"""Templates and styles, and in `pages` filled pages -> Problems: what makes a PDF that not everybody can read.

What the finisher mends (`finish`) is no Problem; what it cannot mend is one here, at its line, before any PDF is made.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ...library import Library
from ...problems import Mark, Problem, with_excerpt
from .faults import Fault
from .markup import linked_style_sheets, template_faults
from .styles import style_sheet_faults


def lint(library: Library) -> list[Problem]:
    """What can be seen in the templates and styles themselves, the shipped ones and every override."""
    files = [path for folder in library.template_folders for path in sorted(folder.rglob("*"))]
    sources = {path: _text(path) for path in files if path.suffix in (".html", ".css") or _is_drawing(path)}
    unprinted = _screen_only_files(library, sources)
    found: list[Problem] = []
    for path, source in sources.items():
        printed = path not in unprinted
        if path.suffix != ".css":
            found += to_problems(template_faults(source, printed=printed), path, library)
        elif printed:
            found += to_problems(style_sheet_faults(source), path, library)
    return found


def _is_drawing(path: Path) -> bool:
    """What stands in the page itself; a picture of `images/` has its words in `alt`."""
    return path.suffix == ".svg" and path.parent.name == "drawings"


def to_problems(faults: Iterable[Fault], path: Path, library: Library) -> Iterator[Problem]:
    """Each fault of a file, at its place there."""
    for fault in faults:
        mark = Mark(library.show(path), fault.line, fault.column)
        yield with_excerpt(Problem(fault.code, fault.message, mark, fault.hint))


def _screen_only_files(library: Library, sources: dict[Path, str]) -> set[Path]:
    """The files that no PDF is made from: the index, and styles that are only ever linked for a screen."""
    media: dict[str, set[str]] = {}
    for path, source in sources.items():
        for sheet, medium in linked_style_sheets(source) if path.suffix == ".html" else ():
            media.setdefault(sheet, set()).add("screen" if path.name == "index.html" else medium)
    names = {"index.html", *(sheet for sheet, found in media.items() if found == {"screen"})}
    return {folder / name for folder in library.template_folders for name in names}


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace")
