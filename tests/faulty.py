"""Builds in a forked process in which something fails: what the system refuses, a kill, a file that moves.

The fault is put in by an audit hook, which Python calls before it opens, renames or removes a file: so it comes at
each of these moments in turn, and without knowing how the package writes its files.
"""

import errno
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from conftest import POND

from briefings.__main__ import main
from briefings.cli.last_run import FILE_NAMES
from briefings.output.ledger import LEDGER_NAME
from briefings.page.render import _environment

SECONDS = 120.0  # for one build on a busy machine; then it hangs
HUNG = -1000
# Calls that change a folder, as Python's audit events; "open" counts only if it writes.
CHANGES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink"}
NOT_COMPARED = {LEDGER_NAME, *FILE_NAMES.values()}  # the last run's record names the project's folder
AUDIENCES = ("pupils", "secondary")

Fault = Callable[[int, str], None]  # called before the nth change of a file below the project


class Ended(NamedTuple):
    """How a build ended: its exit code, or minus the signal that killed it, or HUNG."""

    code: int
    said: str


@dataclass(frozen=True)
class Project:
    """A copy of the pond with two audiences, and a temporary folder of its own beside it."""

    root: Path

    @property
    def out(self) -> Path:
        return self.root / "build"

    @property
    def temporary(self) -> Path:
        return self.root.parent / f"{self.root.name}-tmp"

    def edit(self) -> None:
        """Change a text that both audiences read, and the name of a file: something new comes and something goes."""
        phases = self.root / "data/pond/phases.yaml"
        phases.write_text(phases.read_text().replace("dug it in two days.", "dug it in two long days."))

    def outputs(self) -> dict[str, bytes]:
        """Every file of the output folder, without the notes that the tool keeps for itself."""
        found = (path for path in sorted(self.out.rglob("*")) if path.is_file() and _is_output(path.name))
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in found}

    def leftovers(self) -> list[str]:
        """What no run should leave: files in the temporary folder, and half files in that of the outputs."""
        left = [path.name for path in self.temporary.iterdir()]
        return left + [path.name for path in self.out.rglob("*") if path.name.endswith(".part")]


def _is_output(name: str) -> bool:
    return name not in NOT_COMPARED and not name.endswith(".part")


def make_project(root: Path) -> Project:
    """A new project at `root`."""
    shutil.copytree(POND, root)
    audiences = ", ".join(f'"{name}"' for name in AUDIENCES)
    (root / "briefings.toml").write_text(f'audiences = [{audiences}]\ndocuments = ["briefing"]\n')
    project = Project(root)
    project.temporary.mkdir()
    return project


def build(
    project: Project, *arguments: str, fault: Fault | None = None, before: Callable[[], object] | None = None
) -> Ended:
    """Build in a forked process, as `briefings build --jobs 1`; `before` is called in it first."""
    return wait(start(project, *arguments, fault=fault, before=before))


class Started(NamedTuple):
    """A build that runs: its process, and the pipe of what it says."""

    process: int
    said: int


def start(
    project: Project, *arguments: str, fault: Fault | None = None, before: Callable[[], object] | None = None
) -> Started:
    """Start a build in a forked process, with a process group of its own."""
    reader, writer = os.pipe()  # and no file, since a fault may be a limit for those
    os.set_blocking(reader, False)  # a worker that outlives the build has the other end too
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process == 0:
        _run(project, arguments or ("--jobs", "1"), writer, fault, before)
    os.close(writer)
    return Started(process, reader)


def wait(started: Started, seconds: float = SECONDS) -> Ended:
    """How a build ended. All its processes are gone then."""
    deadline, status, said = time.monotonic() + seconds, None, ""
    while time.monotonic() < deadline:
        done, code = os.waitpid(started.process, os.WNOHANG)
        if done:
            status = os.waitstatus_to_exitcode(code)
            break
        time.sleep(0.005)
    else:
        kill(started)
        os.waitpid(started.process, 0)
    with suppress(BlockingIOError):
        said = os.read(started.said, 2**16).decode("utf-8", "replace")
    os.close(started.said)
    return Ended(HUNG if status is None else status, said)


def kill(started: Started, number: int = signal.SIGKILL) -> None:
    """Send a signal to the build's own process, not to its workers."""
    with suppress(ProcessLookupError):
        os.kill(started.process, number)


def _run(project: Project, arguments: tuple[str, ...], said: int, fault: Fault | None, before: object) -> None:
    """Everything the child does; never returns, and runs none of the parent's exit handlers."""
    code = 99
    try:
        os.setsid()
        os.dup2(said, 1)
        os.dup2(said, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        os.environ["TMPDIR"] = str(project.temporary)
        tempfile.tempdir = None
        os.chdir(project.root)
        _environment.cache_clear()  # as in a new process
        if callable(before):
            before()
        if fault:
            _audit(project, fault)
        sys.argv = ["briefings", "build", *arguments]
        try:
            main()
            code = 0
        except SystemExit as error:
            code = int(error.code or 0)
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        import traceback

        os.write(2, traceback.format_exc().encode("utf-8", "replace"))
    finally:
        os._exit(code & 0xFF)


def _audit(project: Project, fault: Fault) -> None:
    places = (str(project.out), str(project.temporary))
    count = 0

    def hook(event: str, values: tuple[object, ...]) -> None:
        nonlocal count
        if event not in CHANGES or not values or not isinstance(values[0], str | bytes | os.PathLike):
            return
        path = os.path.abspath(os.fsdecode(values[0]))
        if not path.startswith(places) or (event == "open" and not _writes(values)):
            return
        count += 1
        fault(count, path)

    sys.addaudithook(hook)


def _writes(values: tuple[object, ...]) -> bool:
    flags = values[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))


def killing(at: int, number: int = signal.SIGKILL) -> Fault:
    """The process gets a signal before its nth change of a file."""

    def fault(count: int, _: str) -> None:
        if count == at:
            os.kill(os.getpid(), number)

    return fault


def refusing(at: int, code: int = errno.ENOSPC, *, ever: bool = True) -> Fault:
    """The system refuses the nth change of a file and, with `ever`, all after it: a full or a read-only disk."""

    def fault(count: int, path: str) -> None:
        if count == at or (ever and count > at):
            raise OSError(code, os.strerror(code), path)

    return fault


def moving(at: int, folder: Path, to: Path) -> Fault:
    """A folder is moved away before the nth change of a file."""

    def fault(count: int, _: str) -> None:
        if count == at and folder.exists():
            os.rename(folder, to)

    return fault


def limited(size: int) -> Callable[[], None]:
    """A limit for the size of each file: what is written beyond is cut off, and then refused."""

    def before() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return before


def whole(found: Mapping[str, bytes], *versions: Mapping[str, bytes]) -> list[str]:
    """The names of outputs that are neither of the versions: half written, or mixed.

    After a failure an index links to what exists, so it may be a third version: but a whole one that promises nothing.
    """
    return [
        name
        for name, content in found.items()
        if all(version.get(name) != content for version in versions) and not _is_whole_index(name, found)
    ]


def _is_whole_index(name: str, found: Mapping[str, bytes]) -> bool:
    folder, _, file = name.rpartition("/")
    links = re.findall(rb'href="([a-z-]+\.(?:html|pdf))"', found[name])
    ends = found[name].rstrip().endswith(b"</html>")
    return file == "index.html" and ends and all(f"{folder}/{link.decode()}" in found for link in links)


class Clean(NamedTuple):
    """What a build makes before and after the edit, and a folder with a built project to copy."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    built: Path


def clean_builds(folder: Path, *arguments: str, keep: Callable[[Path], object] = lambda _: None) -> Clean:
    """Two projects in a folder, built without a fault: as it is, and edited. `keep` is called with each before."""
    old, new = make_project(folder / "old"), make_project(folder / "new")
    new.edit()
    for project in (old, new):
        keep(project.root)
        ended = build(project, *arguments)
        assert ended.code == 0, ended.said
        assert project.leftovers() == []
    assert old.outputs() != new.outputs()
    return Clean(old.outputs(), new.outputs(), old.root)


def edited(clean: Clean, root: Path) -> Project:
    """A project with earlier outputs, whose data were edited since."""
    project = Project(Path(shutil.copytree(clean.built, root)))
    project.temporary.mkdir()
    project.edit()
    return project


def children(process: int) -> list[int]:
    """The processes that a process started, in any of its threads, as long as it runs."""
    with suppress(OSError):
        lists = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")]
        return [int(child) for each in lists for child in each.split()]
    return []


def all_gone(processes: Sequence[int], seconds: float = 20) -> bool:
    """Whether some processes end in time."""
    deadline = time.monotonic() + seconds
    while any(Path(f"/proc/{process}").exists() and not _is_zombie(process) for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _is_zombie(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return True
