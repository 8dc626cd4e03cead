"""The small font files have the letters that they promise, under another name, and only pages of those get them."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from briefings.briefing.parts import Briefing
from briefings.library import Library, shipped
from briefings.output.writers.html import write
from briefings.page.page import Page
from briefings.page.render import render
from briefings.page.screen_fonts import CUTS, WHOLE, smallest_cut

FONTS = shipped() / "templates" / "fonts"
WHOLES = sorted(path for path in FONTS.glob(f"*{WHOLE}") if not path.name.endswith((*CUTS,)))


@pytest.mark.parametrize("ending", CUTS)
@pytest.mark.parametrize("whole", WHOLES, ids=lambda path: path.name)
def test_a_small_file_has_each_promised_letter_of_the_whole_one_and_another_name(whole: Path, ending: str) -> None:
    small = TTFont(whole.with_name(whole.name.removesuffix(WHOLE) + ending))
    promised = {code for first, last in CUTS[ending] for code in range(first, last + 1)}
    assert set(small.getBestCmap()) == set(TTFont(whole).getBestCmap()) & promised
    names = {record.nameID: str(record) for record in small["name"].names}
    assert not any("Source" in names[number] for number in (1, 3, 4, 6))
    assert "Open Font License" in names[13]


@pytest.mark.parametrize(
    ("html", "styles", "cut"),
    [
        ("<p>Café: “≠ 5 km²” – 1⁄2 €</p>", 'p::before { content: "\\2022 "; }', ".basic.woff2"),
        ("<p>Суджа</p>", "", WHOLE),
        ("<p>&#1057;</p>", "", WHOLE),
        ("<p>Łódź, Țepeș</p>", "", ".latin.woff2"),
        ("<p>a</p>", 'p::before { content: "\\161 "; }', ".latin.woff2"),
        ("<p>a</p>", 'p::before { content: "\\441 "; }', WHOLE),
    ],
)
def test_a_page_gets_the_smallest_files_with_all_its_letters(html: str, styles: str, cut: str) -> None:
    assert smallest_cut(html, styles) == cut


def test_a_page_with_another_letter_embeds_the_whole_files(briefings: dict[str, Briefing], library: Library) -> None:
    page = render(briefings["pupils"], library, screen=True)
    small = write(page, library)
    whole = write(Page(page.name, page.title, page.html.replace("</main>", "<p>Суджа</p></main>")), library)
    assert {name.endswith((*CUTS,)) for name in small.used_files if name.endswith(WHOLE)} == {True}
    assert {name.endswith((*CUTS,)) for name in whole.used_files if name.endswith(WHOLE)} == {False}
    assert len(small.content) < len(whole.content) / 2
