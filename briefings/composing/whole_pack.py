"""Pack -> the choice of everything in it that is for readers: what an audience without sections gets. Pure."""

from collections.abc import Mapping
from typing import get_args

from ..pack.pack import Pack
from ..schema.audience import Audience, DocumentChoice, SectionChoice
from ..schema.drawings import DrawingChoice, DrawingKind
from ..schema.topic import ExerciseKind

# Tasks on a map need one that is printed, to write on.
_EXERCISES = tuple(kind for kind in get_args(ExerciseKind) if kind != "map")
# A kind that shows what another does, and more: of two maps of the same places, one is enough.
_RICHER: Mapping[str, DrawingKind] = {"map": "story-map", "timeline": "lanes"}


def whole_pack(pack: Pack) -> tuple[SectionChoice, ...]:
    """Each section to its full depth, with its drawings; without answers, map tasks and advice for teachers."""
    return tuple(
        SectionChoice(section=section.id, depth="full", exercises=_EXERCISES, drawings=_drawings(pack, section.id))
        for section in pack.info.sections
        if section.holds not in ("guidance", "before")
    )


def sections_wanted(pack: Pack, audience: Audience, choice: DocumentChoice) -> tuple[SectionChoice, ...]:
    """The sections that a document asks for: its own, even none; else those of its audience; else the whole pack."""
    return choice.sections if choice.sections is not None else audience.sections or whole_pack(pack)


def _drawings(pack: Pack, section: str) -> tuple[DrawingChoice, ...]:
    kinds = dict.fromkeys(drawing.kind for drawing in pack.drawings if drawing.section == section)
    return tuple(DrawingChoice(kind=kind) for kind in kinds if _RICHER.get(kind) not in kinds)
