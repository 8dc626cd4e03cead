"""Bad inputs: each folder of tests/bad is copied over the pond; expected.txt has the command, its errors and exit code.

`pytest --update` rewrites the expected errors: review the diff.
"""

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import HERE, Run

from briefings.library import shipped

BAD = HERE / "bad"
GLOSSARY = "data/pond/glossary.yaml"


def _write(name: str, content: bytes) -> Callable[[Path], object]:
    def write(project: Path) -> None:
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return write


# Changes that cannot or should not be files in the repository.
GENERATED: dict[str, Callable[[Path], object]] = {
    "not-utf8": _write(GLOSSARY, "terms:\n  - {id: spawn, term: spawn, text: Œufs}\n".encode("cp1252")),
    "too-large": _write(GLOSSARY, b"terms: []\n" + b"# frog\n" * 150_000),
    "too-deep": _write(GLOSSARY, b"terms: " + b"[" * 900 + b"]" * 900 + b"\n"),
    "too-many-values": _write(GLOSSARY, b"terms: [" + b"a, " * 200_001 + b"a]\n"),
    "pack-id-spaces": lambda project: (project / "data/pond").rename(project / "data/The Pond"),
    "pack-id": lambda project: (project / "data/pond").rename(project / "data/lake"),
    "style-not-utf8": _write("templates/css/theme.css", "/* Œufs */".encode("cp1252")),
    "out-is-a-file": _write("notes.txt", b"mine"),
    "folder-is-a-file": _write("taken/pond", b"mine"),
}


def cases() -> list[object]:
    slow = {folder.name for folder in BAD.iterdir() if "--format pdf" in (folder / "expected.txt").read_text()}
    names = sorted(folder.name for folder in BAD.iterdir())
    return [pytest.param(name, marks=[pytest.mark.slow] if name in slow else []) for name in names]


@pytest.mark.parametrize("name", cases())
def test_bad_input(name: str, project: Path, run: Run, request: pytest.FixtureRequest) -> None:
    shutil.copytree(BAD / name, project, dirs_exist_ok=True)
    if name in GENERATED:
        GENERATED[name](project)
    _write("build/pond/secondary-briefing.html", b"an earlier briefing")(project)
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
