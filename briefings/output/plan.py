"""A request -> a Plan: every file to make, and the briefing of each; and what a build is told, and reports."""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..briefing.parts import Briefing
from ..checking.context import CheckContext
from ..checking.run import document_context
from ..checking.run_rules import blocking_errors
from ..composing.project import Request, UsageError, compose_requested, find_packs, is_empty, load_pack, require_known
from ..library import Library, readable_text
from ..loading.editions import is_edition
from ..pack.data_state import DataState
from ..problems import Mark, Problem, ProblemError, with_excerpt
from .formats import FORMATS, SCREEN_FORMATS, TYPESET_FORMATS, file_name, formats_of

_MISSING_CHARACTER = re.compile(r"'(.)' \(U")  # the character in a message like: no font has '蛙' (U+86D9)


@dataclass(frozen=True, eq=False)
class BuildTarget:
    """A file to make: a briefing in a format, at a path."""

    briefing: Briefing
    format: str
    path: Path

    @property
    def for_screen(self) -> bool:
        """Whether the page is rendered for the screen, not for print."""
        return self.format in SCREEN_FORMATS

    @property
    def typeset(self) -> bool:
        """Whether worker processes typeset it, which takes seconds."""
        return self.format in TYPESET_FORMATS

    @property
    def page_key(self) -> tuple[str, Path, bool]:
        """Equal for targets that are made from the same rendered page."""
        return self.briefing.name, self.path.parent, self.for_screen


@dataclass(frozen=True)
class Plan:
    """Every file to make, in order.

    `briefings` maps each pack's output folder to all its briefings, requested or not: the index lists them all.
    """

    targets: tuple[BuildTarget, ...]
    briefings: Mapping[Path, tuple[Briefing, ...]]
    folders: Mapping[str, Path]  # pack id -> the pack's folder of YAML
    request: Request
    out: Path
    states: Mapping[Path, DataState] = field(default_factory=dict)  # output folder of a pack -> its data, to explain

    @property
    def possible_paths(self) -> frozenset[Path]:
        """Every file that could be requested, in any format and on any paper, and the index of each pack."""
        paths = {folder / "index.html" for folder in self.briefings}
        for folder, briefings in self.briefings.items():
            for briefing in briefings:
                choice = briefing.choice
                names = [choice.file_name(briefing.audience.id, paper) for paper in choice.papers]
                paths |= {folder / file_name(name, form) for name in names for form in choice.formats}
        return frozenset(paths)


def make_plan(library: Library, request: Request, out: Path) -> Plan:
    """Read, check and compose everything that is requested.

    Raises ProblemError with the problems of all packs, and UsageError if the request names something unknown or
    matches no file.
    """
    require_known("format", request.formats, FORMATS)
    targets: list[BuildTarget] = []
    all_briefings: dict[Path, tuple[Briefing, ...]] = {}
    folders: dict[str, Path] = {}
    states: dict[Path, DataState] = {}
    problems: list[Problem] = []
    for pack_id, folder in find_packs(library, request.packs).items():
        try:
            pack = load_pack(folder, library)
        except ProblemError as error:
            problems += error.problems
            continue
        try:
            composed = compose_requested(pack, library, request)
            if not is_edition(folder):  # which the rules of its time allowed
                problems += blocking_errors(document_context(pack, library, request, composed))
        except ProblemError as error:
            problems += [*blocking_errors(CheckContext(pack)), *error.problems]
            continue
        briefings = tuple(briefing for briefing in composed if not is_empty(briefing))
        folders[pack_id] = folder
        states[out / pack_id] = DataState(pack)
        all_briefings[out / pack_id] = briefings
        targets += [
            BuildTarget(briefing, name, out / pack_id / file_name(briefing.name, name))
            for briefing in briefings
            if request.matches(briefing)
            for name in formats_of(briefing)
            if name in (request.formats or FORMATS)
        ]
    problems += _same_names(targets, library)
    if problems:
        raise ProblemError(dict.fromkeys(problems))
    if not targets:
        raise UsageError("no document matches the request; 'briefings list' shows what there is")
    return Plan(tuple(targets), all_briefings, folders, request, out, states)


def _same_names(targets: Iterable[BuildTarget], library: Library) -> Iterator[Problem]:
    """A Problem for each document whose file another one would replace; on some systems case makes no difference."""
    by_path: dict[str, list[BuildTarget]] = {}
    for target in targets:
        by_path.setdefault(str(target.path).casefold(), []).append(target)
    for alike in (each for each in by_path.values() if len(each) > 1):
        for target in alike:
            others = [t.briefing for t in alike if t is not target]
            said = " and ".join(f"'{b.choice.document}' of '{b.audience.id}'" for b in others)
            message = f"'{target.path.name}' is the name of a file of {said} too"
            mark = document_mark(target.briefing, library)
            yield with_excerpt(Problem("same-file-name", message, mark, "rename the audience or the document"))


def document_mark(briefing: Briefing, library: Library) -> Mark:
    """The line of a document in the file of its audience, which is validated already, so that its marks are gone."""
    path = library.audience_files()[briefing.audience.id]
    lines = enumerate(readable_text(path).splitlines(), 1)
    line = next((n for n, text in lines if f"document: {briefing.choice.document}" in text), 1)
    return Mark(library.show(path), line, 1)


def is_of_request(path: Path, request: Request, library: Library) -> bool:
    """Whether a file belongs to a requested audience. A plan may lack files of the others: see `compose_all`."""
    if not request.audiences:
        return True
    owners = [name for name in library.all_audience_files() if path.name.startswith(f"{name}-")]
    return max(owners, key=len, default="") in request.audiences


def locate_glyph(problem: Problem, plan: Plan, library: Library) -> Problem:
    """The problem of a missing glyph, with the place of its character in templates or data as its mark.

    The typesetter does not know the data, so its problems have no such mark. Other problems are returned unchanged.
    """
    match = _MISSING_CHARACTER.search(problem.message)
    if problem.mark or not match:
        return problem
    mark = library.mention(match[1], tuple(plan.folders.values()))
    return replace(problem, mark=mark)


@dataclass(frozen=True)
class Report:
    """What a build did. All paths are below the output folder."""

    written: tuple[Path, ...] = ()
    warnings: tuple[Problem, ...] = ()
    sheets: Mapping[Path, int] = field(default_factory=dict)  # PDF -> its number of sheets
    reasons: Mapping[Path, str | None] = field(default_factory=dict)  # why each was made; None: it was up to date
    unwanted: tuple[Path, ...] = ()  # made by an earlier build, and no longer part of any document
    pruned: tuple[Path, ...] = ()


class UnfinishedError(ProblemError):
    """Some outputs could not be made. `written` were made; the others are as they were before the build."""

    def __init__(self, problems: Iterable[Problem], written: Sequence[Path]) -> None:
        super().__init__(problems)
        self.written = tuple(written)


@dataclass(frozen=True)
class BuildOptions:
    """`force` makes everything again, `prune` removes unwanted outputs, `dry_run` writes nothing.

    `again` makes everything again, but keeps what no build made.
    """

    jobs: int = 0  # maximum number of worker processes; 0: the number of processors
    force: bool = False
    prune: bool = False
    dry_run: bool = False
    again: bool = False


def _silent(*_: object) -> None: ...


@dataclass(frozen=True)
class BuildCallbacks:
    """Functions that a build calls to report on its work."""

    progress: Callable[[Path, int, int, float | None], None] = _silent  # (path, done, total, seconds left or None)
    reason: Callable[[Path, str | None], None] = _silent  # for each output, before any is made
    say: Callable[[str], None] = _silent  # a message, such as that the build waits for another one
    planning: Callable[[int, int, float | None], None] = _silent  # (pages filled, all pages, seconds left), first
    rows: Callable[[int, int, int, float | None], None] = _silent  # of copies: (rows done, failed, left, seconds left)


class TimeLeft:
    """From how much is done -> the seconds that the rest will take; None as long as that would be a guess.

    The clock begins when the first is done: what comes before is the start of processes, and what many need at once.
    """

    _SECONDS, _TIMES = 2.0, 3  # after the first, before there is an estimate

    def __init__(self, total: float) -> None:
        self._total, self._times = total, 0
        self._first, self._began = 0.0, 0.0

    def after(self, done: float) -> float | None:
        """Call it each time that something is done, with all that is; in the units of the total."""
        now = time.monotonic()
        if not self._times:
            self._first, self._began = done, now
        self._times += 1
        if done >= self._total:
            return 0.0
        passed = now - self._began
        if self._times <= self._TIMES or passed < self._SECONDS or done <= self._first:
            return None
        return passed / (done - self._first) * (self._total - done)


DEFAULT_OPTIONS = BuildOptions()
NO_CALLBACKS = BuildCallbacks()
Told = BuildCallbacks  # its public name, which users import
