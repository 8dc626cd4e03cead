"""Outputs wanted -> files, each written whole or not at all."""

import contextlib
import errno
import os
import re
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from .briefing import Briefing
from .formats import FORMATS, SCREENS, Output
from .library import Library
from .lint import lint, lint_page
from .page import Page
from .plan import Plan, Step, UsageError, Wanted, plan
from .read import Mark, Problem, ProblemError
from .render import render, render_index


@dataclass(frozen=True)
class Report:
    """What a build did: the files written, and warnings."""

    written: tuple[Path, ...] = ()
    warnings: tuple[Problem, ...] = ()
    sheets: Mapping[str, int] = field(default_factory=dict)  # file name -> sheets


Progress = Callable[[Step, int, int], None]


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
    progress: Progress | None = None,
) -> Report:
    """Make briefings: read, check, compose and render everything asked for, then typeset and write.

    `packs` are ids or folders; every argument left out asks for all there is. `themes` are folders that override
    templates. Raises ProblemError (data or templates; nothing was written), UsageError (no such pack, audience, …).
    """
    folders = [Path(folder) for folder in (project, *_several(themes))]
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"there is no folder {folder}")
    library = Library(folders[0], tuple(folder.resolve() for folder in folders[1:]))
    several = [tuple(map(str, _several(asked))) for asked in (packs, audiences, documents, looks, formats)]
    wanted = Wanted(several[0], several[1], several[2], several[3], several[4], paper)
    return make(plan(library, wanted, Path(out)), library, jobs=jobs, progress=progress)


def _several(asked: Iterable[str | Path]) -> Iterable[str | Path]:
    """A single name where several may stand is one, not its letters."""
    return (asked,) if isinstance(asked, str | Path) else asked


def make(plan: Plan, library: Library, *, jobs: int | None = None, progress: Progress | None = None) -> Report:
    """Render, typeset and write a plan's outputs; nothing is written until all of them are made."""
    pages, problems = _pages(plan, library)
    if problems:
        raise ProblemError(dict.fromkeys(problems))
    outputs: dict[Step, Output] = {}
    work = [(step, pages[step.briefing.name, step.path.parent, step.format in SCREENS]) for step in plan.steps]
    for done, (step, output) in enumerate(_run(work, library, jobs or os.cpu_count() or 1), 1):
        if progress:
            progress(step, done, len(work))
        if isinstance(output, ProblemError):
            problems += [_in_data(problem, plan, library) for problem in output.problems]
        else:
            outputs[step] = output
    if problems:
        raise ProblemError(dict.fromkeys(problems))
    files = {step.path: outputs[step].content for step in plan.steps}
    files |= _indexes(plan, library, files)
    write(files)
    sheets = {step.path.name: output.sheets for step, output in outputs.items() if output.sheets}
    return Report(tuple(files), tuple(_too_long(outputs, library)), sheets)


def _in_data(problem: Problem, plan: Plan, library: Library) -> Problem:
    """A missing glyph that no template writes stands in the data: find its line there."""
    written = re.search(r"'(.)' \(U", problem.message)
    if problem.mark or not written:
        return problem
    mark = library.mention(written[1], tuple(plan.folders.values()))
    return replace(problem, mark=mark)


def _pages(plan: Plan, library: Library) -> tuple[dict[tuple[str, Path, bool], Page], list[Problem]]:
    """Each briefing's page, rendered once for paper and once for the screen, as its formats ask."""
    pages: dict[tuple[str, Path, bool], Page] = {}
    problems = lint(library) if any(step.format == "pdf" for step in plan.steps) else []
    for step in plan.steps:
        key = (step.briefing.name, step.path.parent, step.format in SCREENS)
        if key in pages:
            continue
        try:
            pages[key] = render(step.briefing, library, screen=key[2])
            if step.format == "pdf":
                problems += lint_page(pages[key], step.briefing, library, plan.folders[step.briefing.pack.id])
        except ProblemError as error:
            problems += error.problems
    return pages, problems


def _run(
    work: Sequence[tuple[Step, Page]], library: Library, jobs: int
) -> Iterator[tuple[Step, Output | ProblemError]]:
    """Every output as it is made; PDFs in processes of their own where there is more than one to make."""
    slow = [(step, page) for step, page in work if step.format == "pdf"]
    slow.sort(key=lambda job: -len(job[1].html))  # the longest first, so that no processor waits for it at the end
    count = min(jobs, len(slow))
    for step, page in work if count < 2 else [(s, p) for s, p in work if s.format != "pdf"]:
        yield step, _output(step.format, page, library)
    if count < 2:
        return
    done = set()
    try:
        for step, output in _in_workers(slow, library, count):
            done.add(step)
            yield step, output
    except BrokenProcessPool:  # a worker was killed, or a script without a __main__ guard started itself again
        for step, page in slow:
            if step not in done:
                yield step, _output(step.format, page, library)


def _in_workers(
    work: Sequence[tuple[Step, Page]], library: Library, count: int
) -> Iterator[tuple[Step, Output | ProblemError]]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    pool = ProcessPoolExecutor(count, context, initializer=_start_worker, initargs=(theirs,))
    try:
        running = {pool.submit(_output, step.format, page, library): step for step, page in work}
        for future in as_completed(running):
            yield running[future], future.result()
        pool.shutdown()
    finally:
        ours.close()  # whoever is still at work ends at once; shutting the pool down here could wait for ever


def _start_worker(lifeline: Connection) -> None:
    """Leave Ctrl-C to the parent, and end when the parent does or closes its end of the lifeline."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    with contextlib.suppress(EOFError, OSError):
        lifeline.recv_bytes()
    os._exit(1)


def _output(name: str, page: Page, library: Library) -> Output | ProblemError:
    try:
        return FORMATS[name](page, library)
    except ProblemError as error:
        return error


def write(files: Mapping[Path, bytes]) -> None:
    """Write files whole: a reader sees the old one or the new one. Raises ProblemError, with none written."""
    temporary: dict[Path, str] = {}
    path = Path()
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            handle, temporary[path] = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(temporary[path], 0o644)
        for path in files:
            os.replace(temporary[path], path)
            del temporary[path]
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = "free the place, or write elsewhere with --out DIR"
        raise ProblemError([Problem("not-written", f"cannot write {path}: {reason}", None, hint)]) from None
    finally:
        for name in temporary.values():
            Path(name).unlink(missing_ok=True)


def _indexes(plan: Plan, library: Library, ready: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """index.html of each pack's folder: every document that lies there or is about to."""
    out = {}
    for folder, briefings in plan.briefings.items():
        entries = []
        for briefing in briefings:
            paths = {name: folder / f"{briefing.name}.{name}" for name in FORMATS}
            files = {name: path.name for name, path in paths.items() if path in ready or path.is_file()}
            if files:
                entries.append({"briefing": briefing, "files": files})
        out[folder / "index.html"] = index_page(entries, library)
    return out


def index_page(entries: Sequence[Mapping[str, object]], library: Library) -> bytes:
    """The page that leads to a pack's documents, as a file that works alone."""
    briefing = entries[0]["briefing"]
    assert isinstance(briefing, Briefing)
    language = briefing.pack.language
    return FORMATS["html"](Page("index", briefing.title, render_index(entries, language, library)), library).content


def _sheets(count: int) -> str:
    return "1 sheet" if count == 1 else f"{count} sheets"


def _too_long(outputs: Mapping[Step, Output], library: Library) -> Iterator[Problem]:
    for step, output in outputs.items():
        limit = step.briefing.choice.sheets
        if not output.sheets or limit is None or limit.at_least <= output.sheets <= limit.at_most:
            continue
        path = library.audience_files()[step.briefing.audience.id]
        allowed = str(limit.at_most) if limit.at_least in (1, limit.at_most) else f"{limit.at_least} to {limit.at_most}"
        verb = "is" if allowed == "1" else "are"
        message = f"{step.path.name} has {_sheets(output.sheets)}; {allowed} {verb} allowed"
        hint = "choose a lesser depth, fewer sections or fewer parts, or change 'sheets'"
        lines = enumerate(path.read_text("utf-8").splitlines(), 1)
        line = next((n for n, text in lines if f"document: {step.briefing.choice.document}" in text), 1)
        yield Problem("sheets", message, Mark(library.show(path), line, 1), hint, "warning")
