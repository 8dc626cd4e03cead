"""Markdown with the two marks: the marks found, the words counted, the HTML rendered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings import markdown
from briefings.markdown import Citation, InvalidMark, NumberReference, Reference


@pytest.mark.parametrize(
    ("source", "marks"),
    [
        ("Eggs of frogs.", []),
        ("Eggs. [@diary]", [Citation("diary", "[@diary]")]),
        ("[=frogs/april] left.", [NumberReference("frogs/april", "", "[=frogs/april]")]),
        ("Only [=frogs/april|short].", [NumberReference("frogs/april", "short", "[=frogs/april|short]")]),
        ("A [@a][@b-2] c.", [Citation("a", "[@a]"), Citation("b-2", "[@b-2]")]),
        (
            "**Bold [@a]** and [link [=f/e]](https://x.org)",
            [Citation("a", "[@a]"), NumberReference("f/e", "", "[=f/e]")],
        ),
        ("`[@a]` is how it is written", []),
        (r"\[@a] is no mark", []),
        ("A [@a, p. 12] b.", [Citation("a", "[@a, p. 12]", "p. 12")]),
        ("A [@a, §§ 3,\n4 f.] b.", [Citation("a", "[@a, §§ 3,\n4 f.]", "§§ 3, 4 f.")]),
        ("See [#est-1].", [Reference("est-1", "[#est-1]")]),
        ("No [#1] mark", []),
    ],
)
def test_marks_are_found_in_reading_order(source: str, marks: list[markdown.TextMark]) -> None:
    assert list(markdown.find_marks(source)) == marks


@pytest.mark.parametrize(
    ("source", "raw", "hint"),
    [
        ("Eggs [@a](https://x.org).", "[@a](https://x.org)", "a mark is not a link"),
        ("Eggs [@a; @b].", "[@a; @b]", "write one mark for each id"),
        ("Eggs [@a, b].", "[@a, b]", "write one mark for each id"),
        ("Eggs [@a", "[@a", "close it with ']'"),
        ("Eggs [@a, b-2].", "[@a, b-2]", "a place in a source has a digit"),
        ("Eggs [@a, chapter].", "[@a, chapter]", "a place in a source has a digit"),
        ("Eggs [#Est-1].", "[#Est-1]", "write [#id]"),
        ("Eggs [@a\nb]", "[@a", "close it with ']'"),
        ("Eggs [@A-2024].", "[@A-2024]", "lower-case letters"),
        ("Eggs [@].", "[@]", "write [@source-id]"),
        ("Eggs [=frogs].", "[=frogs]", "write [=figure-id/estimate-id]"),
        ("Eggs [=frogs/april|long].", "[=frogs/april|long]", "|number, |value, |short"),
        ("Eggs [a](javascript:alert(1)).", "](javascript:alert(1)", "link to an https:// address"),
        ("Eggs [a](data:text/html,x).", "](data:text/html,x", "link to an https:// address"),
        ("Eggs [a](#note-1).", "](#note-1", "link to an https:// address"),
    ],
)
def test_an_invalid_mark_has_a_hint(source: str, raw: str, hint: str) -> None:
    (mark,) = markdown.find_marks(source)
    assert isinstance(mark, InvalidMark)
    assert mark.raw == raw
    assert hint in mark.hint


def render_mark(mark: Citation | NumberReference, begins_sentence: bool) -> str:
    return f"({mark.source})" if isinstance(mark, Citation) else f"<{'N' if begins_sentence else 'n'}{mark.form}>"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("Eggs **of** *frogs*. [@a]", "Eggs <strong>of</strong> <em>frogs</em>. (a)"),
        ("[=f/e] left.", "<N> left."),
        ("They left. [=f/e] stayed, [=f/e|value] did not.", "They left. <N> stayed, <nvalue> did not."),
        ("It was so. [@a] [=f/e] stayed.", "It was so. (a) <N> stayed."),
        ("[=f/e] [=f/e]", "<N> <n>"),
        ("Why? [=f/e]!", "Why? <N>!"),
        ('"It is so." [=f/e] left.', '"It is so." <N> left.'),
        ('"[=f/e] left."', '"<N> left."'),
        ('She said "[=f/e] left".', 'She said "<n> left".'),
        ('"So", she said: it\'s', '"So", she said: it\'s'),
        ("<b onclick=x>& co", "&lt;b onclick=x&gt;&amp; co"),
        ("[site](https://x.org)", '<a href="https://x.org">site</a>'),
        ("[site](javascript:x)", "[site](javascript:x)"),
        ("# No heading", "# No heading"),
        ("![no picture](x.png)", '!<a href="x.png">no picture</a>'),
    ],
)
def test_inline_html(source: str, html: str) -> None:
    assert markdown.render_html(source, render_mark, inline=True) == html


def test_text_between_marks_is_rendered_except_inside_a_link() -> None:
    html = markdown.render_html(
        "Eggs [of frogs](https://x.org) here",
        render_mark,
        inline=True,
        render_text=str.upper,
        link={"rel": "noopener"},
    )
    assert html == 'EGGS <a href="https://x.org" rel="noopener">of frogs</a> HERE'
    assert markdown.render_html("Eggs.", render_mark) == "<p>Eggs.</p>"


def test_plain_text_has_no_tags_or_entities() -> None:
    plain = markdown.render_plain("*Eggs* [=f/e] &amp; `x`", lambda mark, begins: "<b>5&nbsp;cm</b>")
    assert plain == "Eggs 5\xa0cm & x"


@pytest.mark.parametrize(
    ("source", "count"),
    [("", 0), ("Eggs of **frogs**. [@diary]", 3), ("[=frogs/april] left, [=frogs/may|short] stayed.", 4)],
)
def test_a_number_counts_as_one_word_and_a_citation_as_none(source: str, count: int) -> None:
    assert markdown.count_words(source) == count


@pytest.mark.parametrize(
    ("source", "first"),
    [
        ("One. Two.", "One."),
        ("He said so. [@a] [@b] Then more. [@c]", "He said so. [@a] [@b]"),
        ("More than [=x/y] frogs, e.g. newts, hopped. Not all.", "More than [=x/y] frogs, e.g. newts, hopped."),
        ("“Go away.” They did.", "“Go away.”"),
        ("Only one", "Only one"),
        ("One. Two. [@a] [@b] Three. [@c]", "One. [@a] [@b]"),  # what supports the next sentence supports this one
        ("One. [@a] Two. [@b]", "One. [@a]"),
    ],
)
def test_the_first_sentence_includes_its_citations(source: str, first: str) -> None:
    assert markdown.first_sentence(source) == first


_SIGNS = [
    "Eggs",
    "of 5",
    " ",
    ". ",
    "? ",
    "**",
    "*",
    "_",
    "'",
    '"',
    "(",
    ")",
    "[",
    "]",
    "!",
    "-",
    "é",
    "\n",
    "`",
    "\\",
    "<",
]
_MARKS = ["[@a]", "[@b-2]", "[=f/e]", "[=f/e|short]", "[=f]", "[@A]", "[@a](x)", "[@a; @b]", "[@a", "](https://x.org)"]


@given(st.lists(st.sampled_from([*_SIGNS, *_MARKS, "&amp;"]), max_size=12).map("".join))
def test_regular_expressions_and_the_parser_agree(source: str) -> None:
    if "](" not in source and "<" not in source:
        assert list(markdown.find_marks(source)) == list(markdown._marks(markdown._tokens(source)))

    def render_number(mark: Citation | NumberReference, begins_sentence: bool) -> str:
        return "" if isinstance(mark, Citation) else "Many" if begins_sentence else "many"

    plain = markdown.render_plain(source, render_number)
    if "*" not in source:  # a lone star is not emphasis, so the parser keeps it
        assert markdown.count_words(source) == len(plain.split())
        straight = str.maketrans("“”‘’", "\"\"''")
        assert (
            markdown.render_for_counting(source, render_number).translate(straight).split()
            == plain.translate(straight).split()
        )


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("H~2~O", 'H<sub class="script">2</sub>O'),
        ("x^2^ and *y*", 'x<sup class="script">2</sup> and <em>y</em>'),
        ("two ~ signs ^ here", "two ~ signs ^ here"),
        ("One. [@a]\n\nTwo.", "One. (a)<x-block><p>Two.</p></x-block>"),
        (
            "Reasons:\n- *depth* [@a]\n- weeds",
            'Reasons:<x-block><ul class="points">\n<li><em>depth</em> (a)</li>\n<li>weeds</li>\n</ul></x-block>',
        ),
        ("1. one\n2. two", '<x-block><ol class="points">\n<li>one</li>\n<li>two</li>\n</ol></x-block>'),
        ("So:\n\n> No.", 'So:<x-block><blockquote class="quoted">\n<p>No.</p>\n</blockquote></x-block>'),
        (
            "| a | b |\n|---|---|\n| 1 | [=f/e] |",
            '<x-block><table class="grid">\n<thead>\n<tr>\n<th scope="col">a</th>\n'
            '<th scope="col">b</th>\n</tr>\n</thead>\n'
            "<tbody>\n<tr>\n<td>1</td>\n<td><N></td>\n</tr>\n</tbody>\n</table></x-block>",
        ),
    ],
)
def test_blocks_and_scripts(source: str, html: str) -> None:
    assert markdown.render_html(source, render_mark, inline=True) == html


def test_a_text_with_blocks_as_plain_text() -> None:
    source = "Reasons:\n\n- H~2~O\n- x^2^ and [=f/e]\n\nOne. Two."
    assert markdown.render_plain(source, render_mark) == "Reasons:\nH₂O\nx² and\nOne. Two."
    assert markdown.count_words(source) == 7
    assert markdown.first_sentence(source) == "Reasons:"
    assert markdown.first_sentence("One\nline. Two.\n\n- a") == "One line."
    assert [mark.raw for mark in markdown.find_marks("a [@a]\n\n- b [@b]")] == ["[@a]", "[@b]"]
