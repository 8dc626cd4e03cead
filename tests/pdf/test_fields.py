"""A worksheet to fill in on a screen: fields with names and labels, PDF/UA-1, filled in and read back."""

import io
from html import escape
from pathlib import Path

import page as page_validation
import pytest
from conftest import POND, sheet
from pypdf import PdfReader, PdfWriter

from briefings.library import Library
from briefings.pdf import ua
from briefings.pdf.fields import with_fields
from briefings.pdf.typeset import typeset

WORKSHEET = """<h1>Worksheet</h1>
<style>
.lines { height: 20mm }
.line { display: inline-block; width: 40mm; height: 6mm }
.tick { display: inline-block; width: 4mm; height: 4mm }
</style>
<p>Name <span class="line" data-field="line" data-name="name" data-label="Your name">______</span></p>
<p><span class="tick" data-field="check" data-name="q1-a" data-label="1, A: 40 &amp; more"></span> A 40 &amp; more</p>
<p><span class="tick" data-field="check" data-name="q1-b" data-label="1, B: 52"></span> B 52</p>
<div class="lines" data-field="lines" data-name="q2" data-label="Answer to 2"></div>
"""


@pytest.fixture(scope="module")
def filled() -> bytes:
    return typeset(sheet(WORKSHEET), Library(POND), fields=True).pdf


def test_each_place_is_a_field_with_a_name_and_a_label(filled: bytes) -> None:
    fields = PdfReader(io.BytesIO(filled)).get_fields() or {}
    assert {name: (str(field["/TU"]), field["/FT"]) for name, field in fields.items()} == {
        "name": ("Your name", "/Tx"),
        "q1-a": ("1, A: 40 & more", "/Btn"),
        "q1-b": ("1, B: 52", "/Btn"),
        "q2": ("Answer to 2", "/Tx"),
    }


def test_the_tab_key_follows_the_structure_and_no_script_runs(filled: bytes) -> None:
    reader = PdfReader(io.BytesIO(filled))
    assert reader.pages[0]["/Tabs"] == "/S"
    assert not {"/OpenAction", "/AA"} & set(reader.trailer["/Root"])
    assert not any("/A" in annotation.get_object() for annotation in reader.pages[0]["/Annots"])
    assert not reader.attachments


def test_it_is_accessible(filled: bytes) -> None:
    assert page_validation.validate_pdf_bytes(filled, profile="ua1").failures == []


def test_a_whole_font_needs_its_byte_order_mark_renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ua, "rename_joiners", lambda pdf: None)
    pdf = typeset(sheet(WORKSHEET), Library(POND), fields=True).pdf
    failures = page_validation.validate_pdf_bytes(pdf, profile="ua1").failures
    assert {each.rule_id for each in failures} == {"PDFUA1-FONT-UNICODE-VALUE-001"}


def test_what_is_filled_in_is_read_back(filled: bytes, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(filled))
    writer.update_page_form_field_values(
        writer.pages[0], {"name": "Ada Ö", "q1-b": "/on", "q2": "Because\nit rained"}, auto_regenerate=False
    )
    writer.write(tmp_path / "done.pdf")
    values = {name: field.get("/V") for name, field in (PdfReader(tmp_path / "done.pdf").get_fields() or {}).items()}
    assert values == {"name": "Ada Ö", "q1-a": "/Off", "q1-b": "/on", "q2": "Because\nit rained"}


def test_the_paper_copy_has_no_field() -> None:
    assert PdfReader(io.BytesIO(typeset(sheet(WORKSHEET), Library(POND)).pdf)).get_fields() in (None, {})


def test_the_same_worksheet_makes_the_same_bytes(filled: bytes) -> None:
    assert typeset(sheet(WORKSHEET), Library(POND), fields=True).pdf == filled


@pytest.mark.parametrize("label", ['2 < 3 "quoted"', "it’s", "a & b"])
def test_a_label_cannot_end_its_attribute(label: str) -> None:
    html = with_fields(f'</head><p data-field="line" data-name="a" data-label="{escape(label)}"></p>')
    assert html.endswith(f'<input type="text" name="a" title="{escape(label)}"></p>')
