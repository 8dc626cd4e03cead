"""Find room on a map for all that stands on it: names, numbers, the squares of areas and the cards of events."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from ...language.wording import Wording
from ..scene import Box, Card, Label, NoRoomError
from .arrows import arrow_shapes
from .cards import may_have_cards, place_cards
from .key import AreaSquare, area_squares
from .label_placement import LabelRequest, place_labels, place_or_leave_out
from .land import Land, contains_point, outlines
from .map_context import MapContext, PlaceMark
from .name_labels import Sides, mark_labels, region_labels
from .projection import Point, Polyline, Projection
from .story import disc_requests, region_disc_requests


@dataclass(frozen=True)
class MapRoom:
    """What is on a map already. `border` and `soft` are points of national borders, and of all other lines.

    `rings` are the outlines of the regions singled out, `view` all the land. Nothing may cover `taken`.
    """

    context: MapContext
    projection: Projection
    marks: Sequence[PlaceMark]
    taken: Sequence[Box]
    border: Sequence[Point]
    soft: Sequence[Point]
    rings: Sequence[Polyline]
    view: Land

    @property
    def frame(self) -> Box:
        """Where labels may stand."""
        return self.projection.box.grown(-1.5)

    def place(self, requests: Sequence[LabelRequest], *more: Box) -> tuple[Label, ...]:
        """Place labels clear of what is taken and of `more`."""
        return place_labels(requests, self.frame, [*self.taken, *more])


@dataclass(frozen=True)
class MapContents:
    """What found room. `discs` are the places of the numbers; without `cards`, the events are listed under the map.

    `distances` has the words of each distance, which are among the labels too, or None where they have no room.
    """

    labels: tuple[Label, ...]
    discs: tuple[Box, ...]
    squares: tuple[AreaSquare, ...]
    cards: tuple[Card, ...]
    distances: tuple[Label | None, ...]


@dataclass(frozen=True)
class _Requests:
    """What asks for room, found once: names and numbers at marks, names across land."""

    names: tuple[LabelRequest, ...]
    numbers: tuple[LabelRequest, ...]
    across: tuple[LabelRequest, ...]
    distances: tuple[LabelRequest, ...]
    more: tuple[LabelRequest, ...]


def place_contents(
    room: MapRoom, wording: Wording, distances: Iterable[LabelRequest], more: Iterable[LabelRequest]
) -> MapContents:
    """Place everything, with `more` labels. Raises NoRoomError if a label fits nowhere.

    The names of countries have the most places to choose from: where there may be cards, they wait for these. The names
    across land that is not singled out also wait for the square of an area that else has no place in what is.
    """
    context, projection = room.context, room.projection
    sides = Sides(context, room.view, lambda code: outlines(context.ground, code, projection))
    unmarked = context.unmarked_places(context.definition.places)
    asked = _Requests(
        tuple(mark_labels(context, room.marks, room.border, sides=sides)),
        tuple(disc_requests(context, room.marks, lambda *at: sides.mistaken_for(*at) == "named country")),
        tuple(region_labels(context, unmarked, projection, room.border, room.soft)),
        tuple(distances),
        tuple(more),
    )
    happened = {place for place, _ in context.picture.happened}
    countries = {place.id for place in unmarked if place.kind == "country"} - happened
    regions = {place.id for place in unmarked if place.kind != "country"} - {*happened, *context.definition.tinted}
    if may_have_cards(context, projection.box):
        try:
            contents = _place(room, wording, asked, countries, numbers_last=True)
        except NoRoomError:
            pass
        else:
            if contents.cards:
                return contents
    # names stand away from each other, then closer, then the squares have the first choice
    closer = replace(asked, across=tuple(replace(request, margin=0.0) for request in asked.across))
    found, failed = list[MapContents](), NoRoomError("", "")
    for requests, late in ((asked, set[str]()), (closer, set[str]()), (closer, countries | regions)):
        try:
            found.append(_place(room, wording, requests, late))
        except NoRoomError as error:
            failed = error
        else:
            if _are_inside(found[-1].squares, room.rings):
                return found[-1]
    if not found:
        raise failed
    return found[0]


def _are_inside(squares: Sequence[AreaSquare], rings: Sequence[Polyline]) -> bool:
    """Whether the middle of each square is inside closed rings, if there are any."""
    boxes = [square.box for square in squares]
    return not rings or all(contains_point(rings, (b.left + b.right) / 2, (b.top + b.bottom) / 2) for b in boxes)


def _place(
    room: MapRoom, wording: Wording, asked: _Requests, late: Container[str], *, numbers_last: bool = False
) -> MapContents:
    """Place everything, the names across the places in `late` last.

    Numbers come first, to be near their places; with cards they come last, so that a line to a card finds a way out.
    """
    context, projection = room.context, room.projection
    names = [*asked.distances, *asked.names, *(() if numbers_last else asked.numbers), *asked.more]
    names += [request for request in asked.across if request.owner not in late]
    placed = place_or_leave_out(names, room.frame, room.taken)
    labels = tuple(label for label in placed if label)
    discs = [
        *(asked.numbers if numbers_last else ()),
        *region_disc_requests(context, labels, arrow_shapes(context, room.marks, projection)),
    ]
    labels += room.place(discs, *(label.box for label in labels))
    at = {label.owner: label.box for label in labels}
    numbers = tuple(at[said.id] for _, said in context.picture.happened)
    covered = [*room.taken, *(label.box for label in labels)]
    squares, cards = _squares_and_cards(room, wording, numbers, covered)
    boxes = [box for square in squares for box in square.boxes] + [card.box for card in cards]
    waited = [request for request in asked.across if request.owner in late]
    labels += room.place(waited, *boxes, *(label.box for label in labels), *_leaders(cards))
    return MapContents(labels, numbers, squares, cards, placed[: len(asked.distances)])


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
