"""A path of a stranger's project -> the content of a regular file inside it; a folder -> the regular files in it.

The only module that opens the files of a project: see docs/security.md. Whatever could wait, never end or lead
elsewhere is refused: named pipes, devices, sockets, files over a limit, links that leave the folder. It imports only
`os` and `stat`: a run with nothing to do needs it too.
"""

import errno
import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    AnyPath = str | os.PathLike[str]

MAX_BYTES = 32_000_000  # of any file that is read; a caller may allow less or more
MAX_OUTPUT = 500_000_000  # of a file that a build made
MAX_FILES = 20_000  # that are listed below one folder
_MAX_DEPTH = 20
_KINDS = {
    stat.S_IFIFO: "a named pipe, which has no content of its own",
    stat.S_IFSOCK: "a socket, which has no content of its own",
    stat.S_IFCHR: "a device, which has no content of its own",
    stat.S_IFBLK: "a device, which has no content of its own",
}
# Not waiting for a writer, and not following a link that took the file's place since it was looked at.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_FLAGS |= getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


class RefusedError(OSError):
    """A path that exists and is not read. `strerror` says why, as "this is a named pipe"."""

    def __init__(self, reason: str, path: "AnyPath", number: int = errno.EINVAL) -> None:
        super().__init__(number, reason, os.fspath(path))


class TooLargeError(RefusedError):
    """A file with more bytes than are read."""


def read_bytes(path: "AnyPath", inside: "AnyPath | None" = None, limit: int = MAX_BYTES) -> bytes:
    """The content of a regular file. Links are followed, with `inside` only within that folder.

    Raises RefusedError, and OSError where the system refuses.
    """
    with open_file(path, inside, limit) as file:
        content: bytes = file.read(limit + 1)
    if len(content) > limit:  # it grew since it was opened
        raise TooLargeError(_over(limit), path, errno.EFBIG)
    return content


def read_text(path: "AnyPath", inside: "AnyPath | None" = None, limit: int = MAX_BYTES, errors: str = "strict") -> str:
    """The text of a regular file in UTF-8, with every line end as a line feed. Raises UnicodeDecodeError too."""
    text = read_bytes(path, inside, limit).decode("utf-8", errors)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def open_file(path: "AnyPath", inside: "AnyPath | None" = None, limit: int = MAX_BYTES):  # type: ignore[no-untyped-def]
    """A regular file, open for reading bytes. Raises OSError."""
    try:
        real = os.path.realpath(path)
        _require_regular(os.lstat(real), path)
    except FileNotFoundError:
        if os.path.islink(path):
            raise RefusedError("this link leads nowhere", path, errno.ENOENT) from None
        raise
    except ValueError:  # a NUL or a lone surrogate, which no name of a file has
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), repr(path)) from None
    if inside is not None and not is_below(real, os.path.realpath(inside)):
        raise RefusedError("this link leads out of the project", path, errno.EPERM)
    handle = os.open(real, _FLAGS)
    try:
        found = os.fstat(handle)
        _require_regular(found, path)
        if found.st_size > limit:
            raise TooLargeError(_over(limit), path, errno.EFBIG)
    except BaseException:
        os.close(handle)
        raise
    # From here on the file closes it. A second close would fail, and its OSError take the place of a KeyboardInterrupt.
    return os.fdopen(handle, "rb")


def _require_regular(found: os.stat_result, path: "AnyPath") -> None:
    if stat.S_ISLNK(found.st_mode):  # to itself, or through too many others
        raise RefusedError("this link leads nowhere", path, errno.ELOOP)
    if not stat.S_ISREG(found.st_mode):
        kind = _KINDS.get(stat.S_IFMT(found.st_mode), "not a file")
        raise RefusedError(f"this is {kind}", path, errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.EINVAL)


def _over(limit: int) -> str:
    return f"the file is over {limit // 1000:,} kB"


def is_below(path: str, folder: str) -> bool:
    """Whether a resolved path is the resolved `folder` or below it."""
    return path == folder or path.startswith(os.path.join(folder, ""))


def is_closed(folder: "AnyPath") -> bool:
    """Whether this is a folder that may not be read."""
    return os.path.isdir(folder) and not os.access(folder, os.R_OK | os.X_OK)


def is_plain_file(path: "AnyPath") -> bool:
    """Whether a path is a regular file itself, and no link to one."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False


def root_of(folder: "AnyPath") -> str:
    """The folder that no link in a folder of data may leave: of `PROJECT/data/pond` the project, else itself."""
    folder = os.path.abspath(folder)
    above, name = os.path.split(os.path.dirname(folder))
    return above if name == "data" else folder


def names_in(folder: "AnyPath", suffix: str = "", inside: "AnyPath | None" = None) -> list[str]:
    """The sorted names of the regular files in a folder that end with `suffix`; none if it cannot be read.

    A link counts if it leads to a regular file within `inside`, by default the folder.
    """
    root = os.path.realpath(folder if inside is None else inside)
    return sorted(entry.name for entry in _entries(folder) if entry.name.endswith(suffix) and _is_regular(entry, root))


def listing(folder: "AnyPath", suffix: str = "") -> list[str]:
    """The sorted names of whatever is in a folder, odd files and links too; none if it cannot be read."""
    return sorted(entry.name for entry in _entries(folder) if entry.name.endswith(suffix))


def walk(folder: "AnyPath", inside: "AnyPath | None" = None, unreadable: "list[str] | None" = None) -> "Iterator[str]":
    """The paths of the regular files below a folder, sorted, the files of a folder before those in its folders.

    Links to folders are not followed, and links to files only within `inside`, by default the folder. It ends after
    MAX_FILES. Folders that may not be read are added to `unreadable`.
    """
    root = os.path.realpath(folder if inside is None else inside)
    waiting, found = [(os.fspath(folder), 0)], 0
    while waiting:
        here, depth = waiting.pop()
        entries = sorted(_entries(here), key=lambda entry: entry.name)
        if unreadable is not None and not entries and is_closed(here):
            unreadable.append(here)
        for entry in entries:
            if _is_regular(entry, root):
                found += 1
                if found > MAX_FILES:
                    return
                yield entry.path
        if depth < _MAX_DEPTH:
            waiting += [(entry.path, depth + 1) for entry in reversed(entries) if _is_folder(entry)]


def _entries(folder: "AnyPath") -> "list[os.DirEntry[str]]":
    """What is in a folder, up to MAX_FILES; nothing if it cannot be read."""
    found: list[os.DirEntry[str]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                found.append(entry)
                if len(found) >= MAX_FILES:
                    break
    except (OSError, ValueError):
        return []
    return found


def _is_regular(entry: "os.DirEntry[str]", root: str) -> bool:
    try:
        if not entry.is_symlink():
            return entry.is_file(follow_symlinks=False)
        real = os.path.realpath(entry.path)
        return is_below(real, root) and is_plain_file(real)
    except OSError:
        return False


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def replace_file(path: "AnyPath", content: bytes) -> None:
    """Write a file whole or not at all: a reader sees the old content or the new one. Raises OSError."""
    part = write_part(os.path.dirname(path) or ".", content)
    try:
        os.replace(part, path)
    except BaseException:
        remove_quietly(part)
        raise


PART = (".briefings-", ".part")  # what names of files that are being written begin and end with


def write_part(folder: "AnyPath", content: bytes) -> str:
    """Write a new file in a folder, under a name that nothing has; return its path. Raises OSError.

    It is in the folder of its final place, because a rename is atomic only within one file system.
    """
    path = os.path.join(folder, f"{PART[0]}{os.urandom(8).hex()}{PART[1]}")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS & ~os.O_RDONLY, 0o666)
    try:
        left = memoryview(content)
        while left:  # the system may write less than all at once
            left = left[os.write(handle, left) :]
    except BaseException:
        remove_quietly(path)
        raise
    finally:
        os.close(handle)
    return path


def is_part(name: str) -> bool:
    """Whether this is a name that `write_part` gives."""
    digits = name.removeprefix(PART[0]).removesuffix(PART[1])
    return name == f"{PART[0]}{digits}{PART[1]}" and len(digits) == 16 and not set(digits) - set("0123456789abcdef")


def remove_quietly(path: "AnyPath") -> None:
    """Remove a file, if that is possible."""
    try:  # contextlib would have to be imported
        os.unlink(path)
    except OSError:
        return
