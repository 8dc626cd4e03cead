"""A text's Markdown, with our two marks, -> its marks, its plain words, or HTML."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from types import MappingProxyType
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

FORMS = ("number", "value", "short")

_NOTHING: Mapping[str, str] = MappingProxyType({})

_CITE = re.compile(r"\[@([a-z][a-z0-9-]*)\](?!\()")
_NUMBER = re.compile(r"\[=([a-z][a-z0-9-]*/[a-z][a-z0-9-]*)(?:\|(number|value|short))?\](?!\()")
_SENTENCE = re.compile(r"""[^\n]*?[.?!]["”’)]*(?:\s*\[@[a-z0-9-]+\])*(?=\s+["“‘(\[]*[^\W\d_a-zа-я]|\s*$)""")
_BROKEN = re.compile(r"\[[@=][^\]\n]*\]?(?:\([^)\n]*\))?")


@dataclass(frozen=True)
class Cite:
    """`[@source-id]`"""

    source: str
    raw: str


@dataclass(frozen=True)
class Number:
    """`[=figure-id/estimate-id|form]`; `form` is "" for the full form."""

    ref: str
    form: str
    raw: str


@dataclass(frozen=True)
class Wrong:
    """Something an author must mend: what it is, as written, and what to write instead."""

    raw: str
    message: str
    hint: str


Mark = Cite | Number | Wrong
# (mark, whether it begins a sentence) -> HTML
Write = Callable[[Cite | Number, bool], str]
# words between marks -> HTML
Words = Callable[[str], str]


@cache
def marks(markdown: str) -> tuple[Mark, ...]:
    """Every mark in reading order, and whatever is wrong with the text."""
    return tuple(_marks(_parser(_EveryLink).parse(markdown) if _may_link(markdown) else _tokens(markdown)))


def html(
    markdown: str, write: Write, *, inline: bool = False, words: Words = escapeHtml, link: Mapping[str, str] = _NOTHING
) -> str:
    """HTML of the text, its marks written by `write`, what stands between them by `words`.

    `inline` is for a place that takes no paragraph. Inside a link no element may stand, so that its words are only
    escaped; the link gets the attributes `link` instead.
    """
    env = {"write": write, "words": words, "link": link}
    parser = _parser()
    if not inline:
        return str(parser.render(markdown, env)).strip()
    return str(parser.renderer.render(_tokens(markdown), parser.options, env)).strip()


def words(markdown: str) -> int:
    """How many words a reader reads; a number counts as one, a citation as none."""
    return len(plain(markdown, lambda mark, _: "1" if isinstance(mark, Number) else "").split())


def lead(markdown: str) -> str:
    """The first sentence, with the citations directly behind it."""
    first = _SENTENCE.match(markdown)
    return first[0] if first else markdown


def plain(markdown: str, write: Write) -> str:
    """The text as it is read aloud, its marks written by `write`."""
    (line,) = _tokens(markdown)
    tokens = line.children or []
    out = [_aloud(token, tokens[:index], write) for index, token in enumerate(tokens)]
    return "".join(out).strip()


def _aloud(token: Token, before: Sequence[Token], write: Write) -> str:
    if token.type == "mark":
        mark = token.meta["mark"]
        written = "" if isinstance(mark, Wrong) else str(write(mark, _begins_sentence(before)))
        return unescape(re.sub(r"<[^>]*>", "", written))
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def _tokens(markdown: str) -> list[Token]:
    """The text's tokens: one, whose children they are. Remembered, less where a link is, which rendering changes."""
    return _parser().parseInline(markdown) if _may_link(markdown) else _remembered(markdown)


@cache
def _remembered(markdown: str) -> list[Token]:
    return _parser().parseInline(markdown)


def _may_link(markdown: str) -> bool:
    return "](" in markdown or "<" in markdown


class _EveryLink(MarkdownIt):
    """Sees javascript: and its like as links too, so that they are reported; without it they are shown as written."""

    def validateLink(self, url: str) -> bool:
        return True


@cache
def _parser(kind: type[MarkdownIt] = MarkdownIt) -> MarkdownIt:
    """CommonMark less what a paragraph on a sheet has no use for; raw HTML is shown as it is written."""
    parser = kind("commonmark", {"html": False, "typographer": True}).enable("smartquotes")
    parser.disable(["heading", "lheading", "fence", "code", "hr", "image", "reference", "html_block", "html_inline"])
    parser.inline.ruler.before("link", "mark", _rule)
    parser.add_render_rule("mark", _render_mark)
    parser.add_render_rule("text", _render_words)
    parser.add_render_rule("link_open", _render_link)
    return parser


def _rule(state: StateInline, silent: bool) -> bool:
    match: re.Match[str] | None
    if match := _CITE.match(state.src, state.pos):
        mark: Mark = Cite(match[1], match[0])
    elif match := _NUMBER.match(state.src, state.pos):
        mark = Number(match[1], match[2] or "", match[0])
    elif match := _BROKEN.match(state.src, state.pos):
        mark = Wrong(match[0], f"'{match[0]}' is not a mark", _advice(match[0]))
    else:
        return False
    if not silent:
        token = state.push("mark", "", 0)
        token.meta = {"mark": mark}
        token.content = "0" if isinstance(mark, Number) else ""  # what quotes and sentences see in its place
    state.pos = match.end()
    return True


def _advice(raw: str) -> str:
    if "(" in raw:
        return "a mark is no link: put a space or nothing after its ']'"
    if ";" in raw or "," in raw or raw.count("@") > 1:
        return "one id a mark: [@first] [@second]"
    if not raw.endswith("]"):
        return "close it with ']' on the same line"
    if raw.startswith("[="):
        return f"write [=figure-id/estimate-id], with |{', |'.join(FORMS)} if wanted"
    return "write [@source-id]; an id has lower-case letters, digits and hyphens"


def _marks(tokens: Sequence[Token]) -> Iterator[Mark]:
    for token in tokens:
        if token.type == "mark":
            yield token.meta["mark"]
        elif token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            if not address.startswith(("https://", "http://")):
                yield Wrong(f"]({address}", f"a link to '{address}'", "link to an https:// address")
        yield from _marks(token.children or ())


def _render_mark(_: RendererHTML, tokens: Sequence[Token], index: int, __: Any, env: Any) -> str:
    mark = tokens[index].meta["mark"]
    return "" if isinstance(mark, Wrong) else str(env["write"](mark, _begins_sentence(tokens[:index])))


def _render_words(_: RendererHTML, tokens: Sequence[Token], index: int, __: Any, env: Any) -> str:
    links = sum((t.type == "link_open") - (t.type == "link_close") for t in tokens[:index])
    return str((escapeHtml if links else env["words"])(tokens[index].content))


def _render_link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    for name, value in env["link"].items():
        tokens[index].attrSet(name, value)
    return renderer.renderToken(tokens, index, options, env)


def _begins_sentence(before: Sequence[Token]) -> bool:
    """Whether what follows these tokens begins a sentence."""
    text = "".join(t.content for t in before).rstrip(" “”‘’()")
    return not text or text.endswith((".", "!", "?"))
