"""Place the labels of a map, each at one of its preferred positions, so that nothing is covered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..scene import Anchor, Box, Label, NoRoomError
from ..text_layout import TextBlock

TRIES = 4  # maximum number of rounds, per label


@dataclass(frozen=True)
class LabelRequest:
    """A label to place. `positions` are (left, top, alignment) in px, the preferred one first."""

    owner: str
    block: TextBlock
    positions: tuple[tuple[float, float, Anchor], ...]
    halo: bool = True

    def label(self, position: tuple[float, float, Anchor]) -> Label:
        """Return the label at one of its positions."""
        left, top, align = position
        return self.block.label_at(self.owner, left, top, align=align, halo=self.halo)


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
    order = list(range(len(requests)))
    for _ in range(max(1, TRIES * len(requests))):
        labels, failed = _greedy(requests, order, frame, taken, gap)
        if failed is None:
            return tuple(labels[index] for index in range(len(requests)))
        order.remove(failed)
        order.insert(0, failed)
    label = requests[order[0]]
    raise NoRoomError(label.owner, " ".join(line.text for line in label.block.lines))


def _greedy(
    requests: Sequence[LabelRequest], order: Sequence[int], frame: Box, taken: Sequence[Box], gap: float
) -> tuple[dict[int, Label], int | None]:
    """Place labels in this order, each at its first free position. Also returns the first that has none."""
    labels: dict[int, Label] = {}
    for index in order:
        boxes = [*taken, *(label.box.grown(gap) for label in labels.values())]
        free = (label for label in _labels_at_positions(requests[index]) if _is_free(label.box, frame, boxes))
        label = next(free, None)
        if label is None:
            return labels, index
        labels[index] = label
    return labels, None


def _labels_at_positions(requests: LabelRequest) -> Iterator[Label]:
    return (requests.label(position) for position in requests.positions)


def _is_free(box: Box, frame: Box, boxes: Sequence[Box]) -> bool:
    return box.inside(frame) and not any(box.overlaps(other) for other in boxes)
