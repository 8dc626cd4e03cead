"""How a page is set: texts across markup, attributes, calls, last lines, and words that no hyphen splits."""

import pytest

from briefings.language.strings import load_strings
from briefings.language.typography import JOINER, NBSP, Typography
from briefings.language.wording import Wording
from briefings.library import Library
from briefings.page.typesetting import set_page


@pytest.fixture(scope="module")
def english(library: Library) -> Typography:
    return Wording("en", load_strings(library, "en")).typography


def test_a_text_goes_on_over_markup(english: Typography) -> None:
    assert set_page('<p>"<em>Go</em>" on <time>25 April</time> 2025, <i>it</i>\'s</p><td>"a</td>', english) == (
        f"<p>“<em>Go</em>” on <time>25{NBSP}April</time>{NBSP}2025, <i>it</i>’s</p><td>“a</td>"
    )


def test_escaped_quotes_are_set_too(english: Typography) -> None:
    assert set_page("<p>It&#39;s &#34;so&#34; &amp; &lt;b&gt;</p>", english) == "<p>It’s “so” &amp; &lt;b&gt;</p>"


def test_attributes_are_set_if_they_are_read(english: Typography) -> None:
    html = '<img alt="It&#39;s" title="a &#34;b&#34;" id="it\'s" data-x="6 May" src="a\'b">'
    assert set_page(html, english) == '<img alt="It’s" title="a “b”" id="it\'s" data-x="6 May" src="a\'b">'


def test_code_and_styles_stay_as_typed(english: Typography) -> None:
    html = "<style>a { content: 'x' }</style><script>'6 May'</script><!-- it's --><code>it's</code>"
    assert set_page(html, english) == html


def test_a_call_stays_with_its_word_and_is_not_split(english: Typography) -> None:
    call = '<sup class="cite"><a href="#1">1</a>, <a href="#2">2</a></sup>'
    unsplit = call.replace(", ", f",{NBSP}")
    assert set_page(f"<td>3 frogs{call}.</td>", english) == f"<td>3 frogs{JOINER}{unsplit}.</td>"
    assert set_page(f"<td>Sources: {call}</td>", english) == f"<td>Sources:{NBSP}{unsplit}</td>"
    assert set_page(f"<td><b>3</b>{call}</td>", english) == f"<td><b>3</b>{JOINER}{unsplit}</td>"


def test_the_sources_of_a_drawing_may_go_on_on_the_next_line(english: Typography) -> None:
    html = '<p>Sources:\u00a0<sup class="cite">1, 2, 3, 4, 5</sup></p>'.replace(", ", "</a>, <a>")
    assert "</a>, <a>" in set_page(html, english)


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
    assert set_page(f"<p>{typed.replace('~', ' ')}</p>", english) == f"<p>{typed.replace('~', NBSP)}</p>"


def test_a_call_is_no_part_of_the_last_line(english: Typography) -> None:
    html = 'One frog sat there as we saw it.<sup class="cite">12345678</sup>'
    assert f"saw{NBSP}it." in set_page(f"<p>{html}</p>", english)


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("The council, <time>2011</time>", "The council,<time> 2011</time>"),
        ("The pond <em>Deep</em> is deep", "The pond<em> Deep</em> is deep"),
        ('See the <a href="#a">pond</a>', 'See the <a href="#a">pond</a>'),  # its line would go under the space
        ('See~the~<a href="#a">pond</a>', 'See~the~^<a href="#a">pond</a>'),
        ("Seen~<b>~</b>", "Seen~^<b>~</b>"),
        ("The pond is <b>deep</b>.\n", "The pond is<b> deep</b>."),
    ],
)
def test_no_text_ends_with_a_space_at_which_pango_breaks_too_early(typed: str, set_: str, english: Typography) -> None:
    html, expected = (f"<td>{each.replace('~', NBSP).replace('^', JOINER)}</td>" for each in (typed, set_))
    assert set_page(html, english, hyphenated="said") == expected
    assert set_page(html, english) == html  # a browser breaks well


def test_the_space_between_blocks_set_in_one_line_stays(english: Typography) -> None:
    html = '<h3>Deep</h3> <p class="kind">stated</p>'
    assert set_page(html, english, hyphenated="said") == html


def test_no_hyphen_splits_a_name_or_the_last_word(english: Typography) -> None:
    html = "The information of Washington’s men is <b>informative</b>."
    assert set_page(f'<p class="said">{html}</p>', english, hyphenated="said") == (
        '<p class="said">The information of<span class="whole"> Washington’s</span> men is'
        '<b><span class="whole"> informative</span></b>.</p>'
    )
    assert "whole" not in set_page(f"<p>{html}</p>", english, hyphenated="said")


def test_a_name_after_a_space_that_must_not_break_does_not_end_its_line_early(english: Typography) -> None:
    """The text in front of the name ends with that space, at which Pango breaks too early."""
    html = '<p class="said">It was led by Donald A. Washington, of whom few know.</p>'
    assert f'A.{NBSP}{JOINER}<span class="whole">Washington</span>' in set_page(html, english, hyphenated="said")


def test_no_line_breaks_after_the_hyphen_of_a_date_or_the_dash_of_a_range(english: Typography) -> None:
    html = "<p>mid-May, 26–27 April, twenty-five, 5–6 km, 2019–2023, 15–40%, US$80–US$90 m, 0′–6′, a–b</p>"
    for hyphenated in ("said", ""):  # a sheet, and a screen: browsers break there too
        assert set_page(html, english, hyphenated=hyphenated).replace(NBSP, " ") == (
            f"<p>mid-{JOINER}May, 26–{JOINER}27 April, twenty-five, 5–{JOINER}6 km, 2019–{JOINER}2023, "
            f"15–{JOINER}40%, US$80–{JOINER}US$90 m, 0′–{JOINER}6′, a–b</p>"
        )
    apart = '<p>aged<span class="number"> 11</span> to<span class="number"> 14</span></p>'
    assert set_page(apart, english).replace(NBSP, "~") == apart.replace(
        "> 11</span> to<span", "> 11</span>~to<span"
    ).replace("> 14", ">~14")
    assert set_page("<td>mid-May 2024</td>", english) == f"<td>mid-{JOINER}May{NBSP}2024</td>"
    html = "<p>mid-<time>May 2024</time></p>"
    assert set_page(html, english, hyphenated="said") == f"<p>mid-<time>{JOINER}May{NBSP}2024</time></p>"


def test_the_title_of_a_window_has_plain_spaces(english: Typography) -> None:
    html = "<title>2024–25: 'why', from 5 May 2024 for ages 11 to 14</title><p>2024–25</p>"
    assert set_page(html, english) == html.replace("'why'", "‘why’").replace("<p>2024–", f"<p>2024–{JOINER}")


def test_no_markup_goes_into_a_link(english: Typography) -> None:
    html = '<p class="said"><a href="https://x.org">Washington</a> is here</p>'
    assert "whole" not in set_page(html, english, hyphenated="said")


def test_a_long_piece_of_an_address_is_an_element_that_can_be_broken(english: Typography) -> None:
    piece = "1QwErTyUiOpAsDfGhJkLzXcVbNm0123456789"
    html = f"<p>It is at https://example.org/d/{piece}/view, and there.</p>"
    assert f'/d/<span class="whole">{piece}</span>/view' in set_page(html, english)
    html = html.replace("0123456789", '<span class="number">0123456789</span>')
    assert f'/d/<span class="whole">{piece[:-10]}<span class="number">0123456789</span></span>/view' in set_page(
        html, english
    )
    html = f"<p>It is at <b>https://example.org/d/{piece}</b>.</p>"
    assert set_page(html, english).count("<span") == 0  # the piece ends in another element than it begins in
    html = f"<p>It is at <b>https://example.org/d/{piece[:20]}</b>and<i>{piece[20:]}/view</i>, in mid-May.</p>"
    assert set_page(html, english).count("<span") == 0
    html = f"<p>In mid-May at https://example.org/d/{piece}/view, and there.</p>"
    assert f'/d/<span class="whole">{piece}</span>/view' in set_page(html, english)
    for short in (f"<p>It is {piece} and so.</p>", "<p>It is at https://example.org/d/short/view and so.</p>"):
        assert "whole" not in set_page(short, english)
    assert "whole" not in set_page(f'<p><a href="https://x.org">https://x.org/{piece}</a> is so.</p>', english)


def test_setting_a_page_twice_changes_nothing(english: Typography) -> None:
    html = '<p>"It" is 6 May 2024<sup class="cite">1</sup> and we go on to it.</p>'
    assert set_page(set_page(html, english), english) == set_page(html, english)
