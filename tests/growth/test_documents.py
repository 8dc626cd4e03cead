"""A project of many documents is planned, recorded and looked at in time with their number. `-s` prints the times."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from growing import grows, growth, row
from lake import write_lake

from briefings import library as library_module
from briefings.cli import last_run
from briefings.composing.project import Request
from briefings.library import Library
from briefings.output import ledger
from briefings.output.folder import Made, OutputFolder
from briefings.output.index import Index, indexes
from briefings.output.ledger import LedgerEntry, digest
from briefings.output.plan import make_plan

READER = """
{id: reader-#N, title: Reader #N, level: standard, words_per_minute: 200,
 documents: [{document: briefing, look: page}], sections: [{section: figures}]}
"""


def project(folder: Path, count: int) -> Library:
    """A project with so many audiences, each with a document."""
    if not folder.exists():
        write_lake(folder)
        (folder / "data/audiences").mkdir()
        for number in range(count):
            text = READER.replace("#N", str(number))
            (folder / f"data/audiences/reader-{number}.yaml").write_text(text)
    return Library(folder)


def test_planning_takes_time_with_the_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[Path] = []
    listing = library_module.listing
    monkeypatch.setattr(library_module, "listing", lambda *given: (listed.append(given[0]), listing(*given))[1])

    def plan(library: Library) -> None:
        make_plan(library, Request(packs=("lake",)), tmp_path / "build")

    def make(size: int) -> Library:
        library = project(tmp_path / str(size), size)
        time.sleep(0.06)  # until the folder has settled
        return library

    found = growth(plan, {"": make}, 50)
    print(f"\n{row('documents', found)}", end="")
    assert not grows(found[""])
    runs = 7  # of `growth`, at most
    assert listed.count(tmp_path / "200/data/audiences") <= runs  # and not for each audience


def test_an_index_takes_time_with_the_documents(tmp_path: Path) -> None:
    """Its template groups the papers by audience once: looked for in each audience, they took time with the square."""

    def make(size: int) -> tuple[Index, Library]:
        library = project(tmp_path / str(size), size)
        plan = make_plan(library, Request(packs=("lake",)), tmp_path / "build")
        (index,) = indexes(plan.briefings, {target.path for target in plan.targets}, {})
        return index, library

    made = {size: make(size) for size in (80, 160, 320)}
    found = growth(lambda given: given[0].content(given[1], lambda _: ()), {"": made.__getitem__}, 80)
    print(f"\n{row('entries of an index', found)}", end="")
    assert not grows(found[""])


def test_the_ledger_is_written_in_time_with_the_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time, it is written with all entries: for each output, the time would grow with their square."""
    saved: list[int] = []
    monkeypatch.setattr(ledger, "save", lambda folder, entries: saved.append(len(entries)))
    (tmp_path / "lake").mkdir()
    folder, waiting, count = OutputFolder(tmp_path), list[Made](), 5000
    for number in range(count):
        waiting.append((tmp_path / f"lake/{number}.pdf", b"", LedgerEntry({}, output=digest(b""))))
        if len(waiting) >= folder.batch:
            folder.put(*waiting)
            waiting = []
    assert sum(saved) < 600 * count  # and not count / 2


def test_ten_thousand_files_are_looked_at_in_ten_times_the_start_of_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """5,000 that are read and 5,000 that were made. In processor time, which a machine at work disturbs less."""
    monkeypatch.chdir(tmp_path)
    for number in range(5000):
        for path in (tmp_path / f"data/{number % 50}/{number}.yaml", tmp_path / f"build/{number % 50}/{number}.pdf"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    (tmp_path / "briefings.toml").touch()
    time.sleep(0.1)
    snapshot = last_run.Snapshot([str(tmp_path / "data")])
    made = [str(path) for path in (tmp_path / "build").rglob("*.pdf")]
    last_run.record_run(["build"], snapshot, made, "nothing to do\n", "")
    ours, python = [], []
    for _ in range(5):
        began = time.process_time()
        assert last_run.print_if_unchanged(["build"])
        ours.append(time.process_time() - began)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        python.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert capsys.readouterr().out == "nothing to do\n" * 5
    print(f"\n| 10,000 files | {min(ours) * 1000:.0f} ms, python {min(python) * 1000:.0f} ms |", end="")
    assert min(ours) < 8 * min(python)  # the imports of the command take another two
    os.utime(tmp_path / "data/1/1.yaml", (1, 1))
    (tmp_path / "data/1/1.yaml").write_text("changed")
    assert not last_run.print_if_unchanged(["build"])
