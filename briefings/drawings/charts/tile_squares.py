"""Squares of 100 tiles: how many of them a report fills, and how many it leaves open."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from ...briefing.parts import EstimateView
from ...pack.intervals import End, Interval, to_interval
from ...schema.figures import Bound
from ..kinds.tiles import share_scale
from ..scene import Box

_UNSURE = Fraction(5)  # tiles drawn striped on each side where a report says "about", "nearly" or "more than"
LIMITS: tuple[Bound, ...] = ("at-most", "at-least")  # what a report says that leaves every number on one side possible


@dataclass(frozen=True)
class TileSquare:
    """A square of 100 tiles, filled row by row: `filled`, `striped` and `blank` are the parts of tiles to draw.

    `ref` is the estimate it shows, or "" for a sample. For a report in words, `outline` is true.
    """

    box: Box
    ref: str
    filled: tuple[Box, ...] = ()
    striped: tuple[Box, ...] = ()
    blank: tuple[Box, ...] = ()
    outline: bool = False
    gap: float = 3.2  # px: between stripes


def shown_share(row: EstimateView, shows: str) -> tuple[Fraction, Fraction]:
    """Return how many of 100 tiles are filled for certain, and how many at most. Fractions of tiles are kept.

    A report that says "about", "nearly" or "more than" means a number close by, but does not say by how much: its last
    _UNSURE tiles are striped. One that says "at most" or "at least" gives a limit, and all within it is possible:
    "up to 50" has no tile that is filled for certain.
    """
    scale = share_scale(row.unit)
    assert scale is not None, "tiles were given a number that is not a share"
    share = to_interval(row.estimate, scale)
    whole = Interval(End(Fraction(1)), End(Fraction(1)))
    shown = whole.without_share(share) if shows == "rest" else share
    low, high = (end.value * 100 if end else None for end in (shown.low, shown.high))
    limit = row.estimate.bound in LIMITS
    if low is None and high is not None:
        low = Fraction(0) if limit else high - _UNSURE
    elif high is None and low is not None:
        high = Fraction(100) if limit else low + _UNSURE
    assert low is not None, "a share without a number has no tiles"
    assert high is not None
    if shown.about and low == high:
        low, high = low - _UNSURE, high + _UNSURE
    return max(low, Fraction(0)), min(high, Fraction(100))


def report_square(row: EstimateView, shows: str, box: Box) -> TileSquare:
    """Return the tiles of one report: filled for certain, striped where it leaves them open, and blank."""
    if row.words:
        return TileSquare(box, row.ref, blank=(box,), outline=True)
    low, high = (float(n) for n in shown_share(row, shows))
    return TileSquare(
        box,
        row.ref,
        tuple(_tiles(box, 0.0, low)),
        tuple(_tiles(box, low, high)),
        tuple(_tiles(box, high, 100.0)),
        gap=box.width / 28,
    )


def sample_square(look: str, box: Box) -> TileSquare:
    """Return one tile of a look, for the key: "filled", "striped", "blank", or "outline" of a report in words."""
    filled, striped, blank = (
        (box,) if look in looks else () for looks in (("filled",), ("striped",), ("blank", "outline"))
    )
    return TileSquare(box, "", filled, striped, blank, outline=look == "outline", gap=box.width * 0.36)


def scaled_box(box: Box, factor: float) -> Box:
    """Return the box with every length multiplied."""
    return Box(*(round(v * factor, 2) for v in (box.left, box.top, box.right, box.bottom)))


def _tiles(box: Box, start: float, end: float) -> Iterator[Box]:
    """Yield the tiles, or parts of tiles, from the number `start` to `end`, row by row from the top left.

    They stand on a grid of 0.1 px, to which drawings are written: all are equally large, and so are the gaps.
    """
    step = floor(box.width + 0.001) / 10
    tile = step - max(round(step * 0.12, 1), 0.1)
    for n in range(int(start), 100):
        first, last = max(start - n, 0.0), min(end - n, 1.0)
        if last <= 0.0:
            return
        if last - first < 0.01:
            continue
        left, top = round(box.left, 1) + n % 10 * step, round(box.top, 1) + n // 10 * step
        yield Box(left + first * tile, top, left + last * tile, top + tile)
