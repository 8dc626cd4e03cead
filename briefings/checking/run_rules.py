"""Run the editorial rules over a pack and its briefings; RULES lists them. Findings -> Problems, each at its line."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib import import_module

from ..problems import Mark, Problem
from .accept import AcceptedFinding, apply_accepts
from .context import CheckContext
from .rule import Finding, Rule
from .rules.quotations import QuotationComparison, compare_quotations

# The modules of rules/, in the order in which docs/rules.md and `check --explain` list their rules.
FAMILIES = (
    "sources",
    "quotations",
    "numbers",
    "estimates",
    "derived",
    "dates",
    "names",
    "explanations",
    "debates",
    "shown",
    "classroom",
    "classwork.worksheets",
    "handouts.cards",
    "handouts.debates",
    "handouts.verifications",
    "lesson.plans",
    "headlines",
    "reading",
    "silences",
    "judgements",
)
RULES: tuple[Rule, ...] = tuple(
    rule for family in FAMILIES for rule in import_module(f".rules.{family}", __package__).RULES
)


@dataclass(frozen=True)
class CheckResult:
    """The problems left, the findings that the data accepts with a reason, and the quotations compared with copies."""

    problems: tuple[Problem, ...]
    accepted: tuple[AcceptedFinding, ...]
    quotations: tuple[QuotationComparison, ...] = ()


def applicable_rules(context: CheckContext) -> list[Rule]:
    """The rules whose needs (English, source texts, briefings) the context meets."""
    return [rule for rule in RULES if rule.is_applicable(context)]


def run_rules(context: CheckContext, rules: Iterable[Rule]) -> list[tuple[Rule, Finding]]:
    """Each finding of some rules, with its rule."""
    return [(rule, finding) for rule in rules for finding in rule.find(context)]


def check_result(context: CheckContext, found: Iterable[tuple[Rule, Finding]], ran: Collection[Rule]) -> CheckResult:
    """Apply the data's `accept` to the findings of all rules that `ran`, and compare quotations where there are
    copies."""
    problems, accepted = apply_accepts(context, found, RULES, ran)
    return CheckResult(
        tuple(sorted(dict.fromkeys(problems), key=_place)),
        tuple(accepted),
        tuple(compare_quotations(context)) if context.source_texts is not None else (),
    )


def blocking_errors(context: CheckContext) -> list[Problem]:
    """The errors that stop a build: those of the rules that are errors, over a pack or over the briefings too."""
    ran = [rule for rule in applicable_rules(context) if rule.severity == "error"]
    return [
        problem
        for problem in check_result(context, run_rules(context, ran), ran).problems
        if problem.severity == "error"
    ]


def _place(problem: Problem) -> tuple[Mark, str, str]:
    return problem.mark or Mark("", 0, 0), problem.code, problem.message
