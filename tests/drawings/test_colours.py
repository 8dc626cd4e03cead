"""Colours -> contrast, mixtures, and the nearest that can be read."""

import pytest

from briefings.drawings.colours import contrast, least_contrast, mixed, readable


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)
    assert least_contrast("#777777", ("#ffffff", "#aaaaaa")) == contrast("#777777", "#aaaaaa")


def test_a_mixture_has_a_share_of_the_other() -> None:
    assert [mixed("#000000", "#ffffff", share) for share in (0, 0.5, 1)] == ["#000000", "#808080", "#ffffff"]


def test_the_nearest_readable_colour_is_darker_on_light_grounds_and_lighter_on_dark_ones() -> None:
    assert readable("#0b6e4f", ("#ffffff",), 4.5) == "#0b6e4f"  # it can be read as it is
    for grounds in (("#ffffff", "#f6f2e8"), ("#181613", "#24211c")):
        found = readable("#808000", grounds, 7)
        assert least_contrast(found, grounds) >= 7
        assert (contrast(found, "#ffffff") > contrast("#808000", "#ffffff")) is (grounds[0] == "#ffffff")
    assert readable("#123456", ("#808080",), 21) == "#000000"  # nothing can: the furthest
