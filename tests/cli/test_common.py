"""Problems -> lines for stderr."""

import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import pytest

from briefings.cli.building import progress
from briefings.cli.building.progress import build_callbacks
from briefings.cli.common import as_errors, count_files, has_error, print_problems, problem_lines
from briefings.problems import Mark, Problem


def error(file: str = "", message: str = "message") -> Problem:
    return Problem("code", message, Mark(file, 1, 1) if file else None)


@pytest.mark.parametrize(
    ("problems", "written", "summary"),
    [
        ([error()], 0, "1 error. Nothing was written."),
        ([error("a.yaml"), error("a.yaml", "another")], 0, "2 errors in 1 file. Nothing was written."),
        ([error("a.yaml"), error("b.yaml", "another"), error()], 0, "3 errors in 2 files. Nothing was written."),
        ([error()], 1, "1 error. The other file was written."),
        ([error()], 3, "1 error. The other 3 files were written."),
    ],
)
def test_problems_end_with_a_summary(problems: list[Problem], written: int, summary: str) -> None:
    assert list(problem_lines(problems, written)) == [*map(str, problems), summary]


def test_repeated_problems_are_one_message_and_all_are_counted() -> None:
    lines = list(problem_lines([error("a.yaml"), error("b.yaml"), error("b.yaml", "another")]))
    assert lines == [
        "a.yaml:1:1: error[code]: message\n  and 1 more: b.yaml:1:1",
        "b.yaml:1:1: error[code]: another",
        "3 errors in 2 files. Nothing was written.",
    ]


def test_who_has_no_checkout_is_told_where_the_docs_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = replace(error("a.yaml"), hint="see docs/data.md")
    assert list(problem_lines([problem]))[-1] == "1 error in 1 file. Nothing was written."
    monkeypatch.setattr("briefings.library.shipped", lambda: tmp_path / "shipped")
    (tmp_path / "shipped/docs").mkdir(parents=True)
    assert list(problem_lines([problem]))[-1] == f"docs/ is {tmp_path.as_posix()}/shipped/docs/"
    assert list(problem_lines([error("a.yaml")]))[-1] == "1 error in 1 file. Nothing was written."


def test_strict_makes_errors_of_warnings() -> None:
    warning = Problem("code", "message", severity="warning")
    assert as_errors([warning, error()], strict=False) == (warning, error())
    assert as_errors([warning, error()], strict=True) == (error(), error())
    assert not has_error([warning])
    assert list(problem_lines([error()], done="All was written."))[-1] == "1 error. All was written."


def test_warnings_have_no_summary() -> None:
    warning = Problem("code", "message", severity="warning")
    assert list(problem_lines([warning])) == [str(warning)]


def test_count_files() -> None:
    assert [count_files(count) for count in (0, 1, 2)] == ["0 files", "1 file", "2 files"]


def test_an_index_alone_is_no_document_but_was_written() -> None:
    *_, summary = problem_lines([error()], 0, ["build/pond/index.html"])
    assert summary == "1 error. Only build/pond/index.html was written."


@pytest.mark.parametrize(("severity", "colour"), [("error", 31), ("warning", 33)])
@pytest.mark.parametrize(
    ("terminal", "no_color", "coloured"), [(True, "", True), (True, "1", False), (False, "", False)]
)
def test_errors_are_in_colour_only_on_a_terminal(
    terminal: bool,
    no_color: str,
    coloured: bool,
    severity: Literal["error", "warning"],
    colour: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    print_problems([replace(error("a.yaml"), severity=severity)])
    printed = capsys.readouterr().err
    assert (f"\x1b[{colour}m{severity}[code]\x1b[0m: " in printed) == coloured
    assert ("\x1b" in printed) == coloured


def test_a_long_run_says_how_far_it_is(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that are filled are told from time to time, rows with those that failed, and papers as files."""
    clock = iter([0.0, 1.0, 6.0, 6.0, 7.0, 0.0])
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    with build_callbacks(quiet=False, rows=True) as told:
        for done in (1, 500, 501):
            told.planning(done, 1000, 8.0)
        told.planning(1000, 1000, 0.0)
        told.progress(Path("build/a.pdf"), 1, 2, 3.0)
        told.progress(Path("build/for-schools/elm-school"), 50, 1000, 3.0)
        told.rows(1200, 3, 797, 100.0)
    assert capsys.readouterr().out.splitlines() == [
        "500 of 1,000 pages filled, 8 s left",
        "1/2 build/a.pdf, 3 s left",
        "1,200 rows done, 3 failed, 797 to go, 2 min left",
    ]
    with build_callbacks(quiet=True, rows=True) as told:
        told.rows(1, 0, 0, 0.0)
    assert capsys.readouterr().out == ""
