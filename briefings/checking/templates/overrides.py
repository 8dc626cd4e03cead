"""A theme's files and blocks -> the Problems of those that nothing uses: no other error tells of a misspelt name."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ...library import TEMPLATE_KINDS, Library, find_inside, readable_text, text_files
from ...problems import Mark, Problem, did_you_mean, with_excerpt
from ...safe_files import walk
from ...schema.files import HELD_KEYS

_BLOCK = re.compile(r"\{%-?\s*(?:block\s+(?P<name>\w+)|(?P<end>endblock))")
_EXTENDS = re.compile(r"\{%-?\s*extends\s++(?P<what>[^%]+)%\}")
_LITERAL = re.compile(r"""["']([^"']+)["']""")
_STRINGS = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?\.yaml")  # of any language: a theme may serve several packs
_TEXTS = (".html", ".svg", ".css", ".yaml")


def override_problems(library: Library) -> Iterator[Problem]:
    """A warning for each file of a theme or of the project's templates, and each block in one, that nothing uses."""
    for folder in library.own_template_folders:
        paths = text_files(folder, "")
        texts = {path: readable_text(path) for path in paths if path.suffix in _TEXTS}
        known = [name for name in shipped_names(library) if "/" in name or name.endswith((".html", ".css"))]
        for path in paths:
            name = path.relative_to(folder).as_posix()
            if name not in known and not _is_used(name, path, texts, library):
                hint = did_you_mean(name, known) or "'briefings theme list' shows the names that there are"
                yield _warning("unused-file", f"nothing uses the file '{name}'", library, path, hint=hint)
        for path in (path for path in texts if path.suffix == ".html"):
            yield from _block_problems(path, texts[path], library)


def shipped_names(library: Library) -> tuple[str, ...]:
    """The names of all shipped templates, styles, fonts and strings, sorted."""
    folder = library.shipped_templates
    return tuple(sorted(Path(path).relative_to(folder).as_posix() for path in walk(folder)))


def blocks_of(library: Library, name: str) -> tuple[str, ...]:
    """The blocks of a template and of what it extends, in order."""
    path = _find(library, name)
    return tuple(dict.fromkeys(_blocks_in(library, path, set()))) if path else ()


def _is_used(name: str, path: Path, texts: dict[Path, str], library: Library) -> bool:
    """Whether a file that is not shipped belongs to an addition, or is named by another file of the theme."""
    stem, kind = Path(name).stem, Path(name).parent.as_posix()
    if name.startswith("sections/"):
        return stem in HELD_KEYS
    if (kind, path.suffix) in TEMPLATE_KINDS.values() or kind in ("documents", "layouts"):
        return any(re.search(rf"[\s\"'\[,{{]{re.escape(stem)}\b", text) for text in _audience_texts(library))
    if kind in ("partials", "drawings") and path.suffix == ".css":
        return True  # linked on every page
    if kind == "strings":
        return bool(_STRINGS.fullmatch(path.name))
    return any(path.name in text for other, text in texts.items() if other != path)


def _audience_texts(library: Library) -> tuple[str, ...]:
    return tuple(readable_text(path) for path in library.all_audience_files().values())


def _block_problems(path: Path, text: str, library: Library) -> Iterator[Problem]:
    """The outermost blocks of a template that extends another: each must be one of the other's."""
    if not _EXTENDS.search(text):
        return
    seen = {path}
    known = dict.fromkeys(block for parent in _parents(library, text) for block in _blocks_in(library, parent, seen))
    depth = 0
    for match in _BLOCK.finditer(text):
        if match["end"]:
            depth -= 1
            continue
        if depth == 0 and match["name"] not in known:
            hint = did_you_mean(match["name"], known) or f"the blocks are {', '.join(known)}"
            message = f"no template has a block '{match['name']}', so nothing shows it"
            yield _warning("unknown-block", message, library, path, text, match.start("name"), hint)
        depth += 1


def _blocks_in(library: Library, path: Path, seen: set[Path]) -> Iterator[str]:
    """The blocks of a template and of all that it may extend, each once: two may extend the same two."""
    if path in seen:
        return
    seen.add(path)
    text = readable_text(path)
    yield from (match["name"] for match in _BLOCK.finditer(text) if match["name"])
    for parent in _parents(library, text):
        yield from _blocks_in(library, parent, seen)


def _parents(library: Library, text: str) -> Iterable[Path]:
    """The templates that one extends. A name that is put together may be any layout."""
    match = _EXTENDS.search(text)
    if not match:
        return ()
    names = _LITERAL.findall(match["what"])
    if "~" in match["what"]:
        names = [f"layouts/{layout}.html" for layout in library.kinds("layout")]
    return [path for name in names if (path := _find(library, name))]


def _find(library: Library, name: str) -> Path | None:
    if name.startswith("shipped:"):
        return find_inside(library.shipped_templates, name.removeprefix("shipped:"))
    return library.find(name)


def _warning(
    code: str, message: str, library: Library, path: Path, text: str = "", at: int = 0, hint: str = ""
) -> Problem:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    mark = Mark(library.show(path), line, column if text else 1)
    return with_excerpt(Problem(code, message, mark, hint, "warning"))
