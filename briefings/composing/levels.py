"""Texts by level -> the LevelViews of a text, and the levels between which a whole document lets its readers choose."""

from collections.abc import Iterable

from ..briefing.parts import LevelView
from ..schema.fields import LEVELS, Level, LevelText


def levels_of(value: LevelText) -> tuple[LevelView, ...]:
    """Return a text at all levels, plainest first; nothing if all are the same.

    Levels with the same text share it. A level without a text has the standard one.
    """
    shared: dict[str, list[Level]] = {}
    for level in LEVELS:
        shared.setdefault(value.for_level(level) or value.standard, []).append(level)
    return tuple(LevelView(tuple(levels), text) for text, levels in shared.items()) if len(shared) > 1 else ()


def levels_told(parts: Iterable[object]) -> tuple[Level, ...]:
    """Return the reading levels, plainest first, between which a choice makes a difference in some part."""
    told = {level.name for part in parts for level in getattr(part, "levels", ())}
    return tuple(level for level in LEVELS if level in told)
