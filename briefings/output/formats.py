"""The name of a format -> the function that writes it. Each format is a module of writers/."""

from collections.abc import Callable
from importlib import import_module
from typing import get_args

from ..library import Library
from ..page.page import Page
from ..schema.formats import Format
from .output_file import Output

_WRITERS = {name: import_module(f".writers.{name}", __package__) for name in get_args(Format)}

FORMATS: dict[str, Callable[[Page, Library], Output]] = {name: module.write for name, module in _WRITERS.items()}
SCREEN_FORMATS = frozenset(name for name, module in _WRITERS.items() if module.ON_SCREEN)
