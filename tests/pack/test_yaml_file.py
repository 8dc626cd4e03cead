"""YAML as it is read here: 1.2 scalars, and a place for every value. What it refuses is in tests/bad."""

from pathlib import Path

import pytest

from briefings.pack import yaml_file
from briefings.pack.yaml_file import parse_yaml
from briefings.problems import Mark, Problem, ProblemError


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("true", True),
        ("False", "False"),
        ("null", None),
        ("~", None),
        ("", None),
        ("'null'", "null"),
        ("12:30", "12:30"),
        ("2024-08-06", "2024-08-06"),
        ("1200", 1200),
        ("-3", -3),
        ("+3", 3),
        ("007", 7),
        ("0o7", "0o7"),
        ("0x1f", "0x1f"),
        ("1_200", "1_200"),
        ("1,200", "1,200"),
        ("7.5", 7.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        (".inf", ".inf"),
        ("nan", "nan"),
        ("1/3", "1/3"),
        ('"1200"', "1200"),
        ("12345678901234567890", 12345678901234567890.0),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_scalars(written: str, value: object) -> None:
    found = parse_yaml(f"key: {written}\n", "f.yaml").value["key"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_words() -> None:
    assert parse_yaml("1: a\nno: b\nnull: c\n<<: d\n", "f.yaml").value == {"1": "a", "no": "b", "null": "c", "<<": "d"}


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(b"\xef\xbb\xbfkey: value\n")
    assert yaml_file.read_yaml(tmp_path / "f.yaml", "f.yaml").value == {"key": "value"}


DOCUMENT = parse_yaml(
    """\
title: A pond
frogs:
  - {id: one, text: "Short. [@diary]"}
  - id: two
    text: >-
      Folded over
      two lines. [@diary]
""",
    "f.yaml",
)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), (1, 1)),
        (("title",), (1, 8)),
        (("frogs", 0), (3, 5)),
        (("frogs", 0, "text"), (3, 21)),
        (("frogs", 1, "id"), (4, 9)),
        (("frogs", 1, "text", "plain"), (5, 11)),  # what is not there stands where its owner does
    ],
)
def test_places(path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    mark = DOCUMENT.mark(path)
    assert (mark.line, mark.column) == place


def test_places_of_keys() -> None:
    assert DOCUMENT.mark(("frogs", 1, "text"), key=True) == Mark("f.yaml", 5, 5, 5)


@pytest.mark.parametrize(("index", "place"), [(0, (3, 29)), (1, (7, 18))])
def test_places_inside_a_text(index: int, place: tuple[int, int]) -> None:
    mark = DOCUMENT.find_text(("frogs", index, "text"), "[@diary]")
    assert (mark.line, mark.column) == place


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(ProblemError) as caught:
        parse_yaml("a: &x 1\nb: *x\nb: !t 2\n---\n", "f.yaml")
    assert [(p.code, p.mark and p.mark.line) for p in caught.value.problems] == [
        ("alias", 1),
        ("alias", 2),
        ("duplicate-key", 3),
        ("tag", 3),
        ("second-document", 4),
    ]


def test_caps_leave_what_is_meant_to_be_written() -> None:
    deep = "[" * (yaml_file.MAX_DEPTH - 1) + "]" * (yaml_file.MAX_DEPTH - 1)
    assert parse_yaml(f"key: {deep}\n", "f.yaml").value["key"]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").mkdir()
    with pytest.raises(ProblemError, match=r"f.yaml:1:1: error\[unreadable\]: this is not a file"):
        yaml_file.read_yaml(tmp_path / "f.yaml", "f.yaml")


def test_a_problem_as_it_is_printed() -> None:
    problem = Problem("code", "what is wrong", Mark("f.yaml", 3, 7), "what to do", excerpt="text: Eggs")
    assert str(problem).splitlines() == [
        "f.yaml:3:7: error[code]: what is wrong; what to do",
        "    3 | text: Eggs",
        "      |       ^",
    ]
    assert str(Problem("code", "beware", severity="warning")) == "warning[code]: beware"


def test_of_a_long_line_the_part_in_question_is_printed() -> None:
    problem = Problem("code", "here", Mark("f.yaml", 1, 5_001), excerpt="-" * 5_000 + "!" + "-" * 5_000)
    _, excerpt, caret = str(problem).splitlines()
    assert len(excerpt) < 220
    assert excerpt[caret.index("^")] == "!"
