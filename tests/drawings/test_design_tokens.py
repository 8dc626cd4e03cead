"""The custom properties of the style sheets."""

import pytest
from drawn import LIBRARY

from briefings.drawings.design_tokens import DesignTokens, ScreenTokens, load_tokens


def test_a_look_overrides_tokens() -> None:
    page, school = load_tokens(LIBRARY, "page", "a4"), load_tokens(LIBRARY, "school", "a4")
    assert page["reported"].startswith("#")
    assert page.px("small") < school.px("small")
    assert page.family("serif") == "Source Serif 4"
    assert school.family("serif") == "Source Sans 3"  # its --serif is var(--sans)


def test_a_paper_overrides_tokens_of_one_look() -> None:
    """As the page does: a drawing that is laid out for another margin is scaled, and its names with it."""
    memo, page = load_tokens(LIBRARY, "memo", "letter"), load_tokens(LIBRARY, "page", "letter")
    assert (memo["drawing-column"], memo["margin-side"]) == ("74mm", "12mm")
    assert (page["drawing-column"], page["margin-side"]) == ("87mm", "13mm")


def test_a_screen_chooses_the_colours_and_only_them() -> None:
    tokens = ScreenTokens({"ink": "#111111", "soft": "var(--ink)", "shade": "rgb(0 0 0 / 0.2)", "text": "9pt"})
    assert (tokens["ink"], tokens["soft"], tokens["shade"]) == ("var(--ink)", "var(--soft)", "var(--shade)")
    assert (tokens["text"], tokens.px("text")) == ("9pt", 12)


def test_var_is_replaced() -> None:
    assert DesignTokens({"a": "var(--b) solid", "b": "var(--c)", "c": "1px"})["a"] == "1px solid"


@pytest.mark.parametrize(("length", "px"), [("12px", 12), ("9pt", 12), ("25.4mm", 96), ("2.54cm", 96), ("1in", 96)])
def test_lengths_are_converted_to_px(length: str, px: float) -> None:
    assert DesignTokens({"gap": length}).px("gap") == pytest.approx(px)


def test_a_relative_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="--gap is '2em'"):
        DesignTokens({"gap": "2em"}).px("gap")


def test_an_undefined_token_is_an_error() -> None:
    with pytest.raises(LookupError, match=r"no style sheet defines --gap; see css/tokens\.css"):
        DesignTokens({"a": "var(--gap)"})["a"]
