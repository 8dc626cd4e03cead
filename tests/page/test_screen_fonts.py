"""The small font files have the letters that they promise, under another name, and only pages of those get them."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from briefings.briefing.parts import Briefing
from briefings.library import Library, shipped
from briefings.output.writers.html import write
from briefings.page.page import Page
from briefings.page.render import render
from briefings.page.screen_fonts import BASIC, SMALL, WHOLE, has_other_letters

FONTS = shipped() / "templates" / "fonts"
WHOLES = sorted(path for path in FONTS.glob(f"*{WHOLE}") if not path.name.endswith(SMALL))


@pytest.mark.parametrize("whole", WHOLES, ids=lambda path: path.name)
def test_a_small_file_has_each_basic_letter_of_the_whole_one_and_another_name(whole: Path) -> None:
    small = TTFont(whole.with_name(whole.name.removesuffix(WHOLE) + SMALL))
    basic = {code for first, last in BASIC for code in range(first, last + 1)}
    assert set(small.getBestCmap()) == set(TTFont(whole).getBestCmap()) & basic
    names = {record.nameID: str(record) for record in small["name"].names}
    assert not any("Source" in names[number] for number in (1, 3, 4, 6))
    assert "Open Font License" in names[13]


@pytest.mark.parametrize(
    ("html", "styles", "other"),
    [
        ("<p>Café: “≠ 5 km²” – 1⁄2 €</p>", 'p::before { content: "\\2022 "; }', False),
        ("<p>Суджа</p>", "", True),
        ("<p>&#1057;</p>", "", True),
        ("<p>Łódź</p>", "", True),
        ("<p>a</p>", 'p::before { content: "\\441 "; }', True),
    ],
)
def test_a_page_with_other_letters_is_told(html: str, styles: str, other: bool) -> None:
    assert has_other_letters(html, styles) == other


def test_a_page_with_another_letter_embeds_the_whole_files(briefings: dict[str, Briefing], library: Library) -> None:
    page = render(briefings["pupils"], library, screen=True)
    small = write(page, library)
    whole = write(Page(page.name, page.title, page.html.replace("</main>", "<p>Суджа</p></main>")), library)
    assert {SMALL in name for name in small.used_files if name.endswith(WHOLE)} == {True}
    assert {SMALL in name for name in whole.used_files if name.endswith(WHOLE)} == {False}
    assert len(small.content) < len(whole.content) / 2
