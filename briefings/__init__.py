"""Structured YAML about a topic in, printable briefings for many readers out.

import briefings
report = briefings.build(["my-topic"], audiences=["pupils"], formats=["pdf"])
report.written, report.warnings
"""

import sys
from types import ModuleType

TYPE_CHECKING = False  # as typing has it; importing that would take a third of the time of a run with nothing to do
if TYPE_CHECKING:
    from typing import Any

    from .build import build as build
    from .composing.compose import compose as compose
    from .composing.project import UsageError
    from .library import Library
    from .loading.load import load as load
    from .pack.pack import Pack
    from .page.render import render as render
    from .pdf.typeset import typeset as typeset
    from .problems import Problem, ProblemError
    from .update import Report, Told

_HOME = {
    "Library": "library",
    "Pack": "pack.pack",
    "Problem": "problems",
    "ProblemError": "problems",
    "Report": "update",
    "Told": "update",
    "UsageError": "composing.project",
    "build": "build",
    "compose": "composing.compose",
    "load": "loading.load",
    "render": "page.render",
    "typeset": "pdf.typeset",
}

__all__ = [
    "Library",
    "Pack",
    "Problem",
    "ProblemError",
    "Report",
    "Told",
    "UsageError",
    "build",
    "compose",
    "load",
    "render",
    "typeset",
]


def _public(name: str) -> property:
    def get(_: ModuleType) -> "Any":
        from importlib import import_module

        return getattr(import_module(f".{_HOME[name]}", __name__), name)

    return property(get, lambda *_: None)


class _Package(ModuleType):
    """Imports a public name when it is first used. Properties, because importing the module `build`
    would otherwise put it in the place of the function `build`."""


for _name in _HOME:
    setattr(_Package, _name, _public(_name))
sys.modules[__name__].__class__ = _Package
