"""Whose side a voice is on, and what a side is called."""

from pathlib import Path

from lake import context_of

from briefings.query.sides import NO_SIDE, side_of, sides_by_name

PEOPLE = """# people.yaml
  - {id: reed, name: Eve Reed, also: [The clerk], role: a clerk, side: Elsewhere}
  - {id: neighbour, name: A neighbour of the dam, role: a neighbour, side: not known}
"""


def test_the_side_of_a_voice(tmp_path: Path) -> None:
    pack = context_of(tmp_path, PEOPLE).pack
    voices = ("moss", "gazette", "plan", "area")
    assert [side_of(pack.index[voice]) for voice in voices] == ["The council", "Nowhere", "The council", NO_SIDE]


def test_names_that_stand_for_a_side(tmp_path: Path) -> None:
    names = sides_by_name(context_of(tmp_path, PEOPLE).pack)
    assert {name for name, side in names.items() if side == "Elsewhere"} == {
        "Elsewhere",
        "Eve Reed",
        "Reed",
        "The clerk",
    }
    assert {name for name, side in names.items() if side == "not known"} == {"A neighbour of the dam"}
