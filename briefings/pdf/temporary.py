"""A temporary folder of this process, which is removed with it, or by a later run if the process was killed."""

import os
import re
import shutil
import tempfile
import weakref
from contextlib import suppress

try:
    import fcntl
except ImportError:  # Windows has no flock: there, what a killed process leaves stays until somebody removes it
    fcntl = None  # type: ignore[assignment]

PREFIX = "briefings-tmp-"
_NEW = "briefings-new-"
_NAME = re.compile(rf"{PREFIX}[a-z0-9_]{{8}}")


class TemporaryFolder:
    """A folder that is locked as long as the process runs: the system ends the lock even of a killed one.

    It gets its name once it is locked, so whatever has such a name and no lock was left behind. `name` is its path.
    """

    def __init__(self) -> None:
        new = tempfile.mkdtemp(prefix=_NEW)
        lock = _locked(new)
        self.name = os.path.join(os.path.dirname(new), os.path.basename(new).replace(_NEW, PREFIX, 1))
        os.rename(new, self.name)
        self._end = weakref.finalize(self, _remove, self.name, lock)  # also when the program ends

    def cleanup(self) -> None:
        """Remove the folder, and then end its lock."""
        self._end()


def _locked(folder: str) -> int:
    """An open handle that locks a folder, or -1 where there are no locks."""
    if not fcntl:
        return -1
    handle = os.open(folder, os.O_RDONLY)
    with suppress(OSError):  # a file system without locks
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return handle


def _remove(folder: str, lock: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if lock >= 0:
        os.close(lock)


def remove_left_behind() -> None:
    """Remove the temporary folders of processes that were killed. Those of running ones are locked."""
    if not fcntl:
        return
    # Not tempfile.gettempdir(), which tries to write a file first.
    folder = tempfile.tempdir or os.environ.get("TMPDIR") or "/tmp"
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name):
                with suppress(OSError):
                    _remove_unless_locked(entry)


def _remove_unless_locked(entry: "os.DirEntry[str]") -> None:
    if not entry.is_dir(follow_symlinks=False) or entry.stat(follow_symlinks=False).st_uid != os.getuid():
        return
    lock = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises BlockingIOError while its process runs
        shutil.rmtree(entry.path, ignore_errors=True)
    finally:
        os.close(lock)
