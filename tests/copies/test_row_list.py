"""A list of schools -> rows, and a problem with file and line for each that cannot be made."""

from pathlib import Path

import pytest
from conftest import POND

from briefings.copies.box_words import BoxWords, load_box_words
from briefings.copies.row_list import RowList, folder_name, read_rows
from briefings.drawings.font_lettering import Lettering, lettering
from briefings.library import Library
from briefings.pdf.typeset import BOX_FACE
from briefings.problems import ProblemError

LIBRARY = Library(POND)
CREST = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'


def letters() -> Lettering:
    face = LIBRARY.find(BOX_FACE)
    assert face
    return lettering(face)


def rows(tmp_path: Path, text: str | bytes, name: str = "schools.csv") -> RowList:
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_rows(tmp_path / name, name, load_box_words(LIBRARY), letters())


def said(found: RowList) -> list[str]:
    return [str(problem) for problem in found.problems]


@pytest.mark.parametrize(
    "text",
    [
        "name,contact\nElm School,Elm Street 1\nOak School,\n",
        "\ufeffName;Contact\r\nElm School;Elm Street 1\r\nOak School;\r\n",
        'name\tcontact\n"Elm  School"\t Elm Street 1 \n\n\t\nOak School\n',
    ],
)
def test_a_csv_of_any_spreadsheet_is_read(tmp_path: Path, text: str) -> None:
    found = rows(tmp_path, text)
    assert [(row.name, row.folder, row.words) for row in found.rows] == [
        ("Elm School", "elm-school", ("Elm School", "Elm Street 1")),
        ("Oak School", "oak-school", ("Oak School",)),
    ]
    assert found.failed == ()


def test_a_yaml_list_is_read(tmp_path: Path) -> None:
    (tmp_path / "elm.svg").write_text(CREST)
    found = rows(tmp_path, "- {name: Elm School, crest: elm.svg}\n- name: Oak\n  folder: The Oak\n", "schools.yaml")
    assert [(row.folder, row.crest and row.crest.name, row.line) for row in found.rows] == [
        ("elm-school", "elm.svg", 1),
        ("the-oak", None, 2),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (",Elm Street 1", "schools.csv:2:1: error[no-name]: the row has no name"),
        ("Elm\nelm", "schools.csv:3:1: error[same-file-name]: the folder 'elm' is that of 'Elm' in line 2 too"),
        ("Elm,東京", "schools.csv:2:5: error[missing-glyph]: no font has '東' (U+6771)"),
        ("Elm,a,no.svg", "schools.csv:2:7: error[missing-file]: there is no file 'no.svg' beside the list"),
        ("Elm,a,../out.svg", "error[missing-file]: there is no file '../out.svg' beside the list"),
        ("Elm,a,text.svg", "schools.csv:2:7: error[bad-crest]: this is no SVG"),
        ("Elm,a,b.gif", "schools.csv:2:7: error[bad-crest]: a crest is an SVG or a PNG file"),
        ("Elm,a,,,", ""),
        ("Elm,a,,b", "schools.csv:2:1: error[bad-csv]: the row has 4 values, and the first line names 3 columns"),
        ("???", "error[no-name]: '???' makes no file name"),
        ("Elm" * 80, "error[too-long]: 'name' has more than 200 characters"),
        ("Elm\x1b[2J", "error[missing-glyph]: no font has"),
    ],
)
def test_a_row_that_cannot_be_made_is_named(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path.parent / "out.svg").write_text(CREST)
    (tmp_path / "text.svg").write_text("no picture")
    (tmp_path / "b.gif").write_text("GIF89a")
    found = rows(tmp_path, f"name,contact,crest\n{text}\nBeech,,\n")
    assert found.rows[-1].name == "Beech"
    assert [problem in each for each in said(found)] == [True] * bool(problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "schools.csv:1:1: error[no-rows]: the list is empty"),
        ("name,contact\n", "schools.csv:1:1: error[no-rows]: the list has no rows"),
        ("school\nElm\n", "schools.csv:1:1: error[unknown-field]: copies have no field 'school'"),
        ("name,contakt\nElm\n", "copies have no field 'contakt'; did you mean 'contact'?"),
        ("contact\nElm\n", "schools.csv:1:1: error[missing-field]: the first line names no column 'name'"),
        ("name,name\nElm,Oak\n", "schools.csv:1:1: error[duplicate]: the column 'name' is named twice"),
        ('name\n"Elm\n', "error[bad-csv]: this is no CSV"),
        ("name\nÉcole\n".encode("cp1252"), "schools.csv:2:1: error[not-utf8]: the list is not UTF-8: byte 0xc9"),
        ("name\nElm\n".encode("utf-16"), "schools.csv:1:1: error[not-utf8]: the list is not UTF-8: byte 0xff"),
        ("name\nE\0lm\n", "error[not-utf8]: the list has NUL characters"),
    ],
)
def test_a_list_that_is_wrong_as_a_whole_is_refused(tmp_path: Path, text: str | bytes, problem: str) -> None:
    with pytest.raises(ProblemError, match="error") as caught:
        rows(tmp_path, text)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- Elm\n- name: Oak\n", "schools.yaml:1:3: error[wrong-type]: this row is no mapping"),
        ("- {name: 12}\n- name: Oak\n", "schools.yaml:1:10: error[wrong-type]: 'name' is no text"),
        (
            "- {name: Elm, class: 7b}\n- name: Oak\n",
            "schools.yaml:1:15: error[unknown-field]: copies have no field 'class'",
        ),
    ],
)
def test_a_row_of_yaml_that_cannot_be_made_is_named(tmp_path: Path, text: str, problem: str) -> None:
    found = rows(tmp_path, text, "schools.yaml")
    assert [row.name for row in found.rows] == ["Oak"]
    assert any(problem in each for each in said(found))


def test_a_list_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "schools.csv")
    with pytest.raises(ProblemError, match="a named pipe"):
        read_rows(tmp_path / "schools.csv", "schools.csv", load_box_words(LIBRARY), letters())


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("St. Mary's", "st-mary-s"),
        ("  École  Nº 3/4 ", "école-nº-3-4"),
        ("../../etc", "etc"),
        ("CON", "school-con"),
        ("…", ""),
        ("a" * 99, "a" * 60),
        ("e\u0301", "é"),
    ],
)
def test_a_name_makes_a_safe_folder(name: str, folder: str) -> None:
    assert folder_name(name) == folder


def test_a_theme_declares_fields(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "copies.yaml").write_text('lines: ["{name}", "Class {class} · {room}"]\n')
    words = load_box_words(Library(POND, (theme,)))
    assert words.fields == ("name", "class", "room")
    assert words.of({"name": "Elm", "room": "7"}) == ("Elm", "Class · 7")
    assert words.of({"name": "Elm"}) == ("Elm",)
    assert BoxWords(("{name}", "Printed by us")).of({"name": "Elm"}) == ("Elm", "Printed by us")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('lines: ["{Name}"]', "copies.yaml:1:9: error[bad-value]: '{Name}' has a brace that belongs to no field"),
        ('lines: ["{contact}"]', "copies.yaml:1:8: error[bad-value]: no line has the name"),
        ("lines: []", "copies.yaml:1:8: error"),
        ('line: ["{name}"]', "copies.yaml:1:1: error"),
    ],
)
def test_a_theme_with_wrong_words_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "copies.yaml").write_text(text)
    with pytest.raises(ProblemError) as caught:
        load_box_words(Library(POND, (tmp_path,)))
    assert problem in str(caught.value)
