"""Choose which part of the earth a map shows: its frame, or what fills the sheet or the corner that it has."""

from collections.abc import Mapping

from ...briefing.parts import DrawingView
from ...pack.geojson import Ground
from ...schema.drawings import Frame, MapDrawing
from ...schema.topic import Place
from ..scene import DrawingSize
from .map_context import MapContext, needed_places
from .projection import Projection, filling_frame, fit_projection

HALF_FRAME_STROKE = 0.75  # px: half the width of the frame's line
_BELOW = 0.08  # of the height of what a map is about: the room for names south of it
_AROUND = 0.15  # of that height: the room above and below what a small map is about
_WIDER = 1.25  # as its frame: the names of countries need room beside what it is about
_LEAST = 0.01  # degrees: no frame is lower


def map_projection(context: MapContext) -> Projection:
    """The projection of the frame into the drawing. A map that fills its sheet has no line around it.

    Such a map shows what its frame has of the regions singled out and of the places, below the title if it has one.
    """
    frame, size = context.definition.frame, context.size
    if size.height:
        part = _filled_part(context.definition, context.places, context.ground, small=size.small)
        if not size.clear and not size.small:
            return fit_projection(filling_frame(part, size.width, size.height, even=True), 0, 0, size.width)
        below = filling_frame(part, size.width, size.height - size.clear)
        return fit_projection(filling_frame(below, size.width, size.height), 0, 0, size.width)
    return fit_projection(frame, HALF_FRAME_STROKE, HALF_FRAME_STROKE, size.width - 2 * HALF_FRAME_STROKE)


def small_map(picture: DrawingView, width: float, height: float, text_size: float) -> DrawingSize:
    """The size of a small map that is `height` px high: a little wider than its frame, up to `width`."""
    definition, ground = picture.thing, picture.ground
    assert isinstance(definition, MapDrawing)
    assert ground is not None
    places = {entry.id: entry.thing for entry in picture.entries if isinstance(entry.thing, Place)}
    box = fit_projection(_filled_part(definition, places, ground, small=True), 0, 0, height).box
    natural = max(_WIDER * height * box.width / box.height, 1.2 * height)
    return DrawingSize("print", round(min(width, natural), 1), text_size, height=round(height, 1), small=True)


def _filled_part(definition: MapDrawing, places: Mapping[str, Place], ground: Ground, *, small: bool) -> Frame:
    """The frame from the southernmost to the northernmost point of what it is about, with room for names below.

    A small map is about the places that matter most, and the regions singled out.
    """
    frame = definition.frame
    keys = [key for key in definition.places if not small or key in needed_places(definition)] or definition.places
    shown = [places[key] for key in keys]
    found = [p.lat for p in shown if p.lat is not None and not p.code and p.kind != "area"]
    for code in (places[key].code for key in definition.tinted):
        found += [lat for region in ground.find(code or "") for ring in region.rings for _, lat in ring]
    within = [lat for lat in found if frame.south < lat < frame.north]
    if not within:
        return frame
    south, north = min(within), max(within)
    high = north - south
    south -= (_AROUND if small else _BELOW) * high
    north += _AROUND * high if small else 0
    south = max(south, frame.south)
    return frame.model_copy(update={"south": south, "north": max(north, south + _LEAST)})
