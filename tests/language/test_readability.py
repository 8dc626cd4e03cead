"""Reading grades of known texts, and of the shipped pack."""

import pytest
from conftest import HERE

from briefings.composing.project import compose_all
from briefings.language.readability import measure_chapters, measure_passages, syllables
from briefings.language.strings import load_strings
from briefings.language.wording import Wording
from briefings.library import Library
from briefings.loading.load import load
from briefings.markdown import render_for_counting as counted_text

ROOT = HERE.parent
SYLLABLES = {
    1: "the whole one size sides moved asked crossed used seized free there claimed 2024",
    2: "people region army places houses little being nation million wanted needed science reports sources forces "
    "special Russian battle table captured changes create quiet denied countries agreed weapons airfields",
    3: "leverage idea area opinion serious evidence official incursion agency agencies actual influence video created",
    4: "territory negotiate military January usually experienced",
}


@pytest.mark.parametrize(
    ("word", "count"),
    [(word, count) for count, words in SYLLABLES.items() for word in words.split()],
)
def test_syllables_of_a_word(word: str, count: int) -> None:
    assert syllables(word) == count


def test_grades_follow_from_the_counts() -> None:
    reading = measure_passages(["The cat sat on the mat. It was a very happy cat, people said."])
    assert (reading.words, reading.sentences, reading.syllables, reading.letters) == (14, 2, 17, 45)
    assert reading.flesch_kincaid == pytest.approx(0.39 * 7 + 11.8 * 17 / 14 - 15.59)
    assert reading.coleman_liau == pytest.approx((5.88 * 45 - 29.6 * 2) / 14 - 15.8)


def test_the_words_of_names_are_excluded() -> None:
    with_names = measure_passages(["Volodymyr Zelensky spoke in Kharkiv."])
    without = measure_passages(["Volodymyr Zelensky’s man spoke in Kharkiv."], ["Volodymyr Zelensky", "Kharkiv"])
    assert (with_names.words, without.words) == (5, 3)


def test_a_text_without_words_has_grade_0() -> None:
    assert measure_passages([]).flesch_kincaid == measure_passages(["…"]).coleman_liau == 0


@pytest.mark.slow
def test_the_shipped_pack_stays_below_the_ceilings_of_its_audiences() -> None:
    library = Library(ROOT)
    pack = load(ROOT / "data" / "kursk", "data/kursk")
    names = [name for thing in (*pack.people, *pack.places) for name in (thing.name, *thing.also, *thing.variants)]
    wording = Wording("en", load_strings(library, "en"))
    too_hard = {}
    for briefing in compose_all(pack, library):
        if briefing.choice.every_level:  # a reader chooses the level
            continue
        assert briefing.audience.ceiling is not None
        for chapter in briefing.chapters:
            reading = measure_chapters(briefing, [chapter], wording, names)
            if reading.words >= 30 and reading.flesch_kincaid > briefing.audience.ceiling:
                too_hard[briefing.audience.id, chapter.id] = round(reading.flesch_kincaid, 1)
    assert too_hard == {}


@pytest.mark.parametrize("sign", ["", "*", "_", "**"])
def test_emphasis_does_not_change_where_sentences_start_and_end(sign: str) -> None:
    markdown = '/The council/ met. /Now/ it is high. "Go!" he said. /Stay here./ It was long ago.'.replace("/", sign)
    counted = measure_passages([counted_text(markdown, lambda mark, begins: "")])
    assert (counted.sentences, counted.words) == (5, 16)
