"""The command line: its text, the stream it goes to, and exit codes."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from click.shell_completion import BashComplete
from conftest import POND, Run

from briefings.cli.main import main
from briefings.pdf.typeset import NotInstalledError

pytestmark = pytest.mark.usefixtures("in_one_process")

BUILD = import_module("briefings.output.build")  # the name in the package is the function's
HTML = ["build", "--audience", "pupils", "--format", "html"]


def test_0_done(run: Run, project: Path) -> None:
    done = run(HTML, project)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "1/2 build/pond/pupils-briefing.html",
        "2/2 build/pond/index.html",
        "2 files in build/pond; start with build/pond/index.html",
    ]


def test_quiet(run: Run, project: Path) -> None:
    assert run([*HTML, "--quiet"], project) == (0, "", "")


def test_0_done_with_warnings(run: Run, project: Path, typesetter: list[str]) -> None:
    audience = project / "data/audiences/pupils.yaml"
    audience.parent.mkdir(exist_ok=True)
    audience.write_text(
        "{id: pupils, title: Pupils, level: plain, words_per_minute: 130, sections: [{section: established}],\n"
        " documents: [{document: briefing, look: page, sheets: {at_least: 3, at_most: 4}}]}\n"
    )
    done = run(["build", "--audience", "pupils", "-q"], project)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(
        "data/audiences/pupils.yaml:2:1: warning[sheets]: pupils-briefing.pdf has 2 sheets; 3 to 4 are asked for"
    )


@pytest.mark.slow
def test_1_warnings_if_strict(run: Run, project: Path, typesetter: list[str]) -> None:
    (project / "data/audiences/pupils.yaml").write_text(
        "{id: pupils, title: Pupils, level: plain, words_per_minute: 130, sections: [{section: established}],\n"
        " documents: [{document: briefing, look: page, sheets: {at_most: 1}}]}\n"
    )
    for _ in range(2):  # the second time there is nothing to do, and the sheets are as many
        done = run(["build", "--audience", "pupils", "--strict", "-q"], project)
        assert done.code == 1
        assert "error[sheets]: pupils-briefing.pdf has 2 sheets; 1 is allowed" in done.err
        assert done.err.endswith("1 error in 1 file. The files were written.\n")
    assert typesetter == ["pupils-briefing"]


def test_1_problems_go_to_stderr_also_with_quiet(run: Run, project: Path) -> None:
    (project / "data/pond/glossary.yaml").write_text("terms: 7\n")
    done = run([*HTML, "--quiet"], project)
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith("1 error in 1 file. Nothing was written.\n")


@pytest.mark.parametrize("arguments", [["biuld"], ["build", "--no-such"], ["build", "lake"], ["build", "--jobs", "0"]])
def test_2_usage(run: Run, project: Path, arguments: list[str]) -> None:
    done = run(arguments, project)
    assert (done.code, done.out) == (2, "")
    assert done.err


def test_3_environment(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: object, **__: object) -> None:
        raise NotInstalledError("a system library is missing: libpango-1.0-0")

    monkeypatch.setattr(BUILD, "build", build)
    done = run(HTML, project)
    assert done.code == 3
    assert (
        done.err
        == "briefings: a system library is missing: libpango-1.0-0\nrun 'briefings doctor' to see what to install\n"
    )


def test_4_a_bug_writes_its_traceback_to_a_file(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(BUILD, "build", build)
    done = run(HTML, project)
    assert done.code == 4
    assert done.err.startswith("briefings: this is a bug in briefings: ZeroDivisionError: by zero\ndetails: ")
    assert "Traceback" not in done.err
    details = Path(done.err.split("details: ")[1].strip())
    assert "Traceback" in details.read_text()
    details.unlink()


def test_4_a_bug_with_a_full_temporary_folder(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    def build(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(BUILD, "build", build)
    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    done = run(HTML, project)
    assert done.code == 4
    assert done.err.endswith("ZeroDivisionError: by zero\ndetails: not written: No space left on device\n")


def test_stopped(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(BUILD, "build", build)
    assert run(HTML, project) == (130, "", "\nbriefings: stopped\n")


def test_check(run: Run, project: Path) -> None:
    done = run(["check"], project)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("pond: no problems; 4 findings accepted with a reason\nnot checked: ")
    (project / "data/pond/people.yaml").write_text("people: []\n")
    done = run(["check"], project)
    assert done.code == 1
    assert "there is no person or source or origin 'keeper'" in done.err
    assert not (project / "build").exists()


def test_check_reports_the_problems_of_all_packs(run: Run, project: Path) -> None:
    for name in ("pond", "lake"):
        folder = project / "data" / name
        folder.mkdir(exist_ok=True)
        (folder / "pack.yaml").write_text("title: [\n")
    done = run(["check"], project)
    assert [line for line in done.err.splitlines() if "error[yaml-syntax]" in line] != []
    assert "data/lake/pack.yaml:2:1" in done.err
    assert "data/pond/pack.yaml:2:1" in done.err


def test_list(run: Run, project: Path) -> None:
    done = run(["list"], project)
    assert done.code == 0
    for line in (
        "packs: pond",
        "audiences: everyone policy public pupils secondary teachers university",
        "formats: html pdf fillable moodle gift qti",
        "papers: a3 a3-landscape a4 a4-landscape letter wide",
        "  templates (missing)",
    ):
        assert line in done.out.splitlines()


def test_doctor(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(["doctor"], project)
    assert done.code == 0
    users, _, developers = done.out.partition("to develop it and run its tests:\n")
    assert users.startswith("to make briefings:\nok      Python: 3.")
    assert "ok      weasyprint: 70." in users
    assert " pdfinfo: " in developers
    assert " pdfinfo: " not in users
    monkeypatch.setattr("briefings.cli.doctor.shipped", lambda: project)  # as installed: there are no tests
    assert " pdfinfo: " not in run(["doctor"], project).out


@pytest.mark.slow
def test_check_one_audience(run: Run, project: Path) -> None:
    audience = project / "data/audiences/pupils.yaml"
    audience.write_text(audience.read_text() + "  - {section: nowhere}\n")
    assert run(["check"], project).code == 1
    for command in (["check"], ["build", "--format", "html", "-q"]):
        assert run([*command, "--audience", "public"], project).code == 0
        done = run([*command, "--audience", "pupils"], project)
        assert done.code == 1
        assert "data/audiences/pupils.yaml" in done.err
    pack = project / "data/pond/pack.yaml"
    pack.write_text(pack.read_text() + "accept: {unexplained: in a document of one audience}\n")
    audience.unlink()
    assert "warning[unused-accept]" in run(["check"], project).err
    assert run(["check", "--audience", "public"], project).err == "", "the finding may be in another document"
    wrong = run(["check", "--audience", "pupil"], project)
    assert (wrong.code, "did you mean 'pupils'?" in wrong.err) == (2, True)


def test_version(run: Run, project: Path) -> None:
    for option in ("-V", "--version"):
        assert run([option], project) == (0, "0.1.0\n", "")


@pytest.mark.parametrize("command", ["build", "check", "list", "doctor"])
def test_help(run: Run, project: Path, command: str) -> None:
    assert f"Usage: briefings {command}" in run([command, "--help"], project).out
    assert command in run(["--help"], project).out


def test_python_m_briefings() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefings", "check", "lake"], cwd=POND, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (2, "briefings: there is no pack 'lake'; there are pond\n")


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("build --audience u", ["university"]),
        ("check --audience u", ["university"]),
        ("why --audience u", ["university"]),
        ("build --document sl", ["slide-notes", "slides"]),
        ("build --look la", ["large-print"]),
        ("build --paper le", ["letter"]),
        ("serve --paper le", ["letter"]),
        ("check p", ["pond"]),
        ("why frogs po", ["pond"]),
        ("check x", []),
    ],
)
def test_a_shell_completes_ids_of_the_project(
    words: str, completed: list[str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    *arguments, incomplete = words.split()
    completion = BashComplete(main, {}, "briefings", "_BRIEFINGS_COMPLETE").get_completions(arguments, incomplete)
    assert [item.value for item in completion] == completed
    monkeypatch.chdir(project.parent)  # without a project there is nothing to complete, and no error
    assert not BashComplete(main, {}, "briefings", "_BRIEFINGS_COMPLETE").get_completions(arguments, incomplete)
