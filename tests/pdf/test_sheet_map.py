"""The map of sheets by id: written into a PDF, and read from it."""

import pytest

from briefings.library import Library
from briefings.page.page import Page
from briefings.pdf import sheet_map
from briefings.pdf.typeset import typeset

HTML = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>t</title>
<meta name="dcterms.created" content="2024-07-01"><meta name="dcterms.modified" content="2024-07-01">
<link rel="stylesheet" href="css/tokens.css"><link rel="stylesheet" href="css/fonts.css">
<style>html { font-family: "Source Sans 3" } @page { size: 100mm 60mm; margin: 5mm }
.next { break-before: page }</style></head>
<body><p id="est-1" data-statement="est-1">Took <span class="number" data-estimate="land/afp">1,200</span>.</p>
<p class="next" id="est-2">And <span data-estimate="land/afp">1,200</span> again,
<span data-estimate="land/staff">1,376</span>.</p>
<div class="next"><svg width="50" height="20" viewBox="0 0 50 20" font-family="'Source Sans 3'"><title>A picture</title>
<g data-estimate="land/drawn"><text y="10" font-size="8">900</text></g></svg></div>
<p id="long" style="orphans: 1; widows: 1">STORY</p></body></html>"""


@pytest.fixture(scope="module")
def pdf(library: Library) -> bytes:
    return typeset(Page("t", "t", HTML.replace("STORY", "A long story. " * 60), "2024-07-01"), library).pdf


def test_each_id_is_mapped_to_the_sheets_it_is_printed_on(pdf: bytes) -> None:
    sheets = sheet_map.extract(pdf)
    assert sheets is not None
    assert sheets == {"est-1": (1,), "est-2": (2,), "land/afp": (1, 2), "land/staff": (2,), "land/drawn": (3,)} | {
        "long": sheets["long"]
    }
    assert sheets["long"][:2] == (3, 4)  # a paragraph that continues is on both sheets


def test_a_pdf_without_a_map_or_with_a_damaged_one_has_none(pdf: bytes) -> None:
    assert sheet_map.extract(b"%PDF-1.7 of another") is None
    at = pdf.index(b"/Type /BriefingsWhere")
    start = pdf.index(b"stream\n", at) + 7
    assert sheet_map.extract(pdf[:start] + b"xxxx" + pdf[start + 4 :]) is None
