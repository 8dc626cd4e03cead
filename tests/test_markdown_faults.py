"""What no page can show, or not at this place, is found before it is printed as typed."""

import pytest

from briefings.markdown_faults import find_faults


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("It <b>was</b> dug.", "<b>"),
        ("<script>alert(1)</script>", "<script>"),
        ("a <br/> break", "<br/>"),
        ("a <!-- note -->", "<!--"),
        ("# A heading\n\nText.", "# A heading"),
        ("A heading\n=====\n\nText.", "====="),
        ("A heading\n---\nText.", "---"),
        ("one\n\n***\n\ntwo", "***"),
        ("a claim[^1] here", "[^1]"),
        ("the formula $E = mc^2$ holds", "$E = mc^2$"),
        (r"the formula \(x\) holds", r"\("),
        ("![a frog](frog.png)", "![a frog]"),
        ("it was ~~gone~~ there", "~~"),
        ("it **was dug.", "**was dug."),
        ("it was {{ dug }} there", "{{ dug }}"),
        ("it was dug (@diary)", "(@diary)"),
        ("it was ==marked== so", "==marked=="),
        ("```\ncode\n```", "```"),
        ("- [ ] done", "- [ ]"),
        ("[three](https://x.org/ü b)", "](https://x.org/ü b)"),
        ("[x]: https://x.org", "[x]: https://x.org"),
        ("There are three reasons: - depth - weeds - herons", "- depth -"),
    ],
)
def test_what_no_text_may_have(text: str, raw: str) -> None:
    (fault, *_) = find_faults(text, blocks=True)
    assert fault.raw == raw
    assert "which no page can show" in fault.message
    assert fault.hint


@pytest.mark.parametrize(
    "text",
    [
        "Depth < 3 and > 2; a <https://x.org> b",
        r"\<b> is how it is written",
        "`<b>` too",
        "It cost $5 and then $6, or US$ 7.",
        "Pond #1, no. #2",
        "a - b, - c",
        "x = y == z",
        "It was 3 -- no, 4 -- metres.",
        '[three](https://x.org "a title") and *four*',
        "H~2~O and x^2^",
        "**The pond**, **the *old* yard** and (**both**).",
        "2 ** 3 and {braces} and a@example.org",
    ],
)
def test_what_looks_like_it_is_left_alone(text: str) -> None:
    assert find_faults(text, blocks=False) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Reasons:\n\n- depth\n- weeds", "a list ('- depth')"),
        ("Reasons:\n1. depth\n2. weeds", "a list ('1. depth')"),
        ("> said Moss", "a quotation set apart ('> said Moss')"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a table ('| a | b |')"),
        ("One.\n\nTwo.", "a second paragraph"),
    ],
)
def test_blocks_are_allowed_only_where_a_text_may_be_long(text: str, name: str) -> None:
    assert find_faults(text, blocks=True) == ()
    (fault,) = find_faults(text, blocks=False)
    assert fault.message == f"{name} cannot stand here"
    assert "'text' of a paragraph" in fault.hint
