"""Every HTML page of the shipped pack in a browser: both colour schemes, keyboard, zoom, print, without requests."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from conftest import ALL_CASES, HERE, node_module
from playwright.sync_api import Browser, Page

import briefings
from briefings.cli import machine
from briefings.library import shipped

pytestmark = [pytest.mark.slow, pytest.mark.tool("chromium"), pytest.mark.tool("libatomic")]
WIDTHS, SCHEMES = (390, 768, 1440), ("light", "dark")
# What axe is run on: each width, and both schemes at the smallest and among the others.
STATES = (
    list(product(WIDTHS, SCHEMES)) if ALL_CASES else [(390, "light"), (390, "dark"), (768, "light"), (1440, "dark")]
)
READERS = ("index", *sorted(path.stem for path in (shipped() / "data" / "audiences").glob("*.yaml")))
# What axe cannot decide: reviewed, and listed with the result.
INCOMPLETE = HERE / "axe-incomplete.txt"
AXE = """() => axe.run(document, {resultTypes: ["violations", "incomplete"], rules: {"target-size": {enabled: true}}})
  .then(found => [found.violations, found.incomplete].map(
    rules => rules.flatMap(rule => rule.nodes.map(node => {
      const drawing = document.querySelector(node.target[0])?.closest(".drawing svg")?.closest(".drawing");
      return `${rule.id}: ${drawing ? `text in the drawing ${drawing.id}` : node.target.join(" ")}`;
    }))))"""
# Whether a finding is the size of a link that lies partly under the open panel, or the bar that stays at the top.
COVERED = """found => {
    const [rule, selector] = found.split(/: (.*)/s);
    const over = [...document.querySelectorAll("#_opened, .folded > summary")];
    const link = rule === "target-size" && document.querySelector(selector);
    if (!link || over.some(each => each.contains(link))) return false;
    const a = link.getBoundingClientRect();
    return over.map(each => each.getBoundingClientRect()).some(
        b => a.top < b.bottom && a.bottom > b.top && a.left < b.right && a.right > b.left);
}"""
# WCAG 1.4.12
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }"""
# Elements with their own text that extend beyond the window or are clipped by their box.
CUT = """() => [...document.body.querySelectorAll("*")].filter(e => {
    const text = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!text || !e.checkVisibility() || e.closest(".hidden, .skip, thead, svg")) return false;
    const box = e.getBoundingClientRect();
    const cut = ["hidden", "clip"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1;
    return cut || box.right > innerWidth + 1 || box.left < -1;
  }).map(e => e.outerHTML.slice(0, 120))"""
# The focused element, whether its focus ring is visible, and whether another element covers it.
FOCUS = """() => {
    const e = document.activeElement;
    if (e === document.body) return null;
    const box = e.getClientRects()[0], style = getComputedStyle(e);
    const at = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    return {
      name: e.outerHTML.slice(0, 160),
      place: [...document.querySelectorAll("a, button, input, summary")].indexOf(e),
      ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      seen: e.id === "_opened" || e.contains(at) || (at?.contains(e) ?? false),
    };
  }"""


@pytest.fixture(scope="module")
def folder(kursk_html: Path) -> Path:
    """With the specimen, which has every part at its longest."""
    return kursk_html


@pytest.fixture(scope="module")
def other_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second pack: its drawings and texts are others, and its templates are the same."""
    out = tmp_path_factory.mktemp("web")
    briefings.build(["smallpox"], project=shipped(), out=out, formats=["html"])
    return out / "smallpox"


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a file; afterwards, assert that no script failed and no request was made."""
    opened: list[Page] = []
    wrong: list[str] = []

    def visit(path: Path, width: int = 1440, height: int = 900, **context: Any) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height}, **context)
        opened.append(page)
        page.on("pageerror", lambda error: wrong.append(f"{path.name}: {error}"))
        page.on("console", lambda message: wrong.append(f"{path.name}: {message.text}"))
        page.on(
            "request", lambda request: request.url.startswith(("data:", path.as_uri())) or wrong.append(request.url)
        )
        page.goto(path.as_uri())
        return page

    yield visit
    for page in opened:
        page.close()
    assert wrong == []


def pages(folder: Path, reader: str) -> list[Path]:
    found = sorted(folder.glob("index.html" if reader == "index" else f"{reader}-*.html"))
    assert found
    return found


# -- machines -----------------------------------------------------------------------------------------


@pytest.mark.tool("javac")
@pytest.mark.tool("npm")
def test_the_html_checker_finds_nothing(folder: Path, other_folder: Path) -> None:
    jar = node_module("vnu-jar/build/dist/vnu.jar")
    files = sorted([*folder.glob("*.html"), *other_folder.glob("*.html")])
    # The second compiler costs twice what it saves; without it, the checker's recursion needs a larger stack.
    java = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m"]
    command = [*java, "-jar", jar, "--format", "json", "--exit-zero-always", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stderr or done.stdout)["messages"]
    assert [f"{Path(m['url']).name}:{m.get('lastLine')}: {m['message']}" for m in found] == []
    assert len(files) > 12


@pytest.mark.tool("npm")
@pytest.mark.parametrize("reader", READERS)
def test_axe_finds_nothing(show: Callable[..., Page], folder: Path, reader: str) -> None:
    axe = node_module("axe-core/axe.min.js").read_text()
    incomplete: set[str] = set()
    for path in pages(folder, reader):
        page = show(path)
        page.evaluate(axe)
        for width, scheme in STATES:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            violations, undecided = page.evaluate(AXE)
            assert (path.name, width, scheme, violations) == (path.name, width, scheme, [])
            incomplete |= {f"{path.name}: {one}" for one in undecided}
    known = {line for line in INCOMPLETE.read_text().splitlines() if line and not line.startswith("#")}
    assert incomplete == {line for line in known if line.startswith((f"{reader}-", f"{reader}."))}


@pytest.mark.tool("npm")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_panels(visit: Callable[..., Page], folder: Path, scheme: str) -> None:
    page = visit(folder / "public-briefing.html", color_scheme=scheme)
    page.evaluate(node_module("axe-core/axe.min.js").read_text())
    for call in (".said .number a", ".said .cite a"):
        page.locator(call).nth(3).click()
        assert page.locator("#_opened").is_visible()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.locator(call).nth(3).focus()
            page.keyboard.press("Enter")
            violations, _ = page.evaluate(AXE)
            # A link that scrolled partly under something is judged where it is free, by the test above.
            assert [found for found in violations if not page.evaluate(COVERED, found)] == []


# -- any width, zoom and spacing ------------------------------------------------------------------------


@pytest.mark.parametrize("reader", [*READERS, "specimen"])
def test_nothing_scrolls_sideways_or_is_cut(show: Callable[..., Page], folder: Path, reader: str) -> None:
    """At 320 px, which is also 1280 px at 400 %; then with the text spacing of WCAG 1.4.12."""
    for path in pages(folder, reader):
        page = show(path, 320, 256)
        for own_spacing in (False, True):
            if own_spacing:
                page.add_style_tag(content=SPACING)
            for width in (320, 768, 1440) if own_spacing else (320, 640, 1024):
                page.set_viewport_size({"width": width, "height": 256})
                across = page.evaluate("document.scrollingElement.scrollWidth")
                assert (path.name, width, across, page.evaluate(CUT)) == (path.name, width, width, [])


def test_the_other_pack_has_no_fault_either(show: Callable[..., Page], other_folder: Path) -> None:
    for path in sorted(other_folder.glob("*.html")):
        page = show(path, 390)
        across = page.evaluate("document.scrollingElement.scrollWidth")
        assert (path.name, across, page.evaluate(CUT)) == (path.name, 390, [])


@pytest.mark.parametrize("reader", READERS)
def test_touch_targets_are_large_enough(show: Callable[..., Page], folder: Path, reader: str) -> None:
    for path in pages(folder, reader):
        small = show(path, 390).evaluate(
            """() => [...document.querySelectorAll("button, summary, .beside a, .links a, .ways a")]
                 .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"""
        )
        assert small == []


def test_lines_have_60_to_70_characters(show: Callable[..., Page], folder: Path) -> None:
    """On average, in running text at full width."""
    averages = {}
    for path in sorted(folder.glob("*-briefing*.html")):
        averages[path.name] = show(path).evaluate(
            """() => {
                 const lines = [...document.querySelectorAll(".said")].flatMap(p => {
                   const count = Math.round(p.offsetHeight / parseFloat(getComputedStyle(p).lineHeight));
                   return count > 3 ? [p.innerText.length / (count - 0.5)] : [];
                 });
                 return lines.length && lines.reduce((a, b) => a + b) / lines.length;
               }"""
        )
    measured = {name: n for name, n in averages.items() if n}  # a note in brief has no paragraph of four lines
    assert len(measured) > 5
    assert {name: round(n) for name, n in measured.items() if not 60 <= n <= 70} == {}


# -- what a reader has set ----------------------------------------------------------------------------------


def test_nothing_moves_with_reduced_motion(visit: Callable[..., Page], folder: Path) -> None:
    moving = """() => [...document.querySelectorAll("*")].filter(e => {
      const style = getComputedStyle(e);
      const still = style.animationName === "none" && parseFloat(style.transitionDuration) === 0;
      return style.scrollBehavior === "smooth" || !still;
    }).length"""
    assert visit(folder / "public-briefing.html", reduced_motion="reduce").evaluate(moving) == 0
    assert visit(folder / "public-briefing.html", reduced_motion="no-preference").evaluate(moving) == 1


def test_forced_colours_keep_rings_borders_and_the_marked_chapter(visit: Callable[..., Page], folder: Path) -> None:
    page = visit(folder / "secondary-briefing.html", forced_colors="active")
    page.locator(".said .number a").nth(4).focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["ring"]
    page.wait_for_selector(".listed [aria-current]")
    for meaning in (".opened", ".because", ".estimates tbody td", ".listed [aria-current]"):
        style = """e => { const s = getComputedStyle(e); return ["Top", "Left"].map(
            side => [s[`border${side}Style`], parseFloat(s[`border${side}Width`]), s[`border${side}Color`]]) }"""
        sides = page.locator(meaning).first.evaluate(style)
        assert any(kind == "solid" and width >= 1 for kind, width, _ in sides), meaning
    # In one call: the mark moves while the page scrolls, and two calls may see different chapters.
    marked, plain = page.evaluate(
        """() => ["[aria-current]", ":not([aria-current])"].map(
            which => getComputedStyle(document.querySelector(`.listed a${which}`)).borderLeftColor)"""
    )
    assert marked != plain


def test_the_index_shows_only_what_is_wanted(visit: Callable[..., Page], folder: Path) -> None:
    page = visit(folder / "index.html")
    papers = page.locator(".paper")
    every = papers.count()
    assert every == len([path for path in folder.glob("*.html") if path.name != "index.html"])
    page.get_by_label("print large").check(force=True)
    shown = [paper.inner_text() for paper in papers.all() if paper.is_visible()]
    assert 0 < len(shown) < every
    assert all("large print" in text for text in shown)
    readers = [reader for reader in page.locator(".reader").all() if reader.is_visible()]
    assert len(readers) == len(shown)  # no audience without a paper is left
    page.get_by_label("see everything").check(force=True)
    assert all(paper.is_visible() for paper in papers.all())


# -- by keyboard alone ----------------------------------------------------------------------------------------


def tab_through(page: Page) -> Iterator[dict[str, Any]]:
    """Each element that Tab reaches, from the page's beginning until focus leaves the page."""
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            return
        yield stop


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", ["index", "public-briefing"])
def test_tab_goes_through_the_page_in_order(visit: Callable[..., Page], folder: Path, name: str, width: int) -> None:
    page = visit(folder / f"{name}.html", width, reduced_motion="reduce")  # no stop is measured while the page scrolls
    stops = list(tab_through(page))
    assert 'class="skip' in stops[0]["name"]
    assert [stop["name"] for stop in stops if not stop["ring"]] == []
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    places = [stop["place"] for stop in stops]
    assert places == sorted(set(places))
    reachable = page.evaluate(  # of a group of radio buttons, Tab stops only at the one that is chosen
        """() => [...document.querySelectorAll("a, button, input:checked, summary")].filter(
             e => e.checkVisibility() && !e.closest("details:not([open]) > :not(summary)")).length"""
    )
    assert len(stops) == reachable


def test_the_skip_link(visit: Callable[..., Page], folder: Path) -> None:
    page = visit(folder / "public-briefing.html")
    skip = page.locator(".skip")
    assert skip.bounding_box()["y"] < 0  # type: ignore[index]
    page.keyboard.press("Tab")
    assert skip.bounding_box()["y"] > 0  # type: ignore[index]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [390, 1440])
def test_a_number_opens_on_focus_and_its_reports_are_reached_by_enter(
    visit: Callable[..., Page], folder: Path, width: int
) -> None:
    page = visit(folder / "public-briefing.html", width)
    opened, number = page.locator("#_opened"), page.locator(".key-figure .number a").first
    while not number.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    assert opened.is_visible()
    assert number.get_attribute("aria-expanded") == "true"
    figure = number.evaluate("e => e.parentElement.dataset.estimate").partition("/")[0]
    refs = opened.locator("li > .number, th .number").evaluate_all("list => list.map(e => e.dataset.estimate)")
    assert len(refs) > 1
    assert {ref.partition("/")[0] for ref in refs} == {figure}
    mine = opened.locator("[aria-current] > .number, [aria-current] th .number")
    assert mine.get_attribute("data-estimate") == number.evaluate("e => e.parentElement.dataset.estimate")
    for report in opened.locator("li, tr").all():  # each has a speaker and a date
        assert re.search(r"\d{4}|undated", report.inner_text())
        assert report.locator("b").count() > 0
    page.keyboard.press("Escape")
    assert not opened.is_visible()
    page.keyboard.press("Enter")
    assert opened.is_visible()
    assert opened.evaluate("e => e === document.activeElement")
    page.keyboard.press("Escape")
    assert not opened.is_visible()
    assert number.evaluate("e => e === document.activeElement")
    page.keyboard.press("Tab")
    assert not number.evaluate("e => e === document.activeElement")


def test_a_note_opens_where_it_is_called(visit: Callable[..., Page], folder: Path) -> None:
    page = visit(folder / "public-briefing.html")
    opened, call = page.locator("#_opened"), page.locator(".said .cite a").nth(6)  # of a source with an address
    call.focus()
    assert not opened.is_visible()
    page.keyboard.press("Enter")
    note = page.locator(f"#note-{call.inner_text()} > a").first
    assert opened.locator(".what a").first.get_attribute("href") == note.get_attribute("href")
    assert opened.get_attribute("aria-label") == call.get_attribute("aria-label") == f"Source {call.inner_text()}"
    stops = [page.evaluate(FOCUS)]
    while page.locator("#_opened:focus-within").count():
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
    assert any("<button" in stop["name"] for stop in stops)
    assert not opened.is_visible()
    assert stops[-1]["place"] == stops[0]["place"] or stops[-1]["place"] > call.evaluate(
        "e => [...document.querySelectorAll('a, button, input, summary')].indexOf(e)"
    )
    call.click()
    assert opened.is_visible()
    call.click()
    assert not opened.is_visible()
    call.click()
    page.locator("h1").click()
    assert not opened.is_visible()
    call.click()
    opened.locator("button").click()
    assert not opened.is_visible()
    call.click()
    opened.locator(".ways a").click()
    assert page.evaluate("location.hash") == f"#note-{call.inner_text()}"


def test_without_a_script_links_lead_to_notes_and_reports(visit: Callable[..., Page], folder: Path) -> None:
    page = visit(folder / "public-briefing.html", java_script_enabled=False)
    call = page.locator(".said .cite a").nth(6)  # of a source with an address
    number = call.inner_text()
    call.click()
    assert page.url.endswith(f"#note-{number}")
    page.locator(f"#note-{number} .back").click()
    assert page.url.endswith(f"#_call-{number}")
    page.locator('.said a[href^="#_figure-"]').first.click()
    assert page.locator(":target").is_visible()  # its collapsed list opens
    assert page.locator("#_opened").is_hidden()


# -- printed from the browser -------------------------------------------------------------------------------------


@pytest.mark.tool("pdfinfo")
@pytest.mark.parametrize("name", ["index", "pupils-briefing", "public-briefing"])
def test_printing_from_a_browser_leaves_out_screen_parts(
    visit: Callable[..., Page], folder: Path, tmp_path: Path, name: str
) -> None:
    page = visit(folder / f"{name}.html", color_scheme="dark")
    if name != "index":
        page.locator(".said .number a").nth(2).click()
    pdf = tmp_path / "printed.pdf"
    texts = page.locator(".said, .about").all_inner_texts()
    pdf.write_bytes(page.pdf(prefer_css_page_size=True))
    info = machine.program("pdfinfo")
    assert info
    words = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    boxes = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    for screen_only in ("Skip to the text", "Close", "Back to the text", "report by report", "Sheets"):
        assert screen_only not in words
    have, want = (set(re.findall(r"\w{4,}", text)) for text in (words, " ".join(texts)))
    assert len(want - have) <= len(want) // 100  # a word split at a line's end
    places = [
        tuple(map(float, found))
        for found in re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.]+)" yMax="([\d.]+)"', boxes)
    ]
    assert places
    assert [p for p in places if p[0] < 30 or p[2] > 595.3 - 30 or p[1] < 15 or p[3] > 841.9 - 15] == []
