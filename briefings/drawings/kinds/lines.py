"""Lines: figures over time, joined."""

from typing import Annotated, Literal

from pydantic import Field

from ...schema.drawings import FigureDrawing, FigureIds
from ..kind import Deferred, Kind


class LineChart(FigureDrawing):
    """Figures over time, joined by lines: for what was counted repeatedly in one way."""

    ONE_SCALE = TIMED = True

    kind: Literal["lines"]
    figures: Annotated[FigureIds, Field(min_length=1)]


KIND = Kind(LineChart, Deferred("charts.line_chart", "layout_line_chart"))
