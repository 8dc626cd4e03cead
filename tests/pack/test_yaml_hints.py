"""Where the mistake is in a file that is not YAML, and what to write: more than libyaml knows."""

import pytest

from briefings.pack.yaml_file import parse_yaml
from briefings.pack.yaml_hints import name_invisible
from briefings.problems import ProblemError


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("a: {b: Eggs. [@diary], c: 1}\n", (1, 14), 'inside { } a "[" ends it'),
        ("a: [=x/y] were seen\n", (1, 11), 'it begins with "["'),
        ("a: **b** c\n", (1, 5), "it cannot begin with *"),
        ("a: @b\n", (1, 4), "it cannot begin with @"),
        ("a: %b\n", (1, 4), "it cannot begin with %"),
        ('a: "Eggs" of frogs\n', (1, 11), "put ' around the whole text"),
        ("a: 'Eggs' of frogs\n", (1, 11), 'put " around the whole text'),
        ("a: “b: c”\n", (1, 6), "straight ones"),
        ("a:\n  - b: c\n    d: e\n\u00a0\u00a0\u00a0\u00a0f: g\n    h: i\n", (4, 1), "replace it by a space"),
        ("a:\u00a0b\nc: {d: e}\n", (1, 3), "replace it by a space"),
        ("a:\n  - b: c\n    kind:person\n    d: e\n", (3, 5), "write a space after the colon: kind: person"),
        ("a:\n  - {b: pond #1}\n", (2, 14), "which hides the closing }"),
        ("a:\n\tb: c\n", (2, 1), "indent with spaces"),
        ("a: b: c\n", (1, 5), "if it contains a colon and a space"),
        ("a: {b: c\n", (2, 1), "check indentation"),
    ],
)
def test_the_hint_names_what_to_write(text: str, place: tuple[int, int], hint: str) -> None:
    with pytest.raises(ProblemError) as caught:
        parse_yaml(text, "f.yaml")
    (problem,) = caught.value.problems
    assert problem.mark is not None
    assert (problem.mark.line, problem.mark.column) == place
    assert hint in problem.hint


def test_characters_that_cannot_be_seen_have_names() -> None:
    assert name_invisible("class-7b\u00a0") == "a no-break space (U+00A0)"
    assert name_invisible("a\u200bb\ufeff") == "a zero-width space (U+200B) and a byte order mark (U+FEFF)"
    assert name_invisible("Ärger 3") == ""
