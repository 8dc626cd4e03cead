"""Templates are compiled once, before processes are forked that share them."""

import sys
from pathlib import Path

import jinja2
import pytest

from briefings.briefing.parts import Briefing
from briefings.library import Library
from briefings.page.prepare import prepare
from briefings.page.render import render
from briefings.page.render_sandbox.environment import Sandbox


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The names of the templates that were compiled in this test, which uses none of an earlier run."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "none"))
    names = list[str]()

    def noted(self: Sandbox, source: str, name: str, filename: str) -> object:
        names.append(name)
        return jinja2.Environment.compile(self, source, name, filename)  # tests keep what it returns otherwise

    monkeypatch.setattr(Sandbox, "compile", noted)
    return names


@pytest.mark.slow
def test_pages_compile_no_shipped_template_again(
    briefings: dict[str, Briefing], tmp_path: Path, compiled: list[str]
) -> None:
    library = Library(tmp_path)  # with an environment of its own
    prepare(briefings.values(), library, screen=True)
    assert {"index.html", "base.html"} <= set(compiled)
    assert len(set(compiled)) == len(compiled)
    compiled.clear()
    for briefing in briefings.values():
        render(briefing, library, screen=True)
    assert compiled == []


def test_templates_of_a_theme_are_left_to_processes_with_limits(
    briefings: dict[str, Briefing], tmp_path: Path, compiled: list[str]
) -> None:
    theme = tmp_path / "theme/partials"
    theme.mkdir(parents=True)
    (theme / "colophon.html").write_text("{{")
    library = Library(tmp_path, (theme.parent,))
    prepare(briefings.values(), library, screen=True)
    assert "partials/colophon.html" not in compiled
    assert "base.html" in compiled
