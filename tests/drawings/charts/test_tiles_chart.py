"""How many tiles a report fills, and how many it leaves open."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from drawn import PACKS, SMALLPOX, WORDING, measure, pictures, sizes

from briefings.briefing.parts import EstimateView, SharesView
from briefings.drawings.charts.tile_squares import shown_share
from briefings.drawings.charts.tiles_chart import TilesScene, layout_share, layout_tiles
from briefings.drawings.scene import DrawingSize, NoRoomError
from briefings.drawings.svg_path import px

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
        ("may", "stated at-most", "0", "12.5"),  # a limit: nothing below it is certain
        ("may", "rest at-most", "87.5", "100"),
        ("may", "stated at-least", "12.5", "100"),
        ("may", "rest at-least", "0", "87.5"),
    ],
)
def test_a_bound_leaves_tiles_open_on_its_own_side(ref: str, shows: str, low: str, high: str) -> None:
    shows, _, bound = shows.partition(" ")
    assert shown_share(bounded(ROWS[f"ponds-dry/{ref}"], bound), shows) == (Fraction(low), Fraction(high))


def bounded(row: EstimateView, bound: str) -> EstimateView:
    """The same report with another bound, if one is given."""
    return replace(row, estimate=row.estimate.model_copy(update={"bound": bound})) if bound else row


@pytest.mark.parametrize(
    ("reports", "says"),
    [
        ("may", ""),
        ("may at-most", "striped: perhaps dry, where a report says “up to”"),
        ("may at-least", "striped: perhaps dry, where a report says “at least”"),
        ("june", "striped: perhaps dry, where a report says “about”, not by how much"),
        ("july", "striped: perhaps dry, where a report gives a range"),
        (
            "august, autumn, may at-most, july",
            "striped: perhaps dry, where a report says “over” or “nearly”, not by how much, or says “up to”, "
            "or gives a range",
        ),
    ],
)
def test_the_key_says_why_tiles_are_striped(reports: str, says: str) -> None:
    shown = next(p for p in pictures("brook", "standard", "full", "sheet") if p.id == "dry-tiles")
    names = (name.partition(" ") for name in reports.split(", "))
    rows = tuple(bounded(ROWS[f"ponds-dry/{ref}"], bound) for ref, _, bound in names)
    only = replace(shown, rows=rows, pieces=(replace(shown.pieces[0], rows=rows),))
    measured, size = next(iter(sizes(shown).values()))
    scene = layout_tiles(only, WORDING, measured, size)
    key = [" ".join(line.text for line in label.lines) for label in scene.labels if label.owner == shown.id]
    assert "".join(words for words in key if words.startswith("striped")) == says
    assert any(square.striped for square in scene.squares) == bool(says)


@pytest.mark.parametrize("name", [*PACKS, *SMALLPOX])
def test_a_square_has_a_hundred_tiles_of_one_size_and_equal_gaps(name: str) -> None:
    for picture in pictures(name, "standard", "full", "sheet"):
        if picture.kind != "tiles":
            continue
        for measured, size in sizes(picture).values():
            scene = layout_tiles(picture, WORDING, measured, size)
            assert isinstance(scene, TilesScene)
            drawn = [square for square in scene.squares if square.ref and not square.outline]
            parts = [(*square.filled, *square.striped, *square.blank) for square in drawn]
            tile = parts[0][0].height
            assert {px(box.height) for boxes in parts for box in boxes} == {px(tile)}
            for boxes in parts:
                assert sum(box.width * box.height for box in boxes) == pytest.approx(100 * tile**2, rel=0.001)
                for edges in ({box.top for box in boxes}, {box.left for box in boxes if px(box.width) == px(tile)}):
                    assert len(edges) == 10
                    assert len({px(after - before) for before, after in pairwise(sorted(edges))}) == 1
                    assert all(edge == pytest.approx(round(edge, 1), abs=0.001) for edge in edges)


def test_a_report_in_words_fills_no_tile() -> None:
    shown = next(p for p in pictures("brook", "standard", "full", "sheet") if p.id == "dry-tiles")
    measured, size = next(iter(sizes(shown).values()))
    scene = layout_tiles(shown, WORDING, measured, size)
    assert [s.ref for s in scene.squares if s.outline and s.ref] == ["ponds-dry/winter"]
    assert any("A puddle or two" in " ".join(line.text for line in label.lines) for label in scene.labels)


def test_a_share_of_a_slide_says_what_its_tiles_show() -> None:
    rows = {ref: row for ref, row in ROWS.items() if not row.words}
    shares = SharesView("dry-tiles", tuple(rows), "the pond in spring", "dry", "under water", "rest")
    measured = measure()
    for row in rows.values():
        scene = layout_share(shares, row, WORDING, measured, DrawingSize("print", 237, 25, 125))
        (label,), (square,) = scene.labels, scene.squares
        assert " ".join(span.text for line in label.lines for span in line.spans).endswith(" dry")
        assert label.box.right <= scene.width
        assert square.box.bottom < label.box.top
        assert label.box.bottom <= scene.height
        low, _ = shown_share(row, "rest")
        assert sum(tile.width / square.box.width * 10 / 0.88 for tile in square.filled) == pytest.approx(
            float(low), abs=0.6
        )


def test_a_share_with_no_room_for_its_words_is_an_error() -> None:
    shares = SharesView("dry-tiles", (), "the pond", "evaporated", "wet")
    row = ROWS["ponds-dry/may"]
    with pytest.raises(NoRoomError):
        layout_share(shares, row, WORDING, measure(), DrawingSize("print", 40, 25, 125))
