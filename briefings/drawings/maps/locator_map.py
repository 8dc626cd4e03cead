"""Lay out a map: regions, borders, places, events and distances, an inset with a wider view, scale bar and areas."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...briefing.parts import DrawingView
from ...language.wording import Wording
from ...schema.drawings import Frame
from ..fonts import TextMeasure
from ..scene import Box, Card, DrawingSize, Label, NoRoomError, Scene, Table, TextLine
from ..text_layout import line_width
from .arrows import ArrowShape, arrow_boxes, arrow_labels, arrow_shapes
from .framing import map_projection
from .key import ScaleBar, scale_bar
from .label_placement import place_labels
from .land import Land, clear_of_lines, land, outlines
from .map_contents import MapRoom, place_contents
from .map_context import MapContext, PlaceMark, create_map_context
from .map_words import map_alt_text, map_notes, map_rows
from .name_labels import line_labels, mark_labels, name_ties, region_labels
from .projection import Point, Polyline, Projection, fit_projection, projected
from .story import (
    DistanceLine,
    along_distances,
    disc_ties,
    distance_lines,
    distance_requests,
)

_APART = 4.0  # px: how far points are apart that stand for a line where it is straight
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
    """A laid-out map. `roughs` are lines known only roughly, `squares` areas at the map's scale, `discs` events."""

    land: Land | None = None
    marks: tuple[PlaceMark, ...] = ()
    roughs: tuple[Polyline, ...] = ()
    inset: Inset | None = None
    scale: ScaleBar | None = None
    squares: tuple[Box, ...] = ()
    hidden: tuple[Box, ...] = ()  # where the words beside a square hide the lines under them
    discs: tuple[Box, ...] = ()
    ties: tuple[Polyline, ...] = ()  # from a number or name to the mark of its place, if it does not stand beside it
    distances: tuple[DistanceLine, ...] = ()
    arrows: tuple[ArrowShape, ...] = ()
    cards: tuple[Card, ...] = ()  # where the texts of events stand on the map; () if they are listed under it
    halos: tuple[str, ...] = ()  # glyph outlines as paths: a second <text> would be read aloud twice
    unit: float = 1.0  # the text size in px; strokes scale with it
    clear: bool = False  # whether no line runs through the corner that stays free for a title


def layout_locator_map(picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize) -> MapScene:
    """Lay out the map at one size. Raises NoRoomError if a label or the inset fits nowhere."""
    context = create_map_context(picture, measure, size)
    projection = map_projection(context)
    if size.small:
        context = context.inside(projection)
    while True:
        try:
            return _lay_out(context, projection, wording)
        except NoRoomError as error:
            less = context.without(error.owner) if size.may_drop else None
            if less is None:
                raise
            context = less


def _lay_out(context: MapContext, projection: Projection, wording: Wording) -> MapScene:
    definition, measure, size, em = context.definition, context.measure, context.size, context.size.text_size
    marks = context.marks(definition.places, projection)
    tinted = context.codes(definition.tinted)
    view = land(context.ground, projection, context.countries, tinted, min_distance=MIN_POINT_DISTANCE, regional=True)
    rings = [ring for code in tinted for ring in outlines(context.ground, code, projection, 2)]
    around = [point for ring in rings for point in ring]
    view, clear = clear_of_lines(view, rings, context.titled)
    inset, inset_labels = _inset(context, definition.inset, projection, marks, around)
    rough_lines = tuple(tuple(projected(((p.lon, p.lat) for p in r.points), projection)) for r in definition.lines)
    fixed = [*([inset.land.box.grown(2)] if inset else []), *context.reserved]
    scale = scale_bar(context, wording, projection, [*fixed, *(mark.box for mark in marks)])
    lines, arrows = distance_lines(context, marks), arrow_shapes(context, marks, projection)
    taken = [*fixed, scale.taken, *(mark.box for mark in marks), *arrow_boxes(arrows, em)]
    border, soft = _points(view.national), [*_points(rings, 1), *_points(view.regional), *along_distances(lines)]
    requests = [*arrow_labels(context, arrows, wording), *line_labels(context, rough_lines, wording)]
    room = MapRoom(context, projection, marks, taken, border, soft, rings, view)
    contents = place_contents(room, wording, distance_requests(context, lines, wording), requests)
    labels, squares = contents.labels, contents.squares
    lines = tuple(line.interrupted(label, em) for line, label in zip(lines, contents.distances, strict=True))
    words = [square.label for square in squares]
    return MapScene(
        size.width,
        max((size.height or projection.box.bottom + 1, *(square.bottom + 1 for square in squares))),
        map_alt_text(context, wording),
        Table(tuple(wording.strings["drawings"]["map_head"]), tuple(map_rows(context, wording))),
        (*labels, *inset_labels, *scale.labels, *words),
        tuple(filter(None, (context.ground.note, *map_notes(context, wording, contents.distances)))),
        land=view,
        marks=tuple(marks),
        roughs=rough_lines,
        inset=inset,
        scale=scale,
        squares=tuple(square.box for square in squares),
        hidden=tuple(square.card for square in squares if square.card),
        discs=contents.discs,
        ties=(*disc_ties(context, marks, contents.discs), *name_ties(marks, labels, em)),
        distances=lines,
        arrows=arrows,
        cards=contents.cards,
        halos=_halos([*labels, *scale.labels, *words], measure),
        unit=em,
        clear=clear,
    )


def _points(lines: Sequence[Polyline], every: int = round(2 / MIN_POINT_DISTANCE)) -> list[Point]:
    """Points along lines, about 2 px apart on a winding line and at most _APART on a straight one."""
    points: list[Point] = []
    for line in lines:
        kept = line[::every]
        points += kept[:1]
        for (x1, y1), (x2, y2) in pairwise(kept):
            steps = max(1, math.ceil(math.hypot(x2 - x1, y2 - y1) / _APART))
            points += ((x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(1, steps + 1))
    return points


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
    context: MapContext, frame: Frame | None, projection: Projection, marks: list[PlaceMark], around: Sequence[Point]
) -> tuple[Inset | None, tuple[Label, ...]]:
    """Lay out the inset, if there is one, in the corner where it hides least of the regions singled out, and no place.

    Of two such corners, that away from the places leaves them more room for what is said there. The inset shrinks where
    it must, and to stand away from a title on the map. Raises NoRoomError if it hides a place in every corner even so.
    """
    if frame is None:
        return None, ()
    em = context.size.text_size
    widest = max(0.26 * context.size.width, 10 * em)
    for width in (widest, 0.85 * widest, 0.72 * widest):
        height = fit_projection(frame, 0, 0, width).box.height
        free = []
        for left, top in _corners(projection.box, width, height):
            box = Box(left, top, left + width, top + height).grown(0.6 * em)
            if not any(other.overlaps(box) for other in (*context.reserved, *(mark.box for mark in marks))):
                hidden = sum(box.left < x < box.right and box.top < y < box.bottom for x, y in around)
                is_at_top, near = top == projection.box.top, -sum(abs(mark.x - left - width / 2) for mark in marks)
                free.append((hidden, (is_at_top, near), left, top))
        beside = [place for place in free if context.reserved and place[3] == projection.box.top]
        if free and ((min(free)[0] == 0 and min(free) not in beside) or width < 0.8 * widest):
            _, _, left, top = min(free)
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
    unmarked = context.unmarked_places(context.definition.inset_places)
    requests = [*mark_labels(context, inset_marks, (), 0.84)]
    requests += region_labels(context, unmarked, inset_projection, (), factor=0.84)
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
