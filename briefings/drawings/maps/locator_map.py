"""Lay out a locator map: tinted regions, borders, places, an inset with a wider view, scale bar and areas."""

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

HALF_FRAME_STROKE = 0.75  # px: half the width of the frame's line
MIN_POINT_DISTANCE = 0.7  # px: points of borders nearer to the one before are omitted


@dataclass(frozen=True)
class Inset:
    """A wider view in a corner. `outline` is the area of the main view in it."""

    land: Land
    outline: Box
    marks: tuple[PlaceMark, ...]
    halos: tuple[str, ...] = ()


@dataclass(frozen=True)
class MapScene(Scene):
    """A laid-out map. `roughs` are lines known only roughly; `key` is the scale bar and the areas."""

    land: Land | None = None
    marks: tuple[PlaceMark, ...] = ()
    roughs: tuple[Polyline, ...] = ()
    inset: Inset | None = None
    key: MapKey | None = None
    halos: tuple[str, ...] = ()  # glyph outlines as paths: a second <text> would be read aloud twice
    unit: float = 1.0  # the text size in px; strokes scale with it


def layout_locator_map(picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize) -> MapScene:
    """Lay out the map at one size. Raises NoRoomError if a label or the inset fits nowhere."""
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
    """Return the glyph outlines of the labels with a halo."""
    return tuple(
        measure.outline(words.text, words.face, _start(words, measure), words.y)
        for label in labels
        if label.halo
        for words in label.lines
    )


def _start(words: TextLine, measure: TextMeasure) -> float:
    """Return the left end of a line of any alignment."""
    back = {"start": 0.0, "middle": 0.5, "end": 1.0}[words.anchor]
    return words.x - back * line_width(measure, words.spans, words.face)


def _inset(
    context: MapContext, frame: Frame, projection: Projection, marks: list[PlaceMark]
) -> tuple[Inset, tuple[Label, ...]]:
    """Lay out the inset in the first corner where it covers no place. Raises NoRoomError if there is none."""
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
    """Yield the left and top of a view in each corner, the bottom corners first. It shares the frame's line."""
    for top in (box.bottom - height, box.top):
        yield from ((box.left, top), (box.right - width, top))


def _outline(frame: Frame, projection: Projection) -> Box:
    """Return the bounding box of a frame in a projection."""
    corners = [projection((lon, lat)) for lon in (frame.west, frame.east) for lat in (frame.south, frame.north)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _sides(box: Box) -> list[Box]:
    """Return the four edges of a box as boxes 2 px thick, which labels must not cover."""
    left, right = Box(box.left, box.top, box.left, box.bottom), Box(box.right, box.top, box.right, box.bottom)
    top, key = Box(box.left, box.top, box.right, box.top), Box(box.left, box.bottom, box.right, box.bottom)
    return [side.grown(1) for side in (left, right, top, key)]


def _approximate_note(context: MapContext, wording: Wording) -> str:
    """Return the note that some positions are approximate, or ""."""
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
    """Return the location of a place: coordinates if it has a mark, its country if it is a region."""
    words = wording.strings["drawings"]
    if place.code or place.lat is None or place.lon is None:
        return place.country
    north, east = words["north" if place.lat >= 0 else "south"], words["east" if place.lon >= 0 else "west"]
    return f"{abs(place.lat):.2f}° {north}, {abs(place.lon):.2f}° {east}"
