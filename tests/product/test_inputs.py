"""Each input of inputs.yaml and reports.yaml is checked and built in one process: exit code, place, hint and values,
and the same verdict twice.

inputs.md is the table of what `check` says.
`pytest -n 0 tests/product/test_inputs.py --update` rewrites it: review the diff.
"""

import html
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ALL_CASES, Done, Run, some_quick

from briefings.library import shipped
from briefings.output.previews import words_outside

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("in_one_process")]

HERE = Path(__file__).parent
TABLE = HERE / "inputs.md"
HEAD = """\
# What `check` says of each input

Made by test_inputs.py.

| input | exit | problem |
| --- | --- | --- |
"""
REPORTS = HERE / "reports.yaml"
GROUPS: dict[str, dict[str, Any]] = {
    name: group
    for file in (HERE / "inputs.yaml", REPORTS)
    for name, group in yaml.safe_load(file.read_text("utf-8")).items()
}
INPUTS: dict[str, dict[str, Any]] = {
    each["id"]: {name: value for name, value in group.items() if name != "inputs"} | each
    for group in GROUPS.values()
    for each in group["inputs"]
}
PROBLEM = re.compile(
    r"^(?:(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+): )?"
    r"(?P<severity>error|warning)\[(?P<code>[a-z0-9-]+)\]: (?P<says>.*)$",
    re.M,
)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>')
A4_WIDTH, LONG = 595, 25  # points; letters: a shorter word of the title may stand there
REPEATED = re.compile(r"  and \d+ more: ")


def apply(edit: dict[str, Any], project: Path) -> None:
    """Change the files of a project."""
    for each in edit.get("edits", [{}]):
        _change({"file": edit["file"]} | each if "edits" in edit else edit, project)


def _change(edit: dict[str, Any], project: Path) -> None:
    path = project / edit["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    if "delete" in edit:
        path.unlink()
    elif "move" in edit:
        (project / edit["move"]).parent.mkdir(parents=True, exist_ok=True)
        path.rename(project / edit["move"])
    elif "shipped" in edit:
        shutil.copy(shipped() / edit["shipped"], path)
    elif "newline" in edit or "encoding" in edit:
        text = path.read_text("utf-8").replace("\n", edit.get("newline", "\n"))
        path.write_bytes(text.encode(edit.get("encoding", "utf-8")))
    elif "link" in edit:
        path.unlink(missing_ok=True)
        path.symlink_to(edit["link"])
    elif "megabytes" in edit:
        path.write_bytes(bytes(edit["megabytes"] * 1_000_000))
    elif "bytes" in edit:
        path.write_bytes(bytes.fromhex(edit["bytes"]))
    elif "write" in edit:
        path.write_bytes(edit["write"].encode())
    else:
        text, find = path.read_text("utf-8"), edit["find"]
        put = edit["put"] if "put" in edit else find + edit["add"]
        assert text.count(find) == 1 or not find, f"{find!r} is {text.count(find)} times in {edit['file']}"
        path.write_text(text.replace(find, put) if find else text + put, "utf-8")


def _options(edit: dict[str, Any]) -> list[str]:
    """Of the data, a check without pages finds all; templates show their faults only in pages."""
    if "typeset" in edit:
        return ["--typeset", "--audience", "university"]
    return [] if edit["file"].startswith("templates") else ["--no-pages"]


def _codes(edit: dict[str, Any], kind: str) -> set[str]:
    codes = edit.get(kind, [])
    return {codes} if isinstance(codes, str) else set(codes)


def _words(page: str) -> str:
    """The text of a page in one line, its special spaces as spaces."""
    bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", "", page, flags=re.S)
    return " ".join(html.unescape(bare).replace("\u2060", "").split())


def rows(done: Done) -> list[str]:
    """The rows of the table: one for each problem, with its hint."""
    lines = [line for line in done.err.splitlines() if PROBLEM.match(line) or REPEATED.match(line)]
    text = "\n".join(lines).replace("\n  and ", "; and ").replace(str(shipped()), "SHIPPED").replace("|", "\\|")
    problems = text.splitlines()
    others = [line for line in done.err.splitlines() if line.startswith("briefings: ")] if not problems else []
    return problems + others or ["–"]


def errors(done: Done) -> set[str]:
    """The errors, without excerpts."""
    return {m[0] for m in PROBLEM.finditer(done.err) if m["severity"] == "error"}


@pytest.mark.parametrize("name", some_quick(INPUTS))
def test_one(name: str, project: Path, run: Run, request: pytest.FixtureRequest) -> None:
    edit = INPUTS[name]
    apply(edit, project)

    done = run(["check", *_options(edit)], project)

    found = {m["code"]: m for m in PROBLEM.finditer(done.err)}
    table = "".join(f"| {name} | {done.code} | {row} |\n" for row in rows(done))
    if request.config.getoption("update"):
        _update(name, table)
    else:
        assert table == _table().get(name)
    assert "Traceback" not in done.err
    finds, warns = _codes(edit, "finds"), _codes(edit, "warns")
    assert done.code == (2 if "usage" in finds else 1 if finds else 0), done.err
    assert finds | warns <= {*found, "usage"}, done.err
    assert finds or warns or not found, done.err
    for match in found.values():
        assert match["file"], f"no place: {match[0]}"
        assert "; " in match["says"], f"no hint: {match[0]}"


@pytest.mark.parametrize(
    "name", some_quick(name for name, edit in INPUTS.items() if "shows" in edit or "hides" in edit)
)
def test_right_values(name: str, project: Path, run: Run) -> None:
    """What a right input says is on the page, as its author means it."""
    edit = INPUTS[name]
    apply(edit, project)

    done = run(["build", "--audience", edit.get("audience", "university"), "--format", "html", "--jobs", "1"], project)

    assert done.code == 0, done.err
    pages = [path.read_text("utf-8") for path in project.glob("build/pond/*.html") if path.name != "index.html"]
    shown = "\n".join(pages + [_words(page) for page in pages])
    assert [each for each in edit.get("shows", ()) if each not in shown] == []
    assert [each for each in edit.get("hides", ()) if each in shown] == []


@pytest.mark.slow
@pytest.mark.tool("pdfinfo")  # of the same package as pdftotext
@pytest.mark.parametrize("audience", ["pupils", "university"])
def test_long_words_stay_in_their_column(audience: str, project: Path, run: Run) -> None:
    """A word that leaves its column lies over the words of the next one, or leaves the sheet."""
    apply(INPUTS["longwords"], project)
    apply(INPUTS["driveid"] | {"find": "It holds water"}, project)  # the address before that

    done = run(["build", "--audience", audience, "--format", "pdf", "--jobs", "1"], project)

    assert done.code == 0, done.err
    pdf = project / f"build/pond/{audience}-briefing.pdf"
    assert across(pdf) == []
    assert list(words_outside(pdf)) == []


def across(pdf: Path) -> list[str]:
    """The words that begin in the left one of a sheet's two columns and end in the right one."""
    boxes = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    words = ((float(left), float(right), word) for left, right, word in WORD.findall(boxes))
    middle = A4_WIDTH / 2
    return [word for left, right, word in words if left < middle < right and len(word) > LONG]


@pytest.mark.slow
@pytest.mark.usefixtures("ungrouped")
@pytest.mark.parametrize("name", INPUTS if ALL_CASES else [*INPUTS][::8])
def test_same_verdict(name: str, project: Path, run: Run) -> None:
    """All inputs take minutes: one in eight is tried, unless BRIEFINGS_ALL_CASES is set. See also test_verdict.py."""
    apply(INPUTS[name], project)

    checked = run(["check", "--audience", "university"], project)
    built = run(["build", "--audience", "university", "--jobs", "1", "--dry-run"], project)

    assert errors(checked) == errors(built)
    assert checked.code == built.code
    assert ("Nothing was written." in built.err) == (built.code == 1)
    assert not (project / "build").exists()


def test_the_table_has_every_input_once() -> None:
    assert list(_table()) == list(INPUTS)
    assert len(INPUTS) == sum(len(group["inputs"]) for group in GROUPS.values())


def test_every_finding_is_covered_by_what_exists() -> None:
    findings = [
        each for group in yaml.safe_load((HERE / "findings.yaml").read_text("utf-8")).values() for each in group
    ]
    inputs = {name for each in findings for name in each.get("inputs", ())}
    tests = {name for each in findings for name in each.get("tests", ())}
    of_reports = {
        each["id"] for group in yaml.safe_load(REPORTS.read_text("utf-8")).values() for each in group["inputs"]
    }

    assert all(each.get("inputs") or each.get("tests") for each in findings)
    assert inputs - {*INPUTS} == set()
    assert of_reports - inputs == set()
    missing = [test for test in tests if f"def {test.rpartition(':')[2]}(" not in _source(test)]
    assert missing == []


def _source(test: str) -> str:
    path = HERE.parent / test.partition("::")[0]
    return path.read_text("utf-8") if path.exists() else ""


@cache
def _table() -> dict[str, str]:
    """The rows of each input in the table, by its id."""
    table: dict[str, str] = {}
    for line in TABLE.read_text().removeprefix(HEAD).splitlines(keepends=True) if TABLE.exists() else ():
        name = line.split(" | ")[0].removeprefix("| ")
        table[name] = table.get(name, "") + line
    return table


def _update(name: str, rows: str) -> None:
    table = _table() | {name: rows}
    TABLE.write_text(HEAD + "".join(table[each] for each in INPUTS if each in table))
    _table.cache_clear()
