"""Labels with the places each would like -> labels placed so that none covers another, a mark or the edge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..scene import Anchor, Box, Label, NoRoomError
from ..text_layout import TextBlock

TRIES = 4  # times over the number of labels


@dataclass(frozen=True)
class LabelRequest:
    """A label to be placed: the corner and alignment of each place it would like, best first."""

    owner: str
    block: TextBlock
    positions: tuple[tuple[float, float, Anchor], ...]
    halo: bool = True

    def label(self, position: tuple[float, float, Anchor]) -> Label:
        """The label at one of its places."""
        left, top, align = position
        return self.block.label_at(self.owner, left, top, align=align, halo=self.halo)


def label_positions(block: TextBlock, x: float, y: float, gap: float) -> tuple[tuple[float, float, Anchor], ...]:
    """Eight places around a mark: right and left first, then above and below, then the corners."""
    near = gap * 0.75  # a corner is further away than a side
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
    """Every label, in the order given. One that finds no place goes first the next time; Unplaced when none helps."""
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
    """Each label, in this order, at the first of its places that is free; and the first that found none."""
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
