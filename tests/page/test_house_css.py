"""The house style -> the style sheet that a page carries."""

from dataclasses import replace

from conftest import POND

from briefings.house_style import HouseFace, HouseStyle
from briefings.library import Library
from briefings.page.house_css import house_css

HOUSE = HouseStyle(
    "style.yaml",
    school='The "Pond" School',
    footer="Room <b>",
    crest="house/crest.svg",
    colours=(("reported", "#0b6e4f"),),
    dark_colours=(("reported", "#66ddbb"),),
    families=(("serif", '"House Text", serif'),),
    faces=(HouseFace("House Text", "house/font.ttf"), HouseFace("House Text", "house/font-italic.OTF", 400, True)),
)


def css(house: HouseStyle = HOUSE, look: str = "page", *, screen: bool = False, **how: bool) -> str:
    return house_css(Library(POND, house=house), look, "a4", screen=screen, **how)


def test_fonts_and_tokens() -> None:
    found = css()
    assert (
        '@font-face { font-family: "House Text"; font-weight: 400; src: url("house/font.ttf") format("truetype"); }'
        in found
    )
    assert 'font-style: italic; src: url("house/font-italic.OTF") format("opentype");' in found
    assert "--reported: #0b6e4f;" in found
    assert '--serif: "House Text", serif;' in found
    assert 'background-image: url("house/crest.svg")' in found


def test_dark_colours_are_only_for_screens_that_may_be_dark() -> None:
    assert "prefers-color-scheme: dark" in css(screen=True)
    assert "#66ddbb" not in css()
    assert "#66ddbb" not in css(screen=True, dark=False)


def test_words_in_the_margins_cannot_end_the_style_sheet() -> None:
    found = css()
    assert "@bottom-left { content: " in found
    assert "@top-left { content: " in found
    assert "<b>" not in found
    assert '"Pond"' not in found
    for other in (css(screen=True), css(running=False)):
        assert "@bottom-left" not in other


def test_large_print_has_the_foot_alone() -> None:
    found = css(look="large-print")
    assert "string(chapter" not in found.partition("@layer theme { .chapter")[0].rpartition("@bottom-left")[2]
    assert "@top-left" not in found


def test_a_binding_margin_on_one_side_or_on_both() -> None:
    assert "margin-left" not in css()
    one = css(replace(HOUSE, binding_margin=8))
    assert "@page { margin-left: var(--margin-inner); margin-right: var(--margin-outer); }" in one
    assert ":left" not in one
    both = css(replace(HOUSE, binding_margin=8, both_sides=True))
    assert "@page :left { margin-left: var(--margin-outer); margin-right: var(--margin-inner); }" in both
