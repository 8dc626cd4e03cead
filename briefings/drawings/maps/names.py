"""What a map names -> labels with the places each would like: beside a mark, across a region, along a line."""

from collections.abc import Iterator, Sequence

from ...language.wording import Wording
from ...schema.topic import Place
from ..fonts import Face
from ..scene import Anchor, Block, Box, Span, Style, block
from .labels import Wanted, around
from .land import name_spots
from .projection import Line, Point, Projection
from .survey import Mark, Survey

Spot = tuple[float, float, Anchor]


def beside(sight: Survey, marks: Sequence[Mark], borders: Sequence[Point], factor: float = 1) -> Iterator[Wanted]:
    """Names beside their marks, the main ones first; rather not across a border, given as points not far apart."""
    t = sight.form.text * factor
    for mark in sorted(marks, key=lambda m: not m.main):
        weight = 600 if mark.main or (mark.kind == "city" and factor == 1) else 400
        face = Face(round(t * (1.12 if mark.main else 1), 2), weight, italic=mark.kind == "battlefield")
        name = block(sight.measure, [([Span(sight.names[mark.id])], Style(face, "accent" if mark.main else "ink"))])
        spots = around(name, mark.x, mark.y, mark.radius + 0.32 * t)
        yield Wanted(mark.id, name, tuple(sorted(spots, key=lambda spot: _crossed(borders, _box(name, spot)))))


def across(
    sight: Survey, places: Sequence[Place], to: Projection, borders: Sequence[Point], factor: float = 1
) -> Iterator[Wanted]:
    """Names across countries and regions, in capitals and spaced, where there is most room; areas' names in italics."""
    t = sight.form.text * factor
    for place in sorted(places, key=lambda p: p.kind != "country"):
        words = sight.names[place.id].split(" ")
        if place.kind == "area":
            face = Face(round(t, 2), italic=True)
        elif place.kind == "country":
            size, spacing = (1.5, 0.45) if sight.form.width > 45 * t else (1.25, 0.26)
            face = Face(round(t * size, 2), 600, spacing=round(t * spacing, 2))
        else:
            face = Face(round(t * 0.86, 2), spacing=round(t * 0.12, 2))
        if place.kind != "area":
            words = [word.upper() for word in words]
        style = Style(face, "ink-soft", leading=1.16)
        name = block(sight.measure, [([Span(word)], style) for word in words])
        spots = [_centred(name, point) for point in _where(sight, place, to)]
        spots.sort(key=lambda spot: _crossed(borders, _box(name, spot)))
        yield Wanted(place.id, name, tuple(spots), halo=place.kind == "area")


def along(sight: Survey, roughs: Sequence[Line], wording: Wording) -> Iterator[Wanted]:
    """The title of each line that is known only roughly, and that it is."""
    t = sight.form.text
    for (key, title), line in zip(sight.picture.titles, roughs, strict=True):
        rough = wording.strings["drawings"]["rough"]
        parts = [([Span(title)], Style(Face(round(t * 0.92, 2), italic=True)))]
        parts.append(([Span(rough)], Style(Face(round(t * 0.84, 2), italic=True), "ink-soft")))
        words = block(sight.measure, parts)
        yield Wanted(key, words, tuple(spot for x, y in line for spot in around(words, x, y, 0.6 * t)))


def _where(sight: Survey, place: Place, to: Projection) -> Sequence[Point]:
    """The middles that a name would like."""
    step = sight.form.text
    if place.code:
        # in a tinted region its country's name would seem to be the region's: cut that out
        own = (code for code in sight.codes(sight.asked.tinted) if code.startswith(f"{place.code}-"))
        return name_spots(sight.ground, (place.code, *own), to, 1.5 * step)
    assert place.lat is not None
    assert place.lon is not None
    x, y = to((place.lon, place.lat))
    return [(x + dx * step, y + dy * step) for dy in (0, -0.7, 0.7, -1.4, 1.4) for dx in (0, -1.5, 1.5, -3, 3)]


def _centred(name: Block, middle: Point) -> Spot:
    return middle[0] - name.width / 2, middle[1] - name.height / 2, "middle"


def _box(name: Block, spot: Spot) -> Box:
    left, top, _ = spot
    return Box(left, top, left + name.width, top + name.height)


def _crossed(borders: Sequence[Point], box: Box) -> bool:
    """Whether a border runs through a box."""
    return any(box.left < x < box.right and box.top < y < box.bottom for x, y in borders)
