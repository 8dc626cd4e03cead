"""What is written on the pages of all packs, as a reader reads it: across tags, without what no reader sees."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

import packs
import pytest
from conftest import quick_first

from briefings.composing.standing import published_later
from briefings.language.strings import load_strings
from briefings.language.wording import Wording
from briefings.library import Library, shipped
from briefings.page.render import render

LIBRARY = Library(shipped())
WORDING = Wording("en", load_strings(LIBRARY, "en"))
UNSEEN = re.compile(r"<(style|script|title|template)\b.*?</\1>", re.DOTALL)
INLINE = re.compile(r"</?(?:span|b|i|a|em|strong|time|data|sup|cite|abbr|q)\b[^>]*>")
LABEL = re.compile(r"<b class=[^>]*>.*?</b>", re.DOTALL)  # the name of a step in front of what is done in it
TAG = re.compile(r"<[^>]*>")
LEFT_OUT = re.compile(r"The full pack also holds:[^¦]*")
END = "¦"  # of a block, for a search that stays within one
TWICE_ON_PURPOSE = ("had had", "that that")


@cache
def written(pack: str) -> dict[str, str]:
    """The text of each page of a pack, with END between blocks."""
    return {name: text_of(render(each, LIBRARY).html) for name, each in packs.composed(pack).items()}


def text_of(html: str) -> str:
    seen = LABEL.sub(lambda label: f"{END}{label[0]}{END}", UNSEEN.sub(END, html))
    return unescape(TAG.sub(END, INLINE.sub("", seen)))


def found(pattern: str, pack: str) -> Iterator[str]:
    """Yield what a pattern finds on the pages of a pack, with the words around it."""
    for name, text in written(pack).items():
        for match in re.finditer(pattern, text):
            if match[0] not in TWICE_ON_PURPOSE:
                yield f"{name}: {text[max(match.start() - 40, 0) : match.end() + 20]!r}"


every_pack = pytest.mark.parametrize("pack", quick_first(packs.FOLDERS))


@every_pack
def test_no_word_stands_twice(pack: str) -> None:
    assert list(found(r"\b([^\W\d_]{2,})\s+\1\b", pack)) == []


@every_pack
def test_no_two_signs_end_a_sentence(pack: str) -> None:
    assert list(found(r"[.?!…][”’)]?\.(?!\w)|[,;:][.,;:]", pack)) == []


@every_pack
def test_the_last_slide_says_its_edition_in_a_sentence_of_its_own(pack: str) -> None:
    assert [each for each in found(rf"[^.{END}\s]\s+Edition\s\d", pack) if "-slides:" in each] == []


@every_pack
def test_no_section_is_left_out_that_is_printed(pack: str) -> None:
    for name, text in written(pack).items():
        printed = [f" “{chapter.title}”" for chapter in packs.composed(pack)[name].chapters]  # without a count of parts
        assert [title for title in printed for told in LEFT_OUT.findall(text) if title in told] == [], name


@pytest.mark.slow
@pytest.mark.parametrize("pack", ["kursk", "smallpox"])  # the test packs have one voice, which also takes positions
def test_no_work_says_something_before_it_was_published(pack: str) -> None:
    """ "Millions Saved, 1973" names a book of 2007 as a voice of 1973."""
    wrong, right = [], 0
    for name, text in written(pack).items():
        plain = text.replace("\u00a0", " ").replace("\u2060", "")
        for row in packs.composed(pack)[name].rows.values():
            for short in (True, False) if row.later and row.estimate.as_of else ():
                who, when = WORDING.names(row.by), WORDING.when(row.estimate.as_of, short=short)
                if when == WORDING.dated(row, short=short):
                    continue  # "by 1973" says it
                wrong += [f"{name}: {who}, {when}"] if f"{who}, {when}" in plain else []
                right += plain.count(f"{who}, for {when}")
    assert wrong == []
    assert right


@every_pack
def test_a_date_of_saying_is_no_earlier_than_the_work_that_says_so(pack: str) -> None:
    """Where `covers` gives the time that is counted, `as_of` is when it was said."""
    loaded = packs.pack(pack)
    early = [
        f"{figure.id}/{estimate.id}"
        for figure in loaded.figures
        for estimate in figure.estimates
        if estimate.covers and published_later(loaded, estimate.model_copy(update={"covers": None}))
    ]
    assert early == []


def test_a_word_in_another_block_is_no_repetition() -> None:
    page = "<style>a a</style><p>Two <b>people</b> people</p><p>ran</p><p>ran <title>x</title></p>"
    page += "<p><b class='step'>Map</b> Map tasks</p>"
    assert re.findall(r"(\w+)\s+\1", text_of(page)) == ["people"]


@every_pack
def test_no_side_of_a_debate_speaks_after_what_reports_it(pack: str) -> None:
    """A side with several speakers has one date. It must begin with the first of them."""
    sources = {source.id: source for source in packs.pack(pack).sources}
    for question in packs.pack(pack).questions:
        for side in question.positions:
            if side.as_of and side.as_of.qualifier not in ("by", "before"):  # which have no first day
                told = min(sources[each].published.order[1] for each in side.sources)
                assert told >= side.as_of.order[0], f"{side.id}: {side.as_of}"
