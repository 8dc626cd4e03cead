"""Spans of text and a width -> lines, measured and wrapped, ready to be placed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from .fonts import Face, TextMeasure
from .scene import ASCENT, DESCENT, LEADING, Anchor, Box, Label, Span, TextLine


@dataclass(frozen=True)
class TextBlock:
    """Lines of text that are not placed yet, left edges at 0, the first line's top at 0."""

    lines: tuple[TextLine, ...]
    width: float
    height: float

    def label_at(self, owner: str, left: float, top: float, *, align: Anchor = "start", halo: bool = False) -> Label:
        """The block as a label with its top left corner there; its lines aligned within its width."""
        shift = {"start": 0.0, "middle": self.width / 2, "end": self.width}[align]
        lines = tuple(
            replace(w, x=round(w.x + left + shift, 2), y=round(w.y + top, 2), anchor=align) for w in self.lines
        )
        box = Box(*(round(v, 2) for v in (left, top, left + self.width, top + self.height)))
        return Label(owner, lines, box, halo)


@dataclass(frozen=True)
class TextStyle:
    """How a run of lines is set."""

    face: Face
    ink: str = "ink"
    leading: float = LEADING
    tick: bool = field(default=False)


def layout_text(
    measure: TextMeasure, parts: Iterable[tuple[Sequence[Span], TextStyle]], width: float = 1e6
) -> TextBlock:
    """Texts one under the other, each wrapped to `width`."""
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
    """The width of one line of spans."""
    return sum(measure.width(span.text, face.bold if span.bold else face) for span in spans)


_SPACE = Span(" ")


def wrapped(measure: TextMeasure, spans: Sequence[Span], face: Face, width: float) -> list[tuple[Span, ...]]:
    """Spans broken into lines no wider than `width`; a word longer than a line stands alone on one."""
    lines: list[list[Span]] = []
    room, space = 0.0, measure.width(" ", face)
    for word in _words(spans):
        needs = line_width(measure, word, face)
        if lines and needs + space <= room:
            lines[-1] += [_SPACE, *word]
            room -= needs + space
        else:
            lines.append(list(word))
            room = width - needs
    return [_joined(line) for line in lines]


def _words(spans: Sequence[Span]) -> list[list[Span]]:
    """The words in order; a word may go on from one span to the next."""
    words: list[list[Span]] = [[]]
    for span in spans:
        for place, piece in enumerate(span.text.split(" ")):
            if place and words[-1]:
                words.append([])
            if piece:
                words[-1].append(Span(piece, span.ref, span.bold))
    return [word for word in words if word]


def _joined(line: list[Span]) -> tuple[Span, ...]:
    """Neighbours that are alike as one; a space between two words of one estimate is the estimate's."""
    out: list[Span] = []
    for place, span in enumerate(line):
        if span is _SPACE and 0 < place < len(line) - 1:
            before, after = line[place - 1], line[place + 1]
            same = (before.ref, before.bold) == (after.ref, after.bold)
            span = Span(" ", before.ref, before.bold) if same else span
        if out and (out[-1].ref, out[-1].bold) == (span.ref, span.bold):
            out[-1] = Span(out[-1].text + span.text, span.ref, span.bold)
        else:
            out.append(span)
    return tuple(out)
