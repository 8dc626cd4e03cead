"""Packs -> the verdict of `check`: all findings of the rules, and every problem for which a build would fail.

It stands here and not in `check`, because it carries a build out, up to the point where that would write. Another
search for the same faults, which `check` had, finds others than the build does.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ..checking.run import CheckReport, check_packs
from ..composing.project import Request, UsageError
from ..library import Library
from ..problems import Problem, ProblemError


def verdict(
    library: Library,
    request: Request,
    source_texts: Mapping[str, str] | None = None,
    *,
    pages: bool = True,
    typeset: bool = False,
) -> CheckReport:
    """Check what is requested: the data; with `pages`, every page; with `typeset`, every sheet too.

    `source_texts` are the user's own copies of sources, by source id. Nothing is written into the project. Raises
    UsageError for an unknown pack or audience.
    """
    report = check_packs(library, request.packs, source_texts, audiences=request.audiences)
    if not (pages or typeset):
        return report
    with TemporaryDirectory() as folder:
        # A folder of its own: whether the outputs are up to date, or edited by hand, is no matter of the data.
        found = _try_build(library, request, Path(folder) / "build", dry_run=not typeset)
    return replace(report, problems=tuple(dict.fromkeys((*report.problems, *found))))


def _try_build(library: Library, request: Request, out: Path, *, dry_run: bool) -> tuple[Problem, ...]:
    # Imported here, since they import what renders and typesets, which takes longer than running all rules.
    from .build import execute_plan
    from .plan import BuildOptions, make_plan

    options = BuildOptions(dry_run=dry_run)
    try:
        return execute_plan(make_plan(library, request, out), library, options).warnings
    except ProblemError as error:
        return error.problems
    except UsageError:  # no document is left to make; `empty-document` says of each why
        return ()
