"""A browser, and a window of it that shows one file after the other, for tests that only look at pages.

To open a window costs a browser as much as to show a page of ours in one that is open. A test that clicks or types
opens a window of its own: what a page keeps in its storage stays in its window.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from briefings.cli import machine

NOTHING = "about:blank"


@contextmanager
def open_browser() -> Iterator[Browser]:
    """The system's Chromium. It sees the fonts of the system, which typesetting in this process has hidden."""
    env = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=machine.program("chromium"), args=["--no-sandbox"], env=env)


class Window:
    """A window in which one file after the other is loaded."""

    def __init__(self, browser: Browser) -> None:
        self._page, self._address, self._wrong = browser.new_page(), NOTHING, list[str]()
        self._page.on("pageerror", lambda error: self._wrong.append(f"{self._address}: {error}"))
        self._page.on("console", lambda message: self._wrong.append(f"{self._address}: {message.text}"))
        self._page.on("request", lambda request: self._asked_for(request.url))

    def show(
        self, path: Path, width: int = 1440, height: int = 900, scheme: Literal["light", "dark"] = "light"
    ) -> Page:
        """The page of a file, loaded when the window has this size in px and this colour scheme."""
        self._go(NOTHING)  # or the page that was there would answer to the new size
        self._page.set_viewport_size({"width": width, "height": height})
        self._page.emulate_media(color_scheme=scheme)
        self._go(path.as_uri())
        return self._page

    def leave(self) -> list[str]:
        """Show nothing; the failed scripts, messages and requests for other files since the last call."""
        self._go(NOTHING)
        wrong, self._wrong = self._wrong, []
        return wrong

    def _go(self, address: str) -> None:
        self._address = address
        self._page.goto(address)

    def _asked_for(self, address: str) -> None:
        if not address.startswith(("data:", self._address)):
            self._wrong.append(address)
