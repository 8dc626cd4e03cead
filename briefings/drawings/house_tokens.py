"""The house style and the tokens of a look on a paper -> the tokens that it replaces or adds. Pure."""

from collections.abc import Callable, Mapping

from ..house_style import HouseStyle
from .colours import readable

_MM = 96 / 25.4  # px
_EDGE = 8.0  # mm: no printer reaches further, and a thumb holds the sheet there
# mm over and under the school's head, which stands in the margin of the first sheet: printers reach no further up
_ABOVE, _BELOW = 4.0, 1.5
_LOWEST, _HIGHEST = 5.5, 12.0  # mm: a crest of which nobody gave the height
_LARGE_PRINT, _NEEDED = "large-print", 7  # this look has WCAG's higher contrast
_TEXTS = ("ink", "ink-soft", "reported", "speaker")


def house_tokens(house: HouseStyle, values: Mapping[str, str], px: Callable[[str], float], look: str) -> dict[str, str]:
    """`values` are the tokens without the house style, and `px` gives the length of one."""
    found = dict(house.colours) | dict(house.families)
    if look == _LARGE_PRINT:
        grounds = tuple(found.get(name, values.get(name, "")) for name in ("paper", "tint", "speaker-tint"))
        grounds = tuple(ground for ground in grounds if ground.startswith("#"))
        found |= {name: readable(found[name], grounds, _NEEDED) for name in _TEXTS if name in found}
    if not {"width", "height", "margin-top", "margin-side"} <= set(values):  # a screen has no sheet
        return found
    upright = px("height") > px("width")
    if house.binding_margin and upright:
        found |= _bound(px("margin-side") / _MM, house.binding_margin)
    return found | _head(house, px("margin-top") / _MM, upright=upright)


def _bound(side: float, binding: float) -> dict[str, str]:
    """The text moves over, as wide as before if the other margin allows."""
    inner, outer = side + binding, min(side, max(_EDGE, side - binding))
    lengths = {"margin-inner": inner, "margin-outer": outer, "margin-side": (inner + outer) / 2}
    return {name: f"{length:.2f}mm" for name, length in lengths.items()}


def _head(house: HouseStyle, margin: float, *, upright: bool) -> dict[str, str]:
    """Where the school's head stands on the first sheet, how high it is, and the margin of this sheet.

    A sheet on its side, such as a poster, has hardly any margin: there it stands beside the line over the title.
    """
    room = margin - _ABOVE - _BELOW if upright else margin
    height = house.crest_height or min(_HIGHEST, max(_LOWEST, room))
    first = max(margin, _ABOVE + height + _BELOW) if upright else margin
    top = first - _BELOW - height if upright else _ABOVE
    lengths = {"house-height": height, "house-top": top - first, "first-top": first}
    return {name: f"{length:.2f}mm" for name, length in lengths.items()}
