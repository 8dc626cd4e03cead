"""Which module may import which, as docs/architecture.md draws it; and that modules and functions stay small."""

import ast
import inspect
import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from conftest import HERE

import briefings
from briefings.checking.run_rules import FAMILIES
from briefings.cli.main import COMMANDS, module_of
from briefings.drawings.kind import KIND_NAMES
from briefings.output.formats import FORMATS, TYPESET_FORMATS
from briefings.pdf import versions
from briefings.schema.files import FILES

PACKAGE = Path(briefings.__file__).parent
# The way of the data: a folder, or a module of the package itself, imports only what comes before it, and its own.
ORDER = (
    *(
        "limits",
        "safe_files",
        "visible",
        "problems",
        "project_root",
        "house_style",
        "library",
        "style_sheets",
        "processes",
        "markdown_marks",
        "markdown_parser",
        "markdown",
        "markdown_faults",
        "schema",
        "pack",
        "briefing",
        "language",
        "drawings",
    ),
    *(
        "loading",
        "reference",
        "composing",
        "page",
        "pdf",
        "checking",
        "output",
        "copies",
        "editions",
        "query",
        "serve",
        "api",
        "cli",
        "__main__",
    ),
)
ALONE = {  # the one module that may import a package of others
    "yaml": "pack/yaml_file",
    "jinja2": "page/render",
    "markupsafe": "page/template_functions",
    "fontTools": "drawings/font",
    "weasyprint": "pdf/typeset",
    "pypdfium2": "output/previews",
    "tinycss2": "checking/templates/styles",
    "babel": "language/wording",
    "markdown_it": "markdown",
    "click": "cli",
    "rich": "cli/building/progress",
    "distributed": "output/remote",
    "cloudpickle": "output/remote/bootstrap",
    "starlette": "serve/server",
    "uvicorn": "serve/server",
    "watchfiles": "serve/watch",
}
MODULE_FILES = sorted(path.relative_to(PACKAGE).with_suffix("").as_posix() for path in PACKAGE.rglob("*.py"))
SHARED_SCHEMA = ("audience", "date_parts", "dates", "fields", "files", "formats", "project")
SHARED_CLI = ("common", "last_run", "machine", "main", "editions/packs", "building/progress")
MODULES = [name for name in MODULE_FILES if name != "__init__"]


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module}.py").read_text())


def place(module: str) -> str:
    """Where a module stands in ORDER."""
    return module.partition("/")[0]


@cache
def imports(module: str) -> tuple[frozenset[str], frozenset[str]]:
    """(modules of ours, packages of others) that a module imports, wherever in it."""
    ours, others = set(), set()
    folder = module.split("/")[:-1]
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = folder[: len(folder) - node.level + 1] + (node.module.split(".") if node.module else [])
            for alias in node.names:
                names = ("/".join([*base, alias.name]), "/".join([*base, alias.name, "__init__"]))
                whole = ("/".join(base), "/".join([*base, "__init__"]))
                ours |= {next(name for name in (*names, *whole) if name in MODULE_FILES)}
        elif isinstance(node, ast.ImportFrom):
            others.add(str(node.module).partition(".")[0])
        elif isinstance(node, ast.Import):
            others |= {alias.name.partition(".")[0] for alias in node.names}
    return frozenset(ours), frozenset(others)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_comes_before_it(module: str) -> None:
    assert place(module) in ORDER, "give its folder a place in ORDER, and in docs/architecture.md"
    before = ORDER[: ORDER.index(place(module)) + 1]
    ours, others = imports(module)
    assert {name: place(name) for name in ours if place(name) not in before} == {}
    assert {name: ALONE[name] for name in others & set(ALONE) if not module.startswith(ALONE[name])} == {}
    assert "briefings" not in others  # relative imports only: the package's own name is for its users


def test_no_modules_import_each_other_in_a_circle() -> None:
    try:
        TopologicalSorter({module: imports(module)[0] for module in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {error.args[1]}")


def test_only_main_imports_the_command_line() -> None:
    assert {module for module in MODULES if "cli" in map(place, imports(module)[0]) and place(module) != "cli"} == {
        "__main__"
    }


@pytest.mark.parametrize("module", MODULE_FILES)
def test_modules_and_functions_are_small_and_say_what_they_are(module: str) -> None:
    first = (ast.get_docstring(tree(module)) or "").partition("\n")[0]
    assert first.endswith((".", "?")), "its first line says in one sentence what goes in and what comes out"
    assert len((PACKAGE / f"{module}.py").read_text().splitlines()) <= 300
    functions = [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef)]
    assert {f.name: length for f in functions if (length := (f.end_lineno or 0) - f.lineno + 1) > 45} == {}


def test_what_typesets_is_remembered_whole() -> None:
    """Sheets are made again when any module changes that has a hand in making them."""
    known: set[str] = set()
    new = {f"output/writers/{name}" for name in TYPESET_FORMATS}
    while new:
        known |= new
        new = {name for module in new for name in imports(module)[0]} - known
    assert known == set(versions.OUR_MODULES)


# Users import these names and pass these arguments by position or by name, so none may move. New ones go to the end.
PUBLIC = {
    "Balance": "pack",
    "CheckReport": "packs problems accepted quotations",
    "CopiesReport": "folders rows made up_to_date problems warnings unwanted pruned summaries",
    "HandoutReport": "handouts warnings",
    "Library": "project themes",
    "Mark": "file line column",
    "Pack": "info sources origins people places units figures objectives phases questions options parts terms drawings "
    "exercises guidance index marks numbers files grounds",
    "Problem": "code message mark hint severity excerpt",
    "ProblemError": "problems",
    "Report": "written warnings sheets reasons unwanted pruned",
    "SearchResult": "pack",
    "Told": "progress reason say",
    "UnfinishedError": "problems written",
    "UsageError": "",
    "balance": "packs project",
    "build": "packs project out audiences documents looks formats paper themes jobs force prune dry_run told workers "
    "sample executor",
    "build_copies": "schools packs project out audiences documents looks paper themes jobs force prune told sample "
    "executor",
    "check": "packs project themes texts pages audiences",
    "compose": "pack audience choice paper chosen",
    "hand_out": "packs project to out pupils paper themes jobs force told sample",
    "load": "folder name",
    "load_audience": "path name pack library",
    "render": "briefing library screen located attached",
    "typeset": "page library",
    "why": "text packs project themes out",
}


def test_no_public_name_comes_or_goes_unnoticed() -> None:
    assert set(briefings.__all__) == set(briefings._MODULES) == set(PUBLIC)
    assert {*briefings.__all__, "__version__"} <= set(dir(briefings))
    assert re.fullmatch(r"\d+\.\d+.*", briefings.__version__)
    with pytest.raises(AttributeError, match="no attribute 'biuld'"):
        briefings.biuld  # noqa: B018


def test_no_module_has_a_public_name() -> None:
    """Python sets `briefings.load` to a module of that name once it is imported, and so hides the function."""
    modules = {path.stem for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert modules & set(briefings.__all__) == set()
    assert "api" in modules


@pytest.mark.parametrize("name", sorted(set(PUBLIC) - {"UsageError"}))  # an exception with any arguments
def test_a_public_name_keeps_its_parameters(name: str) -> None:
    parameters = PUBLIC[name].split()
    public = getattr(briefings, name)
    assert list(inspect.signature(public).parameters)[: len(parameters)] == parameters


@pytest.mark.parametrize("path", sorted(HERE.glob("*/test_*.py")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_test_stands_where_its_module_does(path: Path) -> None:
    """tests/<folder>/test_<module>.py tests briefings/<folder>/<module>; documents, the repository,
    attacks, faults, growth and fuzzing have folders of their own."""
    if path.parent.name in ("product", "repository", "attacks", "faults", "fuzz", "growth"):
        return
    module = PACKAGE / path.parent.name / path.stem.removeprefix("test_")
    nested = list((PACKAGE / path.parent.name).glob(f"*/{module.name}.py"))
    assert module.is_dir() or module.with_suffix(".py").is_file() or nested


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("drawings/kinds", {name.replace("-", "_") for name in KIND_NAMES}),
        ("checking/rules", {name.replace(".", "/") for name in FAMILIES}),
        ("output/writers", set(FORMATS)),
        (
            "schema",
            {*(name.rpartition(".")[0].replace(".", "/") for f in FILES for name in f.fields.values()), *SHARED_SCHEMA},
        ),
        ("cli", {*(module_of(name).replace(".", "/") for name in COMMANDS), *SHARED_CLI}),
    ],
)
def test_each_module_of_a_registry_is_listed(folder: str, names: set[str]) -> None:
    """What can be added is one module and one name in a list; a module that nobody lists is dead."""
    top = PACKAGE / folder
    # A folder inside has modules of the same kind, if the registry names any of them: those of kinds are flat.
    inside = "**/*.py" if any("/" in name for name in names) else "*.py"
    modules = {path.relative_to(top).with_suffix("").as_posix() for path in top.glob(inside) if path.stem != "__init__"}
    assert modules == names


@pytest.mark.parametrize("folder", sorted({str(Path(name).parent) for name in MODULE_FILES}))
def test_a_folder_can_be_taken_in_at_a_glance(folder: str) -> None:
    modules = [name for name in MODULES if str(Path(name).parent) == folder and not name.endswith("__init__")]
    assert len(modules) <= 15
