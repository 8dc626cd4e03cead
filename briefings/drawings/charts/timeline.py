"""Phases and their dated events -> an ordered list: laid out across the sheet or, where that is crowded, down it."""

from dataclasses import dataclass

from ...briefing.parts import DrawingView, ItemView, StatementView
from ...language.wording import Wording
from ..fonts import TextMeasure
from ..scene import Cell, DrawingSize, Span, Table
from ..text_spans import join_spans, to_spans
from .chart_text import BASE_TEXT_SIZE, ChartText
from .estimate_text import with_full_stop
from .horizontal_timeline import layout_horizontal_timeline
from .marks import ChartScene, scaled
from .scales import possible_days

_MIN_HORIZONTAL_WIDTH = 470.0  # px: below it the list goes down the sheet


@dataclass(frozen=True)
class TimelineEvent:
    """An event in the list that goes down: its date in words, its text; `wide` where the date is no single day."""

    id: str
    date: str
    spans: tuple[Span, ...]
    wide: bool


@dataclass(frozen=True)
class TimelinePhase:
    """A phase in the list that goes down."""

    id: str
    title: str
    date: str
    happenings: tuple[TimelineEvent, ...]


@dataclass(frozen=True)
class TimelineScene(ChartScene):
    """A timeline across the sheet, as shapes; or `down` it, as an ordered list of its stages."""

    down: bool = False
    stages: tuple[TimelinePhase, ...] = ()


def layout_timeline(picture: DrawingView, wording: Wording, measure: TextMeasure, form: DrawingSize) -> TimelineScene:
    """The timeline at one size: across where all its words have room, else down."""
    by = form.text_size / BASE_TEXT_SIZE
    width = form.width / by
    stages = tuple(_stage(piece, picture, wording) for piece in picture.pieces if piece.events)
    start = getattr(picture.thing, "start", None)
    found = (
        layout_horizontal_timeline(picture, wording, ChartText(measure), width, start)
        if width >= _MIN_HORIZONTAL_WIDTH
        else None
    )
    alt = [wording.strings["charts"]["alt_timeline"].format(title=with_full_stop(picture.title))]
    for stage in stages:
        alt.append(with_full_stop(f"{stage.title}, {stage.date}" if stage.date else stage.title))
        alt += [with_full_stop(f"{h.date}: {join_spans(h.spans)}") for h in stage.happenings]
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


def _stage(piece: ItemView, picture: DrawingView, wording: Wording) -> TimelinePhase:
    def happening(said: StatementView) -> TimelineEvent:
        assert said.date is not None
        first, last = possible_days(said.date)
        return TimelineEvent(
            said.id, wording.when(said.date), tuple(to_spans(said.text, picture, wording)), first != last
        )

    during = " – ".join(wording.when(when, short=True) for when in (piece.start, piece.end) if when)
    events = [said for said in piece.events if said.date]  # in order, as a Picture has them
    return TimelinePhase(piece.id, piece.title, during, tuple(map(happening, events)))


def _table(stages: tuple[TimelinePhase, ...], wording: Wording) -> Table:
    heads = wording.strings["charts"]["heads"]
    rows = [(Cell(h.date), Cell(join_spans(h.spans)), Cell(stage.title)) for stage in stages for h in stage.happenings]
    return Table((heads["date"], heads["event"], heads["phase"]), tuple(rows))
