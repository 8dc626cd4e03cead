"""Lay out arrows between places of a map: short, curved, and as vague as what is known, a direction."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...language.wording import Wording
from ..fonts import Face
from ..scene import Box, Span
from ..text_layout import TextStyle, layout_text
from .label_placement import LabelRequest, Position, label_positions
from .map_context import MapContext, PlaceMark
from .projection import Point, Projection

LONGEST, CURVE, HEAD = 6.5, 0.24, 1.05  # em; part of the length; em


@dataclass(frozen=True)
class ArrowShape:
    """A curve from `start` by way of `control` to `end` with a triangle at its end, and `points` along it. In px."""

    id: str
    start: Point
    control: Point
    end: Point
    head: tuple[Point, Point, Point]
    points: tuple[Point, ...]


def arrow_shapes(context: MapContext, marks: Sequence[PlaceMark], projection: Projection) -> tuple[ArrowShape, ...]:
    """Lay out each arrow so that it ends before the mark of its target and is at most LONGEST em long.

    A short arrow claims no route: what is known is the direction.
    """
    at = {mark.id: mark for mark in marks}
    return tuple(
        _shape(
            arrow.id,
            context.point(arrow.from_, projection),
            context.point(arrow.to, projection),
            _gap(at, arrow.from_, context.size.text_size),
            _gap(at, arrow.to, context.size.text_size),
            context.size.text_size,
        )
        for arrow in context.arrows
    )


def arrow_labels(context: MapContext, shapes: Sequence[ArrowShape], wording: Wording) -> Iterator[LabelRequest]:
    """Yield what an arrow means: over the top of its bow, or else near its middle."""
    em = context.size.text_size
    style = TextStyle(Face(round(em * 0.88, 2), italic=True), "reported")
    for shape in shapes:
        block = layout_text(context.measure, [([Span(wording.strings["drawings"]["direction"])], style)])
        middles = [shape.points[len(shape.points) * part // 6] for part in (3, 2, 4, 1, 5)]
        near = [p for gap in (0.5, 1.0, 1.8, 2.8) for x, y in middles for p in label_positions(block, x, y, gap * em)]
        x, y = min(shape.points, key=lambda point: point[1])
        over: Position = (x - block.width / 2, y - 0.5 * em - block.height, "middle")
        yield LabelRequest(shape.id, block, (over, *near))


def arrow_boxes(shapes: Sequence[ArrowShape], em: float) -> list[Box]:
    """The area of arrows as small boxes, which labels must not cover."""
    return [Box(x, y, x, y).grown(0.28 * em) for shape in shapes for x, y in shape.points]


def _gap(at: Mapping[str, PlaceMark], key: str, em: float) -> float:
    return at[key].radius + 0.45 * em if key in at else 0.0


def _shape(key: str, start: Point, end: Point, before: float, after: float, em: float) -> ArrowShape:
    length = math.hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    tip = end[0] - ux * after, end[1] - uy * after
    run = max(2 * em, min(LONGEST * em, length - before - after))
    tail = tip[0] - ux * run, tip[1] - uy * run
    # a bow upwards, whichever way the arrow goes
    side = 1 if ux >= 0 else -1
    bow = CURVE * run * 2
    control = (tail[0] + tip[0]) / 2 + uy * side * bow, (tail[1] + tip[1]) / 2 - ux * side * bow
    along = math.hypot(tip[0] - control[0], tip[1] - control[1]) or 1.0
    vx, vy = (tip[0] - control[0]) / along, (tip[1] - control[1]) / along
    back = tip[0] - vx * HEAD * em, tip[1] - vy * HEAD * em
    half = 0.5 * HEAD * em
    head = (tip, (back[0] - vy * half, back[1] + vx * half), (back[0] + vy * half, back[1] - vx * half))
    end_of_line = tip[0] - vx * 0.8 * HEAD * em, tip[1] - vy * 0.8 * HEAD * em
    points = tuple(_curve(tail, control, tip, step / 12) for step in range(13))
    return ArrowShape(key, tail, control, end_of_line, head, points)


def _curve(a: Point, b: Point, c: Point, t: float) -> Point:
    """A point of a quadratic Bézier curve."""
    u = 1 - t
    return u * u * a[0] + 2 * u * t * b[0] + t * t * c[0], u * u * a[1] + 2 * u * t * b[1] + t * t * c[1]
