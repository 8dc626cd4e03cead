"""Work in a forked child: its result, and the fallback if the child fails or forking is impossible."""

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefings.processes import limits
from briefings.processes.background import ChildFailedError, LimitedWork, run_in_background
from briefings.processes.limits import Allowance, LimitError


def test_the_child_does_the_work_and_the_parent_gets_the_result() -> None:
    calls = []
    result = run_in_background(lambda: (os.getpid(), calls.append("child")))
    assert result()[0] != os.getpid()
    assert calls == []


def test_if_the_child_fails_the_parent_does_the_work() -> None:
    parent = os.getpid()

    def work() -> int:
        if os.getpid() != parent:
            raise SystemExit("the child fails")
        return parent

    assert run_in_background(work)() == parent
    with pytest.raises(ValueError, match="a bug in the work"):
        run_in_background(_fails)()


def test_a_result_larger_than_the_pipe_arrives_whole() -> None:
    assert len(run_in_background(lambda: b"x" * 1_000_000)()) == 1_000_000


def _fails() -> None:
    raise ValueError("a bug in the work")


def test_with_other_threads_nothing_is_forked() -> None:
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        assert run_in_background(os.getpid)() == os.getpid()
    finally:
        wait.set()
        thread.join()


def limited(work: Callable[[int], Any], count: int = 4, seconds: float = 30) -> list[Any]:
    return list(LimitedWork(work, range(count), seconds).results())


def test_the_results_come_in_order_from_a_child() -> None:
    assert [number for number, _ in limited(lambda number: (number, os.getpid()))] == [0, 1, 2, 3]
    assert os.getpid() not in {pid for _, pid in limited(lambda number: (number, os.getpid()))}
    assert [len(text) for text in limited(lambda number: "x" * 1_000_000)] == [1_000_000] * 4
    assert limited(lambda number: number, 0) == []


@pytest.mark.slow
def test_an_item_that_takes_too_long_is_ended_and_the_others_are_made() -> None:
    def work(number: int) -> int:
        while number in (1, 3):
            pass
        return number

    first, second, third, fourth = limited(work, seconds=0.2)
    assert (first, third) == (0, 2)
    assert [str(ended) for ended in (second, fourth)] == ["took more than 0 s of processor time"] * 2


def test_an_item_that_takes_all_memory_is_ended_and_the_others_are_made() -> None:
    results = limited(lambda number: len(bytearray(3 * 2**30)) if number == 1 else number)
    assert [results[0], *results[2:]] == [0, 2, 3]
    assert isinstance(results[1], LimitError)
    assert "GB of memory" in str(results[1])


def test_a_child_that_is_lost_is_replaced_once(tmp_path: Path) -> None:
    def work(number: int) -> int:
        if number == 1 and not (tmp_path / "once").exists():
            (tmp_path / "once").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    results = limited(work)
    assert results[:3] == [0, 1, 2]
    assert isinstance(results[3], LimitError)
    assert "twice" in str(results[3])


def test_a_stopped_child_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_SILENCE", 5)
    monkeypatch.setattr(limits.Watch, "_tick", 0.2)

    def work(number: int) -> int:
        if not (tmp_path / "once").exists():
            (tmp_path / "once").touch()
            os.kill(os.getpid(), signal.SIGSTOP)
        return number

    assert limited(work) == [0, 1, 2, 3]


def test_a_fault_of_this_program_is_raised_with_its_traceback() -> None:
    with pytest.raises(ChildFailedError, match="ValueError: a bug in the work") as caught:
        limited(lambda number: _fails())
    assert "in _fails" in caught.value.__notes__[0]


def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    parent = os.fork()
    if parent == 0:
        LimitedWork(lambda number: (tmp_path / "child").write_text(str(os.getpid())) and time.sleep(60), [1], 30)
        while not (tmp_path / "child").exists():
            time.sleep(0.01)
        os._exit(0)
    os.waitpid(parent, 0)
    child = int((tmp_path / "child").read_text() or 0)
    for _ in range(200):
        if not Path(f"/proc/{child}").exists() or "Z (" in Path(f"/proc/{child}/status").read_text():
            return
        time.sleep(0.05)
    pytest.fail("the child goes on without its parent")


def test_after_a_few_were_ended_the_others_have_less_time() -> None:
    allowance = Allowance()
    given = []
    for _ in range(5):
        given.append(allowance.of(20))
        allowance.used_up()
    assert given == [20, 20, 20, 5, 5]
