"""Estimates: the reports of each figure side by side, each figure on a scale of its own."""

from typing import Annotated, Literal

from pydantic import Field

from ...schema.drawings import FigureDrawing, FigureIds
from ..kind import Deferred, Kind


class EstimatesChart(FigureDrawing):
    """Every estimate of the figures side by side, marked as exact, about, more than, nearly or a range."""

    kind: Literal["estimates"]
    figures: Annotated[FigureIds, Field(min_length=1)]


KIND = Kind(EstimatesChart, Deferred("charts.estimates_chart", "layout_estimates_chart"))
