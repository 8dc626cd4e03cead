"""What a browser shows first, and where it ends: pictures, edges and colours at three widths, for several packs."""

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import HERE
from playwright.sync_api import Browser, Page

import briefings

pytestmark = [pytest.mark.slow, pytest.mark.tool("chromium"), pytest.mark.tool("libatomic")]
SIZES = {390: 844, 768: 1024, 1440: 900}
SCHEMES = ("light", "dark")
PACKS = ("shipped", "pond", "brook", "lake")
# Of every drawing that a page shows: texts and marks with too little contrast to what is under them.
CONTRAST = (HERE / "product" / "drawn_contrast.js").read_text()
# Whether a drawing is in the window: all of it, or 60 px.
SHOWN = """() => [...document.querySelectorAll(".drawing .form")].filter(e => e.checkVisibility())
  .map(e => e.getBoundingClientRect())
  .some(box => Math.min(box.bottom, innerHeight) - Math.max(box.top, 0) >= Math.min(60, box.height))"""
# Right edge -> the blocks that end there; cells of columns and of the margin are inside such blocks.
EDGES = """() => {
  const blocks = `.cover, .deck, .first-screen > *, .chapter > h2, .said, .drawing, .form > *, .figure, .estimates,
    .reason, .task, .gloss, .timeline, .entries, .notes li, .left-out, .reports, .colophon`;
  const edges = {};
  for (const e of document.querySelectorAll(blocks)) {
    if (!e.checkVisibility() || e.closest(".opened, td, .entry") || !e.getBoundingClientRect().width) continue;
    (edges[Math.round(e.getBoundingClientRect().right)] ??= new Set()).add(e.className || e.localName);
  }
  return Object.entries(edges).map(([edge, names]) => [Number(edge), [...names].slice(0, 5).join(", ")]);
}"""
SMALLEST = """() => Math.min(99, ...[...document.querySelectorAll(".drawing svg :is(text, tspan)")]
  .filter(e => e.checkVisibility()).map(e => {
    const scale = e.getScreenCTM();
    return parseFloat(getComputedStyle(e).fontSize) * Math.hypot(scale.a, scale.b);
  }))"""


@pytest.fixture(scope="module")
def folders(kursk_html: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of each pack for a reader of each kind, and its specimen, which shows all drawings."""
    out = tmp_path_factory.mktemp("screens")
    lake = tmp_path_factory.mktemp("lake-project")
    shutil.copytree(HERE / "rules" / "lake", lake / "data" / "lake")
    projects = {"pond": HERE / "pond", "brook": HERE / "brook", "lake": lake}
    for project in projects.values():
        briefings.build(project=project, out=out, formats=["html"], documents=["briefing"])
    for name in ("pond", "brook"):
        briefings.build(project=projects[name], out=out, formats=["html"], documents=["specimen"], looks=["page"])
    return {"shipped": kursk_html, **{name: out / name for name in projects}}


def briefings_of(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*-briefing*.html"))
    assert len(found) > 2
    return found


def specimens_of(folder: Path) -> list[Path]:
    """In two looks, if it has both: what these tests measure is the same in the others."""
    found = [path for look in ("page", "large-print") if (path := folder / f"specimen-{look}.html").is_file()]
    assert found
    return found


class Sight(NamedTuple):
    """What a page shows when it is loaded in a window of one width: counts of elements, and what EDGES finds."""

    drawings: int
    first_screens: int
    shows_drawing: bool
    edges: list[list[Any]]
    across: int


@pytest.fixture(scope="module")
def sights() -> dict[tuple[Path, int], Sight]:
    return {}


@pytest.fixture
def look(show: Callable[..., Page], sights: dict[tuple[Path, int], Sight]) -> Callable[[Path, int], Sight]:
    """The sight of a file at a width. Kept, since two tests ask for most of them and to load a page takes longest."""

    def look(path: Path, width: int) -> Sight:
        if (path, width) not in sights:
            page = show(path, width, SIZES[width])
            counts = (page.locator(of).count() for of in (".drawing", ".first-screen"))
            across = page.evaluate("document.scrollingElement.scrollWidth")
            sights[path, width] = Sight(*counts, page.evaluate(SHOWN), page.evaluate(EDGES), across)
        return sights[path, width]

    return look


def visit(browser: Browser, path: Path, width: int, **context: Any) -> Page:
    """Open a page in a window of its own."""
    page = browser.new_page(viewport={"width": width, "height": SIZES[width]}, **context)
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("width", SIZES)
def test_a_picture_is_on_the_first_screen(
    look: Callable[[Path, int], Sight], folders: dict[str, Path], pack: str, width: int
) -> None:
    """Of every page whose document has a drawing; a page without one has no empty place for it."""
    with_picture = 0
    for path in [*briefings_of(folders[pack]), folders[pack] / "index.html"]:
        seen = look(path, width)
        if seen.drawings:
            with_picture += 1
            assert seen.shows_drawing, path.name
        else:
            assert seen.first_screens == 0
    assert with_picture > 1 or pack == "lake"


def test_judgements_stand_beside_the_picture(browser: Browser, folders: dict[str, Path]) -> None:
    page = visit(browser, folders["shipped"] / "policy-briefing.html", 1440)
    boxes = [page.locator(f".first-screen > .{name}").bounding_box() for name in ("drawing", "judgements")]
    drawing, judgements = boxes
    assert drawing
    assert judgements
    assert abs(drawing["y"] - judgements["y"]) < 10
    assert drawing["x"] + drawing["width"] < judgements["x"]
    verdicts = page.locator(".first-screen .verdict").all()
    assert [(box := verdict.bounding_box()) is not None and box["y"] < 880 for verdict in verdicts] == [True] * 5
    page.close()


def test_the_leading_picture_is_shown_once_and_its_chapter_leads_to_it(
    browser: Browser, folders: dict[str, Path]
) -> None:
    page = visit(browser, folders["shipped"] / "public-briefing.html", 1440)
    picture = page.locator(".first-screen > .drawing")
    key = picture.get_attribute("id")
    assert page.locator(f'[id="{key}"]').count() == 1
    page.locator(f'.chapter .see a[href="#{key}"]').click()
    page.wait_for_function("() => scrollY < 600")
    page.close()


@pytest.mark.parametrize("width", SIZES)
def test_blocks_end_at_the_edge_of_the_text_or_of_the_page(
    look: Callable[[Path, int], Sight], folders: dict[str, Path], width: int
) -> None:
    for pack in ("shipped", "brook"):
        for path in briefings_of(folders[pack]):
            seen = look(path, width)
            assert len(seen.edges) <= (2 if width == 1440 else 1), (path.name, seen.edges)
            assert seen.across == width


def test_sources_stand_beside_their_paragraphs_in_a_wide_window(browser: Browser, folders: dict[str, Path]) -> None:
    page = visit(browser, folders["shipped"] / "university-briefing.html", 1440)
    page.wait_for_selector(".standing li")
    margin = page.locator(".standing").evaluate(
        """e => [...e.children].map(ul => ul.getBoundingClientRect())
             .map(box => [box.left, box.right, box.top, box.bottom])"""
    )
    text = page.locator(".flow").bounding_box()
    cover = page.locator(".cover").bounding_box()
    assert text
    assert cover
    assert len(margin) > 50
    assert all(
        left > text["x"] + text["width"] and right <= cover["x"] + cover["width"] + 1 for left, right, *_ in margin
    )
    assert all(one[3] <= other[2] for one, other in pairwise(margin))  # none on another
    first = page.locator(".flow .said:has(.cite)").first
    call = first.locator(".cite a").first.inner_text()
    assert page.locator(".standing ul").first.inner_text().startswith(f"{call} ")
    assert page.locator(".standing").get_attribute("aria-hidden") == "true"
    for width in (390, 768):
        page.set_viewport_size({"width": width, "height": 900})
        assert not page.locator(".standing").is_visible()
    page.close()


@pytest.mark.parametrize("pack", ["shipped", "pond", "brook"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_drawings_have_enough_contrast_in_the_colours_of_the_page(
    show: Callable[..., Page], folders: dict[str, Path], pack: str, scheme: str
) -> None:
    for path in specimens_of(folders[pack]):
        for width in (1440, 390):
            page = show(path, width, SIZES[width], scheme)
            page.set_viewport_size({"width": width, "height": 4000})  # only what is in the window can be asked
            found = page.evaluate(CONTRAST)
            assert (path.name, width, found["low"]) == (path.name, width, [])
            assert found["texts"] > 40
            assert found["marks"] > 40
            grounds = page.locator(".drawing .form svg").evaluate_all(
                "all => [...new Set(all.map(e => getComputedStyle(e).backgroundColor))]"
            )
            assert grounds == ["rgba(0, 0, 0, 0)"]  # no slab of white paper in the dark


@pytest.mark.parametrize("pack", ["shipped", "pond", "brook"])
def test_words_in_drawings_are_large_enough_on_a_phone(
    show: Callable[..., Page], folders: dict[str, Path], pack: str
) -> None:
    for path in specimens_of(folders[pack]):
        page = show(path, 390, SIZES[390])
        assert (path.name, page.evaluate(SMALLEST)) >= (path.name, 11)


@pytest.mark.parametrize("script", [True, False])
def test_the_contents_stay_in_reach_on_a_phone(browser: Browser, folders: dict[str, Path], script: bool) -> None:
    path = folders["shipped"] / "university-briefing.html"
    page = visit(browser, path, 390, java_script_enabled=script, reduced_motion="reduce")
    page.locator(".chapter").nth(3).scroll_into_view_if_needed()
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(200)
    button = page.locator(".folded summary")
    assert 0 <= button.bounding_box()["y"] < 40  # type: ignore[index]
    button.click()
    page.locator(".folded a").nth(1).click()
    title = page.locator(".chapter > h2").nth(1).bounding_box()
    bar = button.bounding_box()
    assert title
    assert bar
    if script:  # the list folds again, and the title stands under it, not behind it
        assert bar["y"] + bar["height"] <= title["y"] < 844
    page.close()
