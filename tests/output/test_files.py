"""Contents -> files: atomic writes, and the lock on an output folder."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefings.output import files
from briefings.output.files import lock_folder, remove_leftovers, write_atomically, write_error
from briefings.problems import ProblemError


def test_write_atomically_returns_the_paths_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    paths = (tmp_path / "a.html", tmp_path / "deep/b.html")
    assert write_atomically({path: path.name.encode() for path in paths}) == paths
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.*")) == ["a.html", "deep/b.html"]


def test_no_file_is_replaced_if_the_iterator_raises(tmp_path: Path) -> None:
    """IncrementalBuild relies on this: it refuses a build after it has yielded all contents."""
    path = tmp_path / "a.html"
    path.write_bytes(b"old")

    def contents() -> Iterator[tuple[Path, bytes]]:
        yield path, b"new"
        raise ProblemError([])

    with pytest.raises(ProblemError):
        write_atomically(contents())
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.html", b"old")]


def test_a_write_error_names_the_file_and_the_reason() -> None:
    (problem,) = write_error(Path("out/a.pdf"), OSError(errno.ENOSPC, "No space left on device")).problems
    assert (problem.code, problem.message) == ("not-written", "cannot write out/a.pdf: no space left on device")
    assert problem.hint.endswith("--out DIR")


def test_remove_leftovers_removes_only_temporary_files(tmp_path: Path) -> None:
    names = [".a.pdf.part", ".briefings-0123456789abcdeg.part", ".hidden", "a.pdf", "b.part"]
    for name in (*names, ".briefings-0123456789abcdef.part"):
        (tmp_path / name).write_text("x")
    remove_leftovers(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_a_locked_folder_is_created_and_removed_if_it_stays_empty(tmp_path: Path) -> None:
    with lock_folder(tmp_path / "a/b", pytest.fail):
        assert (tmp_path / "a/b").is_dir()
    assert list(tmp_path.iterdir()) == []
    with lock_folder(tmp_path / "a/b", pytest.fail):
        (tmp_path / "a/b/index.html").write_text("x")
    assert (tmp_path / "a/b/index.html").is_file()


def test_an_existing_folder_is_kept_even_if_empty(tmp_path: Path) -> None:
    with lock_folder(tmp_path, pytest.fail):
        pass
    assert tmp_path.is_dir()


def test_a_folder_that_cannot_be_created_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(ProblemError, match="cannot write"), lock_folder(tmp_path / "out/pond", pytest.fail):
        pass


@pytest.mark.parametrize("has_fcntl", [True, False])
def test_without_system_locks_the_folder_is_used_unlocked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_fcntl: bool
) -> None:
    def unsupported(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    if has_fcntl:
        monkeypatch.setattr(files.fcntl, "flock", unsupported)
    else:
        monkeypatch.setattr(files, "fcntl", None)
    with lock_folder(tmp_path / "out", pytest.fail):
        assert (tmp_path / "out").is_dir()
