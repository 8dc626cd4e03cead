"""What drawings look like in a browser, light and dark, on a desktop and on a phone, for several packs."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import HERE
from playwright.sync_api import Browser, Page, sync_playwright

import briefings
from briefings.cli import machine
from briefings.library import shipped

pytestmark = [pytest.mark.slow, pytest.mark.tool("chromium"), pytest.mark.tool("libatomic")]
SIZES = {390: 844, 768: 1024, 1440: 900}
SCHEMES = ("light", "dark")
# Of every drawing that a page shows: texts and marks with too little contrast to what is under them.
CONTRAST = (HERE / "product" / "drawn_contrast.js").read_text()
SMALLEST = """() => Math.min(99, ...[...document.querySelectorAll(".drawing svg :is(text, tspan)")]
  .filter(e => e.checkVisibility()).map(e => {
    const scale = e.getScreenCTM();
    return parseFloat(getComputedStyle(e).fontSize) * Math.hypot(scale.a, scale.b);
  }))"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of each pack for a reader of each kind, and its specimen, which shows all drawings."""
    out = tmp_path_factory.mktemp("screens")
    lake = tmp_path_factory.mktemp("lake-project")
    shutil.copytree(HERE / "rules" / "lake", lake / "data" / "lake")
    projects = {"shipped": shipped(), "pond": HERE / "pond", "brook": HERE / "brook", "lake": lake}
    for name, project in projects.items():
        briefings.build(project=project, out=out / name, formats=["html"], documents=["briefing"])
    for name in ("shipped", "pond", "brook"):
        for look in ("page", "large-print") if name == "shipped" else ("page",):
            briefings.build(
                project=projects[name], out=out / name, formats=["html"], documents=["specimen"], looks=[look]
            )
    return {name: next(path.parent for path in (out / name).glob("*/index.html")) for name in projects}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    env = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=machine.program("chromium"), args=["--no-sandbox"], env=env)


def visit(browser: Browser, path: Path, width: int, **context: Any) -> Page:
    page = browser.new_page(viewport={"width": width, "height": SIZES[width]}, **context)
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("pack", ["shipped", "pond", "brook"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_drawings_have_enough_contrast_in_the_colours_of_the_page(
    browser: Browser, folders: dict[str, Path], pack: str, scheme: str
) -> None:
    for path in sorted(folders[pack].glob("specimen-*.html")):
        for width in (1440, 390):
            page = visit(browser, path, width, color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 4000})  # only what is in the window can be asked
            found = page.evaluate(CONTRAST)
            assert (path.name, width, found["low"]) == (path.name, width, [])
            assert found["texts"] > 40
            assert found["marks"] > 40
            grounds = page.locator(".drawing .form svg").evaluate_all(
                "all => [...new Set(all.map(e => getComputedStyle(e).backgroundColor))]"
            )
            assert grounds == ["rgba(0, 0, 0, 0)"]  # no slab of white paper in the dark
            page.close()


@pytest.mark.parametrize("pack", ["shipped", "pond", "brook"])
def test_words_in_drawings_are_large_enough_on_a_phone(browser: Browser, folders: dict[str, Path], pack: str) -> None:
    for path in sorted(folders[pack].glob("specimen-*.html")):
        page = visit(browser, path, 390)
        assert (path.name, page.evaluate(SMALLEST)) >= (path.name, 11)
        page.close()
