"""The QR code in the corner of a sheet: each paper has it, it is read from a picture of the sheet, and stands where
printers print and no words are."""

import subprocess
from pathlib import Path

import packs
import pytest
import zxingcpp
from conftest import every_document
from layout import Layout, layout, says
from PIL import Image

from briefings.briefing.parts import Briefing
from briefings.composing.editions.content import read_digest, written
from briefings.language.strings import load_strings
from briefings.library import Library, shipped
from briefings.page.page import Page
from briefings.page.render import render

pytestmark = pytest.mark.slow

LIBRARY = Library(shipped())
TITLE = load_strings(LIBRARY, "en")["qr_code"]
PX = 96 / 25.4  # of a millimetre
UNPRINTED = 5  # mm at the edges of a sheet, which most printers leave white
QUIET = 0.5  # mm around a code, beside the module that its picture leaves free
WITHOUT = "slides"  # for a screen
RESOLUTION = 150  # dots to an inch: what a telephone sees of a sheet


def codes(pdf: Path, folder: Path) -> list[str]:
    """What the codes on the sheets of a PDF say, each once."""
    subprocess.run(["pdftoppm", "-r", str(RESOLUTION), "-gray", pdf, folder / "sheet"], check=True)
    sheets = [Image.open(path) for path in sorted(folder.glob("sheet*"))]
    return [code.text for sheet in sheets for code in zxingcpp.read_barcodes(sheet)]


@pytest.mark.tool("pdftoppm")
@pytest.mark.parametrize(
    "name", ["pupils-briefing", "pupils-worksheet", "policy-briefing", "secondary-poster", "teachers-lesson"]
)
def test_the_last_sheet_has_the_command_that_checks_it(built: Path, tmp_path: Path, name: str) -> None:
    edition = packs.composed("kursk")[name].edition
    assert edition
    digest = written(read_digest(edition.digest))
    assert codes(built / f"kursk/{name}.pdf", tmp_path) == [f"BRIEFINGS AFFECTED {digest}"]


def papers(pack: str) -> dict[str, Briefing]:
    """File name -> briefing, for every printed document of a pack; those of shipped packs on every paper."""
    made = every_document(pack) if pack == "kursk" else packs.composed(pack)
    return {name: b for name, b in made.items() if "pdf" in b.choice.formats and b.choice.document != WITHOUT}


@pytest.mark.parametrize("pack", packs.FOLDERS)
def test_a_code_stands_where_printers_print_and_no_words_are(pack: str) -> None:
    pages = {name: render(briefing, LIBRARY) for name, briefing in papers(pack).items()}
    assert {name: found for name, page in pages.items() if (found := misplaced(layout(page, LIBRARY)))} == {}


def misplaced(found: Layout) -> list[str]:
    """What is wrong with the place of the code on a paper."""
    codes = [p for p in found.pieces if p.kind == "picture" and says(p).startswith(TITLE)]
    if len(codes) != 1:
        return [f"{len(codes)} codes"]
    [code], faults = codes, []
    width, height = found.sheets[code.sheet]
    nearest = min(code.left, code.top, width - code.right, height - code.bottom) / PX
    if nearest < UNPRINTED:
        faults.append(f"{nearest:.1f} mm from an edge")
    for words in (w for p in found.paragraphs if p.sheet == code.sheet for line in p.lines for w in line):
        beside = words.right <= code.left - QUIET * PX or words.left >= code.right + QUIET * PX
        if not beside and words.bottom > code.top - QUIET * PX and words.top < code.bottom + QUIET * PX:
            faults.append(f"on the words {words.text!r}")
    return faults


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        (".qr-code { bottom: -10mm !important }", "0.5 mm from an edge"),
        (".qr-code { inset: 0mm auto auto 0mm !important }", "on the words"),
    ],
)
def test_a_misplaced_code_is_found(style: str, fault: str) -> None:
    page = render(packs.composed("pond")["pupils-briefing"], LIBRARY)
    html = page.html.replace("</head>", f"<style>@layer theme {{ {style} }}</style></head>")
    assert fault in str(misplaced(layout(Page(page.name, page.title, html, page.date), LIBRARY)))
