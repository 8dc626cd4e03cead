"""Pages -> outputs, on all processors: processes that are started once and kept."""

import contextlib
import gc
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from ..library import Library
from ..page.page import Page

# What a worker may grow by before another takes its place. It keeps what it has once used, and so does Python.
MAX_GROWTH = 12 * 2**20  # bytes
PATIENCE = 1.0  # seconds a worker has to tidy up and end
_START = "import sys; sys.path[:] = {path!r}; from briefings.output.workers import worker_main; worker_main()"


class WorkerLostError(Exception):
    """The process was killed, or could not start."""


@dataclass(frozen=True)
class Job:
    """A page to make into a format, and whatever the caller knows it by."""

    key: Any
    format: str
    page: Page
    library: Library


class WorkerPool:
    """Processes that typeset. `start` may come before there is work: they get ready meanwhile. To be closed."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._processes: list[_Process | None] = [None] * count
        self._threads: list[threading.Thread] = []
        self._processes_lock = threading.Lock()
        self._closed = False

    def start(self, count: int | None = None) -> None:
        """Start as many processes, at most all; those that run already are among them."""
        for place in range(self.count if count is None else min(self.count, count)):
            if self._processes[place] is None:
                self._start_process(place)

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Any]]:
        """Each job, as it is done, with its Output, or with the exception it raised. A killed process is replaced."""
        waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
        for job in jobs:
            waiting.put(job)
        count = waiting.qsize()
        self.start(count)
        done: queue.SimpleQueue[tuple[Job, Any]] = queue.SimpleQueue()
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        for place in range(min(self.count, count)):
            thread = threading.Thread(target=self._run_thread, args=(place, waiting, done), daemon=True)
            self._threads.append(thread)
            thread.start()
        for _ in range(count):
            yield done.get()

    def close(self) -> None:
        """End all processes, whatever they are at, and start none in their place."""
        with self._processes_lock:
            self._closed = True
        processes = [process for process in self._processes if process]
        for process in processes:
            process.request_stop()
        for process in processes:
            process.wait_or_kill()
        for thread in self._threads:
            thread.join(PATIENCE)
        for process in processes:
            process.close_stdout()

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run_thread(
        self, place: int, waiting: "queue.SimpleQueue[Job]", done: "queue.SimpleQueue[tuple[Job, Any]]"
    ) -> None:
        with contextlib.suppress(queue.Empty):
            while not self._closed:
                job = waiting.get_nowait()
                try:
                    result, grown = self._run_job(place, job)
                except Exception as error:
                    result, grown = error, 0
                done.put((job, result))
                if grown > MAX_GROWTH:
                    with contextlib.suppress(WorkerLostError):
                        self._start_process(place)

    def _run_job(self, place: int, job: Job) -> tuple[Any, int]:
        """One job, once more where the process was killed: the next one may live."""
        process = self._processes[place] or self._start_process(place)
        try:
            return process.run(job)
        except WorkerLostError:
            return self._start_process(place).run(job)

    def _start_process(self, place: int) -> "_Process":
        with self._processes_lock:
            if self._closed:
                raise WorkerLostError("the workers were sent home")
            old, new = self._processes[place], _Process()
            self._processes[place] = new
        if old:
            old.request_stop()
            old.wait_or_kill()
            old.close_stdout()
        return new


class _Process:
    """One worker: asked over a pipe, answers over another."""

    def __init__(self) -> None:
        self._running = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0 if os.name == "posix" else None,  # Ctrl-C is the parent's to hear
        )

    def run(self, job: Job) -> tuple[Any, int]:
        """(what it made, how much the process has grown, in bytes). Raises what the job raised, or WorkerLostError."""
        assert self._running.stdin
        assert self._running.stdout
        try:
            _put(self._running.stdin, (job.format, job.page, job.library))
            made, grown = pickle.loads(_frame(self._running.stdout))
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            raise WorkerLostError(f"the process that made {job.page.name} was ended") from None
        if isinstance(made, Exception):
            raise made
        return made, grown

    def request_stop(self) -> None:
        """Tell it to tidy up and end, in the middle of something if need be."""
        with contextlib.suppress(OSError):
            assert self._running.stdin
            self._running.stdin.close()

    def wait_or_kill(self) -> None:
        try:
            self._running.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()

    def close_stdout(self) -> None:
        """Let go of its answers; nobody waits for one any more."""
        with contextlib.suppress(OSError):
            assert self._running.stdout
            self._running.stdout.close()


def _put(pipe: IO[bytes], value: object) -> None:
    content = pickle.dumps(value)
    pipe.write(len(content).to_bytes(8, "big") + content)
    pipe.flush()


def _frame(pipe: IO[bytes]) -> bytes:
    return _exactly(pipe, int.from_bytes(_exactly(pipe, 8), "big"))


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError
    return content


def worker_main() -> None:
    """What a worker does: get ready, then make what it is asked for until its parent hangs up or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not print into the answers
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, inbox), daemon=True).start()
    from ..pdf.typeset import warm_up
    from .formats import FORMATS

    warm_up()
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 1000)  # a layout is one large tree; looking through it again and again is a tenth
    smallest = 0
    while True:
        name, page, library = pickle.loads(inbox.get())
        try:
            made: Any = FORMATS[name](page, library)
        except Exception as error:
            made = error
        gc.collect()
        size = _resident()
        smallest = min(smallest or size, size)
        _put(replies, (made, size - smallest))
        made = page = None


def _listen(requests: IO[bytes], inbox: "queue.SimpleQueue[bytes]") -> None:
    """Take requests; end with the parent, in the middle of one if need be."""
    try:
        while True:
            inbox.put(_frame(requests))
    except (EOFError, OSError):
        pass
    finally:
        with contextlib.suppress(Exception):
            sys.modules["briefings.pdf.typeset"].clean_up()  # missing where the worker ends before it has loaded it
        os._exit(1)


def _resident() -> int:
    """Bytes of memory this process holds, where the system tells."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0
