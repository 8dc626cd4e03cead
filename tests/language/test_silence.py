"""Sentences that say what sources leave out, and sentences that only look like it."""

import pytest

from briefings.language.silence import is_read_in_full, silence_of_all, silences_of_some

NAMES = ("Gazette", "Moss", "Ada Moss", "Times")


@pytest.mark.parametrize(
    ("prose", "words"),
    [
        ("Of its depth our sources say nothing.", "our sources say nothing"),
        ("These sources, so far, do not say how deep it is.", "these sources, so far, do not say"),
        ("How deep it is, these sources hardly say.", "these sources hardly say"),
        ("The texts that we read in full say nothing of it.", "the texts that we read in full say nothing"),
        ("Our sources         carry almost no word of it.", "our sources         carry almost no"),
        ("From the council our sources have only a letter.", "our sources have only"),
        ("On the fish the sources are silent.", "the sources are silent"),
        ("No source here says so.", "no source here says"),
        ("No other source of ours, late or early, repeats it.", "no other source of ours, late or early, repeats"),
        ("No report states a method.", "no report states"),
        ("What it cost, no source can say.", "no source can say"),
        ("None of our sources says that it burst.", "none of our sources"),
        ("Nobody in these texts doubts it.", "nobody in these texts"),
        ("Nobody here counts the fish.", "nobody here counts"),
        ("Nobody says how it was measured.", "nobody says"),
        ("No survey of the fish is among our sources.", "no survey of the fish is among our sources"),
        ("Nobody at the council is quoted here.", "nobody at the council is quoted here"),
        ("Nor do our sources say anything of it.", "nor do our sources say"),
        ("That it burst is nowhere stated.", "nowhere stated"),
        ("A date is missing from our sources.", "missing from our sources"),
    ],
)
def test_a_silence_of_all_sources(prose: str, words: str) -> None:
    found = silence_of_all(prose)
    assert found is not None
    assert found[0] == words


@pytest.mark.parametrize(
    "prose",
    [
        "Our sources disagree.",
        "Our sources do not agree on how wide it is.",
        "Our sources say that nothing grows there.",
        "Our sources cannot tell us what would have been.",
        "No source is right in everything.",
        "Nobody could verify it.",
        "Nobody pays for what is free.",
        "Nobody knew, and nothing was done.",
        "What do our sources not say?",
        "Which of these sources say nothing of the fish?",
        "Our copies of the sources do not say.",
        "In the part we read, no source says so.",
        "Two sources say that it burst.",
    ],
)
def test_what_is_no_silence_of_all(prose: str) -> None:
    assert silence_of_all(prose) is None


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("The Gazette gives no date.", [("Gazette", "Gazette gives no")]),
        ("How deep it is, the Gazette does not say.", [("Gazette", "Gazette does not say")]),
        (
            "The Gazette, in its issue of May, never mentions it.",
            [("Gazette", "Gazette, in its issue of May, never mentions")],
        ),
        ("Ada Moss named no witness.", [("Ada Moss", "Ada Moss named no")]),
        ("Moss and the keeper say nothing.", []),  # who else is silent is not known
        ("Ada Moss and Moss do not say.", [("Ada Moss", "Ada Moss and Moss do not say")]),
        ("Moss's article gives no date.", [("Moss", "Moss's article gives no")]),
        ("The Gazette says that it burst and gives no date.", [("Gazette", "Gazette says that it burst and gives no")]),
        ("It was full; it does not say how deep.", [("", "it does not say")]),
        ("The same article offers nothing to explain it.", [("", "the same article offers nothing")]),
        ("The agency reports it and names no witness.", [("", "the agency reports it and names no")]),
        ("About later months they say almost nothing.", [("", "they say almost nothing")]),
        ("Neither says who counted.", [("", "neither says")]),
        ("Nor does it name a witness.", [("", "nor does it name")]),
        ("who measured it is not said", [("", "is not said")]),
        ("origin not given", [("", "not given")]),
        ("The Gazette is silent on the fish.", [("Gazette", "Gazette is silent")]),
    ],
)
def test_a_silence_of_some_source(prose: str, found: list[tuple[str, str]]) -> None:
    assert [(name, match[0]) for match, name in silences_of_some(prose, NAMES)] == found


@pytest.mark.parametrize(
    "prose",
    [
        "The Gazette says no more than the council.",
        "She spoke to the Gazette but gave no name.",
        "At all times names no longer matter.",  # The Times is written with a capital
        "That says nothing against the dam.",
        "The Gazette could not verify it.",
        "If the article does not say who counted, ask.",
        "He was not named.",
        "The council did not say when.",
        "They do not give up.",
        "Does the Gazette give no date?",
        "Our copy of the Gazette does not say when; it is torn.",
        "In the pages we have seen, the Gazette gives no date.",
        "What we hold of the Gazette gives no date.",
    ],
)
def test_what_is_no_silence_of_a_source(prose: str) -> None:
    assert silences_of_some(prose, NAMES) == []


def test_a_limit_holds_for_its_clause_only() -> None:
    assert silences_of_some("In the part we read it gives no date; the Gazette names no witness.", NAMES)
    assert silence_of_all("Our notes are short; no source here says so.")


def test_words_that_limit_a_silence_to_what_was_read_in_full() -> None:
    assert is_read_in_full("No text that we read in full says so.")
    assert not is_read_in_full("No text says so in full.")
