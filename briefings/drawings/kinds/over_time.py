"""Over time: reports of one thing at different times."""

from typing import Literal

from ...schema.drawings import EstimateDrawing
from ...schema.fields import StrictBool
from ..kind import Deferred, Kind


class OverTimeChart(EstimateDrawing):
    """Reports at different times: all of the figures, and single estimates. Marks are joined only if `joined`."""

    ONE_SCALE = TIMED = True

    kind: Literal["over-time"]
    joined: StrictBool = False  #: whether the marks are connected


KIND = Kind(OverTimeChart, Deferred("calendars.over_time_chart", "layout_over_time_chart"))
