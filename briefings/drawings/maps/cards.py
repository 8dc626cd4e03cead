"""Find room on a map for the texts of its events: near their numbers, or tied to them by a line."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from ...briefing.parts import StatementView
from ...language.wording import Wording
from ..fonts import Face
from ..scene import Box, Card, Span
from ..text_layout import TextStyle, layout_text
from ..text_spans import to_spans
from .map_context import MapContext
from .projection import Point, clipped_line

# In em; partials/drawing.css sets cards in the same measures.
WIDTHS = (15.0, 12.0, 19.0)
LINE, PAD_X, PAD_Y, BAR = 1.3, 0.6, 0.4, 0.35
WAY = 1.5  # what a px of distance between a card and its number weighs; 6 px of a border weigh 3 or 6
FAR = 19.0  # no card is farther away from its number
TOUCHED, CROSSED = 12.0, 60.0  # what a name beside the number, and another leader, weigh that one goes through, in em
LONG = 0.8  # what a px of a leader weighs
NAME = 4.0  # em: the height of names; what is higher, such as an inset, no leader goes through
NEAR = 1.3  # a card that is nearer to its number needs no leader
UNALIGNED = 7.0  # what it weighs that a card begins in no column of another and in no row, in em
UNEQUAL = 3.0  # what it weighs that a card is wider or narrower than those before, in em
MIN_WIDTH = 44  # a narrower map has no cards: its events are listed under it


def may_have_cards(context: MapContext, view: Box) -> bool:
    """Whether a map has events, and is wide enough for their cards."""
    size = context.size
    return bool(size.cards and context.picture.happened and view.width >= MIN_WIDTH * size.text_size)


def place_cards(
    context: MapContext,
    wording: Wording,
    view: Box,
    discs: Sequence[Box],
    taken: Sequence[Box],
    lines: Sequence[tuple[int, Sequence[Point]]],
) -> tuple[Card, ...]:
    """Place one card for each event, or none if they do not all find room: a list under the map then has them.

    A card covers nothing in `taken` and no other card. `lines` are (weight, points): what it should rather not cover.
    Like labels, a card without room moves to the front of the order, and the search starts again.
    """
    em = context.size.text_size
    if not may_have_cards(context, view):
        return ()
    said = [event for _, event in context.picture.happened]
    sizes = [[_size(context, wording, event, width * em) for width in WIDTHS] for event in said]
    middle = (view.left + view.right) / 2, (view.top + view.bottom) / 2
    # a number at the edge of the map has the fewest places for its card
    order = sorted(range(len(said)), key=lambda index: -math.dist(middle, (discs[index].left, discs[index].top)))
    best: tuple[float, tuple[Card, ...]] | None = None
    for first in range(len(order)):
        found = _in_order([*order[first:], *order[:first]], said, sizes, discs, view, taken, lines, em)
        if found and (best is None or found[0] < best[0]):
            best = found
    return best[1] if best else ()


def _in_order(
    order: list[int],
    said: Sequence[StatementView],
    sizes: Sequence[Sequence[tuple[float, float]]],
    discs: Sequence[Box],
    view: Box,
    taken: Sequence[Box],
    lines: Sequence[tuple[int, Sequence[Point]]],
    em: float,
) -> tuple[float, tuple[Card, ...]] | None:
    """Place the cards in this order, each where it is best. Returns their cost too, or None if one has no room."""
    for _ in range(len(order) + 1):
        cards: dict[int, Card] = {}
        cost = 0.0
        for index in order:
            others = [*taken, *(d for n, d in enumerate(discs) if n != index), *(c.box for c in cards.values())]
            best = _best(
                said[index].id,
                sizes[index],
                discs[index],
                view.grown(-0.7 * em),
                others,
                list(cards.values()),
                lines,
                em,
            )
            if best is None:
                break
            cost += best[0]
            cards[index] = best[1]
        else:
            return cost, tuple(cards[index] for index in range(len(said)))
        order.remove(index)
        order.insert(0, index)
    return None


def _size(context: MapContext, wording: Wording, said: StatementView, width: float) -> tuple[float, float]:
    """The width and height of a card. Three digits of room are kept for the number of each note."""
    em = context.size.text_size
    date = wording.when(said.date, short=True) if said.date else ""
    spans = [Span(f"0 {date} ", bold=True), *to_spans(said.text, context.picture, wording)]
    notes = max(len(said.sources), said.text.count("[@"))
    spans.append(Span("\u00a0" + "0" * 3 * notes))
    inner = width - (2 * PAD_X + BAR) * em
    block = layout_text(context.measure, [(spans, TextStyle(Face(em)))], 0.97 * inner)
    return width, (len(block.lines) * LINE + 2 * PAD_Y) * em


def _best(
    owner: str,
    sizes: Sequence[tuple[float, float]],
    disc: Box,
    view: Box,
    taken: Sequence[Box],
    cards: Sequence[Card],
    lines: Sequence[tuple[int, Sequence[Point]]],
    em: float,
) -> tuple[float, Card] | None:
    """The best place on a grid where a card and its leader cover nothing.

    The places are tried from the nearest on. None can be better than its distance alone, so most are never looked at.
    """
    best: tuple[float, Card] | None = None
    blocked = sorted((box.grown(0.45 * em) for box in (*taken, disc)), key=lambda box: -box.width * box.height)
    around = disc.grown(0.8 * em)
    # a leader may pass near a name that touches its number; through it only where every other way is blocked
    near = [box for box in taken if box.overlaps(around) and box.height < NAME * em]
    far = [box.grown(0.3 * em) for box in taken if box not in near] + [card.box for card in cards]
    for away, box in sorted(_grid(sizes, disc, view, em), key=lambda pair: pair[0]):
        if best and away >= best[0]:
            break
        if box.overlaps_any(blocked):
            continue
        if any(_crosses(a, b, box) for card in cards for a, b in pairwise(card.leader)):
            continue
        leader, through = _leader(disc, box, [*far, *near], em), 0.0
        if leader is None:
            leader, through = _leader(disc, box, far, em), TOUCHED * em
        if leader is None:
            continue
        through += CROSSED * em * sum(_meet(leader, card.leader) for card in cards)
        through += LONG * sum(math.dist(a, b) for a, b in pairwise(leader))
        cost = away + _covered(box, lines) + through + _unrest(box, cards) * em
        if best is None or cost < best[0]:
            best = cost, Card(owner, box, leader)
    return best


def _grid(sizes: Sequence[tuple[float, float]], disc: Box, view: Box, em: float) -> Iterator[tuple[float, Box]]:
    """Yield boxes within the view, with how far each is from a disc; a line of text weighs as much as half its way."""
    x, y = (disc.left + disc.right) / 2, (disc.top + disc.bottom) / 2
    step = 1.4 * em
    for width, height in sizes:
        for row in range(int((view.height - height) / step) + 1 if height <= view.height else 0):
            top = view.top + row * step
            down = min(max(y, top), top + height) - y
            if abs(down) > FAR * em:
                continue
            for column in range(int((view.width - width) / step) + 1 if width <= view.width else 0):
                left = view.left + column * step
                away = math.hypot(min(max(x, left), left + width) - x, down)
                if away <= FAR * em:
                    box = Box(round(left, 2), round(top, 2), round(left + width, 2), round(top + height, 2))
                    yield WAY * away + 0.5 * height, box


def _unrest(box: Box, cards: Sequence[Card]) -> float:
    """How much a card disturbs the columns and rows of those that are placed, in em."""
    if not cards:
        return 0.0
    others = [card.box for card in cards]
    aligned = any(box.left == o.left or box.right == o.right or box.top == o.top for o in others)
    equal = any(abs(box.width - o.width) < 0.1 for o in others)
    return (0.0 if aligned else UNALIGNED) + (0.0 if equal else UNEQUAL)


def _covered(box: Box, lines: Sequence[tuple[int, Sequence[Point]]]) -> float:
    """How many points of lines a box covers, by their weight."""
    return sum(
        weight * sum(box.left < x < box.right and box.top < y < box.bottom for x, y in points)
        for weight, points in lines
    )


def _leader(disc: Box, box: Box, in_the_way: Sequence[Box], em: float) -> tuple[Point, ...] | None:
    """A straight line from a disc to its card, which goes through nothing: () if they are close, None if there is none.

    It ends at the nearest point of the card, or else in the middle of a side or at a corner.
    """
    x, y = (disc.left + disc.right) / 2, (disc.top + disc.bottom) / 2
    near, radius = (min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)), disc.width / 2
    if math.hypot(near[0] - x, near[1] - y) - radius < NEAR * em:
        return ()
    across, down = (box.left, (box.left + box.right) / 2, box.right), (box.top, (box.top + box.bottom) / 2, box.bottom)
    ends = sorted({near, *product(across, down)}, key=lambda end: (math.hypot(end[0] - x, end[1] - y), end))
    for end in ends:
        away = math.hypot(end[0] - x, end[1] - y)
        start = round(x + (end[0] - x) * radius / away, 2), round(y + (end[1] - y) * radius / away, 2)
        end = round(end[0], 2), round(end[1], 2)
        if not _crosses(start, end, box.grown(-1)) and not any(_crosses(start, end, other) for other in in_the_way):
            return start, end
    return None


def _meet(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Whether two leaders cross; () is the leader of a card that needs none."""
    if not one or not other:
        return False
    (a, b), (c, d) = one, other
    return _left(a, b, c) != _left(a, b, d) and _left(c, d, a) != _left(c, d, b)


def _left(a: Point, b: Point, point: Point) -> bool:
    """Whether a point is on the left of the line from a to b."""
    return (b[0] - a[0]) * (point[1] - a[1]) > (b[1] - a[1]) * (point[0] - a[0])


def _crosses(a: Point, b: Point, box: Box) -> bool:
    """Whether a segment goes through a box."""
    if max(a[0], b[0]) <= box.left or min(a[0], b[0]) >= box.right:
        return False
    if max(a[1], b[1]) <= box.top or min(a[1], b[1]) >= box.bottom:
        return False
    return bool(clipped_line((a, b), box))
