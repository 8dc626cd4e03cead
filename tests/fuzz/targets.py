"""Bytes -> one run of the package on them, which may end in a Problem and in no other exception.

What each target promises beyond that is asserted in it. `tests/fuzz/run.py` feeds it for minutes, and
`tests/fuzz/test_fuzz.py` for a moment in each run of the tests.
"""

import re
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from briefings.checking.run import document_context
from briefings.checking.run_rules import blocking_errors
from briefings.checking.templates.markup import page_faults, template_faults
from briefings.checking.templates.styles import style_sheet_faults
from briefings.checking.templates.tokens import token_problems
from briefings.composing.open_project import open_project
from briefings.composing.project import Request, UsageError, compose_all
from briefings.drawings.design_tokens import dark_tokens, load_tokens
from briefings.language import english
from briefings.language.strings import load_strings
from briefings.language.typography import Typography
from briefings.library import Library
from briefings.loading.crest import crest_fault, picture_fault
from briefings.loading.load import load
from briefings.markdown import (
    InvalidMark,
    count_words,
    find_marks,
    first_sentence,
    plain_words,
    render_for_counting,
    render_html,
    render_plain,
)
from briefings.markdown_faults import find_faults
from briefings.pack.geojson import read_ground
from briefings.pack.toml_file import parse_toml
from briefings.pack.yaml_file import parse_yaml
from briefings.page.blocks import lift_blocks
from briefings.page.render import render
from briefings.page.used_styles import link_used_styles
from briefings.problems import ProblemError
from briefings.schema.dates import PartialDate
from briefings.schema.fields import as_amount
from briefings.serve.preview import Preview

POND = Path(__file__).parents[1] / "pond"
CORPUS = Path(__file__).parent / "corpus"
_FILES = sorted(path.relative_to(POND).as_posix() for path in POND.rglob("*") if path.is_file())
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@cache
def folder() -> Path:
    """A folder for this process, removed at its end."""
    kept = tempfile.TemporaryDirectory(prefix="briefings-fuzz-")
    _kept.append(kept)
    return Path(kept.name)


_kept: list["tempfile.TemporaryDirectory[str]"] = []


def _text(data: bytes) -> str:
    """As the readers of files get it: they refuse what is not UTF-8."""
    return data.decode("utf-8", "ignore")


def yaml(data: bytes) -> None:
    """The YAML reader: every value has its place in the file, and every Problem can be shown."""
    read = parse_yaml(_text(data), "a.yaml")
    for mark in (*read.marks.values(), *read.key_marks.values()):
        assert 1 <= mark.line <= mark.end_line <= len(read.lines) + 1


def toml(data: bytes) -> None:
    """The reader of briefings.toml."""
    parse_toml(_text(data), "a.toml")


def _is_told(error: Exception) -> None:
    """An author is shown something, and of each Problem a place that there can be."""
    assert str(error)
    assert "literal for" not in str(error)  # Python's own message of int() and float()
    for problem in getattr(error, "problems", ()):
        assert problem.message
        assert problem.mark is None or (problem.mark.line > 0 and problem.mark.column > 0), problem


class _Tags(HTMLParser):
    """Fails for a tag that is not closed, and for a link that leads elsewhere than to the web."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "iframe", "object", "form"), tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in ("href", "src") or re.match(r"https?:|#", value or ""), value
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:  # <br /> counts as both
            assert self.open.pop() == tag


def _is_sound(html: str) -> None:
    tags = _Tags()
    tags.feed(html)
    tags.close()
    assert not tags.open


def marks(data: bytes) -> None:
    """A text with marks: its HTML is closed, runs nothing and leads only to the web."""
    text = _text(data)
    is_refused = any(isinstance(mark, InvalidMark) for mark in find_marks(text))
    for blocks in (True, False):
        find_faults(text, blocks=blocks)
    for inline in (True, False):
        html = render_html(text, lambda mark, _: f"<sup>{type(mark).__name__}</sup>", inline=inline)
        if not is_refused:
            _is_sound(html)
        lift_blocks(f"<p>{html}</p>" if inline else html)
    for made in (render_plain, render_for_counting):
        assert isinstance(made(text, lambda *_: "1"), str)
    plain_words(text)
    first_sentence(text)
    assert count_words(text) >= 0


def prose(data: bytes) -> None:
    """The readers of numbers and dates in prose and in fields."""
    text = _text(data)
    for read in (english.dates, english.quantities, english.small_counts):
        read(text)
    for value in (as_amount, PartialDate.parse):
        try:
            assert str(value(text))
        except ValueError as error:
            _is_told(error)


def pack(data: bytes) -> None:
    """A pack with a file that is not as it was: it loads and can be composed, or its Problems say why not.

    The first bytes say which file, where, and how many of its bytes the others replace.
    """
    if len(data) < 5:
        return
    name = _FILES[data[0] % len(_FILES)]
    place, cut, new = int.from_bytes(data[1:3]), int.from_bytes(data[3:5]), data[5:]
    project = folder() / "project"
    if not project.is_dir():
        shutil.copytree(POND, project)
    old = (POND / name).read_bytes()
    at = place % (len(old) + 1)
    (project / name).write_bytes(old[:at] + new + old[at + cut :])
    try:
        _use(project)
    finally:
        (project / name).write_bytes(old)


def _use(project: Path) -> None:
    library = Library(project)
    loaded = load(project / "data/pond", "data/pond")
    briefings = compose_all(loaded, library)
    for problem in blocking_errors(document_context(loaded, library, Request(), briefings)):
        assert str(problem)
    if briefings:
        page = render(briefings[0], library, screen=True)
        assert "javascript:" not in page.html
        assert page.html.count("default-src 'none'") <= 1


def geojson(data: bytes) -> None:
    """The base of a map: its outlines are closed."""
    path = folder() / "map.geojson"
    path.write_bytes(data)
    ground = read_ground(path, "map.geojson")
    for region in ground.regions:
        assert all(ring[0] == ring[-1] for ring in region.rings)
        region.contains(0, 0)


def css(data: bytes) -> None:
    """A theme's style sheet: its tokens, what is wrong with it, and whether a page needs it."""
    theme = folder() / "theme"
    (theme / "css").mkdir(parents=True, exist_ok=True)
    (theme / "css/theme.css").write_bytes(data)
    library = Library(POND, (theme,))
    tokens = load_tokens(library, "modern", "a4")
    for name in tokens.values:
        try:
            tokens[name]
            tokens.px(name)
        except (LookupError, ValueError) as error:
            _is_told(error)
    dark_tokens(library)
    list(token_problems(library))
    list(style_sheet_faults(_text(data)))
    link_used_styles('<link rel="stylesheet" href="css/theme.css"><p class="a b">', library)


def template(data: bytes) -> None:
    """The checks of a template that is read and not run."""
    text = _text(data)
    list(template_faults(text))
    list(page_faults(text))


def fetch(data: bytes) -> None:
    """What the typesetter asks for by an address: a file of the Library or a data: URL, nothing else."""
    from briefings.pdf.typeset import BASE_URL, _fetcher

    library = Library(POND)
    fetcher = _fetcher(library)
    text = _text(data)
    for address in (text, BASE_URL + text):
        try:
            fetcher.fetch(address)
        except ValueError:  # WeasyPrint logs it, which fails the build
            continue
        assert address.startswith("data:") or fetcher.used_files, address
    for name in fetcher.used_files:
        path = library.find(name)
        assert path
        assert any(path.is_relative_to(each) for each in library.template_folders)


def style(data: bytes) -> None:
    """The house style of a project, and its project file."""
    project = folder() / "house"
    if not project.is_dir():
        shutil.copytree(POND, project)
    for name in ("style.yaml", "briefings.toml"):
        (project / name).write_bytes(data)
        try:
            open_project(project)
        except (ProblemError, UsageError) as error:
            _is_told(error)
        (project / name).unlink()


def crest(data: bytes) -> None:
    """A crest or a picture."""
    for name in ("crest.svg", "crest.png", "crest.jpg"):
        path = folder() / name
        path.write_bytes(data)
        crest_fault(path)
        picture_fault(path)


def audience(data: bytes) -> None:
    """A file of an audience."""
    project = folder() / "audience"
    if not project.is_dir():
        shutil.copytree(POND, project)
    (project / "data/audiences/own.yaml").write_bytes(data)
    _use(project)


def address(data: bytes) -> None:
    """A path that a browser asks the preview for."""
    answer = _preview().respond(_text(data))
    assert answer.status in (200, 404) or answer.redirect, (answer.status, answer.content)
    assert answer.status != 404 or b"<script>" not in answer.content
    assert answer.redirect.startswith("/pond/") or not answer.redirect


@cache
def _preview() -> Preview:
    return Preview(Library(POND))


def typography(data: bytes) -> None:
    """Quotation marks, hard spaces and dashes of a text, which keeps its length."""
    text = _text(data)
    assert len(_typography().text(text)) == len(text)
    assert "".join(_typography().texts((text[:3], text[3:]))) == _typography().text(text)


@cache
def _typography() -> Typography:
    words = load_strings(Library(POND), "en")
    return Typography("en", words["typography"], ("May", "August"), ("two", "three"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each
    for each in (
        yaml,
        toml,
        marks,
        prose,
        pack,
        geojson,
        css,
        template,
        fetch,
        style,
        crest,
        audience,
        address,
        typography,
    )
}


def run(target: str, data: bytes) -> None:
    """Run a target. A Problem is a good end; every other exception is a finding."""
    try:
        TARGETS[target](data)
    except ProblemError as error:
        _is_told(error)
