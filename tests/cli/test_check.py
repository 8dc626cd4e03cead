"""`briefings check`: which output and exit code findings lead to."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import HERE, Run
from lake import FIXTURES, statement, write_lake

from briefings.checking.run_rules import RULES
from briefings.cli.check import rule_help

pytestmark = pytest.mark.usefixtures("in_one_process")

ROOT = HERE.parent


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A project whose pack has one warning and one accepted finding."""
    pack = write_lake(tmp_path, (FIXTURES / "unused-accept/good.yaml").read_text())
    glossary = pack / "glossary.yaml"
    glossary.write_text(
        glossary.read_text() + "  - {id: water, term: lake, known_from: plain, text: Water., accept: {uncited: old}}\n"
    )
    return tmp_path


@pytest.mark.slow
def test_text_lists_accepted_findings_and_counts(run: Run, broken: Path) -> None:
    done = run(["check", "-v"], broken)
    assert done.code == 0  # warnings do not fail
    assert done.err.startswith("data/lake/glossary.yaml:3:71: warning[unused-accept]: there is no 'uncited' finding")
    accepted, of_lake, summary, _ = done.out.splitlines()
    assert "accepted[empty-document]" in of_lake
    assert accepted.startswith("data/lake/history.yaml:6:49: accepted[relayed-twice]: ")
    assert accepted.endswith(": they were read side by side")
    assert summary == "lake: 1 warning; 2 findings accepted with a reason"


@pytest.mark.slow
def test_strict_fails_on_a_warning(run: Run, broken: Path) -> None:
    done = run(["check", "--strict"], broken)
    assert done.code == 1
    assert "data/lake/glossary.yaml:3:71: error[unused-accept]" in done.err
    assert done.out.startswith("lake: 1 error; 2 findings accepted with a reason\n")
    built = run(["build", "--strict"], broken)  # the same verdict, before anything is written
    assert (built.code, built.err) == (1, done.err)
    assert not (broken / "build").exists()
    (broken / "briefings.toml").write_text("strict = true\n")
    assert run(["check"], broken).code == 1
    assert run(["check", "--no-strict"], broken).code == 0


@pytest.mark.slow
def test_json_has_the_documented_keys(run: Run, broken: Path) -> None:
    done = run(["check", "--format", "json"], broken)
    report = json.loads(done.out)
    assert (report["packs"], done.err) == (["lake"], "")
    (problem,), (accepted, _) = report["problems"], report["accepted"]
    assert accepted.pop("reason") == "they were read side by side"
    for record in (problem, accepted):
        assert list(record) == ["code", "severity", "message", "hint", "file", "line", "column"]
    documented = (ROOT / "docs/rules.md").read_text()
    assert [key for key in (*problem, "reason", *report, *report["quotations"]) if f"`{key}`" not in documented] == []
    assert (problem["file"], problem["line"], problem["severity"]) == ("data/lake/glossary.yaml", 3, "warning")


@pytest.mark.slow
def test_github_annotations(run: Run, broken: Path) -> None:
    done = run(["check", "--format", "github"], broken)
    assert done.out == (
        "::warning file=data/lake/glossary.yaml,line=3,col=71,title=unused-accept::"
        "there is no 'uncited' finding here to accept; delete it\n"
    )


def test_repeated_findings_are_grouped_as_text_and_each_is_in_json(run: Run, broken: Path) -> None:
    history = broken / "data/lake/history.yaml"
    history.write_text(history.read_text().replace("title: Before", "title: Before Qux, and Qux again", 1))
    with history.open("a") as file:
        file.write('      - {id: before-9, text: "Then Qux came, and Zed. [@diary]"}\n')
    text = run(["check", "--no-pages"], broken).err
    records = json.loads(run(["check", "--no-pages", "--format", "json"], broken).out)["problems"]
    unlisted = [f"{p['file']}:{p['line']}:{p['column']}" for p in records if p["code"] == "name-unlisted"]
    assert len(unlisted) == 4
    assert text.count("name-unlisted") == 1
    assert all(place in text for place in unlisted)


def test_errors_set_the_exit_code(run: Run, broken: Path) -> None:
    pack = broken / "data/lake/pack.yaml"
    pack.write_text(pack.read_text().replace("[@diary]", "[@dairy]"))
    done = run(["check", "--format", "json"], broken)
    assert (done.code, json.loads(done.out)["problems"][0]["code"]) == (1, "unknown-reference")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("copy", "summary"),
    [
        ({}, "0 quotations match the copies of sources; no copy of diary"),
        ({"diary": "The water went overnight."}, "1 quotation matches the copies of sources"),
    ],
)
def test_quotations_are_compared_with_copies(run: Run, tmp_path: Path, copy: dict[str, str], summary: str) -> None:
    write_lake(tmp_path, statement('"The water went overnight", said Ada Moss, the keeper. [@diary]'))
    (tmp_path / "copies").mkdir()
    for name, text in copy.items():
        (tmp_path / f"copies/{name}.txt").write_text(text)
    done = run(["check", "--texts", "copies"], tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[:2] == [summary, "lake: no problems; 1 finding accepted with a reason"]


def test_explain_lists_and_explains_rules(run: Run, project: Path) -> None:
    listed = run(["check", "--explain"], project)
    assert listed.code == 0
    assert [line.split()[0] for line in listed.out.splitlines()] == [rule.code for rule in RULES]
    for rule in RULES:
        assert {*rule.needs} <= {"english", "texts", "briefings", "all-briefings"}
        assert rule.code in rule_help(rule)
        assert rule.bad != rule.good
    explained = run(["check", "--explain", RULES[0].code], project)
    assert explained == (0, rule_help(RULES[0]) + "\n", "")
    misspelt = run(["check", "--explain", "uncitd"], project)
    assert (misspelt.code, misspelt.err) == (2, "briefings: there is no rule 'uncitd'; did you mean 'uncited'?\n")


@pytest.mark.slow
def test_pages_are_rendered_as_by_a_build(run: Run, project: Path) -> None:
    shutil.copytree(ROOT / "tests/bad/label-nowhere/data", project / "data", dirs_exist_ok=True)
    for arguments in (["check"], ["build"]):
        done = run(arguments, project)
        assert done.code == 1
        assert "error[no-room]" in done.err
    quick = run(["check", "--no-pages"], project)
    assert quick.code == 0
    assert "not checked: pages, the number of sheets" in quick.out


@pytest.mark.slow
def test_sheets_are_counted_on_request(run: Run, project: Path, typesetter: list[str]) -> None:
    (project / "data/audiences/pupils.yaml").write_text(
        "{id: pupils, title: Pupils, level: plain, words_per_minute: 130, sections: [{section: established}],\n"
        " documents: [{document: briefing, look: page, sheets: {at_most: 1}}]}\n"
    )
    plain = run(["check", "--audience", "pupils"], project)
    assert (plain.code, typesetter) == (0, [])
    assert "not checked: the number of sheets" in plain.out
    done = run(["check", "--audience", "pupils", "--typeset"], project)
    assert "warning[sheets]: pupils-briefing.pdf has 2 sheets; 1 is allowed" in done.err
    assert (done.code, typesetter) == (0, ["pupils-briefing"])
    assert "not checked" not in done.out
    assert not (project / "build").exists(), "a check writes nothing into the project"


@pytest.mark.slow
def test_errors_of_own_templates_are_reported(run: Run, project: Path) -> None:
    template = project / "templates/sections/figures.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ nothing_of_the_kind }}")
    done = run(["check"], project)
    assert done.code == 1
    assert "templates/sections/figures.html:1:1: error[undefined]" in done.err
