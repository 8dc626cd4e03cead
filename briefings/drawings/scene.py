"""What every drawing is made of: words, labels, boxes, a table of the same data. Lengths in px, y downwards."""

from dataclasses import dataclass
from math import inf
from typing import Literal

from .fonts import Face

# Of a line of text, in its size: how far it reaches above and below the baseline, and from line to line.
ASCENT, DESCENT, LEADING = 0.76, 0.24, 1.22

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class DrawingSize:
    """A size a drawing is made at: `name` is print, wide or phone; its width and its usual text, in px.

    On paper it is no higher than `max_height`, and its text, where there is much of it, no smaller than
    `min_text_size`.
    `key_width` is the part of its width where a map's key stands; where it is 0 the key is under the map.
    """

    name: Literal["print", "wide", "phone"]
    width: float
    text_size: float
    max_height: float = inf
    min_text_size: float = inf
    key_width: float = 0


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
class TextLine:
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
    lines: tuple[TextLine, ...]
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


class NoRoomError(Exception):
    """Words that fit nowhere: `owner` is the id of what they belong to."""

    def __init__(self, owner: str, words: str) -> None:
        super().__init__(words)
        self.owner = owner
        self.words = words
