"""A quiz: closed questions with their right answers, as plain text, for files that a learning platform imports.

Only papers that print answers have one. Whatever a writer needs is here: it reads neither templates nor the pack.
"""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

# choice: one option is right. order: put `sequence` in order. match: each of `pairs` belongs together.
QuizKind = Literal["choice", "order", "match"]


@dataclass(frozen=True)
class QuizOption:
    """An option of a choice. `why` is what a pupil who chose it is told, or ""."""

    text: str
    right: bool
    why: str = ""


@dataclass(frozen=True)
class QuizItem:
    """A closed question. Fields that its kind does not use are empty.

    `number` is the question's number on the worksheet. `answered_by` says where the pupil's papers answer it.
    `options` are in the order of the worksheet, `sequence` is in the right order, and `others` are wrong second halves
    for `pairs`.
    """

    id: str
    kind: QuizKind
    number: int
    text: str
    marks: int
    answered_by: str = ""
    options: tuple[QuizOption, ...] = ()
    sequence: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()

    def as_pairs(self) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        """(pairs, wrong second halves), for a format that has no order: each thing with its place."""
        if self.kind == "order":
            return tuple((text, str(place)) for place, text in enumerate(self.sequence, 1)), ()
        return self.pairs, self.others


def mixed(texts: tuple[str, ...], seed: str) -> tuple[str, ...]:
    """The texts in an order that depends only on them and `seed`, and is not the given one if there is another."""
    order = tuple(sorted(texts, key=lambda text: blake2b(f"{seed}/{text}".encode()).digest()))
    return order if order != texts else (*order[1:], *order[:1])


@dataclass(frozen=True)
class Quiz:
    """The closed questions of a worksheet, in its order. `id` is the name of the paper, `language` such as en-GB."""

    id: str
    title: str
    language: str
    items: tuple[QuizItem, ...]
