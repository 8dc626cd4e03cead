"""Watched folders -> an event for each burst of changes to files that pages are made from."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from watchfiles import Change, awatch

from ..library import Library, shipped
from ..project_root import PROJECT_FILE

BURST_GAP_MS = 50  # a burst of changes is over after this time without a further one
RESCAN_MS = 1_000  # how often to look for what the watcher does not report: see _state
_IGNORED_ENDINGS = ("~", ".swp", ".swx", ".tmp", ".bak", ".orig")  # files that editors leave next to the real one


def watched_folders(library: Library, packs: Iterable[Path] = ()) -> tuple[Path, ...]:
    """The existing folders that hold data, audiences or templates; `packs` may lie outside the project."""
    candidates = (*library.template_folders, library.project / "data", shipped() / "data", *packs)
    return tuple(dict.fromkeys(folder.resolve() for folder in candidates if folder.is_dir()))


def is_relevant(_: Change, path: str) -> bool:
    """Whether a page can depend on this file: False for hidden files and those that editors leave behind."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    is_probe = name.isdigit()  # vim creates a file "4913" to test whether it can write to a folder
    return not (is_probe or name.startswith((".", "#")) or name.endswith(_IGNORED_ENDINGS))


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


def _state(library: Library, packs: Iterable[Path]) -> tuple[tuple[Path, ...], object]:
    """What the watcher does not report: new folders, and a change of the project file, which is in none of them."""
    try:
        stat = (library.project / PROJECT_FILE).stat()
    except OSError:
        return watched_folders(library, packs), None
    return watched_folders(library, packs), (stat.st_mtime_ns, stat.st_size, stat.st_ino)


async def changes(library: Library, packs: Iterable[Path] = ()) -> AsyncIterator[None]:
    """Yield once for each burst of changes, without end."""
    packs = tuple(packs)
    while True:
        watched = _state(library, packs)
        events = awatch(
            *watched[0], watch_filter=is_relevant, step=BURST_GAP_MS, rust_timeout=RESCAN_MS, yield_on_timeout=True
        )
        async for changed_files in events:
            unreported = _state(library, packs) != watched
            if changed_files or unreported:
                yield
            if unreported:
                break  # watch again, with the new folder
