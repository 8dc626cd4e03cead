"""Files of a handout -> a folder with them, each written whole, and without those of an earlier handout."""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path

from ...problems import Problem, ProblemError
from ...safe_files import read_text
from ..files import write_atomically
from ..folder import current_digest
from ..ledger import digest

RECORD = ".briefings-handout.json"  # what an earlier handout wrote, by name: only that may be replaced or removed


def write_handout(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> tuple[tuple[Path, ...], int]:
    """Write `files`, by their names below `folder`, and remove what an earlier handout wrote and this one does not.

    Returns the removed files and how many were written because they were new or other. A file that somebody else
    wrote or edited is kept, unless `force` is set. Raises ProblemError before anything is written.
    """
    recorded = _read_record(folder)
    on_disk = {name: current_digest(folder / name) for name in {*files, *recorded}}
    if not force:
        foreign = [
            name for name, content in files.items() if on_disk[name] not in (None, recorded.get(name), digest(content))
        ]
        if foreign:
            raise ProblemError([_not_ours(folder / name) for name in foreign])
    changed = {name: content for name, content in files.items() if on_disk[name] != digest(content)}
    stale = [name for name, known in recorded.items() if name not in files and on_disk[name] == known]
    record = {name: digest(content) for name, content in sorted(files.items())}
    kept = {name: known for name, known in recorded.items() if name not in files and on_disk[name] not in (None, known)}
    write_atomically({folder / name: content for name, content in changed.items()}, inside=folder)
    for name in stale:
        _remove(folder / name, folder)
    text = json.dumps({"files": dict(sorted({**record, **kept}.items()))}, indent=1) + "\n"
    if _text(folder / RECORD) != text:
        write_atomically({folder / RECORD: text.encode()}, inside=folder)
    return tuple(folder / name for name in stale), len(changed)


def _read_record(folder: Path) -> dict[str, str]:
    """The digests of an earlier handout by name; none if there is no record, or one that nobody can read."""
    try:
        files = json.loads(_text(folder / RECORD) or "{}").get("files", {})
        return {str(name): str(known) for name, known in files.items() if _is_inside(str(name))}
    except (ValueError, AttributeError):
        return {}


def _is_inside(name: str) -> bool:
    """Whether a name is that of a file below the folder: a record is a file that anybody can write."""
    return name.isprintable() and all(part and part[0] != "." and "\\" not in part for part in name.split("/"))


def _text(path: Path) -> str:
    try:
        return read_text(path, path.parent)
    except (OSError, UnicodeDecodeError):
        return ""


def _not_ours(path: Path) -> Problem:
    message = f"{path} was edited, or is not of an earlier handout"
    return Problem("edited-by-hand", message, None, "move it away, or replace it with --force")


def _remove(path: Path, folder: Path) -> None:
    """Remove a file, and its folder if it becomes empty."""
    try:
        path.unlink()
    except OSError as error:
        raise ProblemError([Problem("not-removed", f"cannot remove {path}: {error.strerror}")]) from None
    if path.parent != folder:
        with contextlib.suppress(OSError):
            path.parent.rmdir()
