"""Packs -> every Problem in them: loaded, composed, rendered for every reader, held to every rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .briefing import Briefing
from .check import Accepted, Compared, Findings, check
from .library import Library
from .lint import lint, lint_page
from .load import load
from .meanwhile import meanwhile
from .plan import compose_all, find_packs
from .read import Problem, ProblemError
from .render import render, strings
from .wording import Wording


@dataclass(frozen=True)
class Examined:
    """The packs looked at, what is wrong, findings accepted with a reason, and quotations looked up in copies."""

    packs: tuple[str, ...]
    problems: tuple[Problem, ...]
    accepted: tuple[Accepted, ...]
    quotations: tuple[Compared, ...]


def examine(library: Library, packs: Sequence[str] = (), texts: Mapping[str, str] | None = None) -> Examined:
    """Everything that can be said against some packs, by id or folder; all of the project's without any.

    `texts` are the reader's own copies of sources, by source id. Raises UsageError for a pack that is not there.
    """
    found = find_packs(library, packs)
    problems = lint(library)
    accepted: list[Accepted] = []
    quotations: list[Compared] = []
    for folder in found.values():
        try:
            findings = _one(folder, library, texts)
        except ProblemError as error:
            problems += error.problems
        else:
            problems += findings.problems
            accepted += findings.accepted
            quotations += findings.quotations
    return Examined(tuple(found), tuple(dict.fromkeys(problems)), tuple(accepted), tuple(quotations))


def copies(folder: Path) -> dict[str, str]:
    """The texts of sources in a folder of <source-id>.txt, by id."""
    return {path.stem: path.read_text("utf-8", "replace") for path in sorted(folder.glob("*.txt"))}


def _one(folder: Path, library: Library, texts: Mapping[str, str] | None) -> Findings:
    """A pack's problems. Raises ProblemError where it cannot be loaded: rules then have nothing to look at."""
    pack = load(folder, library.show(folder))
    problems: list[Problem] = []
    briefings: tuple[Briefing, ...] = ()
    try:
        briefings = compose_all(pack, library)
    except ProblemError as error:
        problems += error.problems
    words = Wording(pack.info.language, strings(library, pack.info.language))
    pages = meanwhile(lambda: _pages(briefings[::2], library, folder))  # every second one: they come by audience
    findings = check(pack, briefings, words, texts)
    problems += _pages(briefings[1::2], library, folder)
    return replace(findings, problems=(*problems, *pages(), *findings.problems))


def _pages(briefings: Sequence[Briefing], library: Library, folder: Path) -> list[Problem]:
    """What is wrong with some pages: rendered, and looked over for what would make a PDF not everybody can read."""
    problems: list[Problem] = []
    for briefing in briefings:
        try:
            problems += lint_page(render(briefing, library, attached=False), briefing, library, folder)
        except ProblemError as error:
            problems += error.problems
    return problems
