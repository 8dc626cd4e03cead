"""Shared fixtures: the small pond project, running a command, and skipping tests whose programs are missing."""

import fcntl
import gc
import json
import os
import shutil
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

import layout
import packs
import pytest
import recorded

from briefings.briefing.parts import Briefing
from briefings.cli import machine
from briefings.cli.main import run as run_cli
from briefings.composing.compose import compose
from briefings.editions.close import close_edition
from briefings.library import Library, shipped
from briefings.loading.load import load_audience
from briefings.output import build as build_module
from briefings.output.build import build
from briefings.output.formats import FORMATS
from briefings.output.output_file import Output
from briefings.output.workers import WorkerPool
from briefings.pack.pack import Pack
from briefings.page.page import Page
from briefings.page.render import _environment
from briefings.page.render_sandbox.environment import Sandbox
from briefings.schema.fields import YamlModel

HERE = Path(__file__).parent
POND = HERE / "pond"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="Rewrite tests/bad and tests/golden; the diff is the review."
    )


def pytest_configure() -> None:
    """Restore SIGINT: a shell lets background processes ignore it, and so would the processes that tests interrupt.

    A single PDF is typeset in the process of the tests, which has loaded the typesetter; a worker would load it again.
    """
    build_module.FEWEST_TYPESET = 2
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


# Most of their time they wait, so they begin while the build for all tests keeps every processor busy.
WAITING = ("attacks/test_serve.py", "output/test_cluster.py", "serve/test_server.py")
# Each of their tests takes little time, and together they take minutes.
SLOW_FOLDERS = {"attacks", "faults", "fuzz", "growth"}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what `make quick` leaves out."""
    if item.path.relative_to(HERE).parts[0] in SLOW_FOLDERS:
        item.add_marker(pytest.mark.slow)


@pytest.hookimpl(trylast=True)  # after tests are deselected, and after those with the same fixtures are grouped
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the tests so that all workers are busy to the end.

    `--dist worksteal` gives each worker a part of the list, one after the other, and moves tests from the end of
    another's part to a worker that has none left. So each part begins with slow tests and ends with quick ones. The
    first part begins with what needs the build for all tests, then what reads its layouts; no other waits for it. The
    others begin with what waits, then with browsers: a test of theirs takes up to half a minute, and must not be last.
    """
    count = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    parts: list[list[pytest.Item]] = [[] for _ in range(count)]
    slow = sorted((item for item in items if item.get_closest_marker("slow")), key=_turn)
    of_build = [item for item in slow if "built" in getattr(item, "fixturenames", ())]
    of_layouts = [item for item in slow if item not in of_build and _reads_layouts(item)]
    parts[0] += of_build + of_layouts
    modules = list(dict.fromkeys(item.path for item in slow))
    for item in slow:
        if item not in of_build and item not in of_layouts:
            parts[modules.index(item.path) % (count - 1) + 1 if count > 1 else 0].append(item)
    quick, size = [item for item in items if not item.get_closest_marker("slow")], len(items) // count
    for part in parts:
        more = max(size - len(part), 0)
        part += quick[:more]
        del quick[:more]
    items[:] = [item for part in parts for item in part] + quick


def _turn(item: pytest.Item) -> int:
    """0 for what waits, 1 for what drives a browser, 2 for all others."""
    if item.path.relative_to(HERE).as_posix() in WAITING:
        return 0
    return 1 if "browser" in getattr(item, "fixturenames", ()) else 2


def _reads_layouts(item: pytest.Item) -> bool:
    return getattr(getattr(item, "module", None), "layout", None) is layout.layout


def pytest_collection_finish() -> None:
    """Search for garbage rarely: what pytest has collected stays alive, and was searched again with each new object."""
    search_no_more()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="module", autouse=True)
def what_stays_is_searched_once() -> Iterator[None]:
    """Search no more for garbage in what a module of tests leaves alive, such as packs and scenes that are kept.

    A build in this process searches all objects between two documents, and after some modules that took longer than
    the documents of a small pack.
    """
    yield
    search_no_more()


def search_no_more() -> None:
    """Free the garbage, and leave what is alive now out of later searches for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once() -> Iterator[None]:
    """Keep the code of each text of a template: many tests begin as a new process does, with no template compiled."""
    compile_template, kept = Sandbox.compile, dict[tuple[Any, ...], Any]()

    def compile_once(sandbox: Sandbox, source: Any, *how: Any, **options: Any) -> Any:
        key = (tuple(sandbox.extensions), source, how, tuple(options.items()))
        if key not in kept:
            kept[key] = compile_template(sandbox, source, *how, **options)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sandbox, "compile", compile_once)
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """`@pytest.mark.tool("pdfinfo")`: skip the test if the program is missing; on CI, fail."""
    for name in dict.fromkeys(name for marker in item.iter_markers("tool") for name in marker.args):
        if not system()[name].ok:
            reason = f"{name} is missing; type: {system()[name].remedy}"
            if os.environ.get("CI"):
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)


def node_module(name: str) -> Path:
    """A file in tests/node_modules, which `make test` fetches; if it is missing, skip the test or, on CI, fail."""
    path = HERE / "node_modules" / name
    if not path.is_file():
        reason = f"tests/node_modules/{name} is missing; type: make tests/node_modules/.ready"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return path


@cache
def system() -> dict[str, machine.Check]:
    return {check.name: check for check in machine.check_system()}


class Done(NamedTuple):
    """The exit code and output of a command."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command in a folder."""

    def run(arguments: Sequence[str], folder: Path) -> Done:
        monkeypatch.chdir(folder)
        _environment.cache_clear()  # as in a new process
        capfd.readouterr()
        code = run_cli(list(arguments))
        return Done(code, *capfd.readouterr())

    return run


@pytest.fixture
def in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run nothing in a forked process. Of a small pack, a fork of these large processes takes most of the time.

    Not for tests of what children do: of limits, of problems found in a child, and of processes that end.
    """
    monkeypatch.setattr("briefings.processes.background._can_fork", lambda: False)


@pytest.fixture
def ungrouped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print each problem with its own line, as without groups of repeated ones."""
    monkeypatch.setattr("briefings.cli.common.grouped", lambda problems: map(str, problems))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the pond project, to edit."""
    return Path(shutil.copytree(POND, tmp_path / "project"))


@pytest.fixture(scope="session")
def closed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pond project with two editions: an estimate changed between them."""
    folder = Path(shutil.copytree(POND, tmp_path_factory.mktemp("editions") / "project"))
    close_edition(folder / "data/pond", Library(folder), "as first published")
    raise_edition(folder, 2, "2024-08-01")
    replace_in(folder / "data/pond/figures.yaml", "value: 1200", "value: 1300")
    close_edition(folder / "data/pond", Library(folder))
    return folder


@pytest.fixture
def closed(closed_once: Path, tmp_path: Path) -> Path:
    """A copy of it, to edit."""
    return Path(shutil.copytree(closed_once, tmp_path / "project"))


def replace_in(path: Path, find: str, put: str) -> None:
    text = path.read_text()
    assert text.count(find) == 1, (path, find)
    path.write_text(text.replace(find, put))


def raise_edition(project: Path, number: int, date: str) -> None:
    pack = project / "data/pond/pack.yaml"
    line = next(line for line in pack.read_text().splitlines() if line.startswith("edition:"))
    replace_in(pack, line, f"edition: {{number: {number}, date: {date}}}")


@pytest.fixture
def typesetter(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace typesetting by a fake that returns two sheets; the value lists the names of the typeset pages."""
    made: list[str] = []

    def pdf(page: Page, _: Library) -> Output:
        made.append(page.name)
        return Output(f"{page.name}.pdf", b"%PDF of " + page.name.encode(), 2)

    monkeypatch.setitem(FORMATS, "pdf", pdf)
    return made


@pytest.fixture(scope="session")
def pond() -> Pack:
    return packs.pack("pond")


@pytest.fixture(scope="session")
def library() -> Library:
    return Library(POND)


@pytest.fixture(scope="session")
def briefings(pond: Pack, library: Library) -> dict[str, Briefing]:
    """The briefing of each shipped audience, from the pond."""
    return {name: briefing_for(path, pond, library) for name, path in library.audience_files().items()}


@pytest.fixture(scope="session")
def kursk() -> Pack:
    return packs.pack("kursk")


@pytest.fixture(scope="session")
def kursk_briefings(kursk: Pack) -> dict[str, Briefing]:
    """The briefing of each shipped audience, from the shipped pack."""
    shipped_library = Library(shipped())
    return {name: briefing_for(path, kursk, shipped_library) for name, path in shipped_library.audience_files().items()}


PACKS = {"kursk": HERE.parent, "pond": POND}  # each with its project


# Where all cases of a kind take minutes, a fixed part of them is tried by default.
ALL_CASES = bool(os.environ.get("BRIEFINGS_ALL_CASES"))


def quick_first(names: Iterable[str]) -> list[Any]:
    """Packs as parameters: all but the small one are slow, so that a quick run tries each property on one pack."""
    return [pytest.param(name, marks=[] if name == "pond" else pytest.mark.slow) for name in names]


def models_in(*roots: Any) -> dict[type[YamlModel], None]:
    """The models among some annotations, and every model inside them."""
    found: dict[type[YamlModel], None] = {}
    waiting: list[Any] = [*roots]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, type) and issubclass(thing, YamlModel):
            if thing not in found:
                found[thing] = None
                waiting += [field.annotation for field in thing.model_fields.values()]
        else:
            waiting += get_args(thing)
    return found


def some_quick(names: Iterable[str]) -> list[Any]:
    """Names as parameters, of which all but one in eight are slow: there are hundreds, and each takes a check."""
    return [pytest.param(n, id=n, marks=[pytest.mark.slow] if i % 8 else []) for i, n in enumerate(names)]


def every_document(name: str) -> dict[str, Briefing]:
    """File name -> briefing, for every document, audience and paper size of a pack."""
    return packs.composed_on_every_paper(name, PACKS[name])


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every document of both packs in every paper size and format, built once for all workers."""
    return _once("built", _build_all, tmp_path_factory)


class BuiltOnce(NamedTuple):
    """The PDFs of a build, and what it said of them."""

    folder: Path
    sheets: dict[str, int]  # by file name
    warnings: list[str]


@pytest.fixture(scope="session")
def smallpox_built(tmp_path_factory: pytest.TempPathFactory) -> BuiltOnce:
    """The PDFs of the second shipped pack on A4, built once for all workers; `layout.layout` finds their layouts."""
    folder = _once("smallpox", _build_smallpox, tmp_path_factory)
    return BuiltOnce(folder / "smallpox", **json.loads((folder / "report.json").read_text()))


@pytest.fixture(scope="session")
def kursk_html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page of the shipped pack for a screen, and its specimen in every look, built once for all workers."""
    return _once("kursk-html", _build_html, tmp_path_factory) / "kursk"


def _once(name: str, make: Callable[[Path], None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that one worker fills while the others wait."""
    root = _shared_folder(tmp_path_factory)
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / name).is_dir():
            make(root / f"being-{name}")
            (root / f"being-{name}").rename(root / name)
    return root / name


@pytest.fixture(scope="session", autouse=True)
def layouts_of_the_build(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where `layout.layout` finds the layouts of the builds for all tests, if a test has asked for such a build."""
    recorded.KEPT[:] = [_shared_folder(tmp_path_factory) / name / "layouts" for name in ("built", "smallpox")]


def _shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this session share."""
    root = tmp_path_factory.getbasetemp()
    return root.parent if os.environ.get("PYTEST_XDIST_WORKER") else root


def _build_html(out: Path) -> None:
    for documents in ((), ("specimen",)):  # the specimen is made only if it is asked for
        build(["kursk"], project=shipped(), out=out, formats=["html"], documents=documents)


@contextmanager
def _recording_workers(out: Path) -> Iterator[WorkerPool]:
    """Workers that keep the layouts of what they typeset in `out`."""
    with pytest.MonkeyPatch.context() as patch, WorkerPool(os.cpu_count() or 1) as workers:
        patch.setattr("briefings.output.workers._START", recorded.START)
        patch.setenv(recorded.FOLDER, str(out / "layouts"))
        yield workers


def _build_all(out: Path) -> None:
    with _recording_workers(out) as workers:
        for name, project in PACKS.items():
            papers = {each.paper for each in every_document(name).values()}
            for paper in sorted(papers, reverse=True):  # A4 last: its index remains
                report = build([name], project=project, out=out, paper=paper, workers=workers)
                assert name != "kursk" or report.warnings == ()  # the shipped pack keeps to its sheet limits


def _build_smallpox(out: Path) -> None:
    with _recording_workers(out) as workers:
        report = build(["smallpox"], project=shipped(), out=out, formats=["pdf"], paper="a4", workers=workers)
    sheets = {path.name: count for path, count in report.sheets.items()}
    told = {"sheets": sheets, "warnings": [warning.message for warning in report.warnings]}
    (out / "report.json").write_text(json.dumps(told))


def briefing_for(path: Path, pack: Pack, library: Library) -> Briefing:
    audience = load_audience(path, path.name, pack, library)
    return compose(pack, audience, audience.documents[0])


def sheet(body: str) -> Page:
    """A page with this body in a shipped font."""
    head = '<meta charset="utf-8"><title>T</title><link rel="stylesheet" href="css/fonts.css">'
    style = '<style>html { font-family: "Source Sans 3" }</style>'
    return Page("sheet", "T", f'<html lang="en">{head}{style}{body}')
