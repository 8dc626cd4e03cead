"""Bad inputs: each folder of tests/bad is copied over the pond; expected.txt has the command, its errors and exit code.

`pytest --update` rewrites the expected errors: review the diff.
"""

import shlex
from pathlib import Path

import pytest
from bad_inputs import BAD, apply_bad_input, write_file
from conftest import Run

from briefings.library import shipped

pytestmark = pytest.mark.usefixtures("in_one_process")


def cases() -> list[object]:
    slow = {folder.name for folder in BAD.iterdir() if "--format pdf" in (folder / "expected.txt").read_text()}
    names = sorted(folder.name for folder in BAD.iterdir())
    return [pytest.param(name, marks=[pytest.mark.slow] if name in slow else []) for name in names]


@pytest.mark.parametrize("name", cases())
def test_bad_input(name: str, project: Path, run: Run, request: pytest.FixtureRequest) -> None:
    apply_bad_input(name, project)
    write_file("build/pond/secondary-briefing.html", b"an earlier briefing")(project)
    before = files(project)
    expected = (BAD / name / "expected.txt").read_text()
    command = expected.splitlines()[0]

    done = run(shlex.split(command)[2:], project)

    errors = done.err.replace(str(shipped()), "SHIPPED")
    transcript = f"{command}\n{errors}exit {done.code}\n"
    if request.config.getoption("update"):
        (BAD / name / "expected.txt").write_text(transcript)
    else:
        assert transcript == expected
    assert done.code in (1, 2)
    assert "Traceback" not in errors
    assert files(project) == before


def files(folder: Path) -> dict[str, bytes]:
    """Name -> content of all files except the ledger and the index, which a failed build may also write."""
    own = ("index.html", ".briefings-ledger.json")
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in own
    }
