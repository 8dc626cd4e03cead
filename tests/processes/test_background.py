"""Work in a forked child: its result, and the fallback if the child fails or forking is impossible."""

import os
import threading

import pytest

from briefings.processes.background import run_in_background


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
