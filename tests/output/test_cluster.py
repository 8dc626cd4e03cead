"""A scheduler and two workers of Dask, as processes of their own: the bytes of one machine, whatever is lost."""

import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from conftest import POND

from briefings.composing.project import UsageError
from briefings.copies.make import build_copies
from briefings.library import Library, shipped
from briefings.output.build import build
from briefings.output.plan import BuildCallbacks
from briefings.output.remote import cluster as module
from briefings.output.remote.archive import engine_archive, library_there, project_archive
from briefings.output.remote.bootstrap import unpack
from briefings.output.remote.cluster import Cluster
from briefings.output.remote.executor import ExecutorWorkers
from briefings.output.workers import Job, run_here
from briefings.page.page import Page
from briefings.pdf.typeset import typeset
from briefings.problems import ProblemError

pytestmark = pytest.mark.slow

HEAD = '<meta charset="utf-8"><title>T</title><link rel="stylesheet" href="css/fonts.css">'
HEAD += '<style>html { font-family: "Source Sans 3" }</style>'


def page(words: str, name: str = "p") -> Page:
    return Page(name, "T", f'<html lang="en">{HEAD}<p>{words}</p></html>')


class Dask:
    """A scheduler on this machine, and its workers."""

    def __init__(self, folder: Path) -> None:
        if importlib.util.find_spec("distributed") is None:
            reason = "Dask is missing; type: make dev"
            pytest.fail(reason, pytrace=False) if os.environ.get("CI") else pytest.skip(reason)
        self._folder, file = folder, folder / "scheduler.json"
        quiet = ("--host", "127.0.0.1", "--no-dashboard", "--no-show")
        self.scheduler = self._start(
            "scheduler", *quiet, "--port", "0", "--idle-timeout", "120", "--scheduler-file", str(file)
        )
        while not file.is_file() or not file.read_text():
            assert self.scheduler.poll() is None, (folder / "log").read_text()
            time.sleep(0.05)
        self.address = json.loads(file.read_text())["address"]
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self, **variables: str) -> "subprocess.Popen[bytes]":
        options = (
            "--nthreads",
            "1",
            "--death-timeout",
            "20",
            "--no-nanny",
            "--no-dashboard",
            "--local-directory",
            str(self._folder),
        )
        self.workers.append(self._start("worker", self.address, *options, **variables))
        return self.workers[-1]

    def _start(self, what: str, *options: str, **variables: str) -> "subprocess.Popen[bytes]":
        # The workers run in a folder and with a path that have nothing of ours: they get the engine from the build.
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        command = [sys.executable, "-W", "ignore", "-m", f"distributed.cli.dask_{what}", *options]
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log, env=kept | variables)

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """What limits pages forks this process, which it cannot do beside a thread."""
    before = threading.active_count()
    yield
    assert threading.active_count() == before, threading.enumerate()


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    dask = Dask(tmp_path_factory.mktemp("dask"))
    try:
        dask.add_worker()
        dask.add_worker()
        yield dask
    finally:
        dask.close()


def outcomes(cluster: Cluster, library: Library, *pages: Page) -> dict[str, Any]:
    jobs = [Job(page.name, "pdf", page, library) for page in pages]
    return {job.key: result for job, result in ExecutorWorkers(cluster).run(jobs)}


def test_documents_have_the_bytes_of_one_machine(dask: Dask, tmp_path: Path) -> None:
    request: dict[str, Any] = {"project": POND, "audiences": ["policy"], "documents": ["briefing"]}
    told: dict[str, list[tuple[str, int, int]]] = {"here": [], "there": []}

    def tell(where: str) -> BuildCallbacks:
        return BuildCallbacks(lambda path, done, total, _: told[where].append((path.name, done, total)))

    build(["pond"], out=tmp_path / "here", told=tell("here"), **request)
    with Cluster(dask.address) as cluster:
        build(["pond"], out=tmp_path / "there", told=tell("there"), executor=cluster, **request)
    here = {path.name: path.read_bytes() for path in (tmp_path / "here/pond").iterdir()}
    assert any(name.endswith(".pdf") for name in here)
    assert {path.name: path.read_bytes() for path in (tmp_path / "there/pond").iterdir()} == here
    assert told["there"] == told["here"]
    assert build(["pond"], out=tmp_path / "there", **request).written == ()  # nor does the ledger differ


def test_a_theme_goes_there_and_problems_name_the_files_of_this_machine(dask: Dask, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    (theme / "css").mkdir(parents=True)
    (theme / "css/own.css").write_text("p { color: red; background: url(nowhere.svg) }")
    (tmp_path / "house.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    library = Library(shipped(), (theme,))
    own = page("a").html.replace("</head>", "").replace("<p>", '<link rel="stylesheet" href="css/own.css"><p>')
    ((_, here),) = run_here([Job("p", "pdf", Page("p", "T", own), library)], lambda job: _result(job))
    with Cluster(dask.address) as cluster:
        made = outcomes(cluster, library, Page("p", "T", own), page("b", "q"))
    assert isinstance(made["p"], ProblemError)
    assert [str(problem) for problem in made["p"].problems] == [str(problem) for problem in here.problems]
    assert str(theme / "css/own.css") in str(made["p"])
    assert made["q"].content == typeset(page("b", "q"), library).pdf


def _result(job: Job) -> Any:
    try:
        return typeset(job.page, job.library)
    except ProblemError as error:
        return error


ROWS = 600


def copies(folder: Path, rows: int = ROWS, **options: Any) -> dict[str, bytes]:
    """Every file that is made for a list of schools."""
    folder.mkdir(parents=True)
    (folder / "schools.csv").write_text("name\n" + "".join(f"School {number}\n" for number in range(rows)))
    request: dict[str, Any] = {"project": POND, "audiences": ["policy"], "documents": ["briefing"]}
    report = build_copies(folder / "schools.csv", ["pond"], out=folder, **request, **options)
    assert (report.made, report.problems) == (rows, ())
    files = [path for path in (folder / "for-schools/pond").rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def copies_here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return copies(tmp_path_factory.mktemp("copies") / "here")


@pytest.mark.parametrize("shared", [False, True], ids=["returned", "shared"])
def test_one_worker_is_killed_half_way_and_nothing_is_missing(
    dask: Dask, copies_here: dict[str, bytes], tmp_path: Path, shared: bool
) -> None:
    killed = dask.add_worker()
    done: list[int] = []

    def kill(_: Path, now: int, total: int, __: object) -> None:
        done.append(now)
        if total == ROWS and now >= 100:
            killed.kill()

    with Cluster(dask.address, tmp_path if shared else None) as cluster:
        wait_for_workers(cluster, 3)
        made = copies(tmp_path / "there", executor=cluster, told=BuildCallbacks(kill))
    assert killed.wait(5) != 0
    assert made == copies_here
    assert done[-1] == ROWS


def test_a_paper_is_sent_once_however_many_rows_there_are(
    dask: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import Client

    submit, handed_out = Client.submit, list[int]()

    def counted(client: Client, work: Any, *args: Any, **how: Any) -> Any:
        handed_out.append(sum(len(each) for each in args if isinstance(each, bytes)))
        return submit(client, work, *args, **how)

    monkeypatch.setattr(Client, "submit", counted)
    sizes = {}
    for rows in (50, 250):
        handed_out.clear()
        with Cluster(dask.address) as cluster:
            copies(tmp_path / str(rows), rows, executor=cluster)
        sizes[rows] = sum(handed_out)
    (paper,) = (tmp_path / "50/for-schools/.base/pond").glob("*.pdf")
    assert 0 < sizes[250] - sizes[50] < paper.stat().st_size / 4  # of which the rows are all


def test_a_folder_that_is_not_shared(dask: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Elsewhere(module.Token):
        """A token that only this machine has: as if the workers had another folder of this name."""

        def __init__(self, folder: Path) -> None:
            super().__init__(folder)
            Path(self.path).unlink()

    monkeypatch.setattr(module, "Token", Elsewhere)
    with Cluster(dask.address, tmp_path) as cluster, pytest.raises(ProblemError, match="does not share the folder"):
        cluster.submit(os.getpid)
    assert list(tmp_path.iterdir()) == []


def test_a_worker_with_another_weasyprint_is_named(dask: Dask, tmp_path: Path) -> None:
    (tmp_path / "weasyprint-69.0.dist-info").mkdir()
    said = r"the worker tcp://\S+ has weasyprint 69.0 and not 70"
    with Cluster(dask.address) as cluster:
        cluster.submit(os.getpid).result(60)
        other = dask.add_worker(PYTHONPATH=str(tmp_path))
        wait_for_workers(cluster, 3)
        futures = [cluster.submit(os.getpid) for _ in range(30)]  # it joined late: who gets one of these says so
        errors = [error for future in futures if (error := future.exception(60))]
    assert [str(error) for error in errors if not re.search("weasyprint 69.0 and not 70", str(error))] == []
    try:
        with Cluster(dask.address) as cluster, pytest.raises(ProblemError, match=said):
            cluster.submit(os.getpid)
        other.send_signal(signal.SIGSTOP)  # it is in the cluster, does not answer, and then is gone
        threading.Timer(1.0, other.kill).start()
        with Cluster(dask.address) as cluster:
            assert cluster.submit(os.getpid).result(60)
    finally:
        other.kill()
        other.wait()


def wait_for_workers(cluster: Cluster, count: int) -> None:
    cluster.submit(os.getpid).result(60)
    for _ in range(600):
        if len(cluster._client.nthreads()) == count:
            return
        time.sleep(0.05)
    pytest.fail("a worker does not join")


def test_other_versions_of_python_and_dask_are_named() -> None:
    ours = {"packages": {"python": "3.11.2.final.0", "dask": "2026.8.0", "distributed": "2026.8.0"}}
    worker = {"packages": {**ours["packages"], "python": "3.12.1.final.0"}}
    old = {"packages": {**ours["packages"], "dask": "2025.1.0"}}

    class Client:
        found: dict[str, Any]

        def get_versions(self) -> dict[str, Any]:
            return self.found

    cluster = Cluster.__new__(Cluster)
    cluster._address, cluster._client = "tcp://a:1", Client()
    for scheduler, workers, said in (
        (ours, {"tcp://b:2": worker}, r"the worker tcp://b:2 has python 3.12.1 and not 3.11.2"),
        (old, {}, r"the scheduler tcp://a:1 has dask 2025.1.0 and not 2026.8.0"),
    ):
        cluster._client.found = {"client": ours, "scheduler": scheduler, "workers": workers}
        with pytest.raises(ProblemError, match=said):
            cluster._require_same_versions()
    cluster._client.found = {"client": ours, "scheduler": ours, "workers": {"tcp://b:2": ours}}
    cluster._require_same_versions()


def test_a_scheduler_that_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 1.0)
    monkeypatch.setattr(module, "_require_dask", lambda: None)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ProblemError, match=f"the scheduler {address} cannot be reached: connection refused"):
            Cluster(address)
        silent.listen()  # accepts a connection, and never answers
        started = time.monotonic()
        with pytest.raises(ProblemError, match=f"the scheduler {address} cannot be reached: timed out"):
            Cluster(address)
        assert time.monotonic() - started < 5


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "http://a:1", "tcp://a", "tcp://a:b", "tcp://:1"])
def test_what_is_no_address(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_require_dask", lambda: None)
    with pytest.raises(UsageError, match=r"it is written as tcp://host:8786"):
        Cluster(address)


def test_a_cluster_that_loses_all_its_workers_or_its_scheduler_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dask = Dask(tmp_path)
    monkeypatch.setattr(module, "_ALONE", 1.0)
    try:
        worker = dask.add_worker()
        with Cluster(dask.address) as cluster:
            cluster.submit(os.getpid).result(60)
            future: Future[Any] = cluster.submit(time.sleep, 60)
            worker.kill()
            with pytest.raises(ProblemError, match="was lost"):
                future.result(20)
        monkeypatch.setattr(module, "_PATIENCE", 1.0)
        with Cluster(dask.address) as cluster, pytest.raises(ProblemError, match="has no workers"):
            cluster.submit(os.getpid)
        dask.add_worker()
        monkeypatch.setattr(module, "_PATIENCE", 5.0)
        with Cluster(dask.address) as cluster:
            future = cluster.submit(time.sleep, 60)
            dask.scheduler.kill()
            with pytest.raises(ProblemError, match="was lost"):
                future.result(20)
    finally:
        dask.close()


def test_an_archive_depends_on_contents_alone_and_is_unpacked_once(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    (theme / "css").mkdir(parents=True)
    (theme / "css/own.css").write_text("p {}")
    library = Library(shipped(), (theme,))
    archive = project_archive(library)
    os.utime(theme / "css/own.css", (1, 1))
    shutil.copytree(theme, tmp_path / "moved")
    assert project_archive(library).digest == archive.digest
    assert project_archive(Library(shipped(), (tmp_path / "moved",))).digest == archive.digest
    for each in (archive, engine_archive()):
        threads = [threading.Thread(target=unpack, args=(each.content, tmp_path / "in", each.digest)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    there = library_there(library, archive)
    assert (tmp_path / "in" / there.themes[0] / "css/own.css").read_text() == "p {}"
    assert len(list((tmp_path / "in").iterdir())) == 2
