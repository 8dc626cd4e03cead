"""What is typeset of a page: no elements that only trace; and a worksheet to fill in on a screen: fields with names
and labels, PDF/UA-1, filled in and read back."""

import io
import re
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import page as page_validation
import pytest
from conftest import POND, sheet
from pypdf import PdfReader, PdfWriter

from briefings.library import Library, shipped
from briefings.pdf import ua
from briefings.pdf.page_html import _may_style, with_fields, without_traces
from briefings.pdf.typeset import typeset
from briefings.style_sheets import without_comments

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


# -- elements that only trace ---------------------------------------------------------------------------


def typeset_of(body: str, library: Library) -> str:
    """The body of a page as it is typeset."""
    root = ElementTree.fromstring(f"<html>{body}</html>")
    without_traces(root, library)
    return ElementTree.tostring(root, encoding="unicode").removeprefix("<html>").removesuffix("</html>")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p>On<time datetime="2023-05-03"> 3 May</time> two.</p>', "<p>On 3 May two.</p>"),
        ('<p><time datetime="2023">2023</time> began.</p>', "<p>2023 began.</p>"),
        ('<p>a <b>b</b><span class="number" data-statement="x"> 7</span></p>', '<p data-ids="x">a <b>b</b> 7</p>'),
        (
            '<p>a<span class="number" data-source="x"> 7 <i>or</i> 8</span> b</p>',
            '<p data-ids="x">a 7 <i>or</i> 8 b</p>',
        ),
        (
            '<p>a<span class="number" data-estimate="x/y"><time datetime="2023"> 2023</time></span> b</p>',
            '<p data-ids="x/y">a 2023 b</p>',
        ),
        # its words stay in one element, which keeps the hyphen out of a name
        (
            '<p>On<time datetime="2023-11"> 3 <span class="whole">November</span></time>.</p>',
            '<p>On<span class="whole"> 3 November</span>.</p>',
        ),
        (
            '<p>a<span class="number" data-estimate="x/y"> 7</span><span class="number" data-estimate="x/z"> <span '
            'class="whole">eight</span></span><span class="number" data-estimate="x/y"> 7</span></p>',
            '<p data-ids="x/y">a 7<span class="whole" data-ids="x/z"> eight</span> 7</p>',
        ),
    ],
)
def test_text_has_no_elements_that_only_trace(body: str, expected: str, library: Library) -> None:
    assert typeset_of(body, library) == expected


@pytest.mark.parametrize(
    "body",
    [
        '<p class="date"><time datetime="2023">2023</time></p>',  # alone: what stands beside it may be counted
        '<p>On <time class="large" datetime="2023">2023</time></p>',
        '<p>On <time datetime="2023" id="a">2023</time></p>',
        '<p>In <span class="number large" data-statement="x">7</span></p>',
        '<p>In <span class="number" data-statement="x" style="color: red">7</span></p>',
        '<p>In <span class="name">Class 7b</span></p>',
    ],
)
def test_other_elements_stay(body: str, library: Library) -> None:
    assert typeset_of(body, library) == body


TEXT = '<p>On <time datetime="2023">2023</time></p>'


@pytest.mark.parametrize(
    "css",
    [
        "time { color: red }",
        "p>TIME{color: red}",
        ".number::after { content: '!' }",
        "@media print { .said .number { color: red } }",
        "[datetime] { color: red }",
        ".said > * { color: red }",
        "b + span { color: red }",
        ".said :first-child { color: red }",
        "p:has(b) { color: red }",
        "@import 'more.css';",
    ],
)
def test_elements_that_a_foreign_style_sheet_may_style_stay(css: str, tmp_path: Path) -> None:
    (tmp_path / "own.css").write_text(css)
    own = Library(POND, (tmp_path,))
    linked = f'<link rel="stylesheet" href="own.css" />{TEXT}'
    assert typeset_of(linked, own) == linked
    (tmp_path / "own.css").write_text("/* time */ .said, .numbers, .time-line { color: red } @page :first { size: a4 }")
    assert "<time" not in typeset_of(linked, own)
    written = f"<style>{escape(css, quote=False)}</style>"
    assert "<time" in typeset_of(written + TEXT, own)


SCREENS = ("screen", "deck", "reader")  # style sheets that no paper has


def test_no_shipped_style_sheet_for_paper_styles_them() -> None:
    styles = [path for path in (shipped() / "templates").rglob("*.css") if path.stem not in SCREENS]
    assert len(styles) > 50
    named = re.compile(r"(?<![\w.#-])time\b|\.number\b|\[(?:data-statement|data-estimate|data-source|datetime)")
    css = {path.name: re.sub(r"\{[^{}]*\}", "{}", without_comments(path.read_text())) for path in styles}
    assert [name for name, text in css.items() if named.search(text)] == []
    assert _may_style(".number { color: red }")
