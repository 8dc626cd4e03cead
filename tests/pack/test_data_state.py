"""What changed in the data is named by file, line and field, and only what the page shows."""

from pathlib import Path

import pytest
from conftest import Run

from briefings.loading.load import load
from briefings.pack.data_state import DataState


def changed(folder: Path, file: str, find: str, put: str, html: str = "") -> str:
    before = DataState(load(folder)).text
    path = folder / file
    text = path.read_text()
    assert text.count(find) == 1
    path.write_text(text.replace(find, put))
    return DataState(load(folder, "data/pond")).changes_since(before, html)


def test_a_changed_value_is_named_with_its_place(project: Path) -> None:
    told = changed(project / "data/pond", "figures.yaml", "value: 1200", "value: 1300")
    assert told == "data/pond/figures.yaml:14:34 (figures/frogs/estimates/class-april/value)"


def test_an_item_that_is_inserted_changes_no_other(project: Path) -> None:
    told = changed(project / "data/pond", "glossary.yaml", "terms:\n", "terms:\n  - {id: reed, term: reed, text: R.}\n")
    assert "reed/term" in told
    assert "spawn" not in told


def test_a_value_that_is_removed_is_named(project: Path) -> None:
    told = changed(project / "data/pond", "sources.yaml", "    note: One page is missing, on spawn.\n", "")
    assert told == "data/pond/sources.yaml (sources/diary/note was removed)"


def test_values_of_other_pages_are_left_out(project: Path) -> None:
    folder = project / "data/pond"
    before = DataState(load(folder)).text
    for file, find, put in (("figures.yaml", "value: 1200", "value: 1300"), ("phases.yaml", "two days", "three days")):
        path = folder / file
        path.write_text(path.read_text().replace(find, put))
    after = DataState(load(folder))
    assert after.changes_since(before, '<p id="phase-dig-happened">').count(".yaml:") == 1
    assert after.changes_since(before, "").count(".yaml:") == 2


def test_a_damaged_state_names_nothing(project: Path) -> None:
    assert DataState(load(project / "data/pond")).changes_since("x!", "") == ""


@pytest.mark.slow
def test_explain_names_the_datum_since_the_last_build_of_that_file(project: Path, run: Run) -> None:
    command = ["build", "--audience", "pupils", "--format", "html", "--explain"]
    run(command, project)
    pack = project / "data/pond/pack.yaml"
    pack.write_text(pack.read_text().replace("kicker: A test pack", "kicker: Another pack"))
    done = run(command, project)
    assert "pupils-briefing.html: the text changed: data/pond/pack.yaml:4:9 (kicker)" in done.out
    assert "up to date" in run(command, project).out
