"""What a build tells while it works -> progress on a terminal or lines in a log, and reasons."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...visible import visible
from ..common import say

if TYPE_CHECKING:
    from ...output.plan import BuildCallbacks

_OFTEN = 5.0  # seconds between two lines about pages that are filled: most projects take less for all


@contextmanager
def build_callbacks(
    *, quiet: bool, explain: bool = False, dry_run: bool = False, rows: bool = False
) -> Iterator["BuildCallbacks"]:
    """The callbacks that print progress (a bar on a terminal, else lines) and, if requested, reasons.

    With `rows`, the progress is that of the rows of a list.
    """
    from ...output.plan import NO_CALLBACKS, BuildCallbacks

    reason = _print_reason if explain else _print_if_planned if dry_run else NO_CALLBACKS.reason
    with _line(quiet) as line:
        told = BuildCallbacks(reason=reason, say=lambda message: say(f"briefings: {message}", err=True))
        filling, counting = _Filling(line), _Counting(line)
        if not quiet:
            told = replace(told, planning=filling.tell, progress=counting.file)
        yield replace(told, rows=counting.rows, progress=counting.paper) if rows and not quiet else told


Line = Callable[[str, str, int, int, float | None], None]  # (line of a log, words beside a bar, done, total, seconds)


class _Filling:
    """Tells of the pages that were filled, from time to time."""

    def __init__(self, line: Line) -> None:
        self._line, self._told = line, time.monotonic()

    def tell(self, done: int, total: int, left: float | None) -> None:
        if done < total and time.monotonic() - self._told > _OFTEN:
            self._told = time.monotonic()
            self._line(f"{done:,} of {total:,} pages filled", "pages are filled", done, total, left)


class _Counting:
    """Tells of each file, or of the rows of a list; of a list, its papers are files too."""

    def __init__(self, line: Line) -> None:
        self._line, self._in_rows = line, False

    def file(self, path: Path, done: int, total: int, left: float | None) -> None:
        self._line(f"{done}/{total} {path}", path.name, done, total, left)

    def paper(self, path: Path, done: int, total: int, left: float | None) -> None:
        if path.suffix:  # and no school's folder
            self.file(path, done, total, left)

    def rows(self, done: int, failed: int, left: int, seconds: float | None) -> None:
        said = f"{done:,} rows done, {failed:,} failed, {left:,} to go"
        self._line(said, said, done + failed, done + failed + left, seconds)


@contextmanager
def _line(quiet: bool) -> Iterator[Line]:
    """What shows a line of progress: a bar on a terminal, else the line."""
    if not quiet and sys.stderr and sys.stderr.isatty():
        from rich.markup import escape
        from rich.progress import Progress as Bar

        with Bar(transient=True) as bar:
            task = bar.add_task("Making briefings", total=None)

            def update(_: str, words: str, done: int, total: int, left: float | None) -> None:
                text = escape(visible(words)) + (f", {format_seconds(left)} left" if left else "")
                bar.update(task, completed=done, total=total, description=text)

            yield update
    else:
        yield lambda line, _, __, ___, left: say(line + (f", {format_seconds(left)} left" if left else ""))


def format_seconds(seconds: float) -> str:
    """A time that is left, in words."""
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _print_reason(path: Path, reason: str | None) -> None:
    say(f"{path}: {reason or 'up to date'}")


def _print_if_planned(path: Path, reason: str | None) -> None:
    if reason:
        _print_reason(path, reason)
