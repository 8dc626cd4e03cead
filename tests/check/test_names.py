"""Names: what looks like one, and which forms of a listed name count."""

from pathlib import Path

import pytest
from lake import context_of, statement

from briefings.check.rules import names
from briefings.check.rules.names import name_unlisted


@pytest.mark.parametrize(
    ("before", "starts"),
    [("", True), ("It was full. ", True), ("It was full\n", True), ('He said: "', True), ("– ", True), ("So ", False)],
)
def test_any_word_may_start_a_sentence(before: str, starts: bool) -> None:
    assert names._starts_sentence(before) == starts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In spring Reed came by. [@diary]", "Reed"),
        ("Eve Reed came by. [@diary]", "Reed"),  # Eve may only be capitalized because it starts the sentence
        ("They met Eve-Marie there. [@diary]", "Eve-Marie"),
        ("They met Ivan Янов there. [@diary]", "Ivan"),
        ("They met Ada Moss’s friends in May at Long Lake. [@diary]", None),
        ("It was a Moss-held lake. [@diary]", None),
        ("They read *Water Under Bridges* there. [@diary]", None),
        ('They said "Reed came", and left. [@diary]', None),
        ("On Monday President Moss came. [@diary]", None),
    ],
)
def test_capitalized_words_must_be_listed(text: str, name: str | None, tmp_path: Path) -> None:
    found = [finding.message for finding in name_unlisted(context_of(tmp_path, statement(text)))]
    assert found == ([f"'{name}' looks like a name but is not listed"] if name else [])
