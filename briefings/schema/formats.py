"""The formats of output files. Apart from the models, so that a worker process need not load pydantic."""

from typing import Literal

# Each is a module of output/writers/.
Format = Literal["html", "pdf", "fillable", "moodle", "gift", "qti"]
# Formats that hold a quiz with its right answers: only a paper that prints answers has them.
QUIZ_FORMATS: tuple[Format, ...] = ("moodle", "gift", "qti")
