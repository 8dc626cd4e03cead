"""What the tests of the product share."""

from collections.abc import Callable, Iterator

import pytest
import scenes
from playwright.sync_api import Browser, Page
from window import Window, open_browser


@pytest.fixture(scope="module", autouse=True)
def drawings_laid_out_once() -> Iterator[None]:
    """Keep the scenes of drawings: nearly every module renders the pages of the same packs."""
    with scenes.laid_out_once():
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def window(browser: Browser) -> Window:
    """For all tests of a module that only look; `show` leads it to their pages."""
    return Window(browser)


@pytest.fixture
def show(window: Window) -> Iterator[Callable[..., Page]]:
    """`Window.show` of that window; afterwards, assert that no script failed and nothing was fetched."""
    window.leave()  # with what went wrong in a test that failed
    yield window.show
    assert window.leave() == []
