"""Widths and outlines of words in the shipped fonts."""

import pytest
from drawn import LIBRARY, measure

from briefings.drawings.design_tokens import DesignTokens
from briefings.drawings.fonts import Face, TextMeasure


def test_widths_are_those_of_the_shipped_fonts() -> None:
    """Source Sans 3 gives an "n" 544 units of 1,000."""
    measured = measure()
    assert measured.width("n", Face(1000)) == pytest.approx(544, abs=20)
    assert measured.width("nn", Face(10)) == 2 * measured.width("n", Face(10))
    assert measured.width("n", Face(10, 600)) > measured.width("n", Face(10))
    assert measured.width("n", Face(10, family="serif")) != measured.width("n", Face(10))


def test_spacing_is_added_to_every_letter() -> None:
    assert measure().width("ab", Face(10, spacing=3)) == measure().width("ab", Face(10)) + 6


def test_without_a_font_file_a_letter_is_half_an_em_wide() -> None:
    without = TextMeasure(LIBRARY, DesignTokens({"sans": "No Such Font"}))
    assert without.width("frogs", Face(10)) == 25
    assert without.outline("frogs", Face(10), 0, 0) == ""


def test_an_outline_starts_at_its_position_and_skips_missing_characters() -> None:
    measured = measure()
    assert measured.outline("n", Face(10), 50, 20).startswith("M5")
    assert measured.outline("\U0001f438", Face(10), 50, 20) == ""


def test_a_face_is_scaled_and_made_bold() -> None:
    assert Face(10.6, italic=True).sized(1.5) == Face(15.9, italic=True)
    assert Face(10, italic=True).bold == Face(10, 600, italic=True)
