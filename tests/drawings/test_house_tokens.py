"""The house style and a sheet's tokens -> the tokens that it replaces."""

import pytest

from briefings.drawings.colours import contrast
from briefings.drawings.design_tokens import DesignTokens
from briefings.drawings.house_tokens import house_tokens
from briefings.house_style import HouseStyle

SHEET = {"width": "210mm", "height": "297mm", "margin-top": "15mm", "margin-side": "16mm", "paper": "#ffffff"}


def tokens(house: HouseStyle, look: str = "page", **sheet: str) -> dict[str, str]:
    values = SHEET | {name.replace("_", "-"): value for name, value in sheet.items()}
    return house_tokens(house, values, DesignTokens(values).px, look)


def mm(found: dict[str, str], *names: str) -> list[float]:
    return [float(found[name].removesuffix("mm")) for name in names]


def test_colours_and_families() -> None:
    house = HouseStyle("style.yaml", colours=(("reported", "#0b6e4f"),), families=(("sans", '"House Text"'),))
    found = tokens(house)
    assert (found["reported"], found["sans"]) == ("#0b6e4f", '"House Text"')
    large = tokens(house, "large-print")["reported"]
    assert contrast(large, "#ffffff") >= 7 > contrast("#0b6e4f", "#ffffff")


def test_a_binding_margin_moves_the_text_and_keeps_its_width_where_there_is_room() -> None:
    inner, outer, side = mm(tokens(HouseStyle("s", binding_margin=6)), "margin-inner", "margin-outer", "margin-side")
    assert (inner, outer, side) == (22, 10, 16)
    narrow = tokens(HouseStyle("s", binding_margin=6), margin_side="11mm")
    assert mm(narrow, "margin-inner", "margin-outer", "margin-side") == [17, 8, 12.5]
    hardly = tokens(HouseStyle("s", binding_margin=6), margin_side="7mm")
    assert mm(hardly, "margin-inner", "margin-outer") == [13, 7]


def test_a_sheet_on_its_side_is_not_bound() -> None:
    assert "margin-inner" not in tokens(HouseStyle("s", binding_margin=6), width="420mm")
    assert "margin-inner" not in tokens(HouseStyle("s"))


@pytest.mark.parametrize(
    ("margin", "given", "height", "first"),
    [("15mm", 0, 9.5, 15), ("9mm", 0, 5.5, 11), ("30mm", 0, 12, 30), ("15mm", 20, 20, 25.5)],
)
def test_the_head_stands_in_the_margin_of_the_first_sheet(
    margin: str, given: float, height: float, first: float
) -> None:
    found = tokens(HouseStyle("s", crest_height=given), margin_top=margin)
    top, found_height, found_first = mm(found, "house-top", "house-height", "first-top")
    assert (found_height, found_first) == (height, first)
    assert top + found_height == pytest.approx(-1.5)  # over the text
    assert found_first + top >= 4  # below the edge of the sheet


def test_a_page_without_a_sheet_has_only_colours_and_families() -> None:
    house = HouseStyle("s", colours=(("ink", "#111111"),))
    assert house_tokens(house, {}, DesignTokens().px, "") == {"ink": "#111111"}
