"""What an audience asks for, and items or aspects -> those that it gets. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from ..briefing.parts import Chapter
from ..schema.audience import SectionChoice
from ..schema.classroom import Exercise
from ..schema.fields import Depth, is_within_depth
from ..schema.figures import Estimate
from ..schema.statements import Aspect, Event, Item, Paragraph, Statement
from ..schema.topic import Argument, Person, Place, Position, Section, Term

Chosen = TypeVar(
    "Chosen", Item, Paragraph, Statement, Event, Estimate, Argument, Aspect, Exercise, Person | Place | Term, Position
)


def down_to_depth(items: Iterable[Chosen], depth: Depth) -> list[Chosen]:
    """The items that are important enough."""
    return [item for item in items if is_within_depth(item.depth, depth)]


def shown_aspects(section: Section, choice: SectionChoice) -> list[str]:
    """The ids of the section's aspects that are shown: those down to a depth, those named, or all."""
    if choice.aspects is None:
        return [aspect.id for aspect in section.aspects]
    if isinstance(choice.aspects, str):
        return [aspect.id for aspect in down_to_depth(section.aspects, choice.aspects)]
    return list(choice.aspects)


def sayable(chapters: Sequence[Chapter]) -> Iterator[Chapter]:
    """Remove people and places whose names need no help: a paper of words shows the others, and lists their sources."""
    for chapter in chapters:
        entries = tuple(e for e in chapter.entries if isinstance(e.thing, Term) or e.thing.say)
        if entries or not chapter.entries:
            yield replace(chapter, entries=entries)
