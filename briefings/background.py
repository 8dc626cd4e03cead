"""A function -> its result, computed in a forked child while this process goes on."""

import contextlib
import os
import pickle
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def run_in_background(work: Callable[[], Result]) -> Callable[[], Result]:
    """Start `work` in a forked child. The function returned waits for the result, which must be picklable.

    A fork has all data in memory already, where a new process would have to read it again. `work` runs in this process,
    when the returned function is called, if forking is impossible (no os.fork, or other threads, which a child lacks)
    or if the child fails. Call the returned function exactly once: it closes the pipe and reaps the child.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return work
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _run_child(work, reader, writer)
    os.close(writer)

    def result() -> Result:
        with os.fdopen(reader, "rb") as pipe:
            pickled = pipe.read()  # before waitpid: a child with more to write than the pipe holds would never exit
        _, status = os.waitpid(child, 0)
        if status or not pickled:
            return work()  # the child's exception is lost; running again here raises it with its traceback
        value: Result = pickle.loads(pickled)
        return value

    return result


def _run_child(work: Callable[[], object], reader: int, writer: int) -> None:
    """Everything the child does; never returns.

    os._exit skips exit handlers and does not flush buffers inherited from the parent, which would write them twice.
    """
    status = 1
    with contextlib.suppress(BaseException):
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(pickle.dumps(work()))
        status = 0
    os._exit(status)
