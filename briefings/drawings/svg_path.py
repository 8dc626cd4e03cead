"""Write lengths, points and lines as SVG numbers and paths, with the same bytes on every machine."""

from collections.abc import Iterable
from itertools import pairwise

from .scene import Box


def px(value: float) -> str:
    """Write a length in px with at most two decimals: 1.5, 0, -3.25. Values that round to zero have no sign."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.005 else "0"


def points(line: Iterable[tuple[float, float]]) -> str:
    """Write the vertices of a polyline with one decimal: "0.0,1.5 2.0,3.0"."""
    # adding 0.0 turns -0.0 into 0.0
    return " ".join(f"{x + 0.0:.1f},{y + 0.0:.1f}" for x, y in line)


def path(lines: Iterable[Iterable[tuple[float, float]]], closed: bool = False) -> str:
    """Write lines as one SVG path with relative coordinates, which take half as many characters as absolute ones.

    Coordinates are rounded to 0.1 px before the steps are taken, so that rounding errors do not add up. With `closed`,
    the last point of each line (equal to its first) is replaced by `z`.
    """
    parts = []
    for line in lines:
        tenths = [(round(x * 10), round(y * 10)) for x, y in line]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tenths[:-1] if closed else tenths) if a != b]
        if not steps:
            continue  # shorter than a tenth of a px; a browser reports an `l` with no step after it
        x, y = map(_tenth, tenths[0])
        written = "".join(f"{_tenth(dx)}{_tenth(dy)}" for dx, dy in steps).lstrip()
        parts.append(f"M{x.lstrip()}{y}l{written}{'z' if closed else ''}")
    return "".join(parts)


def _tenth(tenths: int) -> str:
    """Write tenths of a px with their separator: 15 -> " 1.5", -5 -> "-.5". A minus sign needs no space before it."""
    whole, rest = divmod(abs(tenths), 10)
    digits = f"{whole}.{rest}" if rest else str(whole)
    return f"{'-' if tenths < 0 else ' '}{digits.removeprefix('0') if rest and not whole else digits}"


def hatch(box: Box, gap: float) -> str:
    """Fill a box with diagonal lines, and return them as a path. `gap` is their distance along the edges in px.

    An SVG <pattern> would be shorter, but renderers do not draw it alike.
    """
    lines = []
    shift = gap
    while shift < box.width + box.height:
        # The line from the left edge at y = top + shift up to the top edge at x = left + shift, clipped to the box.
        x1, y1 = max(box.left, box.left + shift - box.height), min(box.bottom, box.top + shift)
        x2, y2 = min(box.right, box.left + shift), max(box.top, box.top + shift - box.width)
        lines.append(f"M{px(x1)} {px(y1)}L{px(x2)} {px(y2)}")
        shift += gap
    return "".join(lines)
