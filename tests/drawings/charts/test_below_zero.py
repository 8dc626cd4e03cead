"""Numbers below zero in every kind of chart: on the scale, and no label over another."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from drawn import WORDING, pictures, sizes

from briefings.briefing.parts import DrawingView, EstimateView
from briefings.drawings.kind import find_kind

KINDS = ("bars", "estimates", "lines", "over-time")


def lowered(row: EstimateView, by: Fraction) -> EstimateView:
    estimate = row.estimate
    fields = {name: getattr(estimate, name) - by for name in ("value", "low", "high") if getattr(estimate, name)}
    return replace(row, estimate=estimate.model_copy(update=fields))


def below_zero(shown: DrawingView, part: Fraction) -> DrawingView:
    """The drawing with all its numbers lower by a part of the highest."""
    highest = max(
        (row.estimate.value or row.estimate.high or 0 for piece in shown.pieces for row in piece.rows),
        default=Fraction(0),
    )
    pieces = [
        replace(piece, rows=tuple(lowered(row, Fraction(highest) * part) for row in piece.rows))
        for piece in shown.pieces
    ]
    return replace(shown, pieces=tuple(pieces))


@pytest.mark.slow
@pytest.mark.parametrize("part", [Fraction(1, 2), Fraction(2)], ids=["some-below-zero", "all-below-zero"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["pond", "brook"])
def test_numbers_below_zero_are_on_the_scale(name: str, kind: str, part: Fraction) -> None:
    for shown in (below_zero(each, part) for each in pictures(name, "standard", "full") if each.kind == kind):
        for size, (measured, form) in sizes(shown).items():
            scene = find_kind(kind).layout(shown, WORDING, measured, form)
            frame = scene.frame
            places = [(m.x, m.y) for m in getattr(scene, "marks", ())]
            places += [point for bar in getattr(scene, "bars", ()) for point in _corners(bar.box)]
            outside = [p for p in places if not (0 <= p[0] <= frame.right and 0 <= p[1] <= frame.bottom)]
            assert places, f"{shown.id} in {size}"
            assert outside == [], f"{shown.id} in {size}"
            assert all(label.box.inside(frame) for label in scene.labels), f"{shown.id} in {size}"
            assert not any(a.box.overlaps(b.box) for a, b in combinations(scene.labels, 2)), f"{shown.id} in {size}"


def _corners(box: object) -> list[tuple[float, float]]:
    return [(getattr(box, x), getattr(box, y)) for x in ("left", "right") for y in ("top", "bottom")]
