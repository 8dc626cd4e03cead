"""One attack: a command, run in a forked process with limits of time and memory, so that a hang is a failed test."""

import ctypes
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from briefings.__main__ import main
from briefings.composing.project import UsageError
from briefings.page.render import _environment
from briefings.problems import ProblemError

SECONDS = 30.0  # several times what a command needs here on a busy machine
MEMORY = 3 * 2**30  # bytes of address space
# Signs that move the cursor, begin an escape sequence, turn the direction of a line, or stand for broken bytes.
HIDDEN = {*map(chr, (*range(10), *range(11, 32), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0xD800, 0xE000)))}
HUNG = -1  # the exit code of a command that had to be ended


class Outcome(NamedTuple):
    """What a command did. `code` is HUNG if it ran out of time."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def said(self) -> str:
        return self.out + self.err


def attempt(
    arguments: Sequence[str],
    folder: Path,
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    before: Callable[[], object] = lambda: None,
    meanwhile: Callable[[int], object] = lambda process: None,
) -> Outcome:
    """Run `briefings ARGUMENTS` in a folder. `before` is called in the child first: to drop rights, or set a limit.

    `meanwhile` is called here, with the number of the child's process.
    """

    def command() -> int:
        sys.argv = ["briefings", *arguments]
        os.chdir(folder)
        _environment.cache_clear()  # as in a new process
        before()
        try:
            main()
        except SystemExit as error:
            return int(error.code or 0)
        return 0

    with tempfile.TemporaryFile("w+b") as out, tempfile.TemporaryFile("w+b") as err:
        started = time.monotonic()
        code = in_child(command, out.fileno(), err.fileno(), seconds, memory, meanwhile)
        took = time.monotonic() - started
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "surrogateescape"))
    return Outcome(code, texts[0], texts[1], took)


def in_child(
    work: Callable[[], int],
    out: int,
    err: int,
    seconds: float,
    memory: int = MEMORY,
    meanwhile: Callable[[int], object] = lambda process: None,
) -> int:
    """The exit code of `work` in a forked process group, which is killed when its time is over; then HUNG."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _run(work, out, err, memory)
    try:
        meanwhile(child)
    except BaseException:
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    deadline = time.monotonic() + seconds
    status = None
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        time.sleep(0.01)
    else:
        status = None
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)  # its workers too
    if status is None:
        os.waitpid(child, 0)
        return HUNG
    return os.waitstatus_to_exitcode(status)


def _run(work: Callable[[], int], out: int, err: int, memory: int) -> None:
    """Everything the child does; never returns, and runs none of the parent's exit handlers."""
    code = 99
    try:
        os.setsid()
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        code = work()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        import traceback

        os.write(2, traceback.format_exc().encode("utf-8", "replace"))
    finally:
        os._exit(code & 0xFF)


def assert_plain(outcome: Outcome) -> None:
    """The least that holds for every command: it ended in time, it is no bug of ours, and nobody saw a traceback."""
    assert outcome.code != HUNG, f"ended after {outcome.seconds:.0f} s: {outcome.said[-2000:]}"
    assert outcome.code in (0, 1, 2, 3), outcome.said[-2000:]
    assert "Traceback" not in outcome.said
    assert "bug in briefings" not in outcome.said
    hidden = {sign for sign in outcome.said if sign in HIDDEN}
    assert not hidden, f"control characters reached the terminal: {hidden!r}"


def told(work: Callable[[], object], seconds: float = SECONDS) -> str:
    """What `work` says: its result as text, or the problems that it raises. Anything else, and a hang, is a failure."""

    def run() -> int:
        try:
            print(work())
        except (ProblemError, UsageError) as error:
            print(error)
        return 0

    with tempfile.TemporaryFile("w+b") as out:
        code = in_child(run, out.fileno(), out.fileno(), seconds)
        out.seek(0)
        text = out.read().decode("utf-8", "surrogateescape")
    assert code == 0, f"{'hung' if code == HUNG else code}: {text[-2000:]}"
    return text


def without_privileges() -> None:
    """Make root obey the rights of files, as everybody has to. Linux only."""
    if os.getuid():
        return

    class Header(ctypes.Structure):
        _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]

    none = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable capabilities, in two halves
    assert ctypes.CDLL(None).capset(ctypes.byref(Header(0x20080522, 0)), none) == 0
