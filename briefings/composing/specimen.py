"""Pack and look -> the Briefing that shows every part, with its shortest and its longest text. Pure."""

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
from .compose import compose

SPECIMEN = "specimen"
_PARTS = ["intro", "paragraphs", "events", "estimates", "arguments", "evidence", "replies", "answers", "basis"]

_DRAWINGS = list(get_args(DrawingKind))

PartType = TypeVar("PartType", StatementView, ItemView, ArgumentView, EntryView, ExerciseView, EstimateView)


def specimen(pack: Pack, look: str, paper: str = "") -> Briefing:
    """Every section of a pack in a look, cut down to extremes. It is no reader's, and made only on request."""
    everything = {"depth": "full", "parts": _PARTS, "drawings": _DRAWINGS}
    sections: list[dict[str, Any]] = [{"section": section.id} | everything for section in pack.info.sections]
    audience = Audience.model_validate(
        {
            "id": SPECIMEN,
            "title": f"{SPECIMEN} ({look})",
            "level": "advanced",
            "words_per_minute": 200,
            "documents": [{"document": SPECIMEN, "look": look, "contents": True, "formats": ["pdf", "html"]}],
            "sections": sections,
        }
    )
    return compose(pack, audience, audience.documents[0], paper, lambda chapters: [*map(_chapter, chapters)])


def _chapter(chapter: Chapter) -> Chapter:
    return replace(
        chapter,
        intro=_shortest_and_longest(chapter.intro),
        pieces=tuple(map(_piece, _shortest_and_longest(chapter.pieces))),
        entries=_shortest_and_longest(chapter.entries),
        tasks=_shortest_and_longest(chapter.tasks),
    )


def _piece(piece: ItemView) -> ItemView:
    return replace(
        piece,
        paragraphs=_shortest_and_longest(piece.paragraphs),
        events=_shortest_and_longest(piece.events),
        reasons=_shortest_and_longest(piece.reasons),
        pieces=tuple(map(_piece, _shortest_and_longest(piece.pieces))),
    )


def _shortest_and_longest(parts: Iterable[PartType]) -> tuple[PartType, ...]:
    """The shortest and the longest, in their order."""
    parts = tuple(parts)
    sizes = [sum(markdown.count_words(raw) for raw in texts(part)) for part in parts]
    places = sorted({sizes.index(size) for size in (min(sizes), max(sizes))}) if parts else []
    return tuple(parts[place] for place in places)
