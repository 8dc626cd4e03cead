"""A Library -> what a worker of a cluster needs of it, as archives that are named by their digests.

There are the engine, which is this package with its templates, the project's own templates, themes and pictures, and
values that many tasks need. The first two have no data: a page has all that it says. Equal contents make equal bytes,
so a worker that has a digest needs nothing again.
"""

import io
import os
import pickle
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ...house_style import STYLE_FILE
from ...library import Library, shipped
from ...problems import Mark, Problem, ProblemError
from ...safe_files import read_bytes, walk
from ..ledger import digest

VALUE = "value"  # the file of an archive that holds a pickled value
_DATE = (1980, 1, 1, 0, 0, 0)  # of every file: the time of a copy must not change the digest


@dataclass(frozen=True)
class Archive:
    """Files to be unpacked into a folder called `digest`. `folders` are (name in it, folder of this machine)."""

    content: bytes
    digest: str
    folders: tuple[tuple[str, Path], ...]

    def here(self, name: str) -> Path | None:
        """The file of this machine that has this name where the archive is unpacked; None if it is of no archive."""
        inside = name.removeprefix(f"{self.digest}/")
        found = (path / inside.removeprefix(f"{folder}/") for folder, path in self.folders if _is_in(inside, folder))
        return next(found, None) if inside != name else None


def _is_in(name: str, folder: str) -> bool:
    return name.startswith(f"{folder}/")


def engine_archive() -> Archive:
    """The package and its templates. Raises OSError."""
    package = Path(__file__).resolve().parents[2]
    modules = (path for path in walk(package) if path.endswith(".py"))
    templates = shipped() / "templates"
    folders = ("briefings", package), ("templates", templates)
    return _archive(
        [
            *(_named("briefings", package, modules)),
            *(_named("templates", templates, walk(templates))),
        ],
        folders,
    )


def project_archive(library: Library) -> Archive:
    """The templates, themes and pictures that are the project's own. Raises OSError."""
    folders = tuple((f"own-{number}", folder) for number, folder in enumerate(library.own_template_folders))
    files = [named for name, folder in folders for named in _named(name, folder, walk(folder))]
    house = [(f"house-{number}/{path.name}", path) for number, (_, path) in enumerate(library.house.files)]
    pictures = tuple((f"house-{number}", path.parent) for number, (_, path) in enumerate(library.house.files))
    return _archive([*files, *house], (*folders, *pictures))


def value_archive(value: object) -> Archive:
    """A value that can be pickled, in the file `VALUE`."""
    return _archived([(VALUE, pickle.dumps(value))], ())


def library_there(library: Library, archive: Archive) -> Library:
    """The Library as it is beside the folder of its unpacked archive."""
    names = {folder: name for name, folder in archive.folders}
    base = Path(archive.digest)
    files = tuple((name, base / f"house-{n}" / path.name) for n, (name, path) in enumerate(library.house.files))
    house = replace(library.house, files=files, path=base / STYLE_FILE if library.house.path else None)
    own = tuple(base / names[folder] for folder in library.own_template_folders)
    return Library(base, own, library.selection, house)


def problems_here(error: ProblemError, archives: Iterable[Archive], library: Library) -> ProblemError:
    """The problems with the names that this machine has for the files that they name."""
    return ProblemError([_problem_here(problem, archives, library) for problem in error.problems])


def _problem_here(problem: Problem, archives: Iterable[Archive], library: Library) -> Problem:
    mark = problem.mark
    name = os.path.normpath(mark.file).replace(os.sep, "/") if mark else ""
    path = next((path for archive in archives if (path := archive.here(name))), None)
    if mark is None or path is None:
        return problem
    return replace(problem, mark=Mark(library.show(path), mark.line, mark.column))


def _named(name: str, folder: Path, paths: Iterable[str]) -> Iterator[tuple[str, Path]]:
    for path in paths:
        inside = Path(os.path.relpath(path, folder)).as_posix()
        yield f"{name}/{inside}", Path(path)


def _archive(files: Iterable[tuple[str, Path]], folders: tuple[tuple[str, Path], ...]) -> Archive:
    return _archived(((name, read_bytes(path)) for name, path in files), folders)


def _archived(files: Iterable[tuple[str, bytes]], folders: tuple[tuple[str, Path], ...]) -> Archive:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, each in files:
            archive.writestr(zipfile.ZipInfo(name, _DATE), each, zipfile.ZIP_DEFLATED)
    return Archive(content.getvalue(), digest(content.getvalue()), folders)
