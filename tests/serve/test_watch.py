"""Watched folders -> one call per burst of changes, with a fake file watcher."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from briefings.house_style import HouseStyle
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


@pytest.mark.parametrize("name", ["briefings.toml", "style.yaml", "school/crest.svg"])
def test_a_changed_file_beside_the_folders_is_a_change(
    name: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[int] = []
    (project / "school").mkdir()
    house = HouseStyle("style.yaml", files=(("house/crest.svg", project / "school/crest.svg"),))

    async def bursts(*_: Path, **__: object) -> AsyncIterator[set[str]]:
        rounds.append(len(rounds))
        (project / name).write_text("# edited\n" * len(rounds))
        yield set()  # a timeout: the watcher saw nothing
        pytest.fail("the project file has changed, and nobody noticed")

    monkeypatch.setattr(watch, "awatch", bursts)
    with pytest.raises(StopError):
        watch.run_on_changes(stop_at(3), Library(project, house=house))
    assert rounds == [0, 1, 2]  # the watcher starts before the third call


def test_a_folder_that_takes_the_place_of_another_is_a_change(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[Path] = []

    async def bursts(*folders: Path, **_: object) -> AsyncIterator[set[str]]:
        watched.extend(folders)
        if len(watched) == len(folders):
            new = project / "new"
            shutil.copytree(project / "data", new)
            (project / "data").rename(project / "old")
            new.rename(project / "data")
        while True:
            await asyncio.sleep(0)
            yield set()

    monkeypatch.setattr(watch, "awatch", bursts)
    with pytest.raises(StopError):
        watch.run_on_changes(stop_at(2), Library(project))
    assert (project / "old").is_dir()


def test_a_change_of_a_file_behind_a_link_is_a_change(
    project: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = project / "data/pond/pack.yaml"
    real = tmp_path_factory.mktemp("elsewhere") / "pack.yaml"
    pack.rename(real)
    pack.symlink_to(real)
    rounds: list[int] = []

    async def bursts(*_: Path, **__: object) -> AsyncIterator[set[str]]:
        for number in range(10):
            rounds.append(number)
            if number == 2:
                real.write_text(real.read_text() + "# changed\n")
            yield set()

    made_after: list[int] = []

    def make() -> None:
        made_after.append(len(rounds))
        raise StopError

    monkeypatch.setattr(watch, "awatch", bursts)
    with pytest.raises(StopError):
        watch.run_on_changes(make, Library(project))
    assert made_after == [3]
