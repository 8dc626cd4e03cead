"""Contents -> files, each written whole or not at all; and a lock that lets one build at a time write to a folder."""

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from ..problems import Problem, ProblemError
from ..processes.messages import NOTICE
from ..safe_files import is_part, names_in, remove_quietly, write_part

try:
    import fcntl
except ImportError:  # Windows has no flock: there, users must not run two builds into one folder at once
    fcntl = None  # type: ignore[assignment]


def write_atomically(
    files: Mapping[Path, bytes] | Iterable[tuple[Path, bytes]], inside: Path | None = None
) -> tuple[Path, ...]:
    """Write files atomically: a reader sees the old content or the new one. Returns the paths.

    First every content is written to a temporary file, then each is renamed into place. Raises ProblemError; if any
    content cannot be written, no file is replaced. Pass an iterator to hold only one content in memory at a time. No
    folder below `inside` may be a link: what is written stays in that folder.
    """
    parts: dict[Path, str] = {}
    path = Path()
    try:
        for path, content in files.items() if isinstance(files, Mapping) else files:
            if inside is not None:
                require_own_folder(path.parent, inside)
            path.parent.mkdir(parents=True, exist_ok=True)
            # os.replace would find this out too late, when the files before it are already replaced.
            if os.path.isdir(path) and not os.path.islink(path):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            parts[path] = write_part(path.parent, content)
        written = tuple(parts)
        for path in written:
            os.replace(parts[path], path)
            del parts[path]
    except OSError as error:
        raise write_error(path, error) from None
    finally:
        for part in parts.values():
            remove_quietly(part)
    return written


def require_own_folder(folder: Path, inside: Path) -> None:
    """Raise ProblemError if a folder below `inside`, or one between them, is a link: it may lead anywhere."""
    for each in (folder, *folder.parents):
        if each == inside or inside not in each.parents:
            return
        if os.path.islink(each):
            hint = "remove the link, or name the folder that it leads to with --out DIR"
            raise ProblemError([Problem("not-written", f"cannot write into {each}: it is a link", None, hint)])


def write_error(path: Path, error: OSError) -> ProblemError:
    """The ProblemError for a file that cannot be written."""
    reason = (error.strerror or str(error)).lower()
    hint = "check the path, its permissions and the free space, or write to another folder with --out DIR"
    return ProblemError([Problem("not-written", f"cannot write {path}: {reason}", None, hint)])


def remove_leftovers(folder: Path) -> None:
    """Remove temporary files that a killed build left behind; their names are of no other program.

    Call it only inside `lock_folder`: without the lock they may belong to a build that is still running.
    """
    for name in names_in(folder):
        if is_part(name):
            remove_quietly(folder / name)


@contextlib.contextmanager
def lock_folder(folder: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Lock an output folder, waiting for a build that holds it; `say` reports the wait. Raises ProblemError.

    The folder is created if it is missing, and removed again if it is still empty at the end. The lock is the
    operating system's, on the folder itself: it ends with the process, even a killed one, and needs no lock file.
    """
    created = [path for path in (folder, *folder.parents) if not os.path.lexists(path)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY) if fcntl else -1
    except OSError as error:
        raise write_error(folder, error) from None
    try:
        if fcntl:
            _lock(handle, folder, say)
        yield
    finally:
        if fcntl:
            os.close(handle)  # this also releases the lock
        # rmdir refuses a folder that is not empty, so this removes only what is unused.
        for path in created:
            with contextlib.suppress(OSError):
                path.rmdir()


def _lock(handle: int, folder: Path, say: Callable[[str], None]) -> None:
    told = False
    while True:  # and not in one call: see NOTICE
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if not told:
                say(f"waiting for another build that writes to {folder}")
            told = True
            time.sleep(NOTICE)
        except OSError:  # some network file systems have no locks: build without one
            return
