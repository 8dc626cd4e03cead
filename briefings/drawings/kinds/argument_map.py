"""Argument map: a question, its positions, the reasons for each and the replies."""

from collections.abc import Iterator
from typing import Literal

from ...pack.pack import Pack
from ...pack.yaml_file import YamlFile
from ...problems import Problem, YamlPath, did_you_mean
from ...schema.drawings import QuestionDrawing
from ...schema.topic import Question
from ..kind import Deferred, Kind


class ArgumentMap(QuestionDrawing):
    """A question with its positions, the reasons for each and the replies."""

    kind: Literal["argument-map"]


def check_positions(pack: Pack, drawing: QuestionDrawing, yaml_file: YamlFile, path: YamlPath) -> Iterator[Problem]:
    """Check that the positions named belong to the question."""
    question = pack.index[drawing.question]
    assert isinstance(question, Question)
    known = [position.id for position in question.positions]
    for place, key in enumerate(drawing.positions):
        if key not in known:
            mark = yaml_file.mark((*path, "positions", place))
            message = f"'{key}' is not a position of '{drawing.question}'"
            yield yaml_file.problem(
                "unknown-reference", message, mark, did_you_mean(key, known) or "choose from debate.yaml"
            )


KIND = Kind(ArgumentMap, Deferred("argument_map", "layout_argument_map"), check_positions)
