"""Templates and styles -> Problems: what would break PDF/UA, with its place in the source."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ...library import Library, is_stray
from ...problems import Mark, Problem, with_excerpt
from .faults import Fault
from .markup import linked_style_sheets, template_faults
from .overrides import override_problems
from .styles import style_sheet_faults
from .texts import text_problems
from .tokens import token_problems


def lint(library: Library) -> list[Problem]:
    """Check the source of all templates and styles, shipped ones and overrides."""
    found = (path for folder in library.template_folders for path in sorted(folder.rglob("*")))
    files = [path for path in found if not is_stray(path.name)]
    sources = {path: _text(path) for path in files if path.suffix in (".html", ".css") or _is_drawing(path)}
    screen_only = _screen_only_files(library, sources)
    problems: list[Problem] = []
    for path, source in sources.items():
        printed = path not in screen_only
        if path.suffix != ".css":
            problems += to_problems(template_faults(source, printed=printed), path, library)
        elif printed:
            problems += to_problems(style_sheet_faults(source), path, library)
    return problems


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


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace")
