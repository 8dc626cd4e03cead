"""Watched folders -> one call per burst of changes, with a fake file watcher."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from briefings.library import Library
from briefings.serve import watch


class StopError(Exception):
    """Ends the loop, which otherwise runs until Ctrl-C."""


def stop_at(call: int) -> Callable[[], None]:
    """A function that raises StopError when it is called for the `call`th time."""
    left = iter(range(call - 1))

    def make() -> None:
        if next(left, None) is None:
            raise StopError

    return make


def test_make_runs_at_once_and_after_each_burst(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[set[str]] = []

    async def bursts(*_: object, **__: object) -> AsyncIterator[set[str]]:
        for files in ({"a.yaml"}, set[str](), {"b.yaml", "c.yaml"}, {"d.yaml"}):
            taken.append(files)
            yield files

    monkeypatch.setattr(watch, "awatch", bursts)
    with pytest.raises(StopError):
        watch.run_on_changes(stop_at(3), Library(project))
    assert len(taken) == 4  # the timeout without a change is no burst, so the third call comes with the fourth


def test_a_new_folder_is_a_change_and_watched_from_then_on(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[bool] = []

    async def bursts(*folders: Path, **_: object) -> AsyncIterator[set[str]]:
        watched.append(project / "templates" in folders)
        (project / "templates").mkdir(exist_ok=True)
        while True:
            yield {"a.yaml"} if len(watched) > 1 else set()

    monkeypatch.setattr(watch, "awatch", bursts)
    with pytest.raises(StopError):
        watch.run_on_changes(stop_at(3), Library(project))
    assert watched[:2] == [False, True]


def test_a_changed_project_file_is_a_change(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []

    async def bursts(*_: Path, **__: object) -> AsyncIterator[set[str]]:
        rounds.append(len(rounds))
        (project / "briefings.toml").write_text("# edited\n" * len(rounds))
        yield set()  # a timeout: the watcher saw nothing
        pytest.fail("the project file has changed, and nobody noticed")

    monkeypatch.setattr(watch, "awatch", bursts)
    with pytest.raises(StopError):
        watch.run_on_changes(stop_at(3), Library(project))
    assert rounds == [0, 1, 2]  # the watcher starts before the third call
