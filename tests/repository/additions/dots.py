"""Dots: each estimate is a dot on one scale, its words above it."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ...schema.drawings import FigureDrawing, FigureIds
from ..kind import Kind

if TYPE_CHECKING:
    from ...briefing.parts import DrawingView
    from ...language.wording import Wording
    from ..fonts import TextMeasure
    from ..scene import DrawingSize, Scene


class DotChart(FigureDrawing):
    """Each estimate of the figures as a dot on one scale."""

    ONE_SCALE = True

    kind: Literal["dots"]
    figures: Annotated[FigureIds, Field(min_length=1)]


def _layout(picture: "DrawingView", wording: "Wording", measure: "TextMeasure", size: "DrawingSize") -> "Scene":
    from ..charts.chart_text import BASE_TEXT_SIZE, ChartText
    from ..charts.estimate_text import EstimateText, plotted_values, with_full_stop
    from ..charts.marks import ChartScene, Line, estimate_mark, scaled
    from ..charts.scales import Scale, ticks

    by = size.text_size / BASE_TEXT_SIZE
    letters, width = ChartText(measure), size.width / by
    text = EstimateText(picture, wording, letters)
    rows = [row for item in picture.pieces for row in item.rows if plotted_values(row)]
    values = [value for row in rows for value in plotted_values(row)] or [0.0, 1.0]
    steps = ticks(min(values), max(values), 3)
    scale = Scale(steps[0], steps[-1], 24, width - 24)
    labels, marks, y = [], [], 0.0
    for row in rows:
        block = letters.text_block([(f"{text.value(row)} · {text.attribution(row)}", "who")], width, "")
        labels.append(block.label_at(row.ref, 0, y))
        y += block.height + 10
        marks.append(estimate_mark(row, scale.at(plotted_values(row)[0]), y, 0))
        y += 14
    lines = [Line(scale.at(step), 0, scale.at(step), y, "grid") for step in steps]
    labels += [letters.line_label(wording.tick(step), scale.at(step), y + 14, "tick", "middle") for step in steps]
    alt = " ".join((text.words["alt_estimates"].format(title=with_full_stop(picture.title)), *text.sentences(rows)))
    chart = ChartScene(
        width, y + 20, alt, text.table(rows, timed=False), tuple(labels), lines=tuple(lines), marks=tuple(marks)
    )
    return scaled(chart, by)


KIND = Kind(DotChart, _layout)
