"""The values that make up a laid-out drawing: text lines, labels, boxes, a data table. In px; y grows downwards."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

from .fonts import Face

# In multiples of the text size: how far a line of text reaches above and below its baseline, and the line height.
ASCENT, DESCENT, LEADING = 0.76, 0.24, 1.22

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class DrawingSize:
    """A size at which a drawing is laid out. All lengths are in px.

    A drawing that is too high for `max_height` may reduce its text size down to `min_text_size`.
    On a slide nothing may be higher than `max_height`, and a chart is laid out lower `to_fit`.
    A map `cards` may stand on has the texts of its events there, if they find room.
    With a `height`, a map fills exactly that, and keeps `clear` px at its top free for a title that
    stands on it, from the left for `clear_width` px. A `small` one has no inset and only what it is about; it may
    leave out (`may_drop`) names that have no room.
    """

    name: Literal["print", "wide", "phone"]
    width: float
    text_size: float
    max_height: float = inf
    min_text_size: float = inf
    height: float = 0
    clear: float = 0
    clear_width: float = 0
    to_fit: bool = False
    cards: bool = False
    small: bool = False
    may_drop: bool = False


@dataclass(frozen=True)
class Box:
    """An axis-aligned rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """The width in px."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The height in px."""
        return self.bottom - self.top

    def overlaps(self, other: "Box") -> bool:
        """Whether the two boxes share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def overlaps_any(self, others: Iterable["Box"]) -> bool:
        """Whether the box overlaps one of the others. A plain loop takes a third of the time of any()."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        for other in others:
            if left < other.right and other.left < right and top < other.bottom and other.top < bottom:
                return True
        return False

    def inside(self, other: "Box") -> bool:
        """Whether the box lies within the other one, with a tolerance of 0.01 px."""
        near = 0.01  # label positions are rounded to two decimals
        return (
            self.left >= other.left - near
            and self.right <= other.right + near
            and self.top >= other.top - near
            and self.bottom <= other.bottom + near
        )

    def grown(self, by: float) -> "Box":
        """Return the box with a margin of `by` px on every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def moved(self, x: float, y: float) -> "Box":
        """Return the box shifted by (x, y)."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)


NOWHERE = Box(0, 0, 0, 0)


@dataclass(frozen=True)
class Span:
    """A stretch of text. `ref` is the estimate that it states, or ""; `ink` a colour other than its line's, or ""."""

    text: str
    ref: str = ""
    bold: bool = False
    ink: str = ""


@dataclass(frozen=True)
class TextLine:
    """One line of text. (x, y) is the anchor point on its baseline; `ink` is the design token of its colour.

    `tick` marks the lines that belong to an axis or a scale.
    """

    spans: tuple[Span, ...]
    x: float
    y: float
    face: Face
    anchor: Anchor = "start"
    ink: str = "ink"
    tick: bool = False

    @property
    def text(self) -> str:
        """The text of the whole line."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Label:
    """Lines that belong together, and their bounding box. `owner` is the id of what they name or state, or ""."""

    owner: str
    lines: tuple[TextLine, ...]
    box: Box
    halo: bool = False

    def moved(self, x: float, y: float) -> "Label":
        """Return the label shifted by (x, y)."""
        lines = tuple(replace(line, x=line.x + x, y=line.y + y) for line in self.lines)
        return replace(self, lines=lines, box=self.box.moved(x, y))


@dataclass(frozen=True)
class Card:
    """Where a text of the page stands on a drawing. `owner` is the id of the text; `leader` ties it to its subject."""

    owner: str
    box: Box
    leader: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Cell:
    """A table cell: text, an estimate (`ref`), or both, with the ids of its sources."""

    text: str = ""
    ref: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """The data of a drawing as a table. The first cell of each row is the row header."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Scene:
    """A laid-out drawing. `alt` is its text alternative; `notes` are printed below it."""

    width: float
    height: float
    alt: str
    table: Table
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def frame(self) -> Box:
        """The area that everything has to stay within."""
        return Box(0, 0, self.width, self.height)


class NoRoomError(Exception):
    """Raised when a label fits nowhere. `owner` is the id of what it names, `words` its text."""

    def __init__(self, owner: str, words: str) -> None:
        super().__init__(words)
        self.owner = owner
        self.words = words
