"""When argued: who took which position when, over what was measured at the time."""

from collections.abc import Iterator
from typing import Literal

from pydantic import model_validator

from ...pack.pack import Pack
from ...pack.yaml_file import YamlFile
from ...problems import Problem, YamlPath
from ...schema.drawings import EstimateDrawing, QuestionDrawing
from ...schema.fields import LevelText, Text
from ...schema.topic import Question
from ..kind import Deferred, Kind
from .argument_map import check_positions


class WhenArgued(QuestionDrawing, EstimateDrawing):
    """The positions of a question at their dates, over bars of what was reported at the time."""

    ONE_SCALE = TIMED = True

    ARGUED = False

    kind: Literal["when-argued"]
    chart: Text | None = None  #: what the bars show

    @model_validator(mode="after")
    def _bars_have_a_title(self) -> "WhenArgued":
        if (self.figures or self.estimates) and not self.chart:
            raise ValueError("say in 'chart' what the bars show")
        return self

    @property
    def texts(self) -> tuple[tuple[str, LevelText], ...]:
        """The title of the bars."""
        return (*super().texts, *((("chart", self.chart),) if self.chart else ()))


def _checks(pack: Pack, drawing: WhenArgued, yaml_file: YamlFile, path: YamlPath) -> Iterator[Problem]:
    yield from check_positions(pack, drawing, yaml_file, path)
    question = pack.index[drawing.question]
    assert isinstance(question, Question)
    for position in question.positions:
        if position.as_of is None and (not drawing.positions or position.id in drawing.positions):
            place = drawing.positions.index(position.id) if drawing.positions else None
            where = (*path, "question") if place is None else (*path, "positions", place)
            message = f"'{position.id}' has no date, and this drawing has a time axis"
            hint = "give it 'as_of' in debate.yaml, or list only dated ones in 'positions'"
            yield yaml_file.problem("undated-position", message, yaml_file.mark(where), hint)


KIND = Kind(WhenArgued, Deferred("calendars.when_argued_chart", "layout_when_argued"), _checks)
