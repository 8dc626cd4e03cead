"""`briefings build`: build options -> files, with progress on a terminal or lines in a log."""

import contextlib
import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from ..problems import Problem, ProblemError
from ..visible import visible
from . import last_run
from .building.progress import build_callbacks
from .common import (
    DONE,
    PROBLEMS,
    as_errors,
    command_line,
    complete_audience,
    complete_document,
    complete_look,
    complete_paper,
    count_files,
    has_error,
    out_option,
    packs_argument,
    print_error,
    print_problems,
    project_options,
    say,
    strict_option,
    theme_option,
)
from .editions.packs import edition_option, edition_packs

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from ..composing.open_project import Project
    from ..copies.make import CopiesReport
    from ..output.plan import Report

# What makes no sense for copies: a build without a list has it.
_NOT_FOR_COPIES = ("formats", "dry_run", "explain", "watch", "strict")


@click.command("build")
@packs_argument
@click.option(
    "--audience", "audiences", multiple=True, shell_complete=complete_audience, help="Only this audience. Repeatable."
)
@click.option(
    "--document",
    "documents",
    multiple=True,
    shell_complete=complete_document,
    help="Only this kind of document. Repeatable.",
)
@click.option(
    "--look", "looks", multiple=True, shell_complete=complete_look, help="Only documents with this look. Repeatable."
)
@click.option("--format", "formats", multiple=True, help="Only this format, such as pdf. Repeatable.")
@click.option(
    "--paper",
    default="",
    shell_complete=complete_paper,
    help="Only documents on this paper, such as letter. Default: each document's own paper.",
)
@click.option(
    "--for",
    "schools",
    metavar="LIST",
    default="",
    help="Make a PDF of each document for each row of a list of schools, CSV or YAML, with its name in the head.",
)
@edition_option
@theme_option
@project_options
@out_option
@strict_option
@click.option("--jobs", type=click.IntRange(1), help="Maximum number of processes. Default: the number of processors.")
@click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="Typeset, and make copies, on the workers of a Dask scheduler, such as tcp://host:8786. See docs/scale.md.",
)
@click.option(
    "--shared",
    metavar="DIR",
    default="",
    help="A folder that this machine and all workers have under this path: they write the copies below it.",
)
@click.option("--explain", is_flag=True, help="Print for each file why it is made, or that it is up to date.")
@click.option("--dry-run", is_flag=True, help="Print what would be made and why, but write nothing.")
@click.option("--force", is_flag=True, help="Make everything again, including files that were edited by hand.")
@click.option("--prune", is_flag=True, help="Remove files of earlier builds that belong to no document any more.")
@click.option("--watch", is_flag=True, help="Keep running and build again after every change. Stop with Ctrl-C.")
@click.option("-q", "--quiet", is_flag=True, help="Print only errors and warnings.")
def command(
    packs: tuple[str, ...], watch: bool, schools: str, cluster: str, shared: str, edition: int | None, **options: Any
) -> int:
    """Make the HTML and PDF files that are out of date.

    PACK is an id or a folder; without one, all packs of the project are built.
    """
    if edition:
        packs, options["out"] = edition_packs(packs, edition, options)
    with _executor(cluster, shared, watch=watch) as executor:
        if schools:
            return _make_copies(schools, packs, watch=watch, executor=executor, **options)
        if watch:
            _watch(packs, **options)
            return DONE
        return _build(packs, executor=executor, recorded=not edition, **options)


@contextlib.contextmanager
def _executor(cluster: str, shared: str, *, watch: bool) -> Iterator["Executor | None"]:
    """The cluster of that address; None without one."""
    if not cluster:
        if shared:
            from ..composing.project import UsageError

            raise UsageError("'--shared' is for the workers of a '--cluster'; name that too, or leave it out")
        yield None
        return
    from ..composing.project import UsageError
    from ..output.remote.cluster import Cluster

    if watch:
        raise UsageError("'--watch' builds on this machine; leave out '--cluster'")
    with Cluster(cluster, shared or None) as executor:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what Dask logs of a lost cluster is our error
        yield executor


def _watch(packs: tuple[str, ...], **options: Any) -> None:
    from ..composing.project import find_packs
    from ..output.workers import WorkerPool
    from ..serve.watch import run_on_changes

    library = _open(packs, options).library
    pack_folders = find_packs(library, packs).values()
    with WorkerPool(options["jobs"] or os.cpu_count() or 1) as workers:

        def make() -> None:
            try:
                _build(packs, workers=workers, **options)
            except ProblemError as error:
                print_error(error)
            say("waiting for changes (stop with Ctrl-C)")

        run_on_changes(make, library, pack_folders)


def _build(
    packs: tuple[str, ...],
    *,
    explain: bool,
    dry_run: bool,
    quiet: bool,
    strict: bool | None,
    recorded: bool = True,
    **options: Any,
) -> int:
    from ..output.build import build
    from ..output.ledger import LEDGER_NAME

    project = _open(packs, options, strict)
    if project.strict and (findings := _findings(project, packs, options)):
        print_problems(as_errors(findings, strict=True))
        return PROBLEMS
    # Taken before anything is read, so that a file saved during the build counts as changed for the next run.
    snapshot = last_run.Snapshot(project.library.folders(packs))
    with build_callbacks(quiet=quiet, explain=explain, dry_run=dry_run) as callbacks:
        report = build(packs, dry_run=dry_run, told=callbacks, **options)
    warnings = as_errors(report.warnings, project.strict)
    print_problems(warnings, done="" if dry_run else "The files were written.")
    if not quiet:
        say(*_summary(report, dry_run=dry_run))
    if has_error(warnings):
        return PROBLEMS
    # The next run is answered without a build only if this one made everything and its output depends on nothing else.
    if recorded and not (explain or dry_run or options["force"] or options.get("workers")):
        outputs = [str(path) for path in (*report.reasons, project.out / LEDGER_NAME)]
        last_run.record_run(command_line(), snapshot, outputs, *_next_run_output(report, quiet=quiet))
    return DONE


def _make_copies(schools: str, packs: tuple[str, ...], *, quiet: bool, **options: Any) -> int:
    """Make the copies; return the exit code."""
    from ..composing.project import UsageError
    from ..copies.make import build_copies

    refused = [name for name in _NOT_FOR_COPIES if options.pop(name)]
    if refused:
        option = {"formats": "format", "dry_run": "dry-run"}.get(refused[0], refused[0])
        raise UsageError(f"'--for' makes PDFs, and has no '--{option}'; leave one out")
    with build_callbacks(quiet=quiet, rows=True) as callbacks:
        report = build_copies(schools, packs, told=callbacks, **options)
    print_problems((*report.warnings, *report.problems), done="The other rows were made." if report.problems else "")
    if not quiet:
        say(*_copies_summary(report))
    return PROBLEMS if report.problems else DONE


def _copies_summary(report: "CopiesReport") -> Iterator[str]:
    where = ", ".join(map(str, report.folders))
    rows = "1 row" if report.rows == 1 else f"{report.rows:,} rows"
    made = "1 copy" if report.made == 1 else f"{report.made:,} copies"
    yield f"{rows}: {made} made and {report.up_to_date:,} up to date in {where}"
    yield f"what became of each row: {', '.join(map(str, report.summaries))}"
    yield from _removed(report, "copies of schools that the list no longer has")


def _removed(report: "Report | CopiesReport", unwanted: str) -> Iterator[str]:
    """The files that were removed, and those that could be; `unwanted` says what these are."""
    for path in report.pruned:
        yield f"removed {path}"
    if report.unwanted:
        yield f"{unwanted}, remove them with --prune:"
        yield from (f"  {path}" for path in report.unwanted)


def _findings(project: "Project", packs: tuple[str, ...], options: dict[str, Any]) -> tuple[Problem, ...]:
    """What the rules of `check` find in what is requested; the build itself finds what shows on pages and sheets."""
    from ..checking.run import check_packs

    return check_packs(project.library, packs, audiences=options["audiences"]).problems


def _open(packs: tuple[str, ...], options: dict[str, Any], strict: bool | None = None) -> "Project":
    from ..composing.open_project import open_project

    names = ("sample", "audiences", "documents", "themes", "out")
    return open_project(options["project"], packs=packs, strict=strict, **{name: options[name] for name in names})


def _summary(report: "Report", *, dry_run: bool) -> Iterator[str]:
    """What a build did, or would do: a line or two, then the removed and the unwanted files."""
    folders = sorted({str(path.parent) for path in report.reasons})
    where = ", ".join(folders)
    made = sum(1 for reason in report.reasons.values() if reason)
    up_to_date = len(report.reasons) - made
    if not made:
        yield f"nothing to do: {count_files(up_to_date)} in {where} {'is' if up_to_date == 1 else 'are'} up to date"
    elif dry_run:
        yield f"would make {count_files(made)} in {where}; {up_to_date} up to date"
    else:
        also = f", {up_to_date} up to date" if up_to_date else ""
        yield f"{count_files(made)} in {where}{also}; start with {folders[0]}/index.html"
    yield from _removed(report, "files that belong to no document any more")


def _next_run_output(report: "Report", *, quiet: bool) -> tuple[str, str]:
    """(stdout, stderr) of the next run if nothing changes until then."""
    nothing = replace(report, reasons=dict.fromkeys(report.reasons), pruned=())
    warned = "".join(f"{problem}\n" for problem in report.warnings if problem.code != "ledger")
    return "" if quiet else "".join(f"{visible(line)}\n" for line in _summary(nothing, dry_run=False)), warned
