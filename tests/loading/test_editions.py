"""Closed editions are read as they were closed; whatever is not so any more is a Problem with its place."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import raise_edition, replace_in

from briefings.loading.load import load
from briefings.problems import ProblemError

CLOSED = "data/pond/editions"


def problems(project: Path) -> list[str]:
    with pytest.raises(ProblemError) as found:
        load(project / "data/pond", "data/pond")
    return [f"{each.mark.file}:{each.mark.line} {each.message}" for each in found.value.problems if each.mark]


def test_editions_are_read_in_order(closed: Path) -> None:
    one, two = load(closed / "data/pond").editions
    assert (one.number, str(one.date), one.note, two.number) == (1, "2024-07-01", "as first published", 2)
    assert one.items["frogs/class-april"].kind == "estimate"
    assert {key for key in one.items if one.items[key] != two.items[key]} == {"frogs/class-april"}
    assert [change.mark for change in two.changes] == ["significant"]


def test_an_edition_is_a_pack_with_the_editions_up_to_its_own(closed: Path) -> None:
    old = load(closed / CLOSED / "1/pond", "old")
    assert [edition.number for edition in old.editions] == [1]
    assert [edition.number for edition in load(closed / CLOSED / "2/pond").editions] == [1, 2]
    assert str(vars(old.index["frogs/class-april"])["value"]) == "1200"


def edit_record(folder: Path) -> None:
    replace_in(folder / "1/edition.json", '"as first published"', '"as last published"')


def edit_digest(folder: Path) -> None:
    record = json.loads((folder / "1/edition.json").read_text())
    record["body"]["number"] = "one"
    (folder / "1/edition.json").write_text(json.dumps(record))


RECORD = "data/pond/editions/1/edition.json:1 the record of edition 1"
BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "record edited": (edit_record, f"{RECORD} was edited"),
    "record of nothing": (edit_digest, f"{RECORD} was edited"),
    "record cut short": (lambda f: (f / "1/edition.json").write_text('{"format": 1'), f"{RECORD} is damaged"),
    "record a list": (lambda f: (f / "1/edition.json").write_text("[]"), f"{RECORD} is damaged"),
    "record gone": (
        lambda f: (f / "1/edition.json").unlink(),
        f"{RECORD} cannot be read: no such file or directory",
    ),
    "file edited": (
        lambda f: replace_in(f / "1/pond/figures.yaml", "value: 1200", "value: 1250"),
        "data/pond/editions/1/pond/figures.yaml:1 this file of edition 1 was edited",
    ),
    "file gone": (
        lambda f: (f / "1/pond/places.yaml").unlink(),
        "data/pond/editions/1/pond/places.yaml:1 this file of edition 1 was removed",
    ),
    "file more": (
        lambda f: (f / "1/pond/options.yaml").write_text("options: []\n"),
        "data/pond/editions/1/pond/options.yaml:1 edition 1 has no such file",
    ),
    "renumbered": (
        lambda f: (f / "1").rename(f / "3"),
        "data/pond/editions/3/edition.json:1 the record of edition 3 was edited",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_edited_edition_is_a_problem(closed: Path, name: str) -> None:
    spoil, message = BROKEN[name]
    spoil(closed / CLOSED)
    assert problems(closed) == [message]


def test_a_list_of_changes_is_checked_like_any_file(closed: Path) -> None:
    path = closed / CLOSED / "2/changes.yaml"
    replace_in(path, "significant\n", "grave\n")
    assert problems(closed) == ["data/pond/editions/2/changes.yaml:5 'mark' cannot be 'grave'"]


@pytest.mark.parametrize(
    ("number", "date", "message"),
    [
        (1, "2024-08-02", "the pack says that it is edition 1, but edition 2 was closed on 2024-08-01"),
        (2, "2024-08-02", "edition 2 was closed with the date 2024-08-01, and here it is 2024-08-02"),
        (3, "2024-07-31", "edition 3 is of 2024-07-31, before edition 2 of 2024-08-01"),
    ],
)
def test_a_number_is_used_once_and_dates_go_on(closed: Path, number: int, date: str, message: str) -> None:
    raise_edition(closed, number, date)
    assert problems(closed) == [f"data/pond/pack.yaml:7 {message}"]


def test_other_ends_of_lines_are_no_edit(closed: Path) -> None:
    """Git writes them on some systems."""
    path = closed / CLOSED / "1/pond/figures.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(load(closed / "data/pond").editions) == 2
