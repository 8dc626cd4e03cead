"""The HTML opened from the file system, at the widths of a phone and a desktop, makes no request and no error."""

from pathlib import Path
from typing import Any

import pytest
from conftest import POND
from playwright.sync_api import Browser

import briefings as package

# Load each font explicitly: a headless browser may defer loading.
LOAD = "name => document.fonts.load(`16px '${name}'`).then(faces => faces.map(face => face.status))"
pytestmark = [pytest.mark.slow, pytest.mark.tool("chromium"), pytest.mark.tool("libatomic")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    package.build(project=POND, out=out, formats=["html"])
    return out / "pond"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["index", "pupils-briefing", "policy-briefing", "university-briefing"])
def test_a_page_works_without_other_files(browser: Browser, folder: Path, name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    requests: list[str] = []
    errors: list[Any] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(error))
    page.on("console", lambda message: errors.append(message.text))
    address = (folder / f"{name}.html").as_uri()
    page.goto(address)
    for face in ("Source Sans 3", "Source Serif 4"):
        assert "loaded" in page.evaluate(LOAD, face)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert [url for url in requests if url != address and not url.startswith("data:")] == []
    assert errors == []
    page.close()


def test_the_index_links_every_file(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    links = page.eval_on_selector_all("main a", "links => links.map(a => a.getAttribute('href'))")
    assert sorted(links) == sorted(path.name for path in folder.glob("*-*.html"))
    page.close()
