"""Structured YAML about a topic in, printable briefings for many readers out.

    import briefings

    report = briefings.build(["my-topic"], audiences=["pupils"], formats=["pdf"])
    report.written, report.warnings

docs/api.md has an example of each function.
"""

TYPE_CHECKING = False  # as typing has it; importing typing would take a third of the time of a run with nothing to do
if TYPE_CHECKING:
    from typing import Any

    from .api import balance as balance
    from .api import check as check
    from .api import why as why
    from .checking.run import CheckReport as CheckReport
    from .composing.compose import compose as compose
    from .composing.project import UsageError as UsageError
    from .copies.make import CopiesReport as CopiesReport
    from .copies.make import build_copies as build_copies
    from .library import Library as Library
    from .loading.load import load as load
    from .loading.load import load_audience as load_audience
    from .output.build import build as build
    from .output.handout.run import HandoutReport as HandoutReport
    from .output.handout.run import hand_out as hand_out
    from .output.plan import BuildCallbacks as Told
    from .output.plan import Report as Report
    from .output.plan import UnfinishedError as UnfinishedError
    from .pack.pack import Pack as Pack
    from .page.render import render as render
    from .pdf.typeset import typeset as typeset
    from .problems import Mark as Mark
    from .problems import Problem as Problem
    from .problems import ProblemError as ProblemError
    from .query.balance import Balance as Balance
    from .query.why import SearchResult as SearchResult

    __version__: str

# Where each public name is: importing them all takes a second, and no command needs all.
_MODULES = {
    "Balance": "query.balance",
    "CheckReport": "checking.run",
    "CopiesReport": "copies.make",
    "HandoutReport": "output.handout.run",
    "Library": "library",
    "Mark": "problems",
    "Pack": "pack.pack",
    "Problem": "problems",
    "ProblemError": "problems",
    "Report": "output.plan",
    "SearchResult": "query.why",
    "Told": "output.plan",
    "UnfinishedError": "output.plan",
    "UsageError": "composing.project",
    "balance": "api",
    "build": "output.build",
    "build_copies": "copies.make",
    "check": "api",
    "compose": "composing.compose",
    "hand_out": "output.handout.run",
    "load": "loading.load",
    "load_audience": "loading.load",
    "render": "page.render",
    "typeset": "pdf.typeset",
    "why": "api",
}

__all__ = [
    "Balance",
    "CheckReport",
    "CopiesReport",
    "HandoutReport",
    "Library",
    "Mark",
    "Pack",
    "Problem",
    "ProblemError",
    "Report",
    "SearchResult",
    "Told",
    "UnfinishedError",
    "UsageError",
    "balance",
    "build",
    "build_copies",
    "check",
    "compose",
    "hand_out",
    "load",
    "load_audience",
    "render",
    "typeset",
    "why",
]


def __getattr__(name: str) -> "Any":
    """Import a public name when it is first used, so that a command loads only the modules it needs."""
    if name == "__version__":
        from importlib.metadata import version

        return version(__name__)
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_MODULES[name]}", __name__), name)


def __dir__() -> list[str]:
    """The public names, which are imported only when they are used."""
    return sorted([*__all__, "__doc__", "__file__", "__name__", "__path__", "__version__"])
