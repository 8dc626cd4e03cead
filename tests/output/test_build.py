"""A request -> files: the whole build, mostly with a fake typesetter."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import HERE, POND

import briefings as package
from briefings.briefing.parts import Briefing
from briefings.composing.project import Request, UsageError
from briefings.library import Library
from briefings.output import plan as plan_module
from briefings.output.build import build, execute_plan
from briefings.output.files import write_atomically
from briefings.output.formats import FORMATS
from briefings.output.output_file import Output
from briefings.output.plan import BuildCallbacks, TimeLeft, make_plan
from briefings.output.update import BuildOptions, IncrementalBuild, UnfinishedError
from briefings.output.workers import WorkerPool
from briefings.page.page import Page
from briefings.page.render import render
from briefings.problems import Problem, ProblemError

ROOT = HERE.parent
ALL = ("policy", "public", "pupils", "secondary", "teachers", "university")
LESSON = ["teachers-before.pdf", "teachers-lesson.pdf"]  # the pack has a lesson and a letter


def names(paths: Iterable[Path]) -> list[str]:
    return sorted(path.name for path in paths)


@pytest.mark.parametrize(
    ("wanted", "files"),
    [
        ({}, sorted(["everyone-reader.html", *LESSON, *(f"{a}-briefing.{f}" for a in ALL for f in ("html", "pdf"))])),
        ({"formats": ("pdf",)}, sorted([*LESSON, *(f"{a}-briefing.pdf" for a in ALL)])),
        (
            {"audiences": ("pupils", "public")},
            [f"{a}-briefing.{f}" for a in ("public", "pupils") for f in ("html", "pdf")],
        ),
        ({"looks": ("school",), "formats": ("html",)}, ["pupils-briefing.html"]),
        ({"documents": ("briefing",), "looks": ("memo",), "formats": ("html",)}, ["policy-briefing.html"]),
        (
            {"audiences": ("pupils",), "paper": "letter"},
            ["pupils-briefing-letter.html", "pupils-briefing-letter.pdf"],
        ),
        ({"packs": ("pond",), "audiences": ("pupils",)}, ["pupils-briefing.html", "pupils-briefing.pdf"]),
    ],
)
def test_a_plan_has_a_target_per_requested_file(library: Library, wanted: dict[str, Any], files: list[str]) -> None:
    targets = make_plan(library, Request(**wanted), Path("out")).targets
    assert names(step.path for step in targets) == files
    assert {step.path.parent for step in targets} == {Path("out/pond")}


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"audiences": ("pupil",)}, "there is no audience 'pupil'.*'pupils'"),
        ({"packs": ("lake",)}, "there is no pack 'lake'; there are pond"),
        ({"paper": "a5"}, "there is no paper 'a5'.*a4, a4-landscape, letter"),
        ({"formats": ("docx",)}, "there is no format 'docx'; there are fillable, gift, html, moodle, pdf, qti"),
        ({"documents": ("leaflet",)}, "there is no document 'leaflet'; there are before, briefing"),
        ({"audiences": ("pupils",), "looks": ("memo",)}, "no document matches the request"),
    ],
)
def test_an_unknown_name_is_a_usage_error(library: Library, wanted: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        make_plan(library, Request(**wanted), Path("out"))


def test_a_pack_can_be_requested_by_its_folder(library: Library, project: Path) -> None:
    targets = make_plan(library, Request((str(project / "data/pond"),), ("pupils",)), Path("out")).targets
    assert {step.path.parent for step in targets} == {Path("out/pond")}


def test_without_a_project_nothing_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"there is no project.*\n'briefings new DIR'.*'--sample'"):
        package.build()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_shipped_project_is_built_on_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    report = package.build(["kursk"], sample=True, audiences=["public"], formats=["html"])
    assert names(report.written) == ["index.html", "public-briefing.html"]
    assert {path.parent for path in report.written} == {Path("build/kursk")}


def test_requested_files_and_an_index_are_written(project: Path, tmp_path: Path, typesetter: list[str]) -> None:
    report = package.build(project=project, out=tmp_path / "out", audiences=["pupils"], jobs=1)
    written = ["index.html", "pupils-briefing.html", "pupils-briefing.pdf"]
    assert names(report.written) == names((tmp_path / "out/pond").iterdir()) == written
    assert typesetter == ["pupils-briefing"]
    assert {path.name: count for path, count in report.sheets.items()} == {"pupils-briefing.pdf": 2}
    assert report.warnings == ()


def test_the_time_left_is_told_when_it_is_no_guess(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What passes before the first page is filled counts for no other, and two fast pages say little."""
    clock = count(16.0, 0.6)  # at each page
    monkeypatch.setattr(plan_module, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    told: list[tuple[int, int, float | None]] = []
    package.build(
        project=project,
        out=tmp_path,
        formats=["html"],
        dry_run=True,
        told=BuildCallbacks(planning=lambda *said: told.append(said)),
    )
    total = len(told)
    assert [(done, left) for done, _, left in told if left is None] == [(done, None) for done in range(1, 5)]
    later = [(done, pytest.approx(0.6 * (total - done))) for done in range(5, total + 1)]
    assert [(done, left) for done, _, left in told[4:]] == later
    assert later


def test_the_time_left_is_told_after_several_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what they weigh. Of two slow ones at a time, the second may come with the first, which says nothing."""
    clock = iter([10.0, 20.0, 30.0, 40.0, 50.0])
    monkeypatch.setattr(plan_module, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    left = TimeLeft(1000)
    assert [left.after(done) for done in (100, 200, 300, 400, 1000)] == [None, None, None, pytest.approx(60.0), 0.0]


@pytest.mark.slow
def test_the_index_links_to_all_existing_files(project: Path, tmp_path: Path, typesetter: list[str]) -> None:
    for audience in ("pupils", "public"):
        package.build(project=project, out=tmp_path, audiences=[audience], formats=["html"])
    index = (tmp_path / "pond/index.html").read_text()
    assert [a for a in ALL if f'href="{a}-briefing.html"' in index] == ["public", "pupils"]
    assert ".pdf" not in index
    assert typesetter == []


@pytest.mark.slow
def test_too_many_sheets_give_a_warning(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "pdf", lambda page, _: Output(f"{page.name}.pdf", b"", 5))
    report = package.build(project=project, out=tmp_path, audiences=["pupils", "policy"], formats=["pdf"], jobs=1)
    assert [(p.severity, p.code, p.message) for p in report.warnings] == [
        ("warning", "sheets", "pupils-briefing.pdf has 5 sheets; 4 are allowed"),
        ("warning", "sheets", "policy-briefing.pdf has 5 sheets; 2 are allowed"),
    ]


@pytest.mark.slow
def test_too_few_sheets_ask_for_more_and_name_a_file_that_the_user_has(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FORMATS, "pdf", lambda page, _: Output(f"{page.name}.pdf", b"", 1))
    options: dict[str, Any] = {"audiences": ["pupils", "policy"], "formats": ["pdf"], "jobs": 1}
    # a pack without aims and options has not the content of two sheets
    assert package.build(project=project, out=tmp_path, **options).warnings == ()
    pack = project / "data/pond/pack.yaml"
    text = 'paragraphs: [{id: %s-1, text: "The pond was dug. [@newsletter]"}]'
    for name in ("objectives", "options", "unknown"):
        pack.write_text(pack.read_text() + f"  - {{id: {name}, title: More, {text % name}}}\n")
    (warning,) = package.build(project=project, out=tmp_path, **options).warnings
    assert warning.message == "policy-briefing.pdf has 1 sheet; 2 are asked for"
    assert warning.hint == (
        "choose a greater depth, more sections or more parts, or change 'sheets' in a data/audiences/policy.yaml of "
        "your own, with 'extends: policy'"
    )


@pytest.mark.slow
def test_a_pdf_that_fails_does_not_stop_the_others(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pdf(page: Page, _: Library) -> Output:
        if page.name.startswith("pupils"):
            raise ProblemError([Problem("missing-glyph", "no font has it")])
        return Output(f"{page.name}.pdf", b"%PDF")

    monkeypatch.setitem(FORMATS, "pdf", pdf)
    with pytest.raises(UnfinishedError, match="no font has it") as caught:
        package.build(project=project, out=tmp_path / "out", jobs=1)
    made = {path.name for path in (tmp_path / "out/pond").iterdir()}
    assert made == {
        "index.html",
        "everyone-reader.html",
        *LESSON,
        *(f"{a}-briefing.{f}" for a in ALL for f in ("html", "pdf")),
    } - {"pupils-briefing.pdf"}
    assert made == {path.name for path in caught.value.written}
    assert "pupils-briefing.pdf" not in (tmp_path / "out/pond/index.html").read_text()  # no broken link


@pytest.mark.slow
def test_the_problems_of_all_pages_are_reported_once(project: Path, tmp_path: Path, typesetter: list[str]) -> None:
    broken = project / "templates/partials/said.html"
    broken.parent.mkdir(parents=True)
    broken.write_text("{{ nothing }}")
    library = Library(project)
    with pytest.raises(ProblemError) as caught:
        execute_plan(make_plan(library, Request(), tmp_path / "out"), library, BuildOptions(1))
    assert [(p.code, p.mark and p.mark.line) for p in caught.value.problems] == [
        ("undefined", 1)
    ]  # once, not six times
    assert typesetter == []


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a/b.html"
    write_atomically({path: b"first"})
    assert path.read_bytes() == b"first"
    assert path.stat().st_mode & 0o777 == 0o644

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ProblemError, match=r"cannot write .*b\.html: no space left on device"):
        write_atomically({path: b"second"})
    assert [(p.name, p.read_bytes()) for p in path.parent.iterdir()] == [("b.html", b"first")]


def test_no_file_is_written_if_one_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "b.html").mkdir()
    with pytest.raises(ProblemError, match=r"b\.html: is a directory"):
        write_atomically({tmp_path / "a.html": b"x", tmp_path / "b.html": b"x"})
    assert [path.name for path in tmp_path.iterdir()] == ["b.html"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_build_leaves_whole_files_and_no_process(tmp_path: Path, kind: signal.Signals) -> None:
    out, place = tmp_path / "out", tmp_path / "places"
    place.mkdir()
    command = [sys.executable, "-m", "briefings", "build", "kursk", "--jobs", "2", "--out", str(out)]
    # Two workers typeset these for several seconds, and pages and quizzes are written before.
    command += ["--audience", "secondary", "--audience", "pupils"]
    command += ["--document", "briefing", "--document", "worksheet-key"]
    running = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "TMPDIR": str(place)}, start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert running.stdout
        while ".html" not in running.stdout.readline():
            assert running.poll() is None
        time.sleep(1.5)  # the workers are typesetting
        os.kill(running.pid, kind)
        begun = time.monotonic()
        stderr = running.communicate(timeout=20)[1]  # returns only when the workers have closed the pipe too
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    assert time.monotonic() - begun < 2
    assert running.returncode in (130, -signal.SIGKILL)
    assert "Traceback" not in stderr
    files = [path for path in (out / "kursk").iterdir() if path.suffix != ".part"]
    assert {path.suffix for path in files} >= {".html"}
    for path in files:
        ends = {".html": b"</html>", ".pdf": b"%%EOF", ".xml": b"</quiz>", ".txt": b"}"}
        content = path.read_bytes()
        assert zipfile.is_zipfile(path) if path.suffix == ".zip" else content.rstrip().endswith(ends[path.suffix]), path
    assert list(place.iterdir()) == []  # and no temporary file


def test_a_file_where_a_folder_is_needed_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    with pytest.raises(ProblemError, match="cannot write"):
        write_atomically({tmp_path / "a/b.html": b"x"})
    assert (tmp_path / "a").read_text() == "mine"


@pytest.mark.slow
def test_the_number_of_jobs_does_not_change_the_files(project: Path, tmp_path: Path) -> None:
    made = []
    for jobs in (1, 2):
        out = tmp_path / str(jobs)
        package.build(project=project, out=out, audiences=["pupils", "public"], jobs=jobs)
        made.append({path.name: path.read_bytes() for path in out.rglob("[!.]*.*")})
    assert made[0] == made[1]
    assert len(made[0]) == 5


def test_html_is_self_contained(briefings: dict[str, Briefing], library: Library) -> None:
    html = FORMATS["html"](render(briefings["pupils"], library), library).content.decode()
    assert "<link" not in html
    assert 'url("data:font/woff2;base64,' in html
    assert html.count("font/woff2") <= 6


@pytest.mark.slow
def test_own_workers_end_before_the_index_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = list[str]()
    dismiss, write = WorkerPool.dismiss, IncrementalBuild._write_indexes

    def dismissed(self: WorkerPool) -> None:
        order.append("dismissed")
        dismiss(self)

    def written(self: IncrementalBuild, *values: Any, **named: Any) -> None:
        order.append("index")
        write(self, *values, **named)

    monkeypatch.setattr("briefings.output.build.FEWEST_TYPESET", 1)  # not in this process, as in other tests
    monkeypatch.setattr(WorkerPool, "dismiss", dismissed)
    monkeypatch.setattr(IncrementalBuild, "_write_indexes", written)
    asked: dict[str, Any] = {"project": POND, "audiences": ["public"], "formats": ["pdf"]}
    build(**asked, out=tmp_path / "own")
    assert order[:2] == ["dismissed", "index"]
    order.clear()
    with WorkerPool(1) as kept:  # of a preview, which typesets again
        build(**asked, out=tmp_path / "kept", workers=kept)
        assert order == ["index"]
