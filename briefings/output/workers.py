"""Pages -> outputs, on all processors, in worker processes that are started once and reused.

Workers are started by `subprocess`, not by `multiprocessing` or `concurrent.futures`: a fork is unsafe once the
libraries of WeasyPrint were used, `multiprocessing` imports the user's script again in each worker and keeps a process
of its own for locks that are not needed here, and the executor of Python 3.11 can hang when it replaces a worker.
"""

import contextlib
import gc
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..library import Library
from ..page.page import Page
from ..problems import Problem
from ..processes.limits import (
    Allowance,
    LimitError,
    Watch,
    limit_memory,
    limit_problem,
    max_output,
    out_of_memory,
    typeset_seconds,
)
from ..processes.messages import ALIVE, SignsOfLife, read_message, receive, resident_bytes, take, write_message

# A worker that has grown by more than this is replaced: neither Python nor the libraries return memory to the system.
MAX_GROWTH = 12 * 2**20  # bytes
STOP_TIMEOUT = 1.0  # seconds a worker has to remove its temporary files and exit, before it is killed
# The worker gets the parent's sys.path, so that it finds this package also where only the parent's path names it.
_START = "import sys; sys.path[:] = {path!r}; from briefings.output.workers import worker_main; worker_main()"


class WorkerLostError(Exception):
    """A worker process was killed, stopped answering, or could not start."""


def ended_problem(name: str, error: Exception) -> Problem:
    """What to tell of a document whose process was ended or lost."""
    if isinstance(error, LimitError):
        return limit_problem(name, error)
    return Problem("typesetter-lost", str(error), None, "check that there is enough memory, or try --jobs 1")


@dataclass(frozen=True)
class Job:
    """A page to convert into a format. `key` is for the caller: the pool does not look at it."""

    key: Any
    format: str
    page: Page
    library: Library


class WorkerPool:
    """Worker processes that typeset, `count` at most. Close it, or use it in a `with` statement.

    Each process has a slot. While jobs run, one thread per slot sends jobs to the slot's process.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._processes: list[_Process | None] = [None] * count
        self._threads: list[threading.Thread] = []
        self._processes_lock = threading.Lock()
        self._allowance, self._closed = Allowance(), False

    def start(self, count: int | None = None) -> None:
        """Start `count` processes (None: all) that are not running yet, to load the typesetter before there is work."""
        for slot in range(self.count if count is None else min(self.count, count)):
            if self._processes[slot] is None:
                self._start_process(slot)

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Any]]:
        """Yield each job when it is done, with its Output or the exception it raised: a LimitError if it took too much.

        The order is that of completion. A process that was killed or stopped is replaced.
        """
        waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
        for job in jobs:
            waiting.put(job)
        count = waiting.qsize()
        self.start(count)
        done: queue.SimpleQueue[tuple[Job, Any]] = queue.SimpleQueue()
        for slot in range(min(self.count, count)):
            thread = threading.Thread(target=self._run_thread, args=(slot, waiting, done), daemon=True)
            self._threads.append(thread)
            thread.start()
        yield from (take(done) for _ in range(count))
        while self._threads:  # each ends now; a process with threads cannot fork
            self._threads.pop().join()

    def dismiss(self) -> None:
        """Ask all processes to end, and start no new ones; `close` waits for them."""
        with self._processes_lock:
            self._closed = True
        for process in filter(None, self._processes):
            process.request_stop()

    def close(self) -> None:
        """Stop all processes, also in the middle of a job, and start no new ones."""
        self.dismiss()  # all before waiting for any: together they take one timeout and not one each
        processes = [*filter(None, self._processes)]
        deadline = time.monotonic() + STOP_TIMEOUT
        for process in processes:
            process.wait_or_kill(deadline - time.monotonic())
        for thread in self._threads:
            thread.join(max(deadline - time.monotonic(), 0.1))
        # Last, because a thread may still be reading from the pipe until its process has ended.
        for process in processes:
            process.close_stdout()

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run_thread(self, slot: int, waiting: "queue.SimpleQueue[Job]", done: "queue.SimpleQueue[Any]") -> None:
        with contextlib.suppress(queue.Empty):
            while not self._closed:
                job = waiting.get_nowait()
                try:
                    result, grown = self._run_job(slot, job)
                except Exception as error:
                    result, grown = error, 0
                done.put((job, result))
                if grown > MAX_GROWTH:
                    # WorkerLostError: the pool was closed meanwhile
                    with contextlib.suppress(WorkerLostError):
                        self._start_process(slot)

    def _run_job(self, slot: int, job: Job) -> tuple[Any, int]:
        """(output, growth in bytes). If the process was lost, the job is run once more in a new one."""
        process = self._processes[slot] or self._start_process(slot)
        try:
            return process.run(job, self._allowance)
        except WorkerLostError:
            process = self._start_process(slot)
            return process.run(job, self._allowance)
        finally:
            if process.ended:  # a job took too much: the next finds a new process
                with contextlib.suppress(WorkerLostError):
                    self._start_process(slot)

    def _start_process(self, slot: int) -> "_Process":
        # The lock keeps `close` from missing a process that is just being started.
        with self._processes_lock:
            if self._closed:
                raise WorkerLostError("the worker pool is closed")
            old, new = self._processes[slot], _Process()
            self._processes[slot] = new
        if old:
            old.request_stop()
            old.wait_or_kill()
            old.close_stdout()
        return new


class _Process:
    """A worker process that reads jobs from its stdin and writes results to its stdout."""

    def __init__(self) -> None:
        self.ended = False  # because of a limit
        self._running = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0 if os.name == "posix" else None,  # so that Ctrl-C reaches only the parent
        )

    def run(self, job: Job, allowance: Allowance) -> tuple[Any, int]:
        """(output, growth of the process in bytes). Raises what the job raised, LimitError or WorkerLostError."""
        assert self._running.stdin
        with Watch(allowance.of(typeset_seconds(len(job.page.html))), self._end) as watch:
            try:
                write_message(self._running.stdin, (job.format, job.page, job.library))
                result, grown = self._wait(watch)
            except LimitError:
                self._end()
                raise
            except Exception:
                # What cannot be read comes from a process that was ended in the middle of it.
                if watch.why and not watch.silent:
                    allowance.used_up()
                    raise LimitError(watch.why) from None
                why = watch.why or "ended unexpectedly"
                raise WorkerLostError(f"the process that typeset {job.page.name} {why}") from None
        if isinstance(result, Exception):
            raise result
        return result, grown

    def _wait(self, watch: Watch) -> tuple[Any, int]:
        """The result that the process sends, after any number of signs of life."""
        assert self._running.stdout
        while True:
            result, number = pickle.loads(read_message(self._running.stdout, max_output()))
            if result != ALIVE:
                return result, int(number)
            watch.heard(number)

    def _end(self) -> None:
        self.ended = True
        with contextlib.suppress(OSError):
            self._running.kill()

    def request_stop(self) -> None:
        """Close the worker's stdin: it then removes its temporary files and exits, also in the middle of a job."""
        with contextlib.suppress(OSError):
            assert self._running.stdin
            self._running.stdin.close()

    def wait_or_kill(self, timeout: float = STOP_TIMEOUT) -> None:
        try:
            self._running.wait(max(timeout, 0))
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()

    def close_stdout(self) -> None:
        """Close the pipe of results. Call it only when no thread reads from it."""
        with contextlib.suppress(OSError):
            assert self._running.stdout
            self._running.stdout.close()


@contextlib.contextmanager
def rare_garbage_collection() -> Iterator[None]:
    """Search for garbage rarely, and not among what exists now.

    A layout is one large tree of objects that stay alive. With the usual thresholds, the garbage collector searches it
    again and again, which takes a tenth of the time.
    """
    thresholds, was_frozen = gc.get_threshold(), gc.get_freeze_count() > 0
    if not was_frozen:
        gc.collect()
        gc.freeze()
    gc.set_threshold(200_000, 20, 1000)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        if not was_frozen:
            gc.unfreeze()


def run_here(jobs: Iterable[Job], run: Callable[[Job], Any]) -> Iterator[tuple[Job, Any]]:
    """Yield each job with what `run` makes of it, one after the other in this process."""
    with rare_garbage_collection():
        for number, job in enumerate(jobs):
            if number:
                gc.collect()  # the layout of the one before
            yield job, run(job)


def worker_main() -> None:
    """The main function of a worker: load the typesetter, then run jobs until the parent closes stdin or ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints to stdout must not write into the results: send it to stderr
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=receive, args=(requests, inbox), daemon=True).start()
    signs = SignsOfLife(replies)
    from ..pdf.typeset import warm_up

    with contextlib.suppress(OSError):  # such as a full temporary folder, which the first job reports
        warm_up(alone=True)
    with rare_garbage_collection():
        _run_requests(inbox, signs)


def _run_requests(inbox: "queue.SimpleQueue[bytes]", signs: SignsOfLife) -> None:
    from .formats import FORMATS

    limit_memory()
    smallest = 0
    while True:
        name, page, library = pickle.loads(inbox.get())
        signs.begin()
        try:
            result: Any = FORMATS[name](page, library)
        except MemoryError:
            result = out_of_memory()
        except Exception as error:
            result = error
        gc.collect()
        size = resident_bytes()
        smallest = min(smallest or size, size)
        signs.end((result, size - smallest))
        result = page = None  # free the memory now, not when the next job has replaced them
