"""`check` and `build` agree on every input of tests/bad: the same exit code, and the same errors at the same places."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from bad_inputs import BAD, apply_bad_input
from conftest import Run, some_quick

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("in_one_process")]

# These give the command itself something wrong, which only that command has: an option, an output folder.
OWN = {"no-command", "no-option", "no-format", "no-document", "no-look", "no-paper", "nothing-there", "no-project"}
OWN |= {"nothing-fits", "no-audience", "no-pack", "out-is-a-file", "folder-is-a-file", "project-out-is-a-file"}
_ERROR = re.compile(r"^(?:(?P<file>[^\n:]+):(?P<line>\d+):(?P<column>\d+): )?error\[(?P<code>[\w-]+)\]: ", re.M)


def _inputs() -> list[object]:
    """Every input that is a fault of data or templates; slow are those that show only when a page is typeset."""
    commands = {folder.name: (folder / "expected.txt").read_text().splitlines()[0] for folder in BAD.iterdir()}
    names = sorted(commands.keys() - OWN)
    typeset = [name for name in names if "--format pdf" in commands[name]]
    return [
        *some_quick(n for n in names if n not in typeset),
        *(pytest.param(n, marks=pytest.mark.slow) for n in typeset),
    ]


@pytest.mark.usefixtures("ungrouped")
@pytest.mark.parametrize("name", _inputs())
def test_check_and_build_agree(name: str, project: Path, run: Run) -> None:
    command = shlex.split((BAD / name / "expected.txt").read_text().splitlines()[0])
    apply_bad_input(name, project)
    shutil.rmtree(project / "build", ignore_errors=True)
    # One audience is enough: the one of the case, or the one that gets most (a heading skipped by few).
    # Typesetting takes seconds, so only where a case is about it.
    at = command.index("--audience") if "--audience" in command else 0
    audience = command[at : at + 2] if at else [] if name == "lint-heading" else ["--audience", "university"]
    typeset = "pdf" in command

    checked = run(["check", *audience, "--format", "json", *(["--typeset"] if typeset else [])], project)
    built = run(["build", *audience, "--jobs", "1", *([] if typeset else ["--dry-run"])], project)

    assert (checked.code, built.code) == (1, 1), checked.err + built.err
    assert _found(checked.out, checked.err) == {
        (m["file"], m["line"] and int(m["line"]), m["column"] and int(m["column"]), m["code"])
        for m in _ERROR.finditer(built.err)
    }


def _found(out: str, err: str) -> set[tuple[object, ...]]:
    """(file, line, column, code) of the errors of a check; those of briefings.toml stop it before it has a report."""
    if not out:
        return {(m["file"], int(m["line"]), int(m["column"]), m["code"]) for m in _ERROR.finditer(err)}
    problems = json.loads(out)["problems"]
    return {(p["file"], p["line"], p["column"], p["code"]) for p in problems if p["severity"] == "error"}
