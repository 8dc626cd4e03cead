"""TOML files: values, and the position of each key of the first level, its value and the items of its list."""

import pytest

from briefings.pack.toml_file import parse_toml
from briefings.problems import Mark, ProblemError

TEXT = """\
# a = "in a comment"
strict = true
  "out"="b" # build
packs = [
    "pond", 'lake',  # "pond" again
    "pond",
]
[table]
x = 1
"""


def test_values_have_positions() -> None:
    found = parse_toml(TEXT, "a.toml")
    assert found.value == {"strict": True, "out": "b", "packs": ["pond", "lake", "pond"], "table": {"x": 1}}
    places = {path: (mark.line, mark.column) for path, mark in found.marks.items()}
    assert places == {
        (): (1, 1),
        ("strict",): (2, 10),
        ("out",): (3, 9),
        ("packs",): (4, 9),
        ("packs", 0): (5, 5),
        ("packs", 1): (5, 13),
        ("packs", 2): (6, 5),
        ("table",): (8, 8),
    }
    assert {path: mark.column for path, mark in found.key_marks.items()} == {
        ("strict",): 1,
        ("out",): 4,
        ("packs",): 1,
        ("table",): 2,
    }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = no\n", (1, 5)),
        ("a = 1\nb\n", (2, 2)),
        ("a = [\n  1,\n", (2, 1)),
        ("a = 1\na = 2\n", (2, 6)),
        ("a", (1, 1)),
    ],
)
def test_a_syntax_error_has_its_place(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(ProblemError) as caught:
        parse_toml(text, "a.toml")
    (problem,) = caught.value.problems
    assert problem.mark == Mark("a.toml", *place)
    assert problem.message.startswith("not TOML: ")
    assert "(at " not in problem.message
    assert problem.hint
