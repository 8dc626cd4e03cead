"""A page's HTML in which texts hold blocks -> the same with these blocks beside their paragraphs, not inside them.

A template writes `<p>{{ inline(text) }}</p>`, and a paragraph cannot hold a list or a table. inline() puts each block
between markers; here the paragraph ends before a block, and begins again if something follows.
"""

import re

OPEN, CLOSE = "<x-block>", "</x-block>"
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*)(?P<rest>[^>]*)(?:>|\Z)|<!--.*?(?:-->|\Z)", re.S)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path")
)
_ID = re.compile(r'\s(?:id|data-number)="[^"]*"')
_CLASS = re.compile(r'(?<=\sclass=")')


def lift_blocks(html: str) -> str:
    """End every paragraph before the blocks in it, and begin it again after them, with the class "more"."""
    if OPEN not in html:
        return html
    return _Lifter().lift(html)


class _Lifter:
    """Walks through the tags of a page. `open` are the elements around the present place, each as (name, tag)."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.waiting: list[tuple[str, str]] = []  # to be opened again once something follows
        self.in_block = False

    def lift(self, html: str) -> str:
        """The page without markers."""
        end = 0
        for match in _TAG.finditer(html):
            self._text(html[end : match.start()])
            self._tag(match)
            end = match.end()
        self._text(html[end:])
        return "".join(self.out)

    def _text(self, text: str) -> None:
        if not self.in_block and text.strip():
            self._reopen()
        self.out.append(text)

    def _tag(self, match: re.Match[str]) -> None:
        tag, name = match[0], match["name"]
        if tag in (OPEN, CLOSE):
            self.in_block = tag == OPEN
            if self.in_block:
                self._close_paragraph()
        elif self.in_block:
            self.out.append(tag)
        elif match["end"]:
            if self.waiting and self.waiting[-1][0] == name:
                self.waiting.pop()  # nothing followed
                return
            self._reopen()
            if self.open and self.open[-1][0] == name:
                self.open.pop()
            self.out.append(tag)
        elif name is None or name in _VOID or match["rest"].endswith("/"):
            if name:
                self._reopen()
            self.out.append(tag)
        else:
            self._reopen()
            self.open.append((name, tag))
            self.out.append(tag)

    def _close_paragraph(self) -> None:
        if self.waiting:
            return  # ended before the block in front of this one
        place = next((i for i in range(len(self.open) - 1, -1, -1) if not _is_inline(self.open[i][0])), -1)
        if place < 0 or self.open[place][0] != "p":
            return
        inside = self.open[place:]
        del self.open[place:]
        self.out += [f"</{name}>" for name, _ in reversed(inside)]
        self.waiting = [(name, _again(tag) if name == "p" else tag) for name, tag in inside]

    def _reopen(self) -> None:
        self.out += [tag for _, tag in self.waiting]
        self.open += self.waiting
        self.waiting = []


def _again(tag: str) -> str:
    """The tag of a paragraph that goes on: no second element may have its id."""
    tag = _ID.sub("", tag)
    return _CLASS.sub("more ", tag, count=1) if _CLASS.search(tag) else f'{tag[:-1]} class="more">'


def _is_inline(name: str) -> bool:
    return name in ("a", "b", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup", "time", "data", "cite")
