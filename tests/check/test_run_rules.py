"""Each rule is broken once and kept once, as files; what the data accepts; and the ways findings are told."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import HERE, Run

from briefings.check.context import CheckContext
from briefings.check.rules import names
from briefings.check.rules.quotations import quotations
from briefings.check.run import check_packs
from briefings.check.run_rules import RULES, CheckResult, applicable_rules, check_result, run_rules
from briefings.cli.check import rule_help, rules_markdown
from briefings.composing.project import compose_all
from briefings.language.strings import load_strings
from briefings.language.wording import Wording
from briefings.library import Library, shipped
from briefings.loading.load import load

FIXTURES = HERE / "rules"
ROOT = HERE.parent
OF_ACCEPT = ("unused-accept", "unknown-rule")  # findings about `accept` itself


def lake(folder: Path, fixture: Path) -> Path:
    """The clean pack with what a fixture adds: each part of it belongs at the end of the file its comment names."""
    pack = Path(shutil.copytree(FIXTURES / "lake", folder / "data" / "lake"))
    for name, added in re.findall(r"^# (\w+\.yaml)\n(.*?)(?=^# \w+\.yaml\n|\Z)", fixture.read_text(), re.M | re.S):
        with (pack / name).open("a") as file:
            file.write(added)
    return pack


def findings(pack: Path, texts: dict[str, str] | None = None, *, composed: bool = True) -> CheckResult:
    library = Library(pack.parents[1])
    loaded = load(pack, "lake")
    words = Wording("en", load_strings(library, "en"))
    subject = CheckContext(loaded, compose_all(loaded, library) if composed else (), words, texts)
    ran = applicable_rules(subject)
    return check_result(subject, run_rules(subject, ran), ran)


def texts(folder: Path) -> dict[str, str] | None:
    return {p.stem: p.read_text() for p in folder.glob("*.txt") if p.stem != "expected"} or None


@pytest.mark.parametrize("code", sorted(p.name for p in FIXTURES.iterdir() if p.name != "lake"))
def test_a_rule_finds_what_breaks_it_at_its_line_and_nothing_else(
    code: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    composed = any(rule.code == code and "briefings" in rule.needs for rule in RULES)
    bad = findings(lake(tmp_path / "bad", FIXTURES / code / "bad.yaml"), texts(FIXTURES / code), composed=composed)
    told = "".join(f"{problem}\n" for problem in bad.problems)
    expected = FIXTURES / code / "expected.txt"
    if request.config.getoption("update"):
        expected.write_text(told)
    assert told == expected.read_text()
    assert {problem.code for problem in bad.problems} == {code}

    good = findings(lake(tmp_path / "good", FIXTURES / code / "good.yaml"), texts(FIXTURES / code), composed=composed)
    assert [str(problem) for problem in good.problems] == []


def test_every_rule_has_its_fixture() -> None:
    assert sorted(p.name for p in FIXTURES.iterdir()) == sorted({rule.code for rule in RULES} | {"lake", *OF_ACCEPT})


def test_an_accepted_finding_keeps_its_reason(tmp_path: Path) -> None:
    found = findings(lake(tmp_path, FIXTURES / "unused-accept/good.yaml"))
    (accepted,) = found.accepted
    assert (accepted.problem.code, accepted.reason) == ("relayed-twice", "they were read side by side")


def test_an_accept_is_unused_only_where_its_rule_ran(tmp_path: Path) -> None:
    pack = lake(tmp_path, FIXTURES / "unused-accept/good.yaml")
    with (pack / "glossary.yaml").open("a") as file:
        file.write("  - {id: fish, term: fish, text: What lives in it., accept: {too-hard: it is short}}\n")
    assert findings(pack, composed=False).problems == ()
    assert [problem.code for problem in findings(pack).problems] == ["unused-accept"]
    assert [problem.code for problem in check_packs(Library(tmp_path)).problems] == ["unused-accept"]


@pytest.mark.parametrize(
    ("before", "begins"),
    [("", True), ("It was full. ", True), ("It was full\n", True), ('He said: "', True), ("– ", True), ("So ", False)],
)
def test_any_word_may_begin_a_sentence(before: str, begins: bool) -> None:
    assert names._starts_sentence(before) == begins


def test_templates_are_looked_at_in_a_copy_too(run: Run, project: Path) -> None:
    theme = project / "theme/css/theme.css"
    theme.parent.mkdir(parents=True)
    theme.write_text("h1 { opacity: 0.5 }\n")
    done = run(["check", "--no-pages", "--theme", "theme"], project)
    assert (done.code, done.err.splitlines()[0][:38]) == (1, "theme/css/theme.css:1:6: error[opacity")


def test_every_rule_is_documented(request: pytest.FixtureRequest) -> None:
    path = ROOT / "docs/rules.md"
    head, _, rest = path.read_text().partition("<!-- from the rules -->\n")
    if request.config.getoption("update"):
        path.write_text(f"{head}<!-- from the rules -->\n{rules_markdown()}")
    assert rest == rules_markdown()
    assert all(f"`{code}`" in head for code in OF_ACCEPT)


def test_help(run: Run, project: Path) -> None:
    listed = run(["check", "--explain"], project)
    assert listed.code == 0
    assert [line.split()[0] for line in listed.out.splitlines()] == [rule.code for rule in RULES]
    for rule in RULES:
        assert {*rule.needs} <= {"english", "texts", "briefings"}
        assert rule.code in rule_help(rule)
        assert rule.bad != rule.good
    told = run(["check", "--explain", RULES[0].code], project)
    assert told == (0, rule_help(RULES[0]) + "\n", "")
    asked = run(["check", "--explain", "uncitd"], project)
    assert (asked.code, asked.err) == (2, "briefings: there is no rule 'uncitd'; did you mean 'uncited'?\n")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A project whose pack has one warning and one finding that is accepted."""
    pack = lake(tmp_path, FIXTURES / "unused-accept/good.yaml")
    glossary = pack / "glossary.yaml"
    glossary.write_text(
        glossary.read_text() + "  - {id: fish, term: fish, text: What lives in it., accept: {uncited: old}}\n"
    )
    return tmp_path


def test_as_text(run: Run, broken: Path) -> None:
    done = run(["check", "-v"], broken)
    assert done.code == 0  # warnings do not fail
    assert done.err.startswith("data/lake/glossary.yaml:3:62: warning[unused-accept]: there is no 'uncited' finding")
    accepted, summary = done.out.splitlines()
    assert accepted.startswith("data/lake/history.yaml:6:49: accepted[relayed-twice]: ")
    assert accepted.endswith(": they were read side by side")
    assert summary == "lake: 1 warning; 1 finding accepted with a reason"


def test_as_json(run: Run, broken: Path) -> None:
    done = run(["check", "--format", "json"], broken)
    told = json.loads(done.out)
    assert (told["packs"], done.err) == (["lake"], "")
    (problem,), (accepted,) = told["problems"], told["accepted"]
    assert accepted.pop("reason") == "they were read side by side"
    for thing in (problem, accepted):
        assert list(thing) == ["code", "severity", "message", "hint", "file", "line", "column"]
    documented = (ROOT / "docs/rules.md").read_text()
    assert [key for key in (*problem, "reason", *told, *told["quotations"]) if f"`{key}`" not in documented] == []
    assert (problem["file"], problem["line"], problem["severity"]) == ("data/lake/glossary.yaml", 3, "warning")


def test_as_annotations(run: Run, broken: Path) -> None:
    done = run(["check", "--format", "github"], broken)
    assert done.out == (
        "::warning file=data/lake/glossary.yaml,line=3,col=62,title=unused-accept::"
        "there is no 'uncited' finding here to accept; delete it\n"
    )


def test_pages_are_filled_when_asked_and_where_templates_are_the_users_own(run: Run, project: Path) -> None:
    shutil.copytree(ROOT / "tests/bad/label-nowhere/data", project / "data", dirs_exist_ok=True)
    quick = run(["check"], project)
    assert (quick.code, quick.err) == (0, "")
    for arguments in (["check", "--pages"], ["build"]):
        done = run(arguments, project)
        assert done.code == 1
        assert "error[no-room]" in done.err
    (project / "templates").mkdir()
    assert run(["check"], project).code == 0, "an empty folder changes nothing, and the next run may not see it"
    (project / "templates/mine.css").write_text("")
    assert run(["check"], project).code == 1
    assert run(["check", "--no-pages"], project).code == 0


def test_what_needs_whole_documents_is_found_in_a_copy_and_comes_back_the_same(tmp_path: Path) -> None:
    codes = [rule.code for rule in RULES if "briefings" in rule.needs]
    assert codes
    for code in codes:
        pack = lake(tmp_path / code, FIXTURES / code / "bad.yaml")
        here = findings(pack)
        examined = check_packs(Library(pack.parents[1]))
        assert code in {problem.code for problem in examined.problems}
        assert [replace(p, mark=p.mark and p.mark._replace(file="")) for p in examined.problems] == [
            replace(p, mark=p.mark and p.mark._replace(file="")) for p in here.problems
        ]
        assert len(examined.accepted) == len(here.accepted)


def test_a_check_imports_nothing_that_fills_or_typesets(project: Path) -> None:
    """Which would take longer than all rules: 0.25 W is what a check may cost."""
    program = "import sys; from briefings.cli.main import run; run(['check']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=project, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "briefings.check.rules.numbers" in loaded
    assert not loaded & {
        "jinja2",
        "weasyprint",
        "markdown_it",
        "babel",
        "fontTools",
        "rich",
        "briefings.drawings.scene",
    }


def test_every_page_is_rendered(run: Run, project: Path) -> None:
    template = project / "templates/sections/figures.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ nothing_of_the_kind }}")
    done = run(["check"], project)
    assert done.code == 1
    assert "templates/sections/figures.html:1:1: error[undefined]" in done.err


TEXTS = os.environ.get("BRIEFINGS_TEXTS")


@pytest.mark.skipif(not TEXTS, reason="BRIEFINGS_TEXTS names no folder with the sources' texts, which are not shipped")
def test_every_quotation_of_the_shipped_pack_is_word_for_word(run: Run) -> None:
    """The one test that may be skipped on CI too: what it needs may not be copied into the repository."""
    done = run(["check", "kursk", "--texts", str(TEXTS), "--format", "json"], ROOT)
    told = json.loads(done.out)
    assert [p["message"] for p in told["problems"] if p["code"] == "quotation-differs"] == []
    assert told["quotations"]["same"] >= 60
    assert told["quotations"]["without_copy"] == []


@pytest.fixture
def kursk(tmp_path: Path) -> Path:
    """A copy of the shipped pack, to spoil."""
    return Path(shutil.copytree(ROOT / "data/kursk", tmp_path / "data/kursk"))


def spoiled(pack: Path, file: str, old: str, new: str, texts: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """(code, line) of what is found when the first `old` in a file becomes `new`: that line, and nothing else."""
    path = pack / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    line = text[: text.index(old)].count("\n") + 1
    return [
        (p.code, "there" if p.mark and p.mark.line == line else str(p.mark)) for p in findings(pack, texts).problems
    ]


def test_the_shipped_pack_breaks_no_rule(kursk: Path) -> None:
    assert spoiled(kursk, "phases.yaml", "phases:", "phases:") == []


def test_one_changed_letter_in_a_quotation(kursk: Path) -> None:
    pack = load(kursk, "kursk")
    said = [q for q in quotations(CheckContext(pack, (), Wording("en", {}))) if "army-tech-2024" in q.sources]
    copy = {"army-tech-2024": "\n".join(q.words for q in said).replace(" ", "\n")}
    assert spoiled(kursk, "phases.yaml", "phases:", "phases:", copy) == []
    found = spoiled(kursk, "phases.yaml", '"incremental"', '"incremential"', copy)
    assert ("quotation-differs", "there") in found
    assert {code for code, _ in found} == {"quotation-differs"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("On 6 August 2024 Ukraine's army crossed", "On 7 August 2024 Ukraine's army crossed"),
        ("[=land-taken/afp-days], AFP says", "[=land-taken/reuters-august], AFP says"),
        (
            "On 24 February 2022 Russia invaded Ukraine, [@army-tech-2024] and it has held",
            "On 24 February 2021 Russia invaded Ukraine, [@army-tech-2024] and it has held",
        ),
    ],
)
def test_one_changed_number_in_a_plain_text(kursk: Path, old: str, new: str) -> None:
    file = next(name for name in ("pack.yaml", "phases.yaml") if old in (kursk / name).read_text())
    assert spoiled(kursk, file, old, new) == [("levels-differ", "there")]


def test_one_hand_written_number(kursk: Path) -> None:
    old, new = "[=land-taken/afp-days], AFP says", "more than 1,200 square kilometres, AFP says"
    assert ("number-by-hand", "there") in spoiled(kursk, "phases.yaml", old, new)


def test_errors_fail(run: Run, broken: Path) -> None:
    pack = broken / "data/lake/pack.yaml"
    pack.write_text(pack.read_text().replace("[@diary]", "[@dairy]"))
    done = run(["check", "--format", "json"], broken)
    assert (done.code, json.loads(done.out)["problems"][0]["code"]) == (1, "unknown-reference")
    assert shipped() == ROOT
