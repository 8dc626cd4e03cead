"""What an author can fix: a Problem with its file, line and column, and the error that carries all of them."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

MAX_EXCERPT = 200

YamlPath = tuple[str | int, ...]


class Mark(NamedTuple):  # a pack has thirteen thousand; a frozen dataclass takes four times as long to make
    """A place in a file; line and column count from 1. `end` is the last line of what stands there."""

    file: str
    line: int
    column: int
    end_line: int = 0


@dataclass(frozen=True)
class Problem:
    """Something an author can fix. An error stops the build; a warning does not."""

    code: str
    message: str
    mark: Mark | None = None
    hint: str = ""
    severity: Literal["error", "warning"] = "error"
    excerpt: str = ""

    def __str__(self) -> str:
        place = f"{self.mark.file}:{self.mark.line}:{self.mark.column}: " if self.mark else ""
        hint = f"; {self.hint}" if self.hint else ""
        first = f"{place}{self.severity}[{self.code}]: {self.message}{hint}"
        if not self.mark or not self.excerpt.strip():
            return first
        gutter = f"{self.mark.line:>5} | "
        start = max(0, self.mark.column - MAX_EXCERPT + 20)  # of a line too long for a screen, the part in question
        excerpt = self.excerpt[start : start + MAX_EXCERPT]
        caret = " " * (len(gutter) - 2) + "| " + " " * (self.mark.column - 1 - start) + "^"
        return f"{first}\n{gutter}{excerpt}\n{caret}"


class ProblemError(Exception):
    """Carries every Problem found, in the order of their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        none = Mark("", 0, 0)
        self.problems = tuple(sorted(problems, key=lambda p: (p.mark or none, p.code, p.message)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["ProblemError"], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)  # so that one raised in a worker arrives whole


def with_excerpt(problem: Problem) -> Problem:
    """The problem with the line it is on, read anew where its file can be."""
    if problem.mark is None:
        return problem
    try:
        return replace(problem, excerpt=Path(problem.mark.file).read_text("utf-8").splitlines()[problem.mark.line - 1])
    except (OSError, IndexError, UnicodeDecodeError):
        return problem


def did_you_mean(name: str, known: Iterable[str], saying: str = "did you mean '{}'?") -> str:
    """A hint with the known name most like `name`, or "" when none is."""
    match = difflib.get_close_matches(name, list(known), 1, 0.6)
    return saying.format(match[0]) if match else ""
