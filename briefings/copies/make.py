"""A list of schools and what is requested -> a copy of each paper for each school.

Each paper is typeset once, with an empty box. A copy is that file with the words and the crest of one school in the
box, which takes less than a thousandth of the time; so every copy is made on each run, and written if it differs.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..composing.open_project import Project, open_project
from ..composing.project import Request, UsageError
from ..drawings.font_lettering import Lettering, lettering
from ..library import Library
from ..output.build import as_iterable, execute_plan, plan_build
from ..output.files import lock_folder, remove_leftovers
from ..output.plan import NO_CALLBACKS, BuildCallbacks, BuildOptions, TimeLeft, UnfinishedError
from ..output.remote.executor import ExecutorWorkers, in_order, is_shared, sent
from ..pdf.copy_box import CopyBase, Raster
from ..pdf.increment import Pdf
from ..pdf.typeset import BOX_FACE
from ..problems import Problem
from ..safe_files import MAX_OUTPUT, read_bytes
from .box_words import load_box_words
from .crests import rasters
from .folder import CopyFolder
from .row_list import Row, RowList, folder_name, read_rows
from .rows import RowsTask, do_rows
from .summary import SUMMARY, RowResult, summary

if TYPE_CHECKING:
    from concurrent.futures import Executor

BASE = ".base"  # the folder of the papers with an empty box
Bases = Mapping[str, Mapping[str, CopyBase]]  # pack id -> name of the file -> the paper with an empty box
# Rows between two states of the ledger: at least so many, and so many states, since each takes time with all copies.
_BATCH, _BATCHES = 200, 10
_PIECE = 50  # rows between two lines of progress: what one worker makes at a time


@dataclass(frozen=True)
class CopiesReport:
    """What was made: `folders` are those with the copies of each pack, `problems` of the rows that were not made."""

    folders: tuple[Path, ...]
    rows: int
    made: int  # copies that were written
    up_to_date: int
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    unwanted: tuple[Path, ...] = ()  # copies of rows that the list no longer has
    pruned: tuple[Path, ...] = ()
    summaries: tuple[Path, ...] = field(default=())


def build_copies(
    schools: str | Path,
    packs: str | Path | Iterable[str | Path] = (),
    *,
    project: str | Path | None = None,
    out: str | Path | None = None,
    audiences: Iterable[str] = (),
    documents: Iterable[str] = (),
    looks: Iterable[str] = (),
    paper: str = "",
    themes: Iterable[str | Path] = (),
    jobs: int | None = None,
    force: bool = False,
    prune: bool = False,
    told: BuildCallbacks = NO_CALLBACKS,
    sample: bool = False,
    executor: "Executor | None" = None,
) -> CopiesReport:
    """Make the PDFs that are requested for each row of a list of schools, a CSV or YAML file.

    The other arguments are those of `build`; an `executor` makes the copies too. A row's problem is in the report and
    stops no other row. Raises ProblemError (an error in the list as a whole, in data or templates; nothing was
    written), UnfinishedError (a document could not be typeset) and UsageError.
    """
    names = [tuple(map(str, as_iterable(values))) for values in (packs, audiences, documents, looks)]
    opened = open_project(
        project,
        sample=sample,
        packs=names[0],
        audiences=names[1],
        documents=names[2],
        themes=[*as_iterable(themes)],
        out=out,
    )
    path = Path(schools)
    letters = _letters(opened.library)
    found, crests = _read_list(path, opened.library, letters)
    request = Request(names[0], names[1], names[2], names[3], ("pdf",), paper)
    folder = opened.out / f"for-{folder_name(path.stem) or 'list'}"
    options = BuildOptions(jobs or 0, force, prune)
    bases, warnings = _bases(opened, request, folder, options, told, letters, executor)
    run = _Run(found, crests, folder, options, executor)
    run.put(bases, told)
    return run.report(bases, warnings)


def _letters(library: Library) -> Lettering:
    face = library.find(BOX_FACE)
    assert face, "it is shipped"
    return lettering(face)


def _read_list(path: Path, library: Library, letters: Lettering) -> tuple[RowList, Mapping[Path, Raster]]:
    """The rows, and the pixels of each crest. Raises ProblemError, and UsageError without the file."""
    if not os.path.lexists(path):
        raise UsageError(f"there is no file {path}")
    return _with_crests(read_rows(path, library.show(path), load_box_words(library), letters), library)


def _with_crests(found: RowList, library: Library) -> tuple[RowList, Mapping[Path, Raster]]:
    """The pixels of each crest; a row whose crest cannot be drawn has failed."""
    drawn = dict(rasters((row.crest for row in found.rows if row.crest), library))
    wrong = {path: said for path, said in drawn.items() if isinstance(said, str)}
    failed = [
        (row.line, row.name, Problem("bad-crest", wrong[row.crest], row.mark, "give another file"))
        for row in found.rows
        if row.crest in wrong
    ]
    rows = tuple(row for row in found.rows if row.crest not in wrong)
    return RowList(rows, (*found.failed, *failed)), {p: each for p, each in drawn.items() if isinstance(each, Raster)}


def _bases(
    opened: Project,
    request: Request,
    folder: Path,
    options: BuildOptions,
    told: BuildCallbacks,
    letters: Lettering,
    executor: "Executor | None",
) -> tuple[Bases, tuple[Problem, ...]]:
    """The papers, and the warnings of their build, which typesets what is out of date."""
    library = replace(opened.library, house=opened.library.house.for_copies)
    plan = plan_build(library, request, folder / BASE)
    workers = ExecutorWorkers(executor) if executor else None
    report = execute_plan(plan, library, replace(options, prune=False), told, workers)
    bases: dict[str, dict[str, CopyBase]] = {}
    problems = []
    for target in plan.targets:
        base = CopyBase(Pdf(read_bytes(target.path, limit=MAX_OUTPUT)), letters)
        if not base.has_box:
            problems.append(_no_box(target.path.name, target.briefing.choice.document))
        bases.setdefault(target.path.parent.name, {})[target.path.name] = base
    if problems:
        raise UnfinishedError(problems, ())
    return bases, report.warnings


def _no_box(name: str, document: str) -> Problem:
    hint = "name the documents that are wanted with --document, or include partials/house.html in its template"
    return Problem("no-box", f"{name} has no place for the name of a school: '{document}' has no head", None, hint)


class _Run:
    """The copies of every pack, a batch of rows after the other; what became of them is in `report`."""

    def __init__(
        self,
        found: RowList,
        crests: Mapping[Path, Raster],
        folder: Path,
        options: BuildOptions,
        executor: "Executor | None",
    ) -> None:
        self._found, self._crests, self._folder, self._options = found, crests, folder, options
        self._executor = executor
        self._made = self._up_to_date = 0
        self._problems: list[Problem] = list(found.problems)
        self._warnings: list[Problem] = []
        self._unwanted: list[Path] = []
        self._pruned: list[Path] = []

    def put(self, bases: Bases, told: BuildCallbacks) -> None:
        """Write the copies that differ. Raises ProblemError if the folder cannot be written to."""
        progress = _Progress(told, len(self._found.rows) * len(bases), len(self._found.failed) * len(bases))
        for pack, papers in bases.items():
            with lock_folder(self._folder / pack, told.say):
                remove_leftovers(self._folder / pack)
                copies = CopyFolder(self._folder / pack, force=self._options.force)
                self._warnings += [copies.warning] if copies.warning else []
                results: list[RowResult] = []
                made = in_order(self._executor, do_rows, self._tasks(copies, papers))
                for rows in _batches(self._found.rows, _batch_size(self._found.rows)):
                    pieces = islice(made, -(-len(rows) // _PIECE))
                    results += copies.put(pieces, papers, partial(progress.tell, self._folder / pack))
                    copies.write_summary(summary(self._found, results))
                copies.save()
                copies.write_summary(summary(self._found, results))
                remove_leftovers(self._folder / pack)  # of a worker that was lost
                self._count(results)
                self._tidy(copies)

    def _tasks(self, copies: CopyFolder, papers: Mapping[str, CopyBase]) -> Iterator[RowsTask]:
        """The rows in pieces, each with what is needed to make its copies, and to write them if workers do that."""
        given = {name: sent(self._executor, paper) for name, paper in papers.items()}
        for batch in _batches(self._found.rows, _batch_size(self._found.rows)):
            for rows in _batches(batch, _PIECE):
                crests = {row.crest: self._crests[row.crest] for row in rows if row.crest}
                place = copies.place(rows, papers) if is_shared(self._executor, self._folder) else None
                yield RowsTask(tuple(rows), given, crests, place)

    def _count(self, results: Sequence[RowResult]) -> None:
        self._made += sum(result.made for result in results)
        self._up_to_date += sum(result.up_to_date for result in results)
        self._problems += [problem for result in results for problem in result.problems]

    def _tidy(self, copies: CopyFolder) -> None:
        """Find the copies of schools that the list no longer has, and remove them if that was asked for."""
        if self._found.failed:  # whose copies may be those that no other row has
            return
        old = copies.unwanted({row.folder for row in self._found.rows})
        removed, kept = copies.prune(old) if self._options.prune and not self._problems else ((), ())
        self._pruned += removed
        self._problems += kept
        gone = set(removed)
        self._unwanted += [path for path in old if path not in gone]

    def report(self, bases: Bases, warnings: tuple[Problem, ...]) -> CopiesReport:
        folders = tuple(self._folder / pack for pack in bases)
        return CopiesReport(
            folders,
            len(self._found.rows) + len(self._found.failed),
            self._made,
            self._up_to_date,
            tuple(dict.fromkeys(self._problems)),
            (*warnings, *self._warnings),
            tuple(self._unwanted),
            tuple(self._pruned),
            tuple(each / SUMMARY for each in folders),
        )


class _Progress:
    """Tells how many rows were done, how many failed, and how long the others take."""

    def __init__(self, told: BuildCallbacks, total: int, failed: int) -> None:
        self._told, self._total, self._failed, self._left = told, total, failed, TimeLeft(total)
        self._done = self._good = 0

    def tell(self, folder: Path, results: Sequence[RowResult]) -> None:
        """These rows came to an end."""
        self._done += len(results)
        wrong = sum(bool(result.problems) for result in results)
        self._good, self._failed = self._good + len(results) - wrong, self._failed + wrong
        left = self._total - self._done
        seconds = self._left.after(self._done)
        self._told.progress(folder / results[-1].row.folder, self._done, self._total, seconds)
        self._told.rows(self._good, self._failed, left, seconds)


def _batch_size(rows: Sequence[Row]) -> int:
    """Rows between two states of the ledger."""
    return max(_BATCH, -(-len(rows) // _BATCHES))


def _batches(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    for first in range(0, len(rows), size):
        yield rows[first : first + size]
