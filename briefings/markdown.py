"""A text's Markdown, with our two marks, -> its marks, its plain words, or HTML."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # most of what a check asks needs no Markdown, whose import takes as long as all marks
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

FORMS = ("number", "value", "short")

_NOTHING: Mapping[str, str] = MappingProxyType({})

# a mark, or what was meant as one
_MARK_PATTERN = re.compile(
    r"\[@(?P<source>[a-z][a-z0-9-]*)\](?!\()"
    r"|\[=(?P<number>[a-z][a-z0-9-]*/[a-z][a-z0-9-]*)(?:\|(?P<form>number|value|short))?\](?!\()"
    r"|\[[@=][^\]\n]*\]?(?:\([^)\n]*\))?"
)
# code, escapes, entities, _emphasis_, links: what is a mark or a word there, Markdown must say
_NEEDS_PARSER = re.compile(r"[`\\<&_]|\]\(")
_SENTENCE = re.compile(r"""[^\n]*?[.?!]["”’)]*(?:\s*\[@[a-z0-9-]+\])*(?=\s+["“‘(\[]*[^\W\d_a-zа-я]|\s*$)""")


@dataclass(frozen=True)
class Citation:
    """`[@source-id]`"""

    source: str
    raw: str


@dataclass(frozen=True)
class NumberReference:
    """`[=figure-id/estimate-id|form]`; `form` is "" for the full form."""

    ref: str
    form: str
    raw: str


@dataclass(frozen=True)
class InvalidMark:
    """Something an author must mend: what it is, as written, and what to write instead."""

    raw: str
    message: str
    hint: str


TextMark = Citation | NumberReference | InvalidMark
# (mark, whether it begins a sentence) -> HTML
MarkRenderer = Callable[[Citation | NumberReference, bool], str]
# words between marks -> HTML
TextRenderer = Callable[[str], str]


@cache
def find_marks(markdown: str) -> tuple[TextMark, ...]:
    """Every mark in reading order, and whatever is wrong with the text."""
    if not _NEEDS_PARSER.search(markdown):
        return tuple(_mark(match) for match in _MARK_PATTERN.finditer(markdown))
    return tuple(_marks(_parser(every_link=True).parse(markdown) if _may_link(markdown) else _tokens(markdown)))


def render_html(
    markdown: str,
    render_mark: MarkRenderer,
    *,
    inline: bool = False,
    render_text: TextRenderer | None = None,
    link: Mapping[str, str] = _NOTHING,
) -> str:
    """HTML of the text, its marks written by `render_mark`, what stands between them by `render_text`.

    `inline` is for a place that takes no paragraph. Inside a link no element may stand, so that its words are only
    escaped; the link gets the attributes `link` instead.
    """
    env = {"write": render_mark, "words": render_text or _escape, "link": link}
    parser = _parser()
    if not inline:
        return str(parser.render(markdown, env)).strip()
    return str(parser.renderer.render(_tokens(markdown), parser.options, env)).strip()


def count_words(markdown: str) -> int:
    """How many words a reader reads; a number counts as one, a citation as none."""
    if not _NEEDS_PARSER.search(markdown):
        return len(_MARK_PATTERN.sub(lambda match: "1" if match["number"] else "", markdown).replace("*", "").split())
    return len(render_plain(markdown, lambda mark, _: "1" if isinstance(mark, NumberReference) else "").split())


def contains_name(folded: str, name: str, joined: str = "") -> bool:
    """Whether a text, its case folded, has `name` as words of their own; `joined` are signs that do not end a word."""
    sought = name.casefold()
    at = folded.find(sought)
    while at >= 0:
        around = folded[at - 1 : at] + folded[at + len(sought) : at + len(sought) + 1]
        if not any(sign.isalnum() or sign == "_" or sign in joined for sign in around):
            return True
        at = folded.find(sought, at + 1)
    return False


def first_sentence(markdown: str) -> str:
    """The first sentence, with the citations directly behind it."""
    first = _SENTENCE.match(markdown)
    return first[0] if first else markdown


def render_plain(markdown: str, write: MarkRenderer) -> str:
    """The text as it is read aloud, its marks written by `render_mark`."""
    (line,) = _tokens(markdown)
    tokens = line.children or []
    out = [_aloud(token, tokens[:index], write) for index, token in enumerate(tokens)]
    return "".join(out).strip()


def render_for_counting(markdown: str, write: MarkRenderer) -> str:
    """As plain(), for counting words and sentences: quotation marks stay as they are typed, which costs no Markdown."""
    if _NEEDS_PARSER.search(markdown):
        return render_plain(markdown, write)
    out, seen, end = [], "", 0
    for match in _MARK_PATTERN.finditer(markdown):
        mark, between = _mark(match), markdown[end : match.start()].replace("*", "")
        seen += between
        out += [between, _written(mark, _begins(seen), write)]
        seen += _placeholder(mark)
        end = match.end()
    return "".join([*out, markdown[end:].replace("*", "")]).strip()


def _aloud(token: "Token", before: Sequence["Token"], write: MarkRenderer) -> str:
    if token.type == "mark":
        return _written(token.meta["mark"], _begins_sentence(before), write)
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def _written(mark: TextMark, begins: bool, write: MarkRenderer) -> str:
    return "" if isinstance(mark, InvalidMark) else unescape(re.sub(r"<[^>]*>", "", write(mark, begins)))


def _tokens(markdown: str) -> list["Token"]:
    """The text's tokens: one, whose children they are. Remembered, less where a link is, which rendering changes."""
    return _parser().parseInline(markdown) if _may_link(markdown) else _remembered(markdown)


@cache
def _remembered(markdown: str) -> list["Token"]:
    return _parser().parseInline(markdown)


def _may_link(markdown: str) -> bool:
    return "](" in markdown or "<" in markdown


@cache
def _parser(*, every_link: bool = False) -> "MarkdownIt":
    """CommonMark less what a paragraph on a sheet has no use for; raw HTML is shown as it is written.

    With `every_link`, javascript: and its like are links too, so that they are reported; else they show as written.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable("smartquotes")
    if every_link:
        parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.disable(["heading", "lheading", "fence", "code", "hr", "image", "reference", "html_block", "html_inline"])
    parser.inline.ruler.before("link", "mark", _rule)
    parser.add_render_rule("mark", _render_mark)
    parser.add_render_rule("text", _render_words)
    parser.add_render_rule("link_open", _render_link)
    return parser


def _rule(state: "StateInline", silent: bool) -> bool:
    match = _MARK_PATTERN.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        mark = _mark(match)
        token = state.push("mark", "", 0)
        token.meta = {"mark": mark}
        token.content = _placeholder(mark)
    state.pos = match.end()
    return True


def _placeholder(mark: TextMark) -> str:
    """What quotation marks and sentences see where a mark stands."""
    return "0" if isinstance(mark, NumberReference) else ""


def _escape(words: str) -> str:
    return escape(words, quote=False)


def _mark(match: re.Match[str]) -> TextMark:
    if match["source"]:
        return Citation(match["source"], match[0])
    if match["number"]:
        return NumberReference(match["number"], match["form"] or "", match[0])
    return InvalidMark(match[0], f"'{match[0]}' is not a mark", _advice(match[0]))


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


def _marks(tokens: Sequence["Token"]) -> Iterator[TextMark]:
    for token in tokens:
        if token.type == "mark":
            yield token.meta["mark"]
        elif token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            if not address.startswith(("https://", "http://")):
                yield InvalidMark(f"]({address}", f"a link to '{address}'", "link to an https:// address")
        yield from _marks(token.children or ())


def _render_mark(_: "RendererHTML", tokens: Sequence["Token"], index: int, __: Any, env: Any) -> str:
    mark = tokens[index].meta["mark"]
    return "" if isinstance(mark, InvalidMark) else str(env["write"](mark, _begins_sentence(tokens[:index])))


def _render_words(_: "RendererHTML", tokens: Sequence["Token"], index: int, __: Any, env: Any) -> str:
    links = sum((t.type == "link_open") - (t.type == "link_close") for t in tokens[:index])
    return str((_escape if links else env["words"])(tokens[index].content))


def _render_link(renderer: "RendererHTML", tokens: Sequence["Token"], index: int, options: Any, env: Any) -> str:
    for name, value in env["link"].items():
        tokens[index].attrSet(name, value)
    return renderer.renderToken(tokens, index, options, env)


def _begins_sentence(before: Sequence["Token"]) -> bool:
    """Whether what follows these tokens begins a sentence."""
    return _begins("".join(t.content for t in before))


def _begins(text: str) -> bool:
    bare = text.rstrip(" \n“”‘’()\"'")
    return not bare or bare.endswith((".", "!", "?"))
