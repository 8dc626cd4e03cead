"""Editorial rules over a Pack and its briefings -> Problems, each at its line. RULES is the list."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..pack.pack import Pack
from ..problems import Mark, Problem
from .accept import Accepted, settle
from .context import Subject
from .rule import Finding, Rule
from .rules import dates, debates, derived, estimates, names, numbers, quotations, reading, sources
from .rules.quotations import Compared, compare

RULES: tuple[Rule, ...] = tuple(
    rule
    for family in (sources, quotations, numbers, estimates, derived, dates, names, debates, reading)
    for rule in family.RULES
)


@dataclass(frozen=True)
class Findings:
    """What the rules found: problems left to mend, findings accepted with a reason, quotations looked up in copies."""

    problems: tuple[Problem, ...]
    accepted: tuple[Accepted, ...]
    quotations: tuple[Compared, ...] = ()


def running(subject: Subject) -> list[Rule]:
    """The rules that have what they need."""
    return [rule for rule in RULES if rule.runs(subject)]


def find(subject: Subject, rules: Iterable[Rule]) -> list[tuple[Rule, Finding]]:
    """What some rules find."""
    return [(rule, finding) for rule in rules for finding in rule.find(subject)]


def settled(subject: Subject, found: Iterable[tuple[Rule, Finding]], ran: Collection[Rule]) -> Findings:
    """What is left of the findings of all rules that `ran`, what the data accepts, and quotations looked up."""
    problems, accepted = settle(subject, found, RULES, ran)
    return Findings(
        tuple(sorted(dict.fromkeys(problems), key=_place)),
        tuple(accepted),
        tuple(compare(subject)) if subject.texts is not None else (),
    )


def errors(pack: Pack) -> list[Problem]:
    """What must be mended before anything is printed: errors of the rules that need no more than the pack."""
    subject = Subject(pack)
    ran = [rule for rule in running(subject) if rule.severity == "error"]
    return [problem for problem in settled(subject, find(subject, ran), ran).problems if problem.severity == "error"]


def _place(problem: Problem) -> tuple[Mark, str, str]:
    return problem.mark or Mark("", 0, 0), problem.code, problem.message
