"""Rendered pages and an output folder -> what is out of date is made, each file whole, and noted in the ledger."""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ..composing.specimen import SPECIMEN
from ..library import Library
from ..page.page import Page
from ..pdf import versions
from ..problems import Problem, ProblemError
from .files import write_atomically
from .folder import OutputFolder
from .formats import FORMATS, SCREEN_FORMATS
from .index import indexes
from .ledger import EDITED_BY_HAND, LedgerEntry, digest
from .output_file import Output
from .plan import Plan
from .workers import Job, WorkerLostError, WorkerPool

Pages = dict[tuple[str, Path, bool], Page]  # by name, folder, and whether it is for a screen
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Report:
    """What a build did: the files written, and warnings."""

    written: tuple[Path, ...] = ()
    warnings: tuple[Problem, ...] = ()
    sheets: Mapping[Path, int] = field(default_factory=dict)
    reasons: Mapping[Path, str | None] = field(default_factory=dict)  # why each was made; None where it was not
    unwanted: tuple[Path, ...] = ()  # made once, and nobody wants them any more
    pruned: tuple[Path, ...] = ()


class UnfinishedError(ProblemError):
    """Some outputs could not be made; `written` were, and whatever stood there before is whole."""

    def __init__(self, problems: Iterable[Problem], written: Sequence[Path]) -> None:
        super().__init__(problems)
        self.written = tuple(written)


@dataclass(frozen=True)
class BuildOptions:
    """How to go about it: `force` makes all again, `prune` removes what nobody wants, `dry_run` writes nothing."""

    jobs: int = 0  # processes at most; 0: the processors there are
    force: bool = False
    prune: bool = False
    dry_run: bool = False


def _silent(*_: object) -> None: ...


@dataclass(frozen=True)
class BuildCallbacks:
    """Who is told what while it goes on."""

    progress: Callable[[Path, int, int, float | None], None] = _silent  # made, how many of how many, seconds left
    reason: Callable[[Path, str | None], None] = _silent  # of each output before any is made
    say: Callable[[str], None] = _silent  # that another build is waited for


DEFAULT_OPTIONS = BuildOptions()
NO_CALLBACKS = BuildCallbacks()


class IncrementalBuild:
    """One build into one folder: first all is decided, then what is quick is written, then what is slow."""

    def __init__(self, plan: Plan, library: Library, pages: Pages, how: BuildOptions, told: BuildCallbacks) -> None:
        self._plan, self._library, self._options, self._callbacks = plan, library, how, told
        work = [
            (step, pages[step.briefing.name, step.path.parent, step.format in SCREEN_FORMATS]) for step in plan.targets
        ]
        self._quick = [(step, page) for step, page in work if step.format != "pdf"]
        self._slow = [(step, page) for step, page in work if step.format == "pdf"]
        self._folder = OutputFolder(plan.out)
        self._now: dict[Path, LedgerEntry] = {}
        self._reasons: dict[Path, str | None] = {}
        self._digests: dict[str, str | None] = {}

    def dry_run(self) -> Report:
        """What would be made, and why. Nothing is written."""
        for _ in self._decide():
            pass
        return self._report((), ())

    def run(self, workers: WorkerPool | None) -> Report:
        """Make what is out of date. Raises ProblemError (nothing was written) and UnfinishedError."""
        warning = self._folder.quarantine_ledger()
        written = list(write_atomically(self._decide()))
        self._folder.record({path: now for path, now in self._now.items() if now.output})
        try:
            self._folder.save()
            problems = self._typeset(written, workers)
        except ProblemError as error:  # no room for what was made, say
            problems = list(error.problems)
        if problems:
            write_atomically(indexes(self._plan.briefings, self._library, ()))  # they promised what is not there
            raise UnfinishedError(dict.fromkeys(problems), written)
        pruned = self._unwanted() if self._options.prune else ()
        self._folder.prune(pruned)
        return self._report(written, pruned, [warning] if warning else [])

    def _decide(self) -> Iterator[tuple[Path, bytes]]:
        """Decide of each output whether it is made; those whose content is at hand, when it is another than lies there.

        When the last was taken all is decided, nothing is written, and here is the moment to refuse.
        """
        problems: list[Problem] = []
        for step, page in self._quick:
            try:
                output = FORMATS[step.format](page, self._library)
            except ProblemError as error:
                problems += error.problems
                continue
            files = {name: self._library_digest(name) or "" for name in output.used_files}
            if self._is_out_of_date(step.path, replace(_new_entry(page, step.format), files=files), output.content):
                yield step.path, output.content
        ready = {step.path for step in self._plan.targets}
        for path, content in indexes(self._plan.briefings, self._library, ready):
            if self._is_out_of_date(path, _new_entry(Page("index", "", content.decode()), "html"), content):
                yield path, content
        for step, page in self._slow:
            now = self._now[step.path] = replace(_new_entry(page, step.format), engine=versions.versions())
            self._reasons[step.path] = self._with_force(
                self._folder.typeset_reason(step.path, now, self._library_digest)
            )
        problems += self._refused()
        if problems:
            raise ProblemError(dict.fromkeys(problems))
        for path, reason in self._reasons.items():
            self._callbacks.reason(path, reason)
        if not self._options.dry_run:
            self._folder.mark_begun(path for path, reason in self._reasons.items() if reason)

    def _is_out_of_date(self, path: Path, now: LedgerEntry, content: bytes) -> bool:
        now = self._now[path] = replace(now, output=digest(content))
        self._reasons[path] = self._with_force(self._folder.rewrite_reason(path, now, self._library_digest))
        return self._reasons[path] is not None

    def _with_force(self, why: str | None) -> str | None:
        return (f"{why}; --force" if why else "--force") if self._options.force else why

    def _refused(self) -> Iterator[Problem]:
        for path, reason in self._reasons.items():
            if reason == EDITED_BY_HAND:
                hint = "rename it to keep it, or let --force make it again"
                yield Problem("edited-output", f"{path}: {reason}", None, hint)

    def _library_digest(self, name: str) -> str | None:
        """The digest that a file of the Library has now."""
        if name not in self._digests:
            path = self._library.find(name)
            self._digests[name] = digest(path.read_bytes()) if path else None
        return self._digests[name]

    def _typeset(self, written: list[Path], workers: WorkerPool | None) -> list[Problem]:
        """Typeset what is out of date, the longest first, so that no processor waits for it at the end."""
        jobs = [Job(step, step.format, page, self._library) for step, page in self._slow if self._reasons[step.path]]
        jobs.sort(key=lambda job: -len(job.page.html))
        total, left, begun = len(written) + len(jobs), sum(len(job.page.html) for job in jobs), time.monotonic()
        for done, path in enumerate(written, 1):
            self._callbacks.progress(path, done, total, None)
        problems: list[Problem] = []
        whole = left
        for done, (job, made) in enumerate(_run_jobs(jobs, workers), 1):
            left -= len(job.page.html)
            seconds = (time.monotonic() - begun) * left / (whole - left)
            if isinstance(made, ProblemError):
                problems += [_locate_glyph(problem, self._plan, self._library) for problem in made.problems]
            elif isinstance(made, WorkerLostError):
                problems.append(Problem("typesetter-lost", str(made), None, "is there memory enough? try --jobs 1"))
            elif isinstance(made, Exception):
                raise made
            else:
                path = job.key.path
                trace = replace(self._now[path], files=made.used_files, output=digest(made.content), sheets=made.sheets)
                self._folder.put(path, made.content, trace)
                written.append(path)
                self._callbacks.progress(path, total - len(jobs) + done, total, seconds)
        return problems

    def _unwanted(self) -> tuple[Path, ...]:
        plan = self._plan
        if plan.request.paper:  # only what that paper has was looked at
            return ()
        packs = {folder.name for folder in plan.briefings} if plan.request.packs else None
        unwanted = self._folder.unwanted(packs, plan.possible_paths)
        return tuple(path for path in unwanted if not path.name.startswith(f"{SPECIMEN}-"))  # made on request

    def _report(self, written: Sequence[Path], pruned: Sequence[Path], warnings: Iterable[Problem] = ()) -> Report:
        known = {step.path: self._folder.entry(step.path) for step, _ in self._slow}
        sheets = {path: trace.sheets for path, trace in known.items() if trace and trace.sheets}
        unwanted = () if pruned else self._unwanted()
        return Report(tuple(written), tuple(warnings), sheets, self._reasons, unwanted, tuple(pruned))


def _run_jobs(jobs: Sequence[Job], workers: WorkerPool | None) -> Iterator[tuple[Job, Any]]:
    """Each output as it is made, or what went wrong: in processes of their own where there are some, else here."""
    if workers:
        yield from workers.run(jobs)
    else:
        for job in jobs:
            yield job, _run_job(job)


def _run_job(job: Job) -> Output | ProblemError:
    try:
        return FORMATS[job.format](job.page, job.library)
    except ProblemError as error:
        return error


def _new_entry(page: Page, form: str) -> LedgerEntry:
    """What is known of an output before it is made: each field of its page, and its words without their tags."""
    values = {item.name: getattr(page, item.name) for item in fields(page)} | {"words": _TAG.sub(" ", page.html)}
    raw = {name: value if isinstance(value, bytes) else str(value).encode() for name, value in values.items()}
    return LedgerEntry({name: digest(content) for name, content in raw.items()}, options={"format": form})


def _locate_glyph(problem: Problem, plan: Plan, library: Library) -> Problem:
    """A missing glyph that no template writes stands in the data: find its line there."""
    written = re.search(r"'(.)' \(U", problem.message)
    if problem.mark or not written:
        return problem
    mark = library.mention(written[1], tuple(plan.folders.values()))
    return replace(problem, mark=mark)
