"""Lengths, points and lines -> the numbers of an SVG path, written the same on every machine."""

from collections.abc import Iterable
from itertools import pairwise

from .scene import Box


def px(value: float) -> str:
    """A length as short as it can be written to a hundredth of a px."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.005 else "0"


def points(line: Iterable[tuple[float, float]]) -> str:
    """The corners of a line, to a tenth of a px."""
    return " ".join(f"{x + 0.0:.1f},{y + 0.0:.1f}" for x, y in line)


def path(lines: Iterable[Iterable[tuple[float, float]]], closed: bool = False) -> str:
    """Lines as one SVG path, each point written as the step from the one before: half as long as places are."""
    parts = []
    for line in lines:
        tenths = [(round(x * 10), round(y * 10)) for x, y in line]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tenths[:-1] if closed else tenths) if a != b]
        x, y = map(_tenth, tenths[0])
        written = "".join(f"{_tenth(dx)}{_tenth(dy)}" for dx, dy in steps).lstrip()
        parts.append(f"M{x.lstrip()}{y}l{written}{'z' if closed else ''}")
    return "".join(parts)


def _tenth(tenths: int) -> str:
    """A tenth of a px, with a space before it unless its sign parts it from what stands there."""
    whole, rest = divmod(abs(tenths), 10)
    digits = f"{whole}.{rest}" if rest else str(whole)
    return f"{'-' if tenths < 0 else ' '}{digits.removeprefix('0') if rest and not whole else digits}"


def hatch(box: Box, gap: float) -> str:
    """A path of slanting lines that fill a box, `gap` px apart; patterns are not drawn alike everywhere."""
    lines = []
    shift = gap
    while shift < box.width + box.height:
        x1, y1 = max(box.left, box.left + shift - box.height), min(box.bottom, box.top + shift)
        x2, y2 = min(box.right, box.left + shift), max(box.top, box.top + shift - box.width)
        lines.append(f"M{px(x1)} {px(y1)}L{px(x2)} {px(y2)}")
        shift += gap
    return "".join(lines)
