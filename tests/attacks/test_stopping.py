"""Ctrl-C and SIGTERM while something never ends: every command stops at once, and leaves no process and no file."""

import os
import queue
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from attacks.attack import attempt, in_child
from faulty import all_gone, children
from served import within

from briefings.checking import run as checking
from briefings.output import build, new_project, workers
from briefings.output.formats import FORMATS
from briefings.processes.background import run_in_background
from briefings.processes.messages import take
from briefings.safe_files import read_bytes

# A worker whose typesetter says that it was called, and never comes back, as in one long call into a library.
WORKER = (
    "import sys; sys.path[:] = {path!r}\n"
    "from pathlib import Path\n"
    "from briefings.output import formats, workers\n"
    "from briefings.pdf import typeset\n"
    "typeset.warm_up = lambda **_: None\n"
    "def endless(*_):\n"
    "    Path('begun').touch()\n"
    "    while True: pass\n"
    "formats.FORMATS['pdf'] = endless\n"
    "workers.worker_main()"
)


def endless(*_: object, **__: object) -> None:
    Path("begun").touch()
    while True:
        pass


def in_pages() -> None:
    build._render_target = endless  # type: ignore[assignment]


def in_sheets() -> None:
    workers._START = WORKER
    build.FEWEST_TYPESET = 1


def in_rules() -> None:
    checking.run_rules = endless  # type: ignore[assignment]


def in_files() -> None:
    """After the second file of a new project."""
    replace, count = new_project.replace_file, iter(range(9))
    new_project.replace_file = lambda *file: replace(*file) if next(count) < 2 else endless()  # type: ignore[assignment]


def in_writing() -> None:
    """In the process itself, after pages were made and before the first is written."""
    FORMATS["html"] = endless  # type: ignore[assignment]


CASES = [
    ("build", "pages", in_pages, signal.SIGINT),
    ("build", "pages", in_pages, signal.SIGTERM),
    ("build --jobs 1", "pages", in_pages, signal.SIGINT),
    ("build --audience pupils --format pdf", "sheets", in_sheets, signal.SIGINT),
    ("build --audience pupils --format pdf", "sheets", in_sheets, signal.SIGTERM),
    ("build --audience pupils --format html", "writing", in_writing, signal.SIGINT),
    ("check", "pages", in_pages, signal.SIGINT),
    ("check", "pages", in_pages, signal.SIGTERM),
    ("check", "rules", in_rules, signal.SIGINT),
    ("check --audience pupils --typeset", "sheets", in_sheets, signal.SIGINT),
    ("theme check", "pages", in_pages, signal.SIGINT),
    ("theme check", "sheets", in_sheets, signal.SIGTERM),
    ("handout", "pages", in_pages, signal.SIGINT),
    ("new fresh", "files", in_files, signal.SIGINT),
    ("new fresh --blank", "files", in_files, signal.SIGTERM),
]


@pytest.mark.parametrize(
    ("command", "hang", "number"),
    [
        pytest.param(command, hang, number, id=f"{command}-{where}-{number.name}", marks=pytest.mark.slow)
        for command, where, hang, number in CASES
    ],
)
def test_a_command_stops_at_once_and_leaves_nothing(
    victim: Path, monkeypatch: pytest.MonkeyPatch, command: str, hang: Callable[[], None], number: int
) -> None:
    project, temporary = victim / "project", victim / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}

    def stop(process: int) -> None:
        deadline = time.monotonic() + 25
        while not (project / "begun").exists():
            assert time.monotonic() < deadline, "it never came to what has no end"
            time.sleep(0.01)
        below = children(process)
        assert below or hang not in (in_pages, in_sheets, in_rules)
        began = time.monotonic()
        os.kill(process, number)
        assert all_gone([process])
        assert within(2, began)
        assert all_gone(below, 2), "a process is left"

    outcome = attempt(command.split(), project, before=hang, meanwhile=stop)
    assert (outcome.code, outcome.said.strip()) == (128 + number, "briefings: stopped")
    (project / "begun").unlink()
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
    assert list(temporary.iterdir()) == []


def test_ctrl_c_where_nothing_can_catch_it_is_not_lost(victim: Path) -> None:
    """Python drops an exception in what libraries run at a fork."""
    ours = os.getpid()

    def before() -> None:
        in_pages()
        os.register_at_fork(after_in_parent=lambda: signal.raise_signal(signal.SIGINT))
        assert os.getpid() != ours  # it is registered for the rest of a process

    outcome = attempt(["check"], victim / "project", before=before, seconds=20)
    assert (outcome.code, outcome.said.strip()) == (130, "briefings: stopped")


def test_ctrl_c_while_a_file_is_opened_is_no_error_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that was opened closes itself; closing it again would fail, and be told as a fault of the file."""
    fdopen = os.fdopen

    def interrupted(handle: int, mode: str) -> None:
        with fdopen(handle, mode):
            raise KeyboardInterrupt

    (tmp_path / "a").write_text("a")
    monkeypatch.setattr(os, "fdopen", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_bytes(tmp_path / "a")


def wait_for_child() -> object:
    return run_in_background(lambda: time.sleep(60))()


def wait_for_value() -> object:
    values: queue.SimpleQueue[int] = queue.SimpleQueue()
    threading.Timer(60, values.put, (1,)).start()
    return take(values)


@pytest.mark.parametrize("wait", [wait_for_child, wait_for_value])
def test_ctrl_c_that_wakes_another_thread_ends_a_wait(tmp_path: Path, wait: Callable[[], object]) -> None:
    """Some systems give a signal to any thread; and one that comes just before a wait does not end it either."""

    def work() -> int:
        timer = threading.Timer(0.5, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGINT))
        threading.Thread.start(timer) if wait is wait_for_value else os.register_at_fork(after_in_parent=timer.start)
        try:
            wait()
        except KeyboardInterrupt:
            return 0
        return 1

    with (tmp_path / "out").open("w") as out:
        assert in_child(work, out.fileno(), out.fileno(), 15) == 0
