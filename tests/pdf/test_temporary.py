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


def test_what_is_not_ours_stays(temporary: Path) -> None:
    killed()
    left = next(temporary.iterdir())
    (temporary / "elsewhere").mkdir()
    left.rename(temporary / "elsewhere" / "kept")
    (temporary / "briefings-link").symlink_to(temporary / "elsewhere" / "kept")
    (temporary / "briefings-mine").mkdir()
    (temporary / "briefings-report.txt").touch()
    before = sorted(temporary.rglob("*"))
    remove_left_behind()
    assert sorted(temporary.rglob("*")) == before
