"""Places on a ground -> a locator map: tinted regions, borders, places, a wider view in a corner, scale and areas."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...briefing.parts import DrawingView
from ...language.wording import Wording
from ...schema.drawings import Frame
from ...schema.topic import Place
from ..fonts import TextMeasure
from ..scene import Box, Cell, DrawingSize, Label, NoRoomError, Scene, Table, TextLine
from ..text_layout import line_width
from ..text_spans import join_spans, to_spans
from .key import MapKey, layout_key
from .label_placement import place_labels
from .land import Land, land
from .map_context import MapContext, PlaceMark, create_map_context
from .name_labels import line_labels, mark_labels, region_labels
from .projection import Polyline, Projection, fit_projection, projected

HALF_FRAME_STROKE = 0.75  # half the frame's line, in px
MIN_POINT_DISTANCE = 0.7  # points of borders nearer than this, in px, are left out


@dataclass(frozen=True)
class Inset:
    """The wider view: its land, the main view's `outline` in it, its places."""

    land: Land
    outline: Box
    marks: tuple[PlaceMark, ...]
    halos: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapScene(Scene):
    """`land` and its `marks`; `roughs` are lines known only roughly; `layout_key` is the scale and the areas."""

    land: Land | None = None
    marks: tuple[PlaceMark, ...] = ()
    roughs: tuple[Polyline, ...] = ()
    inset: Inset | None = None
    key: MapKey | None = None
    halos: tuple[str, ...] = ()  # outlines of the names beside marks, as paths: a second text would be read twice
    unit: float = 1.0  # the size of the text, for strokes


def layout_locator_map(picture: DrawingView, wording: Wording, measure: TextMeasure, form: DrawingSize) -> MapScene:
    """The map at one size."""
    sight = create_map_context(picture, measure, form)
    asked = sight.definition
    to = fit_projection(
        asked.frame, HALF_FRAME_STROKE, HALF_FRAME_STROKE, form.width - form.key_width - 2 * HALF_FRAME_STROKE
    )
    marks = sight.marks(asked.places, to)
    view = land(
        sight.ground, to, sight.countries, sight.codes(asked.tinted), min_distance=MIN_POINT_DISTANCE, regional=True
    )
    wider, wider_labels = _inset(sight, asked.inset, to, marks) if asked.inset else (None, ())
    roughs = tuple(tuple(projected([(p.lon, p.lat) for p in line.points], to)) for line in asked.lines)
    taken = [mark.box for mark in marks] + ([wider.land.box.grown(2)] if wider else [])
    border = [point for line in view.national for point in line[:: max(1, round(2 / MIN_POINT_DISTANCE))]]
    names = mark_labels(sight, marks, border)
    regions = region_labels(sight, sight.unmarked_places(asked.places), to, border)
    labels = place_labels([*names, *line_labels(sight, roughs, wording), *regions], to.box.grown(-1.5), taken)
    foot = layout_key(sight, wording, to)
    return MapScene(
        form.width,
        foot.bottom,
        _alt(sight, wording),
        Table(tuple(wording.strings["drawings"]["map_head"]), tuple(_rows(sight, wording))),
        (*labels, *wider_labels, *foot.labels),
        tuple(filter(None, (sight.ground.note, _rough(sight, wording)))),
        land=view,
        marks=tuple(marks),
        roughs=roughs,
        inset=wider,
        key=foot,
        halos=_halos(labels, measure),
        unit=form.text_size,
    )


def _halos(labels: Sequence[Label], measure: TextMeasure) -> tuple[str, ...]:
    """The outlines of the labels that want a halo."""
    return tuple(
        measure.outline(words.text, words.face, _start(words, measure), words.y)
        for label in labels
        if label.halo
        for words in label.lines
    )


def _start(words: TextLine, measure: TextMeasure) -> float:
    """Where a line begins, whatever it is aligned by."""
    back = {"start": 0.0, "middle": 0.5, "end": 1.0}[words.anchor]
    return words.x - back * line_width(measure, words.spans, words.face)


def _inset(sight: MapContext, frame: Frame, to: Projection, marks: list[PlaceMark]) -> tuple[Inset, tuple[Label, ...]]:
    """The wider view, in a corner that hides no place; raises Unplaced where there is none."""
    width = max(0.28 * (sight.size.width - sight.size.key_width), 10 * sight.size.text_size)
    height = fit_projection(frame, 0, 0, width).box.height
    for left, top in _corners(to.box, width, height):
        box = Box(left, top, left + width, top + height).grown(0.6 * sight.size.text_size)
        if not any(mark.box.overlaps(box) for mark in marks):
            break
    else:
        raise NoRoomError(sight.picture.id, sight.picture.title)
    wide = fit_projection(frame, left, top, width)
    view = land(
        sight.ground, wide, sight.countries, sight.codes(sight.definition.tinted), min_distance=1.2, regional=False
    )
    dots = sight.marks(sight.definition.inset_places, wide, 0.8)
    outline = _outline(sight.definition.frame, wide)
    wanted = [
        *mark_labels(sight, dots, (), 0.84),
        *region_labels(sight, sight.unmarked_places(sight.definition.inset_places), wide, (), 0.84),
    ]
    taken = [*_sides(outline), *(mark.box for mark in dots)]
    labels = place_labels(wanted, wide.box.grown(-1), taken, gap=0.5)
    return Inset(view, outline, tuple(dots), _halos(labels, sight.measure)), labels


def _corners(box: Box, width: float, height: float) -> Iterator[tuple[float, float]]:
    """The left and top of a view in each corner, those at the foot first; they share the frame's line."""
    for top in (box.bottom - height, box.top):
        yield from ((box.left, top), (box.right - width, top))


def _outline(frame: Frame, to: Projection) -> Box:
    corners = [to((lon, lat)) for lon in (frame.west, frame.east) for lat in (frame.south, frame.north)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _sides(box: Box) -> list[Box]:
    """The four lines of an outline, as boxes that no name may cover."""
    left, right = Box(box.left, box.top, box.left, box.bottom), Box(box.right, box.top, box.right, box.bottom)
    top, foot = Box(box.left, box.top, box.right, box.top), Box(box.left, box.bottom, box.right, box.bottom)
    return [side.grown(1) for side in (left, right, top, foot)]


def _rough(sight: MapContext, wording: Wording) -> str:
    """That places are marked roughly, where some are."""
    rough = any(place.approximate and not place.code for place in sight.places.values())
    return str(wording.strings["drawings"]["approximate"]) if rough else ""


def _alt(sight: MapContext, wording: Wording) -> str:
    words = wording.strings["drawings"]
    shown = [sight.places[i] for i in sight.definition.places]
    names = wording.names([place.name for place in shown if place.kind != "country"])
    countries = wording.names([place.name for place in shown if place.kind == "country"])
    said = [
        words["map"].format(countries=countries, places=names) if countries else words["map_of"].format(places=names)
    ]
    if sight.definition.tinted:
        said.append(words["map_tinted"].format(names=wording.names([sight.names[i] for i in sight.definition.tinted])))
    if sight.definition.inset_places:
        wider = wording.names([sight.names[i] for i in sight.definition.inset_places])
        said.append(words["map_inset"].format(places=wider))
    for row in sight.areas:
        said.append(words["map_area"].format(number=wording.estimate(row), by=wording.names(row.by)))
    said += [words["map_line"].format(title=title) for _, title in sight.picture.titles]
    return " ".join(said)


def _rows(sight: MapContext, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for entry in sight.picture.entries:
        what = join_spans(to_spans(entry.text, sight.picture, wording))
        yield Cell(entry.name), Cell(what), Cell(_where(sight.places[entry.id], wording), sources=entry.sources)
    for row in sight.areas:
        who = wording.names(row.by)
        yield Cell(wording.strings["drawings"]["square"]), Cell(who), Cell("", row.ref, row.sources)


def _where(place: Place, wording: Wording) -> str:
    """Where it is: coordinates of what has a mark, the country of what has a name across it."""
    words = wording.strings["drawings"]
    if place.code or place.lat is None or place.lon is None:
        return place.country
    north, east = words["north" if place.lat >= 0 else "south"], words["east" if place.lon >= 0 else "west"]
    return f"{abs(place.lat):.2f}° {north}, {abs(place.lon):.2f}° {east}"
