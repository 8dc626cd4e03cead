"""Findings -> the problems that remain, and the findings that the data accepts with a reason."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from ..pack.yaml_file import YamlFile
from ..problems import Mark, Problem, did_you_mean
from ..schema.fields import CheckedModel
from .context import CheckContext
from .rule import Finding, Rule


@dataclass(frozen=True)
class AcceptedFinding:
    """A finding that the data accepts, with the reason it gives."""

    problem: Problem
    reason: str


def apply_accepts(
    context: CheckContext, findings: Iterable[tuple[Rule, Finding]], rules: Collection[Rule], ran: Collection[Rule]
) -> tuple[list[Problem], list[AcceptedFinding]]:
    """Split findings into problems and accepted findings.

    A finding is accepted by the nearest `accept` that names its rule: on the value it was found in, on a value that
    contains it, or on the pack. An `accept` is itself a problem if it names none of `rules` (`unknown-rule`), or if its
    rule `ran` and found nothing to accept (`unused-accept`).
    """
    used: set[tuple[int, str]] = set()  # (id of the value with the `accept`, rule code): values are not hashable
    problems: list[Problem] = []
    accepted: list[AcceptedFinding] = []
    for rule, finding in findings:
        located = finding.located
        problem = _problem(located.yaml_file, rule.code, finding.message, finding.mark, finding.hint, rule.severity)
        owners = (located.value, *reversed(located.ancestors), context.pack.info)
        owner = next((o for o in owners if isinstance(o, CheckedModel) and rule.code in o.accept), None)
        if owner is None:
            problems.append(problem)
        else:
            used.add((id(owner), rule.code))
            accepted.append(AcceptedFinding(problem, owner.accept[rule.code]))
    return [*problems, *_accept_problems(context, used, rules, ran)], accepted


def _accept_problems(
    context: CheckContext, used: Collection[tuple[int, str]], rules: Collection[Rule], ran: Collection[Rule]
) -> Iterable[Problem]:
    rule_by_code = {rule.code: rule for rule in rules}
    for located, value in context.values_of(CheckedModel):
        for code in value.accept:
            mark = located.yaml_file.mark((*located.path, "accept", code), key=True)
            if code not in rule_by_code:
                hint = did_you_mean(code, rule_by_code) or "run 'briefings check --explain' to list the rules"
                yield _problem(located.yaml_file, "unknown-rule", f"there is no rule '{code}'", mark, hint)
            elif rule_by_code[code] in ran and (id(value), code) not in used:
                message = f"there is no '{code}' finding here to accept"
                yield _problem(located.yaml_file, "unused-accept", message, mark, "delete it", "warning")


def _problem(yaml_file: YamlFile, code: str, message: str, mark: Mark, hint: str, severity: str = "error") -> Problem:
    problem = yaml_file.problem(code, message, mark, hint)
    return replace(problem, severity="warning") if severity == "warning" else problem
