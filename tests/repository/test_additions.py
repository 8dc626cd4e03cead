"""What docs/architecture.md says of adding something: one new file, and one name in a list. Each is added once here.

The files of additions/ are put into a copy of the package, their names into its lists, and a command shows the result.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import HERE

from briefings.library import shipped

pytestmark = pytest.mark.slow


class Addition(NamedTuple):
    """A new module (`file`, put into `folder`) and the one line that lists it: in `listed`, `before` -> `after`."""

    file: str
    folder: str
    listed: str
    before: str
    after: str


ADDITIONS = {
    "drawing kind": Addition(
        "dots.py",
        "drawings/kinds",
        "schema/drawings.py",
        'DrawingKind = Literal[\n    "map"',
        'DrawingKind = Literal[\n    "dots", "map"',
    ),
    "rule": Addition(
        "length.py", "checking/rules", "checking/run_rules.py", "FAMILIES = (\n", 'FAMILIES = (\n    "length",\n'
    ),
    "output format": Addition(
        "txt.py", "output/writers", "schema/formats.py", 'Format = Literal["html"', 'Format = Literal["txt", "html"'
    ),
    "data file": Addition(
        "outings.py",
        "schema",
        "schema/files.py",
        "FILES = (\n",
        'FILES = (\n    DataFile("outings.yaml", {"outings": "outings.Lesson"}, {"outings": "outings"}),\n',
    ),
    "command": Addition("count.py", "cli", "cli/main.py", 'COMMANDS = ("', 'COMMANDS = ("count", "'),
}


@pytest.fixture
def pond(project: Path) -> Path:
    """A project with the pond pack, which the tests add to."""
    return project


def add(what: str, folder: Path) -> None:
    """Copy the package to `folder` and add one thing to the copy."""
    for name in ("templates", "data"):
        (folder / name).symlink_to(shipped() / name)
    shutil.copytree(shipped() / "briefings", folder / "briefings", ignore=shutil.ignore_patterns("__pycache__"))
    addition = ADDITIONS[what]
    shutil.copy(HERE / "repository/additions" / addition.file, folder / "briefings" / addition.folder)
    listed = folder / "briefings" / addition.listed
    text = listed.read_text()
    assert text.count(addition.before) == 1
    listed.write_text(text.replace(addition.before, addition.after))


def briefings(package: Path, project: Path, *arguments: str) -> str:
    """What a command of the copy prints."""
    command = [sys.executable, "-m", "briefings", *arguments]
    env = {**os.environ, "PYTHONPATH": str(package)}
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True)
    return done.stdout + done.stderr


@pytest.mark.parametrize("what", ADDITIONS)
def test_one_line_lists_it(what: str) -> None:
    addition = ADDITIONS[what]
    assert abs(addition.after.count("\n") - addition.before.count("\n")) <= 1
    assert what in (shipped() / "docs/architecture.md").read_text()


def test_a_drawing_kind(tmp_path: Path, pond: Path) -> None:
    add("drawing kind", tmp_path)
    with (pond / "data/pond/drawings.yaml").open("a") as file:
        file.write("  - {id: frog-dots, kind: dots, title: The reports as dots, section: figures, figures: [frogs]}\n")
    briefings(tmp_path, pond, "build", "--document", "specimen", "--look", "page", "--format", "html")
    page = (pond / "build/pond/specimen-page.html").read_text()
    assert len(re.findall(r'class="drawing dots', page)) == 1


def test_a_rule(tmp_path: Path, pond: Path) -> None:
    add("rule", tmp_path)
    assert "warning[text-long]: this text has" in briefings(tmp_path, pond, "check")
    assert briefings(tmp_path, pond, "check", "--explain", "text-long").startswith("text-long (warning)")


def test_an_output_format(tmp_path: Path, pond: Path) -> None:
    add("output format", tmp_path)
    audiences = pond / "data/audiences"
    audiences.mkdir(exist_ok=True)
    public = (shipped() / "data/audiences/public.yaml").read_text()
    (audiences / "public.yaml").write_text(public.replace("{document: briefing,", "{document: briefing, formats: txt,"))
    briefings(tmp_path, pond, "build", "--audience", "public", "--format", "txt")
    assert "The school pond" in (pond / "build/pond/public-briefing.txt").read_text()


def test_a_data_file(tmp_path: Path, pond: Path) -> None:
    add("data file", tmp_path)
    data = pond / "data/pond"
    text = 'paragraphs: [{id: lesson-1, text: "Count the frogs. [@diary]", sources: [diary]}]'
    lesson = "outings:\n  - {id: lesson, title: Counting, minutes: MINUTES, depth: core, " + text + "}\n"
    (data / "outings.yaml").write_text(lesson.replace("MINUTES", "long"))
    assert "data/pond/outings.yaml:2:44: error[wrong-type]" in briefings(tmp_path, pond, "check")
    (data / "outings.yaml").write_text(lesson.replace("MINUTES", "45"))
    pack = (data / "pack.yaml").read_text()
    (data / "pack.yaml").write_text(
        pack.replace("sections:\n", "sections:\n  - {id: outings, title: Outings, holds: outings}\n")
    )
    briefings(tmp_path, pond, "build", "--document", "specimen", "--look", "page", "--format", "html")
    assert "Count the frogs." in (pond / "build/pond/specimen-page.html").read_text()


def test_a_command(tmp_path: Path, pond: Path) -> None:
    add("command", tmp_path)
    assert briefings(tmp_path, pond, "count") == "pond: 2 sources\n"
    assert "Count the sources of packs." in briefings(tmp_path, pond, "--help")
