"""How a text is set: its quotation marks, and the spaces at which no line breaks."""

import pytest

from briefings.language.strings import load_strings
from briefings.language.typography import NBSP, Typography
from briefings.language.wording import Wording
from briefings.library import Library


@pytest.fixture(scope="module")
def english(library: Library) -> Typography:
    return Wording("en", load_strings(library, "en")).typography


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ('"So", she said: it\'s', "“So”, she said: it’s"),
        ("the Staff's men, the Staffs' men", "the Staff’s men, the Staffs’ men"),
        ("He: \"'Go' is a word\"", "He: “‘Go’ is a word”"),
        ('("Go")—"now"', "(“Go”)—“now”"),
        ("the '90s", "the ’90s"),
        ("rock 'n' roll ate 'most all of 'em until '99.", "rock ’n’ roll ate ’most all of ’em until ’99."),
        ("5'10\" long, at 51°30'N, and 12\" wide", "5′10″ long, at 51°30′N, and 12″ wide"),
        ("she said \"there were 3\" and 'only 4'.", "she said “there were 3” and ‘only 4’."),
        ('said "3 of 4".', "said “3 of 4”."),
        ("“Set” as it’s typed", "“Set” as it’s typed"),
    ],
)
def test_quotes_and_apostrophes(english: Typography, typed: str, set_: str) -> None:
    assert english.text(typed) == set_


@pytest.mark.parametrize(
    "typed",
    [
        "on 6~August~2024 and in August~2024",
        "from 26–27~April~2025",
        "6~Aug~2024",
        "about 40~per~cent of 1,200~km² and 2~million",
        "two~thousand of three~kilometres",
        "c.~1943, p.~12, Dr~Moss and J.~S.~Bach",
        "≠~these reports, ≠:~these reports",
        "by~Dec~2024, said~Oct~2024 and since~May~2024; by December~2024, by Dec and said 3~Oct~2024",
        "in 5 places, in May we may 3",
        "aged 11~to~14, 300~to~500~million",
        "1,000 to 1,200 frogs of 2019 to 2023, from 3 to May",
    ],
)
def test_spaces_at_which_no_line_breaks(english: Typography, typed: str) -> None:
    assert english.text(typed.replace("~", " ")) == typed.replace("~", NBSP)
    assert english.text(typed.replace("~", "\n")) == typed.replace("~", NBSP)


def test_a_text_in_pieces_keeps_their_lengths(english: Typography) -> None:
    assert english.texts(['"6', " May", ' 2024"']) == ["“6", f"{NBSP}May", f"{NBSP}2024”"]
    assert english.texts(['"6', " May"], joined=False) == ["“6", " May"]


def test_a_language_without_rules_gets_quotation_marks_only() -> None:
    assert Typography().text('"6 May" is 3 km') == "“6 May” is 3 km"
    assert Typography(rules={"quotes": {"double": "„“", "single": "‚‘"}}).text("\"Na 'ja', so geht's\"") == (
        "„Na ‚ja‘, so geht’s“"
    )
