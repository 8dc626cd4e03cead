"""A school's style.yaml reaches every paper and page; with crest and font, PDFs still keep to both standards."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import verapdf
from conftest import ALL_CASES, HERE, POND, every_document
from layout import lay_out
from packs import composed, names_on_every_paper

from briefings.briefing.parts import Briefing
from briefings.composing.open_project import open_project
from briefings.library import Library, shipped
from briefings.loading.house_file import load_house_style
from briefings.output.build import build
from briefings.output.writers.html import write
from briefings.page.render import render
from briefings.pdf.typeset import typeset

STYLE = """
school: Lindenhof School
department: History
crest: crest.svg
crest_alt: A linden tree
header: Class 9b
footer: Behind the pond
accent: "#0b6e4f"
font: own.ttf
"""
# one document of each kind, layout and paper
KINDS = {
    (choice.document, choice.layout, paper): name
    for name, (choice, paper) in names_on_every_paper("kursk").items()
    if not name.endswith("-letter")
}


OWN_HEAD = {"poster", "slides"}  # documents whose templates write the head of a school themselves


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The shipped project in the style of a school."""
    folder = tmp_path_factory.mktemp("school")
    shutil.copy(HERE / "bad/style-crest-without-words/crest.svg", folder)
    shutil.copy(shipped() / "templates/fonts/SourceSerif4-Regular.ttf", folder / "own.ttf")
    (folder / "style.yaml").write_text(STYLE)
    return Library(shipped(), house=load_house_style(Library(folder)))


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS.values())
@pytest.mark.parametrize("screen", [False, True])
def test_the_school_is_on_every_paper(name: str, screen: bool, library: Library) -> None:
    briefing = every_document("kursk")[name]
    html = render(briefing, library, screen=screen, attached=False).html
    assert "--reported: #" in html
    assert 'alt="A linden tree"' in html
    assert "Lindenhof School" in html
    assert "Behind the pond" in html.replace("\u00a0", " ")
    assert 'font-family: "House Text"' in html
    if not screen:
        assert "var(--reported)" not in re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    plain = render(briefing, replace(library, house=Library(POND).house), screen=screen, attached=False).html
    assert 'class="house' not in plain


@pytest.mark.slow
@pytest.mark.parametrize("name", ["secondary-poster", "university-poster"])
def test_the_head_of_a_school_stands_on_no_picture_of_a_poster(name: str, library: Library) -> None:
    found = lay_out(render(every_document("kursk")[name], library), library)
    words = [words for text in found.paragraphs for line in text.lines for words in line]
    head = [each for each in words if "Lindenhof" in each.text or "Class 9b" in each.text]
    pictures = [p for p in found.pieces if p.kind == "picture" and p.bottom - p.top > 100]
    assert head
    assert pictures
    for each in head:
        for picture in pictures:
            across = each.left < picture.right and each.right > picture.left
            assert not (across and each.top < picture.bottom and each.bottom > picture.top), each.text


def test_without_a_style_no_page_knows_of_it(project: Path) -> None:
    build(project=project, out=project / "build", formats=["html"], audiences=["secondary"])
    assert 'class="house' not in (project / "build/pond/secondary-briefing.html").read_text()
    assert 'class="house' not in (project / "build/pond/index.html").read_text()


@pytest.mark.slow
def test_a_page_and_the_index_carry_crest_and_font(project: Path) -> None:
    shutil.copy(HERE / "bad/style-crest-without-words/crest.svg", project)
    shutil.copy(shipped() / "templates/fonts/SourceSerif4-Regular.ttf", project / "own.ttf")
    (project / "style.yaml").write_text(STYLE)
    build(project=project, out=project / "build", formats=["html"], audiences=["secondary"])
    for name in ("secondary-briefing.html", "index.html"):
        html = (project / "build/pond" / name).read_text()
        assert "house/" not in html
        assert '<img class="crest" src="data:image/svg+xml;base64,' in html
        assert re.search(r'font-family: "House Text".*url\("data:font/woff2;base64,', html)
        assert len(html) < 1_200_000


@pytest.mark.slow
def test_a_page_whose_font_lies_beside_its_css_carries_it(project: Path) -> None:
    """A theme's own @font-face with a TTF: it was left out of pages, and browsers showed another font."""
    (project / "templates/css").mkdir(parents=True)
    shutil.copy(shipped() / "templates/fonts/SourceSerif4-Regular.ttf", project / "templates/own.ttf")
    face = '@font-face { font-family: "Own"; src: url("../own.ttf") format("truetype"); }'
    (project / "templates/css/theme.css").write_text(face)
    library = open_project(project).library
    html = write(render(composed("kursk")["pupils-briefing"], library, screen=True), library).content.decode()
    assert re.search(r'font-family: "Own"; src: url\("data:font/woff2;base64,[^"]+"\) format\("woff2"\)', html)


def test_the_style_chooses_the_paper(project: Path) -> None:
    (project / "style.yaml").write_text("paper: letter\n")
    assert open_project(project).library.selection.papers == ("letter",)


def housed_papers() -> list[Briefing]:
    """Papers of each layout, and of each document with a head of its own.

    By default those of the small pack, which has each of them too: how much a paper says changes nothing of its head,
    foot and font, and validating a large one takes seconds.
    """
    if ALL_CASES:
        return [b for name in KINDS.values() if "pdf" in (b := every_document("kursk")[name]).choice.formats]
    small = [each for each in composed("pond").values() if "pdf" in each.choice.formats]
    kinds = {b.choice.document if b.choice.document in OWN_HEAD else b.choice.layout: b for b in small}
    return [*kinds.values()]


@pytest.mark.slow
@pytest.mark.tool("javac")
def test_a_pdf_in_the_style_of_a_school_keeps_to_both_standards(library: Library, tmp_path: Path) -> None:
    library = replace(library, house=replace(library.house, binding_margin=8, both_sides=True))
    files = []
    for briefing in housed_papers():
        files.append(tmp_path / f"{briefing.name}.pdf")
        files[-1].write_bytes(typeset(render(briefing, library), library).pdf)
    verdicts = verapdf.validate(files)
    assert len(files) >= len({layout for _, layout, _ in KINDS} | OWN_HEAD) > 7
    assert [str(verdict) for verdict in verdicts.all if not verdict.passed] == []
