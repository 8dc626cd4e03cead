"""A worksheet to fill in on a screen: each question has a field, none lies on printed words, and nothing on it is
of use on paper only."""

import io
from collections.abc import Iterator
from dataclasses import replace

import packs
import pypdf
import pypdfium2
import pytest
from conftest import every_document, sheet

from briefings.briefing.parts import Briefing
from briefings.language.strings import load_strings
from briefings.library import Library, shipped
from briefings.page.page import Page
from briefings.page.render import render
from briefings.pdf.typeset import typeset

pytestmark = pytest.mark.slow

LIBRARY = Library(shipped())
WORDS = load_strings(LIBRARY, "en")["worksheet"]
TOKENS = '<link rel="stylesheet" href="css/tokens.css"></head>'
LEAST = 0.5  # pt: so far a letter may reach into a field
Box = tuple[float, float, float, float]  # left, bottom, right, top, in pt


def forms(pack: str) -> dict[str, Briefing]:
    """File name -> briefing, for every worksheet to fill in; those of one pack on every paper."""
    made = every_document(pack) if pack == "kursk" else packs.composed(pack)
    return {name: briefing for name, briefing in made.items() if "fillable" in briefing.choice.formats}


@pytest.mark.parametrize("pack", packs.FOLDERS)
def test_fields_are_beside_the_words_and_nothing_is_for_paper_only(pack: str) -> None:
    faults = {name: found for name, briefing in forms(pack).items() if (found := form_faults(briefing))}
    assert faults == {}


def test_two_packs_have_worksheets_to_fill_in() -> None:
    assert [pack for pack in packs.FOLDERS if forms(pack)] == ["kursk", "smallpox"]


def form_faults(briefing: Briefing) -> list[str]:
    """What is wrong with the fields of a worksheet."""
    assert briefing.worksheet
    pdf = typeset(render(briefing, LIBRARY), LIBRARY, fields=True).pdf
    names, faults = list(pypdf.PdfReader(io.BytesIO(pdf)).get_fields() or {}), covered(pdf)
    for task in briefing.worksheet.tasks:
        if not any(name == task.id or name.startswith(f"{task.id}-") for name in names):
            faults.append(f"question {task.number} has no field")
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return faults + [f"says {words!r}" for words in (WORDS["cut"], WORDS["write_where"]) if words in text]


def covered(pdf: bytes) -> list[str]:
    """The fields that lie on letters, each with one of them."""
    found = []
    fields = [list(_fields(page)) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    document = pypdfium2.PdfDocument(pdf)
    for page, placed in zip(document, fields, strict=True):
        letters = _letters(page)
        for name, box in placed:
            under = "".join(letter for letter, place in letters if _overlap(box, place))
            if under:
                found.append(f"{name} lies on {under!r}")
    document.close()
    return found


def _fields(page: pypdf.PageObject) -> Iterator[tuple[str, Box]]:
    for each in (annotation.get_object() for annotation in page.get("/Annots") or ()):
        if each["/Subtype"] == "/Widget":
            one, two, three, four = (float(at) for at in each["/Rect"])  # its corners, in any order
            yield str(each["/T"]), (min(one, three), min(two, four), max(one, three), max(two, four))


def _letters(page: pypdfium2.PdfPage) -> list[tuple[str, Box]]:
    text = page.get_textpage()
    all_text = text.get_text_range()
    return [(c, text.get_charbox(i)) for i, c in enumerate(all_text) if not c.isspace()]


def _overlap(one: Box, other: Box) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > LEAST and min(one[3], other[3]) - max(one[1], other[1]) > LEAST
    )


def test_a_field_on_words_is_found() -> None:
    place = '<p data-field="line" data-name="why" data-label="Why">{}</p>'
    found = [covered(typeset(form(place.format(words)), LIBRARY, fields=True).pdf) for words in ("", "Nobody")]
    assert found == [[], ["why lies on 'Nobody'"]]


def form(body: str) -> Page:
    """A page with places to fill in."""
    page = sheet(body)
    return replace(page, html=page.html.replace("</style>", "</style>" + TOKENS))
