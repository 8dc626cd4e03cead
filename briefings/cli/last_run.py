"""Arguments, and what the last run noted -> "nothing to do", or no answer. Standard library, and little of it.

The note lies in the output folder, one of the last build and one of the last check that found no error. It says under
which arguments, folder, variables and versions which files were read and made, each with size, time and digest, and
which folders were looked into, so that a file that appears is seen too.
"""

import os
import sys
import time
import zlib

FILE_NAMES = {"build": ".briefings-last", "check": ".briefings-last-check"}
HEAD = "briefings-last 1"
MAX_FILES = 5000  # files; whoever has more waits for a look at each
MIN_AGE_NS = 50_000_000  # ns: a file this young may be written again within the same tick of the clock
_VARIABLES = ("FONTCONFIG_", "LANG", "LC_", "LD_", "PANGO", "PYTHON", "SOURCE_DATE_EPOCH", "TZ", "WEASYPRINT")
_LIBRARIES = ("libpango", "libharfbuzz", "libfontconfig", "libfreetype", "libglib", "libgobject")

Stat = tuple[int, int]  # size, time in ns


def print_if_unchanged(arguments: list[str]) -> bool:
    """Whether there is nothing to do; then it is said, with whatever warning the last run had."""
    if not arguments or arguments[0] not in FILE_NAMES:
        return False
    try:
        with open(_note_path(arguments), encoding="utf-8", newline="\n") as file:
            lines = file.read().split("\n")
        if lines[0] != _head(lines[1:]) or lines[1] != "\t".join(_run_environment(arguments)):
            return False
        told, warned = lines[2].replace("\x1e", "\n"), lines[3].replace("\x1e", "\n")
        now = _refresh_if_unchanged(lines[4:])
        if now is None:
            return False
        if now != lines[4:]:  # touched: the next run need not read them again
            _write(_note_path(arguments), lines[1:4] + now)
    except (OSError, ValueError, IndexError):
        return False
    sys.stderr.write(warned)
    sys.stdout.write(told)
    return True


class Snapshot:
    """Size and time of every file in these folders and in theirs, and when they were looked at."""

    def __init__(self, roots: list[str]) -> None:
        self.roots, self.time, self.files = roots, time.time_ns(), _scan(roots)


def record_run(arguments: list[str], snapshot: Snapshot, outputs: list[str], stdout: str, stderr: str) -> None:
    """Note a run that made everything, or found no error, from what was `snapshot` before anything was read.

    `stdout` and `stderr` are what the next run says, if nothing changes until then.
    """
    known, noted = _previous_digests(_note_path(arguments))
    lines = ["\t".join(_run_environment(arguments)), stdout.replace("\n", "\x1e"), stderr.replace("\n", "\x1e")]
    folders = [folder for folder in sys.path if folder and os.path.isdir(folder)]
    lines += [f"in\t{_packages_checksum(folder)}\t{folder}" for folder in folders]
    lines += [f"root\t{root}" for root in snapshot.roots]
    if len(snapshot.files) > MAX_FILES or _scan(snapshot.roots) != snapshot.files:
        return  # something was written meanwhile: the next run shall look
    for path, (size, changed) in snapshot.files.items():
        settled = _trusted_time(changed, snapshot.time)
        digest = known.get(f"{size}\t{settled}\t{path}") if settled and os.stat(path).st_ctime_ns < noted else None
        lines.append(f"file\t{size}\t{settled}\t{digest or _digest(path)}\t{path}")
    for path in outputs:
        stat = os.stat(path)
        lines.append(f"made\t{stat.st_size}\t{stat.st_mtime_ns}\t{_digest(path)}\t{path}")
    for path in _libraries():
        stat = os.stat(path)
        lines.append(f"made\t{stat.st_size}\t{stat.st_mtime_ns}\t\t{path}")
    if all("\n" not in line for line in lines):
        _write(_note_path(arguments), lines)


def _previous_digests(path: str) -> tuple[dict[str, str], int]:
    """The digest of each file in the note before, by size, time and path, and when that was written: a file that the
    system has not seen changed since then, whatever time it was given, is not read again."""
    try:
        with open(path, encoding="utf-8", newline="\n") as file:
            lines, written = file.read().split("\n"), os.fstat(file.fileno()).st_mtime_ns
    except (OSError, ValueError):
        return {}, 0
    if lines[0] != _head(lines[1:]):
        return {}, 0
    parts = (line.split("\t", 4) for line in lines if line.startswith("file\t"))
    return {f"{size}\t{changed}\t{path}": digest for _, size, changed, digest, path in parts}, written


def _write(path: str, lines: list[str]) -> None:
    try:
        with open(path + ".part", "w", encoding="utf-8", newline="\n") as file:
            file.write("\n".join([_head(lines), *lines]))
        os.replace(path + ".part", path)
    except OSError:  # then the next run looks at everything
        pass


def _head(lines: list[str]) -> str:
    return f"{HEAD} {zlib.crc32(chr(10).join(lines).encode()):08x}"


def _note_path(arguments: list[str]) -> str:
    out = "build"
    for place, word in enumerate(arguments):
        if word == "--out":
            out = arguments[place + 1]
        elif word.startswith("--out="):
            out = word[6:]
    return os.path.join(out, FILE_NAMES[arguments[0]])


def _run_environment(arguments: list[str]) -> list[str]:
    variables = [f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith(_VARIABLES)]
    return [os.getcwd(), sys.version.replace("\n", " "), sys.executable, *variables, *arguments]


def _packages_checksum(folder: str) -> str:
    """Which versions of which packages lie there: by the names of their folders."""
    names = sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))
    return f"{zlib.crc32(' '.join(names).encode()):08x}"


def _scan(roots: list[str]) -> dict[str, Stat]:
    found: dict[str, Stat] = {}
    for root in roots:
        _walk(root, found, 0)
    return found


def _walk(folder: str, found: dict[str, Stat], depth: int) -> None:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # not there
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__" and depth < 20:
                _walk(entry.path, found, depth + 1)
        else:
            try:
                stat = entry.stat()
            except OSError:  # a link to nowhere
                continue
            found[entry.path] = (stat.st_size, stat.st_mtime_ns)


def _refresh_if_unchanged(lines: list[str]) -> list[str] | None:
    """The same lines, each with the time its file has now, or None where anything is not as they say."""
    there = _scan([line[5:] for line in lines if line.startswith("root\t")])
    inputs, now = len(there), []
    for line in lines:
        kind, _, rest = line.partition("\t")
        if kind == "in" and _packages_checksum(rest[9:]) != rest[:8]:
            return None
        if kind in ("file", "made"):
            size, changed, digest, path = rest.split("\t", 3)
            if kind == "made":
                stat = os.stat(path)
                there[path] = (stat.st_size, stat.st_mtime_ns)
            else:
                inputs -= 1
            if path not in there or there[path][0] != int(size):
                return None
            if there[path][1] != int(changed):
                if not digest or _digest(path) != digest:
                    return None
                line = f"{kind}\t{size}\t{_trusted_time(there[path][1], time.time_ns())}\t{digest}\t{path}"
        now.append(line)
    return None if inputs else now  # one that appeared


def _trusted_time(changed: int, seen: int) -> int:
    """A file's time, or 0 where it is so young that it could be written again without another time."""
    return changed if changed < seen - MIN_AGE_NS else 0


def _digest(path: str) -> str:
    from hashlib import blake2b  # only for a file that was touched

    with open(path, "rb") as file:
        return blake2b(file.read(), digest_size=16).hexdigest()


def _libraries() -> list[str]:
    """The shared libraries in this process that set type."""
    try:
        with open("/proc/self/maps") as file:
            paths = {line.split(None, 5)[5].strip() for line in file if line.count("/")}
    except OSError:
        return []
    return sorted(path for path in paths if path.startswith("/") and os.path.basename(path).startswith(_LIBRARIES))
