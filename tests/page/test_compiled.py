"""Shipped templates are compiled once and kept; templates of anybody else are compiled each time."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import jinja2
import pytest

from briefings.briefing.parts import Briefing
from briefings.library import Library
from briefings.page import render as rendering
from briefings.page.render import render
from briefings.page.render_sandbox import compiled as kept
from briefings.page.render_sandbox.environment import Sandbox


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for compiled templates."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder = Path(kept.cache_from_source(kept.__file__)).parent
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def compiled_by(
    folder: Path, briefings: dict[str, Briefing], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., tuple[list[str], str]]]:
    """A function that renders a page as a new run does: (the templates that it compiled, the page)."""
    names = list[str]()

    def noted(self: Sandbox, source: str, name: str, filename: str) -> object:
        names.append(name)
        return jinja2.Environment.compile(self, source, name, filename)

    def run(*themes: Path) -> tuple[list[str], str]:
        rendering._environment.cache_clear()
        names.clear()
        page = render(next(iter(briefings.values())), Library(tmp_path, themes))
        return [*names], page.html

    monkeypatch.setattr(Sandbox, "compile", noted)
    yield run
    rendering._environment.cache_clear()


def test_a_second_run_compiles_nothing(compiled_by: Callable[..., tuple[list[str], str]], folder: Path) -> None:
    first, page = compiled_by()
    assert "base.html" in first
    assert len(list(folder.glob("template-*.cache"))) == len(set(first))
    assert compiled_by() == ([], page)


def test_a_theme_is_compiled_each_time(
    compiled_by: Callable[..., tuple[list[str], str]], folder: Path, tmp_path: Path
) -> None:
    theme = tmp_path / "theme"
    (theme / "partials").mkdir(parents=True)
    (theme / "partials/colophon.html").write_text("own words")
    assert "own words" in compiled_by(theme)[1]
    kept_files = {path.read_bytes() for path in folder.iterdir()}
    assert kept_files
    assert not any(b"own words" in content for content in kept_files)
    again, page = compiled_by(theme)
    assert again == ["partials/colophon.html"]
    assert "own words" in page


def test_what_another_compiler_made_is_compiled_again(
    compiled_by: Callable[..., tuple[list[str], str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, page = compiled_by()
    monkeypatch.setattr(jinja2, "__version__", "0")
    assert compiled_by() == (first, page)
    assert compiled_by() == ([], page)


@pytest.mark.parametrize("damage", [b"", b"j2", b"\x80\x04N.", "half", "checksum"], ids=str)
def test_a_damaged_file_is_compiled_again(
    damage: bytes | str, compiled_by: Callable[..., tuple[list[str], str]], folder: Path
) -> None:
    first, page = compiled_by()
    for path in folder.glob("template-*.cache"):
        content = path.read_bytes()
        if damage == "half":
            path.write_bytes(content[: len(content) // 2])
        elif damage == "checksum":
            path.write_bytes(content.replace(content[40:50], b"0123456789", 1))
        else:
            assert isinstance(damage, bytes)
            path.write_bytes(damage)
    assert compiled_by() == (first, page)


def test_nothing_is_kept_where_python_keeps_nothing(
    compiled_by: Callable[..., tuple[list[str], str]], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    first, _ = compiled_by()
    assert first
    assert not list(folder.iterdir())


def test_a_folder_that_may_not_be_written_to_is_no_error(
    compiled_by: Callable[..., tuple[list[str], str]], folder: Path
) -> None:
    folder.rmdir()
    folder.write_text("not a folder")
    first, page = compiled_by()
    assert compiled_by() == (first, page)


def test_each_module_of_the_sandbox_counts_as_the_compiler() -> None:
    modules = {path.stem for path in Path(kept.__file__).parent.glob("*.py")}
    # `compiled` only keeps, and what has locations of tags is not kept
    assert modules - {"__init__", "compiled", "tag_locations"} == {
        module.__name__.rpartition(".")[2]
        for module in vars(kept).values()
        if getattr(module, "__package__", "") == kept.__package__
    }
