"""Over time: reports of one thing at different times."""

from typing import TYPE_CHECKING, Literal

from ...schema.drawings import FigureDrawing
from ...schema.fields import EstimateRefs, StrictBool
from ..kind import Kind

if TYPE_CHECKING:
    from ...briefing.parts import DrawingView
    from ...language.wording import Wording
    from ..fonts import TextMeasure
    from ..scene import DrawingSize, Scene


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


def _layout(picture: "DrawingView", wording: "Wording", measure: "TextMeasure", size: "DrawingSize") -> "Scene":
    from ..charts.over_time_chart import layout_over_time_chart

    return layout_over_time_chart(picture, wording, measure, size)


KIND = Kind(OverTimeChart, _layout)
