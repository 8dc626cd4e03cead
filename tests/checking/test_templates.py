"""Faults in templates, style sheets and rendered pages are found at their place, and nothing else is reported."""

from pathlib import Path

import pytest
from conftest import HERE, PACKS, POND, every_document, quick_first
from scenes import laid_out_once

from briefings.checking.templates.faults import FAULTS
from briefings.checking.templates.markup import page_faults, template_faults
from briefings.checking.templates.pages import lint_page
from briefings.checking.templates.run import lint
from briefings.checking.templates.styles import style_sheet_faults
from briefings.library import Library
from briefings.page.render import render

TEMPLATES = (HERE.parent / "docs/templates.md").read_text()


def test_the_shipped_templates_have_no_faults() -> None:
    assert lint(Library(POND)) == []


@pytest.mark.slow
@pytest.mark.parametrize("pack", quick_first(PACKS))
def test_no_page_of_the_packs_has_faults(pack: str) -> None:
    library = Library(PACKS[pack])
    with laid_out_once():
        for briefing in every_document(pack).values():
            assert lint_page(render(briefing, library), briefing, library) == []


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_documented_for_designers(code: str) -> None:
    assert f"`{code}`" in TEMPLATES


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ('<p>\n <img src="a.svg">', ["2:2 no-alt"]),
        ('<img alt="" src="a.svg">', ["1:1 no-alt"]),
        ('<img alt=" " src="a.svg">', ["1:1 no-alt"]),
        ('<img alt="{{ picture.title }}" src="a.svg">', []),
        ('<img src="{% if a %}a{% else %}b{% endif %}.svg" alt="{% if a %}a{% endif %}b">', []),
        ("{# <img> #}<!-- <img> -->{{ '<img>' }}", []),
        ("{#\n\n#}<svg></svg>", ["3:3 untitled-drawing"]),
        ('<svg class="a"><rect/></svg>', ["1:1 untitled-drawing"]),
        ("<svg/>", ["1:1 untitled-drawing"]),
        ("<svg><title>A map</title><rect/></svg>", []),
        ("<svg><g><title>A mark</title></g></svg>", ["1:1 untitled-drawing"]),
        ("<svg><rect/><title>{{ scene.alt }}</title></svg>", []),
        ('<svg>{% include "drawings/title.svg" %}</svg>', []),
        ("<svg>{{ caller() }}</svg>", []),
        ("<svg><svg><rect/></svg><title>Two</title></svg>", []),
        ("<svg><title>One</title></svg><svg><rect/></svg>", ["1:30 untitled-drawing"]),
        ('<td style="display: flex">', ["1:1 table-display"]),
        ('<div style="display: flex">', []),
        ('<p style="opacity: .5">', ["1:1 opacity"]),
        ('<p style="opacity: {{ shade }}">', []),
        ("<style>\np { color: red;\n  opacity: .5 }</style>", ["3:3 opacity"]),
        ("<style>p { opacity: .5 }</style>", ["1:12 opacity"]),
        ('<style media="screen">p { opacity: .5 }</style>', []),
        ('<a rel="attachment" href="a.csv">', ["1:1 attachment-link"]),
        ('<link rel="attachment" href="a.csv">', ["1:1 attachment-link"]),
        ('<a rel="license" href="a.html">', []),
        ("<html>", ["1:1 no-language"]),
        ('<html lang="{{ briefing.pack.language }}">', []),
        ("<h1>a</h1><h3>b</h3><table><tr><td>1</td></tr><tr></tr></table>", []),  # reported for the rendered page only
        ('<a href="#a"><b>a</b></a><ul><li><p>a</p><p>b</p></li></ul>', []),  # pdf.ua repairs it
    ],
)
def test_faults_in_a_template(template: str, found: list[str]) -> None:
    assert [f"{fault.line}:{fault.column} {fault.code}" for fault in template_faults(template)] == found


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("p { opacity: .5 }", ["1:5 opacity"]),
        ("p { opacity: 50% } q { opacity: 1 } b { opacity: inherit }", ["1:5 opacity"]),
        ("/* opacity: .5 */ p { color: rgb(0 0 0 / .5) }", []),
        ("@layer a {\n  @media print { p { opacity: .5 } }\n}", ["2:22 opacity"]),
        ("@media screen { p { opacity: .5 } td { display: flex } }", []),
        ("@media screen and (width < 40em) { td { display: block } }", []),
        ("@media not screen { p { opacity: .5 } }", ["1:25 opacity"]),
        ("p { b { opacity: .5 } @media screen { opacity: .5 } }", ["1:9 opacity"]),
        ("td { display: grid }", ["1:6 table-display"]),
        (".a > tr.b:first-child, p { display: flex }", ["1:28 table-display"]),
        ("td p, .table { display: flex }", []),
        ("table { display: inline-table } td { display: none } tr { display: table-row }", []),
        ("caption { display: block }", ["1:11 table-display"]),
        (".note { float: footnote }", ["1:9 footnote"]),
        (".note { float: left }", []),
        ("@page { @footnote { float: bottom } }", []),
        ("p { opacity", []),
        ("}{ @", []),
    ],
)
def test_faults_in_a_style_sheet(css: str, found: list[str]) -> None:
    assert [f"{fault.line}:{fault.column} {fault.code}" for fault in style_sheet_faults(css)] == found


def page(body: str) -> str:
    return f'<html lang="en"><title>T</title><body>{body}'


ROW = "<tr><td>1</td><td>2</td></tr>"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (page("<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>"), []),
        (page("<h1>a</h1><h3>b</h3>"), ["a heading of level 3 follows level 1"]),
        (page("<h2>a</h2>"), ["a heading of level 2 follows no heading"]),
        (page("<img alt='' src='a/b.png'>"), ["a picture has no text alternative"]),
        (page(f"<table>{ROW}{ROW}</table>"), []),
        (page(f"<table>{ROW}<tr><td>3</td></tr></table>"), ["a row has 1 cell in a table of 2 columns"]),
        (page(f"<table>{ROW}<tr><td colspan=2>3</td></tr></table>"), []),
        (page(f"<table><tr><td rowspan=2>1</td><td>2</td></tr><tr><td>3</td></tr>{ROW}</table>"), []),
        (page(f"<table><tr><td rowspan=2>1<td>2</tr>{ROW}</table>"), ["a row has 3 cells in a table of 2 columns"]),
        (page(f"<table><tr><td><table>{ROW}</table></td></tr><tr><td>3</td></tr></table>"), []),
        ("<html><title>T</title>", ["the page does not declare its language"]),
        ('<html lang="en"><title> </title>', ["the page has no title"]),
    ],
)
def test_faults_in_a_rendered_page(html: str, found: list[str]) -> None:
    assert [fault.message for fault in page_faults(html)] == found


def test_data_at_gives_the_place_of_a_fault() -> None:
    (fault,) = page_faults(page('<h1>a</h1><h3 data-at="/a/b: c.html:7:3">b</h3>'))
    assert (fault.file, fault.line, fault.column) == ("/a/b: c.html", 7, 3)


def test_styles_for_screens_only_are_not_checked(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    for name in ("css/screen.css", "index.css", "css/theme.css"):
        (tmp_path / name).write_text("p { opacity: .5 }")
    found = lint(Library(POND, (tmp_path,)))
    assert [Path(problem.mark.file).name for problem in found if problem.mark] == ["theme.css"]
