"""Templates and styles -> Problems: what would break PDF/UA, with its place in the source."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from ...library import Library, text_files
from ...limits import MAX_TEMPLATE
from ...problems import Mark, Problem, with_excerpt
from ...safe_files import TooLargeError, read_text, walk
from .clean_files import CleanFiles
from .faults import Fault
from .imports import import_problems
from .markup import linked_style_sheets, template_faults
from .overrides import override_problems
from .styles import style_sheet_faults
from .texts import text_problems
from .tokens import endless_tokens, token_problems


def lint(library: Library) -> list[Problem]:
    """Check the source of all templates and styles, shipped ones and overrides."""
    problems: list[Problem] = []
    sources = dict(_sources(library, problems))
    screen_only = _screen_only_files(library, sources)
    problems += import_problems(sources, library)
    problems += endless_tokens(library) if library.own_template_folders else ()
    clean = CleanFiles(library)
    for path, source in sources.items():
        printed = path not in screen_only
        digest = clean.digest(path, source, printed)
        if not clean.holds(digest):
            found = _faults(source, path.suffix, printed)
            problems += to_problems(found, path, library)
            clean.add("" if found else digest)
    clean.save()
    return problems


@lru_cache(maxsize=1024)
def _faults(source: str, suffix: str, printed: bool) -> tuple[Fault, ...]:
    """The faults of a file, kept by its text: a preview checks all files after each save, and one has changed."""
    if suffix != ".css":
        return tuple(template_faults(source, printed=printed))
    return tuple(style_sheet_faults(source)) if printed else ()


def theme_warnings(library: Library) -> list[Problem]:
    """What nothing uses or nobody sees of a theme. Errors are left to the page that needs the file."""
    if not library.own_template_folders:
        return []
    found = (*override_problems(library), *token_problems(library), *text_problems(library))
    return [each for each in found if each.severity == "warning"]


def _is_drawing(path: Path) -> bool:
    """Whether an SVG is inlined into pages and needs a <title>. Those of `images/` get their text from `alt`."""
    return path.suffix == ".svg" and path.parent.name == "drawings"


def to_problems(faults: Iterable[Fault], path: Path, library: Library) -> Iterator[Problem]:
    """The faults of one file as Problems."""
    for fault in faults:
        mark = Mark(library.show(path), fault.line, fault.column)
        yield with_excerpt(Problem(fault.code, fault.message, mark, fault.hint))


def _screen_only_files(library: Library, sources: dict[Path, str]) -> set[Path]:
    """The files that no PDF uses: the index, and styles that are linked only by it or with media="screen"."""
    media: dict[str, set[str]] = {}
    for path, source in sources.items():
        for sheet, medium in linked_style_sheets(source) if path.suffix == ".html" else ():
            media.setdefault(sheet, set()).add("screen" if path.name == "index.html" else medium)
    names = {"index.html", *(sheet for sheet, kinds in media.items() if kinds == {"screen"})}
    return {folder / name for folder in library.template_folders for name in names}


def _sources(library: Library, problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """Each template, style and drawing with its text; a Problem for one that cannot be read."""
    for path in (path for folder in library.template_folders for path in text_files(folder, ".html", ".css", ".svg")):
        if path.suffix != ".svg" or _is_drawing(path):
            try:
                yield path, read_text(path, limit=MAX_TEMPLATE, errors="replace")
            except OSError as error:
                mark = Mark(library.show(path), 1, 1)
                if isinstance(error, TooLargeError):
                    message = f"the file is over {MAX_TEMPLATE // 1000} kB"
                    problems.append(Problem("too-large", message, mark, "divide it"))
                    continue
                message = (error.strerror or str(error)).lower()
                problems.append(Problem("unreadable", message, mark, "make it readable, or move it away"))
    closed: list[str] = []
    for folder in library.own_template_folders:
        list(walk(folder, unreadable=closed))
    for path in map(Path, closed):
        hint = "change its rights, or move it away"
        problems.append(Problem("unreadable", "this folder cannot be read", Mark(library.show(path), 1, 1), hint))
