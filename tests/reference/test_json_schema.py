"""JSON Schemas: they accept what loads, reject the mistakes that an editor can see, and are where first lines say."""

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import HERE, Run

from briefings.pack.yaml_file import parse_yaml, read_yaml
from briefings.reference.json_schema import KINDS, json_schema, schema_files

ROOT = HERE.parent
WRITTEN = sorted(path for folder in ("data", "starter") for path in (ROOT / folder).rglob("*.yaml"))
# Without the snapshots of editions: these are copies, and of another time.
SHIPPED = [path for path in WRITTEN if path.parent.parent.parent.name != "editions"]
FILES = [*SHIPPED, *sorted(HERE.glob("pond/data/*/*.yaml")), *sorted(HERE.glob("brook/data/*/*.yaml"))]


@cache
def schema(kind: str) -> dict[str, Any]:
    return dict(json.loads(json_schema(kind)))


def kind_of(path: Path) -> str:
    return "audience" if path.parent.name == "audiences" else path.stem


def faults(value: Any, rule: dict[str, Any], root: dict[str, Any], at: str = "") -> list[str]:
    """What is wrong with a value by a schema: the keywords that our schemas use, and no others."""
    unknown = (
        set(rule) - set(KEYWORDS) - {"description", "title", "default", "examples", "$schema", "$defs", "discriminator"}
    )
    assert not unknown, unknown
    return [fault for key in KEYWORDS if key in rule for fault in KEYWORDS[key](value, rule, root, at)]


def _type(value: Any, rule: dict[str, Any], _: dict[str, Any], at: str) -> list[str]:
    names = [rule["type"]] if isinstance(rule["type"], str) else rule["type"]
    return [] if any(is_a(value, name) for name in names) else [f"{at}: not {names}"]


def is_a(value: Any, name: str) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return {
        "object": isinstance(value, dict),
        "array": isinstance(value, list),
        "string": isinstance(value, str),
        "boolean": isinstance(value, bool),
        "null": value is None,
        "number": number,
        "integer": number and float(value).is_integer(),
    }[name]


def _any(key: str, fits: Any) -> Any:
    def check(value: Any, rule: dict[str, Any], root: dict[str, Any], at: str) -> list[str]:
        wrong = [faults(value, each, root, at) for each in rule[key]]
        return [] if fits(wrong.count([]), len(wrong)) else min(wrong, key=len) or [f"{at}: fits several"]

    return check


def _properties(value: Any, rule: dict[str, Any], root: dict[str, Any], at: str) -> list[str]:
    fields = rule["properties"].items() if isinstance(value, dict) else ()
    return [f for name, each in fields if name in value for f in faults(value[name], each, root, f"{at}/{name}")]


def _more(value: Any, rule: dict[str, Any], root: dict[str, Any], at: str) -> list[str]:
    if not isinstance(value, dict):
        return []
    more = {name: inner for name, inner in value.items() if name not in rule.get("properties", {})}
    if rule["additionalProperties"] is False:
        return [f"{at}: unknown {name}" for name in more]
    return [
        f for name, inner in more.items() for f in faults(inner, rule["additionalProperties"], root, f"{at}/{name}")
    ]


def _patterns(value: Any, rule: dict[str, Any], root: dict[str, Any], at: str) -> list[str]:
    return [
        fault
        for pattern, each in rule["patternProperties"].items()
        for name in value
        if re.search(pattern, name)
        for fault in faults(value[name], each, root, f"{at}/{name}")
    ]


def _when(condition: Any) -> Any:
    return lambda value, rule, root, at: [] if condition(value, rule) else [f"{at}: {value!r}"]


KEYWORDS: dict[str, Any] = {
    "type": _type,
    "$ref": lambda value, rule, root, at: faults(value, root["$defs"][rule["$ref"].rpartition("/")[2]], root, at),
    "anyOf": _any("anyOf", lambda right, _: right > 0),
    "oneOf": _any("oneOf", lambda right, _: right == 1),
    "allOf": _any("allOf", lambda right, count: right == count),
    "properties": _properties,
    "additionalProperties": _more,
    "patternProperties": _patterns,
    "propertyNames": lambda value, rule, root, at: [
        f for name in value for f in faults(name, rule["propertyNames"], root, at)
    ],
    "items": lambda value, rule, root, at: [
        f
        for n, each in enumerate(value if isinstance(value, list) else ())
        for f in faults(each, rule["items"], root, f"{at}/{n}")
    ],
    "required": lambda value, rule, root, at: [
        f"{at}: no {name}" for name in rule["required"] if isinstance(value, dict) and name not in value
    ],
    "enum": _when(lambda value, rule: value in rule["enum"]),
    "const": _when(lambda value, rule: value == rule["const"]),
    "pattern": _when(lambda value, rule: not isinstance(value, str) or re.search(rule["pattern"], value)),
    "minLength": _when(lambda value, rule: not isinstance(value, str) or len(value) >= rule["minLength"]),
    "maxLength": _when(lambda value, rule: not isinstance(value, str) or len(value) <= rule["maxLength"]),
    "minItems": _when(lambda value, rule: not isinstance(value, list) or len(value) >= rule["minItems"]),
    "maxItems": _when(lambda value, rule: not isinstance(value, list) or len(value) <= rule["maxItems"]),
    "minimum": _when(lambda value, rule: not is_a(value, "number") or value >= rule["minimum"]),
    "maximum": _when(lambda value, rule: not is_a(value, "number") or value <= rule["maximum"]),
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_that_loads_is_accepted(path: Path) -> None:
    rules = schema(kind_of(path))
    assert faults(read_yaml(path, path.name).value, rules, rules) == []


@pytest.mark.parametrize("path", [ROOT / "briefings.toml", *ROOT.glob("starter/*/briefings.toml")], ids=str)
def test_a_project_file_is_accepted(path: Path) -> None:
    assert faults(tomllib.loads(path.read_text()), schema("project"), schema("project")) == []
    assert path.read_text().startswith("#:schema ./.schemas/project.json\n")


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        ("sources", "sources: [{id: a}]", "/sources/0: no title"),
        ("people", "people: [{id: A, name: B, role: C, side: D}]", "/people/0/id: 'A'"),
        ("people", "people: [{id: a, name: B, role: C, side: D, sdie: E}]", "/people/0: unknown sdie"),
        ("people", "people: [{id: a, name: B, role: {standrad: C}, side: D}]", "/people/0/role: not ['string']"),
        ("figures", "figures: [{id: a, title: B, kind: rivals, unit: c, estimates: [{id: d}]}]", "/figures/0/kind: "),
        ("drawings", "drawings: [{id: a, title: B, section: c, kind: tmieline}]", "/drawings/0"),
        ("drawings", "drawings: [{id: a, title: B, section: c, kind: bars, figures: []}]", "/drawings/0"),
        ("audience", "{id: a, title: B, level: plain}", ": no "),
        ("audience", "{id: a, extends: b, sections: [{depth: core}]}", "/sections/0: no section"),
        (
            "classroom",
            "exercises: [{id: a, kind: text, difficulty: 4, text: B, answer: C}]",
            "/exercises/0/difficulty: 4",
        ),
        ("project", "{out: 3}", "/out: not ['string']"),
    ],
)
def test_a_mistake_is_rejected(kind: str, text: str, fault: str) -> None:
    found = faults(parse_yaml(text, kind).value, schema(kind), schema(kind))
    assert any(each.startswith(fault) or fault in each for each in found), found


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("audience", "{id: a, extends: pupils, title: B, documents: [{document: briefing, notes: short}]}"),
        ("sources", "sources: []\norigins: [{id: a, title: B, publisher: C, published: 2024}]"),
        ("classroom", "exercises: [{id: a, kind: text, difficulty: 1, text: B, answer: C, marks: [D, {standard: E}]}]"),
        ("figures", "figures: [{id: a, title: B, kind: rival, unit: c, estimates: [{id: d, value: 1/3, by: e}]}]"),
    ],
)
def test_short_forms_are_accepted(kind: str, text: str) -> None:
    assert faults(parse_yaml(text, kind).value, schema(kind), schema(kind)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_described(kind: str) -> None:
    rules = schema(kind)
    assert rules["description"]
    for name, model in rules["$defs"].items() if "$defs" in rules else ():
        if name.endswith("Text") or "properties" in model:
            assert model["description"]
            assert [field for field, rule in model["properties"].items() if not rule.get("description")] == [], name


def test_the_schemas_of_this_repository_are_up_to_date(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("update"):
        for name, content in schema_files().items():
            (ROOT / name).write_text(content)
    assert {f".schemas/{path.name}": path.read_text() for path in (ROOT / ".schemas").iterdir()} == schema_files()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_first_line_names_the_schema(path: Path) -> None:
    first = path.read_text().partition("\n")[0]
    root = "" if path.name == "style.yaml" else "../../"  # it stands beside briefings.toml
    root *= 2 if path.parent.parent.name == "editions" else 1
    assert first == f"# yaml-language-server: $schema={root}.schemas/{kind_of(path)}.json"


def test_first_lines_lead_to_schemas_in_a_new_project(run: Run, tmp_path: Path) -> None:
    run(["new", "ours"], tmp_path)
    files = [*tmp_path.rglob("*.yaml")]
    assert len(files) > 15
    for path in files:
        name = path.read_text().partition("$schema=")[2].partition("\n")[0]
        assert json.loads((path.parent / name).read_text()) == schema(kind_of(path))


def test_the_command_prints_lists_and_writes(run: Run, project: Path) -> None:
    assert run(["schema"], project).out.split() == list(KINDS)
    assert run(["schema", "places"], project).out == json_schema("places")
    wrong = run(["schema", "plaices"], project)
    assert wrong.code == 2
    assert wrong.err.startswith("briefings: there is no kind of file 'plaices'; did you mean 'places'? there are ")
    done = run(["schema", "--write"], project / "data")
    assert (done.code, done.err) == (0, "")
    assert {f".schemas/{path.name}": path.read_text() for path in (project / ".schemas").iterdir()} == schema_files()
