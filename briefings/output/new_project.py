"""A folder -> a new project in it, copied from the starter: complete, or with the fewest files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..composing.project import UsageError
from ..library import shipped
from ..reference.json_schema import SCHEMA_FOLDER, schema_files
from ..safe_files import read_bytes, replace_file, walk

_GENERATED = ("build", SCHEMA_FOLDER)  # in a checkout, where the starter may have been built in place


def new_project(folder: Path, *, blank: bool = False) -> tuple[Path, ...]:
    """Write a project to `folder`, and return the paths of its files.

    Raises UsageError, before anything is written, if a file would be overwritten; or if the folder cannot be written,
    and then leaves nothing there.
    """
    starter = shipped() / "starter" / ("blank" if blank else "example")
    names = [Path(path).relative_to(starter) for path in sorted(walk(starter))]
    files = {folder / name: read_bytes(starter / name) for name in names if name.parts[0] not in _GENERATED}
    files |= {folder / name: content.encode() for name, content in schema_files().items()}
    taken = [path.as_posix() for path in files if os.path.lexists(path)]
    if taken:
        more = f" and {len(taken) - 1} more" if len(taken) > 1 else ""
        raise UsageError(f"{taken[0]}{more} would be overwritten; name a new folder")
    try:
        with _all_or_none() as made:
            for path, content in files.items():
                made += _make_folders(path.parent)
                made.append(path)
                replace_file(path, content)
    except OSError as error:
        raise UsageError(f"cannot write {error.filename}: {(error.strerror or str(error)).lower()}") from None
    return tuple(files)


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; return those that were not there, the outermost first."""
    missing = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


@contextmanager
def _all_or_none() -> Iterator[list[Path]]:
    """A list for the files and folders that are made: if the rest fails, or on Ctrl-C, they are removed again.

    A half project would be in the way of the next try, which overwrites nothing.
    """
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in reversed(made):
            for remove in (path.unlink, path.rmdir):
                with suppress(OSError):  # it is the other kind, was not written, or somebody put a file into the folder
                    remove()
        raise
