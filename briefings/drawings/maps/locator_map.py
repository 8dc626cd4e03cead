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


def layout_locator_map(picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize) -> MapScene:
    """The map at one size."""
    context = create_map_context(picture, measure, size)
    definition = context.definition
    projection = fit_projection(
        definition.frame, HALF_FRAME_STROKE, HALF_FRAME_STROKE, size.width - size.key_width - 2 * HALF_FRAME_STROKE
    )
    marks = context.marks(definition.places, projection)
    view = land(
        context.ground,
        projection,
        context.countries,
        context.codes(definition.tinted),
        min_distance=MIN_POINT_DISTANCE,
        regional=True,
    )
    inset, inset_labels = _inset(context, definition.inset, projection, marks) if definition.inset else (None, ())
    rough_lines = tuple(
        tuple(projected([(p.lon, p.lat) for p in line.points], projection)) for line in definition.lines
    )
    taken = [mark.box for mark in marks] + ([inset.land.box.grown(2)] if inset else [])
    border = [point for line in view.national for point in line[:: max(1, round(2 / MIN_POINT_DISTANCE))]]
    names = mark_labels(context, marks, border)
    regions = region_labels(context, context.unmarked_places(definition.places), projection, border)
    labels = place_labels(
        [*names, *line_labels(context, rough_lines, wording), *regions], projection.box.grown(-1.5), taken
    )
    key = layout_key(context, wording, projection)
    return MapScene(
        size.width,
        key.bottom,
        _alt_text(context, wording),
        Table(tuple(wording.strings["drawings"]["map_head"]), tuple(_rows(context, wording))),
        (*labels, *inset_labels, *key.labels),
        tuple(filter(None, (context.ground.note, _approximate_note(context, wording)))),
        land=view,
        marks=tuple(marks),
        roughs=rough_lines,
        inset=inset,
        key=key,
        halos=_halos(labels, measure),
        unit=size.text_size,
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


def _inset(
    context: MapContext, frame: Frame, projection: Projection, marks: list[PlaceMark]
) -> tuple[Inset, tuple[Label, ...]]:
    """The wider view, in a corner that hides no place; raises Unplaced where there is none."""
    width = max(0.28 * (context.size.width - context.size.key_width), 10 * context.size.text_size)
    height = fit_projection(frame, 0, 0, width).box.height
    for left, top in _corners(projection.box, width, height):
        box = Box(left, top, left + width, top + height).grown(0.6 * context.size.text_size)
        if not any(mark.box.overlaps(box) for mark in marks):
            break
    else:
        raise NoRoomError(context.picture.id, context.picture.title)
    inset_projection = fit_projection(frame, left, top, width)
    view = land(
        context.ground,
        inset_projection,
        context.countries,
        context.codes(context.definition.tinted),
        min_distance=1.2,
        regional=False,
    )
    inset_marks = context.marks(context.definition.inset_places, inset_projection, 0.8)
    outline = _outline(context.definition.frame, inset_projection)
    requests = [
        *mark_labels(context, inset_marks, (), 0.84),
        *region_labels(context, context.unmarked_places(context.definition.inset_places), inset_projection, (), 0.84),
    ]
    taken = [*_sides(outline), *(mark.box for mark in inset_marks)]
    labels = place_labels(requests, inset_projection.box.grown(-1), taken, gap=0.5)
    return Inset(view, outline, tuple(inset_marks), _halos(labels, context.measure)), labels


def _corners(box: Box, width: float, height: float) -> Iterator[tuple[float, float]]:
    """The left and top of a view in each corner, those at the foot first; they share the frame's line."""
    for top in (box.bottom - height, box.top):
        yield from ((box.left, top), (box.right - width, top))


def _outline(frame: Frame, projection: Projection) -> Box:
    corners = [projection((lon, lat)) for lon in (frame.west, frame.east) for lat in (frame.south, frame.north)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _sides(box: Box) -> list[Box]:
    """The four lines of an outline, as boxes that no name may cover."""
    left, right = Box(box.left, box.top, box.left, box.bottom), Box(box.right, box.top, box.right, box.bottom)
    top, key = Box(box.left, box.top, box.right, box.top), Box(box.left, box.bottom, box.right, box.bottom)
    return [side.grown(1) for side in (left, right, top, key)]


def _approximate_note(context: MapContext, wording: Wording) -> str:
    """That places are marked roughly, where some are."""
    rough = any(place.approximate and not place.code for place in context.places.values())
    return str(wording.strings["drawings"]["approximate"]) if rough else ""


def _alt_text(context: MapContext, wording: Wording) -> str:
    words = wording.strings["drawings"]
    shown = [context.places[i] for i in context.definition.places]
    names = wording.names([place.name for place in shown if place.kind != "country"])
    countries = wording.names([place.name for place in shown if place.kind == "country"])
    sentences = [
        words["map"].format(countries=countries, places=names) if countries else words["map_of"].format(places=names)
    ]
    if context.definition.tinted:
        sentences.append(
            words["map_tinted"].format(names=wording.names([context.names[i] for i in context.definition.tinted]))
        )
    if context.definition.inset_places:
        inset = wording.names([context.names[i] for i in context.definition.inset_places])
        sentences.append(words["map_inset"].format(places=inset))
    for row in context.areas:
        sentences.append(words["map_area"].format(number=wording.estimate(row), by=wording.names(row.by)))
    sentences += [words["map_line"].format(title=title) for _, title in context.picture.titles]
    return " ".join(sentences)


def _rows(context: MapContext, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for entry in context.picture.entries:
        what = join_spans(to_spans(entry.text, context.picture, wording))
        yield Cell(entry.name), Cell(what), Cell(_where(context.places[entry.id], wording), sources=entry.sources)
    for row in context.areas:
        who = wording.names(row.by)
        yield Cell(wording.strings["drawings"]["square"]), Cell(who), Cell("", row.ref, row.sources)


def _where(place: Place, wording: Wording) -> str:
    """Where it is: coordinates of what has a mark, the country of what has a name across it."""
    words = wording.strings["drawings"]
    if place.code or place.lat is None or place.lon is None:
        return place.country
    north, east = words["north" if place.lat >= 0 else "south"], words["east" if place.lon >= 0 else "west"]
    return f"{abs(place.lat):.2f}° {north}, {abs(place.lon):.2f}° {east}"
