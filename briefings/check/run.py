"""Packs -> every Problem in them: loaded, composed, held to every rule; with templates of one's own, filled too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ..background import meanwhile
from ..briefing.parts import Briefing
from ..composing.project import compose_all, find_packs
from ..library import Library
from ..loading.load import load
from ..pack.pack import Pack
from ..problems import Problem, ProblemError
from .accept import Accepted
from .context import Subject
from .elsewhere import Told, hear, tell
from .findings import RULES, Findings, find, running, settled
from .rules.quotations import Compared
from .templates.run import lint


@dataclass(frozen=True)
class Examined:
    """The packs looked at, what is wrong, findings accepted with a reason, and quotations looked up in copies."""

    packs: tuple[str, ...]
    problems: tuple[Problem, ...]
    accepted: tuple[Accepted, ...]
    quotations: tuple[Compared, ...]


def examine(
    library: Library, packs: Sequence[str] = (), texts: Mapping[str, str] | None = None, *, pages: bool | None = None
) -> Examined:
    """What can be said against some packs, by id or folder, or all of the project's; and against templates.

    `texts` are the reader's own copies of sources, by source id. With `pages` each document's page is filled too, as a
    build does before it writes anything; None fills them where templates are the user's own: most of what only a
    filled page shows is a template's doing. Raises UsageError for a pack that is not there.
    """
    found = find_packs(library, packs)
    pages = library.overrides if pages is None else pages
    templates = meanwhile(partial(lint, library))
    problems: list[Problem] = []
    accepted: list[Accepted] = []
    quotations: list[Compared] = []
    for folder in found.values():
        try:
            findings = _one(folder, library, texts, pages)
        except ProblemError as error:
            problems += error.problems
        else:
            problems += findings.problems
            accepted += findings.accepted
            quotations += findings.quotations
    return Examined(tuple(found), tuple(dict.fromkeys([*templates(), *problems])), tuple(accepted), tuple(quotations))


def copies(folder: Path) -> dict[str, str]:
    """The texts of sources in a folder of <source-id>.txt, by id."""
    return {path.stem: path.read_text("utf-8", "replace") for path in sorted(folder.glob("*.txt"))}


def _one(folder: Path, library: Library, texts: Mapping[str, str] | None, pages: bool) -> Findings:
    """What is wrong with a pack; its documents are looked at in a copy of this process. Raises ProblemError where it
    cannot be loaded: rules and readers then have nothing to look at."""
    pack = load(folder, library.show(folder))
    others = meanwhile(partial(_in_documents, pack, library))
    subject = Subject(pack, texts=texts)
    ran = running(subject)
    found = find(subject, ran)
    problems, ran_there, told = others()
    there = [rule for rule in RULES if rule.code in ran_there]
    findings = settled(subject, [*found, *hear(subject, told, there)], [*ran, *there])
    filled = _pages(pack, library, folder) if pages and not problems else ()
    return replace(findings, problems=(*problems, *filled, *findings.problems))


def _in_documents(pack: Pack, library: Library) -> tuple[tuple[Problem, ...], list[str], list[Told]]:
    """Why a pack's documents cannot be composed; else the codes of the rules for documents, and what they find."""
    from ..language.strings import load_strings
    from ..language.wording import Wording

    try:
        briefings = compose_all(pack, library)
        words = Wording(pack.info.language, load_strings(library, pack.info.language))
    except ProblemError as error:
        return error.problems, [], []
    subject = Subject(pack, briefings, words)
    ran = [rule for rule in running(subject) if "briefings" in rule.needs]
    return (), [rule.code for rule in ran], tell(subject, find(subject, ran))


def _pages(pack: Pack, library: Library, folder: Path) -> list[Problem]:
    """What is wrong with the pages of a pack, every second one filled in a copy of this process."""
    briefings = compose_all(pack, library)
    half = meanwhile(partial(_filled, briefings[::2], library, folder))
    return [*_filled(briefings[1::2], library, folder), *half()]


def _filled(briefings: Sequence[Briefing], library: Library, folder: Path) -> list[Problem]:
    """What is wrong with some pages: rendered, and looked over for what would make a PDF not everybody can read."""
    from ..page.render import render
    from .templates.pages import lint_page

    problems: list[Problem] = []
    for briefing in briefings:
        try:
            problems += lint_page(render(briefing, library, attached=False), briefing, library, folder)
        except ProblemError as error:
            problems += error.problems
    return problems
