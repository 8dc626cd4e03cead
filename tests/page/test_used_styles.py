"""A page links only the style sheets of parts that are on it."""

from pathlib import Path

import pytest

from briefings.briefing.parts import Briefing
from briefings.library import Library
from briefings.page.render import render
from briefings.page.used_styles import link_used_styles

LINK = '<link rel="stylesheet" href="partials/own.css">\n'


@pytest.mark.parametrize(
    ("css", "used"),
    [
        (".frog { color: red }", True),
        (".toad { color: red }", False),
        ("@layer parts { .toad, .pond > .frog { color: red } }", True),
        ("@layer parts { .toad .frog { color: red } }", False),
        (".frog:not(.toad, .newt) { color: red }", True),
        (".pond:has(> .toad) { color: red }", True),  # what stands in parentheses is not looked at
        ("/* .frog { } */ .toad { color: red }", False),
        ("@layer tokens { :root { --frog: 1 } }", True),  # it selects no class
        (".toad { margin: .5rem } .said-so { margin: 0 }", True),  # a script adds it
        ("", True),
    ],
)
def test_a_sheet_is_linked_if_one_of_its_selectors_can_match(css: str, used: bool, tmp_path: Path) -> None:
    (tmp_path / "templates/partials").mkdir(parents=True)
    (tmp_path / "templates/partials/own.css").write_text(css)
    (tmp_path / "templates/pond.js").write_text('element.classList.add("said-so")')
    page = f'<head>{LINK}</head><p class="pond"><b class="frog">A</b></p><script src="pond.js"></script>'
    assert (LINK in link_used_styles(page, Library(tmp_path))) == used


def test_a_briefing_has_the_styles_of_its_parts_and_no_others(briefings: dict[str, Briefing], library: Library) -> None:
    html = render(briefings["pupils"], library).html
    assert 'href="partials/said.css"' in html
    assert 'href="partials/slide.css"' not in html
    assert 'href="css/tokens.css"' in html
