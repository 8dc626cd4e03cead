"""Each rule finds what a bad fixture contains and nothing in a good one; the shipped pack violates no rule."""

import json
import os
import shutil
from pathlib import Path

import pytest
from conftest import HERE, Run
from lake import FIXTURES, check_folder, write_lake

from briefings.checking.context import CheckContext
from briefings.checking.rules.quotations import quotations
from briefings.checking.run import check_packs
from briefings.checking.run_rules import RULES
from briefings.cli.check import rules_markdown
from briefings.language.wording import Wording
from briefings.library import Library
from briefings.loading.load import load

pytestmark = pytest.mark.usefixtures("in_one_process")

ROOT = HERE.parent
ACCEPT_CODES = ("unused-accept", "unknown-rule")  # reported for `accept` itself, not by a rule


def source_texts(folder: Path) -> dict[str, str] | None:
    return {path.stem: path.read_text() for path in folder.glob("*.txt") if path.stem != "expected"} or None


@pytest.mark.slow
@pytest.mark.parametrize("code", sorted(path.name for path in FIXTURES.iterdir() if path.name != "lake"))
def test_a_rule_reports_the_bad_fixture_and_not_the_good_one(
    code: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    fixture = FIXTURES / code
    texts = source_texts(fixture)
    composed = any(rule.code == code and "briefings" in rule.needs for rule in RULES)
    bad = check_folder(write_lake(tmp_path / "bad", (fixture / "bad.yaml").read_text()), texts, composed=composed)
    reported = "".join(f"{problem}\n" for problem in bad.problems)
    expected = fixture / "expected.txt"
    if request.config.getoption("update"):
        expected.write_text(reported)
    assert reported == expected.read_text()
    assert {problem.code for problem in bad.problems} == {code}

    good = check_folder(write_lake(tmp_path / "good", (fixture / "good.yaml").read_text()), texts, composed=composed)
    assert [str(problem) for problem in good.problems] == []


def test_every_rule_has_a_fixture() -> None:
    assert sorted(p.name for p in FIXTURES.iterdir()) == sorted({rule.code for rule in RULES} | {"lake", *ACCEPT_CODES})


def test_an_accepted_finding_keeps_its_reason(tmp_path: Path) -> None:
    result = check_folder(write_lake(tmp_path, (FIXTURES / "unused-accept/good.yaml").read_text()))
    accepted, _ = result.accepted
    assert (accepted.problem.code, accepted.reason) == ("relayed-twice", "they were read side by side")


def test_an_accept_is_unused_only_if_its_rule_ran(tmp_path: Path) -> None:
    pack = write_lake(tmp_path, (FIXTURES / "unused-accept/good.yaml").read_text())
    with (pack / "glossary.yaml").open("a") as file:
        file.write("  - {id: water, term: lake, known_from: plain, text: Water., accept: {too-hard: short}}\n")
    assert check_folder(pack, composed=False).problems == ()
    assert [problem.code for problem in check_folder(pack).problems] == ["unused-accept"]
    assert [problem.code for problem in check_packs(Library(tmp_path)).problems] == ["unused-accept"]


def test_every_rule_is_documented(request: pytest.FixtureRequest) -> None:
    path = ROOT / "docs/rules.md"
    head, _, rest = path.read_text().partition("<!-- from the rules -->\n")
    if request.config.getoption("update"):
        path.write_text(f"{head}<!-- from the rules -->\n{rules_markdown()}")
    assert rest == rules_markdown()
    assert all(f"`{code}`" in head for code in ACCEPT_CODES)


TEXTS = os.environ.get("BRIEFINGS_TEXTS")


@pytest.mark.skipif(not TEXTS, reason="BRIEFINGS_TEXTS names no folder with copies of the sources")
def test_every_quotation_of_the_shipped_pack_is_word_for_word(run: Run) -> None:
    """Skipped on CI too: the repository may not contain the texts of the sources."""
    done = run(["check", "kursk", "--texts", str(TEXTS), "--format", "json"], ROOT)
    report = json.loads(done.out)
    assert [p["message"] for p in report["problems"] if p["code"] == "quotation-differs"] == []
    assert report["quotations"]["same"] >= 60
    assert report["quotations"]["without_copy"] == []


@pytest.fixture
def kursk(tmp_path: Path) -> Path:
    """A copy of the shipped pack, to edit."""
    return Path(shutil.copytree(ROOT / "data/kursk", tmp_path / "data/kursk"))


def findings_after(
    pack: Path, file: str, old: str, new: str, texts: dict[str, str] | None = None
) -> list[tuple[str, bool]]:
    """(code, whether it is on the changed line) of each finding after the first `old` in a file became `new`."""
    path = pack / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    line = text[: text.index(old)].count("\n") + 1
    return [(p.code, p.mark is not None and p.mark.line == line) for p in check_folder(pack, texts).problems]


def test_the_shipped_pack_violates_no_rule(kursk: Path) -> None:
    assert findings_after(kursk, "phases.yaml", "phases:", "phases:") == []


@pytest.mark.slow
def test_one_changed_letter_in_a_quotation(kursk: Path) -> None:
    pack = load(kursk, "kursk")
    quoted = [q for q in quotations(CheckContext(pack, (), Wording("en", {}))) if "army-tech-2024" in q.sources]
    copy = {"army-tech-2024": "\n".join(q.words for q in quoted).replace(" ", "\n")}
    assert findings_after(kursk, "phases.yaml", "phases:", "phases:", copy) == []
    found = findings_after(kursk, "phases.yaml", '"incremental"', '"incremential"', copy)
    assert ("quotation-differs", True) in found
    assert {code for code, _ in found} == {"quotation-differs"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("On 6 August 2024 Ukraine's army crossed", "On 7 August 2024 Ukraine's army crossed"),
        ("[=land-taken/afp-days], AFP wrote", "[=land-taken/reuters-august], AFP wrote"),
        (
            "On 24 February 2022 Russia invaded Ukraine, [@army-tech-2024] and it has held",
            "On 24 February 2021 Russia invaded Ukraine, [@army-tech-2024] and it has held",
        ),
    ],
)
def test_one_changed_number_in_a_plain_text(kursk: Path, old: str, new: str) -> None:
    file = next(name for name in ("pack.yaml", "phases.yaml") if old in (kursk / name).read_text())
    assert findings_after(kursk, file, old, new) == [("levels-differ", True)]


@pytest.mark.slow
def test_one_hand_written_number(kursk: Path) -> None:
    old, new = "[=land-taken/afp-days], AFP wrote", "more than 1,200 square kilometres, AFP wrote"
    assert ("number-by-hand", True) in findings_after(kursk, "phases.yaml", old, new)
