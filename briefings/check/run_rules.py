"""Editorial rules over a Pack and its briefings -> Problems, each at its line. RULES is the list."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..pack.pack import Pack
from ..problems import Mark, Problem
from .accept import AcceptedFinding, apply_accepts
from .context import CheckContext
from .rule import Finding, Rule
from .rules import dates, debates, derived, estimates, names, numbers, quotations, reading, sources
from .rules.quotations import QuotationComparison, compare_quotations

RULES: tuple[Rule, ...] = tuple(
    rule
    for family in (sources, quotations, numbers, estimates, derived, dates, names, debates, reading)
    for rule in family.RULES
)


@dataclass(frozen=True)
class CheckResult:
    """What the rules found: problems left to mend, findings accepted with a reason, quotations looked up in copies."""

    problems: tuple[Problem, ...]
    accepted: tuple[AcceptedFinding, ...]
    quotations: tuple[QuotationComparison, ...] = ()


def applicable_rules(subject: CheckContext) -> list[Rule]:
    """The rules that have what they need."""
    return [rule for rule in RULES if rule.is_applicable(subject)]


def run_rules(subject: CheckContext, rules: Iterable[Rule]) -> list[tuple[Rule, Finding]]:
    """What some rules find."""
    return [(rule, finding) for rule in rules for finding in rule.find(subject)]


def check_result(subject: CheckContext, found: Iterable[tuple[Rule, Finding]], ran: Collection[Rule]) -> CheckResult:
    """What is left of the findings of all rules that `ran`, what the data accepts, and quotations looked up."""
    problems, accepted = apply_accepts(subject, found, RULES, ran)
    return CheckResult(
        tuple(sorted(dict.fromkeys(problems), key=_place)),
        tuple(accepted),
        tuple(compare_quotations(subject)) if subject.source_texts is not None else (),
    )


def blocking_errors(pack: Pack) -> list[Problem]:
    """What must be mended before anything is printed: errors of the rules that need no more than the pack."""
    subject = CheckContext(pack)
    ran = [rule for rule in applicable_rules(subject) if rule.severity == "error"]
    return [
        problem
        for problem in check_result(subject, run_rules(subject, ran), ran).problems
        if problem.severity == "error"
    ]


def _place(problem: Problem) -> tuple[Mark, str, str]:
    return problem.mark or Mark("", 0, 0), problem.code, problem.message
