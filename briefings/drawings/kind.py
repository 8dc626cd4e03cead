"""The name of a kind of drawing -> its fields, checks and layout."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_args

from ..pack.pack import Pack
from ..pack.yaml_file import YamlFile
from ..problems import Problem, YamlPath
from ..schema.drawings import Drawing, DrawingKind

if TYPE_CHECKING:  # `check` reads kinds, and should not wait for fonts and wording
    from ..briefing.parts import DrawingView
    from ..language.wording import Wording
    from .fonts import TextMeasure
    from .scene import DrawingSize, Scene

Layout = Callable[["DrawingView", "Wording", "TextMeasure", "DrawingSize"], "Scene"]
# (pack, drawing, drawings.yaml, the drawing's path in it) -> what keeps the drawing from being drawn
Checks = Callable[[Pack, Any, YamlFile, YamlPath], Iterable[Problem]]


@dataclass(frozen=True)
class Deferred:
    """The layout function of a module of drawings/, imported when the first drawing is laid out, or by `load`."""

    module: str
    function: str

    def load(self) -> Layout:
        """Import the module."""
        found: Layout = getattr(import_module(f".{self.module}", __package__), self.function)
        return found

    def __call__(
        self, picture: "DrawingView", wording: "Wording", measure: "TextMeasure", size: "DrawingSize"
    ) -> "Scene":
        """Lay out a drawing."""
        return self.load()(picture, wording, measure, size)


def _no_problems(*_: object) -> Iterable[Problem]:
    return ()


@dataclass(frozen=True)
class Kind:
    """A kind of drawing. `layout` raises NoRoomError where a label has no room.

    The Scene is drawn by templates/drawings/<kind>.svg, or by chart.svg if there is no such file.
    """

    fields: type[Drawing]
    layout: Deferred
    checks: Checks = _no_problems


KIND_NAMES: tuple[str, ...] = get_args(DrawingKind)


def find_kind(name: str) -> Kind:
    """The kind called `name` in YAML: KIND of its module in kinds/."""
    kind: Kind = import_module(f".kinds.{name.replace('-', '_')}", __package__).KIND
    return kind
