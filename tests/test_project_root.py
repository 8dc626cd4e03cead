"""The nearest project of a folder."""

from pathlib import Path

import pytest

from briefings.project_root import PROJECT_FILE, find_root


@pytest.mark.parametrize("file", [PROJECT_FILE, "data/pond/pack.yaml"])
def test_a_project_is_found_from_every_folder_in_it(tmp_path: Path, file: str) -> None:
    inside = tmp_path / "data/pond/deep"
    inside.mkdir(parents=True)
    assert find_root(str(inside)) is None
    (tmp_path / file).write_text("")
    for folder in (inside, *inside.parents[: inside.parents.index(tmp_path) + 1]):
        assert find_root(str(folder)) == str(tmp_path)


def test_the_nearest_project_wins(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / PROJECT_FILE).write_text("")
    assert find_root(str(inner)) == str(tmp_path)
    (inner / PROJECT_FILE).write_text("")
    assert find_root(str(inner)) == str(inner)


def test_data_that_is_a_file_or_has_no_pack_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert find_root(str(tmp_path)) is None
    (tmp_path / "data").unlink()
    (tmp_path / "data/pond").mkdir(parents=True)
    assert find_root(str(tmp_path)) is None
