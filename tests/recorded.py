"""The layouts of documents, kept while a build typesets them, for tests that read them.

Laying a document out takes two thirds of the time that typesetting it takes. So the build for all tests keeps each
layout beside its PDFs, and `layout.layout` takes it from there. A page that was not built is laid out, as when a
single test is run.
"""

import os
import pickle
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from briefings.library import Library
from briefings.page.page import Page
from briefings.pdf import typeset

FOLDER = "BRIEFINGS_LAYOUTS"  # the environment variable that tells a worker where to keep layouts
# A worker that keeps layouts. It gets pytest's sys.path, which has this folder.
START = """
import sys
sys.path[:] = {path!r}
import layout, recorded
from briefings.output.workers import worker_main
recorded.record(layout.read)
worker_main()
"""
KEPT: list[Path] = []  # the folder of the layouts, once conftest has named it


def record(read: Callable[[Any], object]) -> None:
    """From now on, keep what `read` makes of each `weasyprint.Document` that this process typesets."""
    folder = Path(os.environ[FOLDER])
    folder.mkdir(parents=True, exist_ok=True)
    typeset_page, lay_out, library = typeset._typeset, typeset._lay_out, list[Library]()

    def typeset_noted(page: Page, own: Library, fields: bool) -> Any:
        library[:] = [own]
        return typeset_page(page, own, fields)

    def lay_out_recorded(page: Page, *how: Any) -> tuple[Any, Any]:
        html, document = lay_out(page, *how)
        (folder / _key(page, library[0])).write_bytes(pickle.dumps(read(document)))
        return html, document

    typeset._typeset, typeset._lay_out = typeset_noted, lay_out_recorded  # type: ignore[assignment]


def find(page: Page, library: Library) -> Any:
    """What was kept for a page in this library, or None."""
    for folder in KEPT:
        path = folder / _key(page, library)
        if path.is_file():
            return pickle.loads(path.read_bytes())
    return None


def _key(page: Page, library: Library) -> str:
    """The text of the page and what chooses its styles: with another theme, the same page has another layout."""
    return sha256(repr((library.project, library.themes, library.house, page.html)).encode()).hexdigest()
