"""Place labels next to the marks of a chart, without overlaps.

Each label has candidate positions with a cost. The search is greedy: labels with few free candidates are placed first,
each at its cheapest candidate; a label that finds none moves to the front and the search starts again. A final pass
moves each label to the cheapest position that the others leave free.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product

from ...limits import MAX_COMPARISONS
from ..scene import Anchor, Box
from ..text_layout import TextBlock
from .marks import Line

# px: distances from the mark, in addition to the usual gap, in rounds. Near positions are tried first, since a search
# over few candidates is fast.
_REACH = ((0.0, 9.0), (0.0, 9.0, 20.0, 34.0, 52.0), (0.0, 9.0, 20.0, 34.0, 52.0, 76.0, 104.0))
_LONG_REACH = (0.0, 9.0, 14.0, 20.0, 34.0, 52.0)  # px: a label further away is no better than a number and a key


class _Effort:
    """How many pairs of labels may still be compared: a search takes time with the third power of the labels.

    A chart of the shipped packs takes at most 20,000.
    """

    def __init__(self) -> None:
        self.left = MAX_COMPARISONS

    def is_free(self, candidate: "LabelCandidate", others: Collection["LabelCandidate"]) -> bool:
        """Whether a label is clear of others. Nothing is once the effort is spent."""
        self.left -= len(others)
        return self.left > 0 and not any(candidate.conflicts_with(other) for other in others)


@dataclass(frozen=True)
class LabelCandidate:
    """A possible position of a label, and its cost (lower is better).

    `leader` is the thin line to the mark if the label is at some distance.
    """

    box: Box
    cost: float
    align: Anchor
    leader: Line | None = None
    variant: int = 0  # for lengthen_labels()

    @cached_property
    def path(self) -> tuple[Box, ...]:
        """The leader, covered with small boxes. Most candidates are never compared, so few need it."""
        return tuple(along(self.leader)) if self.leader else ()

    def conflicts_with(self, other: "LabelCandidate") -> bool:
        """Whether the labels are less than 3 px apart, or one label is that close to the leader of the other.

        Either both of two candidates conflict with each other or neither does: the search asks in both directions.
        """
        near, near_other = self.box.grown(3), other.box.grown(3)
        return (
            near.overlaps(other.box)
            or any(near.overlaps(b) for b in other.path)
            or any(near_other.overlaps(b) for b in self.path)
        )


def place_labels(
    blocks: Sequence[TextBlock], marks: Sequence[Sequence[Box]], within: Box, taken: Sequence[Box]
) -> list[LabelCandidate] | None:
    """Choose a position for each block next to its mark.

    `marks` are the boxes that each mark covers, `taken` other boxes to avoid. Returns None if the labels do not fit.
    """
    for steps in _REACH:
        free = [
            _free([(block, 0.0, 0)], own, within, steps, [*taken, *others])
            for own, block, others in zip(marks, blocks, map(_others(marks), range(len(marks))), strict=True)
        ]
        if candidates := _choose(free):
            return candidates
    return None


def _others(marks: Sequence[Sequence[Box]]) -> Callable[[int], list[Box]]:
    """A function that returns the boxes of all marks but one. A leader may touch its own, and crosses no other."""
    return lambda i: [box for j, boxes in enumerate(marks) if j != i for box in boxes]


def lengthen_labels(
    short: Sequence[LabelCandidate],
    variants: Sequence[Sequence[tuple[TextBlock, float]]],
    marks: Sequence[Sequence[Box]],
    within: Box,
    taken: Sequence[Box],
    short_blocks: Sequence[TextBlock],
    *,
    all_or_none: bool = False,
) -> list[LabelCandidate]:
    """Replace short labels, such as numbers, by longer ones wherever one fits; the short ones may move out of the way.

    `short` is a position of each short label, as place_labels() returns it. Each of the `variants` has a cost, so that
    a better one may stand further away. `variant` of a result is 1 + the index of its block, or 0 if it stays short:
    with `all_or_none`, the search ends at the first that has to.
    """
    others = _others(marks)
    long: list[list[LabelCandidate]] = []
    for i, (own, blocks) in enumerate(zip(marks, variants, strict=True)):
        numbered = [(block, cost, number) for number, (block, cost) in enumerate(blocks, 1)]
        long.append(_free(numbered, own, within, _LONG_REACH, [*taken, *others(i)]))
        if all_or_none and not long[-1]:
            return list(short)

    @cache
    def spare(i: int) -> list[LabelCandidate]:
        """Where else a short label may stand: most need not move."""
        return _free([(short_blocks[i], 0.0, 0)], marks[i], within, _REACH[1], [*taken, *others(i)])

    places = range(len(short))
    # the labels with the most room first, since each needs the least from the others; or those with the least
    orders = (sorted(places, key=lambda i: -len(long[i])), sorted(places, key=lambda i: len(long[i])), places)
    effort = _Effort()
    results = [_lengthen_in(order, short, long, spare, effort) for order in orders]
    return min(results, key=lambda found: (sum(not p.variant for p in found), sum(p.cost for p in found)))


def _lengthen_in(
    order: Iterable[int],
    short: Sequence[LabelCandidate],
    long: Sequence[Sequence[LabelCandidate]],
    spare: Callable[[int], Sequence[LabelCandidate]],
    effort: _Effort,
) -> list[LabelCandidate]:
    chosen = dict(enumerate(short))
    for i in order:
        for candidate in long[i]:
            moved = _make_way(i, candidate, chosen, spare, effort)
            if moved is not None:
                chosen = moved
                break
    return [chosen[i] for i in range(len(chosen))]


def _make_way(
    i: int,
    candidate: LabelCandidate,
    chosen: dict[int, LabelCandidate],
    spare: Callable[[int], Sequence[LabelCandidate]],
    effort: _Effort,
) -> dict[int, LabelCandidate] | None:
    """Return the labels with label i at `candidate`, after moving the short ones it covers; None if one cannot move."""
    effort.left -= len(chosen)
    if effort.left < 0:
        return None
    out = {**chosen, i: candidate}
    for j, other in chosen.items():
        if j == i or not candidate.conflicts_with(other):
            continue
        if other.variant:
            return None
        rest = [p for key, p in out.items() if key != j]
        free = next((p for p in spare(j) if effort.is_free(p, rest)), None)
        if free is None:
            return None
        out[j] = free
    return out


_Slot = tuple[float, float, float, Anchor]  # left, top, cost and alignment


def _slots(mark: Box, block: TextBlock, distance: float) -> tuple[_Slot, ...]:
    """Positions around a mark, `distance` px beyond the usual gap: on the right is best, then above, below and left."""
    width, height = block.width, block.height
    mid_x, mid_y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    gap = 5 + distance
    return (
        (mark.right + gap, mid_y - height / 2, 0.0, "start"),
        (mark.right + gap, mid_y - 6, 0.5, "start"),
        (mark.right + gap, mid_y - height / 2 - 11, 1.4, "start"),
        (mark.right + gap, mid_y - height / 2 + 11, 1.5, "start"),
        (mark.right + gap, mid_y - height / 2 - 22, 1.8, "start"),
        (mark.right + gap, mid_y - height / 2 + 22, 1.9, "start"),
        (mark.right + gap, mark.bottom - 5, 1.95, "start"),
        (mid_x - 6, mark.top - height - gap + 2, 2.0, "start"),
        (mid_x - 6, mark.bottom + gap - 2, 2.5, "start"),
        (mark.right + gap * 0.6, mark.top - height - distance * 0.7, 2.5, "start"),
        (mark.right + gap * 0.6, mark.bottom + distance * 0.7, 3.0, "start"),
        (mark.left - gap - width, mid_y - height / 2, 3.0, "end"),
        (mid_x - width / 2, mark.top - height - gap + 2, 3.5, "start"),
        (mid_x - width / 2, mark.bottom + gap - 2, 3.8, "start"),
        (mid_x + 6 - width, mark.top - height - gap + 2, 4.0, "end"),
        (mid_x + 6 - width, mark.bottom + gap - 2, 4.5, "end"),
    )


def _free(
    blocks: Sequence[tuple[TextBlock, float, int]],
    own: Sequence[Box],
    within: Box,
    steps: Sequence[float],
    taken: Sequence[Box],
) -> list[LabelCandidate]:
    """Return where a label covers no box within `within`, with its leader, the cheapest first.

    It is one of the `blocks`, each with a cost and the number of its variant, beside one of the boxes of its `own`
    mark. `steps` are the distances in px beyond the usual gap.
    """
    out = []
    for mark, (block, more, variant), distance in product(dict.fromkeys(own), blocks, steps):
        for x, y, cost, align in _slots(mark, block, distance):
            box = Box(x, y, x + block.width, y + block.height)
            if not box.inside(within) or box.grown(2).overlaps_any(taken) or box.overlaps_any(own):
                continue
            line = _leader(mark, box)
            if line and _runs_through(line, taken):
                continue
            weight = cost + distance * 0.4 + more + (0.3 * (_steps(line) + 1) if line else 0)
            out.append(LabelCandidate(box, weight, align, line, variant))
    return sorted(out, key=lambda p: p.cost)


def _choose(free: Sequence[Sequence[LabelCandidate]]) -> list[LabelCandidate] | None:
    """Choose a candidate for each label so that none covers another label, or return None."""
    order = sorted(range(len(free)), key=lambda i: len(free[i]))
    effort = _Effort()
    for _ in range(2 * len(order)):
        chosen, failed = _choose_greedily(free, order, effort)
        if failed is None:
            return _improve(free, chosen, effort)
        if effort.left <= 0:
            break
        order.remove(failed)  # the label without a free candidate chooses first in the next round
        order.insert(0, failed)
    return None


def _choose_greedily(
    free: Sequence[Sequence[LabelCandidate]], order: Sequence[int], effort: _Effort
) -> tuple[dict[int, LabelCandidate], int | None]:
    """Place labels in this order, each at its cheapest free candidate. Also returns the first that has none."""
    chosen: dict[int, LabelCandidate] = {}
    for i in order:
        candidate = next((p for p in free[i] if effort.is_free(p, chosen.values())), None)
        if candidate is None:
            return chosen, i
        chosen[i] = candidate
    return chosen, None


def _improve(
    free: Sequence[Sequence[LabelCandidate]], chosen: dict[int, LabelCandidate], effort: _Effort
) -> list[LabelCandidate]:
    """Move each label, the most expensive first, to the cheapest candidate that the others leave free."""
    for i in sorted(chosen, key=lambda i: -chosen[i].cost):
        others = [candidate for key, candidate in chosen.items() if key != i]
        chosen[i] = next((p for p in free[i] if effort.is_free(p, others)), chosen[i])
    return [chosen[i] for i in range(len(chosen))]


def _leader(mark: Box, label: Box) -> Line | None:
    """Return the line from a mark to the nearest edge of its label, or None if it is at most 10 px long."""
    x = min(max((mark.left + mark.right) / 2, label.left + 3), label.right - 3)
    y = min(max((mark.top + mark.bottom) / 2, label.top + 5), label.bottom - 4)
    if label.left > mark.right or label.right < mark.left:
        x = label.left - 2 if label.left > mark.right else label.right + 2
    elif label.bottom < mark.top or label.top > mark.bottom:
        y = label.bottom if label.bottom < mark.top else label.top
    from_x, from_y = min(max(x, mark.left - 1), mark.right + 1), min(max(y, mark.top - 1), mark.bottom + 1)
    distance = (from_x - x) ** 2 + (from_y - y) ** 2
    return Line(from_x, from_y, x, y, "leader") if distance > 100 else None


def _runs_through(line: Line, boxes: Sequence[Box]) -> bool:
    """Whether a line runs through one of some boxes, or very near it. Most are nowhere near."""
    left, right = (line.x1, line.x2) if line.x1 < line.x2 else (line.x2, line.x1)
    top, bottom = (line.y1, line.y2) if line.y1 < line.y2 else (line.y2, line.y1)
    around = Box(left - 4, top - 4, right + 4, bottom + 4)
    near = [box for box in boxes if around.overlaps(box)]
    return bool(near) and any(box.overlaps_any(near) for box in along(line))


def _steps(line: Line) -> int:
    """Into how many pieces of about 8 px a line is divided."""
    return max(int(max(abs(line.x2 - line.x1), abs(line.y2 - line.y1)) // 8), 1)


def along(line: Line) -> Iterator[Box]:
    """Cover a line with boxes of 6 × 6 px about every 8 px. Axis-aligned boxes are all that the overlap test knows."""
    steps, across, down = _steps(line), line.x2 - line.x1, line.y2 - line.y1
    for n in range(steps + 1):
        x, y = line.x1 + across * n / steps, line.y1 + down * n / steps
        yield Box(x - 3, y - 3, x + 3, y + 3)
