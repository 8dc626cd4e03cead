"""The HTML of a briefing: links, traceable ids, template overrides and the sandbox."""

import os
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import PACKS, POND, every_document
from looks import Tags, said

from briefings.briefing.parts import Briefing
from briefings.composing.compose import compose
from briefings.language.strings import load_strings
from briefings.library import Library
from briefings.loading.load import load, load_audience
from briefings.output.build import build
from briefings.page.draw import drawing_template
from briefings.page.page import Page
from briefings.page.render import render
from briefings.problems import ProblemError

AUDIENCES = ("pupils", "secondary", "university", "public", "policy", "teachers")


@pytest.fixture(scope="module")
def pages(briefings: dict[str, Briefing], library: Library) -> dict[str, Page]:
    return {name: render(briefing, library) for name, briefing in briefings.items()}


@pytest.mark.parametrize("name", AUDIENCES)
def test_every_link_to_the_page_itself_has_a_target(pages: dict[str, Page], name: str) -> None:
    tags = Tags(pages[name].html)
    ids = tags.values("id")
    assert [i for i, count in Counter(ids).items() if count > 1] == []
    assert tags.anchors()
    assert set(tags.anchors()) <= set(ids)


@pytest.mark.parametrize("name", AUDIENCES)
def test_a_page_has_no_empty_elements(pages: dict[str, Page], name: str) -> None:
    assert re.findall(r'<(?:div|section) class="[^"]*">\s*</', pages[name].html) == []


@pytest.mark.parametrize("name", AUDIENCES)
def test_notes_and_paragraphs_link_to_each_other(
    pages: dict[str, Page], briefings: dict[str, Briefing], name: str
) -> None:
    tags, notes = Tags(pages[name].html), briefings[name].notes
    assert [i for i in tags.values("id") if i.startswith("note-")] == [f"note-{n.number}" for n in notes]
    assert [a["data-source"] for tag, a in tags.all if tag == "li" and "data-source" in a] == [
        n.source.id for n in notes
    ]
    assert {a for a in tags.anchors() if a.startswith("note-")} == {f"note-{note.number}" for note in notes}
    for note in notes:
        _, _, item = pages[name].html.partition(f'id="note-{note.number}"')
        item = item.partition("</li>")[0]
        back = re.findall(r'href="#([^"]+)">([^<]+)</a>', item)
        full = briefings[name].choice.notes == "full"
        assert back == list(note.cited_in if full else ())


@pytest.mark.parametrize("name", AUDIENCES)
def test_every_statement_has_its_id(pages: dict[str, Page], briefings: dict[str, Briefing], name: str) -> None:
    carried = [
        a["data-statement"] for tag, a in Tags(pages[name].html).all if tag in ("p", "li") and "data-statement" in a
    ]
    briefing = briefings[name]
    steps = (step for lesson in briefing.lessons for step in lesson.steps)
    shown = (*said(briefing.chapters), *briefing.judgements, *steps, *briefing.checks)
    assert sorted(carried) == sorted(statement.id for statement in shown)


@pytest.mark.parametrize("name", AUDIENCES)
def test_every_number_has_its_estimate(pages: dict[str, Page], briefings: dict[str, Briefing], name: str) -> None:
    tags = Tags(pages[name].html)
    numbers = [attrs for _, attrs in tags.all if attrs.get("class") == "number"]
    assert numbers
    assert {attrs["data-estimate"] for attrs in numbers if "data-estimate" in attrs} <= set(briefings[name].rows)
    outside = re.sub(r'<span class="number"[^>]*>[^<]*</span>', "", pages[name].html)
    spoken = re.sub(r"<title[^>]*>[^<]*</title>|<text[^>]* data-estimate=[^>]*>.*?</text>", "", outside)  # of drawings
    assert "1,200" not in spoken


def test_a_number_at_the_beginning_of_a_row_is_capitalised(pages: dict[str, Page]) -> None:
    html = pages["secondary"].html.replace("\u00a0", " ")
    assert re.search(r'"frogs/class-april">More than 1,200 frogs</span>\u2060<sup', html)
    assert re.search(r'"frogs/class-april"> ?more than 1,200 frogs</span> is what', html)


def test_a_citation_is_attached_to_the_word_before_it(pages: dict[str, Page]) -> None:
    assert re.search(r'2023</time>\.\u2060*<sup class="cite"><a href="#note-\d">\d</a></sup>', pages["secondary"].html)


@pytest.mark.parametrize("name", AUDIENCES)
def test_the_head_has_title_and_metadata(pages: dict[str, Page], briefings: dict[str, Briefing], name: str) -> None:
    html, briefing = pages[name].html, briefings[name]
    assert f"<title>{briefing.title} – {briefing.audience.title}</title>" in html
    for expected in ('<html lang="en"', '<meta name="author" content="The briefings authors">', 'content="2024-07-01"'):
        assert expected in html


def test_markup_in_the_data_is_escaped(briefings: dict[str, Briefing], library: Library) -> None:
    html = render(replace(briefings["secondary"], title="<script>x</script>", deck="a <b>b</b> & c"), library).html
    assert "<script>" not in html
    assert "a &lt;b&gt;b&lt;/b&gt; &amp; c" in html


# -- overriding ----------------------------------------------------------------------------------


def page(briefing: Briefing, project: Path, *themes: Path) -> str:
    return render(briefing, Library(project, themes)).html


def put(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return folder


def test_a_project_overrides_a_section_template(briefings: dict[str, Briefing], project: Path) -> None:
    put(project, "templates/sections/phases.html", "<h2>Our own phases, {{ chapter.pieces|length }}</h2>")
    html = page(briefings["secondary"], project)
    assert "<h2>Our own phases, 1</h2>" in html
    assert "The digging" not in html


def test_a_theme_overrides_the_project_and_the_first_theme_overrides_the_next(
    briefings: dict[str, Briefing], project: Path, tmp_path: Path
) -> None:
    put(project, "templates/partials/colophon.html", "<p>of the project</p>")
    second = put(tmp_path / "second", "partials/colophon.html", "<p>of the second theme</p>")
    first = put(tmp_path / "first", "partials/colophon.html", "<p>of the first theme</p>")
    assert "of the project" in page(briefings["secondary"], project)
    assert "of the second theme" in page(briefings["secondary"], project, second)
    assert "of the first theme" in page(briefings["secondary"], project, first, second)


def test_an_override_can_extend_the_shipped_template(briefings: dict[str, Briefing], project: Path) -> None:
    put(
        project,
        "templates/base.html",
        '{% extends "shipped:base.html" %}{% block cover %}<p class="school">Lindenhof</p>{{ super() }}{% endblock %}',
    )
    put(project, "templates/partials/colophon.html", '{% include "shipped:partials/colophon.html" %}<p>For 9b.</p>')
    html = page(briefings["secondary"], project)
    assert html.index('<p class="school">Lindenhof</p>') < html.index("<h1>The school pond")
    assert html.index("CC BY 4.0") < html.index("<p>For 9b.</p>")


def test_a_theme_overrides_single_strings(briefings: dict[str, Briefing], project: Path, tmp_path: Path) -> None:
    theme = put(
        tmp_path / "theme", "strings/en.yaml", "sources: Where we know it from\nnumbers: {about: roughly {n}}\n"
    )
    put(theme, "strings/en.yaml", 'sources: Where we know it from\nnumbers: {about: "roughly {n}"}\n')
    words = load_strings(Library(project, (theme,)), "en")
    assert words["numbers"]["about"] == "roughly {n}"
    assert words["numbers"]["nearly"] == "nearly {n}"
    assert "<h2>Where we know it\u00a0from</h2>" in page(briefings["secondary"], project, theme)


@pytest.mark.parametrize(
    "template",
    [
        "{{ briefing.__class__.__mro__ }}",
        "{{ briefing.chapters.__init__ }}",
        "{{ briefing.audience.model_config.update(frozen=false) }}",
        '{% include "../../../data/pond/pack.yaml" %}',
        '{% include "shipped:../data/LICENSE.md" %}',
    ],
)
def test_a_template_cannot_leave_the_sandbox(briefings: dict[str, Briefing], project: Path, template: str) -> None:
    put(project, "templates/partials/colophon.html", template)
    with pytest.raises(ProblemError, match=r"templates/partials/colophon.html:1:1: error\["):
        page(briefings["secondary"], project)


def test_a_language_without_a_strings_file_is_an_error(library: Library) -> None:
    with pytest.raises(ProblemError, match=r"there is no strings/xx\.yaml"):
        load_strings(library, "xx")


@pytest.mark.parametrize(
    "expression",
    [
        'briefing.pack.parse_raw("{}")',
        'briefing.pack.title.parse_file("/etc/hostname")',
        "briefing.pack.model_dump()",
        "cite.func",
        "when.__self__",
        'briefing.pack.as_of.parse("2024")',
    ],
)
def test_a_template_can_read_fields_but_no_methods(project: Path, expression: str) -> None:
    partial = project / "templates" / "partials" / "colophon.html"
    partial.parent.mkdir(parents=True)
    partial.write_text("{{ " + expression + " }}")
    with pytest.raises(ProblemError, match=r"colophon\.html:1:1"):
        build(project=project, out=project / "out", audiences="pupils", formats="html")


def test_the_styles_of_parts_are_linked_in_order_and_a_theme_can_add_and_override_them(
    briefings: dict[str, Briefing], tmp_path: Path
) -> None:
    for name in ("partials/stamp.css", "partials/timeline.css", "documents/poster.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("/* mine */")
    library = Library(tmp_path, (tmp_path,))
    linked = re.findall(r'<link rel="stylesheet" href="([^"]+)"', render(briefings["pupils"], library).html)
    parts = [name for name in linked if not name.startswith("css/")]
    order = ("partials", "sections", "drawings", "documents", "layouts")
    assert parts == sorted(parts, key=lambda name: (order.index(name.split("/")[0]), name))
    assert "partials/stamp.css" in parts
    assert "layouts/flow.css" in parts
    assert "documents/poster.css" not in parts  # another document's
    assert library.find("partials/timeline.css") == tmp_path / "partials/timeline.css"
    assert (
        linked.index("css/parts.css")
        < linked.index(parts[0])
        <= linked.index(parts[-1])
        < linked.index("css/print.css")
    )


def test_a_chart_without_a_template_of_its_own_is_drawn_by_the_shared_one(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    (theme / "drawings").mkdir(parents=True)
    library = Library(POND, (theme,))
    assert drawing_template(library, "map") == "drawings/map.svg"
    assert drawing_template(library, "bars") == "drawings/chart.svg"
    (theme / "drawings/bars.svg").write_text("<svg/>")
    assert drawing_template(library, "bars") == "drawings/bars.svg"


def test_a_template_cannot_change_data_that_pages_share(briefings: dict[str, Briefing], project: Path) -> None:
    put(project, "templates/partials/colophon.html", '{{ strings.update({"sources": "x"}) }}')
    with pytest.raises(ProblemError, match="template-error"):
        page(briefings["secondary"], project)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ 1 / 0 }}", "error[template-error]: ZeroDivisionError: division by zero"),
        ("{{ nothing }}", "error[undefined]: 'nothing' is undefined"),
        ("{% if %}", "error[template-syntax]: Expected an expression, got 'end of statement block'"),
        ('{% include "partials/colophon.html" %}', "error[template-error]: the template extends or includes itself"),
        ('{% include "none.html" %}', "error[missing-template]: there is no template 'none.html'"),
    ],
)
def test_an_error_in_a_template_is_reported_at_its_line(
    briefings: dict[str, Briefing], project: Path, template: str, message: str
) -> None:
    put(project, "templates/partials/colophon.html", f"<p>\n{template}")
    with pytest.raises(ProblemError) as caught:
        page(briefings["secondary"], project)
    assert f"templates/partials/colophon.html:2:1: {message}" in str(caught.value)


def test_a_template_that_is_not_utf_8_is_reported_where_it_is_included(
    briefings: dict[str, Briefing], project: Path
) -> None:
    put(project, "templates/partials/colophon.html", "").joinpath("templates/partials/colophon.html").write_bytes(
        b"\xff"
    )
    with pytest.raises(ProblemError, match=r"templates/base\.html:\d+:1: error\[template-error\]: UnicodeDecodeError"):
        page(briefings["secondary"], project)


def test_a_changed_added_or_removed_override_is_used_by_the_next_page(
    briefings: dict[str, Briefing], project: Path
) -> None:
    library = Library(project)
    override = project / "templates/partials/colophon.html"
    shipped = render(briefings["secondary"], library).html
    for number, text in enumerate(("<p>Added.</p>", "<p>Changed.</p>"), 1):
        put(project, "templates/partials/colophon.html", text)
        os.utime(override, (number, number))  # the clock of a file system may be too coarse for two saves in a test
        assert text in render(briefings["secondary"], library).html
    override.unlink()
    assert render(briefings["secondary"], library).html == shipped


def test_located_adds_the_place_in_the_template_to_tags(briefings: dict[str, Briefing], project: Path) -> None:
    put(project, "templates/partials/colophon.html", '<p>{# <a #}\n  <a href="#x">{{ "<a" }}</a></p>')
    html = render(briefings["secondary"], Library(project), located=True).html
    path = project / "templates/partials/colophon.html"
    assert f'<p data-at="{path}:1:1">  <a data-at="{path}:2:3" href="#x">&lt;a</a></p>' in html
    assert "data-at" not in page(briefings["secondary"], project)


def test_the_page_has_title_name_date_and_attachment(briefings: dict[str, Briefing], library: Library) -> None:
    made = render(briefings["secondary"], library)
    assert (made.name, made.date) == ("secondary-briefing", "2024-07-01")
    assert made.title == "The school pond: who counted the frogs? – Upper secondary, ages 15 to 18"
    assert made.attachment is not None
    assert made.attachment.name == "secondary-briefing.json"
    assert render(briefings["secondary"], library, attached=False).attachment is None


@pytest.mark.slow
def test_what_a_step_adds_under_a_label_stands_below_all_steps() -> None:
    briefing = every_document("kursk")["pupils-briefing"]
    _, _, after = render(briefing, Library(PACKS["kursk"])).html.partition('<ol class="cards steps">')
    steps, _, after = after.partition("</ol>")
    _, _, after = after.partition('<section class="chapter besides"')
    besides, _, _ = after.partition("</ul>")
    chapter = next(chapter for chapter in briefing.chapters if chapter.holds == "phases")
    own = [p.id for piece in chapter.pieces for p in piece.paragraphs if not p.label]
    added = [(str(n), p.id) for n, piece in enumerate(chapter.pieces, 1) for p in piece.paragraphs if p.label]
    assert re.findall(r'<p class="said" id="([^"]+)"', steps) == own
    assert re.findall(r'aria-hidden="true">(\d+)</span>[^<]*</h3>\s*<p class="said" id="([^"]+)"', besides) == added
    assert added


def test_a_title_in_italics_is_plain_where_nothing_can_be_slanted(project: Path) -> None:
    file = project / "data/pond/pack.yaml"
    file.write_text(
        file.read_text()
        .replace('standard: "The school pond: who counted the frogs?"', 'standard: "*The Pond* & who counted?"')
        .replace("title: What is established", 'title: "What *is* established"')
        .replace("deck: A made-up story about", "deck: A *made-up* story about")
    )
    drawings = project / "data/pond/drawings.yaml"
    drawings.write_text(drawings.read_text().replace("title: How many frogs?", 'title: "How *many* frogs?"'))
    library = Library(project)
    pack = load(project / "data/pond", "data/pond")
    audience = load_audience(library.audience_files()["university"], "university.yaml", pack, library)
    page = render(compose(pack, audience, audience.documents[0]), library)
    assert page.title.startswith("The Pond & who counted?")
    assert "<em>The Pond</em>" in page.html
    assert [line for line in page.html.splitlines() if re.search(r"(?<![/\w])\*\w|\w\*(?![/\w])", line)] == []


def test_a_reason_stands_across_what_speaks_for_it_and_against_it(
    kursk_briefings: dict[str, Briefing], library: Library
) -> None:
    html = render(kursk_briefings["university"], library).html
    tables = re.findall(r'<table class="sides-table">.*?</table>', html, re.DOTALL)
    reasons = re.findall(r"<tbody id=.*?</tbody>", "".join(tables), re.DOTALL)
    assert len(reasons) > 5
    for reason in reasons:
        bar, *sides = re.findall(r"<tr>.*?</tr>", reason, re.DOTALL)
        assert 'class="because-of" scope="rowgroup" colspan="2"' in bar
        assert sum(2 if 'colspan="2"' in cell else 1 for side in sides for cell in re.findall("<td[^>]*>", side)) == 2
