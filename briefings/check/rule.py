"""What a rule is, and what it finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ..problems import Mark
from .context import CheckContext, Located, Passage

# A rule that knows English words needs a pack in English; one of them needs the sources' texts; some, whole briefings.
Need = Literal["english", "texts", "briefings"]


@dataclass(frozen=True)
class Finding:
    """One breach of a rule: what is wrong, the value it is found in, its exact place, and what to do."""

    message: str
    located: Located
    mark: Mark
    hint: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule of `check`: its code, how grave a breach is, what it asks for, why, and an example of each kind."""

    code: str
    severity: Literal["error", "warning"]
    meaning: str  # one line: what a finding says
    why: str
    bad: str  # YAML, or a sentence
    good: str
    find: Callable[[CheckContext], Iterable[Finding]]
    needs: tuple[Need, ...] = ()

    def is_applicable(self, subject: CheckContext) -> bool:
        """Whether there is what the rule needs."""
        there = {
            "english": subject.english,
            "texts": subject.source_texts is not None,
            "briefings": bool(subject.briefings),
        }
        return all(there[need] for need in self.needs)


def at_value(spot: Located, message: str, hint: str = "", *field: str | int) -> Finding:
    """A finding at a value, or at a field of it."""
    return Finding(message, spot, spot.mark(*field), hint)


def at_text(passage: Passage, offset: int, message: str, hint: str = "") -> Finding:
    """A finding at a character of a text."""
    return Finding(message, passage.located, passage.mark(offset), hint)
