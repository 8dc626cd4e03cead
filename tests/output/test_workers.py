"""Worker processes: those that were killed or have grown are replaced, and none is left behind."""

import gc
import os
import signal
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefings.library import Library
from briefings.output import workers as module
from briefings.output.workers import Job, WorkerLostError, WorkerPool, run_here
from briefings.page.page import Page
from briefings.problems import ProblemError

pytestmark = pytest.mark.slow

HEAD = '<meta charset="utf-8"><title>T</title><link rel="stylesheet" href="css/fonts.css">'
STYLE = '<style>html { font-family: "Source Sans 3" }</style>'


def jobs(library: Library, count: int, words: str = "a") -> list[Job]:
    pages = [Page(f"p{n}", "T", f'<html lang="en">{HEAD}{STYLE}<p>{words} {n}</p></html>') for n in range(count)]
    return [Job(page.name, "pdf", page, library) for page in pages]


def process(workers: WorkerPool) -> int:
    first = workers._processes[0]
    assert first
    return first._running.pid


def test_output_does_not_depend_on_the_worker_or_the_order(library: Library) -> None:
    work = jobs(library, 4)
    with WorkerPool(2) as many, WorkerPool(1) as one:
        made = {job.key: output.content for job, output in many.run(work)}
        assert made == {job.key: output.content for job, output in one.run(reversed(work))}
    assert len(set(made.values())) == 4


def test_a_killed_process_is_replaced_and_its_job_run_again(library: Library) -> None:
    with WorkerPool(1) as workers:
        workers.start()
        killed = process(workers)
        os.kill(killed, signal.SIGKILL)
        made = [output.content[:5] for _, output in workers.run(jobs(library, 2))]
        assert made == [b"%PDF-"] * 2
        assert process(workers) != killed


def test_a_job_that_kills_every_process_does_not_stop_the_others(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = module._Process.run

    def killing(self: module._Process, job: Job, allowance: object) -> object:
        if job.key == "p0":
            os.kill(self._running.pid, signal.SIGKILL)
        return run(self, job, allowance)

    monkeypatch.setattr(module._Process, "run", killing)
    with WorkerPool(1) as workers:
        made = {job.key: output for job, output in workers.run(jobs(library, 2))}
    assert isinstance(made["p0"], WorkerLostError)
    assert made["p1"].content.startswith(b"%PDF-")


def test_a_problem_in_a_worker_reaches_the_caller(library: Library) -> None:
    with WorkerPool(1) as workers:
        ((_, made),) = workers.run(jobs(library, 1, "蛙"))
    assert isinstance(made, ProblemError)
    assert [problem.code for problem in made.problems] == ["missing-glyph"]


def test_a_grown_process_is_replaced(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_GROWTH", -1)
    with WorkerPool(1) as workers:
        workers.start()
        first = process(workers)
        assert len(list(workers.run(jobs(library, 2)))) == 2
        assert process(workers) != first


def test_a_closed_pool_leaves_no_process_and_no_temporary_file(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with WorkerPool(2) as workers:
        list(workers.run(jobs(library, 2)))
        running = [worker._running for worker in workers._processes if worker]
        assert list(tmp_path.iterdir()) != []
    assert [child.poll() is not None for child in running] == [True, True]
    assert list(tmp_path.iterdir()) == []


def test_a_font_of_an_earlier_page_is_not_available_to_the_next(library: Library) -> None:
    """Fonts are kept from page to page, but a page can use only those that it declares."""
    bare = Page("bare", "T", '<html lang="en"><meta charset="utf-8"><title>T</title><p>a</p></html>')
    work = [*jobs(library, 1), Job("bare", "pdf", bare, library)]
    with WorkerPool(1) as workers:
        made = {job.key: output for job, output in workers.run(work)}
    assert made["p0"].content.startswith(b"%PDF-")
    assert isinstance(made["bare"], ProblemError)
    assert [problem.code for problem in made["bare"].problems] == ["no-face"]


@pytest.fixture(params=[True, False])
def frozen(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whether this process has left objects out of searches for garbage, as the tests do after each module."""
    if not request.param:
        gc.unfreeze()
    yield request.param
    gc.freeze()


def test_garbage_is_searched_for_rarely_only_while_jobs_run_here(library: Library, frozen: bool) -> None:
    class Tree:
        pass

    def left(job: Job) -> int:
        tree = Tree()
        tree.tree = tree  # type: ignore[attr-defined]  # as a layout: only a search frees it
        alive.append(weakref.ref(tree))
        return gc.get_threshold()[0]

    alive: list[weakref.ref[Tree]] = []
    before = gc.get_threshold(), frozen
    asked = [thresholds for _, thresholds in run_here(jobs(library, 3), left)]
    assert asked == [200_000] * 3
    assert [tree() is not None for tree in alive] == [False, False, True], "the memory of one job is free for the next"
    assert (gc.get_threshold(), gc.get_freeze_count() > 0) == before
