"""What every drawing is made of: words, labels, boxes, a table of the same data. Lengths in px, y downwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf
from typing import Literal

from .fonts import Face, Measure

# Of a line of text, in its size: how far it reaches above and below the baseline, and from line to line.
ABOVE, BELOW, LEADING = 0.76, 0.24, 1.22

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Form:
    """A size a drawing is made at: `name` is print, wide or phone; its width and its usual text, in px.

    On paper it is no higher than `height`, and its text, where there is much of it, no smaller than `least`.
    `fills` is what it is high at least, if it can; `beside` is the part of its width where a map's key stands, which is
    under the map without it.
    """

    name: Literal["print", "wide", "phone"]
    width: float
    text: float
    height: float = inf
    least: float = inf
    fills: float = 0
    beside: float = 0


@dataclass(frozen=True)
class Box:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def overlaps(self, other: "Box") -> bool:
        """Whether they share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def inside(self, other: "Box") -> bool:
        """Whether nothing of it lies outside the other, to a hundredth of a px."""
        near = 0.01
        return (
            self.left >= other.left - near
            and self.right <= other.right + near
            and self.top >= other.top - near
            and self.bottom <= other.bottom + near
        )

    def grown(self, by: float) -> "Box":
        """With a margin around it."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def moved(self, x: float, y: float) -> "Box":
        """The same elsewhere."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)


NOWHERE = Box(0, 0, 0, 0)


@dataclass(frozen=True)
class Span:
    """Words of one estimate (`ref`), or of none."""

    text: str
    ref: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Words:
    """One line of text: its baseline's place, its face, and the token that colours it. A `tick` belongs to a scale."""

    spans: tuple[Span, ...]
    x: float
    y: float
    face: Face
    anchor: Anchor = "start"
    ink: str = "ink"
    tick: bool = False

    @property
    def text(self) -> str:
        """The line as it is read."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Label:
    """Lines that belong together and the box they fill. `owner` is the id of what they name or say, "" for none."""

    owner: str
    lines: tuple[Words, ...]
    box: Box
    halo: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of the table: words, an estimate in words (`ref`), or both; and the sources behind it."""

    text: str = ""
    ref: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """The same data to be read; the first cell of each row is its head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Scene:
    """A drawing, worked out. `alt` is read aloud in its place; `notes` stand under it."""

    width: float
    height: float
    alt: str
    table: Table
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def frame(self) -> Box:
        """What nothing may leave."""
        return Box(0, 0, self.width, self.height)


class Unplaced(Exception):
    """Words that fit nowhere: `owner` is the id of what they belong to."""

    def __init__(self, owner: str, words: str) -> None:
        super().__init__(words)
        self.owner = owner
        self.words = words


# -- writing numbers, the same on every machine ---------------------------------------------------


def px(value: float) -> str:
    """A length as short as it can be written to a hundredth of a px."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.005 else "0"


def points(line: Iterable[tuple[float, float]]) -> str:
    """The corners of a line, to a tenth of a px."""
    return " ".join(f"{x + 0.0:.1f},{y + 0.0:.1f}" for x, y in line)


def path(lines: Iterable[Iterable[tuple[float, float]]], closed: bool = False) -> str:
    """Lines as one SVG path, each point written as the step from the one before: half as long as places are."""
    parts = []
    for line in lines:
        tenths = [(round(x * 10), round(y * 10)) for x, y in line]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tenths[:-1] if closed else tenths) if a != b]
        x, y = map(_tenth, tenths[0])
        written = "".join(f"{_tenth(dx)}{_tenth(dy)}" for dx, dy in steps).lstrip()
        parts.append(f"M{x.lstrip()}{y}l{written}{'z' if closed else ''}")
    return "".join(parts)


def _tenth(tenths: int) -> str:
    """A tenth of a px, with a space before it unless its sign parts it from what stands there."""
    whole, rest = divmod(abs(tenths), 10)
    digits = f"{whole}.{rest}" if rest else str(whole)
    return f"{'-' if tenths < 0 else ' '}{digits.removeprefix('0') if rest and not whole else digits}"


def hatch(box: Box, gap: float) -> str:
    """A path of slanting lines that fill a box, `gap` px apart; patterns are not drawn alike everywhere."""
    lines = []
    shift = gap
    while shift < box.width + box.height:
        x1, y1 = max(box.left, box.left + shift - box.height), min(box.bottom, box.top + shift)
        x2, y2 = min(box.right, box.left + shift), max(box.top, box.top + shift - box.width)
        lines.append(f"M{px(x1)} {px(y1)}L{px(x2)} {px(y2)}")
        shift += gap
    return "".join(lines)


# -- setting words -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """Lines of text that are not placed yet, left edges at 0, the first line's top at 0."""

    lines: tuple[Words, ...]
    width: float
    height: float

    def at(self, owner: str, left: float, top: float, *, align: Anchor = "start", halo: bool = False) -> Label:
        """The block as a label with its top left corner there; its lines aligned within its width."""
        shift = {"start": 0.0, "middle": self.width / 2, "end": self.width}[align]
        lines = tuple(
            replace(w, x=round(w.x + left + shift, 2), y=round(w.y + top, 2), anchor=align) for w in self.lines
        )
        box = Box(*(round(v, 2) for v in (left, top, left + self.width, top + self.height)))
        return Label(owner, lines, box, halo)


@dataclass(frozen=True)
class Style:
    """How a run of lines is set."""

    face: Face
    ink: str = "ink"
    leading: float = LEADING
    tick: bool = field(default=False)


def block(measure: Measure, parts: Iterable[tuple[Sequence[Span], Style]], width: float = 1e6) -> Block:
    """Texts one under the other, each wrapped to `width`."""
    lines: list[Words] = []
    widest = top = 0.0
    for spans, style in parts:
        for line in wrapped(measure, spans, style.face, width):
            lines.append(Words(line, 0, top + ABOVE * style.face.size, style.face, ink=style.ink, tick=style.tick))
            widest = max(widest, line_width(measure, line, style.face))
            top += style.leading * style.face.size
    if lines:
        last = lines[-1]
        top = last.y + BELOW * last.face.size
    return Block(tuple(lines), widest, top)


def line_width(measure: Measure, spans: Iterable[Span], face: Face) -> float:
    """The width of one line of spans."""
    return sum(measure.width(span.text, face.bold if span.bold else face) for span in spans)


_SPACE = Span(" ")


def wrapped(measure: Measure, spans: Sequence[Span], face: Face, width: float) -> list[tuple[Span, ...]]:
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
