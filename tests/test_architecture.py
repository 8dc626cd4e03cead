"""Who may know whom, as docs/architecture.md tells it; and that modules and functions stay small."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import briefings
from briefings import toolchain

PACKAGE = Path(briefings.__file__).parent
TABLE = (PACKAGE.parent / "docs/architecture.md").read_text().split("## The way through")[1].split("\n## ")[0]
# The order in which data passes through, as the table tells it. A module knows only what stands before it.
ORDER = tuple(name for row in re.findall(r"^\| (`.+?) \|", TABLE, re.MULTILINE) for name in re.findall(r"`(\w+)`", row))
ALONE = {  # who alone may know what
    "yaml": "read",
    "jinja2": "render",
    "markupsafe": "filters",
    "fontTools": "measure",
    "weasyprint": "typeset",
    "tinycss2": "lint",
    "babel": "wording",
    "markdown_it": "text",
    "click": "cli",
    "rich": "narrate",
    "starlette": "serve",
    "uvicorn": "serve",
    "watchfiles": "watch",
}
FILES = sorted(path.relative_to(PACKAGE).with_suffix("").as_posix() for path in PACKAGE.rglob("*.py"))
MODULES = [name for name in FILES if name != "__init__"]


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module}.py").read_text())


def imports(module: str) -> tuple[set[str], set[str]]:
    """(modules of ours, packages of others) that a module imports, wherever in it. A folder's own modules are one."""
    ours, others = set(), set()
    outward = 2 if "/" in module else 1
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and 0 < node.level < outward:
            continue
        if isinstance(node, ast.ImportFrom) and node.level:
            ours |= {node.module.partition(".")[0]} if node.module else {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            others.add(str(node.module).partition(".")[0])
        elif isinstance(node, ast.Import):
            others |= {alias.name.partition(".")[0] for alias in node.names}
    return ours, others


@pytest.mark.parametrize("module", MODULES)
def test_who_knows_whom(module: str) -> None:
    stage = module.partition("/")[0]
    assert stage in ORDER, "give it its place in ORDER, and in docs/architecture.md"
    ours, others = imports(module)
    assert ours <= set(ORDER[: ORDER.index(stage)])
    assert {ALONE[name] for name in others & set(ALONE)} <= {stage}
    assert "briefings" not in others  # relative imports only: the package's own name is for its users


def test_the_innermost_know_the_least() -> None:
    assert imports("when")[0] == set()
    assert imports("values")[0] == {"when"}
    assert imports("statement")[0] == {"values"}
    assert imports("figure")[0] == {"statement", "values"}
    assert imports("model")[0] == {"figure", "statement", "values"}
    assert imports("audience")[0] == {"drawing", "model", "values"}
    assert imports("drawing")[0] == {"values"}
    assert imports("read")[0] == set()
    assert [module for module in MODULES if "cli" in imports(module)[0]] == ["__main__"]


@pytest.mark.parametrize("module", FILES)
def test_modules_and_functions_are_small_and_say_what_they_are(module: str) -> None:
    first = (ast.get_docstring(tree(module)) or "").partition("\n")[0]
    assert first.endswith((".", "?")), "its first line says in one sentence what goes in and what comes out"
    assert len((PACKAGE / f"{module}.py").read_text().splitlines()) <= 300
    functions = [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef)]
    assert {f.name: length for f in functions if (length := (f.end_lineno or 0) - f.lineno + 1) > 45} == {}


def test_what_typesets_is_remembered_whole() -> None:
    """Sheets are made again when any module changes that has a hand in making them."""
    known: set[str] = set()
    new = {"formats"}
    while new:
        known |= new
        new = {name for module in new for name in imports(module)[0]} - known
    assert known == set(toolchain.OURS)
