"""Estimates: the reports of each figure side by side, each figure on a scale of its own."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ...schema.drawings import FigureDrawing, FigureIds
from ..kind import Kind

if TYPE_CHECKING:
    from ...briefing.parts import DrawingView
    from ...language.wording import Wording
    from ..fonts import TextMeasure
    from ..scene import DrawingSize, Scene


class EstimatesChart(FigureDrawing):
    """Every estimate of the figures side by side, marked as exact, about, more than, nearly or a range."""

    kind: Literal["estimates"]
    figures: Annotated[FigureIds, Field(min_length=1)]


def _layout(picture: "DrawingView", wording: "Wording", measure: "TextMeasure", size: "DrawingSize") -> "Scene":
    from ..charts.estimates_chart import layout_estimates_chart

    return layout_estimates_chart(picture, wording, measure, size)


KIND = Kind(EstimatesChart, _layout)
