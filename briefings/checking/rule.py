"""The types that rules are made of: a Rule, and the Finding it reports."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ..problems import Mark
from .context import CheckContext, Located, Passage

# What a rule may require of a CheckContext: a pack in English, the texts of sources, composed briefings, or those of
# every audience, so that what none of them has is in no paper.
Need = Literal["english", "texts", "briefings", "all-briefings"]


@dataclass(frozen=True)
class Finding:
    """One violation of a rule, at `mark` inside the value `located`."""

    message: str
    located: Located
    mark: Mark
    hint: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule of `briefings check`, with its documentation. docs/rules.md and `check --explain` print the texts."""

    code: str
    severity: Literal["error", "warning"]
    meaning: str  # what a finding means: a clause, lower case, no full stop
    why: str  # why the rule exists, and what exactly it covers: full sentences
    bad: str  # an example that violates the rule: YAML
    good: str  # the same example, corrected
    find: Callable[[CheckContext], Iterable[Finding]]
    needs: tuple[Need, ...] = ()

    def is_applicable(self, context: CheckContext) -> bool:
        """Whether the context has everything the rule needs."""
        available = {
            "english": context.english,
            "texts": context.source_texts is not None,
            "briefings": bool(context.briefings),
            "all-briefings": not context.partial,
        }
        return all(available[need] for need in self.needs)


def at_value(located: Located, message: str, hint: str = "", *field: str | int) -> Finding:
    """A finding at a value, or at the path `field` inside it."""
    return Finding(message, located, located.mark(*field), hint)


def at_text(passage: Passage, offset: int, message: str, hint: str = "") -> Finding:
    """A finding at the character `offset` of a text."""
    return Finding(message, passage.located, passage.mark(offset), hint)
