"""Fit the frame of a map into its drawing: as it is, or so that the map fills its sheet below a title."""

from ...schema.drawings import Frame
from .map_context import MapContext
from .projection import Projection, filling_frame, fit_projection

HALF_FRAME_STROKE = 0.75  # px: half the width of the frame's line
_BELOW = 0.08  # of the height of what a map is about: the room for names south of it
_LEAST = 0.01  # degrees: no frame is lower


def map_projection(context: MapContext) -> Projection:
    """The projection of the frame into the drawing. A map that fills its sheet has no line around it.

    Such a map shows what its frame has of the regions singled out and of the places, below the title if it has one.
    """
    frame, size = context.definition.frame, context.size
    if size.height and not size.clear:
        return fit_projection(
            filling_frame(_filled_part(context), size.width, size.height, even=True), 0, 0, size.width
        )
    if size.height:
        below = filling_frame(_filled_part(context), size.width, size.height - size.clear)
        return fit_projection(filling_frame(below, size.width, size.height), 0, 0, size.width)
    return fit_projection(frame, HALF_FRAME_STROKE, HALF_FRAME_STROKE, size.width - 2 * HALF_FRAME_STROKE)


def _filled_part(context: MapContext) -> Frame:
    """The frame from the southernmost to the northernmost point of what it is about, with room for names below."""
    definition = context.definition
    places = [context.places[key] for key in definition.places]
    found = [p.lat for p in places if p.lat is not None and not p.code and p.kind != "area"]
    for code in context.codes(definition.tinted):
        found += [lat for region in context.ground.find(code) for ring in region.rings for _, lat in ring]
    shown = [lat for lat in found if definition.frame.south < lat < definition.frame.north]
    if not shown:
        return definition.frame
    south, north = min(shown), max(shown)
    south -= _BELOW * (north - south)
    return definition.frame.model_copy(
        update={"south": max(south, definition.frame.south), "north": max(north, south + _LEAST)}
    )
