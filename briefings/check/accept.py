"""Findings and what the data accepts -> problems that are left, those accepted with their reasons."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from ..pack.yaml_file import YamlFile
from ..problems import Mark, Problem, did_you_mean
from ..schema.fields import CheckedModel
from .context import CheckContext
from .rule import Finding, Rule


@dataclass(frozen=True)
class AcceptedFinding:
    """A finding that stands because the data says why it may."""

    problem: Problem
    reason: str


def apply_accepts(
    subject: CheckContext, found: Iterable[tuple[Rule, Finding]], rules: Collection[Rule], ran: Collection[Rule]
) -> tuple[list[Problem], list[AcceptedFinding]]:
    """What is left of the findings, and what was accepted. An `accept` that nothing needs is itself a finding, where
    its rule, of all `rules`, `ran`.

    The nearest `accept` counts: of the value the finding stands in, or of whatever holds that value.
    """
    accepts = list(subject.values_of(CheckedModel))
    used: set[tuple[int, str]] = set()
    problems: list[Problem] = []
    accepted: list[AcceptedFinding] = []
    for rule, finding in found:
        spot = finding.located
        problem = _problem(spot.yaml_file, rule.code, finding.message, finding.mark, finding.hint, rule.severity)
        owners = (spot.value, *reversed(spot.ancestors), subject.pack.info)
        owner = next((o for o in owners if isinstance(o, CheckedModel) and rule.code in o.accept), None)
        if owner is None:
            problems.append(problem)
        else:
            used.add((id(owner), rule.code))
            accepted.append(AcceptedFinding(problem, owner.accept[rule.code]))
    known = {rule.code: rule for rule in rules}
    for spot, value in accepts:
        for code in value.accept:
            mark = spot.yaml_file.mark((*spot.path, "accept", code), key=True)
            if code not in known:
                hint = did_you_mean(code, known) or "'briefings check --explain' lists the rules"
                problems.append(_problem(spot.yaml_file, "unknown-rule", f"there is no rule '{code}'", mark, hint))
            elif known[code] in ran and (id(value), code) not in used:
                message = f"nothing here breaks the rule '{code}' any more"
                problems.append(_problem(spot.yaml_file, "unused-accept", message, mark, "delete it", "warning"))
    return problems, accepted


def _problem(document: YamlFile, code: str, message: str, mark: Mark, hint: str, severity: str = "error") -> Problem:
    problem = document.problem(code, message, mark, hint)
    return replace(problem, severity="warning") if severity == "warning" else problem
