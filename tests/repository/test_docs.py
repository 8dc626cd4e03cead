"""The documents and the code hold each other to account: whatever can be written is named where it is looked for."""

import importlib
import pkgutil
import re
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType

import pytest
from conftest import HERE
from pydantic import BaseModel

from briefings import drawings, library, schema
from briefings.briefing import items, parts
from briefings.briefing.parts import Briefing
from briefings.cli import machine, main
from briefings.drawings import kinds
from briefings.language.strings import load_strings
from briefings.language.wording import Wording
from briefings.library import Library, shipped
from briefings.markdown import FORMS
from briefings.page.template_functions import template_functions
from briefings.schema import dates
from briefings.schema.fields import YamlModel
from briefings.schema.files import FILES, DataFile

ROOT = HERE.parent
DATA, TEMPLATES, ARCHITECTURE, README = (
    (ROOT / name).read_text() for name in ("docs/data.md", "docs/templates.md", "docs/architecture.md", "README.md")
)


def named(word: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def modules(package: ModuleType) -> list[ModuleType]:
    """The modules of a folder and of the folders in it."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [importlib.import_module(module.name) for module in found]


def values() -> Iterator[type[YamlModel]]:
    """Every kind of value that may stand in a YAML file."""
    for module in (*modules(schema), *modules(kinds)):
        own = [thing for thing in vars(module).values() if getattr(thing, "__module__", "") == module.__name__]
        yield from (
            thing for thing in own if isinstance(thing, type) and issubclass(thing, YamlModel) and thing.model_fields
        )


# -- docs/data.md ------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_and_its_keys(file: DataFile) -> None:
    assert f"`{file.name}`" in DATA
    assert [key for key in file.fields if f"`{key}`" not in DATA] == []
    assert [word for word in file.holds if not named(word, DATA)] == []


@pytest.mark.parametrize("value", [*values()], ids=lambda value: value.__name__)
def test_every_field_and_word(value: type[BaseModel]) -> None:
    # the name in YAML: "from" is a word of Python's own
    missing = [
        name for name in (field.alias or key for key, field in value.model_fields.items()) if not named(name, DATA)
    ]
    words = {word for field in value.model_fields.values() for word in words_of(field.annotation)}
    assert missing + [word for word in sorted(words) if not named(word, DATA)] == []


def words_of(annotation: object) -> Iterator[str]:
    for part in getattr(annotation, "__args__", ()):
        if isinstance(part, str):
            yield part
        yield from words_of(part)


def test_every_form_of_a_mark_and_of_a_date() -> None:
    for form in FORMS:
        assert rf"\|{form}]" in DATA
    for word in dates.QUALIFIERS:
        assert f"`{word}`" in DATA


# -- docs/templates.md ---------------------------------------------------------------------------------


PARTS = [
    thing
    for module in (items, parts)
    for thing in vars(module).values()
    if is_dataclass(thing) and thing.__module__ == module.__name__
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_field_a_template_may_use(part: type) -> None:
    properties = [name for name, thing in vars(part).items() if isinstance(thing, property)]
    assert [n for n in (*(f.name for f in fields(part)), *properties) if f"`{n}`" not in TEMPLATES] == []


def test_every_function_a_template_may_use(briefings: dict[str, Briefing], library: Library) -> None:
    functions = template_functions(briefings["pupils"], Wording("en", load_strings(library, "en")))
    assert [name for name in (*functions, "draw") if f"| `{name}(" not in TEMPLATES] == []


INNER = {  # what a drawing is worked out with; templates see none of it
    *(
        "ChartText",
        "DesignTokens",
        "ScreenTokens",
        "DrawingSize",
        "TextBlock",
        "TextMeasure",
        "TextStyle",
        "Scale",
        "TimeScale",
    ),
    *("Borders", "Bulge", "Deferred", "Kind", "LabelRequest", "MapContents", "MapContext", "MapRoom", "Projection"),
    *("FontInfo", "Lettering"),
    *("HorizontalTimeline", "LabelCandidate", "LanePosition", "StemLabel"),
    *("Parts", "PlacedEvent", "Plot", "PlottedEstimates"),
}
SCENES = [thing for module in modules(drawings) for thing in vars(module).values() if isinstance(thing, type)]


@pytest.mark.parametrize("part", list(dict.fromkeys(SCENES)), ids=lambda part: part.__name__)
def test_every_field_a_drawing_may_use(part: type) -> None:
    seen = part.__module__.startswith(drawings.__name__) and part.__name__ not in INNER and part.__name__[0] != "_"
    own = [field.name for field in fields(part)] if seen and is_dataclass(part) else []
    assert [name for name in own if f"`{name}`" not in TEMPLATES] == []


def test_every_template_and_block() -> None:
    folder = shipped() / "templates"
    for path in folder.rglob("*.*"):
        name = path.relative_to(folder)
        if name.parts[0] == "partials":
            assert f"`{name.stem}`" in TEMPLATES, name
    blocks = re.findall(r"{% block (\w+) %}", (folder / "base.html").read_text())
    assert [block for block in blocks if f"`{block}`" not in TEMPLATES] == []


# -- docs/architecture.md and README.md ------------------------------------------------------------------


def test_every_module_has_its_line() -> None:
    top = Path(library.__file__).parent
    modules = [path.stem for path in (*top.glob("[a-z]*.py"), *top.glob("[a-z]*/"))]
    assert [module for module in modules if f"`{module}`" not in ARCHITECTURE] == []
    assert len(ARCHITECTURE.splitlines()) <= 150


def test_the_readme_is_short_and_its_commands_exist() -> None:
    assert len(README.splitlines()) <= 120
    used = re.findall(r"^(?:\.venv/bin/)?briefings ([a-z]+)((?: --?[a-z-]+(?: \w+)?)*)", README, re.MULTILINE)
    assert used
    for command, options in used:
        there = {
            name
            for parameter in importlib.import_module(f"briefings.cli.{main.module_of(command)}").command.params
            for name in parameter.opts
        }
        assert set(re.findall(r"--[a-z-]+", options)) <= there
    assert [name for name in main.COMMANDS if f"briefings {name}" not in README] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in ROOT.glob("docs/*.md"))])
def test_links_to_files(name: str) -> None:
    path = ROOT / name
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.slow
def test_the_python_of_the_readme(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import briefings as package

    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    asked = re.search(r"briefings\.build\((.*)\)", block)
    assert asked
    monkeypatch.chdir(tmp_path)
    shutil.copytree(shipped() / "data", tmp_path / "data")
    exec(
        block.replace('"pdf"', '"html"'), {"__name__": "__main__", "print": lambda *_: None}
    )  # the same call, without typesetting
    assert (tmp_path / "handouts/kursk/pupils-briefing.html").is_file()
    assert package.build.__doc__
    assert machine.PYTHON == (3, 11)


@pytest.mark.slow
def test_the_examples_of_the_api(project: Path, monkeypatch: pytest.MonkeyPatch, typesetter: list[str]) -> None:
    """Each line that prints says in a comment what it prints. Nothing is typeset: in this process, not in workers."""
    monkeypatch.chdir(project)
    blocks = [block for block in api_examples() if "build_copies" not in block]
    printed = prints("\n".join(blocks).replace("pupils=28", "pupils=28, jobs=1"))
    assert len(printed) > 8


@pytest.mark.slow
def test_the_example_of_copies(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It needs the real typesetter, since a copy is made of a PDF."""
    monkeypatch.chdir(project)
    (block,) = [block for block in api_examples() if "build_copies" in block]
    assert prints(f"import briefings\n{block}")


def api_examples() -> list[str]:
    return re.findall(r"```python\n(.*?)```", (ROOT / "docs/api.md").read_text(), re.DOTALL)


def prints(code: str) -> list[str]:
    """Run a script whose lines say in comments what they print; return that."""
    printed: list[str] = []
    exec(code, {"print": lambda *values: printed.append(" ".join(map(str, values)).replace("\u00a0", " "))})
    assert printed == [line.partition("  # ")[2] for line in code.splitlines() if "print(" in line]
    return printed


def test_every_public_name_is_in_the_docs_of_the_api() -> None:
    import briefings as package

    text = (ROOT / "docs/api.md").read_text()
    assert [name for name in package.__all__ if name not in text and name != "Told"] == []


def test_every_file_that_the_architecture_names_is_there() -> None:
    names = re.findall(r"`([\w/-]+(?:\.(?:py|yaml|md)|/))`", ARCHITECTURE)
    assert len(names) > 40
    places = (ROOT, ROOT / "briefings", ROOT / "templates", ROOT / "data/kursk")
    tests = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    missing = [name for name in names if name not in tests and not any((place / name).exists() for place in places)]
    assert missing == []
