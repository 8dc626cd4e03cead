"""A temporary folder of this process, which is removed with it, or by a later run if the process was killed."""

import os
import shutil
import tempfile
from contextlib import suppress

try:
    import fcntl
except ImportError:  # Windows has no flock: there, what a killed process leaves stays until somebody removes it
    fcntl = None  # type: ignore[assignment]

PREFIX = "briefings-"
_MARKER = "temporary-folder-of-briefings"  # a file in each, so that no other folder is ever removed


class TemporaryFolder(tempfile.TemporaryDirectory[str]):
    """A folder that is locked as long as the process runs: the system ends the lock even of a killed one."""

    def __init__(self) -> None:
        super().__init__(prefix=PREFIX, ignore_cleanup_errors=True)
        self._lock = -1
        if fcntl:
            self._lock = os.open(self.name, os.O_RDONLY)
            with suppress(OSError):  # a file system without locks
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.close(os.open(os.path.join(self.name, _MARKER), os.O_CREAT | os.O_WRONLY, 0o600))

    def cleanup(self) -> None:
        """Remove the folder, and then end its lock."""
        super().cleanup()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def remove_left_behind() -> None:
    """Remove the temporary folders of processes that were killed. Those of running ones are locked."""
    if not fcntl:
        return
    # Not tempfile.gettempdir(), which tries to write a file first.
    folder = tempfile.tempdir or os.environ.get("TMPDIR") or "/tmp"
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX):
                with suppress(OSError):
                    _remove_unless_locked(entry)


def _remove_unless_locked(entry: "os.DirEntry[str]") -> None:
    is_ours = entry.is_dir(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_uid == os.getuid()
    if not is_ours or not os.path.isfile(os.path.join(entry.path, _MARKER)):
        return
    lock = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises BlockingIOError while its process runs
        shutil.rmtree(entry.path, ignore_errors=True)
    finally:
        os.close(lock)
