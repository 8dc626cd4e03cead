"""Phases and their dated events -> an ordered list: laid out across the sheet or, where that is crowded, down it."""

from dataclasses import dataclass

from ...briefing.parts import DrawingView, ItemView, StatementView
from ...language.wording import Wording
from ..fonts import Measure
from ..prose import plain, spans
from ..scene import Cell, Form, Span, Table
from .lettering import TEXT, Lettering
from .marks import Chart, scaled
from .reports import sentence
from .scales import span
from .timeline_across import across

_NARROW = 470.0  # px: below it the list goes down the sheet


@dataclass(frozen=True)
class Happening:
    """An event in the list that goes down: its date in words, its text; `wide` where the date is no single day."""

    id: str
    date: str
    spans: tuple[Span, ...]
    wide: bool


@dataclass(frozen=True)
class Stage:
    """A phase in the list that goes down."""

    id: str
    title: str
    date: str
    happenings: tuple[Happening, ...]


@dataclass(frozen=True)
class TimelineScene(Chart):
    """A timeline across the sheet, as shapes; or `down` it, as an ordered list of its stages."""

    down: bool = False
    stages: tuple[Stage, ...] = ()


def timeline(picture: DrawingView, wording: Wording, measure: Measure, form: Form) -> TimelineScene:
    """The timeline at one size: across where all its words have room, else down."""
    by = form.text / TEXT
    width = form.width / by
    stages = tuple(_stage(piece, picture, wording) for piece in picture.pieces if piece.events)
    start = getattr(picture.thing, "start", None)
    found = across(picture, wording, Lettering(measure), width, form.fills / by, start) if width >= _NARROW else None
    alt = [wording.strings["charts"]["alt_timeline"].format(title=sentence(picture.title))]
    for stage in stages:
        alt.append(sentence(f"{stage.title}, {stage.date}" if stage.date else stage.title))
        alt += [sentence(f"{h.date}: {plain(h.spans)}") for h in stage.happenings]
    scene = TimelineScene(
        width,
        found.height if found else 0,
        " ".join(alt),
        _table(stages, wording),
        found.labels if found else (),
        lines=found.lines if found else (),
        bars=found.bars if found else (),
        down=found is None,
        stages=stages,
    )
    return scaled(scene, by)


def _stage(piece: ItemView, picture: DrawingView, wording: Wording) -> Stage:
    def happening(said: StatementView) -> Happening:
        assert said.date is not None
        first, last = span(said.date)
        return Happening(said.id, wording.when(said.date), tuple(spans(said.text, picture, wording)), first != last)

    during = " – ".join(wording.when(when, short=True) for when in (piece.start, piece.end) if when)
    events = [said for said in piece.events if said.date]  # in order, as a Picture has them
    return Stage(piece.id, piece.title, during, tuple(map(happening, events)))


def _table(stages: tuple[Stage, ...], wording: Wording) -> Table:
    heads = wording.strings["charts"]["heads"]
    rows = [(Cell(h.date), Cell(plain(h.spans)), Cell(stage.title)) for stage in stages for h in stage.happenings]
    return Table((heads["date"], heads["event"], heads["phase"]), tuple(rows))
