"""The HTML as a reader opens it: from the file system, on a phone and on a screen, with nothing else to be had."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import POND
from playwright.sync_api import Browser, sync_playwright

import briefings as package
from briefings.cli import machine

# Asked for by name, since a browser that shows its window to nobody may put off loading them.
LOAD = "name => document.fonts.load(`16px '${name}'`).then(faces => faces.map(face => face.status))"
pytestmark = [pytest.mark.slow, pytest.mark.tool("chromium"), pytest.mark.tool("libatomic")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    env = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}  # the typesetter's own
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=machine.program("chromium"), args=["--no-sandbox"], env=env)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    package.build(project=POND, out=out, formats=["html"])
    return out / "pond"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["index", "pupils-briefing", "policy-briefing", "university-briefing"])
def test_it_works_alone(browser: Browser, folder: Path, name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    errors: list[Any] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(error))
    page.on("console", lambda message: errors.append(message.text))
    address = (folder / f"{name}.html").as_uri()
    page.goto(address)
    for face in ("Source Sans 3", "Source Serif 4"):
        assert "loaded" in page.evaluate(LOAD, face)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert [url for url in asked if url != address and not url.startswith("data:")] == []
    assert errors == []
    page.close()


def test_the_index_leads_to_every_file(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    links = page.eval_on_selector_all("main a", "links => links.map(a => a.getAttribute('href'))")
    assert sorted(links) == sorted(path.name for path in folder.glob("*-briefing.html"))
    page.close()
