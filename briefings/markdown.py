"""Markdown with marks such as `[@source]` -> its marks, its plain text, or HTML."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import unescape
from types import MappingProxyType
from typing import TYPE_CHECKING

from .markdown_marks import (
    FORMS,
    MARK_PATTERN,
    Citation,
    InvalidMark,
    NumberReference,
    Reference,
    TextMark,
    ValidMark,
    read_mark,
)
from .markdown_parser import begins_sentence, escape_text, placeholder, text_parser

__all__ = ("FORMS", "Citation", "InvalidMark", "NumberReference", "Reference", "TextMark", "ValidMark")

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOTHING: Mapping[str, str] = MappingProxyType({})

# The beginning of a list, a quotation set apart or a table, or an empty line: the text has more than one paragraph.
_BLOCK = re.compile(r"^ {0,3}(?:[-*+]|\d{1,9}[.)]|>)\s|^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*\||\n[ \t]*\n", re.M)
# Code, escapes, entities, _emphasis_, links, sub- and superscripts, blocks. Without them, regular expressions find the
# same marks and words as the parser, without its cost.
_NEEDS_PARSER = re.compile(rf"[`\\<&_~^]|\]\(|{_BLOCK.pattern}", re.M)
# Where a drawing or a screen reader gets plain characters.
_AS_CHARACTERS = {
    "~": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
    "^": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
}
# The first sentence: up to . ? or ! with closing quotation marks and citations after it, followed by the end or by
# white space and a letter that is not lower case (of Latin or Cyrillic), so that "e.g. newts" and "3.5" end none.
_SENTENCE = re.compile(r"""[^\n]*?[.?!]["”’)]*(?:\s*\[@[^\]]{0,300}\])*(?=\s+["“‘(\[]*[^\W\d_a-zа-я]|\s*$)""")
_CITATIONS = re.compile(r"\[@[^\]]{0,300}\](?:\s*\[@[^\]]{0,300}\])*")


# (mark, whether it begins a sentence) -> HTML
MarkRenderer = Callable[[ValidMark, bool], str]
# text between marks -> HTML
TextRenderer = Callable[[str], str]


@cache
def find_marks(markdown: str) -> tuple[TextMark, ...]:
    """Every mark in reading order, with an InvalidMark for each malformed mark and each link that is not http(s)."""
    if not _NEEDS_PARSER.search(markdown):
        return tuple(read_mark(match) for match in MARK_PATTERN.finditer(markdown))
    if "](" not in markdown and "<" not in markdown:
        return tuple(_marks(token for block in _blocks(markdown) for token in block))
    # Divided into blocks exactly where a page divides it: backticks in two paragraphs hide nothing between them.
    parser = text_parser(every_link=True)
    return tuple(_marks(parser.parse(markdown) if has_blocks(markdown) else parser.parseInline(markdown)))


def render_html(
    markdown: str,
    render_mark: MarkRenderer,
    *,
    inline: bool = False,
    render_text: TextRenderer | None = None,
    link: Mapping[str, str] = _NOTHING,
) -> str:
    """Render to HTML, marks by `render_mark` and the text between them by `render_text`.

    With `inline`, no `<p>` is put around it, and every block after its first paragraph stands between the tags
    `<x-block>`: a template may put the text into a paragraph (see page/blocks.py). Text inside a link is only escaped,
    because `render_text` may return elements that a link must not contain; each link gets the attributes `link`.
    """
    env = {"render_mark": render_mark, "render_text": render_text or escape_text, "link": link}
    parser = text_parser()
    if not inline:
        return str(parser.render(markdown, env)).strip()
    if not has_blocks(markdown):
        return str(parser.renderer.render(_tokens(markdown), parser.options, env)).strip()
    out = []
    for place, block in enumerate(_blocks(markdown)):
        if place == 0 and block[0].type == "paragraph_open":
            out.append(parser.renderer.render(block[1:2], parser.options, env))
        else:
            out.append(f"<x-block>{parser.renderer.render(block, parser.options, env).strip()}</x-block>")
    return "".join(out).strip()


def has_blocks(markdown: str) -> bool:
    """Whether a text has more than one paragraph, a list, a table or a quotation set apart."""
    return bool(_BLOCK.search(markdown))


def count_words(markdown: str) -> int:
    """How many words the text has. A number counts as one, a citation as none."""
    if _NEEDS_PARSER.search(markdown):
        return len(render_plain(markdown, lambda mark, _: "" if isinstance(mark, Citation) else "1").split())
    text = MARK_PATTERN.sub(lambda match: "1" if match["number"] or match["target"] else "", markdown)
    return len(text.replace("*", "").split())


def first_sentence(markdown: str) -> str:
    """The first sentence as Markdown, with the citations after it; the first paragraph if it has no end.

    Citations after a later sentence support this one too, if it has none of its own.
    """
    if has_blocks(markdown):
        lines = (token.content for block in _blocks(markdown) for token in block if token.type == "inline")
        markdown = " ".join(next(lines, "").split())
    first = _SENTENCE.match(markdown)
    if not first or "[@" in first[0]:
        return first[0] if first else markdown
    later = _CITATIONS.search(markdown, first.end())
    return first[0] + (f" {later[0]}" if later else "")


def render_plain(markdown: str, render_mark: MarkRenderer) -> str:
    """The text as it is read aloud, marks rendered by `render_mark` and stripped of their HTML tags."""
    lines = [token for block in _blocks(markdown) for token in block if token.type == "inline"]
    return "\n".join(_plain_line(line.children or [], render_mark).strip() for line in lines or _tokens(markdown))


def _plain_line(tokens: Sequence["Token"], render_mark: MarkRenderer) -> str:
    return "".join(_plain_token(token, render_mark) for token in tokens)


def plain_words(markdown: str) -> str:
    """A title without its markup, for a window, a list of files or a drawing."""
    return render_plain(markdown, lambda mark, _: "") if re.search(r"[*`\\<&_~^]", markdown) else markdown


def render_for_counting(markdown: str, render_mark: MarkRenderer) -> str:
    """The same as render_plain, for counting words and sentences: quotation marks stay as typed, so that most texts
    need no parser."""
    if _NEEDS_PARSER.search(markdown):
        return render_plain(markdown, render_mark)
    out, begins, end = [], True, 0
    for match in MARK_PATTERN.finditer(markdown):
        mark, between = read_mark(match), markdown[end : match.start()].replace("*", "")
        begins = begins_sentence(begins, between)
        out += [between, _plain_mark(mark, begins, render_mark)]
        begins = begins_sentence(begins, placeholder(mark))
        end = match.end()
    return "".join([*out, markdown[end:].replace("*", "")]).strip()


def _plain_token(token: "Token", render_mark: MarkRenderer) -> str:
    if token.type == "mark":
        return _plain_mark(token.meta["mark"], token.meta["begins"], render_mark)
    if token.type == "script":
        return token.content.translate(_AS_CHARACTERS[token.markup])
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def _plain_mark(mark: TextMark, begins_sentence: bool, render_mark: MarkRenderer) -> str:
    return "" if isinstance(mark, InvalidMark) else unescape(re.sub(r"<[^>]*>", "", render_mark(mark, begins_sentence)))


def _tokens(markdown: str) -> list["Token"]:
    """The text as a single inline token, whose children are its parts. Cached unless there may be a link in it, because
    _render_link changes the tokens of links."""
    return text_parser().parseInline(markdown) if "](" in markdown or "<" in markdown else _cached_tokens(markdown)


@cache
def _cached_tokens(markdown: str) -> list["Token"]:
    return text_parser().parseInline(markdown)


def _blocks(markdown: str) -> list[list["Token"]]:
    """The tokens of each block of a text, in order."""
    if not has_blocks(markdown):
        return [_tokens(markdown)]
    blocks: list[list[Token]] = []
    for token in text_parser().parse(markdown):
        if token.level == 0 and token.nesting >= 0:
            blocks.append([])
        blocks[-1].append(token)
    return blocks


def _marks(tokens: Iterable["Token"]) -> Iterator[TextMark]:
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
