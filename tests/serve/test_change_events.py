"""A change of a file -> an event for every browser that listens."""

import asyncio
from pathlib import Path

import pytest

from briefings.library import Library
from briefings.serve import change_events as module
from briefings.serve import watch
from briefings.serve.change_events import ChangeEvents


def test_change_events_carry_the_version_and_end_when_the_preview_closes() -> None:
    events = ChangeEvents()

    async def heard() -> list[str]:
        stream = events.stream()
        first = await anext(stream)
        events.notify()
        second = await anext(stream)
        events.close()
        return [first, second, *[event async for event in stream]]

    first, second = asyncio.run(heard())
    assert first.startswith("data: ")
    assert first.endswith(".0\n\n")
    assert second.endswith(".1\n\n")


def test_an_idle_stream_gets_keepalive_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEEPALIVE_SECONDS", 0.001)

    events = ChangeEvents()

    async def heard() -> str:
        stream = events.stream()
        await anext(stream)
        return await anext(stream)

    assert asyncio.run(heard()) == ": keep-alive\n\n"


def test_a_stream_that_ended_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_STREAMS", 1)
    events = ChangeEvents()

    async def listen() -> list[bool]:
        stream = events.stream()
        await anext(stream)
        full = [events.is_full]
        await stream.aclose()
        return [*full, events.is_full]

    assert asyncio.run(listen()) == [True, False]


def test_watching_goes_on_after_a_folder_went_while_it_was_searched(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "RESCAN_MS", 20)
    failures = [FileNotFoundError("gone"), RuntimeError("the watcher")]
    search = watch._linked_files

    def failing(folders: object) -> object:
        if failures:
            raise failures.pop()
        return search(folders)  # type: ignore[arg-type]

    events = ChangeEvents()

    async def changed() -> str:
        watching = asyncio.create_task(events.watch(Library(project), ()))
        before = events.version
        for _ in range(200):
            await asyncio.sleep(0.02)
            (project / "data/pond/pack.yaml").touch()
            if not failures and events.version != before and not watching.done():
                break
        assert not watching.done()
        before = events.version
        for _ in range(200):
            await asyncio.sleep(0.02)
            (project / "data/pond/pack.yaml").touch()
            if events.version != before:
                break
        watching.cancel()
        return before

    monkeypatch.setattr(watch, "_linked_files", failing)
    assert asyncio.run(changed()) != events.version
