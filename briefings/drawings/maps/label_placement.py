"""Place the labels of a map, each at one of its preferred positions, so that nothing is covered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Generic, NamedTuple, TypeVar

from ..scene import Anchor, Box, Label, NoRoomError
from ..text_layout import TextBlock

T = TypeVar("T")
TRIES = 4  # maximum number of rounds, per label
EXCHANGES = 3  # maximum number of rounds in which labels give way to one that stands badly
MAKE_WAY = 2  # how many labels may give way to one
THROUGH = 15  # what a position costs whose line runs through something
LEFT_OUT = 40  # what it costs to leave out an optional label
BADLY = 30  # with a sum of costs below, no search is tried that may lower it

Position = tuple[float, float, Anchor]  # left and top in px, and the alignment of the text


class Candidate(NamedTuple):
    """A free position: the boxes that the label fills there, with its line, and what is wrong with it."""

    boxes: tuple[Box, ...]
    position: Position
    cost: int


Chosen = dict[int, Candidate]


@dataclass(frozen=True)
class LabelRequest:
    """A label to place. Of its `positions`, the preferred one is first.

    `costs` has for each position, if any is worse than another, how badly a label stands there; 0 is well. `lines` has
    for each, if any has one, the line that the label has there, as small boxes. An `optional` label that has no free
    position is left out: what it says stands elsewhere too. `margin` is how far away other labels stand, in px, if they
    can: beside each other two names read as one.
    """

    owner: str
    block: TextBlock
    positions: tuple[Position, ...]
    halo: bool = True
    lines: tuple[tuple[Box, ...], ...] = ()
    costs: tuple[int, ...] = ()
    optional: bool = False
    margin: float = 0.0

    def label(self, position: Position) -> Label:
        """Return the label at one of its positions."""
        left, top, align = position
        return self.block.label_at(self.owner, left, top, align=align, halo=self.halo)

    def free(self, frame: Box, taken: Sequence[Box]) -> Iterator[Candidate]:
        """Yield the positions within `frame` and clear of `taken`, each with the boxes that it fills.

        Those whose line runs through what is taken come last. Its end, at the mark of the label, is not looked at.
        """
        through: list[Candidate] = []
        for position, line, cost in zip(
            self.positions, self.lines or repeat(()), self.costs or repeat(0), strict=False
        ):
            box = self.block.box_at(*position[:2])
            if box.inside(frame) and not box.overlaps_any(taken):
                apart = Box(box.left - self.margin, box.top, box.right + self.margin, box.bottom)
                found = Candidate((apart, *line), position, cost)
                if any(part.overlaps_any(taken) for part in line[:-3]):
                    through.append(found._replace(cost=cost + THROUGH))
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


def label_positions(block: TextBlock, x: float, y: float, gap: float) -> tuple[Position, ...]:
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

    Greedy, in the order given. A label without a free position moves to the front, and the search starts again. Then
    labels give way to those that stand badly. Raises NoRoomError after TRIES rounds per label.
    """
    labels = place_or_leave_out(requests, frame, taken, gap)
    return tuple(label for label in labels if label)


def place_or_leave_out(
    requests: Sequence[LabelRequest], frame: Box, taken: Sequence[Box], gap: float = 1.5
) -> tuple[Label | None, ...]:
    """The labels as place_labels() places them, with None for each optional one that has no room.

    Margins are kept if all labels have room then, and none stands badly for their sake.
    """
    has_margins = any(request.margin for request in requests)
    try:
        chosen = _choose(requests, frame, taken, gap)
    except NoRoomError:
        if not has_margins:  # the second search would be the same
            raise
        chosen = None
    if chosen is None or (has_margins and _total(chosen, requests) >= BADLY):
        closer = _choose([replace(request, margin=0.0) for request in requests], frame, taken, gap)
        if chosen is None or _total(closer, requests) < _total(chosen, requests):
            chosen = closer
    placed = (chosen.get(index) for index in range(len(requests)))
    return tuple(one and request.label(one.position) for one, request in zip(placed, requests, strict=True))


def _total(chosen: Chosen, requests: Sequence[LabelRequest]) -> int:
    return sum(_cost(chosen, index) for index in range(len(requests)))


def _choose(requests: Sequence[LabelRequest], frame: Box, taken: Sequence[Box], gap: float) -> Chosen:
    """Choose a position for each label. Raises NoRoomError."""
    # what is free of the frame and of `taken` stays so in every round: only the other labels move
    free = [Found(request.free(frame, taken)) for request in requests]
    none = [index for index, each in enumerate(free) if next(iter(each), None) is None]
    order = [index for index, request in enumerate(requests) if not request.optional]
    impossible = next((index for index in none if not requests[index].optional), None)
    for _ in range(max(1, TRIES * len(order)) if impossible is None else 0):
        chosen, failed = _greedy(free, order, gap)
        if failed is None:
            _improve(chosen, free, gap)
            return chosen
        order.remove(failed)
        order.insert(0, failed)
    label = requests[order[0] if impossible is None else impossible]
    raise NoRoomError(label.owner, " ".join(line.text for line in label.block.lines))


def _greedy(free: Sequence[Iterable[Candidate]], order: Sequence[int], gap: float) -> tuple[Chosen, int | None]:
    """Choose positions in this order, each the first free one. Also returns the first label that has none."""
    chosen: Chosen = {}
    boxes: list[Box] = []
    for index in order:
        found = next((each for each in free[index] if not any(box.overlaps_any(boxes) for box in each.boxes)), None)
        if found is None:
            return chosen, index
        boxes += [box.grown(gap) for box in found.boxes]
        chosen[index] = found
    return chosen, None


def _improve(chosen: Chosen, free: Sequence[Iterable[Candidate]], gap: float) -> None:
    """Move labels, and add optional ones, as long as the sum of the costs falls: the worst first."""
    for _ in range(EXCHANGES):
        worst = sorted((index for index in range(len(free)) if _cost(chosen, index)), key=lambda i: -_cost(chosen, i))
        better = [index for index in worst if _exchange(chosen, free, index, gap)]
        if not better:
            return


def _cost(chosen: Chosen, index: int) -> int:
    return chosen[index].cost if index in chosen else LEFT_OUT


def _exchange(chosen: Chosen, free: Sequence[Iterable[Candidate]], index: int, gap: float) -> bool:
    """Move a label to a better position, from which at most MAKE_WAY others can move away at a smaller cost in all."""
    for better in sorted(free[index], key=lambda each: each.cost):
        if better.cost >= _cost(chosen, index):
            return False
        in_way = [i for i, other in chosen.items() if i != index and _meet(better, other, gap)]
        if len(in_way) > MAKE_WAY:
            continue
        saved = _cost(chosen, index) - better.cost + sum(chosen[i].cost for i in in_way)
        kept = [other for i, other in chosen.items() if i != index and i not in in_way] + [better]
        moved = {index: better}
        for i in in_way:
            elsewhere = (each for each in sorted(free[i], key=lambda each: each.cost) if each.cost < saved)
            found = next((each for each in elsewhere if not any(_meet(each, other, gap) for other in kept)), None)
            if found is None:
                break
            saved -= found.cost
            kept.append(found)
            moved[i] = found
        else:
            chosen.update(moved)
            return True
    return False


def _meet(one: Candidate, other: Candidate, gap: float) -> bool:
    """Whether two labels would stand less than `gap` px apart."""
    return any(box.grown(gap).overlaps_any(other.boxes) for box in one.boxes)
