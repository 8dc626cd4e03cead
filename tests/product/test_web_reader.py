"""The reader page in a browser: its switches by pointer and keyboard, their memory, and what works without a script."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, pytest.mark.tool("chromium")]
# Of each text with several levels: the level that is seen, as the class of its paragraph.
SEEN = """() => [...document.querySelectorAll(".levels")].map(
    text => [...text.querySelectorAll(":scope > .level")].filter(p => p.checkVisibility()).map(p => p.className))"""
CHOSEN = (
    '() => [...document.querySelectorAll(".choose")].map(c => c.querySelector(":checked")?.parentElement.className)'
)


@pytest.fixture(scope="module")
def reader(kursk_html: Path) -> Path:
    return kursk_html / "everyone-reader.html"


@pytest.fixture
def visit(browser: Browser, reader: Path) -> Iterator[Callable[..., Page]]:
    """Open the page in a context of its own, in which it remembers; afterwards, assert that no script failed."""
    contexts, wrong = [], []

    def visit(before: str = "", **options: Any) -> Page:
        context = browser.new_context(viewport={"width": 1200, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        if before:
            page.add_init_script(before)
        page.goto(reader.as_uri())
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []


def assert_all_seen(page: Page, level: str, *, but: int = 0) -> None:
    """Each text shows exactly one paragraph: that of `level`, but for `but` texts."""
    seen = page.evaluate(SEEN)
    assert len(seen) > 200
    assert {len(shown) for shown in seen} == {1}
    assert sum(level not in shown.split() for (shown,) in seen) == but


@pytest.mark.parametrize("script", [True, False])
def test_the_page_has_a_level_and_a_text_its_own(visit: Callable[..., Page], script: bool) -> None:
    page = visit(java_script_enabled=script)
    assert_all_seen(page, "standard")
    page.locator(".page-level label", has_text="Plain").click()
    assert_all_seen(page, "plain")
    button = page.locator(".page-level button")
    assert not button.is_visible()
    page.locator("#est-1 .choose label", has_text="Advanced").click()
    assert_all_seen(page, "plain", but=1)
    assert page.locator("#est-1 > .advanced").is_visible()
    button.click()
    assert_all_seen(page, "plain")
    assert not button.is_visible()


def test_switches_work_by_keyboard_and_show_their_focus(visit: Callable[..., Page]) -> None:
    page = visit()
    page.locator("#_level-standard").focus()
    page.keyboard.press("ArrowRight")
    assert_all_seen(page, "advanced")
    page.keyboard.press("Tab")  # one stop for the page's switch: the next one is in the first text
    stops = []
    for _ in range(4):
        stops.append(page.evaluate("document.activeElement.name || document.activeElement.className"))
        page.keyboard.press("Tab")
    assert "_level" not in stops
    page.locator("#est-1 .choose .advanced input").focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator("#est-1 > .standard").is_visible()
    assert_all_seen(page, "advanced", but=1)
    ring = "getComputedStyle(document.activeElement.parentElement).outlineStyle"
    assert page.evaluate(ring) == "solid"


def test_the_choice_is_remembered_and_heard(visit: Callable[..., Page]) -> None:
    page = visit()
    page.locator(".page-level label", has_text="Plain").click()
    page.locator("#est-2 .choose label", has_text="Advanced").click()
    before = page.evaluate(CHOSEN)
    assert None not in before  # a screen reader hears what is chosen in every switch
    page.reload()
    assert_all_seen(page, "plain", but=1)
    assert page.locator("#est-2 > .advanced").is_visible()
    assert page.evaluate(CHOSEN) == before


@pytest.mark.parametrize(
    "storage",
    [
        'Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }})',
        *(
            f"localStorage.setItem('briefings/kursk/everyone-reader', {kept!r})"
            for kept in ("not JSON", "null", '{"page": 5, "own": {"_est-1": ["x"], "_est-2": "none"}}')
        ),
    ],
)
def test_a_memory_that_is_forbidden_or_broken_is_ignored(visit: Callable[..., Page], storage: str) -> None:
    page = visit(before=storage)
    assert_all_seen(page, "standard")
    page.locator(".page-level label", has_text="Advanced").click()
    assert_all_seen(page, "advanced")


def test_the_line_that_is_read_stays_in_place(visit: Callable[..., Page]) -> None:
    page = visit()
    page.evaluate("document.getElementById('fig-intro-1').scrollIntoView({block: 'center', behavior: 'instant'})")
    first = """() => {
        const bar = document.getElementById("_levels").getBoundingClientRect().bottom;
        const texts = [...document.querySelectorAll(".levels[id]:has(.choose)")];
        return texts.find(text => text.getBoundingClientRect().top >= bar).id;
    }"""
    name = page.evaluate(first)
    top = f"document.getElementById({name!r}).getBoundingClientRect().top"
    before, scrolled = page.evaluate(top), page.evaluate("scrollY")
    for level in ("Plain", "Advanced"):
        box = page.locator(".page-level label", has_text=level).bounding_box()
        assert box
        page.mouse.click(box["x"] + 9, box["y"] + 9)  # Playwright's own click scrolls first
        page.wait_for_timeout(100)  # a frame in which the browser could move the page too
        assert abs(page.evaluate(top) - before) < 2
        assert abs(page.evaluate("scrollY") - scrolled) > 100


def test_paper_has_what_is_chosen(visit: Callable[..., Page]) -> None:
    page = visit()
    page.locator(".page-level label", has_text="Plain").click()
    page.locator("#est-1 .choose label", has_text="Advanced").click()
    page.emulate_media(media="print")
    assert_all_seen(page, "plain", but=1)
    assert not page.locator(".choose").first.is_visible()
    assert not page.locator(".page-level").is_visible()


def test_a_note_leads_back_to_a_text_whatever_its_level(visit: Callable[..., Page]) -> None:
    page = visit()
    page.locator(".page-level label", has_text="Plain").click()
    hidden = """() => [...document.querySelectorAll(".notes .back")].map(a => a.hash.slice(1))
        .map(id => document.getElementById(id))
        .filter(e => !e.checkVisibility() && !e.closest("details")).map(e => e.id)"""  # a browser opens details itself
    assert page.evaluate(hidden) == []
