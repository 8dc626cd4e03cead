"""A folder and the options of a command -> the project: its library, output folder and strictness."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..library import Library, Selection, shipped
from ..loading.house_file import load_house_style
from ..loading.project_file import load_project_file
from ..pack.toml_file import read_toml
from ..problems import Mark, Problem, ProblemError, with_excerpt
from ..project_root import PROJECT_FILE, find_root, is_project
from ..safe_files import is_below, is_closed, listing
from ..schema.project import ProjectFile
from .project import UsageError


@dataclass(frozen=True)
class Project:
    """An opened project. `out` is the output folder; with `strict`, warnings count as errors."""

    library: Library
    out: Path
    strict: bool = False


def open_project(
    project: str | Path | None = None,
    *,
    sample: bool = False,
    packs: Sequence[str] = (),
    audiences: Sequence[str] = (),
    documents: Sequence[str] = (),
    themes: Sequence[str | Path] = (),
    out: str | Path | None = None,
    strict: bool | None = None,
) -> Project:
    """Open the project in the folder `project`; without it, the nearest one from the working directory upwards.

    What is given here replaces what the project file says; an audience that is named is wanted even if the file leaves
    it out. `sample` opens the shipped project. Raises UsageError if there is no project, and ProblemError for a wrong
    project file.
    """
    if sample and project is not None:
        raise UsageError("'--project' and '--sample' name two projects; leave one out")
    for theme in themes:
        if not os.path.isdir(theme):
            raise UsageError(f"there is no folder {theme}")
    own_themes = tuple(Path(theme).resolve() for theme in themes)
    if sample:  # its files are nobody's: they go to the working directory
        return Project(Library(shipped(), own_themes), Path(out or "build"), bool(strict))
    root = _root(project, packs)
    settings, library = load_project_file(Library(root, own_themes))
    if closed := [folder for folder in (root / "data", root / "data/audiences") if is_closed(folder)]:
        mark = Mark(library.show(closed[0]), 1, 1)
        raise ProblemError([Problem("unreadable", "this folder cannot be read", mark, "change its rights")])
    library = replace(library, house=load_house_style(library, settings.style))
    if settings.papers and library.house.paper:
        raise ProblemError([_paper_twice(library)])
    library = replace(library, selection=_selection(library, settings, audiences, documents))
    folder = Path(out or root / settings.out)
    if not out and not is_below(os.path.realpath(folder), os.path.realpath(root)):
        raise ProblemError([_out_elsewhere(library, folder)])
    return Project(library, folder, settings.strict if strict is None else strict)


def _root(folder: str | Path | None, packs: Sequence[str]) -> Path:
    if folder is not None and not os.path.isdir(folder):
        raise UsageError(f"there is no folder {folder}")
    if folder is None and (root := find_root()):
        return _relative(Path(root))
    if folder is not None and is_project(str(folder)):
        return Path(folder)
    if packs and all(os.path.isfile(Path(pack) / "pack.yaml") for pack in packs):
        return Path(folder or ".")  # packs given by folder need no project around them
    raise UsageError(*_no_project(Path(folder or ".")))


def _relative(root: Path) -> Path:
    """The path from the working directory, as a user would type it."""
    try:
        return Path(os.path.relpath(root))
    except ValueError:  # another drive
        return root


def _no_project(folder: Path) -> tuple[str, str]:
    """The message if there is no project; it names a folder that was perhaps meant to be a pack."""
    where = "this folder or a folder above it" if folder == Path() else str(folder)
    data = folder / "data"
    meant = [name for name in listing(data) if name != "audiences" and os.path.isdir(data / name)]
    hint = f" ({(data / meant[0]).as_posix()} has no pack.yaml)" if meant else ""
    return (
        f"there is no project in {where}: no {PROJECT_FILE}, and no data/<pack>/pack.yaml{hint}",
        "'briefings new DIR' starts a project; '--sample' uses the shipped one",
    )


def _out_elsewhere(library: Library, folder: Path) -> Problem:
    """A project comes from a stranger: it does not say where else on this machine files are written."""
    message, hint = f"{folder.as_posix()} is outside of the project", "name the folder to write to with --out"
    path = library.project / PROJECT_FILE
    if not os.path.lexists(path):
        return Problem("outside-project", message, None, hint)
    toml_file = read_toml(path, library.show(path))
    return toml_file.problem("outside-project", message, toml_file.mark(("out",)), hint)


def _paper_twice(library: Library) -> Problem:
    line = next(key.line for key in library.house.keys if key.name == "paper")
    mark = Mark(library.show(library.project / library.house.id), line, 1)
    hint = f"keep one of 'paper' here and 'papers' in {PROJECT_FILE}"
    return with_excerpt(Problem("bad-value", f"{PROJECT_FILE} already says which papers are made", mark, hint))


def _selection(
    library: Library, settings: ProjectFile, audiences: Sequence[str], documents: Sequence[str]
) -> Selection:
    root = library.project
    packs = tuple(str(root / name) if os.path.isfile(root / name / "pack.yaml") else name for name in settings.packs)
    return Selection(
        packs,
        settings.audiences and (*settings.audiences, *audiences),
        tuple(name for name in settings.audiences_off if name not in audiences),
        () if documents else settings.documents,
        settings.papers or tuple(filter(None, [library.house.paper])),
        settings.language or "",
    )
