"""Packs and templates -> every Problem found by loading, composing and running the rules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ..briefing.parts import Briefing
from ..composing.project import (
    Request,
    compose_requested,
    find_packs,
    is_empty,
    load_pack,
    require_known,
)
from ..composing.specimen import SPECIMEN
from ..library import Library, is_stray
from ..pack.pack import Pack
from ..problems import Mark, Problem, ProblemError
from ..processes.background import run_in_background
from ..safe_files import names_in, read_text
from .accept import AcceptedFinding
from .context import CheckContext
from .editions import edition_warnings
from .rule import Finding, Rule
from .rules.quotations import QuotationComparison
from .run_rules import RULES, CheckResult, applicable_rules, check_result, run_rules
from .templates.run import lint, theme_warnings


@dataclass(frozen=True)
class CheckReport:
    """The ids of the checked packs, and what was found in them and in the templates."""

    packs: tuple[str, ...]
    problems: tuple[Problem, ...]
    accepted: tuple[AcceptedFinding, ...]
    quotations: tuple[QuotationComparison, ...]


@dataclass(frozen=True)
class SerializedFinding:
    """A finding in picklable form. `value_index` is the index of its value in `CheckContext.located_values`.

    A pickled copy of the value itself would be a different object in the parent process, and `accept` compares values
    by identity. Both processes have the same pack, so the index means the same value in both.
    """

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
    audiences: Sequence[str] = (),
) -> CheckReport:
    """Check packs, given by id or folder (by default all packs of the project), and the templates.

    `source_texts` are the user's own copies of sources, by source id. `audiences` limits the documents that are checked
    to theirs. Pages are not rendered: see output/verdict.py. Raises UsageError for an unknown pack or audience.
    """
    found, request = find_packs(library, packs), Request(audiences=tuple(audiences))
    require_known("audience", audiences, library.audience_files())
    template_problems = run_in_background(partial(_template_problems, library))
    problems: list[Problem] = []
    accepted: list[AcceptedFinding] = []
    quotations: list[QuotationComparison] = []
    for folder in found.values():
        try:
            result = _check_pack(folder, library, request, source_texts)
        except ProblemError as error:
            problems += error.problems
        else:
            problems += result.problems
            accepted += result.accepted
            quotations += result.quotations
    return CheckReport(
        tuple(found), tuple(dict.fromkeys([*template_problems(), *problems])), tuple(accepted), tuple(quotations)
    )


def _template_problems(library: Library) -> list[Problem]:
    return [*lint(library), *theme_warnings(library)]


def read_source_texts(folder: Path) -> dict[str, str]:
    """Read a folder of <source-id>.txt files into texts by source id. Bytes that are not UTF-8 are replaced."""
    names = (name for name in names_in(folder, ".txt") if not is_stray(name))
    found = {}
    for name in names:
        try:
            found[name.removesuffix(".txt")] = read_text(folder / name, errors="replace")
        except OSError as error:
            mark = Mark((folder / name).as_posix(), 1, 1)
            raise ProblemError([Problem("unreadable", error.strerror or str(error), mark, "move it away")]) from None
    return found


def _check_pack(folder: Path, library: Library, request: Request, texts: Mapping[str, str] | None) -> CheckResult:
    """Check one pack, its documents in a child process. Raises ProblemError if the pack cannot be loaded."""
    pack = load_pack(folder, library)
    documents = run_in_background(partial(_check_documents, pack, library, request))
    context = CheckContext(pack, source_texts=texts)
    ran = applicable_rules(context)
    findings = run_rules(context, ran)
    compose_problems, document_codes, serialized = documents()
    document_rules = [rule for rule in RULES if rule.code in document_codes]
    findings += deserialize(context, serialized, document_rules)
    # A finding that is accepted may be in a document that is not checked: then nobody can tell that it is gone.
    partial_check = request.audiences or library.selection.narrows
    result = check_result(context, findings, ran if partial_check else [*ran, *document_rules])
    return replace(result, problems=(*compose_problems, *edition_warnings(pack), *result.problems))


def _check_documents(
    pack: Pack, library: Library, request: Request
) -> tuple[tuple[Problem, ...], list[str], list[SerializedFinding]]:
    """(problems that prevent composing the documents, codes of the rules that ran on them, their findings)."""
    try:
        context = document_context(pack, library, request, compose_requested(pack, library, request))
    except ProblemError as error:
        return error.problems, [], []
    ran = [rule for rule in applicable_rules(context) if "briefings" in rule.needs]
    return (), [rule.code for rule in ran], serialize(context, run_rules(context, ran))


def document_context(pack: Pack, library: Library, request: Request, composed: Iterable[Briefing]) -> CheckContext:
    """What the rules see of a pack and its composed documents. Raises ProblemError for wrong strings."""
    # Imported here because babel is slow to import and the parent process does not need it.
    from ..language.strings import load_strings
    from ..language.wording import Wording

    words = Wording(pack.info.language, load_strings(library, pack.info.language))
    # a specimen shows every part for whoever makes a theme, and reads like no paper
    papers = [each for each in composed if each.choice.document != SPECIMEN]
    requested = [*filter(request.matches, papers)]
    made, empty = ([each for each in requested if is_empty(each) is nothing] for nothing in (False, True))
    asked = request.audiences or request.documents or request.looks or request.paper
    narrowed = bool(asked) or len(requested) < len(papers)
    return CheckContext(pack, made, words, partial=narrowed, empty=empty)


# -- findings between processes


def serialize(context: CheckContext, findings: Iterable[tuple[Rule, Finding]]) -> list[SerializedFinding]:
    """Turn findings into a picklable form for a process that has the same pack."""
    indexes = {id(located): index for index, located in enumerate(context.located_values)}
    return [SerializedFinding(rule.code, indexes[id(f.located)], f.message, f.mark, f.hint) for rule, f in findings]


def deserialize(
    context: CheckContext, serialized: Iterable[SerializedFinding], rules: Iterable[Rule]
) -> Iterator[tuple[Rule, Finding]]:
    """The inverse of `serialize`. `rules` must include the rule of each finding."""
    by_code = {rule.code: rule for rule in rules}
    for each in serialized:
        yield by_code[each.code], Finding(each.message, context.located_values[each.value_index], each.mark, each.hint)
