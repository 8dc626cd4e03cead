"""Bars: a bar for each estimate, from zero."""

from typing import Annotated, Literal

from pydantic import Field

from ...schema.drawings import FigureDrawing, FigureIds
from ..kind import Deferred, Kind


class BarChart(FigureDrawing):
    """A bar for each estimate of the figures, for counts that were made in one way."""

    ONE_SCALE = True

    kind: Literal["bars"]
    figures: Annotated[FigureIds, Field(min_length=1)]


KIND = Kind(BarChart, Deferred("charts.bar_chart", "layout_bar_chart"))
