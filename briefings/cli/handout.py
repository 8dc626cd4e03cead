"""`briefings handout`: packs -> for each the folder that a teacher prints from, with what was done, line by line."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from .building.progress import build_callbacks
from .common import (
    DONE,
    PROBLEMS,
    as_errors,
    count_files,
    has_error,
    out_option,
    packs_argument,
    print_problems,
    project_options,
    say,
    strict_option,
    theme_option,
)

if TYPE_CHECKING:
    from ..output.handout.run import HandoutReport


@click.command("handout")
@packs_argument
@click.option(
    "--pupils", type=click.IntRange(1, 1000), default=30, show_default=True, help="How many pupils there are."
)
@click.option(
    "--to",
    type=click.Path(file_okay=False),
    help="The folder to write. Default: handout/ in the pack's output folder.",
)
@click.option("--paper", default="", help="The paper to prefer, such as letter. Default: each document's own paper.")
@theme_option
@project_options
@out_option
@strict_option
@click.option("--jobs", type=click.IntRange(1), help="Maximum number of processes. Default: the number of processors.")
@click.option("--force", is_flag=True, help="Make everything again, and replace files that were edited by hand.")
@click.option("-q", "--quiet", is_flag=True, help="Print only errors and warnings.")
def command(packs: tuple[str, ...], strict: bool | None, quiet: bool, **options: Any) -> int:
    """Make a teacher's folder: READ ME FIRST, the teacher's papers, the pupils' papers by level, in print order.

    What is out of date is built first. PACK is an id or a folder; without one, all packs of the project are handed out.
    """
    from ..composing.open_project import open_project
    from ..output.handout.run import hand_out

    names = ("project", "sample", "themes", "out")
    project = open_project(packs=packs, strict=strict, **{name: options[name] for name in names})
    with build_callbacks(quiet=quiet) as callbacks:
        report = hand_out(packs, told=callbacks, **options)
    warnings = as_errors(report.warnings, project.strict)
    print_problems(warnings, done="The files were written.")
    if not quiet:
        say(*_summary(report))
    return PROBLEMS if has_error(warnings) else DONE


def _summary(report: "HandoutReport") -> Iterator[str]:
    """A line for each folder, and one for each file that was removed."""
    for handout in report.handouts:
        news = f"{handout.written} of them new or changed" if handout.written else "all up to date"
        yield f"{count_files(handout.files)} in {handout.folder}, {news}; start with {handout.read_me}"
        yield from (f"removed {path}" for path in handout.removed)
