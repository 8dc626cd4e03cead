"""Rendered pages and an output folder -> outputs that were out of date, made again and recorded in the ledger."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..composing.specimen import SPECIMEN
from ..library import Library
from ..page.page import Page
from ..pdf import versions
from ..problems import Problem, ProblemError
from ..processes.limits import LimitError
from ..safe_files import read_bytes
from .files import write_atomically
from .folder import Made, OutputFolder, current_digest, kept
from .formats import FORMATS
from .index import Index, IndexPage, IndexPages, indexes
from .ledger import EDITED_BY_HAND, NOT_OURS, LedgerEntry, digest
from .page_entry import page_entry
from .plan import (
    BuildCallbacks,
    BuildOptions,
    Plan,
    Report,
    TimeLeft,
    UnfinishedError,
    is_of_request,
    locate_glyph,
)
from .previews import engine as preview_engine
from .previews import previews
from .remote.executor import Workers, run_jobs
from .workers import Job, WorkerLostError, ended_problem

Pages = dict[tuple[str, Path, bool], Page]  # by BuildTarget.page_key


class IncrementalBuild:
    """One build into one output folder.

    It decides about every output first, then writes pages, quizzes and indexes (all or none), then typesets and writes
    PDFs one by one. The former take milliseconds, so they are always made and compared; for a PDF, which takes seconds,
    the ledger tells whether it is out of date.
    """

    def __init__(
        self, plan: Plan, library: Library, pages: Pages, options: BuildOptions, callbacks: BuildCallbacks
    ) -> None:
        self._plan, self._library, self._options, self._callbacks = plan, library, options, callbacks
        targets = [(target, pages[target.page_key]) for target in plan.targets]
        self._quick_targets = [(target, page) for target, page in targets if not target.typeset]
        self._typeset_targets = [(target, page) for target, page in targets if target.typeset]
        self._html = {target.path: page.html for target, page in targets}
        self._folder = OutputFolder(plan.out)
        self._index_pages = IndexPages(library)
        self._entries: dict[Path, LedgerEntry] = {}  # what each output would be made from now
        self._reasons: dict[Path, str | None] = {}
        self._edited: dict[Path, Problem] = {}  # outputs that were edited by hand: kept, and named at the end
        self._digests: dict[str, str | None] = {}  # of files of the Library

    def dry_run(self) -> Report:
        """Report what would be made, and why. Writes nothing. Raises ProblemError."""
        for _ in self._decide():
            pass
        if self._edited:
            raise UnfinishedError(self._edited.values(), ())
        return self._report((), ())

    def run(
        self, workers: Workers | None, failed: Sequence[Problem] = (), typeset: Callable[[], None] = lambda: None
    ) -> Report:
        """Make what is out of date, but keep what was edited by hand. Calls `typeset` when nothing is left to typeset.

        Raises ProblemError (nothing was written) and UnfinishedError, also for documents that `failed` before and have
        no page.
        """
        warning = self._folder.quarantine_ledger()
        written = list(write_atomically(self._decide(), inside=self._plan.out))
        # Until it is typeset, the entry of a PDF has no output digest.
        self._folder.record({p: entry for p, entry in self._entries.items() if entry.output and p not in self._edited})
        try:
            problems = [*failed, *self._typeset(written, workers)]
        except ProblemError as error:  # for example, the disk is full
            problems = [*failed, *error.problems]
        finally:
            typeset()
            with suppress(ProblemError):  # which the next write meets again
                self._folder.save()
        pruned: tuple[Path, ...] = ()
        try:
            if not problems and not self._edited and self._options.prune:
                pruned = self._prune()
            # Last, since they show the sheets. After a failure they link to what exists, and not to what was planned.
            self._write_indexes(written, problems, everything=bool(problems or pruned))
            self._folder.save()
        except ProblemError as error:
            problems += error.problems
        if problems or self._edited:
            raise UnfinishedError(dict.fromkeys((*problems, *self._edited.values())), written)
        return self._report(written, pruned, [warning] if warning else [])

    def _decide(self) -> Iterator[tuple[Path, bytes]]:
        """Decide for each output whether it is made; yield the path and content of those that are not typeset.

        `write_atomically` takes these and replaces no file before this iterator ends. So an error that is raised at
        the end, when every output is decided, still leaves all files untouched.
        """
        problems: list[Problem] = []
        for target, page in self._quick_targets:
            try:
                output = FORMATS[target.format](page, self._library)
            except ProblemError as error:
                problems += error.problems
                continue
            files = {name: self._library_digest(name) or "" for name in output.used_files}
            entry = replace(page_entry(page, target.format, self._library.house.written), files=files)
            if self._is_out_of_date(target.path, entry, output.content):
                yield target.path, output.content
        for target, page in self._typeset_targets:
            entry = replace(page_entry(page, target.format, self._library.house.written), engine=versions.versions())
            self._entries[target.path] = entry
            self._set_reason(target.path, self._folder.typeset_reason(target.path, entry, self._library_digest))
        pending = {path for path, reason in self._reasons.items() if reason and path not in self._edited}
        planned = {target.path for target in self._plan.targets}
        shown = list(indexes(self._plan.briefings, planned, self._folder.sheets()))
        for index, index_page in zip(shown, self._index_pages.fill(shown), strict=True):
            if isinstance(index_page, ProblemError):
                problems += index_page.problems
                continue
            digests = partial(self._shown_digest, index, pending)
            entry = self._entries[index.path] = self._index_entry(index, index_page, pending)
            self._set_reason(index.path, self._folder.typeset_reason(index.path, entry, digests))
        if problems:
            raise ProblemError(dict.fromkeys(problems))
        for path, reason in self._reasons.items():
            self._callbacks.reason(path, self._with_data(path, reason))
        self._note_data()
        if not self._options.dry_run:
            quick = [target.path for target, _ in self._quick_targets]
            self._folder.mark_begun({p: self._entries[p].output for p in quick if self._is_made(p)})

    def _is_made(self, path: Path) -> bool:
        return self._reasons[path] is not None and path not in self._edited

    def _index_entry(self, index: Index, page: IndexPage, pending: Container[Path]) -> LedgerEntry:
        """What an index is made from: its page without the pictures, and the PDFs that these show."""
        entry = page_entry(Page("index", "", page.plain.decode()), "html", self._library.house.written)
        files = {path.name: self._shown_digest(index, pending, path.name) or "" for path in index.pdfs}
        return replace(entry, files=files, engine=preview_engine())

    def _shown_digest(self, index: Index, pending: Container[Path], name: str) -> str | None:
        """The digest of a PDF that an index shows; "" if it is about to be made."""
        path = index.path.parent / name
        return "" if path in pending else current_digest(path)

    def _write_indexes(self, written: list[Path], problems: list[Problem], everything: bool) -> None:
        """Write the indexes that are out of date, or all, with pictures of the sheets that exist now."""
        exist = indexes(self._plan.briefings, (), self._folder.sheets())
        shown = [
            index for index in exist if index.path not in self._edited and (everything or self._reasons[index.path])
        ]
        for index, page in zip(shown, self._index_pages.fill(shown, previews), strict=True):
            if isinstance(page, ProblemError):
                problems += page.problems
                continue
            entry = self._index_entry(index, page, ())
            entry = replace(entry, output=digest(page.whole), data=self._entries[index.path].data)
            problems += self._put([(index.path, page.whole, entry)], written)
            self._callbacks.progress(index.path, len(written), max(len(written), self._total()), 0)

    def _is_out_of_date(self, path: Path, entry: LedgerEntry, content: bytes) -> bool:
        entry = self._entries[path] = replace(entry, output=digest(content))
        self._set_reason(path, self._folder.rewrite_reason(path, entry, self._library_digest))
        return self._is_made(path)

    def _set_reason(self, path: Path, reason: str | None) -> None:
        """Keep why an output is made. What a build did not make as it is now is kept, unless --force was given."""
        if self._options.force:
            reason = f"{reason}; --force was given" if reason else "--force was given"
        # What is typeset or has pictures is compared in _put: without a ledger, what is the same is still ours.
        elif reason == EDITED_BY_HAND or (reason == NOT_OURS and self._entries[path].output):
            self._edited[path] = kept(path, reason)
        elif self._options.again:
            reason = reason or "everything is made again"
        self._reasons[path] = reason

    def _put(self, outputs: Sequence[Made], written: list[Path]) -> list[Problem]:
        """Write outputs, unless somebody else made or edited what is there now; return why some were not written."""
        problems: list[Problem] = []
        ours: list[Made] = []
        for path, content, entry in outputs:
            recorded = self._folder.entry(path)
            known = {None, entry.output, *((recorded.output, recorded.begun) if recorded else ())}
            if not self._options.force and current_digest(path) not in known:
                problems.append(kept(path, EDITED_BY_HAND if recorded else NOT_OURS))
            else:
                ours.append((path, content, entry))
        try:
            self._folder.put(*ours)
        except ProblemError as error:
            if len(ours) == 1:
                return [*problems, *error.problems]
            return problems + [problem for each in ours for problem in self._put([each], written)]
        written += (path for path, _, _ in ours)
        return problems

    def _with_data(self, path: Path, reason: str | None) -> str | None:
        """The reason, with the values of the data that changed since the output was made."""
        recorded, state = self._folder.entry(path), self._plan.states.get(path.parent)
        if not (reason and recorded and recorded.data and state) or recorded.data == state.text:
            return reason
        changes = state.changes_since(recorded.data, self._html.get(path, ""))
        return f"{reason}: {changes}" if changes else reason

    def _note_data(self) -> None:
        """Keep the data's state with each output, also with those that it does not change."""
        for path, entry in self._entries.items():
            if state := self._plan.states.get(path.parent):
                self._entries[path] = replace(entry, data=state.text)
                recorded = self._folder.entry(path)
                if recorded and self._reasons[path] is None and not self._options.dry_run:
                    self._folder.record({path: replace(recorded, data=state.text)})

    def _library_digest(self, name: str) -> str | None:
        """The present digest of a file of the Library; None if there is none. Each file is read once per build."""
        if name not in self._digests:
            path = self._library.find(name)
            self._digests[name] = digest(read_bytes(path)) if path else None
        return self._digests[name]

    def _typeset(self, written: list[Path], workers: Workers | None) -> list[Problem]:
        """Typeset what is out of date, write it and add it to `written`; return the problems of the others."""
        wanted = [(target, page) for target, page in self._typeset_targets if self._reasons[target.path]]
        targets = [(target, page) for target, page in wanted if target.path not in self._edited]
        jobs = [Job(target, target.format, page, self._library) for target, page in targets]
        # The longest first: if it came last, the other processors would be idle while it is typeset.
        jobs.sort(key=lambda job: -len(job.page.html))
        # The remaining time is estimated by the length of the HTML, to which layout time is roughly proportional.
        left, length = TimeLeft(sum(len(job.page.html) for job in jobs)), 0
        total = self._total()
        for done, path in enumerate(written, 1):
            self._callbacks.progress(path, done, total, None)
        problems: list[Problem] = []
        waiting: list[Made] = []
        for done, (job, result) in enumerate(run_jobs(jobs, workers), len(written) + 1):
            length += len(job.page.html)
            seconds = left.after(length)
            if isinstance(result, ProblemError):
                problems += [locate_glyph(problem, self._plan, self._library) for problem in result.problems]
            elif isinstance(result, LimitError | WorkerLostError):
                problems.append(ended_problem(job.key.path.name, result))
            elif isinstance(result, Exception):
                raise result
            else:
                path = job.key.path
                entry = replace(
                    self._entries[path], files=result.used_files, output=digest(result.content), sheets=result.sheets
                )
                waiting.append((path, result.content, entry))
                if len(waiting) >= self._folder.batch:
                    problems += self._put(waiting, written)
                    waiting = []
                self._callbacks.progress(path, done, total, seconds)
        return problems + (self._put(waiting, written) if waiting else [])

    def _total(self) -> int:
        """How many outputs are made."""
        return sum(reason is not None for reason in self._reasons.values()) - len(self._edited)

    def _unwanted(self) -> tuple[Path, ...]:
        plan = self._plan
        # --paper leaves out documents that do not exist on that paper, so the plan does not know all that is wanted.
        if plan.request.paper:
            return ()
        packs = {folder.name for folder in plan.briefings} if plan.request.packs else None
        unwanted = self._folder.unwanted(packs, plan.possible_paths)
        # A specimen belongs to no audience; it is made only on request and kept.
        asked = (path for path in unwanted if is_of_request(path, plan.request, self._library))
        return tuple(path for path in asked if not path.name.startswith(f"{SPECIMEN}-"))

    def _prune(self) -> tuple[Path, ...]:
        """Remove what no document is any more, but nothing that was edited by hand. Raises ProblemError for these."""
        unwanted = self._unwanted()
        removed = tuple(path for path in unwanted if self._options.force or self._folder.is_as_made(path))
        self._folder.prune(removed)
        for path in (path for path in unwanted if path not in removed):
            self._edited[path] = kept(path, EDITED_BY_HAND)
        return removed

    def _report(self, written: Sequence[Path], pruned: Sequence[Path], warnings: Iterable[Problem] = ()) -> Report:
        entries = {target.path: self._folder.entry(target.path) for target, _ in self._typeset_targets}
        sheets = {path: entry.sheets for path, entry in entries.items() if entry and entry.sheets}
        unwanted = () if pruned else self._unwanted()
        return Report(tuple(written), tuple(warnings), sheets, self._reasons, unwanted, tuple(pruned))
