"""A build, while it goes on and when it is done -> lines for a terminal or a log."""

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .problems import Problem

if TYPE_CHECKING:  # a check has problems to tell, and no build
    from .output.update import Report, Told

Progress = Callable[[Path, int, int, float | None], None]


@contextlib.contextmanager
def told(*, quiet: bool, explain: bool, dry_run: bool) -> Iterator["Told"]:
    """What a build is told to tell: a bar on a terminal, else a plain line a file; with `explain`, every reason."""
    from .output.update import QUIET, Told

    reason = _reason if explain else _planned if dry_run else QUIET.reason
    with _progress(quiet) as progress:
        yield Told(progress, reason, lambda what: print(f"briefings: {what}", file=sys.stderr))


def summary(report: "Report", *, dry_run: bool) -> Iterator[str]:
    """What a build did, in a line or two."""
    folders = sorted({str(path.parent) for path in report.reasons})
    where = ", ".join(folders)
    made = sum(1 for reason in report.reasons.values() if reason)
    rest = len(report.reasons) - made
    if not made:
        yield f"nothing to do: {files(rest)} in {where} {'is' if rest == 1 else 'are'} up to date"
    elif dry_run:
        yield f"would make {files(made)} in {where}; {rest} up to date"
    else:
        yield f"{files(made)} in {where}{f', {rest} up to date' if rest else ''}; begin with {folders[0]}/index.html"
    for path in report.pruned:
        yield f"removed {path}"
    if report.unwanted:
        yield f"{files(len(report.unwanted))} no audience has any more; --prune removes them:"
        yield from (f"  {path}" for path in report.unwanted)


def next_time(report: "Report", *, quiet: bool) -> tuple[str, str]:
    """What the next run says, to each of its outputs, if nothing changes until then."""
    nothing = replace(report, reasons=dict.fromkeys(report.reasons), pruned=())
    warned = "".join(f"{problem}\n" for problem in report.warnings if problem.code != "ledger")
    return "" if quiet else "".join(f"{line}\n" for line in summary(nothing, dry_run=False)), warned


def files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _reason(path: Path, reason: str | None) -> None:
    print(f"{path}: {reason or 'up to date'}")


def _planned(path: Path, reason: str | None) -> None:
    if reason:
        _reason(path, reason)


@contextlib.contextmanager
def _progress(quiet: bool) -> Iterator[Progress]:
    if quiet:
        from .output.update import QUIET

        yield QUIET.progress
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


def problems(found: Iterable[Problem], written: int = 0) -> Iterator[str]:
    """Each problem with its place, then how many there were; `written` files were made all the same."""
    found = list(found)
    yield from map(str, found)
    errors = [problem for problem in found if problem.severity == "error"]
    if errors:
        count = len({problem.mark.file for problem in errors if problem.mark})
        others = "The other file was" if written == 1 else f"The other {files(written)} were"
        done = f"{others} written." if written else "Nothing was written."
        where = f" in {count} file{'s' if count != 1 else ''}" if count else ""
        yield f"{len(errors)} error{'s' if len(errors) != 1 else ''}{where}. {done}"
