"""A function -> its result, worked out in a copy of this process while this one goes on."""

import contextlib
import os
import pickle
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def run_in_background(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin `work` beside this process; calling what comes back waits for its result, which must be picklable.

    A copy needs nothing handed over, where starting afresh would read everything again. Where a process cannot be
    copied (no fork; threads, which a copy would lose), and where the copy fails, the work is done when it is asked for.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return work
    reader, writer = os.pipe()
    copy = os.fork()
    if not copy:
        _run_child(work, reader, writer)
    os.close(writer)

    def result() -> Result:
        with os.fdopen(reader, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(copy, 0)
        if status or not said:
            return work()
        found: Result = pickle.loads(said)
        return found

    return result


def _run_child(work: Callable[[], object], reader: int, writer: int) -> None:
    """The copy's whole life: no exit handlers, no buffers written twice."""
    status = 1
    with contextlib.suppress(BaseException):
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(pickle.dumps(work()))
        status = 0
    os._exit(status)
