"""The record of the last run: it answers if nothing changed, and never if anything did."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import POND, Run

from briefings.cli import last_run
from briefings.cli.main import run as run_cli
from briefings.output.formats import FORMATS
from briefings.output.ledger import LEDGER_NAME as LEDGER
from briefings.output.output_file import Output

pytestmark = pytest.mark.usefixtures("in_one_process")

BUILD = ["build", "--audience", "pupils", "--theme", "theme"]
CHECK = ["check", "--no-pages"]  # the record is the same with pages, which take most of the time
SAID = "nothing to do: 3 files in build/pond are up to date\n"


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project that was built, and a copy of it with the same times."""
    folder = tmp_path_factory.mktemp("built")
    project = Path(shutil.copytree(POND, folder / "project"))
    (project / "theme/css").mkdir(parents=True)
    (project / "templates").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANG", "C.UTF-8")  # may be unset; one test changes it
        patch.setitem(FORMATS, "pdf", lambda page, _: Output(f"{page.name}.pdf", b"%PDF", 2))
        patch.chdir(project)
        assert run_cli(BUILD) == 0
    return project, Path(shutil.copytree(project, folder / "copy"))


@pytest.fixture
def just_built(built_once: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that was just built, so that the next run has nothing to do. Its record names its folder."""
    project, copy = built_once
    shutil.rmtree(project)
    shutil.copytree(copy, project)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.chdir(project)
    assert last_run.print_if_unchanged(BUILD)
    return project


@pytest.mark.slow
def test_an_unchanged_project_gets_the_recorded_output(just_built: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert last_run.print_if_unchanged(BUILD)
    assert capfd.readouterr() == (SAID, "")


def test_quiet_still_prints_warnings(
    run: Run, project: Path, typesetter: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    audience = project / "data/audiences/pupils.yaml"
    audience.parent.mkdir(exist_ok=True)
    audience.write_text(
        "{id: pupils, title: Pupils, level: plain, words_per_minute: 130, sections: [{section: established}],\n"
        " documents: [{document: briefing, look: page, sheets: {at_least: 3, at_most: 4}}]}\n"
    )
    arguments = ["build", "--audience", "pupils", "-q"]
    warned = run(arguments, project).err
    assert "warning[sheets]" in warned
    assert last_run.print_if_unchanged(arguments)
    assert capfd.readouterr() == ("", warned)


def write(name: str, text: str = "x") -> Callable[[Path], object]:
    return lambda project: (project / name).write_text(text)


def append(name: str) -> Callable[[Path], object]:
    return lambda project: (project / name).write_bytes((project / name).read_bytes() + b" ")


def same_size(name: str) -> Callable[[Path], object]:
    return lambda project: (project / name).write_bytes((project / name).read_bytes().swapcase())


@pytest.mark.parametrize(
    "edit",
    [
        append("data/pond/pack.yaml"),
        same_size("data/pond/pack.yaml"),
        lambda project: (project / "data/pond/glossary.yaml").unlink(),
        write("data/pond/history.yaml"),  # new files, one of them in a new folder
        write("theme/css/theme.css"),
        write("templates/base.html"),
        write("style.yaml"),
        lambda project: (project / "data/deep/deeper").mkdir(parents=True) or write("data/deep/deeper/a.yaml")(project),
        append("build/pond/pupils-briefing.pdf"),
        same_size("build/pond/index.html"),
        lambda project: (project / "build/pond/pupils-briefing.html").unlink(),
        append(f"build/{LEDGER}"),
        lambda project: (project / "build" / LEDGER).unlink(),
        lambda project: (project / "build" / last_run.FILE_NAMES["build"]).unlink(),
        same_size(f"build/{last_run.FILE_NAMES['build']}"),
        lambda project: os.truncate(project / "build" / last_run.FILE_NAMES["build"], 900),
        lambda project: os.environ.__setitem__("LANG", "eo"),
        lambda project: os.chdir(project / "data"),
    ],
)
def test_any_change_gives_no_answer(just_built: Path, edit: Callable[[Path], object]) -> None:
    assert last_run.print_if_unchanged(BUILD)
    edit(just_built)
    assert not last_run.print_if_unchanged(BUILD)


@pytest.mark.parametrize(
    "edit",
    [
        append("data/pond/pack.yaml"),
        same_size("data/pond/pack.yaml"),
        lambda project: (project / "data/pond/glossary.yaml").unlink(),
        write("data/pond/new.yaml"),
        lambda project: (project / "data/pond/pack.yaml").rename(project / "data/pond/moved.yaml"),
        append("build/pond/pupils-briefing.pdf"),
    ],
)
def test_states_of_files_are_compared_at_once(
    just_built: Path, edit: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_run, "MIN_AGE_NS", 0)  # the files of this test were saved a moment ago
    outputs = [str(just_built / "build/pond/pupils-briefing.pdf")]
    last_run.record_run(BUILD, last_run.Snapshot([str(just_built / "data")]), outputs, "", "")
    compared, compare = list[str](), last_run._refreshed

    def noted(lines: list[str], stats: dict[str, last_run.Stat]) -> list[str] | None:
        compared.extend(line for line in lines if line.startswith("file\t"))
        return compare(lines, stats)

    monkeypatch.setattr(last_run, "_refreshed", noted)
    assert last_run.print_if_unchanged(BUILD)
    assert compared == []
    edit(just_built)
    assert not last_run.print_if_unchanged(BUILD)
    assert compared


@pytest.mark.parametrize(
    "arguments",
    [[], ["check"], ["build"], [*BUILD, "--force"], [*BUILD, "--dry-run"], [*BUILD, "--explain"], [*BUILD, "--out"]],
)
def test_other_arguments_give_no_answer(just_built: Path, arguments: list[str]) -> None:
    assert not last_run.print_if_unchanged(arguments)


def test_an_updated_package_gives_no_answer(just_built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "site"
    (place / "weasyprint-70.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(place)])
    note = just_built / "build" / last_run.FILE_NAMES["build"]
    lines = note.read_text().split("\n")[1:]
    last_run._write(str(note), [*lines, f"in\t{last_run._packages_checksum(str(place))}\t{place}"])
    assert last_run.print_if_unchanged(BUILD)
    (place / "weasyprint-70.0.dist-info").rename(place / "weasyprint-71.0.dist-info")
    assert not last_run.print_if_unchanged(BUILD)


def test_a_file_with_only_a_new_time_is_read_once(just_built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in just_built.rglob("*.*"):
        if path.is_file():
            os.utime(path, ns=(10**18, 10**18))
    monkeypatch.setattr(last_run, "MIN_AGE_NS", 0)  # as if that had been long ago
    assert last_run.print_if_unchanged(BUILD)
    monkeypatch.setattr(last_run, "_digest", lambda path: pytest.fail(f"read {path}"))
    assert last_run.print_if_unchanged(BUILD)


def test_a_run_during_which_a_file_was_saved_is_not_recorded(just_built: Path) -> None:
    seen = last_run.Snapshot([str(just_built / "data")])
    (just_built / "build" / last_run.FILE_NAMES["build"]).unlink()
    append("data/pond/pack.yaml")(just_built)
    last_run.record_run(BUILD, seen, [], "", "")
    assert not (just_built / "build" / last_run.FILE_NAMES["build"]).exists()


def test_the_time_of_a_file_that_was_just_saved_is_not_trusted(
    just_built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_run, "MIN_AGE_NS", 60 * 10**9)  # a busy machine may take longer than a tick
    path = just_built / "data/pond/pack.yaml"
    append("data/pond/pack.yaml")(just_built)
    last_run.record_run(BUILD, last_run.Snapshot([str(just_built / "data")]), [], "", "")
    assert last_run.print_if_unchanged(BUILD)
    times = path.stat()
    same_size("data/pond/pack.yaml")(just_built)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # within the same tick of the clock
    assert not last_run.print_if_unchanged(BUILD)


@pytest.mark.slow
def test_an_answer_imports_only_the_standard_library(run: Run, project: Path) -> None:
    arguments = ["build", "--audience", "pupils", "--format", "html"]
    code = "import sys; from briefings.__main__ import main; main(); print(*sys.modules)"
    command = [sys.executable, "-c", code, *arguments]
    subprocess.run([sys.executable, "-m", "briefings", *arguments, "-q"], cwd=project, check=True)
    subprocess.run([sys.executable, "-m", "briefings", *arguments], cwd=project, check=True, capture_output=True)
    done = subprocess.run(command, cwd=project, check=True, capture_output=True, text=True).stdout.splitlines()
    assert done[0] == "nothing to do: 2 files in build/pond are up to date"
    modules = set(done[1].split())
    assert {name for name in modules if name.startswith("briefings")} == {
        *("briefings", "briefings.__main__", "briefings.cli", "briefings.cli.last_run", "briefings.project_root"),
        "briefings.safe_files",
    }
    ours = {"briefings", "_distutils_hack", "sitecustomize", "usercustomize", "__main__"}
    assert {name.partition(".")[0] for name in modules} - sys.stdlib_module_names - ours == set()
    assert not modules & {"pathlib", "dataclasses", "typing", "re", "hashlib", "argparse"}


@pytest.mark.slow
def test_a_check_without_errors_is_recorded_until_a_file_changes(
    run: Run, project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "texts").mkdir()
    arguments = ["check", "pond", "--texts", "texts"]
    with monkeypatch.context() as patch:
        patch.setattr(last_run, "_digest", lambda path: pytest.fail(f"read {path} for no record"))
        assert run(arguments, project).code == 0
    assert not last_run.print_if_unchanged(arguments), "there is no output folder for the record"
    (project / "build").mkdir()
    said = run(arguments, project)
    capfd.readouterr()
    assert last_run.print_if_unchanged(arguments)
    assert capfd.readouterr() == (said.out, said.err)
    assert not last_run.print_if_unchanged(["check", "pond"])
    for change in (write("texts/ada-moss.txt"), append("data/pond/figures.yaml")):
        change(project)
        assert not last_run.print_if_unchanged(arguments)
        run(arguments, project)
        assert last_run.print_if_unchanged(arguments)


def test_unchanged_files_are_not_read_again_for_the_next_record(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "build").mkdir()
    monkeypatch.setattr(last_run, "MIN_AGE_NS", 0)  # as if all files had been saved long ago
    run(CHECK, project)
    note = project / "build" / last_run.FILE_NAMES["check"]
    before = set(note.read_text().split("\n"))
    append("data/pond/figures.yaml")(project)
    digest, read = last_run._digest, list[str]()
    monkeypatch.setattr(last_run, "_digest", lambda path: read.append(Path(path).name) or digest(path))
    run(CHECK, project)
    assert read == ["figures.yaml"]
    (line,) = {line for line in set(note.read_text().split("\n")) - before if line.startswith("file")}
    assert digest(str(project / "data/pond/figures.yaml")) in line


def test_a_time_that_was_set_back_does_not_hide_a_change(run: Run, project: Path) -> None:
    (project / "build").mkdir()
    place = project / "data/pond/people.yaml"
    os.utime(place, (1_700_000_000, 1_700_000_000))
    run(CHECK, project)
    time.sleep(0.02)  # a tick of the clock
    before = place.read_bytes()
    place.write_bytes(before.replace(b"frogs", b"Frogs", 1))
    os.utime(place, (1_700_000_000, 1_700_000_000))
    append("data/pond/glossary.yaml")(project)
    run(CHECK, project)
    place.write_bytes(before)
    assert not last_run.print_if_unchanged(CHECK), "the record contains the digest of the old content"


@pytest.mark.slow
def test_a_project_file_is_part_of_the_record(run: Run, project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (project / "sheets").mkdir()
    file = project / "briefings.toml"
    file.write_text('# ours\nout = "sheets"  # not build\n')
    for folder in (project, project / "data/pond"):
        said = run(CHECK, folder)
        assert last_run.print_if_unchanged(CHECK)
        assert capfd.readouterr() == (said.out, said.err)
    assert (project / "sheets" / last_run.FILE_NAMES["check"]).is_file()
    append("briefings.toml")(project)
    assert not last_run.print_if_unchanged(CHECK)
    file.unlink()
    (project / "build").mkdir()
    run(CHECK, project)
    assert last_run.print_if_unchanged(CHECK)
    file.write_text("")
    assert not last_run.print_if_unchanged(CHECK), "a new project file is a change"


def test_a_check_with_errors_is_not_recorded(run: Run, project: Path) -> None:
    (project / "build").mkdir()
    (project / "data/pond/pack.yaml").write_text("id: pond\n")
    assert run(CHECK, project).code == 1
    assert not last_run.print_if_unchanged(CHECK)
