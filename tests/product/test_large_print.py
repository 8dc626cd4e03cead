"""Large print: nothing smaller than 18pt, cards in place of tables, and a first sheet that begins to tell."""

import re

import pytest
from layout import Layout, layout
from packs import choices, composed

from briefings.briefing.parts import Briefing
from briefings.library import Library, shipped
from briefings.page.page import Page
from briefings.page.render import render

pytestmark = pytest.mark.slow
LIBRARY = Library(shipped())
LEAST = 18 * 96 / 72  # px
FULL = 0.8  # of the first sheet


PACKS = ("kursk", "pond", "brook")
EDITIONS = {  # (pack, file name)
    f"{name}-{audience.id}": (name, choice.file_name(audience.id, paper))
    for name in PACKS
    for audience, choice, paper in choices(name)
    if choice.look == "large-print"
}


def briefing_of(edition: str) -> Briefing:
    name, file_name = EDITIONS[edition]
    return composed(name)[file_name]


@pytest.fixture(scope="module", params=EDITIONS)
def page(request: pytest.FixtureRequest) -> Page:
    return render(briefing_of(request.param), LIBRARY)


def test_each_pack_has_an_edition() -> None:
    assert {name for name, _ in EDITIONS.values()} == set(PACKS)
    made = [(name, b.name) for name in PACKS for b in composed(name).values() if b.choice.look == "large-print"]
    assert made == [*EDITIONS.values()]


def test_no_text_is_small(page: Page) -> None:
    assert [f"{line.size:.1f}px" for line in layout(page, LIBRARY).lines() if line.size < LEAST - 0.01] == []
    assert small_labels(page.html) == []


def small_labels(html: str) -> list[float]:
    drawings = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    sizes = [float(size) for svg in drawings for size in re.findall(r'font-size="([\d.]+)"', svg)]
    return [size for size in sizes if size < LEAST - 0.01]


def test_no_two_spaces_stand_side_by_side(page: Page) -> None:
    texts = [paragraph.text.replace("\u2060", "") for paragraph in layout(page, LIBRARY).paragraphs]
    assert [text for text in texts if re.search(r"[ \u00a0]{2}", text)] == []
    assert any("[1]" in text for text in texts)


def test_no_table_is_left(page: Page) -> None:
    assert "<table" not in page.html


def test_the_first_sheet_is_full_if_there_is_a_second(page: Page) -> None:
    found = layout(page, LIBRARY)
    assert len(found.areas) == 1 or found.filled(0) > FULL


@pytest.mark.parametrize("audience", ["pupils", "secondary"])
def test_as_much_is_told_of_what_changed_as_in_small_type(audience: str) -> None:
    """More of it has a sheet of its own, or the two papers differ."""
    told = []
    for name in (f"{audience}-briefing", f"{audience}-briefing-large-print"):
        found = re.search(r'<section class="changed".*?</section>', render(composed("kursk")[name], LIBRARY).html, re.S)
        assert found
        told.append([re.sub(r"\W", "", words) for words in re.findall(r">([^<]+)", found[0])])
    small, large = ["".join(words) for words in told]
    assert small == large


# -- each guard fails on a page that is wrong --------------------------------------------------------


@pytest.fixture(scope="module")
def shipped_page() -> Page:
    return render(briefing_of("kursk-secondary"), LIBRARY)


def changed(page: Page, style: str) -> Layout:
    html = page.html.replace("</head>", f"<style>@layer theme {{ {style} }}</style></head>")
    return layout(Page(page.name, page.title, html, page.date), LIBRARY)


def test_small_text_is_found(shipped_page: Page) -> None:
    found = changed(shipped_page, ".facts { font-size: 17pt }")
    assert [line for line in found.lines() if line.size < LEAST - 0.01]
    assert small_labels('<svg><text font-size="22">Lake</text></svg>') == [22]


def test_an_empty_first_sheet_is_found(shipped_page: Page) -> None:
    assert changed(shipped_page, ".key-figures { display: none } .flow { break-before: page }").filled(0) < FULL


def test_every_report_has_a_card(shipped_page: Page) -> None:
    cards = re.findall(r'<p class="value"[^>]*>.*?</p>', shipped_page.html)
    figures = [chapter for chapter in briefing_of("kursk-secondary").chapters if chapter.holds == "figures"]
    shown = {row.ref for chapter in figures for piece in chapter.pieces for row in piece.rows}
    assert {ref for card in cards for ref in re.findall(r'data-estimate="([^"]+)"', card)} >= shown
    assert shown
