"""Find room on a map for all that stands on it: names, numbers, the squares of areas and the cards of events."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...language.wording import Wording
from ..scene import Box, Card, Label, NoRoomError
from .arrows import arrow_shapes
from .cards import may_have_cards, place_cards
from .key import AreaSquare, area_squares
from .label_placement import LabelRequest, place_labels
from .land import contains_point, outlines
from .map_context import MapContext, PlaceMark
from .name_labels import mark_labels, region_labels
from .projection import Point, Polyline, Projection
from .story import disc_requests, own_side, region_disc_requests


@dataclass(frozen=True)
class MapRoom:
    """What is on a map already. `border` and `soft` are points of national borders, and of all other lines.

    `rings` are the outlines of the regions singled out. Nothing may cover `taken`.
    """

    context: MapContext
    projection: Projection
    marks: Sequence[PlaceMark]
    taken: Sequence[Box]
    border: Sequence[Point]
    soft: Sequence[Point]
    rings: Sequence[Polyline]

    def place(self, requests: Sequence[LabelRequest], *more: Box) -> tuple[Label, ...]:
        """Place labels clear of what is taken and of `more`."""
        return place_labels(requests, self.projection.box.grown(-1.5), [*self.taken, *more])


@dataclass(frozen=True)
class MapContents:
    """What found room. `discs` are the places of the numbers; without `cards`, the events are listed under the map."""

    labels: tuple[Label, ...]
    discs: tuple[Box, ...]
    squares: tuple[AreaSquare, ...]
    cards: tuple[Card, ...]


def place_contents(room: MapRoom, wording: Wording, more: Sequence[LabelRequest]) -> MapContents:
    """Place everything, with `more` labels. Raises NoRoomError if a label fits nowhere.

    The names of countries have the most places to choose from: where there may be cards, they wait for these. The names
    of regions that are not singled out wait for the square of an area, which has its place in one that is.
    """
    if may_have_cards(room.context, room.projection.box):
        try:
            contents = _place(room, wording, more, countries_last=True)
        except NoRoomError:
            pass
        else:
            if contents.cards:
                return contents
    if room.context.areas and room.rings:
        try:
            contents = _place(room, wording, more, regions_last=True)
        except NoRoomError:
            pass
        else:
            if all(_is_inside(square.box, room.rings) for square in contents.squares):
                return contents
    return _place(room, wording, more)


def _is_inside(square: Box, rings: Sequence[Polyline]) -> bool:
    """Whether the middle of a square is inside closed rings."""
    return contains_point(rings, (square.left + square.right) / 2, (square.top + square.bottom) / 2)


def _place(
    room: MapRoom,
    wording: Wording,
    more: Sequence[LabelRequest],
    *,
    countries_last: bool = False,
    regions_last: bool = False,
) -> MapContents:
    context, projection = room.context, room.projection
    side = own_side(context, lambda country: outlines(context.ground, country, projection))
    unmarked = context.unmarked_places(context.definition.places)
    happened = {place for place, _ in context.picture.happened}
    late = [p for p in unmarked if countries_last and p.kind == "country" and p.id not in happened]
    kept = {*happened, *context.definition.tinted}
    late += [p for p in unmarked if regions_last and p.kind != "country" and p.id not in kept]
    # numbers come first, to be near their places; with cards they come last, so that a line to a card finds a way out
    numbered = list(disc_requests(context, room.marks))
    names = [*mark_labels(context, room.marks, room.border, own_side=side)]
    names += [*(numbered if not countries_last else []), *more]
    names += region_labels(context, [p for p in unmarked if p not in late], projection, room.border, room.soft)
    labels = room.place(names)
    discs = [
        *(numbered if countries_last else []),
        *region_disc_requests(context, labels, arrow_shapes(context, room.marks, projection)),
    ]
    labels += room.place(discs, *(label.box for label in labels))
    at = {label.owner: label.box for label in labels}
    numbers = tuple(at[said.id] for _, said in context.picture.happened)
    covered = [*room.taken, *(label.box for label in labels)]
    squares, cards = _squares_and_cards(room, wording, numbers, covered)
    boxes = [box for square in squares for box in square.boxes] + [card.box for card in cards]
    countries = list(region_labels(context, late, projection, room.border, room.soft))
    labels += room.place(countries, *boxes, *(label.box for label in labels), *_leaders(cards))
    return MapContents(labels, numbers, squares, cards)


def _leaders(cards: Sequence[Card]) -> list[Box]:
    """The leaders of cards as small boxes, which names must not cover."""
    boxes = []
    for card in cards:
        if card.leader:
            (x1, y1), (x2, y2) = card.leader
            steps = max(1, round((abs(x2 - x1) + abs(y2 - y1)) / 3))
            points = ((x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(steps + 1))
            boxes += [Box(x, y, x, y).grown(1.5) for x, y in points]
    return boxes


def _squares_and_cards(
    room: MapRoom, wording: Wording, discs: tuple[Box, ...], covered: Sequence[Box]
) -> tuple[tuple[AreaSquare, ...], tuple[Card, ...]]:
    """Place the cards of events and the squares of areas. Cards go first: a square is as good in many places.

    Where a square then has no room on the map, it goes first.
    """
    context, projection, view = room.context, room.projection, room.projection.box
    weighed = ((6, room.border[::3]), (3, room.soft[::3]))
    solid = [box for box in covered if box not in discs]
    tinted = context.codes(context.definition.tinted)
    countries = dict.fromkeys(region.country for code in tinted for region in context.ground.find(code))
    home = [ring for country in countries for ring in outlines(context.ground, country, projection)]

    def squares(*more: Box) -> tuple[AreaSquare, ...]:
        taken = [*covered, *more]
        return area_squares(context, wording, projection, taken, room.border, room.soft, room.rings, home)

    if cards := place_cards(context, wording, view, discs, solid, weighed):
        try:
            placed = squares(*(card.box for card in cards), *_leaders(cards))
        except NoRoomError:
            placed = None
        if placed is not None and all(square.bottom <= view.bottom for square in placed):
            return placed, cards
    placed = squares()
    boxes = [box for square in placed for box in square.boxes]
    return placed, place_cards(context, wording, view, discs, [*solid, *boxes], weighed)
