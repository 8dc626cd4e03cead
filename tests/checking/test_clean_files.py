"""Shipped files without faults are read once; edited ones, and those of anybody else, each time."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefings import library as library_module
from briefings.checking.templates import clean_files, run, styles
from briefings.library import Library

CLEAN, FAULTY = "p { color: red }", "td { display: block }"
Checked = Callable[..., tuple[list[str], list[str]]]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which this test keeps what it found."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = Path(clean_files.cache_from_source(clean_files.__file__)).with_name(clean_files._NAME)
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def shipped_styles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped style sheets of this test: one without faults."""
    monkeypatch.setattr(library_module, "shipped", lambda: tmp_path / "shipped")
    folder = tmp_path / "shipped/templates/css"
    folder.mkdir(parents=True)
    (folder / "clean.css").write_text(CLEAN)
    return folder


@pytest.fixture
def check(kept: Path, shipped_styles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """A function that checks as a new run does: (texts that were read for faults, codes of the problems)."""
    read, find = list[str](), run._faults

    def noted(source: str, suffix: str, printed: bool) -> object:
        read.append(source)
        return find(source, suffix, printed)

    def check(*themes: Path) -> tuple[list[str], list[str]]:
        read.clear()
        problems = run.lint(Library(tmp_path / "project", themes))
        return [*read], [problem.code for problem in problems]

    monkeypatch.setattr(run, "_faults", noted)
    return check


def test_a_clean_file_is_read_once(check: Checked, kept: Path) -> None:
    assert check() == ([CLEAN], [])
    assert kept.is_file()
    assert check() == ([], [])


def test_a_file_that_changed_is_read_again(check: Checked, shipped_styles: Path) -> None:
    check()
    (shipped_styles / "clean.css").write_text(CLEAN + "\n")
    assert check() == ([CLEAN + "\n"], [])
    assert check() == ([], [])


def test_a_file_with_a_fault_is_read_each_time(check: Checked, shipped_styles: Path) -> None:
    (shipped_styles / "faulty.css").write_text(FAULTY)
    assert check() == ([CLEAN, FAULTY], ["table-display"])
    assert check() == ([FAULTY], ["table-display"])


def test_a_theme_is_read_each_time(check: Checked, tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/own.css").write_text(CLEAN)
    assert check(tmp_path / "theme") == ([CLEAN, CLEAN], [])
    assert check(tmp_path / "theme") == ([CLEAN], [])


def test_what_another_checker_found_does_not_count(check: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    check()
    monkeypatch.setattr(styles, "PARSER", "another")
    assert check() == ([CLEAN], [])


@pytest.mark.parametrize("content", ["", "{", "[1]", "{}", "[[]]", "\udcff", '[""]'])
def test_a_damaged_file_counts_for_nothing(content: str, check: Checked, kept: Path, tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/own.css").write_text(FAULTY)
    kept.write_text(content, errors="surrogateescape")
    assert check(tmp_path / "theme") == ([FAULTY, CLEAN], ["table-display"])


def test_nothing_is_kept_where_python_keeps_nothing(
    check: Checked, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert check() == ([CLEAN], [])
    assert not kept.exists()


def test_a_folder_that_may_not_be_written_to_is_no_error(check: Checked, kept: Path) -> None:
    kept.parent.rmdir()
    kept.parent.write_text("not a folder")
    assert check() == ([CLEAN], [])
    assert check() == ([CLEAN], [])


def test_each_module_that_looks_for_faults_counts_as_the_checker() -> None:
    modules = {path.stem for path in Path(clean_files.__file__).parent.glob("*.py")}
    of_file = modules - {"__init__", "clean_files", "run", "pages", "imports", "overrides", "texts", "tokens"}
    assert of_file == {
        module.__name__.rpartition(".")[2]
        for module in vars(clean_files).values()
        if getattr(module, "__package__", "") == clean_files.__package__
    }
