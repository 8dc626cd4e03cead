"""Whatever reads a rendered page takes time with its length. `-s` prints what took longest."""

from collections.abc import Callable

import pytest
from growing import grows, growth, row
from hostile import Hostile

from briefings.language.typography import Typography
from briefings.output import page_entry, theme_trial
from briefings.output.writers import html
from briefings.page import page_safety, policy, used_styles
from briefings.page.blocks import lift_blocks
from briefings.page.render_sandbox import tag_locations
from briefings.page.screen_fonts import smallest_cut
from briefings.page.template_functions import _merge_citations, css_string
from briefings.page.typesetting import set_page

SIZE = 3_000  # characters
_UNITS = (
    *("<", ">", "<a", "<a ", "<a>", "</a>", "<a b=", '<a b="', "<a b='", "<a/b=", "<a,b", "<script", "<script "),
    *("<script a=", "<script>", "</script>", "<style>", "<pre>", "<textarea", "<svg>", "<!--", "<!-- >", "-->"),
    *("<![CDATA[", "<img ", "<img src=", '<img src="', '<img src="//a" ', "<meta ", '<meta http-equiv="', "<link "),
    *('<link rel="', "<html ", "<x-block>", "</x-block>", "<p>", "<p><x-block>", "<p><b>", "<b>", "</sup>"),
    *('<sup class="cite">', '<sup class="cite">1</sup> ', "<time>", " <time ", "<data ", '<span class="number">'),
    *('<p class="hyphenated">', "onclick=a ", "javascript:", "data:image/", "a", "a ", "ab-", "-" * 30, "http://a/"),
    *("26–27 April ", "mid-August ", "&", "&quot;", "&#39;", "'", '"', '"a" ', "\n", " ", "\u2060", "Dr ", "6 May "),
    *('alt="a" ', "=", "\\22 "),
)  # fmt: skip
TEXTS = (
    *map(Hostile, dict.fromkeys(_UNITS)),
    Hostile(" ", '<a b="', ""),
    Hostile("a ", "<a ", ""),
    Hostile("a=b ", "<script ", ""),
    Hostile(" ", "", '<sup class="cite">1</sup>'),
    Hostile("a ", '<p class="hyphenated">', "</p>"),
    Hostile("a<b>b</b> ", '<p class="hyphenated">', "</p>"),
    Hostile(" a-b='c'", "<html", "><head>"),
)
BRITISH = Typography(
    "en", {"before_name": ["Dr"], "after_number": ["km"], "names_are_capitalised": True}, ["May", "August"]
)
FUNCTIONS: dict[str, Callable[[str], object]] = {
    "typesetting.set_page": lambda page: set_page(page, BRITISH, hyphenated="hyphenated"),
    "blocks.lift_blocks": lambda page: lift_blocks(f"<x-block></x-block>{page}"),
    "template_functions: citations": _merge_citations,
    "template_functions.css_string": css_string,
    "page_safety.dangers": lambda page: list(page_safety.dangers(page)),
    "policy.with_policy": lambda page: policy.with_policy(page, ""),
    "policy.policy_of": lambda page: policy.policy_of(page.encode()),
    "render: tags with a place": lambda page: tag_locations._TAG.sub("", page),
    "used_styles: classes": lambda page: [*used_styles._CLASSES.findall(page), *used_styles._SCRIPT.findall(page)],
    "used_styles: links": lambda page: used_styles._LINK.sub("", page),
    "screen_fonts.smallest_cut": lambda page: smallest_cut(page, page),
    "page_entry: words": lambda page: page_entry._TAG.sub(" ", page).split(),
    "theme_trial: words": lambda page: theme_trial._TAG.sub(" ", page),
    "html: links": lambda page: html._LINK.sub("", page),
    "html: images": lambda page: html._IMAGE.sub("", page),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_time_grows_with_the_length_of_a_page(name: str) -> None:
    found = growth(FUNCTIONS[name], {ascii(tuple(text)): text.of for text in TEXTS}, SIZE)
    print(f"\n{row(name, found)}", end="")
    assert {text: measured for text, measured in found.items() if grows(measured)} == {}
    assert max(four for _, _, four in found.values()) < 0.5


@pytest.mark.parametrize(
    "tag",
    [
        f'<{"a" * 90}b=" onclick=x y=">',  # a browser takes all up to the space for the name
        f'<a href={"a" * 900}b=" onclick=x y=">',
        f"<a {'a' * 90} onclick=x>",
        f"<a {'b ' * 150} onclick=x>",
    ],
)
def test_a_tag_that_is_cut_off_is_refused(tag: str) -> None:
    assert [danger.code for danger in page_safety.dangers(f"<p>{tag}</p>")][:1] == ["unsafe-markup"]
