"""A request -> files: read, check and render everything, then make what is out of date."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from ..briefing.parts import Briefing
from ..checking.templates.pages import lint_page
from ..checking.templates.run import lint, theme_warnings
from ..composing.open_project import open_project
from ..composing.project import Request
from ..library import Library
from ..page.page import Page
from ..page.prepare import prepare
from ..page.render import render
from ..pdf.temporary import remove_left_behind
from ..problems import Problem, ProblemError
from ..processes.background import LimitedWork
from ..processes.limits import LimitError, limit_problem, render_seconds
from .files import lock_folder, remove_leftovers, require_own_folder
from .ledger import LEDGER_NAME
from .plan import (
    DEFAULT_OPTIONS,
    NO_CALLBACKS,
    BuildCallbacks,
    BuildOptions,
    BuildTarget,
    Plan,
    Report,
    TimeLeft,
    UnfinishedError,
    document_mark,
    make_plan,
)
from .remote.executor import ExecutorWorkers, Workers
from .update import IncrementalBuild, Pages
from .workers import WorkerPool

if TYPE_CHECKING:
    from concurrent.futures import Executor

FEWEST_TYPESET = 1  # PDFs for which workers are started; tests that replace the typesetter have it in their process
_Rendered = tuple[Page | None, list[Problem]]  # of a target: its page (None if it failed) and its problems


def build(
    packs: Iterable[str | Path] = (),
    *,
    project: str | Path | None = None,
    out: str | Path | None = None,
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
    workers: Workers | None = None,
    sample: bool = False,
    executor: "Executor | None" = None,
) -> Report:
    """Build briefings: read, check, compose and render everything requested, then make what is out of date.

    `project` is the project's folder; without it, the nearest one from the working directory upwards. `sample` is the
    shipped project instead. `packs` are ids or folders. An argument that is left out is taken from the project's
    briefings.toml, or does not restrict the build. `themes` are folders that override templates. Pass `workers` to
    reuse worker processes between builds, or an `executor` that typesets in place of worker processes. Raises
    ProblemError (an error in data or templates; nothing was written), UnfinishedError (a document could not be typeset;
    the others were written) and UsageError (no project, no such pack, audience, …).
    """
    names = [tuple(map(str, as_iterable(values))) for values in (packs, audiences, documents, looks, formats)]
    request = Request(names[0], names[1], names[2], names[3], names[4], paper)
    opened = open_project(
        project,
        sample=sample,
        packs=request.packs,
        audiences=request.audiences,
        documents=request.documents,
        themes=[*as_iterable(themes)],
        out=out,
    )
    options = BuildOptions(jobs or 0, force, prune, dry_run)
    plan = plan_build(opened.library, request, opened.out)
    return execute_plan(plan, opened.library, options, told, ExecutorWorkers(executor) if executor else workers)


def plan_build(library: Library, request: Request, out: Path) -> Plan:
    """The plan of a build. If data has errors, a ProblemError with those of the templates too: every error at once."""
    try:
        return make_plan(library, request, out)
    except ProblemError as error:
        printed = "pdf" in (request.formats or ("pdf",))
        raise ProblemError(dict.fromkeys((*(lint(library) if printed else ()), *error.problems))) from None


def as_iterable(values: str | Path | Iterable[str | Path]) -> Iterable[str | Path]:
    """Accept a single name where a sequence is expected: a string would otherwise be split into letters."""
    return (values,) if isinstance(values, str | Path) else values


def execute_plan(
    plan: Plan,
    library: Library,
    options: BuildOptions = DEFAULT_OPTIONS,
    callbacks: BuildCallbacks = NO_CALLBACKS,
    workers: Workers | None = None,
) -> Report:
    """Render every page of a plan, then write what is out of date. Writes nothing before all pages are rendered."""
    # Rendering starts first: it forks this process, and a fork is safe only while there are no threads.
    with _Rendering(plan, library, options) as rendering, _warm_workers(plan, options, workers) as pool:
        pages, problems, ended = rendering.finish(callbacks)
        if problems:
            raise ProblemError(dict.fromkeys((*problems, *ended)))
        for folder in plan.briefings:
            require_own_folder(folder, plan.out)
        if not pages:
            raise UnfinishedError(ended, ())
        made = replace(plan, targets=tuple(target for target in plan.targets if target.page_key in pages))
        if options.dry_run:
            report = IncrementalBuild(made, library, pages, options, callbacks).dry_run()
            return _unless_ended(report, ended)
        remove_left_behind()
        with lock_folder(plan.out, callbacks.say):
            for folder in (plan.out, *plan.briefings):
                remove_leftovers(folder)
            # The ledger is read here, under the lock: another build may have written it while this one waited.
            # Own workers end before the pictures of an index are drawn: each holds the memory of its largest page.
            typeset = pool.dismiss if isinstance(pool, WorkerPool) and pool is not workers else lambda: None
            report = IncrementalBuild(made, library, pages, options, callbacks).run(pool, ended, typeset)
    sheet_limits = _sheet_limit_warnings(plan, report.sheets, library)
    return replace(report, warnings=(*report.warnings, *theme_warnings(library), *sheet_limits))


def _unless_ended(report: Report, ended: Sequence[Problem]) -> Report:
    if ended:
        raise UnfinishedError(ended, ())
    return report


@contextmanager
def _warm_workers(plan: Plan, options: BuildOptions, workers: Workers | None) -> Iterator[Workers | None]:
    """Worker processes that load the typesetter while pages are rendered; None if nothing is typeset.

    A single PDF has one too: this process could not end a document that never ends.
    """
    count = min(options.jobs or os.cpu_count() or 1, sum(target.typeset for target in plan.targets))
    if workers or count < FEWEST_TYPESET or options.dry_run:
        yield workers
        return
    with WorkerPool(count) as pool:
        # A rebuild usually typesets few documents, so one worker is enough to begin with; `run` starts the others.
        pool.start(1 if os.path.lexists(plan.out / LEDGER_NAME) else count)
        yield pool


class _Rendering:
    """Renders the pages of a plan. Use it in a `with` statement.

    Each briefing is rendered once for print and once for the screen, as its formats need: in two forks of this process,
    every second page in each, with limits for each page.
    """

    def __init__(self, plan: Plan, library: Library, options: BuildOptions) -> None:
        self._library = library
        self._lints = any(target.typeset for target in plan.targets)
        self._targets = list({target.page_key: target for target in plan.targets}.values())
        if len(self._targets) > 1:  # for one page it would take as long as it saves
            for screen in {target.for_screen for target in self._targets}:
                made = [target.briefing for target in self._targets if target.for_screen == screen]
                prepare(made, library, screen=screen)
        render_target = partial(_render_target, plan, library)
        halves = [self._targets] if options.jobs == 1 else [self._targets[::2], self._targets[1::2]]
        self._work = [LimitedWork(render_target, half, render_seconds()) for half in halves]

    def __enter__(self) -> "_Rendering":
        return self

    def __exit__(self, *_: object) -> None:
        for work in self._work:
            work.close()

    def finish(self, callbacks: BuildCallbacks) -> tuple[Pages, list[Problem], list[Problem]]:
        """All pages, all problems, and those of pages that were ended because they took too much."""
        problems = lint(self._library) if self._lints else []
        ended: list[Problem] = []
        pages: Pages = {}
        # Interleave the halves again, so that problems appear in the order of the plan.
        results = (result for pair in zip_longest(*(work.results() for work in self._work)) for result in pair)
        total = len(self._targets)
        left = TimeLeft(total)
        for done, (target, result) in enumerate(zip(self._targets, results, strict=False), 1):
            callbacks.planning(done, total, left.after(done))
            if isinstance(result, LimitError):
                ended.append(limit_problem(target.path.name, result))
                continue
            assert result
            page, page_problems = result
            problems += page_problems
            if page:
                pages[target.page_key] = page
        return pages, problems, ended


def _render_target(plan: Plan, library: Library, target: BuildTarget) -> _Rendered:
    briefing = target.briefing
    try:
        page = render(briefing, library, screen=target.for_screen)
    except ProblemError as error:
        return None, list(error.problems)
    # A page for the screen has other tags. Formats that share a page for print share its check.
    printed = not target.for_screen
    return page, lint_page(page, briefing, library, plan.folders[briefing.pack.id]) if printed else []


def _sheet_limit_warnings(plan: Plan, sheets: Mapping[Path, int], library: Library) -> Iterator[Problem]:
    """A warning for each PDF whose number of sheets is outside the limits of its audience file."""
    for target in plan.targets:
        count = sheets.get(target.path, 0)
        limit = target.briefing.choice.sheets
        if not count or limit is None or limit.at_least <= count <= limit.at_most:
            continue
        if count < limit.at_least and _lacks_sections(target.briefing):
            continue  # a small pack has not the content of a full paper
        path = library.audience_files()[target.briefing.audience.id]
        allowed = str(limit.at_most) if limit.at_least in (1, limit.at_most) else f"{limit.at_least} to {limit.at_most}"
        few, verb = count < limit.at_least, "is" if allowed == "1" else "are"
        more, less = "a greater depth, more sections or more parts", "a lesser depth, fewer sections or fewer parts"
        name = target.briefing.audience.id
        own = path.parent == library.project / "data/audiences"
        where = "" if own else f" in a data/audiences/{name}.yaml of your own, with 'extends: {name}'"
        message = f"{target.path.name} has {_count_sheets(count)}; {allowed} {verb} {'asked for' if few else 'allowed'}"
        hint = f"choose {more if few else less}, or change 'sheets'{where}"
        yield Problem("sheets", message, document_mark(target.briefing, library), hint, "warning")


def _lacks_sections(briefing: Briefing) -> bool:
    """Whether the pack lacks a section that the document asks for."""
    asked = briefing.choice.sections if briefing.choice.sections is not None else briefing.audience.sections or ()
    return not {choice.section for choice in asked} <= {section.id for section in briefing.pack.sections}


def _count_sheets(count: int) -> str:
    return "1 sheet" if count == 1 else f"{count} sheets"
