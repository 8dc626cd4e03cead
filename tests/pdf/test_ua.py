"""Each repair alone: one page has everything that WeasyPrint tags wrongly; each test repairs one fault in a copy."""

import io
import re
from collections.abc import Callable
from copy import copy, deepcopy
from typing import Any
from xml.etree import ElementTree

import page as page_validation
import pydyf
import pytest
from conftest import POND, sheet
from pypdf import PdfReader

from briefings.library import Library
from briefings.pdf import links, tags, ua
from briefings.pdf.typeset import typeset
from briefings.pdf.word_spaces import separate_words

WRONG = """
<style>@page { @top-left { content: "A running title" } @bottom-right { content: counter(page) } }</style>
<main id="top"><h1>A pond</h1>
<p>A frog<sup><a href="#note-1">1</a></sup> in <a href="https://example.org/"><b>clear</b> water</a></p>
<ul><li><p>one</p><p>two</p></li></ul>
<table><tr><th rowspan="2">a</th><th colspan="2">b</th></tr><tr><th>c</th><th>d</th></tr>
<tr><td>1</td><td>2</td><td>3</td></tr><tr><th>r</th><td>4</td><td>5</td></tr></table>
<svg width="96" height="48"><title>A dot</title><rect width="9" height="9"/></svg>
<h2 style="display: grid">How many</h2><ol style="columns: 2"><li>x</li><li>y</li></ol>
<p style="width: 4em">One frog<sup>2</sup>, <a href="#top">one long pond</a>
<b style="margin-left: 1em">more</b>/or well-known</p>
<p id="note-1">A count of frogs, by hand. A frog<sup>2</sup></p><p><a href="#top">Back</a></p></main>
"""


@pytest.fixture(scope="module")
def raw() -> tuple[Any, Any, Any]:
    """The page's HTML, WeasyPrint's document, and the PDF as it would write it."""
    kept: list[Any] = []

    def keep(root: Any, **options: Any) -> Callable[[Any, Any], None]:
        return lambda document, pdf: kept.extend([root, document, copied(pdf)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ua, "finisher", keep)
        typeset(sheet(WRONG), Library(POND))
    return kept[0], kept[1], kept[2]


@pytest.fixture
def pdf(raw: tuple[Any, Any, Any]) -> Any:
    """A copy of that PDF, to repair."""
    return copied(raw[2])


def copied(pdf: Any) -> Any:
    """A deep copy. WeasyPrint's streams refer to objects that cannot be copied; their contents can."""

    def clone(value: Any) -> Any:
        if not isinstance(value, pydyf.Stream):
            return deepcopy(value)
        stream = pydyf.Stream(deepcopy(value.stream), deepcopy(value.extra), value.compress)
        stream.number = value.number
        return stream

    out = copy(pdf)
    out.objects = [clone(each) for each in pdf.objects]
    out.pages, out.catalog = (out.objects[each.number] for each in (pdf.pages, pdf.catalog))
    return out


def written(pdf: Any) -> bytes:
    target = io.BytesIO()
    copied(pdf).write(target, "1.7", identifier=True, compress=True)
    return target.getvalue()


def failures(pdf: pydyf.PDF, profile: str = "ua1") -> set[str]:
    """The ids of the rules that page-validation reports as broken."""
    return {failure.rule_id for failure in page_validation.validate_pdf_bytes(written(pdf), profile=profile).failures}


def read(pdf: Any) -> PdfReader:
    return PdfReader(io.BytesIO(written(pdf)))


@pytest.mark.parametrize(
    ("repair", "rules"),
    [
        (ua.declare_pdf_ua, {"PDFUA1-ID-PART-001", "PDFUA1-ID-SCHEMA-001"}),
        (links.remove_nested_link_annotations, {"PDFUA1-LINK-LINK-TAG-001"}),
        (ua.wrap_list_bodies, {"PDFUA1-LI-KIDS-001"}),
        (ua.set_header_scopes, {"PDFUA1-TABLE-HEADERS-SCOPE-001"}),
    ],
)
def test_a_repair_satisfies_its_rule_and_changes_no_other(
    pdf: Any, repair: Callable[[Any], None], rules: set[str]
) -> None:
    before = failures(pdf)
    assert rules < before
    repair(pdf)
    assert failures(pdf) == before - rules


def test_the_pdf_ua_declaration_has_the_extension_schema_of_pdf_a(pdf: Any) -> None:
    ua.declare_pdf_ua(pdf)
    assert failures(pdf, "3a") == set()
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])].stream
    assert stream[0].count(b"<rdf:RDF") == stream[0].count(b"</rdf:RDF>") == 1
    stream[0] = re.sub(rb"<rdf:Description xmlns:pdfaExtension.*</rdf:Description>", b"", stream[0], flags=re.DOTALL)
    assert "PDFA" in str(failures(pdf, "3a"))


def test_running_text_is_a_header_or_footer_artifact(pdf: Any) -> None:
    def content() -> str:
        return read(pdf).pages[0].get_contents().get_data().decode("latin-1")

    assert "Pagination" not in content()
    tagged = content().count("/MCID")
    ua.mark_running_text_as_artifacts(pdf)
    kinds = re.findall(r"/Artifact\s*<</Type /Pagination/Subtype /(\w+)>>", content())
    assert sorted(kinds) == ["Footer", "Header"]
    assert content().count("/MCID") == tagged - 2
    ua.declare_pdf_ua(pdf)
    assert "PDFUA1-CONTENT-TAGGING-001" not in failures(pdf)


def test_a_list_item_has_a_label_and_one_body(pdf: Any) -> None:
    ua.wrap_list_bodies(pdf)
    item = next(each for each in tags.elements(pdf) if each["S"] == "/LI")
    label, body = (pdf.objects[int(kid.split()[0])] for kid in item["K"])
    assert (label["S"], body["S"]) == ("/Lbl", "/LBody")
    assert len(body["K"]) == 2


def test_header_cells_have_the_scope_of_their_row_or_column(pdf: Any) -> None:
    ua.set_header_scopes(pdf)
    cells = [each for each in tags.elements(pdf) if each["S"] == "/TH"]
    assert [cell["A"]["Scope"] for cell in cells] == ["/Column"] * 4 + ["/Row"]


def test_a_figure_box_is_in_points_from_the_bottom(pdf: Any) -> None:
    ua.convert_figure_boxes(pdf)
    left, foot, right, top = next(each for each in tags.elements(pdf) if each["S"] == "/Figure")["A"]["BBox"]
    assert (right - left, top - foot) == (72, 36)  # 96 by 48 px
    assert 400 < foot < top < 800


def test_link_annotations_describe_their_targets(raw: tuple[Any, Any, Any]) -> None:
    root, document, _ = raw
    links.describe_links(document, root)
    descriptions = [
        str(box.link_annotation["Contents"].string)
        for page in document.pages
        for *_, box in page.links
        if box.element.tag == "a"
    ]
    assert descriptions == [
        "1: A count of frogs, by hand. A frog",
        "clear water (example.org)",
        *["one long pond: A pond"] * 2,
        "Back: A pond",
    ]


def roles(pdf: Any, role: str) -> list[Any]:
    return [each for each in tags.elements(pdf) if each["S"] == role]


def test_a_heading_in_a_grid_is_tagged_once(pdf: Any) -> None:
    assert len(roles(pdf, "/H2")) == 2
    ua.untag_nested_headings(pdf)
    assert len(roles(pdf, "/H2")) == 1


def test_a_list_in_columns_is_one_list(pdf: Any) -> None:
    assert len(roles(pdf, "/L")) == 4
    ua.join_list_columns(pdf)
    assert [len(each["K"]) for each in roles(pdf, "/L")] == [1, 2]


def test_a_link_over_two_lines_is_one_link_with_two_annotations(raw: tuple[Any, Any, Any], pdf: Any) -> None:
    before = failures(pdf)
    lines = len(roles(pdf, "/Link"))
    links.join_links_across_lines(raw[1], pdf)
    tagged = roles(pdf, "/Link")
    assert len(tagged) == lines - 1
    long = max(tagged, key=lambda link: len(link["K"]))
    assert [tags.type_of(pdf, kid) for kid in long["K"]] == ["/OBJR", "MCID"] * 2
    assert failures(pdf) == before


def test_words_at_line_ends_are_separated_by_spaces(raw: tuple[Any, Any, Any], pdf: Any) -> None:
    fonts = {font.hash.encode(): font.to_unicode for font in raw[1].fonts.values()}

    def words() -> str:
        stream = pdf.objects[int(tags.pages(pdf)[0]["Contents"].split()[0])].stream
        out, font = "", {}
        for part in stream:
            if isinstance(part, bytes) and (face := re.match(rb"/(\S+) \S+ Tf", part)):
                font = fonts[face[1]]
            elif isinstance(part, bytes) and part.endswith(b"TJ"):
                glyphs = b"".join(re.findall(rb"<([0-9a-f]*)>", part))
                out += "".join(font[int(glyphs[at : at + 4], 16)] for at in range(0, len(glyphs), 4))
        return out[out.index("One") : out.index("known") + 5]

    assert words() != "One frog2, one long pond more/or well-known"
    separate_words(raw[1], pdf)
    assert words() == "One frog2, one long pond more/or well-known"


@pytest.mark.parametrize(
    ("html", "target", "words"),
    [
        ('<a aria-label="Back to 2.3">2.3</a>', "p", "Back to 2.3"),
        ("<a>2.3</a>", "p", "2.3 Frogs were counted by hand."),
        ("<a>Frogs</a>", "s", "Frogs"),
        ("<a>7</a>", "long", f"7: {'frog ' * 15}frog…"),
        ("<a>example.org</a>", "https://example.org/a", "example.org"),
        ("<a>A page</a>", "mailto:frog@example.org", "A page (mailto:frog@example.org)"),
    ],
)
def test_a_link_description(html: str, target: str, words: str) -> None:
    parts = {
        "p": "<p>2.3 Frogs were counted<sup><a>1</a></sup>\n by hand.</p>",
        "s": "<section><h2>Frogs</h2><p>Many.</p></section>",
        "long": f"<p>{'frog ' * 40}</p>",
    }
    by_id = {name: ElementTree.fromstring(part) for name, part in parts.items()}
    assert links.link_description(ElementTree.fromstring(html), target, by_id) == words


def test_all_repairs_together_satisfy_both_standards(raw: tuple[Any, Any, Any]) -> None:
    pdf = typeset(sheet(WRONG), Library(POND)).pdf
    for profile in ("ua1", "3a"):
        assert page_validation.validate_pdf_bytes(pdf, profile=profile).failures == []


PICTURED = """
<style>article { position: absolute; left: 96px; top: 96px; width: 192px; height: 96px }</style>
<h1>A pond</h1><article role="img" aria-label="A slide: frogs">
<div style="display: grid"><h2>Frogs</h2><p>many</p></div>
<svg width="9" height="9"><title>A dot</title><rect width="9" height="9"/></svg></article>
<article><p>a text</p></article>
<h2>After</h2>
"""


def test_an_article_that_is_a_picture_is_one_figure() -> None:
    kept: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            ua, "finisher", lambda root, **options: lambda document, pdf: kept.extend([document, copied(pdf)])
        )
        typeset(sheet(PICTURED), Library(POND))
    document, pdf = kept
    ua.tag_pictures_of_pages(document, pdf)
    ua.convert_figure_boxes(pdf)
    roles = [element["S"] for element in tags.elements(pdf)]
    assert [role for role in roles if role in ("/H1", "/H2", "/Figure", "/Art")] == ["/H1", "/Figure", "/Art", "/H2"]
    (figure,) = (element for element in tags.elements(pdf) if element["S"] == "/Figure")
    assert figure["Alt"].string == "A slide: frogs"
    owners = tags.parent_tree(pdf)[1]
    assert [owners[mcid] for mcid in figure["K"]] == [figure.reference] * len(figure["K"])
    assert len(figure["K"]) >= 3
    left, lower, right, upper = figure["A"]["BBox"]
    assert (round(right - left), round(upper - lower)) == (144, 72)
