"""The deck in a browser: keys, touch, overview, list, presenter's view, print, without script; no request, no error."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

pytestmark = [pytest.mark.slow, pytest.mark.tool("chromium"), pytest.mark.tool("libatomic")]
AT = "document.querySelector('.at').textContent"
SHOWN = "[...document.querySelectorAll('.leaf')].filter(e => e.checkVisibility()).map(e => e.id)"
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def deck(kursk_html: Path) -> Path:
    return kursk_html / "pupils-slides.html"


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open a file; afterwards, assert that no script failed and no request was made."""
    opened: list[Page] = []
    wrong: list[str] = []

    def visit(path: Path, width: int, height: int) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height})
        opened.append(page)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("request", lambda asked: asked.url.startswith(("data:", path.as_uri())) or wrong.append(asked.url))
        page.goto(path.as_uri())
        return page

    yield visit
    for page in opened:
        page.close()
    assert wrong == []


def test_a_deck_is_one_small_file(deck: Path) -> None:
    assert deck.stat().st_size < 1.2e6


def test_keys_turn_slides(visit: Visit, deck: Path) -> None:
    page = visit(deck, 1280, 720)
    count = page.evaluate("document.querySelectorAll('.leaf').length")
    assert page.evaluate(SHOWN) == ["_slide-1"]
    for key, number in (
        *(("ArrowRight", 2), (" ", 3), ("PageDown", 4), ("ArrowLeft", 3), ("PageUp", 2)),
        *(("End", count), ("ArrowRight", count), ("Home", 1), ("ArrowLeft", 1)),
    ):
        page.keyboard.press(key)
        assert (key, page.evaluate(AT)) == (key, f"{number} / {count}")
        assert page.evaluate(SHOWN) == [f"_slide-{number}"]
    slide = page.locator("#_slide-1 .slide").bounding_box()
    assert slide
    assert (round(slide["width"]), round(slide["height"])) == (1280, 720)


def test_a_tap_and_a_swipe_turn_slides(visit: Visit, deck: Path) -> None:
    page = visit(deck, 1280, 720)
    page.mouse.click(1000, 300)
    assert page.evaluate(SHOWN) == ["_slide-2"]
    page.mouse.click(100, 300)
    assert page.evaluate(SHOWN) == ["_slide-1"]
    for start, end, number in ((900, 500, 2), (400, 800, 1)):
        page.mouse.move(start, 300)
        page.mouse.down()
        page.mouse.move(end, 310)
        page.mouse.up()
        assert page.evaluate(SHOWN) == [f"_slide-{number}"]


def test_the_overview_shows_all_and_opens_one(visit: Visit, deck: Path) -> None:
    page = visit(deck, 1280, 720)
    for key in ("o", "Escape"):
        page.keyboard.press(key)
        assert len(page.evaluate(SHOWN)) == page.evaluate("document.querySelectorAll('.leaf').length")
        page.keyboard.press(key)
        assert page.evaluate(SHOWN) == ["_slide-1"]
    page.keyboard.press("o")
    page.locator("#_slide-5").click()
    assert page.evaluate(SHOWN) == ["_slide-5"]
    page.keyboard.press("o")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(SHOWN) == ["_slide-6"]


def test_the_presenter_sees_notes_and_leads_the_deck(visit: Visit, deck: Path) -> None:
    page = visit(deck, 1280, 720)
    wrong: list[str] = []
    with page.expect_popup() as opened:
        page.keyboard.press("p")
    presenter = opened.value
    presenter.on("pageerror", lambda error: wrong.append(str(error)))
    presenter.set_viewport_size({"width": 1280, "height": 720})
    expect(presenter.locator("html")).to_have_attribute("data-mode", "speak")
    presenter.keyboard.press("ArrowRight")
    expect(page.locator(".at")).to_have_text(re.compile("^2 "))
    page.keyboard.press("ArrowRight")
    expect(presenter.locator(".at")).to_have_text(re.compile("^3 "))
    assert presenter.locator("#_slide-3 .slide").is_visible()
    assert presenter.locator("#_slide-4 .slide").is_visible()  # the next one
    assert presenter.locator("#_slide-3 .speaker .said").first.is_visible()
    assert not presenter.locator("#_slide-4 .speaker .spoken, #_slide-4 .speaker .said").first.is_visible()
    expect(presenter.locator(".clock")).to_have_text(re.compile(r"\d\d:\d\d"))
    assert wrong == []


def test_the_buttons_work_by_keyboard_and_show_the_focus(visit: Visit, deck: Path) -> None:
    page = visit(deck, 1280, 720)
    page.locator("[data-do=on]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(AT).startswith("2 ")
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    box = page.locator("[data-do=on]").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 720  # the hidden bar comes into view


def test_a_narrow_window_and_no_script_show_a_list(visit: Visit, browser: Browser, deck: Path) -> None:
    page = visit(deck, 390, 800)
    count = page.evaluate("document.querySelectorAll('.leaf').length")
    assert len(page.evaluate(SHOWN)) == count
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 720})
    plain = context.new_page()
    plain.goto(deck.as_uri())
    assert plain.locator(".leaf .slide").count() == count
    assert plain.locator(".leaf .slide").nth(count - 1).is_visible()
    assert not plain.locator("#_bar").is_visible()
    context.close()


def test_a_print_is_one_sheet_a_slide(visit: Visit, deck: Path, tmp_path: Path) -> None:
    page = visit(deck, 1280, 720)
    page.pdf(path=tmp_path / "deck.pdf", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "deck.pdf").pages
    assert len(sheets) == page.evaluate("document.querySelectorAll('.leaf').length")
    assert round(sheets[0].mediabox.width) == 960
