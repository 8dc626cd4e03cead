"""YAML files: scalars by YAML 1.2, and a position for each value. Most errors are in tests/bad."""

from pathlib import Path

import pytest

from briefings.pack import yaml_file
from briefings.pack.yaml_file import parse_yaml
from briefings.problems import Mark, ProblemError


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
def test_a_scalar_has_the_type_of_yaml_1_2(written: str, value: object) -> None:
    parsed = parse_yaml(f"key: {written}\n", "f.yaml").value["key"]
    assert parsed == value
    assert next(kind for kind in (bool, int, float, object) if isinstance(parsed, kind)) in (type(value), object)


@pytest.mark.parametrize("written", ["3.50", "5.0", "1e3", "007", "+3", ".5", "12345678901234567890", "1200", "7.5"])
def test_a_number_as_text_is_what_the_author_wrote(written: str) -> None:
    assert str(parse_yaml(f"key: {written}\n", "f.yaml").value["key"]) == written


def test_keys_are_always_text() -> None:
    assert parse_yaml("1: a\nno: b\nnull: c\n<<: d\n", "f.yaml").value == {"1": "a", "no": "b", "null": "c", "<<": "d"}


def test_a_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(b"\xef\xbb\xbfkey: value\n")
    assert yaml_file.read_yaml(tmp_path / "f.yaml", "f.yaml").value == {"key": "value"}


FROGS = parse_yaml(
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
        (("frogs", 1, "text", "plain"), (5, 11)),  # not in the file: the position of the text it belongs to
    ],
)
def test_the_position_of_a_value(path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    mark = FROGS.mark(path)
    assert (mark.line, mark.column) == place


def test_the_position_of_a_key() -> None:
    assert FROGS.mark(("frogs", 1, "text"), key=True) == Mark("f.yaml", 5, 5, 5)


@pytest.mark.parametrize(("index", "place"), [(0, (3, 29)), (1, (7, 18))])
def test_the_position_of_a_mark_inside_a_text(index: int, place: tuple[int, int]) -> None:
    mark = FROGS.find_text(("frogs", index, "text"), "[@diary]")
    assert (mark.line, mark.column) == place


def test_all_errors_are_reported_at_once() -> None:
    with pytest.raises(ProblemError) as caught:
        parse_yaml("a: &x 1\nb: *x\nb: !t 2\n---\n", "f.yaml")
    assert [(p.code, p.mark and p.mark.line) for p in caught.value.problems] == [
        ("alias", 1),
        ("alias", 2),
        ("duplicate-key", 3),
        ("tag", 3),
        ("second-document", 4),
    ]


def test_nesting_up_to_the_limit_is_allowed() -> None:
    deep = "[" * (yaml_file.MAX_DEPTH - 1) + "]" * (yaml_file.MAX_DEPTH - 1)
    assert parse_yaml(f"key: {deep}\n", "f.yaml").value["key"]


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").mkdir()
    with pytest.raises(ProblemError, match=r"f.yaml:1:1: error\[unreadable\]: this is not a file"):
        yaml_file.read_yaml(tmp_path / "f.yaml", "f.yaml")
