"""Add the missing space characters between words that only their position separates.

ISO 32000-1, 14.8.2.5: the text itself marks where each word ends, at the end of a line too. WeasyPrint drops the space
at a line's end and next to inline boxes, so a screen reader that ignores positions reads two words as one. The added
space is invisible: it is drawn in the gap.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .tags import Pdf, look_up, marked_content, pages, parent_tree

UNSPACED_LANGUAGES = ("ja", "km", "lo", "my", "th", "zh")  # languages written without spaces between words
INLINE = ("/Span", "/NonStruct", "/Link")  # elements inside a line; their nearest other ancestor is the block

_FONT = re.compile(rb"/(\S+) (\S+) Tf$")  # "/abcdef 16 Tf": the font's name and size
_SHOWN = re.compile(rb"\[(.*)\] TJ$")  # "[<00120034>-20<0056>] TJ": glyphs of four hex digits, and kerning
_GLYPHS = re.compile(rb"<([0-9a-f]*)>|(-?[\d.]+)")  # one part of that array: glyphs, or kerning in 1/1000 of the size
GAP = 0.15  # of the font size: narrower than a space, wider than the distance between two letters
LINE = 0.8  # of the font size: a vertical distance above this is another line, not a superscript


@dataclass(frozen=True)
class TextRun:
    """The text of one marked-content sequence. Positions are in px from the page's top left corner."""

    mcid: int
    block: bytes  # the structure element of its paragraph, heading or cell
    x: float
    y: float
    x_end: float
    font: str
    size: float
    stream_index: int  # of its last TJ operator in the content stream
    first_glyph: int
    last_glyph: int

    def is_separated_from(self, after: "TextRun") -> bool:
        """Whether `after` is in the same block, but after a gap, on another line or in another column.

        The superscript number of a note follows its word directly and is not separated from it.
        """
        moved = after.x <= self.x or after.x - self.x_end > GAP * self.size or abs(after.y - self.y) > LINE * self.size
        return self.block == after.block and moved


def separate_words(document: Any, pdf: Pdf) -> None:
    """Append a space to each text run that is separated from the next, unless the word goes on there.

    The next one is the next to be read: what a style sheet moves to the margin is drawn last.
    """
    if (document.metadata.lang or "")[:2] in UNSPACED_LANGUAGES:
        return
    fonts = {font.hash: font for font in document.fonts.values()}
    spaces = {name: glyph for name, font in fonts.items() for glyph, text in font.to_unicode.items() if text == " "}
    order = {place: at for at, place in enumerate(marked_content(pdf))}
    for number, page in enumerate(pages(pdf)):
        blocks = [_block(pdf, owner) for owner in parent_tree(pdf)[2 * number + 1]]
        stream = look_up(pdf, page["Contents"]).stream
        places = {run: order.get((pdf.page_references[number], run.mcid)) for run in _text_runs(stream, blocks, fonts)}
        read = [run for run, at in places.items() if at is not None]
        for here, after in pairwise(sorted(read, key=lambda run: places[run] or 0)):
            ends = fonts[here.font].to_unicode.get(here.last_glyph, " ")[-1:]
            begins = fonts[after.font].to_unicode.get(after.first_glyph, "")[:1]
            # An accent may have a run of its own; it belongs to the letter before it.
            spaced = begins == " " or bool(begins and unicodedata.combining(begins))
            # No space after one that is there, nor after a hyphen, soft hyphen or slash at which the line was broken.
            if here.font in spaces and here.is_separated_from(after) and not spaced and ends not in " -\u2010\u00ad/":
                stream[here.stream_index] = (
                    stream[here.stream_index].removesuffix(b"] TJ") + b"<%04x>] TJ" % spaces[here.font]
                )


def _block(pdf: Pdf, owner: Any) -> bytes:
    """The paragraph, heading or cell around a structure element; empty for content outside the tree ("null")."""
    while isinstance(owner, bytes) and look_up(pdf, owner)["S"] in INLINE:
        owner = look_up(pdf, owner)["P"]
    return owner if isinstance(owner, bytes) else b""


def _text_runs(stream: list[Any], blocks: list[bytes], fonts: dict[str, Any]) -> Iterator[TextRun]:
    """The text run of each tagged sequence of a page's content stream, in drawing order.

    pydyf keeps the stream as a list: operators are bytes, and the properties of a BDC operator are a dictionary that
    holds the sequence's MCID. `Tm` sets the position, `Tf` the font, `TJ` shows text, `EMC` ends the sequence.
    """
    mcid, x, y, end, font, size = -1, 0.0, 0.0, 0.0, "", 0.0
    run: TextRun | None = None
    for at, part in enumerate(stream):
        if isinstance(part, dict):
            mcid = part.get("MCID", -1)
        elif not isinstance(part, bytes) or mcid < 0:
            continue
        elif (operator := part[-3:]) == b" Tm":
            x, y = map(float, part.split()[-3:-1])
            end = x
        elif operator == b" Tf" and (face := _FONT.match(part)):
            font, size = face[1].decode(), float(face[2])
        elif operator == b" TJ" and (shown := _SHOWN.match(part)):
            width, first, last = _measure(shown[1], fonts[font])
            end += width * size / 1000
            run = TextRun(mcid, blocks[mcid], x, y, end, font, size, at, run.first_glyph if run else first, last)
        elif part == b"EMC":
            if run:
                yield run
            mcid, run = -1, None


def _measure(shown: bytes, font: Any) -> tuple[float, int, int]:
    """The width of a TJ array in 1/1000 of the font size, and its first and last glyph (0 if it has none)."""
    width, all_glyphs = 0.0, list[int]()
    for glyphs, kerning in _GLYPHS.findall(shown):
        width -= float(kerning or 0)  # a positive number moves the next glyph to the left
        all_glyphs += [int(glyphs[begin : begin + 4], 16) for begin in range(0, len(glyphs), 4)]
    width += sum(font.widths.get(glyph, 0) for glyph in all_glyphs)
    return width, *(all_glyphs[at] if all_glyphs else 0 for at in (0, -1))
