"""How many tiles a report fills, and how many it leaves open."""

from fractions import Fraction

import pytest
from drawn import WORDING, pictures, sizes

from briefings.drawings.charts.tiles_chart import TilesScene, layout_tiles, shown_share

ROWS = {
    row.ref: row
    for picture in pictures("brook", "standard", "full")
    if picture.kind == "tiles"
    for piece in picture.pieces
    for row in piece.rows
}


@pytest.mark.parametrize(
    ("ref", "shows", "low", "high"),
    [
        ("may", "stated", "12.5", "12.5"),  # exactly
        ("may", "rest", "87.5", "87.5"),
        ("june", "stated", "85/3", "115/3"),  # about a third: five tiles on each side
        ("july", "stated", "50", "200/3"),  # a range
        ("july", "rest", "100/3", "50"),
        ("august", "stated", "94", "99"),  # nearly
        ("august", "rest", "1", "6"),
        ("autumn", "stated", "20", "25"),  # more than
        ("autumn", "rest", "75", "80"),
    ],
)
def test_a_bound_leaves_tiles_open_on_its_own_side(ref: str, shows: str, low: str, high: str) -> None:
    assert shown_share(ROWS[f"ponds-dry/{ref}"], shows) == (Fraction(low), Fraction(high))


def test_the_tiles_of_a_square_are_a_hundred() -> None:
    for picture in pictures("brook", "standard", "full", "sheet"):
        if picture.kind != "tiles":
            continue
        for measured, size in sizes(picture).values():
            scene = layout_tiles(picture, WORDING, measured, size)
            assert isinstance(scene, TilesScene)
            for square in scene.squares:
                if not square.ref or square.outline:
                    continue
                tile = square.box.width / 10 * 0.88
                parts = (*square.filled, *square.striped, *square.blank)
                assert sum(b.width * b.height for b in parts) == pytest.approx(100 * tile * tile, rel=0.02)


def test_a_report_in_words_fills_no_tile() -> None:
    shown = next(p for p in pictures("brook", "standard", "full", "sheet") if p.id == "dry-tiles")
    measured, size = next(iter(sizes(shown).values()))
    scene = layout_tiles(shown, WORDING, measured, size)
    assert [s.ref for s in scene.squares if s.outline and s.ref] == ["ponds-dry/winter"]
    assert any("A puddle or two" in " ".join(line.text for line in label.lines) for label in scene.labels)
