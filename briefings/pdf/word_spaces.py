"""A typeset PDF -> the same with a space between words that only their places keep apart.

ISO 32000-1, 14.8.2.5: what marks the end of a word is in the text, at the end of a line too. WeasyPrint drops the space
there and beside boxes; whoever does not look at places hears two words as one. A space more before a gap is not seen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .tags import Pdf, look_up, pages, parent_tree

UNSPACED_LANGUAGES = ("ja", "km", "lo", "my", "th", "zh")  # languages that are written without spaces
INLINE = ("/Span", "/NonStruct", "/Link")  # what stands in a line of its block

_FONT = re.compile(rb"/(\S+) (\S+) Tf$")
_SHOWN = re.compile(rb"\[(.*)\] TJ$")
_GLYPHS = re.compile(rb"<([0-9a-f]*)>|(-?[\d.]+)")
GAP = 0.15  # of the face's size: less than a space, more than a letter keeps from the next


@dataclass(frozen=True)
class TextRun:
    """A piece of a line: whose it is, where it begins and ends in px from the page's top left, its face, its place in
    the stream."""

    block: bytes
    x: float
    y: float
    x_end: float
    font: str
    size: float
    stream_index: int
    first_glyph: int  # its first glyph
    last_glyph: int  # and its last

    def is_separated_from(self, after: "TextRun") -> bool:
        """Whether what follows stands after a gap, on another line or in another column. A note stands close by."""
        moved = after.x <= self.x or after.x - self.x_end > GAP * self.size or abs(after.y - self.y) > 0.8 * self.size
        return self.block == after.block and moved


def separate_words(document: Any, pdf: Pdf) -> None:
    """End what stands apart from the next with a space, unless it ends in the middle of a word."""
    if (document.metadata.lang or "")[:2] in UNSPACED_LANGUAGES:
        return
    fonts = {font.hash: font for font in document.fonts.values()}
    spaces = {name: glyph for name, font in fonts.items() for glyph, text in font.to_unicode.items() if text == " "}
    for number, page in enumerate(pages(pdf)):
        blocks = [_block(pdf, owner) for owner in parent_tree(pdf)[2 * number + 1]]
        stream = look_up(pdf, page["Contents"]).stream
        for here, after in pairwise(_texts(stream, blocks, fonts)):
            ends = fonts[here.font].to_unicode.get(here.last_glyph, " ")[-1:]
            spaced = fonts[after.font].to_unicode.get(after.first_glyph, "")[:1] == " "
            if here.font in spaces and here.is_separated_from(after) and not spaced and ends not in " -\u2010\u00ad/":
                stream[here.stream_index] = (
                    stream[here.stream_index].removesuffix(b"] TJ") + b"<%04x>] TJ" % spaces[here.font]
                )


def _block(pdf: Pdf, owner: Any) -> bytes:
    """The paragraph, heading or cell that a piece of text belongs to."""
    while isinstance(owner, bytes) and look_up(pdf, owner)["S"] in INLINE:
        owner = look_up(pdf, owner)["P"]
    return owner if isinstance(owner, bytes) else b""


def _texts(stream: list[Any], blocks: list[bytes], fonts: dict[str, Any]) -> Iterator[TextRun]:
    """Every tagged text of a page, as it is drawn."""
    mcid, x, y, end, font, size = -1, 0.0, 0.0, 0.0, "", 0.0
    found: TextRun | None = None
    for at, part in enumerate(stream):
        if isinstance(part, dict):
            mcid = part.get("MCID", -1)
        elif not isinstance(part, bytes) or mcid < 0:
            continue
        elif part.endswith(b" Tm"):
            x, y = map(float, part.split()[-3:-1])
            end = x
        elif face := _FONT.match(part):
            font, size = face[1].decode(), float(face[2])
        elif shown := _SHOWN.match(part):
            width, first, last = _measure(shown[1], fonts[font])
            end += width * size / 1000
            found = TextRun(blocks[mcid], x, y, end, font, size, at, found.first_glyph if found else first, last)
        elif part == b"EMC":
            if found:
                yield found
            mcid, found = -1, None


def _measure(shown: bytes, font: Any) -> tuple[float, int, int]:
    """How wide a string is, in thousandths of its face's size, and its first and last glyph."""
    width, all_glyphs = 0.0, list[int]()
    for glyphs, back in _GLYPHS.findall(shown):
        width -= float(back or 0)
        all_glyphs += [int(glyphs[begin : begin + 4], 16) for begin in range(0, len(glyphs), 4)]
    width += sum(font.widths.get(glyph, 0) for glyph in all_glyphs)
    return width, *(all_glyphs[at] if all_glyphs else 0 for at in (0, -1))
