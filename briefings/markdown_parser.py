"""markdown-it, set up for the texts of a pack: which parts of CommonMark they have, and the marks in them."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .markdown_marks import MARK_PATTERN, InvalidMark, NumberReference, Reference, TextMark, read_mark

# markdown-it is imported only when a text needs it: its import takes as long as finding all marks of a pack.
if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# H~2~O, x^2^
_SCRIPT = re.compile(r"(?P<sign>[~^])(?P<words>[^\s~^]{1,20})(?P=sign)")


@cache
def text_parser(*, every_link: bool = False) -> "MarkdownIt":
    """CommonMark with tables, without headings, code blocks, images and HTML: see markdown_faults for these.

    With `every_link`, addresses such as javascript: are parsed as links too, so that find_marks can report them;
    otherwise they are printed as typed.
    """
    from markdown_it import MarkdownIt  # here, not above: see TYPE_CHECKING

    # How many cells a table gets that its author left out: 65,536 by default, a second's work for a text of one page.
    import_module("markdown_it.rules_block.table").MAX_AUTOCOMPLETED_CELLS = 500  # type: ignore[attr-defined]
    parser = MarkdownIt("commonmark", {"html": False})
    if every_link:
        parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.disable(["heading", "lheading", "fence", "code", "hr", "image", "reference", "html_block", "html_inline"])
    parser.enable("table")
    parser.inline.ruler.before("link", "mark", _parse_mark)  # or `[@a](x)` would be parsed as a link
    parser.inline.ruler.before("link", "script", _parse_script)
    parser.core.ruler.push("annotate", _annotate)
    parser.add_render_rule("script", _render_script)
    for block, attribute in _BLOCK_ATTRIBUTES.items():
        parser.add_render_rule(f"{block}_open", _block_renderer(*attribute))
    parser.add_render_rule("mark", _render_mark)
    parser.add_render_rule("text", _render_text)
    parser.add_render_rule("link_open", _render_link)
    return parser


def _parse_mark(state: "StateInline", silent: bool) -> bool:
    """An inline rule of markdown-it: push a token and move `state.pos` behind it, or return False."""
    match = MARK_PATTERN.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        mark = read_mark(match)
        token = state.push("mark", "", 0)
        token.meta = {"mark": mark}
        token.content = placeholder(mark)
    state.pos = match.end()
    return True


def _parse_script(state: "StateInline", silent: bool) -> bool:
    match = _SCRIPT.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("script", "", 0)
        token.content, token.markup = match["words"], match["sign"]
    state.pos = match.end()
    return True


def _render_script(_: "RendererHTML", tokens: Sequence["Token"], index: int, __: Any, env: Any) -> str:
    name = "sub" if tokens[index].markup == "~" else "sup"
    return f'<{name} class="script">{env["render_text"](tokens[index].content)}</{name}>'


_BLOCK_ATTRIBUTES = {  # classes, so that a style meets only what stands in a text
    "bullet_list": ("class", "points"),
    "ordered_list": ("class", "points"),
    "table": ("class", "grid"),
    "th": ("scope", "col"),
    "blockquote": ("class", "quoted"),
}


def _block_renderer(name: str, value: str) -> Callable[..., str]:
    def render(renderer: "RendererHTML", tokens: Sequence["Token"], index: int, options: Any, _: Any) -> str:
        tokens[index].attrSet(name, value)
        return renderer.renderToken(tokens, index, options, _)

    return render


def placeholder(mark: TextMark) -> str:
    """What stands for a mark where typographic quotation marks and sentence beginnings are decided."""
    return "0" if isinstance(mark, NumberReference | Reference) else ""


def escape_text(text: str) -> str:
    return escape(text, quote=False)


def _render_mark(_: "RendererHTML", tokens: Sequence["Token"], index: int, __: Any, env: Any) -> str:
    mark = tokens[index].meta["mark"]
    return "" if isinstance(mark, InvalidMark) else str(env["render_mark"](mark, tokens[index].meta["begins"]))


def _render_text(_: "RendererHTML", tokens: Sequence["Token"], index: int, __: Any, env: Any) -> str:
    token = tokens[index]
    return str((escape_text if token.meta.get("in_link") else env["render_text"])(token.content))


def _render_link(renderer: "RendererHTML", tokens: Sequence["Token"], index: int, options: Any, env: Any) -> str:
    for name, value in env["link"].items():
        tokens[index].attrSet(name, value)
    return renderer.renderToken(tokens, index, options, env)


def _annotate(state: "StateCore") -> None:
    """Note with each mark whether it begins a sentence, and with each text whether it is in a link.

    Looking back from each token would take time with the square of their number.
    """
    for line in state.tokens:
        begins, links = True, 0
        for token in line.children or ():
            links += (token.type == "link_open") - (token.type == "link_close")
            if token.type == "mark":
                token.meta["begins"] = begins
            elif token.type == "text" and links:
                token.meta["in_link"] = True
            begins = begins_sentence(begins, token.content)


def begins_sentence(before: bool, text: str) -> bool:
    """Whether what follows `text` begins a sentence, if `before` says so of the text itself.

    An opening quotation mark or bracket in between does not count.
    """
    bare = text.rstrip(" \n“”‘’()\"'")
    return bare.endswith((".", "!", "?")) if bare else before
