"""Names: what looks like one, and which forms of a listed name count."""

from pathlib import Path

import pytest
from lake import context_of, statement

from briefings.checking.rules import names
from briefings.checking.rules.names import name_unlisted
from briefings.language.name_finder import any_form_pattern


@pytest.mark.parametrize(
    ("before", "starts"),
    [("", True), ("It was full. ", True), ("It was full\n", True), ('He said: "', True), ("– ", True), ("So ", False)],
)
def test_any_word_may_start_a_sentence(before: str, starts: bool) -> None:
    assert names._starts_sentence(before, len(before)) == starts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In spring Reed came by. [@diary]", "Reed"),
        ("It was full. [@diary] LNA's report says so. [@diary]", "LNA's"),  # no sentence capitalizes a whole word
        ("LNA says so. [@diary]", "LNA"),
        ("Eve Reed came by. [@diary]", "Reed"),  # Eve may only be capitalized because it starts the sentence
        ("They met Eve-Marie there. [@diary]", "Eve-Marie"),
        ("They met Ivan Янов there. [@diary]", "Ivan"),
        ("They met Ada Moss’s friends in May at Long Lake. [@diary]", None),
        ("It was a Moss-held lake. [@diary]", None),
        ("They read *Water Under Bridges* there. [@diary]", None),
        ('They said "Reed came", and left. [@diary]', None),
        ("On Monday President Moss came. [@diary]", None),
        ("They wrote to AB&C there. [@diary]", "AB&C"),
        ("A&B came. [@diary]", "A&B"),
        ("They met Moss&Reed there. [@diary]", "Moss&Reed"),
        ("They wrote to the U.N.'s friends. [@diary]", "U.N."),
        ("They asked ADA there. [@diary]", "ADA"),  # an abbreviation is not Ada, nor a word of a title
        ("They asked WATER there. [@diary]", "WATER"),
        ("Plan B: vitamin C, an X-ray, points A and B, C's letter. [@diary]", None),
        ("It was J. R. Moss, in section IV, under Ada XIV, see No. 3. [@diary]", None),
    ],
)
def test_capitalized_words_must_be_listed(text: str, name: str | None, tmp_path: Path) -> None:
    found = [finding.message for finding in name_unlisted(context_of(tmp_path, statement(text)))]
    assert found == ([f"'{name}' looks like a name but is not listed"] if name else [])


def test_a_listed_abbreviation_may_have_signs_in_it(tmp_path: Path) -> None:
    listed = "# pack.yaml\ncapitals: [AB&C, U.N.]\n"
    text = "They wrote to AB&C’s boss, the U.N. and AB&C. They met the U.N. They left. [@diary]"
    assert list(name_unlisted(context_of(tmp_path, listed + statement(text)))) == []


def test_an_abbreviation_in_the_description_of_another_name_is_not_listed(tmp_path: Path) -> None:
    person = "# people.yaml\n  - {id: reed, name: Eve Reed, role: She wrote for LNA in Marsh., side: News}\n"
    found = name_unlisted(context_of(tmp_path, person + statement("She left LNA in Marsh. [@diary]")))
    assert [finding.message for finding in found] == ["'LNA' looks like a name but is not listed"]


def test_the_case_of_an_acronym_matters_beside_forms_in_lower_case() -> None:
    pattern = any_form_pattern(["US", "upper school"])
    assert pattern.findall("The US and the Upper School told us.") == ["US", "Upper School"]
