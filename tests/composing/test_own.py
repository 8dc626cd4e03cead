"""A document prints its own edition: that in which what it says last changed, with a digest of what it says."""

import subprocess
from dataclasses import replace
from pathlib import Path

import packs
import pytest
from conftest import Run, raise_edition, replace_in
from hypothesis import given
from hypothesis import strategies as st

from briefings.briefing.parts import Briefing
from briefings.composing.editions import content
from briefings.composing.editions.content import ALPHABET, document_digest, document_key, read_digest, written
from briefings.composing.project import Request, compose_all
from briefings.library import Library, shipped
from briefings.loading.load import load
from briefings.markdown import find_marks
from briefings.markdown_marks import Citation
from briefings.pack.meaning import canonical
from briefings.page.render import render


def editions(project: Path) -> dict[str, tuple[int, int, list[str]]]:
    """Document -> its edition, the one before, and what changed."""
    pack = load(project / "data/pond", "data/pond")
    return {
        document_key(briefing): (
            briefing.edition.number,
            briefing.edition.since,
            [change.text for change in briefing.edition.changes],
        )
        for briefing in compose_all(pack, Library(project))
        if briefing.edition
    }


def test_a_document_has_the_edition_in_which_it_changed(closed: Path) -> None:
    found = editions(closed)
    assert found["teachers-before"] == (1, 0, [])
    number, since, told = found["pupils-briefing"]
    assert (number, since) == (2, 1)
    assert told == ["One estimate of “Frogs in the pond” changed: frogs/class-april."]


CORRECTION = """corrections:
  - id: cor-days
    edition: 3
    kind: clarity
    subjects: [phase-dig-happened]
    text: {plain: It took longer., standard: "It took three days. [@newsletter]"}
  - {id: cor-count, edition: 3, kind: error, subjects: [frogs/class-april], text: The count was wrong.}
"""


def test_corrections_come_first_and_the_worst_of_them(closed: Path) -> None:
    raise_edition(closed, 3, "2024-09-01")
    (closed / "data/pond/corrections.yaml").write_text(CORRECTION)
    replace_in(closed / "data/pond/phases.yaml", "two days", "three days")
    found = editions(closed)
    assert found["pupils-briefing"][2] == ["The count was wrong.", "It took longer."]
    assert found["secondary-briefing"][2] == ["The count was wrong.", "It took three days."]


@pytest.mark.parametrize("name", ["kursk", "smallpox", "pond", "brook"])
def test_a_document_tells_only_of_corrections_of_what_it_says(name: str) -> None:
    """A level may leave out what was corrected: it then cites none of the sources that the correction names."""
    named = {
        each.id: {mark.source for mark in find_marks(each.text.standard) if isinstance(mark, Citation)}
        for each in packs.pack(name).corrections
    }
    for key, briefing in packs.composed(name).items():
        assert briefing.edition
        cited = {note.source.id for note in briefing.notes}
        for change in briefing.edition.changes:
            asked = named.get(change.id, set())
            assert not asked or asked & cited, (key, change.text)


def test_a_correction_from_a_source_is_told_where_that_is_cited(closed: Path) -> None:
    raise_edition(closed, 3, "2024-09-01")
    replace_in(closed / "data/pond/phases.yaml", "two days", "three days")
    fields = "title: Notes, publisher: A visitor, published: 2024, kind: data, country: Nowhere, standpoint: A visitor"
    replace_in(closed / "data/pond/sources.yaml", "sources:\n", f"sources:\n  - {{id: uncited, {fields}}}\n")
    told = {}
    for source in ("newsletter", "uncited"):
        (closed / "data/pond/corrections.yaml").write_text(CORRECTION.replace("@newsletter", f"@{source}"))
        told[source] = editions(closed)["secondary-briefing"][2]
    assert told == {"newsletter": ["The count was wrong.", "It took three days."], "uncited": ["The count was wrong."]}


def test_a_corrected_paragraph_leads_to_its_correction_on_a_screen(closed: Path) -> None:
    raise_edition(closed, 3, "2024-09-01")
    (closed / "data/pond/corrections.yaml").write_text(CORRECTION)
    replace_in(closed / "data/pond/phases.yaml", "two days", "three days")
    library = Library(closed)
    made = {document_key(b): b for b in compose_all(load(closed / "data/pond"), library)}
    for name in ("secondary-briefing", "everyone-reader"):
        page = render(made[name], library, screen=True).html
        assert page.count('class="was-corrected" href="#changed"') == 1
        assert page.count('id="changed"') == 1
        assert '<a href="#phase-dig-happened"' in page
    assert "was-corrected" not in render(made["secondary-briefing"], library).html


@pytest.mark.slow
def test_what_only_one_document_says_changes_no_byte_of_another(closed: Path, run: Run) -> None:
    """Nothing printed depends on more than the document's own content."""

    def built(out: str) -> dict[str, bytes]:
        assert run(["build", "--format", "html", "--out", out], closed).code == 0
        pages = {path.name: path.read_bytes() for path in (closed / out / "pond").glob("*-*.html")}
        library = Library(closed)
        printed = compose_all(load(closed / "data/pond", "data/pond"), library)  # a PDF depends on its page alone
        printed = [briefing for briefing in printed if "pdf" in briefing.choice.formats]
        return pages | {f"{b.name} printed": render(b, library).html.encode() for b in printed}

    before = built("one")
    raise_edition(closed, 3, "2024-09-01")
    said = "The pond was dug in March 2023. [@newsletter] It holds water all year. [@diary]"
    levels = {"standard": said, "plain": said, "advanced": said.replace("was dug in", "dates from")}
    texts = "".join(f"\n          {level}: {text}" for level, text in levels.items())
    replace_in(closed / "data/pond/pack.yaml", f"        text: {said}", f"        text:{texts}")
    after = built("two")
    changed = {name for name in before if before[name] != after[name]}
    # The reader has every level.
    assert changed == {"university-briefing.html", "university-briefing printed", "everyone-reader.html"}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kursk", "smallpox"])
def test_paper_and_look_make_no_other_digest(name: str) -> None:
    library = Library(shipped())
    on = {
        paper: {
            document_key(b): document_digest(b) for b in compose_all(packs.pack(name), library, Request(paper=paper))
        }
        for paper in ("", "letter")
    }
    assert {key: on[""][key] for key in on["letter"]} == on["letter"]
    assert on[""]["pupils-briefing"] == on[""]["pupils-briefing-large-print"]


def test_the_edition_is_no_part_of_the_digest() -> None:
    briefing = packs.composed("pond")["pupils-briefing"]
    assert briefing.edition
    other = replace(briefing, edition=replace(briefing.edition, number=7, digest="", changes=()), paper="letter")
    assert document_digest(other) == document_digest(briefing)
    assert document_digest(replace(briefing, title="Frogs")) != document_digest(briefing)


@pytest.mark.slow
@pytest.mark.tool("pdfinfo")  # of the same package as pdftotext
def test_every_document_prints_its_digest(built: Path, kursk_html: Path) -> None:
    for name, briefing in packs.composed("kursk").items():
        assert briefing.edition
        for kind in set(briefing.choice.formats) & {"html", "pdf"}:
            path = kursk_html / f"{name}.html" if kind == "html" else built / f"kursk/{name}.pdf"
            text = path.read_text() if kind == "html" else words(path)
            plain = text.replace("\u2011", "-")  # a PDF may map the glyph of both to either
            assert written(read_digest(briefing.edition.digest)) in plain, path.name


def words(pdf: Path) -> str:
    """The text of a PDF."""
    return subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True).stdout


@given(st.text(ALPHABET, min_size=8, max_size=8), st.randoms())
def test_a_digest_is_read_as_it_is_typed(digest: str, random: object) -> None:
    shown = written(digest)
    twins = {"1": "Il1", "0": "Oo0", "V": "Uv"}
    typed = "".join(random.choice(twins.get(sign, sign + sign.lower())) for sign in shown)  # type: ignore[attr-defined]
    assert read_digest(f" {typed} ") == digest
    assert read_digest(shown.replace("-", "")) == digest
    assert read_digest(shown[:-1]) == read_digest(f"{shown}X") == read_digest(f"{shown[:-1]}ß") == ""


def test_where_a_pack_lies_makes_no_other_digest(closed: Path) -> None:
    """The files of an edition say what its record says that they do; maps have a file of their own."""
    pack = load(closed / "data/pond/editions/2/pond")
    found = {document_key(briefing): document_digest(briefing) for briefing in compose_all(pack, Library(closed))}
    recorded = {key: printed.digest for key, printed in pack.editions[-1].documents.items()}
    assert found == recorded
    assert any(
        drawing.ground
        for briefing in compose_all(pack, Library(closed))
        for c in briefing.chapters
        for drawing in c.drawings
    )


def test_the_text_of_a_digest_is_that_of_the_values_it_stands_for(briefings: dict[str, Briefing]) -> None:
    texts: content.Texts = {}
    for briefing in briefings.values():  # which share views
        assert content._text(briefing, texts) == canonical(content._said(briefing))
    assert texts
    assert all(len(text) < content._LONGEST_KEPT for _, text in texts.values())
