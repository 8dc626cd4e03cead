"""The lookup rule: themes first, then the project's templates, then the shipped ones; never outside them."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from briefings import library as module
from briefings.library import Library, Selection, find_inside, is_stray, shipped
from briefings.problems import Mark


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def themed(tmp_path: Path) -> Library:
    return Library(tmp_path / "project", (tmp_path / "theme",))


def test_the_first_folder_that_has_a_name_wins(themed: Library, tmp_path: Path) -> None:
    name = "css/tokens.css"
    assert themed.find(name) == shipped() / "templates" / name
    own = write(tmp_path / "project/templates" / name)
    assert themed.find(name) == own
    theme = write(tmp_path / "theme" / name)
    assert themed.find(name) == theme
    assert themed.find("css/no-such.css") is None


def test_nothing_outside_a_folder_is_found(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.css")
    inside = write(tmp_path / "folder/a.css")
    (tmp_path / "folder/link.css").symlink_to(secret)
    (tmp_path / "folder-2").mkdir()
    write(tmp_path / "folder-2/b.css")
    folder = tmp_path / "folder"
    assert find_inside(folder, "a.css") == inside
    for name in ("../secret.css", str(secret), "link.css", "../folder-2/b.css", ".", ""):
        assert find_inside(folder, name) is None


def test_the_names_of_all_folders_are_sorted_without_repetition(themed: Library, tmp_path: Path) -> None:
    before = themed.kinds("paper")
    assert {"a4", "letter"} <= set(before)
    write(tmp_path / "theme/css/paper/a4.css")
    write(tmp_path / "theme/css/paper/a9.css")
    assert themed.kinds("paper") == tuple(sorted({*before, "a9"}))


def test_the_style_sheets_of_document_and_layout_come_last(themed: Library, tmp_path: Path) -> None:
    write(tmp_path / "theme/partials/extra.css")
    write(tmp_path / "theme/documents/poem.css")
    write(tmp_path / "theme/layouts/verses.css")
    styles = themed.styles("poem", "verses")
    assert "partials/extra.css" in styles
    assert styles[-2:] == ("documents/poem.css", "layouts/verses.css")
    assert themed.styles("no-such", "none") == styles[:-2]


def test_the_folders_of_a_build_do_not_contain_each_other(themed: Library, tmp_path: Path) -> None:
    inside = write(tmp_path / "project/data/pond/pack.yaml").parent
    other = write(tmp_path / "elsewhere/pond/pack.yaml").parent
    folders = themed.folders((str(inside), str(other), "an-id"))
    assert str(tmp_path / "project/data") in folders
    assert str(inside) not in folders
    assert str(other) in folders


def test_audiences_of_the_project_replace_shipped_ones_by_id(themed: Library, tmp_path: Path) -> None:
    own = write(tmp_path / "project/data/audiences/pupils.yaml")
    files = themed.audience_files()
    assert files["pupils"] == own
    assert files["policy"] == shipped() / "data/audiences/policy.yaml"


def test_an_audience_that_is_not_wanted_is_not_found(themed: Library) -> None:
    every = set(themed.audience_files())
    assert {"pupils", "policy"} < every
    for selection, wanted in (
        (Selection(audiences=("pupils",)), {"pupils"}),
        (Selection(audiences_off=("pupils",)), every - {"pupils"}),
    ):
        library = replace(themed, selection=selection)
        assert set(library.audience_files()) == wanted
        assert set(library.all_audience_files()) == every


def test_a_project_has_only_its_own_packs(themed: Library, tmp_path: Path) -> None:
    assert themed.pack_folders() == {}
    own = write(tmp_path / "project/data/pond/pack.yaml").parent
    (tmp_path / "project/data/audiences").mkdir()  # a folder without pack.yaml
    assert themed.pack_folders() == {"pond": own}


def test_the_first_mention_of_a_name_has_a_position(themed: Library, tmp_path: Path) -> None:
    write(tmp_path / "data/a.yaml", "a: 1\nnote: see frog.png\n")
    path = write(tmp_path / "theme/css/theme.css", "p {}\nb { background: url(newt.png) }\n")
    assert themed.mention("newt.png") == Mark(path.as_posix(), 2, 21)
    assert themed.mention("see frog.png") is None
    mark = themed.mention("see frog.png", (tmp_path / "data",))
    assert mark == Mark((tmp_path / "data/a.yaml").as_posix(), 2, 7)


def test_a_path_below_the_working_directory_is_shown_relative_to_it(
    themed: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert themed.show(tmp_path / "data/pond") == "data/pond"
    assert themed.show(Path("/somewhere/else")) == "/somewhere/else"


@pytest.mark.parametrize("name", [".#a.yaml", "._a.yaml", ".a.yaml.swp", "#a.yaml#", "~$a.yaml", "a.yaml~", "4913"])
def test_hidden_lock_and_backup_files_are_none_of_the_authors(name: str, tmp_path: Path) -> None:
    assert is_stray(name)
    write(tmp_path / "data/audiences" / name)
    write(tmp_path / "templates/partials" / name.replace("yaml", "css"))
    library = Library(tmp_path)
    assert set(library.audience_files()) == set(Library(tmp_path / "none").audience_files())
    assert library.names("partials", ".css") == Library(tmp_path / "none").names("partials", ".css")


@pytest.mark.parametrize("name", ["a.yaml", "figures.yaml", "a-2024.css", "a~b.yaml"])
def test_other_files_are_the_authors(name: str) -> None:
    assert not is_stray(name)


def test_audiences_that_come_and_go_are_seen_at_once(tmp_path: Path) -> None:
    """The names of a folder are kept; each state of it is asked for twice, the second time after it has settled."""
    library = Library(tmp_path)
    own = tmp_path / "data/audiences/visitors.yaml"
    for _ in range(2):
        assert "visitors" not in library.all_audience_files()
        write(own)
        assert library.all_audience_files()["visitors"] == own
        os.utime(own.parent, (1, 1))
        time.sleep(0.06)
        assert library.all_audience_files() == library.all_audience_files()
        assert own.parent in module._listed
        own.unlink()
        assert "visitors" not in library.all_audience_files()
