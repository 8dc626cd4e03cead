"""A paper with a box -> copies with words and a crest in it. That these are PDF/A too, tests/copies shows."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import page as page_validation
import pytest
from conftest import POND, sheet
from pypdf import PdfReader

from briefings.drawings.font_lettering import Lettering, lettering
from briefings.house_style import BOX_CREST, BOX_WORDS, BOX_WORDS_ALT, HouseStyle
from briefings.library import Library
from briefings.page.page import Page
from briefings.pdf.copy_box import CopyBase, Raster, TooLongError
from briefings.pdf.increment import Pdf
from briefings.pdf.typeset import BOX_FACE, typeset

LIBRARY = replace(Library(POND), house=HouseStyle().for_copies)
HEAD = (
    f'<div style="display: flex; height: {{height}}mm"><img src="{BOX_WORDS}" alt="{BOX_WORDS_ALT}"'
    ' style="width: 100mm; height: {height}mm">'
    f'<div style="width: {{height}}mm; background: url({BOX_CREST}) no-repeat 0 0 / 100% 100%"></div></div>'
)
RED = Raster(2, 1, b"\xff\0\0" * 2, b"\xff\x80")


def letters() -> Lettering:
    face = LIBRARY.find(BOX_FACE)
    assert face
    return lettering(face)


def base(height: int) -> CopyBase:
    return CopyBase(
        Pdf(typeset(dated(HEAD.replace("{height}", str(height)) + "<h1>Frogs</h1>"), LIBRARY).pdf), letters()
    )


def dated(body: str) -> Page:
    """A page with a date, which a PDF with private data must have."""
    page = sheet(body)
    meta = '<meta name="dcterms.modified" content="2026-01-02T00:00:00Z">'
    return replace(page, html=page.html.replace("<title>", f"{meta}<title>"))


@pytest.fixture(scope="module")
def high() -> CopyBase:
    return base(12)


@pytest.fixture(scope="module")
def low() -> CopyBase:
    return base(6)


def text_of(pdf: bytes) -> str:
    return str(PdfReader(io.BytesIO(pdf)).pages[0].extract_text())


def test_a_copy_has_the_words_and_is_accessible(high: CopyBase) -> None:
    copy = high.copy(("Школа № 12 Žižkov", "Elm Street 1"), RED)
    assert {"Школа № 12 Žižkov", "Elm Street 1", "Frogs"} <= set(text_of(copy).splitlines())
    assert page_validation.validate_pdf_bytes(copy, profile="ua1").failures == []


def test_the_words_are_a_paragraph_before_the_title(high: CopyBase) -> None:
    reader = PdfReader(io.BytesIO(high.copy(("Elm School",), RED)))
    read = list(structure(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))
    kinds = [str(element["/S"]) for element in read]
    assert kinds.index("/P") < kinds.index("/H1")
    assert "/Figure" not in kinds
    assert [element for element in read if "/Alt" in element] == []


def structure(kids: Any) -> Iterator[Any]:
    """The elements of a structure tree, in reading order."""
    for kid in kids if isinstance(kids, list) else [kids]:
        element = kid.get_object()
        if isinstance(element, dict) and "/S" in element:
            yield element
            yield from structure(element.get("/K", []))


def test_all_that_was_there_stays_and_little_is_added(high: CopyBase) -> None:
    copy = high.copy(("Elm School",))
    assert copy.startswith(high.pdf.content)
    assert len(copy) - len(high.pdf.content) < 1000


def test_the_same_words_give_the_same_bytes_and_others_give_another_identifier(high: CopyBase) -> None:
    one, same, other = (high.copy((name,)) for name in ("Elm", "Elm", "Oak"))
    assert one == same
    first, second = (PdfReader(io.BytesIO(pdf)).trailer["/ID"] for pdf in (one, other))
    assert first[0] == second[0]
    assert first[1] != second[1]


def test_a_low_box_has_all_on_one_line(low: CopyBase) -> None:
    assert "Elm School · Elm Street 1" in text_of(low.copy(("Elm School", "Elm Street 1")))


def test_words_that_would_be_too_small_are_refused(low: CopyBase) -> None:
    with pytest.raises(TooLongError) as caught:
        low.copy(("Elm School " * 12,))
    assert 30 < caught.value.most < 80
    low.copy(("E" * 40,))


def test_a_crest_is_no_part_of_what_is_read(high: CopyBase) -> None:
    plain, crested = high.copy(("Elm",)), high.copy(("Elm",), RED)
    assert text_of(plain) == text_of(crested)
    assert b"/SMask" in crested
    assert b"/SMask" not in plain


def test_a_page_without_a_place_has_no_box() -> None:
    assert not CopyBase(Pdf(typeset(dated("<h1>Frogs</h1>"), LIBRARY).pdf), letters()).has_box


def test_other_letters_are_found_out(high: CopyBase) -> None:
    other = replace(high.lettering, font=high.lettering.font + b"\0")
    assert high.is_current
    assert not CopyBase(high.pdf, other).is_current


def test_the_letters_are_measured(tmp_path: Path) -> None:
    found = letters()
    assert found.missing("Ĳ Ω Ж № –") == ""
    assert found.missing("東") == "東"
    assert found.codes("e\u0301") == found.codes("é")
    assert 0.4 < found.width("n") < 0.7
    assert found.width("nn") == pytest.approx(2 * found.width("n"))
