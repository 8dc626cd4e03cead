"""Paths -> responses, from processes that make them; each within its time, and only so many at once."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from .page_process import PageProcess, PreviewSetup, ProcessLostError
from .responses import PreviewResponse, plain_page

Result = TypeVar("Result")

PAGE_SECONDS, PDF_SECONDS = 60.0, 180.0  # for one page, and for one PDF
MAX_WAITING = 100  # requests that wait for a page; each may wait with others for the same one
REMEMBERED_SECONDS = 60.0  # how long a page that took too long is not tried again, unless a file changes
WARM_UP_SECONDS = 2.0  # after the start, when the index has been shown


@dataclass(eq=False)
class _Lane:
    """A process and those who wait for it: the index never waits behind pages, and these never behind PDFs."""

    process: PageProcess
    seconds: float
    free: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(eq=False)
class _Asked:
    """A response that is being made, or will be, and how many requests wait for it."""

    task: "asyncio.Task[PreviewResponse]"
    waiting: int = 0
    begun: bool = False


class PageMakers:
    """Makes the responses of the preview, in three processes. `version` returns the present version of the files."""

    def __init__(self, setup: PreviewSetup, version: Callable[[], str]) -> None:
        self._version = version
        self._indexes = _Lane(PageProcess(setup), PAGE_SECONDS)
        self._pages = _Lane(PageProcess(setup), PAGE_SECONDS)
        self._printed = _Lane(PageProcess(setup, typesets=True), PDF_SECONDS)
        self._asked: dict[str, _Asked] = {}
        self._slow: dict[str, tuple[str, float]] = {}  # path -> version and time at which it took too long

    async def warm_up(self) -> None:
        """Start the processes, so that no page waits for it."""
        for lane in (self._indexes, self._pages, self._printed):
            await _in_thread(lane.process.start)
            await asyncio.sleep(WARM_UP_SECONDS)

    def close(self) -> None:
        """End the processes."""
        for lane in (self._indexes, self._pages, self._printed):
            lane.process.close()

    async def respond(self, path: str) -> PreviewResponse:
        """The response for a path. Requests for the same path wait for one. Cancel it when the client has gone."""
        version = self._version()
        if sum(asked.waiting for asked in self._asked.values()) >= MAX_WAITING:
            return plain_page("Busy", "Too many pages are being made. Reload this page in a moment.", version, 503)
        # Whoever asks after a change gets a page from after the change.
        key = f"{version} {path}"
        if key not in self._asked:
            asked = self._asked[key] = _Asked(asyncio.create_task(self._made(key, path, version)))
            asked.task.add_done_callback(lambda _: self._asked.pop(key, None))
        asked = self._asked[key]
        asked.waiting += 1
        try:
            return await asyncio.shield(asked.task)
        finally:
            asked.waiting -= 1
            if not asked.waiting and not asked.begun:  # nobody wants it any more
                asked.task.cancel()

    async def _made(self, key: str, path: str, version: str) -> PreviewResponse:
        lane = self._lane(path)
        async with lane.free:
            if key in self._asked:
                self._asked[key].begun = True
            before, when = self._slow.get(path, ("", 0.0))
            if before == self._version() and time.monotonic() - when < REMEMBERED_SECONDS:
                return self._too_slow(lane, version)
            for _ in range(2):  # a process that was lost may have been killed by chance
                try:
                    return await self._made_in_time(lane, path, version)
                except ProcessLostError as error:
                    lost = str(error)
                except TimeoutError:
                    self._slow[path] = self._version(), time.monotonic()
                    return self._too_slow(lane, version)
            hint = "It took more memory than there is, perhaps; what is in it that is not in others?"
            return plain_page("This page could not be made", f"Twice, {lost}. {hint}", version, 500)

    async def _made_in_time(self, lane: _Lane, path: str, version: str) -> PreviewResponse:
        making = asyncio.ensure_future(_in_thread(lambda: lane.process.ask(path, version)))
        done, _ = await asyncio.wait({making}, timeout=lane.seconds)
        if not done:
            lane.process.kill()
            making.add_done_callback(lambda future: future.exception())  # nobody asks for it any more
            raise TimeoutError
        return making.result()

    def _too_slow(self, lane: _Lane, version: str) -> PreviewResponse:
        said = f"It was given up after {lane.seconds:.0f} seconds. Is there a loop in a template that never ends?"
        again = f"It is tried again after the next change of a file, or in {REMEMBERED_SECONDS:.0f} seconds."
        return plain_page("This page takes too long", f"{said} {again}", version, 503)

    def _lane(self, path: str) -> _Lane:
        _, _, file = path.partition("/")
        if file in ("", "index.html"):
            return self._indexes
        return self._printed if file.endswith(".pdf") else self._pages


async def _in_thread(work: Callable[[], Result]) -> Result:
    """What `work` returns, from a thread for which nobody waits when the program ends, unlike those of an executor."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def set_result(result: Result | None, error: Exception | None) -> None:
        if future.done():
            return
        if error:
            future.set_exception(error)
        else:
            future.set_result(cast("Result", result))

    def run() -> None:
        outcome: tuple[Result | None, Exception | None]
        try:
            outcome = work(), None
        except Exception as error:
            outcome = None, error
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(set_result, *outcome)

    threading.Thread(target=run, daemon=True).start()
    return await future
