"""The layout tests find each fault that they look for: each is here on a page made for it."""

import pytest
from conftest import sheet
from layout import layout
from text_faults import text_faults, typewriter_marks

from briefings.library import Library

NARROW = '<div style="width: 40mm; font-size: 12pt; line-height: 1.2; hyphens: auto">'
CALL = '<sup class="cite">1</sup>'


def faults(body: str, library: Library) -> list[str]:
    return text_faults(layout(sheet(body), library), ("May", "February"))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<p>One two</p><p style="position: absolute; top: 0">three four</p>', "overprint on sheet 1"),
        ("<p>A <span style='margin-left: -1em'>frog</span></p>", "overprint on sheet 1"),
        (NARROW + "https://example.org/alongaddressofapage.html", "address split by a hyphen on sheet 1"),
        (
            NARROW + "<p style='hyphens: manual'>https://example.org/alongaddressofapageofwords.html",
            "text leaves its column on sheet 1",
        ),
        (NARROW + "<p style='white-space: nowrap'>One frog sat there and looked at us", "text leaves its column"),
        ("<p style='position: absolute; left: -25mm'>One frog", "text at the edge of the sheet"),
        ("<p style='position: absolute; top: 300mm'>One frog", "text at the edge of the sheet"),
        (NARROW + "<p>a frog of Prokhorovkaville", "split on sheet 1: Prok"),
        (NARROW + "<p>One small frog sat 6 May here", "torn date on sheet 1: '6\\nMay'"),
        (NARROW + "<p>One small frog of May 2024", "torn date on sheet 1: 'May\\n2024'"),
        (NARROW + "<p>One frog of us, mid-May, sat", "torn date on sheet 1: 'd-\\nMay'"),
        (NARROW + "<p>One frog of the 26–27\u00a0May trip", "torn date on sheet 1: '6–\\n27"),
        (NARROW + f"<p>One small frog saw us {CALL} and sat", "call at the start of a line on sheet 1"),
        (NARROW + "<p>A frog sat in the pond and it had a look at us so", "stub on sheet 1"),
    ],
)
def test_a_fault_is_found(body: str, found: str, library: Library) -> None:
    assert [fault for fault in faults(body, library) if fault.startswith(found)], faults(body, library)


@pytest.mark.parametrize(("value", "wrong"), [("chapter", True), ("chapter, start", False)])
def test_a_wrong_chapter_in_the_foot_is_found(value: str, wrong: bool, library: Library) -> None:
    body = (
        f"<style>h2 {{ string-set: chapter content() }} @page {{ @bottom-left {{ content: string({value}) }} "
        "@bottom-right { content: counter(page) } }</style><h2>Frogs</h2><p>They sat.</p>"
        "<p style='break-before: page'>They still sat.</p><h2>Newts</h2><p>They swam.</p>"
    )
    found = faults(body, library)
    assert ("the foot of sheet 2 says 'Newts' and not 'Frogs'" in found) is wrong


def test_a_page_without_faults(library: Library) -> None:
    body = f"<p>One frog sat on 6\u00a0May\u00a02024\u2060{CALL} and looked.</p><p>“It’s”</p>"
    assert faults(body, library) == []
    assert typewriter_marks(body) == []


@pytest.mark.parametrize(
    "body",
    ["<p>it's", "<p>&#34;so&#34;", '<img alt="it\'s">', "<svg><title>it's</title></svg>", "<td title='a \"b\"'>"],
)
def test_a_typewriter_mark_is_found(body: str) -> None:
    assert typewriter_marks(body)


def test_styles_and_identifiers_are_not_read() -> None:
    assert not typewriter_marks("<style>a::after { content: '' }</style><p id=\"a'b\">x</p><script>'a'</script>")
