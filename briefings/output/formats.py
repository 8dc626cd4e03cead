"""The name of a format -> the function that writes it. Each format is a module of writers/."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, get_args

from ..library import Library
from ..page.page import Page
from ..schema.formats import QUIZ_FORMATS, Format
from .output_file import Output

if TYPE_CHECKING:  # a worker loads no models
    from ..briefing.parts import Briefing

_WRITERS = {name: import_module(f".writers.{name}", __package__) for name in get_args(Format)}

FORMATS: dict[str, Callable[[Page, Library], Output]] = {name: module.write for name, module in _WRITERS.items()}
SCREEN_FORMATS = frozenset(name for name, module in _WRITERS.items() if module.ON_SCREEN)
TYPESET_FORMATS = frozenset(name for name, module in _WRITERS.items() if module.TYPESET)


def formats_of(briefing: "Briefing") -> tuple[str, ...]:
    """The formats in which a document is made: those that its audience lists, quizzes only if it has one."""
    listed = (name for name in FORMATS if name in briefing.choice.formats)
    return tuple(name for name in listed if briefing.has_quiz or name not in QUIZ_FORMATS)


def file_name(paper: str, form: str) -> str:
    """The name of the file of a paper in a format: `pupils-worksheet` as fillable is pupils-worksheet-fillable.pdf."""
    return f"{paper}{_WRITERS[form].ENDING}"
