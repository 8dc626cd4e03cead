"""Set the names on a map and list their preferred positions: next to a mark, across a region, along a line."""

from collections.abc import Callable, Iterator, Sequence

from ...language.wording import Wording
from ...schema.topic import Place
from ..fonts import Face
from ..scene import Anchor, Box, Span
from ..text_layout import TextBlock, TextStyle, layout_text
from .borders import PointIndex
from .label_placement import LabelRequest, label_positions
from .land import name_positions
from .map_context import MapContext, PlaceMark
from .projection import Point, Polyline, Projection

LabelPosition = tuple[float, float, Anchor]
ABROAD = 20  # what a point of a national border weighs that the name of a country or region covers


def mark_labels(
    context: MapContext,
    marks: Sequence[PlaceMark],
    borders: Sequence[Point],
    factor: float = 1,
    own_side: Callable[[PlaceMark, Point], bool] = lambda mark, point: True,
) -> Iterator[LabelRequest]:
    """Yield the names of marks, the main ones first.

    Positions on the other side of a national border come last; before them, those that cross a border (dense points).
    """
    em, crossed = context.size.text_size * factor, PointIndex(borders)
    for mark in sorted(marks, key=lambda m: not m.main):
        weight = 600 if mark.main or (mark.kind == "city" and factor == 1) else 400
        face = Face(round(em * (1.12 if mark.main else 1), 2), weight, italic=mark.kind == "battlefield")
        name = layout_text(
            context.measure, [([Span(context.names[mark.id])], TextStyle(face, "reported" if mark.main else "ink"))]
        )
        positions = label_positions(name, mark.x, mark.y, mark.radius + 0.32 * em)
        further = label_positions(name, mark.x, mark.y, mark.radius + 1.1 * em)

        def worse(position: LabelPosition, mark: PlaceMark = mark, name: TextBlock = name) -> tuple[bool, bool]:
            box = _box(name, position)
            ends = ((box.left, (box.top + box.bottom) / 2), (box.right, (box.top + box.bottom) / 2))
            return not all(own_side(mark, end) for end in ends), crossed.count(box) > 0

        yield LabelRequest(mark.id, name, tuple(sorted((*positions, *further), key=worse)))


def region_labels(
    context: MapContext,
    places: Sequence[Place],
    projection: Projection,
    borders: Sequence[Point],
    lines: Sequence[Point] = (),
    factor: float = 1,
) -> Iterator[LabelRequest]:
    """Yield the names across countries, regions and areas, at the points with most room.

    Countries and regions are set in spaced capitals, areas in italics. A name that crosses a national border, rather
    than one of the other `lines`, would be that of two countries.
    """
    em, crossed, other = context.size.text_size * factor, PointIndex(borders), PointIndex(lines)
    for place in sorted(places, key=lambda p: p.kind != "country"):
        words = context.names[place.id].split(" ")
        if place.kind == "area":
            face = Face(round(em, 2), italic=True)
        elif place.kind == "country":
            size, spacing = (1.5, 0.45) if context.size.width > 45 * em else (1.2, 0.14)
            face = Face(round(em * size, 2), 600, spacing=round(em * spacing, 2))
        else:
            face = Face(round(em * 0.86, 2), 600, spacing=round(em * 0.1, 2))
        if place.kind != "area":
            words = [word.upper() for word in words]
        # a thin, grey name of a region does not last through two copies
        style = TextStyle(face, "ink-soft" if place.kind == "country" else "ink", leading=1.16)
        name = layout_text(context.measure, [([Span(word)], style) for word in words])
        positions = [_centred(name, point) for point in _middles(context, place, projection)]
        boxes = {position: _box(name, position) for position in positions}
        positions.sort(key=lambda position: ABROAD * crossed.count(boxes[position]) + other.count(boxes[position]))
        yield LabelRequest(place.id, name, tuple(positions), halo=place.kind == "area")


def line_labels(context: MapContext, rough_lines: Sequence[Polyline], wording: Wording) -> Iterator[LabelRequest]:
    """Yield the title of each rough line, with the remark that it is approximate."""
    em = context.size.text_size
    for (key, title), line in zip(context.picture.titles, rough_lines, strict=True):
        rough = wording.strings["drawings"]["rough"]
        parts = [([Span(title)], TextStyle(Face(round(em * 0.92, 2), italic=True)))]
        parts.append(([Span(rough)], TextStyle(Face(round(em * 0.84, 2), italic=True), "ink-soft")))
        words = layout_text(context.measure, parts)
        yield LabelRequest(
            key, words, tuple(position for x, y in line for position in label_positions(words, x, y, 0.6 * em))
        )


def _middles(context: MapContext, place: Place, projection: Projection) -> Sequence[Point]:
    """Return the preferred centres of a name, the best first."""
    step = context.size.text_size
    if place.code:
        # A country's name inside a tinted region would look like the region's name: exclude tinted regions.
        own = (code for code in context.codes(context.definition.tinted) if code.startswith(f"{place.code}-"))
        return name_positions(context.ground, (place.code, *own), projection, 1.5 * step)
    assert place.lat is not None
    assert place.lon is not None
    x, y = projection((place.lon, place.lat))
    return [(x + dx * step, y + dy * step) for dy in (0, -0.7, 0.7, -1.4, 1.4) for dx in (0, -1.5, 1.5, -3, 3)]


def _centred(name: TextBlock, middle: Point) -> LabelPosition:
    return middle[0] - name.width / 2, middle[1] - name.height / 2, "middle"


def _box(name: TextBlock, position: LabelPosition) -> Box:
    left, top, _ = position
    return Box(left, top, left + name.width, top + name.height)
