"""Lines: figures over time, joined."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ...schema.drawings import FigureDrawing, FigureIds
from ..kind import Kind

if TYPE_CHECKING:
    from ...briefing.parts import DrawingView
    from ...language.wording import Wording
    from ..fonts import TextMeasure
    from ..scene import DrawingSize, Scene


class LineChart(FigureDrawing):
    """Figures over time, joined by lines: for what was counted repeatedly in one way."""

    ONE_SCALE = TIMED = True

    kind: Literal["lines"]
    figures: Annotated[FigureIds, Field(min_length=1)]


def _layout(picture: "DrawingView", wording: "Wording", measure: "TextMeasure", size: "DrawingSize") -> "Scene":
    from ..charts.line_chart import layout_line_chart

    return layout_line_chart(picture, wording, measure, size)


KIND = Kind(LineChart, _layout)
