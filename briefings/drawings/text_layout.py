"""Wrap spans of text to a width: blocks of measured lines come out, ready to be placed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from .fonts import Face, TextMeasure
from .scene import ASCENT, DESCENT, LEADING, Anchor, Box, Label, Span, TextLine


@dataclass(frozen=True)
class TextBlock:
    """Lines of text that are not placed yet. The top left corner of the block is (0, 0); lengths are in px."""

    lines: tuple[TextLine, ...]
    width: float
    height: float

    def label_at(self, owner: str, left: float, top: float, *, align: Anchor = "start", halo: bool = False) -> Label:
        """Return the block as a label with its top left corner at (left, top) and its lines aligned."""
        shift = {"start": 0.0, "middle": self.width / 2, "end": self.width}[align]
        lines = tuple(
            replace(w, x=round(w.x + left + shift, 2), y=round(w.y + top, 2), anchor=align) for w in self.lines
        )
        return Label(owner, lines, self.box_at(left, top), halo)

    def box_at(self, left: float, top: float) -> Box:
        """Return the box that the block fills with its top left corner at (left, top)."""
        return Box(round(left, 2), round(top, 2), round(left + self.width, 2), round(top + self.height, 2))


@dataclass(frozen=True)
class TextStyle:
    """The face, colour token and line height (in multiples of the size) of a paragraph."""

    face: Face
    ink: str = "ink"
    leading: float = LEADING
    tick: bool = field(default=False)


def layout_text(
    measure: TextMeasure, parts: Iterable[tuple[Sequence[Span], TextStyle]], width: float = 1e6
) -> TextBlock:
    """Stack paragraphs, each wrapped to `width` px. The default width never wraps."""
    lines: list[TextLine] = []
    widest = top = 0.0
    for spans, style in parts:
        for line in wrapped(measure, spans, style.face, width):
            lines.append(TextLine(line, 0, top + ASCENT * style.face.size, style.face, ink=style.ink, tick=style.tick))
            widest = max(widest, line_width(measure, line, style.face))
            top += style.leading * style.face.size
    if lines:
        last = lines[-1]
        top = last.y + DESCENT * last.face.size
    return TextBlock(tuple(lines), widest, top)


def line_width(measure: TextMeasure, spans: Iterable[Span], face: Face) -> float:
    """Return the width of one line of spans in px."""
    return sum(measure.width(span.text, face.bold if span.bold else face) for span in spans)


_SPACE = Span(" ")


def wrapped(measure: TextMeasure, spans: Sequence[Span], face: Face, width: float) -> list[tuple[Span, ...]]:
    """Break spans into lines of at most `width` px. A word that is wider gets a line of its own."""
    lines: list[list[Span]] = []
    remaining, space = 0.0, measure.width(" ", face)
    for word in _typeset_words(measure, spans, face, width):
        word_width = line_width(measure, word, face)
        if lines and word_width + space <= remaining:
            lines[-1] += [_SPACE, *word]
            remaining -= word_width + space
        else:
            lines.append(list(word))
            remaining = width - word_width
    return [_merge_spans(line) for line in lines]


def _typeset_words(measure: TextMeasure, spans: Sequence[Span], face: Face, width: float) -> list[list[Span]]:
    """The words of spans. Words that typography joins count as one, unless that makes a line too wide."""

    def words(*, joined: bool) -> list[list[Span]]:
        texts = measure.typography.texts([span.text for span in spans], joined=joined)
        return _words([replace(span, text=text) for span, text in zip(spans, texts, strict=True)])

    found = words(joined=True)
    return found if all(line_width(measure, word, face) <= width for word in found) else words(joined=False)


def _words(spans: Sequence[Span]) -> list[list[Span]]:
    """Split spans at spaces. A word may consist of pieces of several spans: "**not**e" is one word."""
    words: list[list[Span]] = [[]]
    for span in spans:
        for index, piece in enumerate(span.text.split(" ")):
            if index and words[-1]:
                words.append([])
            if piece:
                words[-1].append(replace(span, text=piece))
    return [word for word in words if word]


def _alike(one: Span, other: Span) -> bool:
    return (one.ref, one.bold, one.ink) == (other.ref, other.bold, other.ink)


def _merge_spans(line: list[Span]) -> tuple[Span, ...]:
    """Merge neighbouring spans with the same estimate, weight and colour. A space between two such words joins them."""
    merged: list[Span] = []
    for index, span in enumerate(line):
        if span is _SPACE and 0 < index < len(line) - 1:
            before, after = line[index - 1], line[index + 1]
            span = replace(before, text=" ") if _alike(before, after) else span
        if merged and _alike(merged[-1], span):
            merged[-1] = replace(span, text=merged[-1].text + span.text)
        else:
            merged.append(span)
    return tuple(merged)
