"""Over time: reports of one thing at different times."""

from typing import Literal

from ...schema.drawings import FigureDrawing
from ...schema.fields import EstimateRefs, StrictBool
from ..kind import Kind, deferred


class OverTimeChart(FigureDrawing):
    """Reports at different times: all of the figures, and single estimates. Marks are joined only if `joined`."""

    ONE_SCALE = TIMED = True

    kind: Literal["over-time"]
    estimates: EstimateRefs = ()
    joined: StrictBool = False

    @property
    def single_estimates(self) -> tuple[str, ...]:
        """The estimates named one by one."""
        return self.estimates


KIND = Kind(OverTimeChart, deferred("charts.over_time_chart", "layout_over_time_chart"))
