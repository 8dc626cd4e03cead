"""What is asked for -> a Plan: every file to make, from which briefing, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..briefing.parts import Briefing
from ..check.run_rules import blocking_errors
from ..composing.project import Request, UsageError, compose_all, find_packs, require_known
from ..library import Library
from ..loading.load import load
from ..problems import Problem, ProblemError
from .formats import FORMATS


@dataclass(frozen=True, eq=False)
class BuildTarget:
    """One file to make: a briefing in a format, at a place, and why."""

    briefing: Briefing
    format: str
    path: Path
    reason: str = "it was asked for"


@dataclass(frozen=True)
class Plan:
    """Every file to make, in order; `briefings` are all there could be, for each pack's index."""

    targets: tuple[BuildTarget, ...]
    briefings: Mapping[Path, tuple[Briefing, ...]]
    folders: Mapping[str, Path]  # pack id -> its folder of YAML
    request: Request
    out: Path

    @property
    def possible_paths(self) -> frozenset[Path]:
        """Every file that could be asked for, in any format and on any paper, and each pack's index."""
        paths = {folder / "index.html" for folder in self.briefings}
        for folder, briefings in self.briefings.items():
            for briefing in briefings:
                choice = briefing.choice
                names = [choice.file_name(briefing.audience.id, paper) for paper in choice.papers]
                paths |= {folder / f"{name}.{form}" for name in names for form in choice.formats}
        return frozenset(paths)


def make_plan(library: Library, request: Request, out: Path) -> Plan:
    """Read, check and compose all that is asked for. Raises ProblemError and UsageError."""
    require_known("format", request.formats, FORMATS)
    steps: list[BuildTarget] = []
    everything: dict[Path, tuple[Briefing, ...]] = {}
    folders: dict[str, Path] = {}
    problems: list[Problem] = []
    for pack_id, folder in find_packs(library, request.packs).items():
        try:
            pack = load(folder, library.show(folder))
            problems += blocking_errors(pack)
            briefings = compose_all(pack, library, request)
        except ProblemError as error:
            problems += error.problems
            continue
        folders[pack_id] = folder
        everything[out / pack_id] = briefings
        steps += [
            BuildTarget(briefing, name, out / pack_id / f"{briefing.name}.{name}")
            for briefing in briefings
            if _matches_request(briefing, request)
            for name in FORMATS
            if name in briefing.choice.formats and name in (request.formats or FORMATS)
        ]
    if problems:
        raise ProblemError(problems)
    if not steps:
        raise UsageError("nothing fits all that was asked for; 'briefings list' shows what there is")
    return Plan(tuple(steps), everything, folders, request, out)


def _matches_request(briefing: Briefing, request: Request) -> bool:
    return (
        (not request.audiences or briefing.audience.id in request.audiences)
        and (not request.documents or briefing.choice.document in request.documents)
        and (not request.looks or briefing.choice.look in request.looks)
    )
