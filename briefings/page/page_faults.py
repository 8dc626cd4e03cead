"""A page that is not safe -> Problems, at the tags of the templates that wrote it."""

from collections.abc import Callable

from ..library import Library
from ..problems import Mark, Problem, ProblemError, with_excerpt
from .page_safety import Danger, dangers


def check_safe(html: str, name: str, library: Library, located: Callable[[], str]) -> None:
    """Raise ProblemError if a page would run, fetch, send or hide something.

    `located` fills the page again with the place of each tag, which only a page with dangers needs.
    """
    if not any(True for _ in dangers(html)):
        return
    found = [_problem(danger, name, library) for danger in dangers(located())]
    if not found:  # the places made another page of it
        found = [_problem(danger, name, library) for danger in dangers(html)]
    raise ProblemError(dict.fromkeys(found))


def _problem(danger: Danger, name: str, library: Library) -> Problem:
    file, _, place = danger.place.rpartition(":")
    file, _, line = file.rpartition(":")
    mark = Mark(file, int(line), int(place)) if file and line.isdigit() and place.isdigit() else None
    mark = mark or (library.mention(danger.raw) if danger.raw.isprintable() else None)
    where = "" if mark else f", on page {name}"
    return with_excerpt(Problem(danger.code, f"{danger.message}{where}", mark, danger.hint))
