"""Editorial rules over a Pack and its briefings -> Problems, each at its line. RULES is the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..briefing import Briefing
from ..pack import Pack
from ..read import Problem
from ..wording import Wording
from . import citing
from .accept import Accepted, settle
from .rule import Rule
from .subject import Subject

__all__ = ["RULES", "Accepted", "Findings", "Rule", "check"]

RULES: tuple[Rule, ...] = citing.RULES


@dataclass(frozen=True)
class Findings:
    """What the rules found: problems left to mend, and findings accepted with a reason."""

    problems: tuple[Problem, ...]
    accepted: tuple[Accepted, ...]


def check(
    pack: Pack, briefings: Sequence[Briefing], wording: Wording, texts: Mapping[str, str] | None = None
) -> Findings:
    """Every rule over one pack, whose documents are `briefings`. `texts` are copies of sources, by source id."""
    subject = Subject(pack, briefings, wording, texts)
    found = [(rule, finding) for rule in RULES if rule.runs(subject) for finding in rule.find(subject)]
    problems, accepted = settle(subject, found, RULES)
    return Findings(tuple(dict.fromkeys(problems)), tuple(accepted))
