"""An edition is built again from its files: the same bytes, whatever happened since; and another engine is named."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Run, raise_edition, replace_in

from briefings.editions.engine import engine, engine_differences
from briefings.library import Library
from briefings.loading.load import load
from briefings.pack.meaning import digest_of

pytestmark = pytest.mark.usefixtures("in_one_process")


def outputs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.slow
def test_an_edition_is_built_twice_with_other_work_in_between(closed: Path, run: Run) -> None:
    build = ["build", "--edition", "1", "--document", "briefing", "--audience", "pupils"]
    done = run(build, closed)
    assert (done.code, done.err) == (0, ""), done.err
    one = outputs(closed / "build/edition-1/pond")
    assert {"pupils-briefing.pdf", "pupils-briefing.html"} <= set(one)
    replace_in(closed / "data/pond/phases.yaml", "two days", "three days")
    raise_edition(closed, 3, "2024-09-01")
    assert run(["edition"], closed).code == 0
    assert run(["build", "--format", "html"], closed).code == 0
    assert "up to date" in run(build, closed).out
    assert run([*build, "--force"], closed).code == 0
    assert outputs(closed / "build/edition-1/pond") == one
    again = run([*build, "--out", "elsewhere"], closed)
    assert again.code == 0
    assert outputs(closed / "elsewhere/edition-1/pond") == one
    page = one["pupils-briefing.html"].decode()
    assert '<time datetime="2024-07-01">' in page
    assert "2024-09-01" not in page


def test_an_edition_that_was_edited_is_not_built(closed: Path, run: Run) -> None:
    build = ["build", "--edition", "1", "--document", "briefing", "--format", "html"]
    assert run(build, closed).code == 0
    replace_in(closed / "data/pond/editions/1/pond/figures.yaml", "value: 1200", "value: 1201")
    done = run(build, closed)
    assert (done.code, "error[edition-edited]: this file of edition 1 was edited" in done.err) == (1, True), done


def test_an_edition_that_no_pack_has(closed: Path, run: Run) -> None:
    assert run(["build", "--edition", "9"], closed).err == "briefings: there is no edition 9 of pond\n"


@pytest.mark.slow
def test_rules_of_today_are_not_those_of_then(closed: Path, run: Run) -> None:
    """A rule that was added since would keep everybody from what was published."""
    raise_edition(closed, 3, "2024-09-01")
    replace_in(closed / "data/pond/pack.yaml", "as_of: 2024-06-30", "as_of: 2024-04-30")
    assert "error[too-late]" in run(["build", "--format", "html"], closed).err
    assert "error[too-late]" in run(["edition"], closed).err
    assert run(["edition", "--history"], closed).code == 0
    assert run(["build", "--edition", "3", "--format", "html"], closed).code == 0


def test_another_engine_is_named(closed: Path, run: Run) -> None:
    path = closed / "data/pond/editions/1/edition.json"
    record = json.loads(path.read_text())
    record["body"]["engine"] |= {"weasyprint": "68.0", "templates": "0"}
    record["digest"] = digest_of(record["body"], 16)
    path.write_text(json.dumps(record))
    done = run(["build", "--edition", "1", "--document", "briefing", "--format", "html"], closed)
    assert (done.code, done.err.startswith("edition 1 says what it said, but its files may be others")) == (0, True)
    assert "; what differs: the templates, weasyprint " in done.err
    assert done.err.endswith(" (was 68.0)\n")


def test_the_same_engine_says_nothing(closed: Path) -> None:
    now = engine(Library(closed))
    edition = load(closed / "data/pond").editions[0]
    assert list(engine_differences(edition, now)) == []
    (line,) = engine_differences(replace(edition, engine={**now, "program": "other"}), now)
    assert line.endswith("; what differs: this program")


def test_a_template_that_changes_is_another_engine(closed: Path, tmp_path: Path) -> None:
    (tmp_path / "theme/css").mkdir(parents=True)
    assert engine(Library(closed)) == engine(Library(closed))
    before = engine(Library(closed, (tmp_path / "theme",)))
    (tmp_path / "theme/css/theme.css").write_text("p { color: red }")
    after = engine(Library(closed, (tmp_path / "theme",)))
    assert {name for name in after if before[name] != after[name]} == {"templates"}


@pytest.mark.slow
def test_the_first_edition_of_the_shipped_pack_is_built(tmp_path: Path) -> None:
    from briefings.library import shipped
    from briefings.output.build import build

    pack = shipped() / "data/kursk/editions/1/kursk"
    report = build([pack], project=shipped(), out=tmp_path, formats=["html"])
    assert {path.name for path in report.written} > {"pupils-briefing.html", "policy-briefing.html"}
