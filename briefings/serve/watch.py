"""Watched folders -> an event for each burst of changes to files that pages are made from."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from watchfiles import Change, awatch

from ..library import Library, is_stray, shipped
from ..safe_files import walk

BURST_GAP_MS = 50  # a burst of changes is over after this time without a further one
RESCAN_MS = 1_000  # how often to look for what the watcher does not report: see _state and _linked_files


def watched_folders(library: Library, packs: Iterable[Path] = ()) -> tuple[Path, ...]:
    """The existing folders that hold data, audiences or templates; `packs` may lie outside the project."""
    candidates = (*library.template_folders, library.project / "data", shipped() / "data", *packs)
    return tuple(dict.fromkeys(folder.resolve() for folder in candidates if os.path.isdir(folder)))


def is_relevant(_: Change, path: str) -> bool:
    """Whether a page can depend on this file: False for hidden files and those that editors leave behind."""
    return not is_stray(path.replace("\\", "/").rsplit("/", 1)[-1])


def run_on_changes(make: Callable[[], object], library: Library, packs: Iterable[Path] = ()) -> None:
    """Call `make` now and after each burst of changes, until Ctrl-C."""

    async def loop() -> None:
        bursts = changes(library, packs)
        while True:
            change = asyncio.ensure_future(anext(bursts))
            # Let the watcher start before `make` runs, so that a file saved while it runs is not missed.
            await asyncio.sleep(0)
            make()
            await change

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(loop())


async def changes(library: Library, packs: Iterable[Path] = ()) -> AsyncIterator[None]:
    """Yield once for each burst of changes, without end."""
    packs = tuple(packs)
    links: _Files = {}
    while True:
        watched = folders, _ = _state(library, packs)
        events = awatch(
            *folders, watch_filter=is_relevant, step=BURST_GAP_MS, rust_timeout=RESCAN_MS, yield_on_timeout=True
        )
        try:
            links = links or _linked_files(folders)
            async for changed_files in events:
                unreported, linked = _state(library, packs) != watched, _linked_files(folders)
                if changed_files or unreported or linked != links:
                    yield
                links = linked
                if unreported:
                    break  # watch again: a new folder, or another one with the name of the old
        except (OSError, RuntimeError):  # a folder went while the watcher or we looked into it
            yield
            await asyncio.sleep(RESCAN_MS / 1000)


_Files = dict[Path, tuple[int, int, int]]


def _state(library: Library, packs: Iterable[Path]) -> tuple[dict[Path, tuple[int, int]], object]:
    """What the watcher does not report: which folder has each name, and the files that are in none of them.

    The watcher goes on watching a folder that was renamed.
    """
    found = {}
    for folder in watched_folders(library, packs):
        with contextlib.suppress(OSError):
            stat = folder.stat()
            found[folder] = stat.st_dev, stat.st_ino
    return found, _states(library.loose_files)


def _states(paths: Iterable[Path]) -> _Files:
    found = {}
    for path in paths:
        with contextlib.suppress(OSError):
            stat = path.stat()
            found[path] = stat.st_mtime_ns, stat.st_size, stat.st_ino
    return found


def _linked_files(folders: Iterable[Path]) -> _Files:
    """The state of every file that is a link: the watcher sees a change of the link, and not of what it leads to."""
    files = (path for folder in folders for path in walk(folder, inside=os.sep))  # only looked at
    return _states(Path(path) for path in files if os.path.islink(path))
