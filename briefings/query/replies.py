"""Pack -> how many replies the arguments of each side's positions get."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..pack.pack import Pack
from .sides import NO_SIDE, side_of


@dataclass(frozen=True)
class SideReplies:
    """The replies to the arguments of the positions that a side holds: the fewest, the mean and the most.

    `unanswered` are the ids of arguments without a reply, `answered_often` of those with more than one.
    """

    side: str
    positions: int
    arguments: int
    fewest: int
    mean: float
    most: int
    unanswered: tuple[str, ...]
    answered_often: tuple[str, ...]


def count_replies(pack: Pack) -> Iterator[SideReplies]:
    """Count for each side, the one with the most arguments first. A position of two sides counts for both."""
    held: dict[str, list[tuple[str, int]]] = {}  # side -> (argument, its replies)
    positions: dict[str, int] = {}
    for position in (position for question in pack.questions for position in question.positions):
        for side in sorted({side_of(pack.index[holder]) for holder in position.by} or {NO_SIDE}):
            positions[side] = positions.get(side, 0) + 1
            held.setdefault(side, []).extend((argument.id, len(argument.replies)) for argument in position.arguments)
    for side, arguments in sorted(held.items(), key=lambda item: (-len(item[1]), item[0])):
        counts = [count for _, count in arguments] or [0]
        yield SideReplies(
            side,
            positions[side],
            len(arguments),
            min(counts),
            round(sum(counts) / len(counts), 2),
            max(counts),
            tuple(id for id, count in arguments if not count),
            tuple(id for id, count in arguments if count > 1),
        )
