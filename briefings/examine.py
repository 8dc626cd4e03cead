"""Packs -> every Problem in them: loaded, composed, rendered for every reader, held to every rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .briefing import Briefing
from .check import Accepted, check
from .library import Library
from .load import load
from .plan import compose_all, find_packs
from .read import Problem, ProblemError
from .render import render, strings
from .wording import Wording


@dataclass(frozen=True)
class Examined:
    """What is wrong, errors and warnings; findings the data accepts with a reason; and the packs looked at."""

    packs: tuple[str, ...]
    problems: tuple[Problem, ...]
    accepted: tuple[Accepted, ...]


def examine(library: Library, packs: Sequence[str] = (), texts: Mapping[str, str] | None = None) -> Examined:
    """Everything that can be said against some packs, by id or folder; all of the project's without any.

    `texts` are the reader's own copies of sources, by source id. Raises UsageError for a pack that is not there.
    """
    found = find_packs(library, packs)
    problems: list[Problem] = []
    accepted: list[Accepted] = []
    for folder in found.values():
        try:
            one = _one(folder, library, texts)
        except ProblemError as error:
            problems += error.problems
        else:
            problems += one[0]
            accepted += one[1]
    return Examined(tuple(found), tuple(dict.fromkeys(problems)), tuple(accepted))


def _one(folder: Path, library: Library, texts: Mapping[str, str] | None) -> tuple[list[Problem], tuple[Accepted, ...]]:
    """A pack's problems. Raises ProblemError where it cannot be loaded: rules then have nothing to look at."""
    pack = load(folder, library.show(folder))
    problems: list[Problem] = []
    briefings: tuple[Briefing, ...] = ()
    try:
        briefings = compose_all(pack, library)
    except ProblemError as error:
        problems += error.problems
    for briefing in briefings:
        try:
            render(briefing, library)
        except ProblemError as error:
            problems += error.problems
    findings = check(pack, briefings, Wording(pack.info.language, strings(library, pack.info.language)), texts)
    return problems + list(findings.problems), findings.accepted
