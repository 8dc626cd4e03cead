"""A data file -> its text. Errors -> Problem."""

from pathlib import Path

from ..limits import MAX_BYTES
from ..problems import Mark, Problem, ProblemError
from ..safe_files import RefusedError, TooLargeError, read_bytes, root_of


def read_text(path: Path, name: str, inside: Path | None = None) -> str:
    """The text of a data file, called `name` in problems. Raises ProblemError.

    No link may lead out of `inside`, by default the project or the pack that the file is in.
    """
    try:
        raw = read_bytes(path, inside or root_of(path.parent), MAX_BYTES)
    except OSError as error:
        raise ProblemError([_unreadable(error, name)]) from None
    try:
        return raw.decode("utf-8-sig")  # with or without a byte order mark
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        mark = Mark(name, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        message = f"the file is not UTF-8: byte 0x{raw[error.start]:02x}"
        raise ProblemError([Problem("not-utf8", message, mark, "save it as UTF-8")]) from None


def _unreadable(error: OSError, name: str) -> Problem:
    reason, mark = error.strerror or str(error), Mark(name, 1, 1)
    if isinstance(error, TooLargeError):
        return Problem("too-large", reason, mark, "split it")
    if isinstance(error, RefusedError):
        return Problem("unreadable", reason, mark, "put a text file here")
    return Problem("unreadable", f"cannot read the file: {reason.lower()}", mark)
