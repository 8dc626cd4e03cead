"""style.yaml -> HouseStyle. Errors are in tests/bad, as style-…"""

import shutil
from pathlib import Path

import pytest
from conftest import HERE
from fontTools.ttLib import TTFont

from briefings.drawings.colours import contrast
from briefings.drawings.design_tokens import dark_tokens, load_tokens
from briefings.house_style import NO_STYLE, HouseStyle
from briefings.library import Library, shipped
from briefings.loading.house_file import load_house_style
from briefings.problems import ProblemError

FONTS = shipped() / "templates/fonts"


def read(project: Path, text: str) -> HouseStyle:
    (project / "style.yaml").write_text(text)
    return load_house_style(Library(project))


def test_without_a_file_there_is_no_style(project: Path) -> None:
    assert load_house_style(Library(project)) is NO_STYLE
    assert read(project, "{}\n") is NO_STYLE
    assert not NO_STYLE
    with pytest.raises(ProblemError, match="the file is empty"):
        read(project, "# school: Pond School\n")


def test_every_key(project: Path) -> None:
    shutil.copy(HERE / "bad/style-crest-without-words/crest.svg", project)
    for name, own in (("Regular", "a b.ttf"), ("It", "italic.ttf"), ("Bold", "bold.ttf")):
        shutil.copy(FONTS / f"SourceSerif4-{name}.ttf", project / own)
    house = read(
        project,
        "school: Pond School\ndepartment: Biology\ncrest: crest.svg\ncrest_alt: A tree\ncrest_height: 9\n"
        "header: Class 7b\nfooter: Room 12\naccent: 0b6e4f\naccent_dark: '#66ddbb'\nsecond: '#123456'\n"
        "second_dark: '#aaccff'\nink: '#101010'\ntint: '#fafafa'\nfont: a b.ttf\nfont_italic: italic.ttf\n"
        "font_bold: bold.ttf\nheading_font: bold.ttf\nlabel_font: a b.ttf\nlabel_font_bold: bold.ttf\n"
        "paper: letter\nbinding_margin: 8\nboth_sides: true\n",
    )
    assert house.title == "Pond School, Biology"
    assert (house.header, house.footer, house.crest_alt, house.crest_height) == ("Class 7b", "Room 12", "A tree", 9)
    assert (house.paper, house.binding_margin, house.both_sides) == ("letter", 8, True)
    colours = dict(house.colours)
    assert (colours["reported"], colours["speaker"], colours["ink"]) == ("#0b6e4f", "#123456", "#101010")
    assert contrast(colours["speaker-tint"], "#ffffff") < 1.4
    assert dict(house.dark_colours) == {"reported": "#66ddbb", "speaker": "#aaccff"}
    assert [(face.family, face.weight, face.italic) for face in house.faces] == [
        ("House Text", 400, False),
        ("House Text", 400, True),
        ("House Text", 600, False),
        ("House Heading", 600, False),
        ("House Label", 400, False),
        ("House Label", 600, False),
    ]
    assert dict(house.families)["display"].startswith('"House Heading", "House Text", "Source Serif 4 Display"')
    assert {name for name, _ in house.files} == {face.name for face in house.faces} | {"house/crest.svg"}
    library = Library(project, house=house)
    assert library.find("house/font.ttf") == (project / "a b.ttf").resolve()
    assert library.find("house/other.ttf") is None
    assert house.written["footer"] == "style.yaml:7 Room 12"


def test_one_font_file_is_used_for_everything(project: Path) -> None:
    shutil.copy(FONTS / "SourceSerif4-Regular.ttf", project / "own.ttf")
    house = read(project, "font: own.ttf\n")
    assert all(value.startswith('"House Text", "Source') for _, value in house.families)
    assert [token for token, _ in house.families] == ["serif", "display", "sans"]
    tokens = load_tokens(Library(project, house=house), "large-print", "a4")
    assert tokens.families("serif")[0] == "House Text"


def test_a_colour_for_a_dark_screen_is_made_from_the_accent(project: Path) -> None:
    found = dict(read(project, 'accent: "#0b6e4f"\n').dark_colours)["reported"]
    grounds = dark_tokens(Library(project))
    assert all(contrast(found, grounds[name]) >= 4.5 for name in ("paper", "tint", "raised", "speaker-tint"))


def test_soft_ink_can_be_read_on_maps(project: Path) -> None:
    found = dict(read(project, 'ink: "#4a4a4a"\n').colours)
    tokens = load_tokens(Library(project), "page", "a4")
    assert contrast(found["ink-soft"], tokens["land-other"]) >= 4.5


def test_a_font_that_forbids_embedding_is_refused_at_its_key(project: Path) -> None:
    font = TTFont(FONTS / "SourceSerif4-Regular.ttf")
    font["OS/2"].fsType = 2
    font.save(project / "own.ttf")
    with pytest.raises(ProblemError, match=r"style.yaml:2:13: error\[bad-font\]: 'own.ttf': this font forbids"):
        read(project, "school: Pond School\nlabel_font: own.ttf\n")


def test_a_theme_may_have_grounds_that_are_not_hexadecimal(project: Path) -> None:
    (project / "templates/css").mkdir(parents=True, exist_ok=True)
    (project / "templates/css/theme.css").write_text("@layer theme { :root { --tint: rgb(250 250 250); } }")
    assert read(project, 'accent: "#0b6e4f"\n').colours
