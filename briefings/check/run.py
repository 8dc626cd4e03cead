"""Packs -> every Problem in them: loaded, composed, held to every rule; with templates of one's own, filled too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ..background import run_in_background
from ..briefing.parts import Briefing
from ..composing.project import compose_all, find_packs
from ..library import Library
from ..loading.load import load
from ..pack.pack import Pack
from ..problems import Mark, Problem, ProblemError
from .accept import AcceptedFinding
from .context import CheckContext
from .rule import Finding, Rule
from .rules.quotations import QuotationComparison
from .run_rules import RULES, CheckResult, applicable_rules, check_result, run_rules
from .templates.run import lint


@dataclass(frozen=True)
class CheckReport:
    """The packs looked at, what is wrong, findings accepted with a reason, and quotations looked up in copies."""

    packs: tuple[str, ...]
    problems: tuple[Problem, ...]
    accepted: tuple[AcceptedFinding, ...]
    quotations: tuple[QuotationComparison, ...]


@dataclass(frozen=True)
class SerializedFinding:
    """A finding as one process tells it to another; `spot` is its place among the subject's."""

    code: str
    value_index: int
    message: str
    mark: Mark
    hint: str


def check_packs(
    library: Library,
    packs: Sequence[str] = (),
    source_texts: Mapping[str, str] | None = None,
    *,
    pages: bool | None = None,
) -> CheckReport:
    """What can be said against some packs, by id or folder, or all of the project's; and against templates.

    `source_texts` are the reader's own copies of sources, by source id. With `pages` each document's page is filled
    too, as a
    build does before it writes anything; None fills them where templates are the user's own: most of what only a
    filled page shows is a template's doing. Raises UsageError for a pack that is not there.
    """
    found = find_packs(library, packs)
    pages = library.overrides if pages is None else pages
    templates = run_in_background(partial(lint, library))
    problems: list[Problem] = []
    accepted: list[AcceptedFinding] = []
    quotations: list[QuotationComparison] = []
    for folder in found.values():
        try:
            findings = _check_pack(folder, library, source_texts, pages)
        except ProblemError as error:
            problems += error.problems
        else:
            problems += findings.problems
            accepted += findings.accepted
            quotations += findings.quotations
    return CheckReport(
        tuple(found), tuple(dict.fromkeys([*templates(), *problems])), tuple(accepted), tuple(quotations)
    )


def read_source_texts(folder: Path) -> dict[str, str]:
    """The texts of sources in a folder of <source-id>.txt, by id."""
    return {path.stem: path.read_text("utf-8", "replace") for path in sorted(folder.glob("*.txt"))}


def _check_pack(folder: Path, library: Library, texts: Mapping[str, str] | None, pages: bool) -> CheckResult:
    """What is wrong with a pack; its documents are looked at in a copy of this process. Raises ProblemError where it
    cannot be loaded: rules and readers then have nothing to look at."""
    pack = load(folder, library.show(folder))
    others = run_in_background(partial(_check_documents, pack, library))
    subject = CheckContext(pack, source_texts=texts)
    ran = applicable_rules(subject)
    found = run_rules(subject, ran)
    problems, ran_there, told = others()
    there = [rule for rule in RULES if rule.code in ran_there]
    findings = check_result(subject, [*found, *deserialize(subject, told, there)], [*ran, *there])
    filled = _lint_pages(pack, library, folder) if pages and not problems else ()
    return replace(findings, problems=(*problems, *filled, *findings.problems))


def _check_documents(pack: Pack, library: Library) -> tuple[tuple[Problem, ...], list[str], list[SerializedFinding]]:
    """Why a pack's documents cannot be composed; else the codes of the rules for documents, and what they find."""
    from ..language.strings import load_strings
    from ..language.wording import Wording

    try:
        briefings = compose_all(pack, library)
        words = Wording(pack.info.language, load_strings(library, pack.info.language))
    except ProblemError as error:
        return error.problems, [], []
    subject = CheckContext(pack, briefings, words)
    ran = [rule for rule in applicable_rules(subject) if "briefings" in rule.needs]
    return (), [rule.code for rule in ran], serialize(subject, run_rules(subject, ran))


def _lint_pages(pack: Pack, library: Library, folder: Path) -> list[Problem]:
    """What is wrong with the pages of a pack, every second one filled in a copy of this process."""
    briefings = compose_all(pack, library)
    half = run_in_background(partial(_lint_rendered, briefings[::2], library, folder))
    return [*_lint_rendered(briefings[1::2], library, folder), *half()]


def _lint_rendered(briefings: Sequence[Briefing], library: Library, folder: Path) -> list[Problem]:
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


# -- findings between processes: each at its own value, which a copy of this process cannot hand over


def serialize(subject: CheckContext, found: Iterable[tuple[Rule, Finding]]) -> list[SerializedFinding]:
    """Findings, to be heard by a process that has the same pack."""
    places = {id(spot): place for place, spot in enumerate(subject.located_values)}
    return [SerializedFinding(rule.code, places[id(f.located)], f.message, f.mark, f.hint) for rule, f in found]


def deserialize(
    subject: CheckContext, told: Iterable[SerializedFinding], rules: Iterable[Rule]
) -> Iterator[tuple[Rule, Finding]]:
    """The findings of some `rules` as they were told."""
    by_code = {rule.code: rule for rule in rules}
    for one in told:
        yield by_code[one.code], Finding(one.message, subject.located_values[one.value_index], one.mark, one.hint)
