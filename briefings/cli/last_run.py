"""Arguments and the record of the last run -> the output of a run with nothing to do, or no answer.

The last build, and the last check without an error, each leave a record in the output folder: the arguments, working
directory, environment variables and versions of the run, each file read or made with its size, time and digest, and
the folders that were searched, so that a new file is noticed too. If all of it still holds, a new run would do
nothing, and its output is printed from the record. In every doubtful case there is no answer and the command runs.

Times are trusted here, which the ledger does not do: reading hundreds of files would take longer than the rest. They
are if the file was clearly older than the look at it; else its digest is compared. Imports are most of such a run.
"""

import marshal
import os
import sys
import time

from ..project_root import PROJECT_FILE, find_root
from ..safe_files import is_plain_file, read_bytes, replace_file

FILE_NAMES = {"build": ".briefings-last", "check": ".briefings-last-check"}
HEAD = "briefings-last 3"
MAX_FILES = 20_000  # with more files in the folders, nothing is recorded
MAX_DEPTH = 20
MAX_DIGESTED = 64_000_000  # bytes: no command reads a larger file, so its content does not matter
MIN_AGE_NS = 50_000_000  # a younger file may be written again within the same tick of the file system's clock
# Prefixes of environment variables and libraries that can change what is made.
_VARIABLES = ("FONTCONFIG_", "LANG", "LC_", "LD_", "PANGO", "PYTHON", "SOURCE_DATE_EPOCH", "TZ", "WEASYPRINT")
_LIBRARIES = ("libpango", "libharfbuzz", "libfontconfig", "libfreetype", "libglib", "libgobject")

Stat = tuple[int, int, int, int]  # size in bytes, times of modification and of change in ns, number of the file


def print_if_unchanged(arguments: list[str]) -> bool:
    """Print the recorded output, warnings included, if nothing changed since the last run; return whether it did."""
    if not arguments or arguments[0] not in FILE_NAMES:
        return False
    try:
        head, _, content = read_bytes(_record_path(arguments)).partition(b"\n")
        lines = ["", *content.decode().split("\n")]
        if head.decode() != f"{HEAD} {_checksum(content)}" or lines[1] != "\t".join(_run_environment(arguments)):
            return False
        stdout, stderr = lines[2].replace("\x1e", "\n"), lines[3].replace("\x1e", "\n")
        said = (stdout + stderr).replace("\n", "")  # we print nothing that a terminal obeys
        if not (said.isascii() and said.isprintable()):
            from ..visible import is_visible  # here, since nearly always it is

            if not is_visible(said):
                return False
        refreshed = _refresh_if_unchanged(lines[4:])
        if refreshed is None:
            return False
        # Files with a new time and the old content: record the new times, so that the next run need not read them.
        if refreshed != lines[4:]:
            _write(_record_path(arguments), lines[1:4] + refreshed)
    # A missing or damaged record, or a file that disappeared: no answer.
    except (OSError, ValueError, IndexError):
        return False
    sys.stderr.write(stderr)
    sys.stdout.write(stdout)
    return True


class Snapshot:
    """Size and time of every file in these folders, recursively, and the time at which the scan began."""

    def __init__(self, roots: list[str]) -> None:
        self.roots, self.time, self.files = roots, time.time_ns(), _scan(roots)


def record_run(arguments: list[str], snapshot: Snapshot, outputs: list[str], stdout: str, stderr: str) -> None:
    """Record a run that made everything, or found no error. `snapshot` was taken before it read any file.

    `stdout` and `stderr` are the output of the next run if nothing changes until then. A line break in them is stored
    as the ASCII record separator (0x1E), because the record has one line per value.
    """
    try:
        _record_run(arguments, snapshot, outputs, stdout, stderr)
    except OSError:  # a file went since, such as with the whole output folder: the next run reads everything
        return


def _record_run(arguments: list[str], snapshot: Snapshot, outputs: list[str], stdout: str, stderr: str) -> None:
    place = _record_path(arguments)
    if not os.path.isdir(os.path.dirname(place) or "."):
        return  # before hundreds of files are read: a check makes no output folder
    known, recorded = _previous_digests(place)
    lines = ["\t".join(_run_environment(arguments)), stdout.replace("\n", "\x1e"), stderr.replace("\n", "\x1e")]
    # a package that is installed or updated changes these names
    folders = [folder for folder in sys.path if folder and os.path.isdir(folder)]
    lines += [f"in\t{_packages_checksum(folder)}\t{folder}" for folder in folders]
    lines += [f"root\t{root}" for root in snapshot.roots]
    if len(snapshot.files) > MAX_FILES or _scan(snapshot.roots) != snapshot.files:
        return  # a file was saved during the run: the next run must read everything
    for path, stat in snapshot.files.items():
        trusted = _trusted_state(stat, snapshot.time)
        digest = known.get(f"{stat[0]}\t{trusted}\t{path}") if trusted and max(stat[1:3]) < recorded else None
        lines.append(f"file\t{stat[0]}\t{trusted}\t{digest or _digest(path)}\t{path}")
    for path in outputs:
        stat = _stat(os.stat(path))
        lines.append(f"made\t{stat[0]}\t{_state(stat)}\t{_digest(path)}\t{path}")
    for path in _libraries():  # without a digest: one with another time counts as changed, and need not be read
        stat = _stat(os.stat(path))
        lines.append(f"made\t{stat[0]}\t{_state(stat)}\t\t{path}")
    old = all(_trusted_state(stat, snapshot.time) for stat in snapshot.files.values())
    lines += [_scan_line(snapshot.files)] if old else []
    # A path may contain a line break; such a record could not be read back.
    if all("\n" not in line for line in lines):
        _write(place, lines)


def _previous_digests(path: str) -> tuple[dict[str, str], int]:
    """({"size, state and path": digest} from the previous record, the time in ns at which it was written).

    A file that did not change since then need not be read again.
    """
    try:
        written = os.stat(path).st_mtime_ns  # before reading: a record that is replaced meanwhile is younger
        lines = read_bytes(path).decode().split("\n")
    except (OSError, ValueError):
        return {}, 0
    if lines[0] != _head(lines[1:]):
        return {}, 0
    parts = (line.split("\t", 4) for line in lines if line.startswith("file\t"))
    return {f"{size}\t{state}\t{path}": digest for _, size, state, digest, path in parts}, written


def _write(path: str, lines: list[str]) -> None:
    try:
        # A file of this name that somebody else made, or a link, is left alone.
        if not os.path.lexists(path) or (is_plain_file(path) and read_bytes(path).startswith(b"briefings-last ")):
            replace_file(path, "\n".join([_head(lines), *lines]).encode())
    except (OSError, ValueError):  # for example, no output folder: then the next run reads everything
        pass


def _head(lines: list[str]) -> str:
    return f"{HEAD} {_checksum(chr(10).join(lines).encode())}"


def _checksum(content: bytes) -> str:
    """20 signs: a remainder by a large prime, which needs no import. That of `zlib` takes longer than all of it."""
    return f"{len(content) % 2**16:04x}{hash(int.from_bytes(content, 'little')):016x}"


def _record_path(arguments: list[str]) -> str:
    # click is not imported yet, so find options by hand. A wrong guess finds no record, or one of other arguments.
    out = _option(arguments, "--out")
    if not out:
        root = "." if "--sample" in arguments else _option(arguments, "--project") or find_root() or "."
        out = os.path.join(root, "build" if "--sample" in arguments else _project_out(root))
    return os.path.join(out, FILE_NAMES[arguments[0]])


def _option(arguments: list[str], name: str) -> str:
    """The value of an option, or ""."""
    for index, argument in enumerate(arguments):
        if argument == name:
            return arguments[index + 1]
        if argument.startswith(name + "="):
            return argument[len(name) + 1 :]
    return ""


def _project_out(root: str) -> str:
    """The output folder that a project file names; `tomllib` would take longer to import than the whole answer."""
    try:
        text = read_bytes(os.path.join(root, PROJECT_FILE)).decode()
        lines = [line.split("=", 1)[1] for line in text.split("\n") if line.startswith("out") and "=" in line]
    except (OSError, ValueError):
        return "build"
    return lines[0].split("#")[0].strip().strip("\"'") if lines else "build"


def _run_environment(arguments: list[str]) -> list[str]:
    variables = [f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith(_VARIABLES)]
    return [os.getcwd(), sys.version.replace("\n", " "), sys.executable, *variables, *arguments]


def _packages_checksum(folder: str) -> str:
    """A checksum of the packages in a folder and their versions, from names such as weasyprint-70.0.dist-info."""
    return _checksum(" ".join(sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))).encode())


def _scan(roots: list[str]) -> dict[str, Stat]:
    found: dict[str, Stat] = {}
    for root in roots:
        try:
            here = os.stat(root)
        except OSError:  # it does not exist
            continue
        _walk(root, found, {(here.st_dev, here.st_ino)}, 0)
    return found


def _walk(folder: str, found: dict[str, Stat], seen: set[tuple[int, int]], depth: int) -> None:
    """Add the files below a folder to `found`. `seen` are the folders that were searched: links lead in circles."""
    try:
        entries = [entry for entry in os.scandir(folder) if entry.name != "__pycache__"]
    except NotADirectoryError:  # a single file, such as a project's
        if os.path.isfile(folder):
            found[folder] = _stat(os.stat(folder))
        return
    except OSError:  # the folder may not be read
        return
    for entry in entries:
        if len(found) > MAX_FILES or len(seen) > MAX_FILES:
            return
        try:
            stat = entry.stat()
        except OSError:  # a link that is broken, or leads to itself
            continue
        kind = stat.st_mode & _KIND
        if kind == _FILE:  # _stat, without a call for each of hundreds
            found[entry.path] = stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino
        elif kind == _FOLDER and depth < MAX_DEPTH:
            number = stat.st_dev, stat.st_ino
            if number not in seen:
                seen.add(number)
                _walk(entry.path, found, seen, depth + 1)


_KIND, _FILE, _FOLDER = 0o170000, 0o100000, 0o040000  # of a mode, in every system


def _stat(stat: os.stat_result) -> Stat:
    """What tells whether a file changed.

    A program can set a file's time of modification, and unpacking an archive does, but not its time of change (ctime).
    A file that took another's place has another number.
    """
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def _state(stat: Stat) -> str:
    return f"{stat[1]} {stat[2]} {stat[3]}"


def _scan_line(stats: dict[str, Stat]) -> str:
    """The states of all files as one line: the usual run compares this, and not hundreds of lines."""
    return "scan\t" + _checksum(marshal.dumps([*stats.items()], 2))


def _refresh_if_unchanged(lines: list[str]) -> list[str] | None:
    """The lines of a record with the present time of each file; None if anything changed."""
    first = next((at for at, line in enumerate(lines) if line.startswith("file\t")), len(lines))
    stats = _scan([line[5:] for line in lines[:first] if line.startswith("root\t")])
    if _scan_line(stats) == lines[-1]:  # what remains are the packages, and the files that were made
        others = lines[:first] + lines[first + len(stats) :]
        if _refreshed(others, {}) == others:
            return lines
    return _refreshed([line for line in lines if not line.startswith("scan\t")], stats)


def _refreshed(lines: list[str], stats: dict[str, Stat]) -> list[str] | None:
    """The lines with the present times; None if one does not hold, or if a file in `stats` has none."""
    new_files, refreshed = len(stats), []  # counted down for each known file
    for line in lines:
        kind, _, rest = line.partition("\t")
        if kind == "in" and _packages_checksum(rest[21:]) != rest[:20]:
            return None
        if kind in ("file", "made"):
            size, state, digest, path = rest.split("\t", 3)
            stat = stats.get(path) if kind == "file" else _stat(os.stat(path))
            new_files -= kind == "file"
            if stat is None or stat[0] != int(size):
                return None
            if f"{stat[1]} {stat[2]} {stat[3]}" != state:  # _state, without a call for each of hundreds
                if not digest or _digest(path) != digest:
                    return None
                line = f"{kind}\t{size}\t{_trusted_state(stat, time.time_ns())}\t{digest}\t{path}"
        refreshed.append(line)
    return None if new_files else refreshed


def _trusted_state(stat: Stat, seen: int) -> str:
    """A file's state, or "" if it was so young when seen that it could be written again without getting another one.

    No file has the state "", so the next run compares the digest.
    """
    return _state(stat) if max(stat[1:3]) < seen - MIN_AGE_NS else ""


def _digest(path: str) -> str:
    """The digest of a file; "" for one that no command reads either, such as a larger one."""
    from hashlib import blake2b  # imported here because most runs need no digest

    try:
        return blake2b(read_bytes(path, limit=MAX_DIGESTED), digest_size=16).hexdigest()
    except OSError:
        return ""


def _libraries() -> list[str]:
    """The typesetting libraries that are loaded in this process, by path. Linux only; elsewhere none."""
    try:
        maps = read_bytes("/proc/self/maps").decode("utf-8", "surrogateescape").split("\n")
        paths = {line.split(None, 5)[5].strip() for line in maps if line.count("/")}
    except OSError:
        return []
    return sorted(path for path in paths if path.startswith("/") and os.path.basename(path).startswith(_LIBRARIES))
