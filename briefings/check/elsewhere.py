"""What rules found in a copy of this process -> the same here: each at its own value, which no copy can hand over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..problems import Mark
from .context import Subject
from .rule import Finding, Rule


@dataclass(frozen=True)
class Told:
    """A finding as one process tells it to another; `spot` is its place among the subject's."""

    code: str
    spot: int
    message: str
    mark: Mark
    hint: str


def tell(subject: Subject, found: Iterable[tuple[Rule, Finding]]) -> list[Told]:
    """Findings, to be heard by a process that has the same pack."""
    places = {id(spot): place for place, spot in enumerate(subject.spots)}
    return [Told(rule.code, places[id(f.spot)], f.message, f.mark, f.hint) for rule, f in found]


def hear(subject: Subject, told: Iterable[Told], rules: Iterable[Rule]) -> Iterator[tuple[Rule, Finding]]:
    """The findings of some `rules` as they were told."""
    by_code = {rule.code: rule for rule in rules}
    for one in told:
        yield by_code[one.code], Finding(one.message, subject.spots[one.spot], one.mark, one.hint)
