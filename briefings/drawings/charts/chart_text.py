"""Set the texts of a chart: a text and its role go in, a measured label or block comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..fonts import Face, TextMeasure
from ..scene import ASCENT, DESCENT, Anchor, Box, Label, Span, TextLine
from ..text_layout import TextBlock, TextStyle, layout_text

# px. Charts are laid out at this text size, with fixed lengths in px, and then scaled to their DrawingSize.
BASE_TEXT_SIZE = 10.6
STYLES = {
    "title": TextStyle(Face(13, 600)),
    "value": TextStyle(Face(12, 600)),
    "who": TextStyle(Face(BASE_TEXT_SIZE), "ink-soft"),
    "speaker": TextStyle(Face(BASE_TEXT_SIZE, 600), "speaker"),
    "by": TextStyle(Face(BASE_TEXT_SIZE), "speaker"),
    "note": TextStyle(Face(BASE_TEXT_SIZE), "ink-soft"),
    "kind": TextStyle(Face(BASE_TEXT_SIZE, italic=True), "ink-soft"),
    "band": TextStyle(Face(11, 600)),
    "phase": TextStyle(Face(10.2, 600), "paper", leading=1.12),
    "inside": TextStyle(Face(9.6, 600), "reported"),
    "earlier": TextStyle(Face(15, 600)),
    "date": TextStyle(Face(11.6, 600), "reported"),
    "said": TextStyle(Face(11.6, 600), "speaker"),
    "event": TextStyle(Face(11)),
    "tick": TextStyle(Face(10.2), "ink-soft", tick=True),
    "year": TextStyle(Face(10.2, 600), tick=True),
    "key": TextStyle(Face(BASE_TEXT_SIZE, 600), "reported", tick=True),
    "number": TextStyle(Face(11, 600), tick=True),
    "sign": TextStyle(Face(12, 600)),
}
# px. Roles that are larger on a wall, where a date and a number are read from afar and the rest by who comes near.
WALL_SIZES = {"value": 14.4, "date": 13.4, "said": 13.4}
WALL_STYLES = STYLES | {
    role: replace(STYLES[role], face=replace(STYLES[role].face, size=size)) for role, size in WALL_SIZES.items()
}


@dataclass(frozen=True)
class ChartText:
    """Measure and set text in the roles of STYLES, or of styles that replace these."""

    measure: TextMeasure
    styles: Mapping[str, TextStyle] = field(default_factory=lambda: STYLES, compare=False)

    def width(self, text: str, role: str) -> float:
        """Return the width of one line in px."""
        return self.measure.width(text, self.styles[role].face)

    def line_label(self, text: str, x: float, y: float, role: str, anchor: Anchor = "start", owner: str = "") -> Label:
        """Return one line with its start, middle or end at x and its baseline at y."""
        text = self.measure.typography.text(text)
        style, width = self.styles[role], self.width(text, role)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        size = style.face.size
        words = TextLine((Span(text),), x, y, style.face, anchor, style.ink, style.tick)
        return Label(owner, (words,), Box(left, y - ASCENT * size, left + width, y + DESCENT * size))

    def text_block(self, parts: Sequence[tuple[str | Sequence[Span], str]], width: float, ref: str = "") -> TextBlock:
        """Stack (text, role) pairs, wrapped to `width` px. The first text states the estimate `ref`."""
        runs = []
        for place, (text, role) in enumerate(parts):
            spans = [Span(text, ref if place == 0 else "")] if isinstance(text, str) else list(text)
            if any(span.text for span in spans):
                runs.append((spans, self.styles[role]))
        return layout_text(self.measure, runs, width)
