"""Pack and look -> the specimen: a Briefing that shows every part with its shortest and longest content. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar, get_args

from .. import markdown
from ..briefing.parts import (
    ArgumentView,
    Briefing,
    Chapter,
    EntryView,
    EstimateView,
    ExerciseView,
    ItemView,
    StatementView,
)
from ..briefing.walk import texts
from ..pack.pack import Pack
from ..schema.audience import Audience
from ..schema.drawings import DrawingKind
from ..schema.lessons import LessonPart
from .compose import compose

SPECIMEN = "specimen"
_PARTS = ["intro", "paragraphs", "events", "estimates", "arguments", "evidence", "replies", "answers", "basis"]
_DRAWINGS = list(get_args(DrawingKind))

_PERIODS = 3

PartType = TypeVar("PartType", StatementView, ItemView, ArgumentView, EntryView, ExerciseView, EstimateView)


def specimen(pack: Pack, look: str, paper: str = "") -> Briefing:
    """Compose every section of a pack in one look, reduced to the shortest and longest of each kind of part.

    Designers use it to check a style against extreme content. It belongs to no audience, so a build makes it only if
    the document "specimen" is requested.
    """
    # Level "advanced" falls back to "standard", which every text has, so no pack is incomplete at this level.
    everything = {"depth": "full", "parts": _PARTS, "drawings": _DRAWINGS}
    sections: list[dict[str, Any]] = [{"section": section.id} | everything for section in pack.info.sections]
    audience = Audience.model_validate(
        {
            "id": SPECIMEN,
            "title": f"{SPECIMEN} ({look})",
            "level": "advanced",
            "words_per_minute": 200,
            "judgements": "full",
            "documents": [
                {
                    "document": SPECIMEN,
                    "look": look,
                    "contents": True,
                    "gloss": "full",
                    "shows": list(get_args(LessonPart)),
                    "formats": ["pdf", "html"],
                }
            ],
            "sections": sections,
        }
    )
    return compose(pack, audience, audience.documents[0], paper, lambda chapters: [*map(_reduce_chapter, chapters)])


def _reduce_chapter(chapter: Chapter) -> Chapter:
    return replace(
        chapter,
        intro=_shortest_and_longest(chapter.intro),
        pieces=tuple(map(_reduce_item, _few(chapter))),
        entries=_shortest_and_longest(chapter.entries),
        tasks=_shortest_and_longest(chapter.tasks),
    )


def _few(chapter: Chapter) -> tuple[ItemView, ...]:
    """The shortest and the longest item; of periods the first or the next too, since a row of two is not drawn."""
    kept = _shortest_and_longest(chapter.pieces)
    if chapter.holds == "phases":
        kept = (*kept, *(piece for piece in chapter.pieces if piece not in kept))[:_PERIODS]
    return tuple(piece for piece in chapter.pieces if piece in kept)


def _reduce_item(item: ItemView) -> ItemView:
    return replace(
        item,
        paragraphs=_shortest_and_longest(item.paragraphs),
        events=_shortest_and_longest(item.events),
        reasons=_shortest_and_longest(item.reasons),
        pieces=tuple(map(_reduce_item, _shortest_and_longest(item.pieces))),
    )


def _shortest_and_longest(parts: Iterable[PartType]) -> tuple[PartType, ...]:
    """Return the parts with the fewest and the most words, in their original order; one part if all are equal."""
    parts = tuple(parts)
    sizes = [sum(markdown.count_words(raw) for raw in texts(part)) for part in parts]
    indices = sorted({sizes.index(size) for size in (min(sizes), max(sizes))}) if parts else []
    return tuple(parts[index] for index in indices)
