"""Strings files of several template folders, merged."""

from pathlib import Path

import pytest

from briefings.language.strings import load_strings
from briefings.library import Library
from briefings.problems import ProblemError


def project(folder: Path, yaml: str, language: str = "en") -> Library:
    (folder / "templates/strings").mkdir(parents=True)
    (folder / f"templates/strings/{language}.yaml").write_text(yaml, "utf-8")
    return Library(folder)


def test_a_project_overrides_single_texts(tmp_path: Path) -> None:
    shipped = load_strings(Library(tmp_path), "en")
    strings = load_strings(project(tmp_path, "dates: {by: 'no later than {date}'}\n"), "en")
    assert strings["dates"]["by"] == "no later than {date}"
    assert strings["dates"]["after"] == shipped["dates"]["after"]
    assert shipped["dates"]["by"] != strings["dates"]["by"]  # what is cached has not changed


def test_an_edited_file_is_read_again(tmp_path: Path) -> None:
    library = project(tmp_path, "greeting: hello\n", "xx")
    assert load_strings(library, "xx") == {"greeting": "hello"}
    (tmp_path / "templates/strings/xx.yaml").write_text("greeting: good morning\n", "utf-8")
    assert load_strings(library, "xx") == {"greeting": "good morning"}


def test_a_language_without_a_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match=r"there is no strings/xx\.yaml"):
        load_strings(Library(tmp_path), "xx")


def test_a_list_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="expected a mapping"):
        load_strings(project(tmp_path, "- hello\n", "xx"), "xx")


def test_a_regional_form_has_the_strings_of_its_language(tmp_path: Path) -> None:
    library = project(tmp_path, "sources: Works\n", "en-US")
    strings, english = load_strings(library, "en-US"), load_strings(library, "en")
    assert strings["sources"] == "Works"
    assert strings["dates"]["day"] == "MMMM d, y" != english["dates"]["day"]
    assert strings["dates"] == english["dates"] | {"day": "MMMM d, y", "short_day": "MMM d, y"}
    assert {**strings, "sources": "", "dates": ""} == {**english, "sources": "", "dates": ""}
