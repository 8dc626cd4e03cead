"""Requests -> responses from a process: shared, bounded and given up in time; here without processes."""

import asyncio
import threading
import time
from collections.abc import Callable

import pytest

from briefings.serve import page_makers as module
from briefings.serve.page_makers import PageMakers
from briefings.serve.page_process import PageProcess, PreviewSetup, ProcessLostError
from briefings.serve.responses import PreviewResponse


class Maker:
    """In place of a process. It answers with the path, unless the path says otherwise."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.kills = 0
        self._killed = threading.Event()

    def ask(self, path: str, version: str) -> PreviewResponse:
        self.asked.append(path)
        if "slow" in path:
            time.sleep(0.1)
        if "endless" in path:
            killed = self._killed = threading.Event()
            killed.wait(10)
            raise ProcessLostError("it was killed")
        if "lost" in path:
            raise ProcessLostError("the process that made it ended unexpectedly")
        return PreviewResponse(path.encode())

    def kill(self) -> None:
        self.kills += 1
        self._killed.set()


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> Maker:
    made = Maker()
    monkeypatch.setattr(PageProcess, "ask", lambda _, path, version: made.ask(path, version))
    monkeypatch.setattr(PageProcess, "kill", lambda _: made.kill())
    monkeypatch.setattr(module, "PAGE_SECONDS", 0.3)
    return made


def asked(*paths: str, version: Callable[[], str] = lambda: "1") -> list[PreviewResponse]:
    async def ask() -> list[PreviewResponse]:
        makers = PageMakers(PreviewSetup(lambda: None), version)  # type: ignore[arg-type, return-value]
        return await asyncio.gather(*map(makers.respond, paths))

    return asyncio.run(ask())


def test_requests_for_one_path_are_one_job(maker: Maker) -> None:
    found = asked(*["pond/slow.html"] * 30, *["pond/slow.pdf"] * 30)
    assert {each.content for each in found} == {b"pond/slow.html", b"pond/slow.pdf"}
    assert sorted(maker.asked) == ["pond/slow.html", "pond/slow.pdf"]


def test_after_a_change_a_page_is_made_anew(maker: Maker) -> None:
    numbers = iter(range(99))
    asked(*["pond/slow.html"] * 3, version=lambda: str(next(numbers)))
    assert maker.asked == ["pond/slow.html"] * 3


def test_an_index_waits_neither_for_pages_nor_for_pdfs(maker: Maker) -> None:
    began = time.monotonic()
    asked(*(f"pond/slow{number}.{form}" for number in range(9) for form in ("html", "pdf")), "pond/")
    assert time.monotonic() - began >= 0.9
    assert maker.asked.index("pond/") < 4


def test_more_than_so_many_requests_are_told_to_come_again(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_WAITING", 5)
    found = asked(*(f"pond/slow{number}.html" for number in range(3)), *["pond/slow1.html"] * 6)
    assert [each.status for each in found] == [200] * 5 + [503] * 4
    assert b"Busy" in found[-1].content


def test_a_page_that_never_ends_is_given_up_once_for_all(maker: Maker) -> None:
    """Those who ask later get the same answer without a try, until a file changes."""
    versions = {"now": "1"}

    async def ask() -> list[PreviewResponse]:
        makers = PageMakers(PreviewSetup(lambda: None), lambda: versions["now"])  # type: ignore[arg-type, return-value]
        found = await asyncio.gather(*[makers.respond("pond/endless.html")] * 1, makers.respond("pond/endless.html"))
        found.append(await makers.respond("pond/endless.html"))
        assert maker.asked == ["pond/endless.html"]
        versions["now"] = "2"
        return [*found, await makers.respond("pond/endless.html")]

    found = asyncio.run(ask())
    assert [each.status for each in found] == [503] * 4
    assert all(b"This page takes too long" in each.content for each in found)
    assert maker.asked == ["pond/endless.html"] * 2
    assert maker.kills == 2


def test_a_lost_process_is_tried_once_more(maker: Maker) -> None:
    (found,) = asked("pond/lost.html")
    assert found.status == 500
    assert b"This page could not be made" in found.content
    assert maker.asked == ["pond/lost.html"] * 2


def test_what_nobody_waits_for_is_not_begun(maker: Maker) -> None:
    async def ask() -> None:
        makers = PageMakers(PreviewSetup(lambda: None), lambda: "1")  # type: ignore[arg-type, return-value]
        first = asyncio.create_task(makers.respond("pond/slow.html"))
        others = [asyncio.create_task(makers.respond(f"pond/{number}.html")) for number in range(20)]
        await asyncio.sleep(0.05)
        for task in others:
            task.cancel()
        await first
        await makers.respond("pond/last.html")

    asyncio.run(ask())
    assert maker.asked == ["pond/slow.html", "pond/last.html"]
