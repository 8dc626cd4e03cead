"""What a build tells while it works -> progress on a terminal or lines in a log, and reasons."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ...visible import visible
from ..common import say

if TYPE_CHECKING:
    from ...output.plan import BuildCallbacks

ProgressCallback = Callable[[Path, int, int, float | None], None]


@contextlib.contextmanager
def build_callbacks(*, quiet: bool, explain: bool = False, dry_run: bool = False) -> Iterator["BuildCallbacks"]:
    """The callbacks that print progress (a bar on a terminal, else a line per file) and, if requested, reasons."""
    from ...output.plan import NO_CALLBACKS, BuildCallbacks

    reason = _print_reason if explain else _print_if_planned if dry_run else NO_CALLBACKS.reason
    with _progress(quiet) as progress:
        yield BuildCallbacks(progress, reason, lambda message: say(f"briefings: {message}", err=True))


def _print_reason(path: Path, reason: str | None) -> None:
    say(f"{path}: {reason or 'up to date'}")


def _print_if_planned(path: Path, reason: str | None) -> None:
    if reason:
        _print_reason(path, reason)


@contextlib.contextmanager
def _progress(quiet: bool) -> Iterator[ProgressCallback]:
    if quiet:
        from ...output.plan import NO_CALLBACKS

        yield NO_CALLBACKS.progress
    elif sys.stderr and sys.stderr.isatty():
        from rich.markup import escape
        from rich.progress import Progress as Bar

        with Bar(transient=True) as bar:
            task = bar.add_task("Making briefings", total=None)

            def update(path: Path, done: int, total: int, left: float | None) -> None:
                text = escape(visible(path.name)) + (f", {_format_seconds(left)} left" if left else "")
                bar.update(task, completed=done, total=total, description=text)

            yield update
    else:
        yield _print_progress


def _print_progress(path: Path, done: int, total: int, left: float | None) -> None:
    say(f"{done}/{total} {path}{f', {_format_seconds(left)} left' if left else ''}")


def _format_seconds(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
