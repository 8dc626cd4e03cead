"""The table of a pack's files: what each may contain, and what a section may hold."""

import re
from pathlib import Path

import pytest

from briefings.loading.load import load
from briefings.problems import ProblemError
from briefings.schema.figures import Unit
from briefings.schema.files import FILES, HELD_KEYS, DataFile
from briefings.schema.statements import Item


def test_a_class_stands_for_a_list_of_its_items() -> None:
    assert DataFile("history.yaml", {"parts": "statements.Item"}).types() == {"parts": tuple[Item, ...]}


def test_another_type_is_taken_as_it_is() -> None:
    assert DataFile("figures.yaml", {"units": "figures.Units"}).types() == {"units": dict[str, Unit]}


def test_each_held_word_names_a_field_of_its_file() -> None:
    assert HELD_KEYS["debate"] == "questions"
    assert [file.name for file in FILES if not set(file.holds.values()) <= set(file.fields)] == []


def test_a_section_that_holds_an_unknown_kind_of_item(project: Path) -> None:
    pack = project / "data/pond/pack.yaml"
    pack.write_text(re.sub(r"holds: phases", "holds: phase", pack.read_text()))
    with pytest.raises(ProblemError, match=r"there is no kind of item 'phase'; did you mean 'phases'\?"):
        load(pack.parent, "pond")
