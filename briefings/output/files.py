"""Contents -> files, each written whole or not at all; and a lock that lets one build at a time write to a folder."""

import contextlib
import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from ..problems import Problem, ProblemError

try:
    import fcntl
except ImportError:  # Windows has no flock: there, users must not run two builds into one folder at once
    fcntl = None  # type: ignore[assignment]

PART = ".part"  # a file that is being written is called .NAME.part


def write_atomically(files: Mapping[Path, bytes] | Iterable[tuple[Path, bytes]]) -> tuple[Path, ...]:
    """Write files atomically: a reader sees the old content or the new one. Returns the paths.

    First every content is written to a temporary file, then each is renamed into place. Raises ProblemError; if any
    content cannot be written, no file is replaced. Pass an iterator to hold only one content in memory at a time.
    """
    parts: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items() if isinstance(files, Mapping) else files:
            path.parent.mkdir(parents=True, exist_ok=True)
            # os.replace would find this out too late, when the files before it are already replaced.
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            # In the same folder, because a rename is atomic only within one file system.
            parts[path] = path.with_name(f".{path.name}{PART}")
            parts[path].write_bytes(content)
        written = tuple(parts)
        for path in written:
            os.replace(parts[path], path)
            del parts[path]
    except OSError as error:
        raise write_error(path, error) from None
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink()
    return written


def write_error(path: Path, error: OSError) -> ProblemError:
    """The ProblemError for a file that cannot be written."""
    reason = (error.strerror or str(error)).lower()
    hint = "check the path, its permissions and the free space, or write to another folder with --out DIR"
    return ProblemError([Problem("not-written", f"cannot write {path}: {reason}", None, hint)])


def remove_leftovers(folder: Path) -> None:
    """Remove temporary files that a killed build left behind.

    Call it only inside `lock_folder`: without the lock they may belong to a build that is still running.
    """
    for part in folder.glob(f".*{PART}"):
        with contextlib.suppress(OSError):
            part.unlink()


@contextlib.contextmanager
def lock_folder(folder: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Lock an output folder, waiting for a build that holds it; `say` reports the wait. Raises ProblemError.

    The folder is created if it is missing, and removed again if it is still empty at the end. The lock is the
    operating system's, on the folder itself: it ends with the process, even a killed one, and needs no lock file.
    """
    created = [path for path in (folder, *folder.parents) if not path.exists()]
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
    # Try without waiting first, only to be able to report that there will be a wait.
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(f"waiting for another build that writes to {folder}")
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:  # some network file systems have no locks: build without one
        pass
