"""Contents -> files, each whole or not at all; and one build at a time in a folder."""

import contextlib
import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from ..problems import Problem, ProblemError

try:
    import fcntl
except ImportError:  # Windows: two builds into one folder are then the user's to avoid
    fcntl = None  # type: ignore[assignment]

PART = ".part"  # what is not yet whole is called .NAME.part


def write_atomically(files: Mapping[Path, bytes] | Iterable[tuple[Path, bytes]]) -> tuple[Path, ...]:
    """Write files whole: a reader sees the old one or the new one. Raises ProblemError, with none written.

    They are taken one by one and stand in the memory one at a time.
    """
    parts: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items() if isinstance(files, Mapping) else files:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
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
    """The Problem of a file that cannot be written."""
    reason = (error.strerror or str(error)).lower()
    hint = "free the place, or write elsewhere with --out DIR"
    return ProblemError([Problem("not-written", f"cannot write {path}: {reason}", None, hint)])


def remove_leftovers(folder: Path) -> None:
    """Remove what a build that was killed left unfinished. Only under `lock_folder`."""
    for part in folder.glob(f".*{PART}"):
        with contextlib.suppress(OSError):
            part.unlink()


@contextlib.contextmanager
def lock_folder(folder: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold an output folder, and wait for whoever holds it. It is made, and where it stays empty it goes again.

    The lock is the system's: it ends with the process however that ends, and leaves no file behind.
    """
    made = [place for place in (folder, *folder.parents) if not place.exists()]
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
            os.close(handle)
        for place in made:
            with contextlib.suppress(OSError):
                place.rmdir()


def _lock(handle: int, folder: Path, say: Callable[[str], None]) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(f"another build is writing into {folder}; this one waits for it")
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:  # a file system without locks
        pass
