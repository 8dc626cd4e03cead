"""`briefings build`: makes what is out of date, and says so on a terminal or in a log."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..problems import ProblemError
from . import last_run
from .common import (
    command_line,
    count_files,
    open_library,
    packs_argument,
    print_error,
    print_problems,
    project_option,
    theme_option,
)

if TYPE_CHECKING:
    from ..output.update import BuildCallbacks, Report

ProgressCallback = Callable[[Path, int, int, float | None], None]


@click.command("build")
@packs_argument
@click.option("--audience", "audiences", multiple=True, help="Only this audience. Repeatable.")
@click.option("--document", "documents", multiple=True, help="Only this kind of paper. Repeatable.")
@click.option("--look", "looks", multiple=True, help="Only what is dressed in this look. Repeatable.")
@click.option("--format", "formats", multiple=True, help="Only this format: html, pdf. Repeatable.")
@click.option("--paper", default="", help="Only what is made on this paper, such as letter; each document's own.")
@theme_option
@project_option
@click.option("--out", default="build", show_default=True, type=click.Path(file_okay=False), help="Where to write.")
@click.option("--jobs", type=click.IntRange(1), help="Processes at most; the processors there are.")
@click.option("--explain", is_flag=True, help="Say of each file why it is made or not.")
@click.option("--dry-run", is_flag=True, help="Say what would be made and why, and write nothing.")
@click.option("--force", is_flag=True, help="Make everything again, and what was edited by hand too.")
@click.option("--prune", is_flag=True, help="Remove what was made once and no audience has any more.")
@click.option("--watch", is_flag=True, help="Stay, and make again what a change makes out of date. Ctrl-C ends it.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
def command(packs: tuple[str, ...], watch: bool, **options: Any) -> None:
    """Make what is out of date: HTML and PDF. PACK is an id or a folder; all packs of the project without one."""
    if watch:
        _watch(packs, **options)
    else:
        _build(packs, **options)


def _watch(packs: tuple[str, ...], **options: Any) -> None:
    from ..composing.project import find_packs
    from ..output.workers import WorkerPool
    from ..serve.watch import run_on_changes

    library = open_library(options["project"], options["themes"])
    outside = find_packs(library, packs).values()
    with WorkerPool(options["jobs"] or os.cpu_count() or 1) as workers:

        def make() -> None:
            try:
                _build(packs, workers=workers, **options)
            except ProblemError as error:
                print_error(error)
            click.echo("waiting for changes (Ctrl-C ends it)")

        run_on_changes(make, library, outside)


def _build(packs: tuple[str, ...], *, explain: bool, dry_run: bool, quiet: bool, **options: Any) -> None:
    from ..output.build import build
    from ..output.ledger import LEDGER_NAME as LEDGER

    library = open_library(options["project"], options["themes"])
    seen = last_run.Snapshot(library.folders(packs))
    with _callbacks(quiet=quiet, explain=explain, dry_run=dry_run) as told:
        done = build(packs, dry_run=dry_run, told=told, **options)
    print_problems(done.warnings)
    if not quiet:
        click.echo("\n".join(_summary(done, dry_run=dry_run)))
    if not (explain or dry_run or options["force"] or options.get("workers")):
        outputs = [str(path) for path in (*done.reasons, Path(options["out"], LEDGER))]
        last_run.record_run(command_line(), seen, outputs, *_next_run_output(done, quiet=quiet))


@contextlib.contextmanager
def _callbacks(*, quiet: bool, explain: bool, dry_run: bool) -> Iterator["BuildCallbacks"]:
    """What a build is told to tell: a bar on a terminal, else a plain line a file; with `explain`, every reason."""
    from ..output.update import NO_CALLBACKS, BuildCallbacks

    reason = _reason if explain else _planned if dry_run else NO_CALLBACKS.reason
    with _progress(quiet) as progress:
        yield BuildCallbacks(progress, reason, lambda what: print(f"briefings: {what}", file=sys.stderr))


def _summary(report: "Report", *, dry_run: bool) -> Iterator[str]:
    """What a build did, in a line or two."""
    folders = sorted({str(path.parent) for path in report.reasons})
    where = ", ".join(folders)
    made = sum(1 for reason in report.reasons.values() if reason)
    rest = len(report.reasons) - made
    if not made:
        yield f"nothing to do: {count_files(rest)} in {where} {'is' if rest == 1 else 'are'} up to date"
    elif dry_run:
        yield f"would make {count_files(made)} in {where}; {rest} up to date"
    else:
        also = f", {rest} up to date" if rest else ""
        yield f"{count_files(made)} in {where}{also}; begin with {folders[0]}/index.html"
    for path in report.pruned:
        yield f"removed {path}"
    if report.unwanted:
        yield f"{count_files(len(report.unwanted))} no audience has any more; --prune removes them:"
        yield from (f"  {path}" for path in report.unwanted)


def _next_run_output(report: "Report", *, quiet: bool) -> tuple[str, str]:
    """What the next run says, to each of its outputs, if nothing changes until then."""
    nothing = replace(report, reasons=dict.fromkeys(report.reasons), pruned=())
    warned = "".join(f"{problem}\n" for problem in report.warnings if problem.code != "ledger")
    return "" if quiet else "".join(f"{line}\n" for line in _summary(nothing, dry_run=False)), warned


def _reason(path: Path, reason: str | None) -> None:
    print(f"{path}: {reason or 'up to date'}")


def _planned(path: Path, reason: str | None) -> None:
    if reason:
        _reason(path, reason)


@contextlib.contextmanager
def _progress(quiet: bool) -> Iterator[ProgressCallback]:
    if quiet:
        from ..output.update import NO_CALLBACKS

        yield NO_CALLBACKS.progress
    elif sys.stderr and sys.stderr.isatty():
        from rich.progress import Progress as Bar

        with Bar(transient=True) as bar:
            task = bar.add_task("Making briefings", total=None)

            def move(path: Path, done: int, total: int, left: float | None) -> None:
                text = path.name + (f", {_time(left)} left" if left else "")
                bar.update(task, completed=done, total=total, description=text)

            yield move
    else:
        yield _line


def _line(path: Path, done: int, total: int, left: float | None) -> None:
    print(f"{done}/{total} {path}{f', {_time(left)} left' if left else ''}", flush=True)


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
