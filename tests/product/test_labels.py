"""How labels, sentences and lists are joined on the pages of all packs, as a reader reads them."""

import re
from functools import cache
from html import unescape

import packs
import pytest

from briefings.language.strings import load_strings
from briefings.library import Library, shipped
from briefings.page.render import render

# what stands before another part of the same line: "Because", "Your case"
_LABEL = re.compile(r'<b class="label">((?:(?!</b>).)*)</b> *[^\s<]')
_MARKS = re.compile(r'<p class="(?:marks|earned)">(.*?)</p>')
# the data of a drawing in large type, and what a card says beside each label
_CARD = re.compile(r'<li>\n<p class="value">(.*?)</li>', re.S)
_SAID = re.compile(r'<p><span class="label">[^<]*</span> (.*?)</p>')
# a number at the head of a paper, in any layout
_KEY_FIGURE = re.compile(r'<div class="(?:key-figure|claim)">(.*?)</div>', re.S)


@cache
def pages(name: str) -> dict[str, str]:
    """File name -> HTML for paper, of every document of a pack."""
    library = Library(shipped())
    return {file: render(briefing, library).html for file, briefing in packs.composed(name).items()}


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).replace("\u2060", "").split())


@pytest.mark.parametrize("name", packs.FOLDERS)
def test_a_label_before_a_sentence_ends_with_a_sign(name: str) -> None:
    for file, html in pages(name).items():
        labels = {text(label) for label in _LABEL.findall(html)}
        assert not [label for label in labels if label[-1] not in ".:?!"], file


@pytest.mark.parametrize("name", packs.FOLDERS)
def test_no_capital_follows_a_semicolon_in_what_earns_marks(name: str) -> None:
    for file, html in pages(name).items():
        assert not re.findall(r"; [A-Z]\w+", " ".join(map(text, _MARKS.findall(html)))), file


@pytest.mark.parametrize("name", packs.FOLDERS)
def test_cards_of_a_drawing_say_the_time_of_a_report_once(name: str) -> None:
    cards = [card for html in pages(name).values() for card in _CARD.findall(html)]
    for card in cards:
        said = [text(part) for part in _SAID.findall(card)]
        assert not [(one, other) for one in said for other in said if other.endswith((f", {one}", f" for {one}"))]
    assert cards or name == "lake"


@pytest.mark.parametrize("name", packs.FOLDERS)
def test_a_list_of_sources_says_of_itself_only_what_is_true(name: str) -> None:
    words = load_strings(Library(shipped()), "en")
    for file, html in pages(name).items():
        notes, page = packs.composed(name)[file].notes, text(html)
        titles = [text(title) for title in re.findall(r'<section class="notes(.*?)</section>', html, re.S)]
        assert (words["titles_ours"] in page) == any(re.search(r" \[[^]]*\][. ]", shown) for shown in titles), file
        assert words["read_left_out"] not in page or any(note.standpoint in html for note in notes), file
        assert words["read_notes_means"] not in page or any(note.source.read == "notes" for note in notes), file
        assert not re.search(rf"\d {re.escape(words['read_means'])}", page), file


@pytest.mark.parametrize("name", packs.FOLDERS)
def test_each_key_figure_says_who_says_so(name: str) -> None:
    words = load_strings(Library(shipped()), "en")
    for file, html in pages(name).items():
        rows = packs.composed(name)[file].key_figures
        shown = [text(part) for part in _KEY_FIGURE.findall(html)]
        assert len(shown) in (0, len(rows)), file
        for row, said in zip(rows, shown, strict=False):
            assert said.endswith(tuple("0123456789")), said  # and where it is noted
            assert all(who.replace("'", "’") in said for who in row.by or (words["table"]["derived"],)), (file, row.ref)
