"""Work done in a copy of the process: its result, and what happens where the copy fails."""

import os
import threading

import pytest

from briefings.background import run_in_background


def test_the_copy_works_and_its_result_comes_back() -> None:
    done = []
    result = run_in_background(lambda: (os.getpid(), done.append("here")))
    assert result()[0] != os.getpid()
    assert done == []


def test_a_copy_that_fails_leaves_the_work_to_us() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            raise SystemExit("the copy is lost")
        return here

    assert run_in_background(work)() == here
    with pytest.raises(ValueError, match="a bug of ours"):
        run_in_background(_fails)()


def _fails() -> None:
    raise ValueError("a bug of ours")


def test_beside_other_threads_nothing_is_copied() -> None:
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        assert run_in_background(os.getpid)() == os.getpid()
    finally:
        wait.set()
        thread.join()
