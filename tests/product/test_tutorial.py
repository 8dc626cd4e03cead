"""docs/tutorial.md: its files are written and its commands are run, in order, in an empty folder."""

import re
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import HERE, Run

TUTORIAL = (HERE.parent / "docs/tutorial.md").read_text()
_BLOCK = re.compile(r"(?:^(?P<lead>[^\n`#][^\n]*)\n\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"(?P<how>Write|Add to the end of) `(?P<name>[^`]+)`:$")
_CORRECTION = re.compile(r"in\n`(?P<name>[^`]+)`, `(?P<wrong>[^`]+)` becomes `(?P<right>[^`]+)`")


class Block(NamedTuple):
    """A fenced block: its language, its text, and the line before it."""

    kind: str
    body: str
    lead: str
    place: int


BLOCKS = [Block(m["kind"], m["body"], m["lead"] or "", m.start()) for m in _BLOCK.finditer(TUTORIAL)]


def test_every_block_is_a_command_an_output_or_a_file() -> None:
    assert len(BLOCKS) == TUTORIAL.count("```") / 2
    for block in BLOCKS:
        assert block.kind in ("sh", "text") or _FILE.search(block.lead), block


@pytest.mark.slow
def test_the_tutorial_works(tmp_path: Path, run: Run) -> None:
    folder, said, place = tmp_path, "", 0
    for block in BLOCKS:
        for correction in _CORRECTION.finditer(TUTORIAL, place, block.place):
            path = folder / correction["name"]
            assert path.read_text().count(correction["wrong"]) == 1
            path.write_text(path.read_text().replace(correction["wrong"], correction["right"]))
        place = block.place
        if block.kind == "sh":
            said = ""
            for line in block.body.splitlines():
                command, _, comment = line.partition("  # ")
                words = shlex.split(command)
                if words[0] == "cd":
                    folder = folder / words[1]
                    continue
                done = run(words[1:], folder)
                assert (done.code != 0) == (comment == "fails"), f"{line}\n{done.err}"
                assert done.code in (0, 1)
                if done.code == 0:
                    assert done.err == "", line
                said += done.out + done.err
        elif block.kind == "text":
            assert [line for line in block.body.splitlines() if line.strip() not in said] == [], said
        else:
            write(folder, block)
    assert (folder / "build/ferry/visitors-briefing.pdf").is_file()
    assert '<figure class="drawing map' in (folder / "build/ferry/visitors-briefing.html").read_text()


def write(folder: Path, block: Block) -> None:
    """Write a file of the tutorial, or add to it."""
    match = _FILE.search(block.lead)
    assert match
    path = folder / match["name"]
    path.parent.mkdir(exist_ok=True)
    if match["how"] == "Write":
        path.write_text(block.body)
    else:
        path.write_text(path.read_text() + block.body)
