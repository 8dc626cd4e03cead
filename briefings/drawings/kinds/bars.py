"""Bars: a bar for each estimate, from zero."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ...schema.drawings import FigureDrawing, FigureIds
from ..kind import Kind

if TYPE_CHECKING:
    from ...briefing.parts import DrawingView
    from ...language.wording import Wording
    from ..fonts import TextMeasure
    from ..scene import DrawingSize, Scene


class BarChart(FigureDrawing):
    """A bar for each estimate of the figures, for counts that were made in one way."""

    ONE_SCALE = True

    kind: Literal["bars"]
    figures: Annotated[FigureIds, Field(min_length=1)]


def _layout(picture: "DrawingView", wording: "Wording", measure: "TextMeasure", size: "DrawingSize") -> "Scene":
    from ..charts.bar_chart import layout_bar_chart

    return layout_bar_chart(picture, wording, measure, size)


KIND = Kind(BarChart, _layout)
