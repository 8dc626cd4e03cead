"""Folders -> the moments when a file that pages are made from has changed."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from watchfiles import Change, awatch

from ..library import Library, shipped

BURST_GAP_MS = 50  # ms without a further change before a burst counts as over
RESCAN_MS = 1_000  # ms after which a folder that has appeared since is watched too
_NOT_OURS = ("~", ".swp", ".swx", ".tmp", ".bak", ".orig")  # what editors leave beside the file


def watched_folders(library: Library, packs: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Every folder that is there and holds data, audiences or templates; `packs` are folders outside the project."""
    asked = (*library.template_folders, library.project / "data", shipped() / "data", *packs)
    return tuple(dict.fromkeys(folder.resolve() for folder in asked if folder.is_dir()))


def is_relevant(_: Change, path: str) -> bool:
    """Whether a page can depend on this file: not one that an editor or git hides or leaves behind."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    tried = name.isdigit()  # vim tries a folder by writing 4913 into it
    return not (tried or name.startswith((".", "#")) or name.endswith(_NOT_OURS))


def run_on_changes(make: Callable[[], object], library: Library, packs: Iterable[Path] = ()) -> None:
    """Call `make` now and after each burst of changes, until Ctrl-C."""

    async def again() -> None:
        seen = changes(library, packs)
        while True:
            change = asyncio.ensure_future(anext(seen))
            await asyncio.sleep(0)  # the watcher starts before `make` does, so that nothing saved meanwhile is missed
            make()
            await change

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(again())


async def changes(library: Library, packs: Iterable[Path] = ()) -> AsyncIterator[None]:
    """Once for each burst of changes, for ever."""
    packs = tuple(packs)
    while True:
        watched = watched_folders(library, packs)
        seen = awatch(
            *watched, watch_filter=is_relevant, step=BURST_GAP_MS, rust_timeout=RESCAN_MS, yield_on_timeout=True
        )
        async for found in seen:
            appeared = watched_folders(library, packs) != watched
            if found or appeared:
                yield
            if appeared:
                break
