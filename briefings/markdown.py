"""Markdown with the two marks `[@source]` and `[=figure/estimate]` -> its marks, its plain text, or HTML."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

# markdown-it is imported only when a text needs it: its import takes as long as finding all marks of a pack.
if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

FORMS = ("number", "value", "short")

_NOTHING: Mapping[str, str] = MappingProxyType({})

# A mark, or something meant as one. The alternatives, in order:
#   [@diary]                  a citation, unless "(" follows, which would make it a link
#   [=frogs/april|short]      a number, with or without a form
#   [@A; @b]  [=x]  [@a](url)  anything else that begins like a mark, up to its "]" or the end of the line: invalid
_MARK_PATTERN = re.compile(
    r"\[@(?P<source>[a-z][a-z0-9-]*)\](?!\()"
    r"|\[=(?P<number>[a-z][a-z0-9-]*/[a-z][a-z0-9-]*)(?:\|(?P<form>number|value|short))?\](?!\()"
    r"|\[[@=][^\]\n]*\]?(?:\([^)\n]*\))?"
)
# Code, escapes, entities, _emphasis_ and links. Without them, regular expressions find the same marks and words as the
# parser, without its cost.
_NEEDS_PARSER = re.compile(r"[`\\<&_]|\]\(")
# The first sentence: up to . ? or ! with closing quotation marks and citations after it, followed by the end or by
# white space and a letter that is not lower case (of Latin or Cyrillic), so that "e.g. newts" and "3.5" end none.
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
    """A mark or link that an author must fix: as written, what is wrong with it, and what to write instead."""

    raw: str
    message: str
    hint: str


TextMark = Citation | NumberReference | InvalidMark
# (mark, whether it begins a sentence) -> HTML
MarkRenderer = Callable[[Citation | NumberReference, bool], str]
# text between marks -> HTML
TextRenderer = Callable[[str], str]


@cache
def find_marks(markdown: str) -> tuple[TextMark, ...]:
    """Every mark in reading order, with an InvalidMark for each malformed mark and each link that is not http(s)."""
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
    """Render to HTML, marks by `render_mark` and the text between them by `render_text`.

    With `inline`, no `<p>` is put around it. Text inside a link is only escaped, because `render_text` may return
    elements that a link must not contain; each link gets the attributes `link`.
    """
    env = {"render_mark": render_mark, "render_text": render_text or _escape, "link": link}
    parser = _parser()
    if not inline:
        return str(parser.render(markdown, env)).strip()
    return str(parser.renderer.render(_tokens(markdown), parser.options, env)).strip()


def count_words(markdown: str) -> int:
    """How many words the text has. A number counts as one, a citation as none."""
    if not _NEEDS_PARSER.search(markdown):
        return len(_MARK_PATTERN.sub(lambda match: "1" if match["number"] else "", markdown).replace("*", "").split())
    return len(render_plain(markdown, lambda mark, _: "1" if isinstance(mark, NumberReference) else "").split())


def first_sentence(markdown: str) -> str:
    """The first sentence as Markdown, with the citations directly after it; the whole text if it has no end."""
    first = _SENTENCE.match(markdown)
    return first[0] if first else markdown


def render_plain(markdown: str, render_mark: MarkRenderer) -> str:
    """The text as it is read aloud, marks rendered by `render_mark` and stripped of their HTML tags."""
    (line,) = _tokens(markdown)
    tokens = line.children or []
    out = [_plain_token(token, tokens[:index], render_mark) for index, token in enumerate(tokens)]
    return "".join(out).strip()


def render_for_counting(markdown: str, render_mark: MarkRenderer) -> str:
    """The same as render_plain, for counting words and sentences: quotation marks stay as typed, so that most texts
    need no parser."""
    if _NEEDS_PARSER.search(markdown):
        return render_plain(markdown, render_mark)
    out, seen, end = [], "", 0  # `seen`: the text so far, with placeholders, to see where sentences begin
    for match in _MARK_PATTERN.finditer(markdown):
        mark, between = _mark(match), markdown[end : match.start()].replace("*", "")
        seen += between
        out += [between, _plain_mark(mark, _at_sentence_start(seen), render_mark)]
        seen += _placeholder(mark)
        end = match.end()
    return "".join([*out, markdown[end:].replace("*", "")]).strip()


def _plain_token(token: "Token", before: Sequence["Token"], render_mark: MarkRenderer) -> str:
    if token.type == "mark":
        return _plain_mark(token.meta["mark"], _begins_sentence(before), render_mark)
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def _plain_mark(mark: TextMark, begins_sentence: bool, render_mark: MarkRenderer) -> str:
    return "" if isinstance(mark, InvalidMark) else unescape(re.sub(r"<[^>]*>", "", render_mark(mark, begins_sentence)))


def _tokens(markdown: str) -> list["Token"]:
    """The text as a single inline token, whose children are its parts. Cached unless there may be a link in it, because
    _render_link changes the tokens of links."""
    return _parser().parseInline(markdown) if _may_link(markdown) else _cached_tokens(markdown)


@cache
def _cached_tokens(markdown: str) -> list["Token"]:
    return _parser().parseInline(markdown)


def _may_link(markdown: str) -> bool:
    return "](" in markdown or "<" in markdown


@cache
def _parser(*, every_link: bool = False) -> "MarkdownIt":
    """CommonMark without blocks, images and HTML: raw HTML is escaped and printed as typed.

    With `every_link`, addresses such as javascript: are parsed as links too, so that find_marks can report them;
    otherwise they are printed as typed.
    """
    from markdown_it import MarkdownIt  # here, not above: see TYPE_CHECKING

    parser = MarkdownIt("commonmark", {"html": False})
    if every_link:
        parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.disable(["heading", "lheading", "fence", "code", "hr", "image", "reference", "html_block", "html_inline"])
    parser.inline.ruler.before("link", "mark", _parse_mark)  # or `[@a](x)` would be parsed as a link
    parser.add_render_rule("mark", _render_mark)
    parser.add_render_rule("text", _render_text)
    parser.add_render_rule("link_open", _render_link)
    return parser


def _parse_mark(state: "StateInline", silent: bool) -> bool:
    """An inline rule of markdown-it: push a token and move `state.pos` behind it, or return False."""
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
    """What stands for a mark where typographic quotation marks and sentence beginnings are decided."""
    return "0" if isinstance(mark, NumberReference) else ""


def _escape(text: str) -> str:
    return escape(text, quote=False)


def _mark(match: re.Match[str]) -> TextMark:
    if match["source"]:
        return Citation(match["source"], match[0])
    if match["number"]:
        return NumberReference(match["number"], match["form"] or "", match[0])
    return InvalidMark(match[0], f"'{match[0]}' is not a mark", _advice(match[0]))


def _advice(raw: str) -> str:
    if "(" in raw:
        return "a mark is not a link: write a space or nothing after its ']'"
    if ";" in raw or "," in raw or raw.count("@") > 1:
        return "write one mark for each id: [@first] [@second]"
    if not raw.endswith("]"):
        return "close it with ']' on the same line"
    if raw.startswith("[="):
        return f"write [=figure-id/estimate-id], optionally with |{', |'.join(FORMS)} before the ']'"
    return "write [@source-id], the id in lower-case letters, digits and hyphens"


def _marks(tokens: Sequence["Token"]) -> Iterator[TextMark]:
    for token in tokens:
        if token.type == "mark":
            yield token.meta["mark"]
        elif token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            if not address.startswith(("https://", "http://")):
                yield InvalidMark(
                    f"]({address}", f"a link to '{address}', which is not a web address", "link to an https:// address"
                )
        yield from _marks(token.children or ())


def _render_mark(_: "RendererHTML", tokens: Sequence["Token"], index: int, __: Any, env: Any) -> str:
    mark = tokens[index].meta["mark"]
    return "" if isinstance(mark, InvalidMark) else str(env["render_mark"](mark, _begins_sentence(tokens[:index])))


def _render_text(_: "RendererHTML", tokens: Sequence["Token"], index: int, __: Any, env: Any) -> str:
    open_links = sum((t.type == "link_open") - (t.type == "link_close") for t in tokens[:index])
    return str((_escape if open_links else env["render_text"])(tokens[index].content))


def _render_link(renderer: "RendererHTML", tokens: Sequence["Token"], index: int, options: Any, env: Any) -> str:
    for name, value in env["link"].items():
        tokens[index].attrSet(name, value)
    return renderer.renderToken(tokens, index, options, env)


def _begins_sentence(before: Sequence["Token"]) -> bool:
    return _at_sentence_start("".join(t.content for t in before))


def _at_sentence_start(text: str) -> bool:
    """Whether what follows `text` begins a sentence: an opening quotation mark or bracket in between does not count."""
    bare = text.rstrip(" \n“”‘’()\"'")
    return not bare or bare.endswith((".", "!", "?"))
