"""A folder and a worker of a cluster -> whether both machines have the same folder under that path."""

import os
import secrets
from pathlib import Path

from ...problems import Problem, ProblemError
from ...safe_files import read_bytes, remove_quietly, write_part


def cluster_error(message: str, hint: str) -> ProblemError:
    """The error of a cluster that cannot do the work."""
    return ProblemError([Problem("cluster", message, None, hint)])


def look(token: str) -> str:
    """On a worker: what a file in a shared folder says, written again beside it; "" without one."""
    if not token:
        return ""
    try:
        return write_part(os.path.dirname(token), read_bytes(token))
    except OSError:
        return ""


class Token:
    """A file in a folder, which only who has the same folder can read and answer."""

    def __init__(self, folder: Path) -> None:
        self._content = secrets.token_bytes(32)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.path = write_part(folder, self._content)
        except OSError as error:
            hint = "name a folder that may be written to"
            raise cluster_error(f"cannot write into {folder}: {(error.strerror or str(error)).lower()}", hint) from None

    def is_in(self, path: str) -> bool:
        """Whether a worker's file has this token; the file is removed."""
        if not path or os.path.dirname(path) != os.path.dirname(self.path):
            return False
        try:
            return read_bytes(path) == self._content
        except OSError:
            return False
        finally:
            remove_quietly(path)
