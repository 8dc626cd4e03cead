"""Each input of inputs.yaml is checked and built in one process: exit code, place and hint, and the same verdict twice.

inputs.md is the table of what `check` says.
`pytest -n 0 tests/product/test_inputs.py --update` rewrites it: review the diff.
"""

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Done, Run, some_quick

from briefings.library import shipped

HERE = Path(__file__).parent
TABLE = HERE / "inputs.md"
HEAD = """\
# What `check` says of each input

Made by test_inputs.py.

| input | exit | problem |
| --- | --- | --- |
"""
GROUPS: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "inputs.yaml").read_text())
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


def apply(edit: dict[str, Any], project: Path) -> None:
    """Change one file of a project."""
    path = project / edit["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    if "delete" in edit:
        path.unlink()
    elif "link" in edit:
        path.unlink(missing_ok=True)
        path.symlink_to(edit["link"])
    elif "bytes" in edit:
        path.write_bytes(bytes.fromhex(edit["bytes"]))
    elif "write" in edit:
        path.write_bytes(edit["write"].encode())
    else:
        text, find = path.read_text(), edit["find"]
        assert text.count(find) == 1 or not find, f"{find!r} is {text.count(find)} times in {edit['file']}"
        path.write_text(text.replace(find, edit["put"]) if find else text + edit["put"])


def rows(done: Done) -> list[str]:
    """The rows of the table: one for each problem, with its hint."""
    problems = [m[0].replace(str(shipped()), "SHIPPED").replace("|", "\\|") for m in PROBLEM.finditer(done.err)]
    others = [line for line in done.err.splitlines() if line.startswith("briefings: ")] if not problems else []
    return problems + others or ["–"]


def errors(done: Done) -> set[str]:
    """The errors, without excerpts."""
    return {m[0] for m in PROBLEM.finditer(done.err) if m["severity"] == "error"}


@pytest.fixture(autouse=True)
def in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is run in a forked process: forks take most of the time of so small a pack."""
    for module in ("briefings.checking.run", "briefings.output.build"):
        monkeypatch.setattr(f"{module}.run_in_background", lambda function: function)


@pytest.mark.parametrize("name", some_quick(INPUTS))
def test_one(name: str, project: Path, run: Run, request: pytest.FixtureRequest) -> None:
    edit = INPUTS[name]
    apply(edit, project)

    # templates show their faults only in pages; of the data, a check without them finds all
    done = run(["check", *([] if edit["file"].startswith("templates") else ["--no-pages"])], project)

    found = {m["code"]: m for m in PROBLEM.finditer(done.err)}
    table = "".join(f"| {name} | {done.code} | {row} |\n" for row in rows(done))
    if request.config.getoption("update"):
        _update(name, table)
    else:
        assert table == _table().get(name)
    assert "Traceback" not in done.err
    assert done.code == {"usage": 2}.get(edit.get("finds", ""), 1 if "finds" in edit else 0), done.err
    assert edit.get("finds", "usage") in {*found, "usage"}, done.err
    assert edit.get("warns", "usage") in {*found, "usage"}, done.err
    assert "finds" in edit or "warns" in edit or not found, done.err
    for match in found.values():
        assert match["file"], f"no place: {match[0]}"
        assert "; " in match["says"], f"no hint: {match[0]}"


@pytest.mark.slow
@pytest.mark.parametrize("name", INPUTS if os.environ.get("BRIEFINGS_ALL_INPUTS") else [*INPUTS][::8])
def test_same_verdict(name: str, project: Path, run: Run) -> None:
    """All inputs take minutes: one in eight is tried, unless BRIEFINGS_ALL_INPUTS is set. See also test_verdict.py."""
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
