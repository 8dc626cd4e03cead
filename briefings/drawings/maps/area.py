"""Lay out an area as a square on the outline of the map's main region, both at one scale: a size, not a place."""

import math
from dataclasses import dataclass
from fractions import Fraction

from ...briefing.parts import DrawingView, EstimateView
from ...language.wording import Wording
from ...schema.drawings import Frame
from ..fonts import Face, TextMeasure
from ..scene import NOWHERE, Box, DrawingSize, Label, Scene, Span, Table
from ..text_layout import TextStyle, layout_text
from .land import outlines, roomiest_points
from .map_context import create_map_context
from .projection import Point, Polyline, fit_projection

_MARGIN = 0.03  # of the region's width and height, on each side
_GAP = 0.4  # ems, between the square, its bracket and the bracket's label


@dataclass(frozen=True)
class AreaScene(Scene):
    """The region's outline, the square of the area, and the bracket that measures it."""

    rings: tuple[Polyline, ...] = ()
    square: Box = NOWHERE
    bracket: tuple[Point, ...] = ()
    ref: str = ""


def layout_area(
    picture: DrawingView, row: EstimateView, wording: Wording, measure: TextMeasure, size: DrawingSize
) -> AreaScene:
    """Lay out the first tinted region of a map with a square as large as the estimate, a number of an area."""
    context = create_map_context(picture, measure, size)
    region = context.definition.tinted[0]
    code = context.codes((region,))[0]
    corners = [point for land in context.ground.find(code) for ring in land.rings for point in ring]
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    wide, high = _MARGIN * (east - west), _MARGIN * (north - south)
    frame = Frame(west=west - wide, south=south - high, east=east + wide, north=north + high)
    projection = fit_projection(frame, 0, 0, size.width)
    rings = tuple(outlines(context.ground, code, projection, 1.0))
    assert row.estimate.value is not None
    assert row.unit.square_km is not None
    km = math.sqrt(row.estimate.value * row.unit.square_km)
    side, em = km * projection.px_per_km, size.text_size
    length = wording.strings["numbers"]["about"].format(
        n=f"{wording.amount(_rounded(km))}\u00a0{wording.strings['drawings']['km']}"
    )
    words = layout_text(measure, [([Span(length, row.ref)], TextStyle(Face(em, 600)))])
    x, y = _place(rings, projection.box, em, side, side + 2 * _GAP * em + words.width)
    square = Box(x, y, x + side, y + side)
    right = square.right + _GAP * em
    tick = 0.3 * em
    bracket = ((right, y), (right + tick, y), (right + tick, square.bottom), (right, square.bottom))
    labels = [words.label_at(row.ref, right + tick + _GAP * em, y + side / 2 - words.height / 2, halo=True)]
    labels += _name(context.names[region], region, rings, Box(x, y, labels[0].box.right, square.bottom), em, measure)
    alt = wording.strings["slides"]["square"].format(number=wording.estimate(row), region=context.names[region])
    return AreaScene(
        projection.box.width,
        projection.box.height,
        alt,
        Table((), ()),
        tuple(labels),
        (),
        rings,
        square,
        bracket,
        row.ref,
    )


def _rounded(km: float) -> Fraction:
    """To whole kilometres, or to a tenth of a short side."""
    return Fraction(round(km)) if km >= 10 else Fraction(round(km * 10), 10)


def _place(rings: tuple[Polyline, ...], box: Box, em: float, side: float, width: float) -> Point:
    """The top left corner of the square: where the region has most room, so that its label is inside too."""
    points = roomiest_points(rings, box, 1.2 * em) or [((box.left + box.right) / 2, (box.top + box.bottom) / 2)]
    x, y = points[0]
    left = min(max(x - width / 2, box.left), max(box.right - width, box.left))
    return left, min(max(y - side / 2, box.top), max(box.bottom - side, box.top))


def _name(
    name: str, region: str, rings: tuple[Polyline, ...], taken: Box, em: float, measure: TextMeasure
) -> list[Label]:
    """The region's name where it has most room beside the square; none if there is nowhere."""
    words = layout_text(measure, [([Span(name)], TextStyle(Face(em, 600), "ink-soft"))])
    box = Box(0, 0, max(x for ring in rings for x, _ in ring), max(y for ring in rings for _, y in ring))
    for x, y in roomiest_points(rings, box, em):
        label = words.label_at(region, x - words.width / 2, y - words.height / 2)
        if not label.box.overlaps(taken.grown(0.4 * em)) and label.box.inside(box):
            return [label]
    return []
