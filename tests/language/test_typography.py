"""How texts are set: quotation marks, spaces that no line breaks at, and words that no hyphen splits."""

import pytest

from briefings.language.strings import load_strings
from briefings.language.typography import JOINER, NBSP, Typography
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
        "≠~these reports",
        "in 5 places, in May we may 3",
    ],
)
def test_spaces_at_which_no_line_breaks(english: Typography, typed: str) -> None:
    assert english.text(typed.replace("~", " ")) == typed.replace("~", NBSP)
    assert english.text(typed.replace("~", "\n")) == typed.replace("~", NBSP)


def test_a_text_goes_on_over_markup(english: Typography) -> None:
    assert english.page('<p>"<em>Go</em>" on <time>25 April</time> 2025, <i>it</i>\'s</p><td>"a</td>') == (
        f"<p>“<em>Go</em>” on <time>25{NBSP}April</time>{NBSP}2025, <i>it</i>’s</p><td>“a</td>"
    )


def test_escaped_quotes_are_set_too(english: Typography) -> None:
    assert english.page("<p>It&#39;s &#34;so&#34; &amp; &lt;b&gt;</p>") == "<p>It’s “so” &amp; &lt;b&gt;</p>"


def test_attributes_are_set_if_they_are_read(english: Typography) -> None:
    html = '<img alt="It&#39;s" title="a &#34;b&#34;" id="it\'s" data-x="6 May" src="a\'b">'
    assert english.page(html) == '<img alt="It’s" title="a “b”" id="it\'s" data-x="6 May" src="a\'b">'


def test_code_and_styles_stay_as_typed(english: Typography) -> None:
    html = "<style>a { content: 'x' }</style><script>'6 May'</script><!-- it's --><code>it's</code>"
    assert english.page(html) == html


def test_a_call_stays_with_its_word_and_is_not_split(english: Typography) -> None:
    call = '<sup class="cite"><a href="#1">1</a>, <a href="#2">2</a></sup>'
    unsplit = call.replace(", ", f",{NBSP}")
    assert english.page(f"<td>3 frogs{call}.</td>") == f"<td>3 frogs{JOINER}{unsplit}.</td>"
    assert english.page(f"<td>Sources: {call}</td>") == f"<td>Sources:{NBSP}{unsplit}</td>"
    assert english.page(f"<td><b>3</b>{call}</td>") == f"<td><b>3</b>{JOINER}{unsplit}</td>"


def test_the_sources_of_a_drawing_may_go_on_on_the_next_line(english: Typography) -> None:
    html = '<p>Sources:\u00a0<sup class="cite">1, 2, 3, 4, 5</sup></p>'.replace(", ", "</a>, <a>")
    assert "</a>, <a>" in english.page(html)


@pytest.mark.parametrize(
    "typed",
    [
        "One frog sat there as we~saw~it.",
        "One frog sat there and we know~it~is.",
        "One frog sat there and looked.",
        "Frogs, we saw it.",  # a label
        "One frog sat beside an uncommonly-long-word-for-it so.",  # too long for a narrow column
    ],
)
def test_the_last_line_has_six_letters(english: Typography, typed: str) -> None:
    assert english.page(f"<p>{typed.replace('~', ' ')}</p>") == f"<p>{typed.replace('~', NBSP)}</p>"


def test_a_call_is_no_part_of_the_last_line(english: Typography) -> None:
    html = 'One frog sat there as we saw it.<sup class="cite">12345678</sup>'
    assert f"saw{NBSP}it." in english.page(f"<p>{html}</p>")


def test_no_hyphen_splits_a_name_or_the_last_word(english: Typography) -> None:
    html = "The information of Washington’s men is <b>informative</b>."
    assert english.page(f'<p class="said">{html}</p>', hyphenated="said") == (
        '<p class="said">The information of<span class="whole"> Washington’s</span> men is '
        '<b><span class="whole">informative</span></b>.</p>'
    )
    assert english.page(f"<p>{html}</p>", hyphenated="said") == f"<p>{html}</p>"


def test_no_line_breaks_after_the_hyphen_of_a_date(english: Typography) -> None:
    html = "<p>mid-May, 26–27 April, twenty-five, 5–6 km</p>"
    assert english.page(html, hyphenated="said").replace(NBSP, " ") == (
        f"<p>mid-{JOINER}May, 26–{JOINER}27 April, twenty-five, 5–6 km</p>"
    )
    assert JOINER not in english.page(html)


def test_no_markup_goes_into_a_link(english: Typography) -> None:
    html = '<p class="said"><a href="https://x.org">Washington</a> is here</p>'
    assert "whole" not in english.page(html, hyphenated="said")


def test_a_text_in_pieces_keeps_their_lengths(english: Typography) -> None:
    assert english.texts(['"6', " May", ' 2024"']) == ["“6", f"{NBSP}May", f"{NBSP}2024”"]
    assert english.texts(['"6', " May"], joined=False) == ["“6", " May"]


def test_a_language_without_rules_gets_quotation_marks_only() -> None:
    assert Typography().text('"6 May" is 3 km') == "“6 May” is 3 km"
    assert Typography(rules={"quotes": {"double": "„“", "single": "‚‘"}}).text("\"Na 'ja', so geht's\"") == (
        "„Na ‚ja‘, so geht’s“"
    )


def test_setting_a_page_twice_changes_nothing(english: Typography) -> None:
    html = '<p>"It" is 6 May 2024<sup class="cite">1</sup> and we go on to it.</p>'
    assert english.page(english.page(html)) == english.page(html)
