"""Problem: something an author can fix, with its file, line and column; and ProblemError, which carries many."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from heapq import nlargest
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple

from .limits import MAX_HINT_COMPARED, MAX_HINT_LENGTH, MAX_HINT_NAMES, MAX_HINTS
from .safe_files import read_text
from .visible import visible

MAX_EXCERPT = 200
_NAME = re.compile(r"'[^']*'(?: \(U\+[0-9A-F]+\))?")  # the name in a message, or the sign
_PAGE = re.compile(r"\bpage [a-z][\w-]*-[\w-]+")
_FEWEST_NAMES = 3  # findings that differ only in a name are grouped from this number on
_MOST_PLACES = 40  # a check as JSON has all

YamlPath = tuple[str | int, ...]


# A NamedTuple, because a pack has thirteen thousand marks and a frozen dataclass takes four times as long to create.
class Mark(NamedTuple):
    """A position in a file. Lines and columns count from 1; `end_line` is the last line of the value found there."""

    file: str
    line: int
    column: int
    end_line: int = 0


@dataclass(frozen=True)
class Problem:
    """Something an author can fix. An error stops the build; a warning does not.

    `message` says what is wrong, `hint` what to do; `excerpt` is the line of the file at `mark`.
    """

    code: str
    message: str
    mark: Mark | None = None
    hint: str = ""
    severity: Literal["error", "warning"] = "error"
    excerpt: str = ""

    def __str__(self) -> str:
        place = f"{_place(self.mark)}: " if self.mark else ""
        hint = f"; {visible(self.hint)}" if self.hint else ""
        summary = f"{place}{self.severity}[{self.code}]: {visible(self.message)}{hint}"
        if not self.mark or not self.excerpt or self.excerpt.isspace():
            return summary
        gutter = f"{self.mark.line:>5} | "
        # Cut a long line to the part around the column, with 20 characters after it.
        start = max(0, self.mark.column - MAX_EXCERPT + 20)
        line = self.excerpt.replace("\t", " ")  # one column wide, so that the caret stands below its sign
        excerpt = visible(line[start : start + MAX_EXCERPT])
        before = self.mark.column - 1 - start
        width = len(visible(line[start : start + before])) + max(0, start + before - len(line))
        caret = " " * (len(gutter) - 2) + "| " + " " * width + "^"
        return f"{summary}\n{gutter}{excerpt}\n{caret}"


class ProblemError(Exception):
    """Carries every Problem found, sorted by file, line and column; those without a mark come first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        no_mark = Mark("", 0, 0)
        self.problems = tuple(sorted(problems, key=lambda p: (p.mark or no_mark, p.code, p.message)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["ProblemError"], tuple[tuple[Problem, ...]]]:
        # Pickle the problems, not only the message, so that an error raised in a worker keeps them.
        return type(self), (self.problems,)


def _place(mark: Mark) -> str:
    return f"{visible(mark.file)}:{mark.line}:{mark.column}"


def with_excerpt(problem: Problem) -> Problem:
    """A copy of the problem with its line read from the file; the problem itself if the file cannot be read."""
    if problem.mark is None:
        return problem
    path = Path(problem.mark.file)
    try:
        state = path.stat()
        lines = _lines(path, state.st_mtime_ns, state.st_size)
        return replace(problem, excerpt=lines[problem.mark.line - 1])
    except (OSError, IndexError, UnicodeDecodeError):
        return problem


@lru_cache(maxsize=2)  # a file with a thousand problems is read once
def _lines(path: Path, mtime_ns: int, size: int) -> tuple[str, ...]:
    return tuple(read_text(path).splitlines())


def grouped(problems: Iterable[Problem]) -> Iterator[str]:
    """Each problem as text. What repeats an earlier one, for the same or for another name, is a place behind it.

    Thirty texts with one unknown name need one decision, and thirty messages would hide all others. So does one fault
    of a template, which is on every page.
    """
    groups: dict[object, list[Problem]] = {}
    for problem in problems:
        alike = (problem.code, problem.severity, _NAME.sub("", _said(problem), 1), problem.hint)
        # An error without a place says something else each time.
        groups.setdefault(alike if problem.mark else problem, []).append(problem)
    for group in groups.values():
        first, *others = group
        if len(group) < _FEWEST_NAMES and {_said(each) for each in group} != {_said(first)}:
            yield from map(str, group)
        else:
            yield f"{first}\n  and {len(others)} more: {_places(first, others)}" if others else str(first)


def _said(problem: Problem) -> str:
    """The message for any page."""
    return _PAGE.sub("page", problem.message)


def _places(first: Problem, others: Sequence[Problem]) -> str:
    """Where the same was found, as `file:line:column`, or on which page; of another name with that name."""
    found: dict[str, list[str]] = {"": []}  # those of the same name come first
    for each in others[:_MOST_PLACES]:
        assert each.mark is not None
        name = _NAME.search(each.message) if _said(each) != _said(first) else None
        page = _PAGE.search(each.message) if each.mark == first.mark else None
        place = page[0] if page else _place(each.mark)
        found.setdefault(visible(name[0]) if name else "", []).append(place)
    said = (f"{name} ({', '.join(places)})" if name else ", ".join(places) for name, places in found.items() if places)
    return ", ".join(said) + (", …" if len(others) > _MOST_PLACES else "")


def did_you_mean(name: str, known: Iterable[str], saying: str = "did you mean '{}'?") -> str:
    """A hint that names the closest match for `name` in `known`, or "" if none is close. Case matters least.

    A name longer than any that somebody types gets none, and no more than MAX_HINT_NAMES are looked at.
    """
    if len(name) > MAX_HINT_LENGTH:
        return ""
    names = list(islice(known, MAX_HINT_NAMES))
    match = next((each for each in names if each.casefold() == name.casefold()), "") or _closest(name, names)
    return saying.format(match) if match else ""


def _closest(name: str, names: Iterable[str]) -> str:
    """As difflib.get_close_matches, which compares every name letter by letter, in time with the cube of its length."""
    matcher, cutoff = difflib.SequenceMatcher(), 0.6
    matcher.set_seq2(name)
    bounds = list[tuple[float, str]]()
    for each in names:
        matcher.set_seq1(each)
        if matcher.real_quick_ratio() >= cutoff and (bound := matcher.quick_ratio()) >= cutoff:
            bounds.append((bound, each))
    best = (cutoff, "")
    for _, each in nlargest(MAX_HINT_COMPARED, bounds):
        matcher.set_seq1(each)
        best = max(best, (matcher.ratio(), each))
    return best[1]


@dataclass(frozen=True)
class Hints:
    """did_you_mean for many names: each is looked up once, and after MAX_HINTS different ones none is.

    Whoever misspells a hundred names has made another mistake, and a file with thousands must not take minutes.
    """

    _given: dict[tuple[str, str], str] = field(default_factory=dict)

    def near(
        self, name: str, known: Callable[[], Iterable[str]], saying: str = "did you mean '{}'?", kind: str = ""
    ) -> str:
        """The hint for a name of a kind; `known` returns the names of that kind."""
        key = kind, name
        if key not in self._given:
            if len(self._given) >= MAX_HINTS:
                return ""
            self._given[key] = did_you_mean(name, known(), saying)
        return self._given[key]
