"""Style sheets that import others -> Problems of those that would be read again and again, or for ever."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from ...library import Library
from ...limits import MAX_IMPORTS
from ...problems import Mark, Problem, with_excerpt
from ...style_sheets import blanked_comments

_IMPORT = re.compile(r"""@import\s+(?:url\(\s*+)?["']?(?P<name>[^"'()\s;]+)""")


def import_problems(sources: Mapping[Path, str], library: Library) -> Iterator[Problem]:
    """An error for each style sheet that imports itself, by others too, or too many: 25 that import the next one twice
    are 2^25. `sources` are the texts of templates and styles."""
    found = {path: _imports(_name(path, library), css) for path, css in sources.items() if "@import" in css}
    by_name: dict[str, list[str]] = {}  # of all files with a name: which of them a page gets depends on the theme
    for path, imports in found.items():
        by_name.setdefault(_name(path, library), []).extend(name for _, name in imports)
    for path, imports in found.items():
        if imports and _reads(by_name, _name(path, library)) > MAX_IMPORTS:
            css, at = sources[path], imports[0][0]
            mark = Mark(library.show(path), css.count("\n", 0, at) + 1, at - css.rfind("\n", 0, at))
            message = f"this imports itself, or more than {MAX_IMPORTS} style sheets"
            yield with_excerpt(Problem("too-many-imports", message, mark, "import each once, or write it in one file"))


def _name(path: Path, library: Library) -> str:
    """The name in the library."""
    folder = next(folder for folder in library.template_folders if path.is_relative_to(folder))
    return path.relative_to(folder).as_posix()


def _imports(name: str, css: str) -> list[tuple[int, str]]:
    """(place, name) of each import. An address is relative to the style sheet that has it, or to the page."""
    folder = name.split("/")[:-1] if name.endswith(".css") else []
    found = []
    for match in _IMPORT.finditer(blanked_comments(css)):
        parts = list(folder)
        for part in match["name"].split("/"):
            if part == "..":
                del parts[-1:]
            elif part != ".":
                parts.append(part)
        found.append((match.start(), "/".join(parts)))
    return found


def _reads(imports: Mapping[str, Sequence[str]], start: str) -> int:
    """How many style sheets are read for one, up to one more than are allowed."""

    @cache
    def reads(name: str, depth: int) -> int:
        count = 0
        for inner in imports.get(name, ()):
            count += 1 + (reads(inner, depth + 1) if depth < MAX_IMPORTS else MAX_IMPORTS)
            if count > MAX_IMPORTS:
                break
        return count

    return reads(start, 0)
