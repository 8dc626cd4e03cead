"""Briefings and the files that exist -> index.html, which links to them."""

from base64 import b64encode
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path

from ..briefing.parts import Briefing
from ..library import Library
from ..page.page import Page
from ..page.render import render_index
from .formats import FORMATS


def indexes(
    briefings: Mapping[Path, Sequence[Briefing]], library: Library, ready: Container[Path]
) -> Iterator[tuple[Path, bytes]]:
    """The index.html of each pack's folder, with a link to each file that exists or is in `ready` (about to exist)."""
    for folder, pack_briefings in briefings.items():
        entries = []
        for briefing in pack_briefings:
            paths = {name: folder / f"{briefing.name}.{name}" for name in FORMATS}
            files = {name: path.name for name, path in paths.items() if path in ready or path.is_file()}
            if files:
                entries.append({"briefing": briefing, "files": files})
        if entries:
            yield folder / "index.html", index_page(entries, library)


def index_page(entries: Sequence[Mapping[str, object]], library: Library) -> bytes:
    """The index of one pack as self-contained HTML.

    Each entry has a `briefing` and its `files` (format -> file name).
    """
    briefing = entries[0]["briefing"]
    assert isinstance(briefing, Briefing)
    language = briefing.pack.language
    shown = [{**entry, "picture": picture(entry["briefing"], library)} for entry in entries]
    return FORMATS["html"](Page("index", briefing.title, render_index(shown, language, library)), library).content


def picture(briefing: object, library: Library) -> str:
    """The pack's picture of a document's first sheet as a data: URL; "" if the pack has none."""
    assert isinstance(briefing, Briefing)
    folder = library.pack_folders().get(briefing.pack.id)
    path = folder and folder / "pictures" / f"{briefing.name}.png"
    return f"data:image/png;base64,{b64encode(path.read_bytes()).decode('ascii')}" if path and path.is_file() else ""
