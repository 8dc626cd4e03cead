"""Wrong and unusual inputs, each an edit of the pond: exit code, place and code. `pytest -s` prints the table."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import HERE, Run

INPUTS: list[dict[str, Any]] = yaml.safe_load((HERE / "product/inputs.yaml").read_text("utf-8"))
# place: severity[code]: message; hint
_FINDING = re.compile(r"(?P<place>.+?:\d+:\d+): (?:error|warning)\[(?P<code>[\w-]+)\]: (?P<message>.*)")


def _rendered(item: dict[str, Any]) -> bool:
    return str(item["file"]).startswith("/templates")


@pytest.mark.parametrize(
    "item", [pytest.param(i, id=i["id"], marks=[pytest.mark.slow] if _rendered(i) else []) for i in INPUTS]
)
def test_an_input_gets_its_answer(item: dict[str, Any], project: Path, run: Run) -> None:
    edit(project, item)
    # What is wrong in data is found without pages, which is quick.
    pages = [] if _rendered(item) else ["--no-pages"]

    done = run(["check", *pages, "--audience", "secondary"], project)

    found = _FINDING.match(done.err)
    place, code, message = (found["place"], found["code"], found["message"]) if found else (None, None, "")
    print(f"{item['id']} | {done.code} | {place or ''} | {code or ''} | {message.rpartition('; ')[2]}")
    assert (done.code, place, code) == (item["exit"], item.get("at"), item.get("code")), done.err


def edit(project: Path, item: dict[str, Any]) -> None:
    """Make the edit of an input in a copy of the pond."""
    for name, find, put in [(item["file"], item.get("find"), item["put"]), *_new_files(item)]:
        path = project / name[1:] if name.startswith("/") else project / "data/pond" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8") if find else ""
        assert not find or find in text, f"{name} has no {find!r}: the edit would change nothing"
        path.write_text(text.replace(find, put, 1) if find else put, "utf-8")


def _new_files(item: dict[str, Any]) -> list[tuple[str, None, str]]:
    return [(name, None, text) for name, text in item.get("also", {}).items()]


def test_every_input_is_answered_with_a_place() -> None:
    ids = [item["id"] for item in INPUTS]
    assert len(ids) == len(set(ids))
    assert all(item["exit"] == 0 or (item["at"] and item["code"]) for item in INPUTS)
