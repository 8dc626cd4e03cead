"""Pages and an Executor -> outputs: the one place that hands out work to what is not a `WorkerPool`.

What goes there and comes back are frozen values that can be pickled, so the executor's processes may be anywhere.
"""

import os
import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from ...library import Library
from ...page.page import Page
from ...problems import ProblemError
from ...processes.messages import take
from ..output_file import Output
from ..workers import Job, WorkerPool, run_here
from .sent import Sent

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Task = TypeVar("Task")
Result = TypeVar("Result")
Value = TypeVar("Value")

# Tasks that are handed out before the result of the first is used; an executor may have its own number as `ahead`.
_AHEAD = max(8, 2 * (os.cpu_count() or 1))


class Workers(Protocol):
    """What typesets the pages of a build: a WorkerPool, or ExecutorWorkers."""

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Any]]:
        """Each job when it is done, with its Output or the exception it raised."""


@runtime_checkable
class Distant(Protocol):
    """What an executor has besides `submit` if its processes do not see the files of this machine."""

    def there(self, library: Library) -> Library:
        """The Library as those processes find it."""

    def send(self, value: Any) -> Sent[Any]:
        """Give each of those processes a value, and return the name by which tasks have it."""

    def here(self, error: ProblemError) -> ProblemError:
        """The problems with the names of files as this machine has them."""


class ExecutorWorkers:
    """Typesets in the processes of an executor. Each of them has a process of its own for that, with our limits."""

    def __init__(self, executor: "Executor") -> None:
        self._executor = executor

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Any]]:
        """Yield each job when it is done, with its Output or the exception it raised, in the order of completion."""
        done: queue.SimpleQueue[tuple[Job, Future[Output]]] = queue.SimpleQueue()
        distant = self._executor if isinstance(self._executor, Distant) else None
        waiting, running = iter(jobs), set["Future[Output]"]()
        try:
            while True:
                for job in islice(waiting, ahead_of(self._executor) - len(running)):
                    library = distant.there(job.library) if distant else job.library
                    future = self._executor.submit(typeset_job, job.format, job.page, library)
                    running.add(future)
                    future.add_done_callback(partial(_put, done, job))
                if not running:
                    return
                job, future = take(done)
                running.discard(future)
                error = future.exception()
                if distant and isinstance(error, ProblemError):
                    error = distant.here(error)
                yield job, error or future.result()
        finally:
            for future in running:
                future.cancel()
            close_idle()


def _put(done: "queue.SimpleQueue[tuple[Job, Future[Output]]]", job: Job, future: "Future[Output]") -> None:
    done.put((job, future))


def ahead_of(executor: "Executor") -> int:
    """How many tasks an executor has at a time, so that it always has work and the results fit into memory."""
    return int(getattr(executor, "ahead", _AHEAD))


def run_jobs(jobs: Sequence[Job], workers: Workers | None) -> Iterator[tuple[Job, Any]]:
    """Each job with its Output, or the exception it raised, as it is done: by the workers, else in this process."""
    if workers:
        yield from workers.run(jobs)
    elif jobs:
        yield from run_here(jobs, _run_here)


def _run_here(job: Job) -> Output | ProblemError:
    from ..formats import FORMATS  # whoever only hands out work does not load the typesetter

    try:
        return FORMATS[job.format](job.page, job.library)
    except ProblemError as error:
        return error


_idle: list[WorkerPool] = []  # of this process, which has one for each job at a time


def typeset_job(form: str, page: Page, library: Library) -> Output:
    """Typeset a page in a process that is kept for the next one. Raises what the job raised, LimitError included."""
    try:
        pool = _idle.pop()
    except IndexError:
        pool = WorkerPool(1)
    try:
        [(_, result)] = pool.run([Job(None, form, page, library)])
    except BaseException:
        pool.close()
        raise
    _idle.append(pool)
    if isinstance(result, Exception):
        raise result
    output: Output = result
    return output


def close_idle() -> None:
    """End the processes that `typeset_job` keeps in this process."""
    while _idle:
        _idle.pop().close()


def sent(executor: "Executor | None", value: Value) -> Value | Sent[Value]:
    """What stands for a value in each of many tasks: its name, if the executor's processes are elsewhere."""
    return executor.send(value) if isinstance(executor, Distant) else value


def is_shared(executor: "Executor | None", folder: Path) -> bool:
    """Whether the executor's processes were seen to read and write in this folder of this machine."""
    shared: Path | None = getattr(executor, "shared", None)
    return shared is not None and folder.resolve().is_relative_to(shared.resolve())


def in_order(executor: "Executor | None", work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
    """What `work` makes of each task, in their order: by the executor, a few ahead, else in this process."""
    if executor is None:
        yield from map(work, tasks)
        return
    waiting: deque[Future[Result]] = deque()
    try:
        for task in tasks:
            waiting.append(executor.submit(work, task))
            if len(waiting) > ahead_of(executor):
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    finally:
        for future in waiting:
            future.cancel()


def _result(future: "Future[Result]") -> Result:
    """The result of a future; Ctrl-C is noticed while it is awaited."""
    done: queue.SimpleQueue[Future[Result]] = queue.SimpleQueue()
    future.add_done_callback(done.put)
    return take(done).result()
