"""Editorial rules over a Pack and its briefings -> Problems, each at its line. RULES is the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..briefing import Briefing
from ..pack import Pack
from ..read import Mark, Problem
from ..wording import Wording
from . import arguing, citing, dating, deriving, estimates, naming, numbers, quoting, reading
from .accept import Accepted, settle
from .quoting import Compared, compare, quotations
from .rule import Rule
from .subject import Passage, Subject

__all__ = ["RULES", "Accepted", "Compared", "Findings", "Passage", "Rule", "Subject", "check", "errors", "quotations"]

RULES: tuple[Rule, ...] = tuple(
    rule
    for family in (citing, quoting, numbers, estimates, deriving, dating, naming, arguing, reading)
    for rule in family.RULES
)


@dataclass(frozen=True)
class Findings:
    """What the rules found: problems left to mend, findings accepted with a reason, quotations looked up in copies."""

    problems: tuple[Problem, ...]
    accepted: tuple[Accepted, ...]
    quotations: tuple[Compared, ...] = ()


def check(
    pack: Pack, briefings: Sequence[Briefing], wording: Wording, texts: Mapping[str, str] | None = None
) -> Findings:
    """Every rule over one pack, whose documents are `briefings`. `texts` are copies of sources, by source id."""
    subject = Subject(pack, briefings, wording, texts)
    found = [(rule, finding) for rule in RULES if rule.runs(subject) for finding in rule.find(subject)]
    problems, accepted = settle(subject, found, RULES)
    return Findings(
        tuple(sorted(dict.fromkeys(problems), key=_place)),
        tuple(accepted),
        tuple(compare(subject)) if texts is not None else (),
    )


def errors(pack: Pack) -> list[Problem]:
    """What must be mended before anything is printed: errors of the rules that need no more than the pack."""
    subject = Subject(pack)
    grave = [rule for rule in RULES if rule.severity == "error" and rule.runs(subject)]
    problems, _ = settle(subject, [(rule, finding) for rule in grave for finding in rule.find(subject)], RULES)
    return sorted((p for p in dict.fromkeys(problems) if p.severity == "error"), key=_place)


def _place(problem: Problem) -> tuple[Mark, str, str]:
    return problem.mark or Mark("", 0, 0), problem.code, problem.message
