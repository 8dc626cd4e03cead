"""Borders, derived from regions that share their points. Two squares of country A, side by side, and one of B above.

    +---+
    | B |
+---+---+
|A-1|A-2|
+---+---+
"""

from briefings.drawings.maps.borders import borders, joined
from briefings.pack.geojson import Ground, Region, Ring


def square(x: float, y: float) -> Ring:
    return ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y))


GROUND = Ground(
    "test.geojson",
    (Region("A-1", "", (square(0, 0),)), Region("A-2", "", (square(1, 0),)), Region("B", "", (square(1, 1),))),
)


def test_a_segment_of_two_countries_is_a_national_border() -> None:
    (line,) = borders(GROUND).national
    assert set(line) == {(1, 1), (2, 1)}


def test_a_segment_of_two_regions_of_a_country_is_a_regional_border() -> None:
    (line,) = borders(GROUND).regional
    assert set(line) == {(1, 0), (1, 1)}


def test_a_segment_of_one_region_is_coast() -> None:
    assert sum(len(line) - 1 for line in borders(GROUND).coast) == 8


def test_a_country_has_one_outline_without_its_inner_borders() -> None:
    (outline,) = borders(GROUND).lands["A"]
    assert outline[0] == outline[-1]
    assert set(outline) == {(0, 0), (1, 0), (2, 0), (2, 1), (1, 1), (0, 1)}
    assert sorted(borders(GROUND).lands) == ["A", "B"]


def test_segments_are_joined_from_junction_to_junction() -> None:
    fork = [((0, 0), (1, 0)), ((1, 0), (2, 0)), ((2, 0), (3, 1)), ((2, 0), (3, -1))]
    lines = {frozenset(line) for line in joined(fork)}
    assert lines == {
        frozenset([(0, 0), (1, 0), (2, 0)]),
        frozenset([(2, 0), (3, 1)]),
        frozenset([(2, 0), (3, -1)]),
    }


def test_a_line_without_ends_is_closed() -> None:
    (ring,) = joined([((0, 0), (1, 0)), ((1, 0), (1, 1)), ((1, 1), (0, 0))])
    assert ring[0] == ring[-1]
    assert len(ring) == 4
