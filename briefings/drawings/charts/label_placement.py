"""Marks and the labels they want -> a place for each label, the cheapest found; none where they do not all fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..scene import Anchor, Box
from ..text_layout import TextBlock
from .marks import Line

_REACH = ((0.0, 9.0), (0.0, 9.0, 20.0, 34.0, 52.0), (0.0, 9.0, 20.0, 34.0, 52.0, 76.0, 104.0))


@dataclass(frozen=True)
class LabelCandidate:
    """Somewhere a block may go, and what that costs. `leader` is the fine line to its mark where it stands off,
    `path` the same as small boxes."""

    box: Box
    cost: float
    align: Anchor
    mark: Box
    leader: Line | None = None
    path: tuple[Box, ...] = ()

    def conflicts_with(self, other: "LabelCandidate") -> bool:
        """Whether two labels, or the one and the other's leader, cover each other."""
        near = self.box.grown(3)
        return (
            near.overlaps(other.box)
            or any(near.overlaps(b) for b in other.path)
            or any(b.overlaps(other.box) for b in self.path)
        )


def place_labels(
    blocks: Sequence[TextBlock], marks: Sequence[Sequence[Box]], within: Box, taken: Sequence[Box]
) -> list[LabelCandidate] | None:
    """A place for each block by its mark, which covers `marks`; the near ones are tried first, for they are few."""
    for steps in _REACH:
        choices = [
            [p for box in dict.fromkeys(own) for p in label_candidates(box, block, within, steps)]
            for own, block in zip(marks, blocks, strict=True)
        ]
        if places := choose_candidates(choices, taken, marks):
            return places
    return None


def label_candidates(mark: Box, block: TextBlock, within: Box, steps: Sequence[float]) -> Iterator[LabelCandidate]:
    """Places for a block beside, above and under a mark, so far off."""
    width, height = block.width, block.height
    mid_x, mid_y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    for far in steps:
        gap = 5 + far
        slots: tuple[tuple[float, float, float, Anchor], ...] = (
            (mark.right + gap, mid_y - height / 2, 0.0, "start"),
            (mark.right + gap, mid_y - 6, 0.5, "start"),
            (mark.right + gap, mid_y - height / 2 - 11, 1.4, "start"),
            (mark.right + gap, mid_y - height / 2 + 11, 1.5, "start"),
            (mark.right + gap, mid_y - height / 2 - 22, 1.8, "start"),
            (mark.right + gap, mid_y - height / 2 + 22, 1.9, "start"),
            (mid_x - 6, mark.top - height - gap + 2, 2.0, "start"),
            (mid_x - 6, mark.bottom + gap - 2, 2.5, "start"),
            (mark.right + gap * 0.6, mark.top - height - far * 0.7, 2.5, "start"),
            (mark.right + gap * 0.6, mark.bottom + far * 0.7, 3.0, "start"),
            (mark.left - gap - width, mid_y - height / 2, 3.0, "end"),
            (mid_x - width / 2, mark.top - height - gap + 2, 3.5, "start"),
            (mid_x - width / 2, mark.bottom + gap - 2, 3.8, "start"),
            (mid_x + 6 - width, mark.top - height - gap + 2, 4.0, "end"),
            (mid_x + 6 - width, mark.bottom + gap - 2, 4.5, "end"),
        )
        for x, y, cost, align in slots:
            box = Box(x, y, x + width, y + height)
            if box.inside(within):
                yield LabelCandidate(box, cost + far * 0.4, align, mark)


def choose_candidates(
    choices: Sequence[Sequence[LabelCandidate]], taken: Sequence[Box], marks: Sequence[Sequence[Box]]
) -> list[LabelCandidate] | None:
    """One place for each label so that none meets another, a mark or anything `taken`; None where that fails.

    `marks` are what each label's own mark covers; a leader must go round the others.
    """
    free = []
    for own, places in enumerate(choices):
        others = [box for i, boxes in enumerate(marks) if i != own for box in boxes]
        free.append(_free(places, [*taken, *others], marks[own]))
    order = sorted(range(len(free)), key=lambda i: len(free[i]))
    for _ in range(2 * len(order)):
        found, failed = _greedy(free, order)
        if failed is None:
            return _better(free, found)
        order.remove(failed)  # whichever found no place chooses first the next time
        order.insert(0, failed)
    return None


def _greedy(
    free: Sequence[Sequence[LabelCandidate]], order: Sequence[int]
) -> tuple[dict[int, LabelCandidate], int | None]:
    """Each label, in this order, at its cheapest place that the ones before it left; and the first that found none."""
    found: dict[int, LabelCandidate] = {}
    for i in order:
        place = next((p for p in free[i] if not any(p.conflicts_with(other) for other in found.values())), None)
        if place is None:
            return found, i
        found[i] = place
    return found, None


def _better(free: Sequence[Sequence[LabelCandidate]], found: dict[int, LabelCandidate]) -> list[LabelCandidate]:
    """Each label once more at the cheapest place that all the others leave."""
    for i in sorted(found, key=lambda i: -found[i].cost):
        others = [place for key, place in found.items() if key != i]
        found[i] = next(p for p in free[i] if not any(p.conflicts_with(other) for other in others))
    return [found[i] for i in range(len(found))]


def _free(places: Sequence[LabelCandidate], taken: Sequence[Box], own: Sequence[Box]) -> list[LabelCandidate]:
    """Those that cover nothing, with their leaders, the cheapest first."""
    out = []
    for place in places:
        near = place.box.grown(2)
        if any(near.overlaps(box) for box in taken) or any(place.box.overlaps(box) for box in own):
            continue
        line = _leader(place.mark, place.box)
        path = tuple(along(line)) if line else ()
        if any(b.overlaps(m) for b in path for m in taken):
            continue
        out.append(replace(place, leader=line, path=path, cost=place.cost + 0.3 * len(path)))
    return sorted(out, key=lambda p: p.cost)


def _leader(mark: Box, label: Box) -> Line | None:
    """A fine line from a mark to a label that stands off from it."""
    x = min(max((mark.left + mark.right) / 2, label.left + 3), label.right - 3)
    y = min(max((mark.top + mark.bottom) / 2, label.top + 5), label.bottom - 4)
    if label.left > mark.right or label.right < mark.left:
        x = label.left - 2 if label.left > mark.right else label.right + 2
    elif label.bottom < mark.top or label.top > mark.bottom:
        y = label.bottom if label.bottom < mark.top else label.top
    from_x, from_y = min(max(x, mark.left - 1), mark.right + 1), min(max(y, mark.top - 1), mark.bottom + 1)
    far = (from_x - x) ** 2 + (from_y - y) ** 2
    return Line(from_x, from_y, x, y, "leader") if far > 100 else None


def along(line: Line) -> Iterator[Box]:
    """Small boxes strung along a line, to keep labels off it."""
    steps = max(int(max(abs(line.x2 - line.x1), abs(line.y2 - line.y1)) // 8), 1)
    for n in range(steps + 1):
        x, y = (a + (b - a) * n / steps for a, b in ((line.x1, line.x2), (line.y1, line.y2)))
        yield Box(x - 3, y - 3, x + 3, y + 3)
