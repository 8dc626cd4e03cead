"""What a map names -> labels with the places each would like: beside a mark, across a region, along a line."""

from collections.abc import Iterator, Sequence

from ...language.wording import Wording
from ...schema.topic import Place
from ..fonts import Face
from ..scene import Anchor, Box, Span
from ..text_layout import TextBlock, TextStyle, layout_text
from .label_placement import LabelRequest, label_positions
from .land import name_positions
from .map_context import MapContext, PlaceMark
from .projection import Point, Polyline, Projection

LabelPosition = tuple[float, float, Anchor]


def mark_labels(
    sight: MapContext, marks: Sequence[PlaceMark], borders: Sequence[Point], factor: float = 1
) -> Iterator[LabelRequest]:
    """Names beside their marks, the main ones first; rather not across a border, given as points not far apart."""
    t = sight.size.text_size * factor
    for mark in sorted(marks, key=lambda m: not m.main):
        weight = 600 if mark.main or (mark.kind == "city" and factor == 1) else 400
        face = Face(round(t * (1.12 if mark.main else 1), 2), weight, italic=mark.kind == "battlefield")
        name = layout_text(
            sight.measure, [([Span(sight.names[mark.id])], TextStyle(face, "accent" if mark.main else "ink"))]
        )
        spots = label_positions(name, mark.x, mark.y, mark.radius + 0.32 * t)
        yield LabelRequest(mark.id, name, tuple(sorted(spots, key=lambda spot: _crossed(borders, _box(name, spot)))))


def region_labels(
    sight: MapContext, places: Sequence[Place], to: Projection, borders: Sequence[Point], factor: float = 1
) -> Iterator[LabelRequest]:
    """Names across countries and regions, in capitals and spaced, where there is most room; areas' names in italics."""
    t = sight.size.text_size * factor
    for place in sorted(places, key=lambda p: p.kind != "country"):
        words = sight.names[place.id].split(" ")
        if place.kind == "area":
            face = Face(round(t, 2), italic=True)
        elif place.kind == "country":
            size, spacing = (1.5, 0.45) if sight.size.width > 45 * t else (1.25, 0.26)
            face = Face(round(t * size, 2), 600, spacing=round(t * spacing, 2))
        else:
            face = Face(round(t * 0.86, 2), spacing=round(t * 0.12, 2))
        if place.kind != "area":
            words = [word.upper() for word in words]
        style = TextStyle(face, "ink-soft", leading=1.16)
        name = layout_text(sight.measure, [([Span(word)], style) for word in words])
        spots = [_centred(name, point) for point in _where(sight, place, to)]
        spots.sort(key=lambda spot: _crossed(borders, _box(name, spot)))
        yield LabelRequest(place.id, name, tuple(spots), halo=place.kind == "area")


def line_labels(sight: MapContext, roughs: Sequence[Polyline], wording: Wording) -> Iterator[LabelRequest]:
    """The title of each line that is known only roughly, and that it is."""
    t = sight.size.text_size
    for (key, title), line in zip(sight.picture.titles, roughs, strict=True):
        rough = wording.strings["drawings"]["rough"]
        parts = [([Span(title)], TextStyle(Face(round(t * 0.92, 2), italic=True)))]
        parts.append(([Span(rough)], TextStyle(Face(round(t * 0.84, 2), italic=True), "ink-soft")))
        words = layout_text(sight.measure, parts)
        yield LabelRequest(key, words, tuple(spot for x, y in line for spot in label_positions(words, x, y, 0.6 * t)))


def _where(sight: MapContext, place: Place, to: Projection) -> Sequence[Point]:
    """The middles that a name would like."""
    step = sight.size.text_size
    if place.code:
        # in a tinted region its country's name would seem to be the region's: cut that out
        own = (code for code in sight.codes(sight.definition.tinted) if code.startswith(f"{place.code}-"))
        return name_positions(sight.ground, (place.code, *own), to, 1.5 * step)
    assert place.lat is not None
    assert place.lon is not None
    x, y = to((place.lon, place.lat))
    return [(x + dx * step, y + dy * step) for dy in (0, -0.7, 0.7, -1.4, 1.4) for dx in (0, -1.5, 1.5, -3, 3)]


def _centred(name: TextBlock, middle: Point) -> LabelPosition:
    return middle[0] - name.width / 2, middle[1] - name.height / 2, "middle"


def _box(name: TextBlock, spot: LabelPosition) -> Box:
    left, top, _ = spot
    return Box(left, top, left + name.width, top + name.height)


def _crossed(borders: Sequence[Point], box: Box) -> bool:
    """Whether a border runs through a box."""
    return any(box.left < x < box.right and box.top < y < box.bottom for x, y in borders)
