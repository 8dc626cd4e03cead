"""Functions -> their results, computed in forked children while this process goes on."""

import contextlib
import gc
import os
import pickle
import select
import signal
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar, cast

from .limits import Allowance, LimitError, Watch, limit_memory, out_of_memory
from .messages import NOTICE

Item = TypeVar("Item")
Result = TypeVar("Result")

_SIGN_OF_LIFE = 0.5  # seconds between the messages of a working child
_BYTES = 8  # of a number in a message


def run_in_background(work: Callable[[], Result]) -> Callable[[], Result]:
    """Start `work` in a forked child. The function returned waits for the result, which must be picklable.

    A fork has all data in memory already, where a new process would have to read it again. `work` runs in this process,
    when the returned function is called, if forking is impossible (no os.fork, or other threads, which a child lacks)
    or if the child fails. Call the returned function exactly once: it closes the pipe and reaps the child.
    """
    if not _can_fork():
        return work
    child = _Child(lambda send: send(pickle.dumps(work())))

    def result() -> Result:
        pickled = child.read()
        if not pickled or child.reap():
            child.end()
            return work()  # the child's exception is lost; running again here raises it with its traceback
        value: Result = pickle.loads(pickled)
        return value

    return result


def _can_fork() -> bool:
    return hasattr(os, "fork") and threading.active_count() == 1


class _Child:
    """A forked process that runs `main`, which is given a function to send bytes. It ends with its parent."""

    def __init__(self, main: Callable[[Callable[[bytes], None]], object]) -> None:
        self._reader, writer = os.pipe()
        lifeline, self._lifeline = os.pipe()  # closed by the system when this process ends, however it does
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._lifeline)
            os.close(self._reader)
            _run_child(main, writer, lifeline)
        os.close(writer)
        os.close(lifeline)

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes that the child sent; all of them without a size; b"" after its end."""
        parts = []
        while size:
            while not select.select([self._reader], [], [], NOTICE)[0]:
                pass
            if not (part := os.read(self._reader, size if size > 0 else 2**20)):
                break
            parts.append(part)
            size -= len(part) if size > 0 else 0
        return b"".join(parts)

    def kill(self) -> None:
        """End the child at once. It may be called from another thread, and again."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def reap(self) -> int:
        """Wait for the end of the child; return its status, which is 0 if it did all."""
        pid, self.pid = self.pid, 0
        return os.waitpid(pid, 0)[1] if pid else 0

    def end(self) -> None:
        """Kill the child, and forget it."""
        self.kill()
        self.reap()
        for end in (self._reader, self._lifeline):
            with contextlib.suppress(OSError):
                os.close(end)
        self._reader = self._lifeline = -1


def _run_child(main: Callable[[Callable[[bytes], None]], object], writer: int, lifeline: int) -> None:
    """Everything the child does; never returns.

    os._exit skips exit handlers and does not flush buffers inherited from the parent, which would write them twice.
    """
    status = 1

    def end_with_parent() -> None:
        os.read(lifeline, 1)
        os._exit(1)

    gc.freeze()  # what the parent made stays: searching it for garbage takes a tenth of a second each time
    with contextlib.suppress(BaseException):
        threading.Thread(target=end_with_parent, daemon=True).start()

        def send(content: bytes) -> None:
            view = memoryview(content)
            while view:
                view = view[os.write(writer, view) :]

        main(send)
        status = 0
    os._exit(status)


class LimitedWork(Generic[Item, Result]):
    """`work` for each item, in a child whose time and memory for each are limited; in this process without forks.

    It begins at once. `results` waits for it; `close` ends it. What a child makes lies in a file in memory, so that it
    never waits until this process reads.
    """

    def __init__(self, work: Callable[[Item], Result], items: Sequence[Item], seconds: float) -> None:
        self._work, self._items, self._seconds = work, list(items), seconds
        self._child: _Child | None = None
        self._file = -1
        self._allowance = Allowance()
        if self._items and _can_fork():
            self._file = _open_memory()
            self._start(0)

    def _start(self, first: int) -> None:
        self._child = _Child(lambda send: self._run(first, send))

    def _run(self, first: int, send: Callable[[bytes], None]) -> None:
        """In the child: make each result, and send where it begins and ends. (0, n) says that n ms were used so far."""
        limit_memory()
        lock, begun = threading.Lock(), time.process_time()

        def tell() -> None:
            while True:
                time.sleep(_SIGN_OF_LIFE)
                with lock:
                    send(_numbers(0, int((time.process_time() - begun) * 1000)))

        threading.Thread(target=tell, daemon=True).start()
        for item in self._items[first:]:
            begun = time.process_time()
            try:
                result: Any = self._work(item)
            except MemoryError:
                result = out_of_memory()
            except Exception as error:
                result = _failure(error)
            content = pickle.dumps(result)
            end = os.lseek(self._file, 0, os.SEEK_END)
            view = memoryview(content)
            while view:
                view = view[os.write(self._file, view) :]
            with lock:
                send(_numbers(end + 1, len(content)))

    def results(self) -> Iterator[Result | LimitError]:
        """The result of each item in order, or a LimitError if it took too much."""
        if not self._child:
            yield from map(self._work, self._items)
            return
        for place in range(len(self._items)):
            yield self._result(place)
        self.close()

    def _result(self, place: int) -> Result | LimitError:
        for attempt in range(2):  # a child that was lost may have been killed by chance
            assert self._child
            with Watch(self._allowance.of(self._seconds), self._child.kill) as watch:
                while len(message := self._child.read(2 * _BYTES)) == 2 * _BYTES:
                    place_of, number = (int.from_bytes(message[i : i + _BYTES], "big") for i in (0, _BYTES))
                    if place_of:
                        value = pickle.loads(os.pread(self._file, number, place_of - 1))
                        if isinstance(value, ChildFailedError):
                            raise value
                        return cast("Result", value)
                    watch.heard(number / 1000)
            self._child.end()
            if watch.why and not watch.silent:
                self._allowance.used_up()
                self._start(place + 1)
                return LimitError(watch.why)
            self._start(place + (0 if attempt == 0 else 1))
        return LimitError(watch.why or "ended its process twice, perhaps because it took all memory")

    def close(self) -> None:
        """End the child."""
        if self._child:
            self._child.end()
            self._child = None
        file, self._file = self._file, -1  # closed once, whenever Ctrl-C comes
        if file >= 0:
            os.close(file)


class ChildFailedError(Exception):
    """The work raised an exception in the child: a fault of this program, whose traceback is in the notes."""


def _failure(error: Exception) -> ChildFailedError:
    failed = ChildFailedError(f"{type(error).__name__}: {error}")
    failed.add_note(traceback.format_exc())
    return failed


def _numbers(first: int, second: int) -> bytes:
    return first.to_bytes(_BYTES, "big") + second.to_bytes(_BYTES, "big")


def _open_memory() -> int:
    """A file that only this process and its children have."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("briefings")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
