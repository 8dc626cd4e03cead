"""Words and the part they play in a chart -> labels and blocks, measured."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..fonts import Face, Measure
from ..scene import ABOVE, BELOW, Anchor, Block, Box, Label, Span, Style, Words, block

# The usual text of a chart is 10.6 px; a chart is made at that size and then scaled to its form.
TEXT = 10.6
STYLES = {
    "title": Style(Face(13, 600)),
    "value": Style(Face(12, 600)),
    "who": Style(Face(TEXT), "ink-soft"),
    "note": Style(Face(TEXT), "ink-soft"),
    "kind": Style(Face(TEXT, italic=True), "ink-soft"),
    "band": Style(Face(11, 600)),
    "date": Style(Face(11.6, 600), "accent"),
    "event": Style(Face(11)),
    "tick": Style(Face(10.2), "ink-soft", tick=True),
    "year": Style(Face(10.2, 600), tick=True),
    "key": Style(Face(TEXT, 600), "accent", tick=True),
    "number": Style(Face(11, 600), tick=True),
    "sign": Style(Face(12, 600)),
}


@dataclass(frozen=True)
class Lettering:
    """Sets the words of a chart."""

    measure: Measure

    def width(self, text: str, role: str) -> float:
        """How wide a line is."""
        return self.measure.width(text, STYLES[role].face)

    def line(self, text: str, x: float, y: float, role: str, anchor: Anchor = "start", owner: str = "") -> Label:
        """One line with its start, middle or end at x and its baseline at y."""
        style, width = STYLES[role], self.width(text, role)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        size = style.face.size
        words = Words((Span(text),), x, y, style.face, anchor, style.ink, style.tick)
        return Label(owner, (words,), Box(left, y - ABOVE * size, left + width, y + BELOW * size))

    def block(self, parts: Sequence[tuple[str | Sequence[Span], str]], width: float, ref: str = "") -> Block:
        """Texts one under the other, each in its role, wrapped; the first is the estimate `ref` in words."""
        runs = []
        for place, (text, role) in enumerate(parts):
            spans = [Span(text, ref if place == 0 else "")] if isinstance(text, str) else list(text)
            if any(span.text for span in spans):
                runs.append((spans, STYLES[role]))
        return block(self.measure, runs, width)
