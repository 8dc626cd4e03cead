"""Temporary folders of processes that were killed are removed by the next one, and no others."""

import os
import signal
import tempfile
from pathlib import Path

import pytest

from briefings.pdf.temporary import TemporaryFolder, remove_left_behind


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def killed() -> None:
    """A process makes a folder with a file and is killed."""
    child = os.fork()
    if child == 0:
        folder = TemporaryFolder()
        (Path(folder.name) / "fonts.conf").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


def test_a_folder_of_a_killed_process_is_removed(temporary: Path) -> None:
    killed()
    assert len(list(temporary.iterdir())) == 1
    remove_left_behind()
    assert list(temporary.iterdir()) == []


def test_a_folder_of_a_running_process_stays(temporary: Path) -> None:
    folder = TemporaryFolder()
    remove_left_behind()
    assert [path.name for path in temporary.iterdir()] == [Path(folder.name).name]
    folder.cleanup()
    assert list(temporary.iterdir()) == []


def test_a_folder_that_was_only_half_removed_is_removed(temporary: Path) -> None:
    killed()
    (left,) = temporary.iterdir()
    for path in left.iterdir():
        path.unlink()
    remove_left_behind()
    assert list(temporary.iterdir()) == []


def test_a_folder_has_its_name_only_when_it_is_locked(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else another process could remove it in between."""
    monkeypatch.setattr("os.rename", lambda old, new: (_ for _ in ()).throw(OSError(old)))
    with pytest.raises(OSError, match="briefings-new-"):
        TemporaryFolder()
    (new,) = temporary.iterdir()
    remove_left_behind()
    assert list(temporary.iterdir()) == [new]


def test_what_is_not_ours_stays(temporary: Path) -> None:
    killed()
    left = next(temporary.iterdir())
    (temporary / "elsewhere").mkdir()
    left.rename(temporary / "elsewhere" / "kept")
    (temporary / left.name).symlink_to(temporary / "elsewhere" / "kept")
    (temporary / "briefings-tmp-mine").mkdir()
    (temporary / "briefings-tmp-abcdefgh.txt").touch()
    (temporary / "briefings-tmp-abcdefgh").touch()
    before = sorted(temporary.rglob("*"))
    remove_left_behind()
    assert sorted(temporary.rglob("*")) == before
