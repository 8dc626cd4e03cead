"""The page for a screen: its links, its script and the index."""

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from looks import Tags

from briefings.briefing.parts import Briefing
from briefings.library import Library, shipped
from briefings.output.writers.html import write
from briefings.page.page import Page
from briefings.page.render import render, render_index
from briefings.problems import ProblemError

AUDIENCES = ("everyone", "pupils", "secondary", "university", "public", "policy", "teachers")


@pytest.fixture(scope="module")
def pages(briefings: dict[str, Briefing], library: Library) -> dict[str, Page]:
    return {name: render(briefing, library, screen=True) for name, briefing in briefings.items()}


@pytest.mark.parametrize("name", AUDIENCES)
def test_every_link_to_the_page_itself_has_a_target(pages: dict[str, Page], name: str) -> None:
    tags = Tags(pages[name].html)
    ids = tags.values("id")
    assert [i for i, count in Counter(ids).items() if count > 1] == []
    assert set(tags.anchors()) <= set(ids)


@pytest.mark.parametrize("name", AUDIENCES)
def test_a_number_with_several_reports_links_to_all_of_them(
    pages: dict[str, Page], briefings: dict[str, Briefing], name: str
) -> None:
    rows = briefings[name].rows
    figures = Counter(row.figure.id for row in rows.values())
    page = pages[name].html
    linked = re.findall(r'data-estimate="([^"]+)"> ?<a href="#([^"]+)">', page)
    assert linked
    for ref, anchor in linked:
        figure = rows[ref].figure.id
        assert figures[figure] > 1
        _, _, after_anchor = page.partition(f'<section id="{anchor}">' if anchor[0] == "_" else f'id="{anchor}"')
        reports = set(re.findall(rf'data-estimate="({figure}/[^"]+)"', after_anchor.partition("</section>")[0]))
        assert len(reports) == figures[figure]
    alone = re.findall(r'data-estimate="([^"]+)"> ?[^< ]', page.partition('class="reports')[0])
    tables = "".join(re.findall(r"<table.*?</table>", page, re.DOTALL))
    assert [ref for ref in alone if figures[rows[ref].figure.id] > 1 and f'"{ref}"' not in tables] == []


@pytest.mark.parametrize("name", AUDIENCES)
def test_a_note_links_to_its_first_citation(pages: dict[str, Page], briefings: dict[str, Briefing], name: str) -> None:
    calls = re.findall(r'<a href="#note-(\d+)" id="_call-(\d+)">', pages[name].html)
    assert all(note == call for note, call in calls)
    back = re.findall(r'href="#_call-(\d+)"', pages[name].html)
    assert back == [str(note.number) for note in briefings[name].notes]


def test_a_printed_page_has_no_screen_elements(briefings: dict[str, Briefing], library: Library) -> None:
    page = render(briefings["university"], library).html
    assert re.findall(r'<script|popover|id="_call|class="[^"]*\bscreen\b|<details', page) == []


def test_the_script_is_small_and_allowed_only_by_its_digest(pages: dict[str, Page], library: Library) -> None:
    file = write(pages["pupils"], library).content.decode()
    (script,) = re.findall(r"<script>(.*?)</script>", file, re.DOTALL)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', file)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.endswith(f"; script-src 'sha256-{digest}'")
    assert policy.startswith("default-src 'none';")
    assert len(script) < 6000
    assert not re.search(r"https?:|fetch|eval|innerHTML|localStorage|cookie", script)


def test_a_theme_cannot_add_or_replace_a_script(briefings: dict[str, Briefing], project: Path, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "screen.js").write_text("alert(1)")
    library = Library(project, (theme,))
    file = write(render(briefings["pupils"], library, screen=True), library).content.decode()
    assert "alert(1)" not in file
    (policy,) = re.findall(r"script-src ([^;]+)$", re.findall(r'Content-Security-Policy" content="([^"]+)"', file)[0])
    assert policy.count("sha256-") == 1
    assert "unsafe" not in policy
    (theme / "partials").mkdir()
    (theme / "partials" / "colophon.html").write_text("<script>alert(2)</script>")
    with pytest.raises(ProblemError, match=r"colophon\.html:1:1: error\[unsafe-markup\]"):
        render(briefings["pupils"], library, screen=True)


def test_the_script_contains_no_words_for_readers() -> None:
    script = (shipped() / "templates" / "screen.js").read_text()
    code = re.sub(r"//.*", "", script)
    quoted = re.findall(r'"([^"]*)"', code)
    assert [words for words in quoted if re.search(r"[a-z] [a-z]", words) and not re.search(r"[.#\[]|px", words)] == [
        "use strict"
    ]


def test_the_index_groups_documents_by_audience(briefings: dict[str, Briefing], library: Library) -> None:
    """Two audiences with the same `order` are still separate groups."""
    pupils, public = briefings["pupils"], briefings["public"]
    public = replace(public, audience=public.audience.model_copy(update={"order": pupils.audience.order}))
    large = replace(pupils, choice=pupils.choice.model_copy(update={"look": "large-print"}))
    entries = [
        {"briefing": briefing, "files": {"html": f"{name}.html", "pdf": f"{name}.pdf"}}
        for name, briefing in (("a", pupils), ("b", public), ("c", large))
    ]
    index = render_index(entries, "en", library)
    sections = re.findall(r'<section class="reader" id="([^"]+)".*?</section>', index, re.DOTALL)
    assert sections == ["pupils", "public"]
    first = index.partition('id="public"')[0]
    assert re.findall(r'href="([abc]\.\w+)"', first) == ["a.html", "a.pdf", "c.html", "c.pdf"]
    assert "<h3>Briefing, large print</h3>" in first
