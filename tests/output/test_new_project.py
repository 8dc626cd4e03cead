"""A new project: it builds at once without a finding, shows every field, and overwrites nothing."""

from pathlib import Path

import pytest
from conftest import Run

from briefings.composing.project import UsageError
from briefings.library import shipped
from briefings.output.new_project import new_project

AUDIENCES = {"example": ["families", "pupils", "teachers"], "blank": ["readers"]}


@pytest.mark.slow
@pytest.mark.parametrize("starter", AUDIENCES)
def test_a_new_project_builds_without_a_finding(starter: str, run: Run, tmp_path: Path) -> None:
    made = run(["new", "our school", *(["--blank"] if starter == "blank" else [])], tmp_path)
    assert (made.code, made.err) == (0, "")
    commands = [line.strip() for line in made.out.splitlines()[1:]]
    assert commands[:2] == ["cd 'our school'", "briefings build"]
    project = tmp_path / "our school"
    checked = run(["check", "--strict", "--pages"], project)
    assert (checked.code, checked.err) == (0, "")
    verdict, left_out = checked.out.splitlines()
    assert verdict.endswith(": no problems")
    assert left_out.startswith("not checked: ")
    built = run(["build", "--strict", "--format", "html", "-q"], project)
    assert (built.code, built.err) == (0, "")
    assert sorted(path.name for path in project.glob("build/*/*-briefing.html")) == [
        f"{audience}-briefing.html" for audience in AUDIENCES[starter]
    ]


@pytest.mark.slow
def test_its_papers_have_the_sheets_that_it_asks_for(run: Run, tmp_path: Path) -> None:
    new_project(tmp_path / "ours")
    for paper in ([], ["--paper", "letter"]):
        built = run(["build", "--strict", "--format", "pdf", "-q", *paper], tmp_path / "ours")
        assert (built.code, built.err) == (0, "")
    assert len([*(tmp_path / "ours").glob("build/*/*.pdf")]) == 14


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "data/orchard").mkdir(parents=True)
    mine = tmp_path / "data/orchard/places.yaml"
    mine.write_text("mine")
    with pytest.raises(UsageError, match=r"data/orchard/places\.yaml would be overwritten"):
        new_project(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]
    assert mine.read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(UsageError, match="cannot write"):
        new_project(tmp_path / "taken")


def test_what_was_built_in_the_starter_is_not_copied(tmp_path: Path) -> None:
    files = new_project(tmp_path / "ours")
    assert {path.relative_to(tmp_path / "ours").parts[0] for path in files} == {
        *(".gitignore", ".schemas", "briefings.toml", "data")
    }
    assert (shipped() / "starter/example/briefings.toml").read_bytes() == (
        tmp_path / "ours/briefings.toml"
    ).read_bytes()
