"""The shape of a bulge of a front, in km and in px: its curve, its brackets, and attacks on it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from ...briefing.parts import EstimateView
from ..maps.projection import Point, Polyline

SQUARENESS = 2.5  # the exponent of the superellipse: 2 is an ellipse, more is squarer
FLARE = 0.35  # how much the front runs outward, for each step away from the bulge's mouth
ATTACKED_AT = 0.35  # the part of the depth, from the mouth, at which an attack is drawn
DIRECTIONS = {"north": (0.0, -1.0), "south": (0.0, 1.0), "east": (1.0, 0.0), "west": (-1.0, 0.0)}


@dataclass(frozen=True)
class Reach:
    """An attack: a line from the front to where it came, with the two ends of its head."""

    id: str
    line: Polyline
    head: tuple[Point, Point, Point]


@dataclass(frozen=True)
class Bulge:
    """A bulge in km east and south of the middle of its mouth. `along` its mouth and `into` it are unit vectors."""

    width: float
    depth: float
    along: Point
    into: Point

    def at(self, into: float, along: float) -> Point:
        """A point by how far it is into the bulge and along its mouth from the middle."""
        return (
            self.into[0] * into + self.along[0] * along,
            self.into[1] * into + self.along[1] * along,
        )

    def half(self, into: float) -> float:
        """Half the width of the bulge at some depth."""
        part = min(1.0, max(0.0, into / self.depth))
        return self.width / 2 * float((1 - part**SQUARENESS) ** (1 / SQUARENESS))

    def curve(self) -> list[Point]:
        """The front, from beyond one end of the mouth round the bulge to beyond the other."""
        steps = [self.depth * math.sin(math.pi / 2 * n / 24) for n in range(25)]
        far = 4 * self.width
        sides = [[self.at(into, sign * self.half(into)) for into in steps] for sign in (-1, 1)]
        ends = [self.at(-far, sign * (self.width / 2 + FLARE * far)) for sign in (-1, 1)]
        return [ends[0], *sides[0], *reversed(sides[1]), ends[1]]

    def behind(self) -> list[Point]:
        """Two points that close the land of the bulge, far behind its mouth."""
        return [self.at(-4 * self.width, sign * 3 * self.width) for sign in (1, -1)]


def length_km(row: EstimateView) -> float:
    """Return a length in km."""
    assert row.estimate.value is not None
    assert row.unit.km is not None
    return float(row.estimate.value * row.unit.km)


def bulge_brackets(
    bulge: Bulge, to: Callable[[Point], Point], em: float
) -> tuple[tuple[Polyline, ...], tuple[Polyline, Polyline]]:
    """The lines of the width, across the mouth, and of the depth, through the bulge, with ticks at their ends."""
    out = -0.12 * bulge.depth
    wide = (to(bulge.at(out, -bulge.width / 2)), to(bulge.at(out, bulge.width / 2)))
    level = 0.12 * bulge.width
    reach = bulge.depth * (1 - (2 * abs(level) / bulge.width) ** SQUARENESS) ** (1 / SQUARENESS)
    deep = (to(bulge.at(0, level)), to(bulge.at(reach, level)))
    lines: list[Polyline] = []
    for a, b in (wide, deep):
        length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1.0
        nx, ny = -(b[1] - a[1]) / length * 0.5 * em, (b[0] - a[0]) / length * 0.5 * em
        lines += [(a, b), *(((x - nx, y - ny), (x + nx, y + ny)) for x, y in (a, b))]
    return tuple(lines), (wide, deep)


def attack_reach(
    key: str, side: str, row: EstimateView, bulge: Bulge, to: Callable[[Point], Point], em: float
) -> Reach:
    """An arrow as long as an attack came, from the front on its side straight into the bulge."""
    dx, dy = DIRECTIONS[side]
    across = bulge.along[0] * dx + bulge.along[1] * dy
    length = length_km(row)
    if abs(across) > 0.7:  # an attack on a flank
        sign, into = (1 if across > 0 else -1), ATTACKED_AT * bulge.depth
        half = bulge.half(into)
        start, end = bulge.at(into, sign * half), bulge.at(into, sign * (half - length))
    else:
        start, end = bulge.at(bulge.depth, 0), bulge.at(bulge.depth - length, 0)
    (x1, y1), (x2, y2) = to(start), to(end)
    run = math.hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy = (x2 - x1) / run, (y2 - y1) / run
    head, tail = 0.75 * em, 1.6 * em  # the tail lies outside, where the attack came from
    bx, by = x2 - ux * head, y2 - uy * head
    corners = ((x2, y2), (bx - uy * head / 2, by + ux * head / 2), (bx + uy * head / 2, by - ux * head / 2))
    return Reach(key, ((x1 - ux * tail, y1 - uy * tail), (bx, by)), corners)
