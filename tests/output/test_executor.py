"""Any executor typesets what worker processes typeset: the same bytes, the same limits, and nothing left behind."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest

from briefings.library import Library
from briefings.output.remote import executor as module
from briefings.output.remote.executor import ExecutorWorkers, in_order
from briefings.output.workers import Job, WorkerPool
from briefings.page.page import Page
from briefings.problems import ProblemError
from briefings.processes.limits import LimitError

HEAD = '<meta charset="utf-8"><title>T</title><link rel="stylesheet" href="css/fonts.css">'


def jobs(library: Library, *words: str) -> list[Job]:
    style = '<style>html { font-family: "Source Sans 3" }</style>'
    pages = [Page(f"p{n}", "T", f'<html lang="en">{HEAD}{style}<p>{word}</p></html>') for n, word in enumerate(words)]
    return [Job(page.name, "pdf", page, library) for page in pages]


class Here(Executor):
    """Does each task at once; counts those that it was given and that nobody has used yet."""

    ahead = 2

    def __init__(self) -> None:
        self.given = 0

    def submit(self, work: Callable[..., Any], /, *args: Any, **_: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        self.given += 1
        try:
            future.set_result(work(*args))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.mark.slow
def test_threads_and_processes_make_the_bytes_of_workers(library: Library) -> None:
    work = jobs(library, "a", "b", "c")
    with WorkerPool(1) as pool:
        expected = {job.key: output for job, output in pool.run(work)}
    before = threading.active_count()
    with ThreadPoolExecutor(2) as threads:
        assert {job.key: output for job, output in ExecutorWorkers(threads).run(work)} == expected
    assert module._idle == []
    assert threading.active_count() == before
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        assert {job.key: output for job, output in ExecutorWorkers(processes).run(work)} == expected


@pytest.mark.slow
def test_problems_and_limits_of_a_document_stop_no_other(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with ThreadPoolExecutor(1) as threads:
        made = dict(zip("abc", ExecutorWorkers(threads).run(jobs(library, "a", "蛙", "b")), strict=True))
        assert isinstance(made["b"][1], ProblemError)
        assert [made[name][1].sheets for name in "ac"] == [1, 1]
        monkeypatch.setenv("BRIEFINGS_PATIENCE", "0.01")
        ((_, ended),) = ExecutorWorkers(threads).run(jobs(library, "word " * 60_000))
    assert isinstance(ended, LimitError)


def test_results_come_in_order_and_only_a_few_ahead() -> None:
    here = Here()
    for place, result in enumerate(in_order(here, lambda task: task * 2, range(20))):
        assert result == place * 2
        assert here.given - place <= here.ahead + 1
    assert list(in_order(None, os.path.basename, ["a/b"])) == ["b"]


def test_an_error_of_a_task_reaches_the_caller_and_the_others_are_dropped() -> None:
    def work(task: int) -> int:
        return 1 // task

    with pytest.raises(ZeroDivisionError):
        list(in_order(Here(), work, [1, 0, 1]))
