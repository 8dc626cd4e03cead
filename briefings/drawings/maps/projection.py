"""Project degrees to px with a spherical Lambert conformal conic fitted to a frame, and clip lines to a box.

Conformal: shapes and angles are right everywhere, and the scale is almost the same across a region.
Source: Snyder, Map Projections: A Working Manual (1987), chapter 15.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import cos, sin, tan

from ...schema.drawings import Frame
from ..scene import Box

EARTH_RADIUS_KM = 6371.0088  # km, the mean radius
_DEGREE, _HALF_DEGREE, _QUARTER = math.radians(1), math.radians(0.5), math.pi / 4
Point = tuple[float, float]
Polyline = tuple[Point, ...]


@dataclass(frozen=True)
class Projection:
    """The projection of a frame (degrees) to a box (px). `px_per_km` is exact on the two standard parallels.

    `n`, `f` and `rho` are Snyder's constants of the cone: the ratio of angles on the cone to longitudes, the radius
    factor F, and the radius rho_0 at the middle latitude, on a sphere of radius 1.
    """

    frame: Frame
    box: Box
    px_per_km: float
    n: float
    f: float
    rho: float
    central_meridian: float  # degrees of longitude
    cone_left: float  # smallest x and greatest y of the frame on the cone, which become box.left and box.top
    cone_top: float

    def __call__(self, point: Point) -> Point:
        """Project (longitude, latitude) in degrees to (x, y) in px."""
        x, y = _cone(point, self.n, self.f, self.rho, self.central_meridian)
        scale, left, top = self._origin
        return left + x * scale, top - y * scale

    @cached_property
    def _origin(self) -> tuple[float, float, float]:
        """The scale in px per Earth radius, and the cone's origin in px. Cached, since every point needs them."""
        scale = self.px_per_km * EARTH_RADIUS_KM
        return scale, self.box.left - self.cone_left * scale, self.box.top + self.cone_top * scale


def _cone(point: Point, n: float, f: float, rho: float, central_meridian: float) -> Point:
    """Project to the cone, on a sphere of radius 1, with y upwards (Snyder, equations 15-1 to 15-3)."""
    radius = f / tan(_QUARTER + point[1] * _HALF_DEGREE) ** n
    angle = n * (point[0] - central_meridian) * _DEGREE
    return radius * sin(angle), rho - radius * cos(angle)


def fit_projection(frame: Frame, left: float, top: float, width: float) -> Projection:
    """Fit a frame into a box `width` px wide with its top left corner at (left, top).

    The standard parallels are a sixth of the frame's height from its top and bottom, a usual choice that spreads the
    error of the scale. The height of the box follows from the projection.
    """
    height = frame.north - frame.south
    south, north = (math.radians(latitude) for latitude in (frame.south + height / 6, frame.north - height / 6))
    if abs(south + north) < 1e-3:  # radians; parallels symmetric about the equator would give a cylinder (n = 0)
        north += 2e-3
    central_meridian = (frame.west + frame.east) / 2
    t = [math.tan(math.pi / 4 + angle / 2) for angle in (south, north)]
    n = math.log(math.cos(south) / math.cos(north)) / math.log(t[1] / t[0])
    f = math.cos(south) * t[0] ** n / n
    rho = f / math.tan(math.pi / 4 + math.radians((frame.south + frame.north) / 2) / 2) ** n
    edge = [_cone(point, n, f, rho, central_meridian) for point in _edge(frame)]
    xs, ys = [x for x, _ in edge], [y for _, y in edge]
    scale = width / (max(xs) - min(xs))
    box = Box(left, top, left + width, top + (max(ys) - min(ys)) * scale)
    return Projection(frame, box, scale / EARTH_RADIUS_KM, n, f, rho, central_meridian, min(xs), max(ys))


def filling_frame(frame: Frame, width: float, height: float, *, even: bool = False) -> Frame:
    """The smallest frame around this one whose projection, `width` px wide, is `height` px high (to 0.5 px).

    It grows to the north (to the north and the south if `even`), or to both sides if it is too high already.
    """

    def high(wanted: Frame) -> float:
        return fit_projection(wanted, 0, 0, width).box.height

    def grown(by: float) -> Frame:
        if high(frame) < height:
            return frame.model_copy(update={"north": frame.north + by, "south": frame.south - (by if even else 0)})
        return frame.model_copy(update={"west": frame.west - by, "east": frame.east + by})

    least, most = 0.0, 30.0
    for _ in range(24):
        middle = (least + most) / 2
        short = high(grown(middle)) < height
        least, most = (middle, most) if short == (high(frame) < height) else (least, middle)
    return grown(least)


def _edge(frame: Frame) -> Iterable[Point]:
    """Yield points along the edges: the extremes of a curved edge need not be at its corners."""
    for step in range(9):
        lon = frame.west + (frame.east - frame.west) * step / 8
        lat = frame.south + (frame.north - frame.south) * step / 8
        yield from ((lon, frame.south), (lon, frame.north), (frame.west, lat), (frame.east, lat))


def clipped_ring(ring: Sequence[Point], box: Box) -> Polyline:
    """Clip a closed ring to a box (Sutherland-Hodgman); the result is empty if they do not overlap.

    The ring is clipped at one edge of the box after another. Parts that the clipping separates stay connected along
    the edge of the box, which does not show in a filled area.
    """
    points = list(ring)
    for axis, limit, sign in ((0, box.left, 1), (1, box.top, 1), (0, box.right, -1), (1, box.bottom, -1)):
        out: list[Point] = []
        for a, b in pairwise(points):
            inside_a, inside_b = sign * (a[axis] - limit) >= 0, sign * (b[axis] - limit) >= 0
            if inside_a:
                out.append(a)
            if inside_a != inside_b:
                t = (limit - a[axis]) / (b[axis] - a[axis])
                crossing = a[1 - axis] + t * (b[1 - axis] - a[1 - axis])
                out.append((limit, crossing) if axis == 0 else (crossing, limit))
        points = [*out, out[0]] if out else []
    return tuple(points)


def clipped_line(line: Sequence[Point], box: Box) -> list[Polyline]:
    """Return the parts of a line inside a box."""
    parts: list[list[Point]] = []
    for a, b in pairwise(line):
        inside = inside_part(a, b, box)
        if inside is None:
            continue
        start, end = inside
        if parts and parts[-1][-1] == start:
            parts[-1].append(end)
        else:
            parts.append([start, end])
    return [tuple(part) for part in parts]


def inside_part(a: Point, b: Point, box: Box) -> tuple[Point, Point] | None:
    """Clip a segment to a box (Liang-Barsky), or return None if it is outside.

    For each edge, p < 0 means that the segment enters its half-plane and p > 0 that it leaves, at the parameter q / p.
    """
    dx, dy = b[0] - a[0], b[1] - a[1]
    enter, leave = 0.0, 1.0
    for p, q in ((-dx, a[0] - box.left), (dx, box.right - a[0]), (-dy, a[1] - box.top), (dy, box.bottom - a[1])):
        if p == 0:
            if q < 0:
                return None
        elif p < 0:
            enter = max(enter, q / p)
        else:
            leave = min(leave, q / p)
    if enter >= leave:
        return None
    start = a if enter == 0 else (a[0] + enter * dx, a[1] + enter * dy)
    return start, (b if leave == 1 else (a[0] + leave * dx, a[1] + leave * dy))


def projected(line: Iterable[Point], to: Callable[[Point], Point], min_distance: float = 0.35) -> list[Point]:
    """Project a line to px, without points closer than `min_distance` px (|dx| + |dy|) to the last. Keeps both ends."""
    points = [to(point) for point in line]
    out = points[:1]
    for point in points[1:-1]:
        if abs(point[0] - out[-1][0]) + abs(point[1] - out[-1][1]) >= min_distance:
            out.append(point)
    return out + points[-1:] if len(points) > 1 else out
