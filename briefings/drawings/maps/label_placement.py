"""Place the labels of a map, each at one of its preferred positions, so that nothing is covered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Generic, TypeVar

from ..scene import Anchor, Box, Label, NoRoomError
from ..text_layout import TextBlock

T = TypeVar("T")
TRIES = 4  # maximum number of rounds, per label


Candidate = tuple[tuple[Box, ...], tuple[float, float, Anchor]]


@dataclass(frozen=True)
class LabelRequest:
    """A label to place. `positions` are (left, top, alignment) in px, the preferred one first.

    `lines` has for each position, if any has one, the line that the label has there, as small boxes.
    """

    owner: str
    block: TextBlock
    positions: tuple[tuple[float, float, Anchor], ...]
    halo: bool = True
    lines: tuple[tuple[Box, ...], ...] = ()

    def label(self, position: tuple[float, float, Anchor]) -> Label:
        """Return the label at one of its positions."""
        left, top, align = position
        return self.block.label_at(self.owner, left, top, align=align, halo=self.halo)

    def free(self, frame: Box, taken: Sequence[Box]) -> Iterator[Candidate]:
        """Yield the positions within `frame` and clear of `taken`, each with the boxes that it fills.

        Those whose line runs through what is taken come last. Its end, at the mark of the label, is not looked at.
        """
        through: list[Candidate] = []
        for (left, top, align), line in zip(self.positions, self.lines or repeat(()), strict=False):
            box = self.block.box_at(left, top)
            if box.inside(frame) and not box.overlaps_any(taken):
                found = (box, *line), (left, top, align)
                if any(part.overlaps_any(taken) for part in line[:-3]):
                    through.append(found)
                else:
                    yield found
        yield from through


class Found(Generic[T]):
    """What an iterator yields, found once and only as far as somebody asked: most labels take their first position."""

    def __init__(self, source: Iterator[T]) -> None:
        self._source, self._found = source, list[T]()

    def __iter__(self) -> Iterator[T]:
        yield from self._found
        for each in self._source:
            self._found.append(each)
            yield each


def label_positions(block: TextBlock, x: float, y: float, gap: float) -> tuple[tuple[float, float, Anchor], ...]:
    """Return eight positions at `gap` px around (x, y): right and left, then the corners, then above and below."""
    near = gap * 0.75  # a diagonal distance is longer than it seems
    left, right, middle = x - gap - block.width, x + gap, x - block.width / 2
    above, below, level = y - gap - block.height, y + gap, y - block.height / 2
    return (
        (right, level, "start"),
        (left, level, "end"),
        (right, y - near - block.height * 0.8, "start"),
        (right, y + near - block.height * 0.2, "start"),
        (left, y - near - block.height * 0.8, "end"),
        (left, y + near - block.height * 0.2, "end"),
        (middle, above, "middle"),
        (middle, below, "middle"),
    )


def place_labels(
    requests: Sequence[LabelRequest], frame: Box, taken: Sequence[Box], gap: float = 1.5
) -> tuple[Label, ...]:
    """Place all labels within `frame`, at least `gap` px apart and clear of `taken`.

    Greedy, in the order given. A label without a free position moves to the front, and the search starts again.
    Raises NoRoomError after TRIES rounds per label.
    """
    # what is free of the frame and of `taken` stays so in every round: only the other labels move
    free = [Found(request.free(frame, taken)) for request in requests]
    impossible = next((index for index, each in enumerate(free) if next(iter(each), None) is None), None)
    order = list(range(len(requests)))
    for _ in range(max(1, TRIES * len(requests)) if impossible is None else 0):
        chosen, failed = _greedy(free, order, gap)
        if failed is None:
            return tuple(request.label(chosen[index]) for index, request in enumerate(requests))
        order.remove(failed)
        order.insert(0, failed)
    label = requests[order[0] if impossible is None else impossible]
    raise NoRoomError(label.owner, " ".join(line.text for line in label.block.lines))


def _greedy(
    free: Sequence[Iterable[Candidate]], order: Sequence[int], gap: float
) -> tuple[dict[int, tuple[float, float, Anchor]], int | None]:
    """Choose positions in this order, each the first free one. Also returns the first label that has none."""
    chosen: dict[int, tuple[float, float, Anchor]] = {}
    boxes: list[Box] = []
    for index in order:
        found = next((each for each in free[index] if not any(box.overlaps_any(boxes) for box in each[0])), None)
        if found is None:
            return chosen, index
        boxes += [box.grown(gap) for box in found[0]]
        chosen[index] = found[1]
    return chosen, None
