"""Outputs wanted -> files: everything is read and rendered, and what is out of date is made."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..background import run_in_background
from ..check.templates.pages import lint_page
from ..check.templates.run import lint
from ..composing.project import Request, UsageError
from ..library import Library
from ..page.page import Page
from ..page.render import render
from ..problems import Mark, Problem, ProblemError
from .files import lock_folder, remove_leftovers
from .formats import SCREEN_FORMATS
from .ledger import LEDGER_NAME as LEDGER
from .plan import BuildTarget, Plan, make_plan
from .update import DEFAULT_OPTIONS, NO_CALLBACKS, BuildCallbacks, BuildOptions, IncrementalBuild, Pages, Report
from .workers import WorkerPool


def build(
    packs: Iterable[str | Path] = (),
    *,
    project: str | Path = ".",
    out: str | Path = "build",
    audiences: Iterable[str] = (),
    documents: Iterable[str] = (),
    looks: Iterable[str] = (),
    formats: Iterable[str] = (),
    paper: str = "",
    themes: Iterable[str | Path] = (),
    jobs: int | None = None,
    force: bool = False,
    prune: bool = False,
    dry_run: bool = False,
    told: BuildCallbacks = NO_CALLBACKS,
    workers: WorkerPool | None = None,
) -> Report:
    """Make briefings: read, check, compose and render everything asked for, then make what is out of date.

    `packs` are ids or folders; every argument left out asks for all there is. `themes` are folders that override
    templates. `workers` are processes that outlive this call, for whoever builds again and again. Raises ProblemError
    (data or templates; nothing was written), UnfinishedError (a sheet could not be typeset; the others were written),
    UsageError (no such pack, audience, …).
    """
    folders = [Path(folder) for folder in (project, *_several(themes))]
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"there is no folder {folder}")
    library = Library(folders[0], tuple(folder.resolve() for folder in folders[1:]))
    several = [tuple(map(str, _several(asked))) for asked in (packs, audiences, documents, looks, formats)]
    wanted = Request(several[0], several[1], several[2], several[3], several[4], paper)
    how = BuildOptions(jobs or 0, force, prune, dry_run)
    return execute_plan(make_plan(library, wanted, Path(out)), library, how, told, workers)


def _several(asked: Iterable[str | Path]) -> Iterable[str | Path]:
    """A single name where several may stand is one, not its letters."""
    return (asked,) if isinstance(asked, str | Path) else asked


def execute_plan(
    plan: Plan,
    library: Library,
    options: BuildOptions = DEFAULT_OPTIONS,
    callbacks: BuildCallbacks = NO_CALLBACKS,
    workers: WorkerPool | None = None,
) -> Report:
    """Render a plan's pages, then typeset and write what is out of date; nothing is written before all are rendered."""
    rendering = _rendering(plan, library, options)
    with _getting_ready(plan, options, workers) as ready:
        pages, problems = rendering()
        if problems:
            raise ProblemError(dict.fromkeys(problems))
        if options.dry_run:
            return IncrementalBuild(plan, library, pages, options, callbacks).dry_run()
        with lock_folder(plan.out, callbacks.say):
            for folder in (plan.out, *plan.briefings):
                remove_leftovers(folder)
            report = IncrementalBuild(plan, library, pages, options, callbacks).run(ready)
    return replace(report, warnings=(*report.warnings, *_sheet_limit_warnings(plan, report.sheets, library)))


@contextmanager
def _getting_ready(plan: Plan, how: BuildOptions, workers: WorkerPool | None) -> Iterator[WorkerPool | None]:
    """Processes that get ready to typeset while pages are rendered: all where nothing was made yet, else one, for one
    change reaches few sheets. None where one PDF is asked for: that is typeset here."""
    count = min(how.jobs or os.cpu_count() or 1, sum(step.format == "pdf" for step in plan.targets))
    if workers or count < 2 or how.dry_run:
        yield workers
        return
    with WorkerPool(count) as own:
        own.start(1 if (plan.out / LEDGER).exists() else count)
        yield own


def _rendering(plan: Plan, library: Library, how: BuildOptions) -> Callable[[], tuple[Pages, list[Problem]]]:
    """Begin to render each briefing's page, once for paper and once for the screen, as its formats ask: every second
    one in a copy of this process. Calling what comes back does the rest, and gives all. Threads come after."""
    steps = list({_key(step): step for step in plan.targets}.values())
    half = partial(_render_targets, steps[1::2], plan, library)
    other_half = half if how.jobs == 1 else run_in_background(half)

    def all_rendered() -> tuple[Pages, list[Problem]]:
        problems = lint(library) if any(step.format == "pdf" for step in plan.targets) else []
        found: list[tuple[Page | None, list[Problem]]] = [(None, [])] * len(steps)
        found[::2] = _render_targets(steps[::2], plan, library)
        found[1::2] = other_half()
        pages = {_key(step): page for step, (page, _) in zip(steps, found, strict=True) if page}
        return pages, [*problems, *(problem for _, wrong in found for problem in wrong)]

    return all_rendered


def _key(step: BuildTarget) -> tuple[str, Path, bool]:
    return step.briefing.name, step.path.parent, step.format in SCREEN_FORMATS


def _render_targets(
    steps: Sequence[BuildTarget], plan: Plan, library: Library
) -> list[tuple[Page | None, list[Problem]]]:
    """Each page, where it could be rendered, and what is wrong with it."""
    found: list[tuple[Page | None, list[Problem]]] = []
    for step in steps:
        try:
            page = render(step.briefing, library, screen=step.format in SCREEN_FORMATS)
        except ProblemError as error:
            found.append((None, list(error.problems)))
        else:
            looks = step.format == "pdf"
            wrong = lint_page(page, step.briefing, library, plan.folders[step.briefing.pack.id]) if looks else []
            found.append((page, wrong))
    return found


def _sheets(count: int) -> str:
    return "1 sheet" if count == 1 else f"{count} sheets"


def _sheet_limit_warnings(plan: Plan, sheets: Mapping[Path, int], library: Library) -> Iterator[Problem]:
    for step in plan.targets:
        count = sheets.get(step.path, 0)
        limit = step.briefing.choice.sheets
        if not count or limit is None or limit.at_least <= count <= limit.at_most:
            continue
        path = library.audience_files()[step.briefing.audience.id]
        allowed = str(limit.at_most) if limit.at_least in (1, limit.at_most) else f"{limit.at_least} to {limit.at_most}"
        verb = "is" if allowed == "1" else "are"
        message = f"{step.path.name} has {_sheets(count)}; {allowed} {verb} allowed"
        hint = "choose a lesser depth, fewer sections or fewer parts, or change 'sheets'"
        lines = enumerate(path.read_text("utf-8").splitlines(), 1)
        line = next((n for n, text in lines if f"document: {step.briefing.choice.document}" in text), 1)
        yield Problem("sheets", message, Mark(library.show(path), line, 1), hint, "warning")
