"""The layout of every document: sheets are filled, headings stay with their text, nothing is split, text is well set.

The documents of the first shipped pack are laid out on every paper, those of the other packs on one.
"""

from collections import Counter
from itertools import pairwise

import pytest
from conftest import PACKS, every_document, quick_first
from layout import Layout, Piece, layout, says
from packs import composed, names_on_every_paper
from text_faults import text_faults, typewriter_marks

from briefings.briefing.parts import Briefing
from briefings.language.strings import load_strings
from briefings.language.wording import Wording
from briefings.library import Library
from briefings.page.render import render

WHOLE = {"task", "entry", "reason", "drawing", "key-figure", "figure-head", "gloss", "small", "models"}
FEW = 6  # rows of one figure: so many stay together, with their name
DOCUMENTS = [name for name, (choice, _) in names_on_every_paper("kursk").items() if "pdf" in choice.formats]


LIBRARY = Library(PACKS["kursk"])
STRINGS = load_strings(LIBRARY, "en")
CODE = STRINGS["qr_code"]  # the title of the code in the corner of a sheet
MONTHS = Wording("en", STRINGS).month_numbers
PLACED = ("slides", "slide-notes")  # slides are placed on their frame, in the notes too: test_slides.py lays them out
SMALL = ("pond", "brook", "lake")


@pytest.fixture(scope="module", params=DOCUMENTS)
def laid_out(request: pytest.FixtureRequest) -> tuple[str, str, Layout]:
    """The name of a document, its HTML and its layout."""
    page = render(every_document("kursk")[request.param], LIBRARY)
    return request.param, page.html, layout(page, LIBRARY)


@pytest.mark.slow
def test_every_document_is_laid_out() -> None:
    made = every_document("kursk").items()
    assert [name for name, each in made if "pdf" in each.choice.formats] == DOCUMENTS


@pytest.mark.slow
def test_the_layout_has_no_fault(laid_out: tuple[str, str, Layout]) -> None:
    name, html, found = laid_out
    briefing = every_document("kursk")[name]
    faults = layout_faults(briefing, html, found)
    if briefing.choice.sheets and len(found.areas) < briefing.choice.sheets.at_least:
        faults.append(f"{len(found.areas)} sheets")
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize("pack", [*SMALL, "smallpox"])
def test_the_layout_of_other_packs_has_no_fault(pack: str, request: pytest.FixtureRequest) -> None:
    faults = []
    if pack == "smallpox":
        request.getfixturevalue("smallpox_built")  # its layouts
    for briefing in composed(pack).values():
        page = render(briefing, LIBRARY)
        if "pdf" in briefing.choice.formats and briefing.choice.document != "slides":  # see test_slides.py
            found = layout_faults(briefing, page.html, layout(page, LIBRARY), filled=pack not in SMALL)
        else:
            found = typewriter_marks(page.html)
        faults += [f"{briefing.name}: {fault}" for fault in found]
    assert faults == []


def layout_faults(briefing: Briefing, html: str, found: Layout, *, filled: bool = True) -> list[str]:
    """What is wrong on the sheets of a document. Those of a test pack need not be `filled`, but have no bare title."""
    document = briefing.choice.document
    faults = [*split_parts(found), *typewriter_marks(html)]
    if document not in PLACED:
        faults += text_faults(found, MONTHS)
    if document == "slide-notes":
        faults += large_pictures(found)
    if briefing.choice.sheets and len(found.areas) > briefing.choice.sheets.at_most:
        faults.append(f"{len(found.areas)} sheets")
    if document != "slides":  # test_slides.py has their own
        faults += [*stranded_headings(found), *left_over(found), *sparse_sheets(found, 1 / 3 if filled else 1 / 5)]
    return faults


@pytest.mark.slow
@pytest.mark.parametrize("pack", quick_first(["kursk", *SMALL]))
def test_no_page_for_a_screen_has_a_typewriter_mark(pack: str) -> None:
    briefings = [b for b in composed(pack).values() if b.choice.document == "briefing"]
    marks = {b.name: typewriter_marks(render(b, LIBRARY, screen=True).html) for b in briefings}
    assert {name: found for name, found in marks.items() if found} == {}


def sparse_sheets(found: Layout, least: float) -> list[str]:
    """Sheets with less than that share of them full, except the last."""
    full = {number + 1: found.filled(number) for number in range(len(found.areas) - 1)}
    return [f"sheet {number} is {share:.0%} full" for number, share in full.items() if share < least]


def left_over(found: Layout) -> list[str]:
    """A last sheet with nothing but the line or two that found no room on the one before it."""
    lines = {round(line.top) for line in found.lines(len(found.areas) - 1)}
    return ["the last sheet has a line or two"] if len(found.areas) > 1 and len(lines) < 3 else []


def large_pictures(found: Layout) -> list[str]:
    """Pictures in the notes of slides that leave the small slide that they are on."""
    slides = [p for p in found.pieces if p.kind == "block" and "small" in p.classes]
    pictures = [p for p in found.pieces if p.kind == "picture" and not says(p).startswith(CODE)]
    return [
        f"a picture leaves its slide on sheet {picture.sheet + 1}"
        for picture in pictures
        if not any(slide.sheet == picture.sheet and _within(picture, slide) for slide in slides)
    ]


def _within(inner: Piece, outer: Piece) -> bool:
    return outer.left - 1 <= inner.left and inner.right <= outer.right + 1 and inner.bottom <= outer.bottom + 1


def stranded_headings(found: Layout) -> list[str]:
    """Headings whose text begins in another column or on another sheet, or in a rail with no text next to them."""
    lines = found.lines()
    faults = []
    for line, following in pairwise(lines):
        if line.heading and not following.heading:
            near = [p for p in lines if not p.heading and p.sheet == line.sheet] if line.beside else [following]
            fine = any(p.sheet == line.sheet and p.bottom > line.top for p in near)
            if line.beside:
                fine = any(p.top < line.bottom and p.bottom > line.top for p in near)
            if not fine:
                faults.append(f"stranded heading on sheet {line.sheet + 1}: {''.join(line.element.itertext())[:40]}")
    return faults


def split_parts(found: Layout) -> list[str]:
    """Rows and the parts in WHOLE that are split over columns or sheets. A table head is repeated, so it is ignored."""
    parts = [p for p in found.pieces if p.kind == "row" or (p.kind == "block" and p.classes & WHOLE)]
    parts = [p for p in parts if "told" not in p.classes]  # a drawing's data as a table, which may be split
    count = Counter((id(p.element), p.kind) for p in parts)
    named = {(id(p.element), p.kind): p for p in parts}
    faults = [f"split on sheet {named[key].sheet + 1}: {key[1]} {named[key].tag}" for key, n in count.items() if n > 1]
    return faults + split_groups(found) + parted_tables(found)


def parted_tables(found: Layout) -> list[str]:
    """Tables of one report that stand in another column, or on another sheet, than their title."""
    figures = [p for p in found.pieces if p.kind == "block" and "figure" in p.classes]
    single = [p for p in figures if len(p.element.findall("table[@class='estimates']/tbody/tr")) == 1]
    parts = Counter(id(p.element) for p in single)
    return [f"a table without its title on sheet {p.sheet + 1}" for p in single if parts[id(p.element)] > 1]


def split_groups(found: Layout) -> list[str]:
    """Figures of a few reports in one table that are on two sheets, so that some rows lack their name."""
    groups: list[list[int]] = []
    for row in (p for p in found.pieces if p.kind == "row"):
        cells = [cell.get("class") or "" for cell in row.element]
        if "asked-of" in cells:
            groups.append([])
        if "report" in cells:
            groups[-1].append(row.sheet)
    split = [sheets for sheets in groups if len(sheets) <= FEW and len(set(sheets)) > 1]
    return [f"the reports of one figure are on sheets {sheets[0] + 1} and {sheets[-1] + 1}" for sheets in split]
