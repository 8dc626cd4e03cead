"""Find room on a map for the texts of its events: near their numbers, or tied to them by a line.

Cards are placed in many orders, and the cheapest is taken. What is on the map besides the cards is the same in each: a
`_Spot` keeps what it costs and which leaders it has, so that an order compares cards with cards only.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise, product

from ...briefing.parts import StatementView
from ...language.wording import Wording
from ...limits import MAX_CARDS_TRIED
from ..fonts import Face
from ..scene import Box, Card, Span
from ..text_layout import TextStyle, layout_text
from ..text_spans import to_spans
from .borders import PointIndex
from .label_placement import Found
from .map_context import MapContext
from .projection import Point, inside_part

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
_Cards = tuple[Card, ...]
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
    Like labels, a card without room moves to the front of the order; a long search ends with the best that it found.
    """
    em = context.size.text_size
    if not may_have_cards(context, view):
        return ()
    said = [event for _, event in context.picture.happened]
    weighed = [(weight, PointIndex(points)) for weight, points in lines]
    events = []
    for number, (event, disc) in enumerate(zip(said, discs, strict=True)):
        solid = (*taken, *(other for n, other in enumerate(discs) if n != number))
        sizes = tuple(_size(context, wording, event, width * em) for width in WIDTHS)
        events.append(_Event(event.id, disc, sizes, view.grown(-0.7 * em), solid, weighed, em))
    if not all(any(True for _ in event.spots) for event in events):
        return ()  # in no order
    middle = (view.left + view.right) / 2, (view.top + view.bottom) / 2
    # a number at the edge of the map has the fewest places for its card
    order = sorted(range(len(said)), key=lambda index: -math.dist(middle, (discs[index].left, discs[index].top)))
    tries = iter(range(MAX_CARDS_TRIED // len(order)))
    best: tuple[float, _Cards] | None = None
    for first in range(len(order)):
        found = _in_order([*order[first:], *order[:first]], events, islice(tries, len(order) + 1))
        if found and (best is None or found[0] < best[0]):
            best = found
    return best[1] if best else ()


def _in_order(order: list[int], events: "Sequence[_Event]", tries: Iterable[int]) -> tuple[float, _Cards] | None:
    """Place the cards in this order, each where it is best. Returns their cost too, or None if one has no room."""
    for _ in tries:
        cards: dict[int, Card] = {}
        cost = 0.0
        for index in order:
            best = _best(events[index], list(cards.values()))
            if best is None:
                break
            cost += best[0]
            cards[index] = best[1]
        else:
            return cost, tuple(cards[index] for index in range(len(order)))
        order.remove(index)
        order.insert(0, index)
    return None


def _size(context: MapContext, wording: Wording, said: StatementView, width: float) -> tuple[float, float]:
    """The width and height of a card. Three digits of room are kept for the disc, and for each note."""
    em = context.size.text_size
    date = wording.when(said.date, short=True) if said.date else ""
    spans = [Span(f"000 {date} ", bold=True), *to_spans(said.text, context.picture, wording)]
    notes = max(len(said.sources), said.text.count("[@"))
    spans.append(Span("\u00a0" + "0" * 3 * notes))
    inner = width - (2 * PAD_X + BAR) * em
    block = layout_text(context.measure, [(spans, TextStyle(Face(em)))], 0.97 * inner)
    return width, (len(block.lines) * LINE + 2 * PAD_Y) * em


@dataclass(frozen=True)
class _Event:
    """An event, the sizes that its card may have, and what is on the map besides cards.

    No card covers anything `solid`, and `lines` are points with what each weighs.
    """

    owner: str
    disc: Box
    sizes: tuple[tuple[float, float], ...]
    view: Box
    solid: tuple[Box, ...]
    lines: Sequence[tuple[int, PointIndex]]
    em: float

    @cached_property
    def spots(self) -> Found["_Spot"]:
        """Where its card covers nothing solid, the nearest first."""
        margin = 0.45 * self.em
        blocked = sorted((box.grown(margin) for box in (*self.solid, self.disc)), key=lambda b: -b.width * b.height)
        grid = sorted(_grid(self.sizes, self.disc, self.view, self.em), key=lambda place: place[0])
        return Found(_Spot(self, away, box) for away, box in grid if not box.overlaps_any(blocked))

    @cached_property
    def in_the_way(self) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
        """What no leader goes through; and what one goes through only where every other way is blocked."""
        near = [box for box in self.solid if self.touches(box)]
        return tuple(box.grown(0.3 * self.em) for box in self.solid if box not in near), tuple(near)

    def touches(self, box: Box) -> bool:
        """Whether something low is beside the number: a leader may pass near it."""
        return box.height < NAME * self.em and box.overlaps(self.disc.grown(0.8 * self.em))


@dataclass(frozen=True)
class _Spot:
    """A place for the card of an event. `away` is what its distance and its size weigh."""

    event: _Event
    away: float
    box: Box

    @cached_property
    def cost(self) -> float:
        """What it weighs without its leader and the other cards."""
        return self.away + sum(weight * points.count(self.box) for weight, points in self.event.lines)

    @cached_property
    def least(self) -> float:
        """A cost with its leader that none of these is below: it is measured to 0.02 px."""
        gap = _gap(self.event.disc, self.box)
        return self.cost + (0.0 if gap < NEAR * self.event.em else LONG * (gap - 0.02))

    @cached_property
    def ways(self) -> Found[tuple[tuple[Point, ...], bool]]:
        """Leaders that go through nothing, the shortest first; with each, whether it goes through a name beside it."""
        blocked, near = self.event.in_the_way
        blocked = (self.box.grown(-1), *blocked)
        leaders = _leaders(self.event.disc, self.box, self.event.em)
        return Found((each, _goes_through(each, near)) for each in leaders if not _goes_through(each, blocked))


def _best(event: _Event, cards: Sequence[Card]) -> tuple[float, Card] | None:
    """The best spot where a card and its leader cover none of the other cards, and its cost.

    The spots are tried from the nearest on. None can be better than its distance alone, so most are never looked at.
    """
    em = event.em
    best: tuple[float, Card] | None = None
    blocked = [card.box.grown(0.45 * em) for card in cards]
    in_the_way = [card.box if event.touches(card.box) else card.box.grown(0.3 * em) for card in cards]
    for spot in event.spots:
        if best and spot.away >= best[0]:
            break
        if spot.box.overlaps_any(blocked):
            continue
        unrest = _unrest(spot.box, cards) * em
        if best and spot.least + unrest >= best[0]:
            continue
        if any(_goes_through(card.leader, (spot.box,)) for card in cards):
            continue
        way = _way(spot, in_the_way)
        if way is None:
            continue
        leader, touches = way
        through = TOUCHED * em if touches else 0.0
        through += CROSSED * em * sum(_meet(leader, card.leader) for card in cards)
        through += LONG * sum(math.dist(a, b) for a, b in pairwise(leader))
        cost = spot.cost + through + unrest
        if best is None or cost < best[0]:
            best = cost, Card(event.owner, spot.box, leader)
    return best


def _way(spot: _Spot, in_the_way: Sequence[Box]) -> tuple[tuple[Point, ...], bool] | None:
    """The shortest leader that goes through no other card; one through a name only where there is no other."""
    touching = None
    for leader, touches in spot.ways:
        if not _goes_through(leader, in_the_way):
            if not touches:
                return leader, False
            touching = touching or (leader, True)
    return touching


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
    aligned = equal = not cards
    for other in (card.box for card in cards):
        aligned = aligned or box.left == other.left or box.right == other.right or box.top == other.top
        equal = equal or abs(box.width - other.width) < 0.1
    return (0.0 if aligned else UNALIGNED) + (0.0 if equal else UNEQUAL)


def _middle(disc: Box) -> Point:
    return (disc.left + disc.right) / 2, (disc.top + disc.bottom) / 2


def _nearest(x: float, y: float, box: Box) -> Point:
    """The point of a box that is nearest to (x, y)."""
    return min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)


def _gap(disc: Box, box: Box) -> float:
    """How far a box is from the edge of a disc, in px."""
    x, y = _middle(disc)
    near = _nearest(x, y, box)
    return math.hypot(near[0] - x, near[1] - y) - disc.width / 2


def _leaders(disc: Box, box: Box, em: float) -> Iterator[tuple[Point, ...]]:
    """Yield straight lines from a disc to its card, the shortest first; only () if they are close.

    They end at the nearest point of the card, or else in the middle of a side or at a corner.
    """
    if _gap(disc, box) < NEAR * em:
        yield ()
        return
    (x, y), radius = _middle(disc), disc.width / 2
    across, down = (box.left, (box.left + box.right) / 2, box.right), (box.top, (box.top + box.bottom) / 2, box.bottom)
    ends = {_nearest(x, y, box), *product(across, down)}
    for away, end in sorted((math.hypot(end[0] - x, end[1] - y), end) for end in ends):
        start = round(x + (end[0] - x) * radius / away, 2), round(y + (end[1] - y) * radius / away, 2)
        yield start, (round(end[0], 2), round(end[1], 2))


def _meet(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Whether two leaders cross; () is the leader of a card that needs none."""
    if not one or not other:
        return False
    (a, b), (c, d) = one, other
    return _left(a, b, c) != _left(a, b, d) and _left(c, d, a) != _left(c, d, b)


def _left(a: Point, b: Point, point: Point) -> bool:
    """Whether a point is on the left of the line from a to b."""
    return (b[0] - a[0]) * (point[1] - a[1]) > (b[1] - a[1]) * (point[0] - a[0])


def _goes_through(leader: Sequence[Point], boxes: Iterable[Box]) -> bool:
    """Whether a leader goes through one of some boxes. A plain loop: most boxes are nowhere near."""
    if not leader:
        return False
    a, b = leader
    left, right = (a[0], b[0]) if a[0] < b[0] else (b[0], a[0])
    top, bottom = (a[1], b[1]) if a[1] < b[1] else (b[1], a[1])
    for box in boxes:
        if left < box.right and box.left < right and top < box.bottom and box.top < bottom and inside_part(a, b, box):
            return True
    return False
