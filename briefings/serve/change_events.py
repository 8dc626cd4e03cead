"""Changes of files -> a version that differs after each, and a stream of events that tells browsers of it."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

from ..library import Library
from .watch import changes

KEEPALIVE_SECONDS = 15.0  # between comments that keep an idle stream open
MAX_STREAMS = 64  # each open page has one


class ChangeEvents:
    """Counts the changes, and tells all who listen."""

    def __init__(self) -> None:
        self._started, self._change = time.time_ns(), 0
        self._listening: set[asyncio.Event] = set()
        self._closed = False

    @property
    def version(self) -> str:
        """A string that differs after each change, and after each start of the server."""
        return f"{self._started}.{self._change}"

    @property
    def is_full(self) -> bool:
        """Whether no further stream may begin."""
        return len(self._listening) >= MAX_STREAMS

    async def watch(self, library: Library, packs: Iterable[Path]) -> None:
        """Notify of every change, until cancelled."""
        async for _ in changes(library, packs):
            self.notify()

    def notify(self) -> None:
        """Tell that something changed."""
        self._change += 1
        self._wake()

    def close(self) -> None:
        """End all streams, so that the server can stop at once."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        for event in self._listening:
            event.set()

    async def stream(self) -> AsyncGenerator[str, None]:
        """Server-sent events: the present version, then the new one after each change."""
        changed = asyncio.Event()
        self._listening.add(changed)
        try:
            while not self._closed:
                changed.clear()
                yield f"data: {self.version}\n\n"
                while not changed.is_set():
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(changed.wait(), KEEPALIVE_SECONDS)
                    if not changed.is_set():
                        yield ": keep-alive\n\n"  # a comment, which browsers ignore
        finally:
            self._listening.discard(changed)
