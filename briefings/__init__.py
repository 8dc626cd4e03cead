"""Structured YAML about a topic in, printable briefings for many readers out.

import briefings
report = briefings.build(["my-topic"], audiences=["pupils"], formats=["pdf"])
report.written, report.warnings
"""

TYPE_CHECKING = False  # as typing has it; importing typing would take a third of the time of a run with nothing to do
if TYPE_CHECKING:
    from typing import Any

    from .composing.compose import compose as compose
    from .composing.project import UsageError
    from .library import Library
    from .loading.load import load as load
    from .output.build import build as build
    from .output.update import BuildCallbacks as Told
    from .output.update import Report
    from .pack.pack import Pack
    from .page.render import render as render
    from .pdf.typeset import typeset as typeset
    from .problems import Problem, ProblemError

_MODULES = {
    "Library": "library",
    "Pack": "pack.pack",
    "Problem": "problems",
    "ProblemError": "problems",
    "Report": "output.update",
    "Told": "output.update",
    "UsageError": "composing.project",
    "build": "output.build",
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


def __getattr__(name: str) -> "Any":
    """Import a public name when it is first used, so that a command loads only the modules it needs."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_MODULES[name]}", __name__), name)
