"""`briefings build`: a report -> a summary, progress lines, and the output of the next run."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Run

from briefings.cli.build import _next_run_output, _summary
from briefings.cli.building.progress import format_seconds
from briefings.output.update import Report
from briefings.problems import Problem

A, B, C = (Path("build/pond", name) for name in ("a.html", "b.pdf", "c.pdf"))
REPORT = Report(reasons={A: "the text changed", B: "the text changed", C: None})
NOTHING = replace(REPORT, reasons={A: None, B: None, C: None})


@pytest.mark.parametrize(
    ("report", "dry_run", "lines"),
    [
        (NOTHING, False, ["nothing to do: 3 files in build/pond are up to date"]),
        (Report(reasons={A: None}), True, ["nothing to do: 1 file in build/pond is up to date"]),
        (REPORT, True, ["would make 2 files in build/pond; 1 up to date"]),
        (REPORT, False, ["2 files in build/pond, 1 up to date; start with build/pond/index.html"]),
        (Report(reasons={A: "new"}), False, ["1 file in build/pond; start with build/pond/index.html"]),
        (replace(NOTHING, pruned=(A,)), False, [*_summary(NOTHING, dry_run=False), "removed build/pond/a.html"]),
        (
            replace(NOTHING, unwanted=(B,)),
            False,
            [
                *_summary(NOTHING, dry_run=False),
                "files that belong to no document any more, remove them with --prune:",
                "  build/pond/b.pdf",
            ],
        ),
    ],
)
def test_summary(report: Report, dry_run: bool, lines: list[str]) -> None:
    assert list(_summary(report, dry_run=dry_run)) == lines


def test_the_next_run_repeats_warnings_except_that_of_the_ledger() -> None:
    kept, once = Problem("sheets", "too many", severity="warning"), Problem("ledger", "damaged", severity="warning")
    report = replace(REPORT, warnings=(kept, once), pruned=(A,))
    nothing = "nothing to do: 3 files in build/pond are up to date\n"
    assert _next_run_output(report, quiet=False) == (nothing, f"{kept}\n")
    assert _next_run_output(report, quiet=True) == ("", f"{kept}\n")


@pytest.mark.parametrize(("seconds", "text"), [(0.4, "0 s"), (89, "89 s"), (90, "2 min"), (600, "10 min")])
def test_remaining_time(seconds: float, text: str) -> None:
    assert format_seconds(seconds) == text


@pytest.mark.slow
def test_explain_prints_a_reason_for_every_file(run: Run, project: Path) -> None:
    arguments = ["build", "--audience", "pupils", "--format", "html", "--explain"]
    missing = ": the file is missing"
    lines = run(arguments, project).out.splitlines()
    assert {f"build/pond/{name}{missing}" for name in ("pupils-briefing.html", "index.html")} <= set(lines)
    assert "build/pond/index.html: up to date" in run(arguments, project).out.splitlines()
    assert "build/pond/index.html: --force was given" in run([*arguments, "--force"], project).out.splitlines()


@pytest.mark.slow
def test_dry_run_prints_only_what_would_be_made(run: Run, project: Path) -> None:
    arguments = ["build", "--audience", "pupils", "--format", "html", "-q"]
    run(arguments, project)
    (project / "build/pond/index.html").unlink()
    assert run([*arguments, "--dry-run"], project).out == "build/pond/index.html: the file is missing\n"
    assert not (project / "build/pond/index.html").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--shared", "there"], "'--shared' is for the workers of a '--cluster'"),
        (["--cluster", "there"], "'there' is no address of a scheduler; it is written as tcp://host:8786"),
        (["--cluster", "tcp://there:1", "--watch"], "'--watch' builds on this machine"),
    ],
)
def test_a_cluster_is_named_by_its_address(
    run: Run, project: Path, options: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefings.output.remote.cluster._require_dask", lambda: None)
    done = run(["build", *options], project)
    assert done.code == 2
    assert said in done.err
    assert not (project / "build").exists()


def test_without_dask_a_cluster_is_an_error_with_its_remedy(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = run(["build", "--cluster", "tcp://127.0.0.1:1"], project)
    assert done.code == 2
    assert "pip install 'briefings[dask]'" in done.err
