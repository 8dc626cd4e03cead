"""Briefing -> the drawing that leads its screen page, taken out of the chapter that it stands in on paper. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..schema.drawings import MapDrawing
from .parts import Chapter, DrawingView


@dataclass(frozen=True)
class Lead:
    """The drawing at the head of a screen page, the id of the chapter that it belongs to, and all chapters without it.

    A chapter that holds nothing else is left out of `chapters`.
    """

    picture: DrawingView
    chapter: str
    chapters: tuple[Chapter, ...]


def leading(drawings: Iterable[DrawingView]) -> DrawingView | None:
    """The first map, as a deck opens with it, else the first drawing of any kind."""
    return min(drawings, key=lambda drawing: not isinstance(drawing.thing, MapDrawing), default=None)


def take_lead(chapters: Sequence[Chapter]) -> Lead | None:
    """Take the leading drawing out of its chapter. None if no chapter has a drawing."""
    picture = leading(drawing for chapter in chapters for drawing in chapter.drawings)
    if picture is None:
        return None
    home = next(chapter for chapter in chapters if picture in chapter.drawings)
    rest = replace(home, drawings=tuple(drawing for drawing in home.drawings if drawing is not picture))
    kept = (rest,) if rest.intro or rest.drawings or rest.pieces or rest.entries or rest.tasks else ()
    place = chapters.index(home)
    return Lead(picture, home.id, (*chapters[:place], *kept, *chapters[place + 1 :]))
