"""Glossary terms: each is explained once, by the first statement that uses it."""

import pytest

from briefings.briefing.parts import Chapter, EntryView, ItemView, StatementView
from briefings.composing.glossary import explain_terms, uses_term
from briefings.language.mentions import SearchText
from briefings.schema.topic import Term


def term(name: str, *also: str) -> Term:
    key = name.lower().replace(" ", "-").partition("-(")[0]
    return Term.model_validate({"id": key, "term": name, "also": list(also), "text": "A word.", "depth": "core"})


def entry(name: str, *also: str) -> EntryView:
    return EntryView(name, name, "A word.", term(name, *also))


def statement(text: str) -> StatementView:
    return StatementView(text, text)


def explained(chapters: list[Chapter], *entries: EntryView) -> list[tuple[str, tuple[str, ...]]]:
    """Each statement that explains terms: (text, ids of the terms)."""
    result = []
    for chapter in explain_terms(chapters, entries):
        items = [inner for item in chapter.pieces for inner in (item, *item.pieces)]
        for each in (*chapter.intro, *(paragraph for item in items for paragraph in item.paragraphs)):
            if each.terms:
                result.append((each.text, tuple(found.id for found in each.terms)))
    return result


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("the spawn floats", True),
        ("frogspawn floats", False),  # part of another word
        ("half-spawn floats", False),  # a hyphen does not end a word
        ("eggs float", True),  # another form
        ("“spawn” floats", True),
    ],
)
def test_a_text_uses_a_term_as_a_whole_word(text: str, used: bool) -> None:
    assert uses_term(SearchText.of(text), term("spawn", "eggs")) is used


def test_the_parenthesis_after_a_term_is_not_part_of_it() -> None:
    assert uses_term(SearchText.of("in the region"), term("region (oblast)"))
    assert not uses_term(SearchText.of("in the oblast"), term("region (oblast)"))


def test_the_case_of_a_text_does_not_matter() -> None:
    chapters = [Chapter("c", 1, "Title", "", intro=(statement("SPAWN floats."),))]
    assert explained(chapters, entry("Spawn")) == [("SPAWN floats.", ("Spawn",))]


def test_only_the_first_statement_explains_a_term() -> None:
    chapters = [
        Chapter("a", 1, "Title", "", intro=(statement("Water."), statement("Spawn."), statement("Spawn again."))),
        Chapter("b", 2, "Title", "", intro=(statement("Spawn once more."),)),
    ]
    assert explained(chapters, entry("spawn")) == [("Spawn.", ("spawn",))]


def test_intros_precede_items_and_items_their_positions() -> None:
    position = ItemView("position", "Title", paragraphs=(statement("A newt and a toad."),))
    question = ItemView("question", "Title", paragraphs=(statement("A newt."),), pieces=(position,))
    chapter = Chapter("c", 1, "Title", "", intro=(statement("Spawn."),), pieces=(question,))
    assert explained([chapter], entry("toad"), entry("newt"), entry("spawn")) == [
        ("Spawn.", ("spawn",)),
        ("A newt.", ("newt",)),
        ("A newt and a toad.", ("toad",)),
    ]


def test_titles_and_events_explain_nothing() -> None:
    item = ItemView("item", "Spawn", events=(statement("Spawn."),))
    assert explained([Chapter("c", 1, "Spawn", "", pieces=(item,))], entry("spawn")) == []


def test_ids_in_marks_are_not_words() -> None:
    chapters = [Chapter("c", 1, "Title", "", intro=(statement("Many. [@spawn] And [=spawn/april] more."),))]
    assert explained(chapters, entry("spawn"), entry("april")) == []


def test_the_longest_of_nested_terms_is_explained() -> None:
    chapters = [
        Chapter("a", 1, "Title", "", intro=(statement("The air defence held."), statement("The defence of the yard.")))
    ]
    assert explained(chapters, entry("defence"), entry("air defence", "air defences")) == [
        ("The air defence held.", ("air defence",)),
        ("The defence of the yard.", ("defence",)),
    ]


def test_an_acronym_is_not_a_word_in_lower_case() -> None:
    chapters = [Chapter("a", 1, "Title", "", intro=(statement("They told us of it."), statement("The US came.")))]
    assert explained(chapters, entry("US")) == [("The US came.", ("US",))]
