"""Lay out a timeline of phases and dated events: horizontally or, if that is too crowded, as a vertical list."""

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

_MIN_HORIZONTAL_WIDTH = 470.0  # px: narrower timelines are vertical lists


@dataclass(frozen=True)
class TimelineEvent:
    """An event in the vertical list. `wide` is true if its date is a period rather than a day."""

    id: str
    date: str
    spans: tuple[Span, ...]
    wide: bool


@dataclass(frozen=True)
class TimelinePhase:
    """A phase in the vertical list."""

    id: str
    title: str
    date: str
    happenings: tuple[TimelineEvent, ...]


@dataclass(frozen=True)
class TimelineScene(ChartScene):
    """A timeline: shapes if horizontal or, if `down`, an ordered list of `stages` that HTML lays out."""

    down: bool = False
    stages: tuple[TimelinePhase, ...] = ()


def layout_timeline(picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize) -> TimelineScene:
    """Lay out the timeline at one size: horizontally if all texts fit, else as a list."""
    factor = size.text_size / BASE_TEXT_SIZE
    width = size.width / factor
    stages = tuple(_phase(piece, picture, wording) for piece in picture.pieces if piece.events)
    start = getattr(picture.thing, "start", None)
    horizontal = (
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
        horizontal.height if horizontal else 0,
        " ".join(alt),
        _table(stages, wording),
        horizontal.labels if horizontal else (),
        lines=horizontal.lines if horizontal else (),
        bars=horizontal.bars if horizontal else (),
        down=horizontal is None,
        stages=stages,
    )
    return scaled(scene, factor)


def _phase(piece: ItemView, picture: DrawingView, wording: Wording) -> TimelinePhase:
    def event(said: StatementView) -> TimelineEvent:
        assert said.date is not None
        first, last = possible_days(said.date)
        return TimelineEvent(
            said.id, wording.when(said.date), tuple(to_spans(said.text, picture, wording)), first != last
        )

    dates = wording.period(piece.start, piece.end, short=True) if piece.start else ""
    events = [said for said in piece.events if said.date]  # a DrawingView has them in order
    return TimelinePhase(piece.id, piece.title, dates, tuple(map(event, events)))


def _table(stages: tuple[TimelinePhase, ...], wording: Wording) -> Table:
    heads = wording.strings["charts"]["heads"]
    rows = [(Cell(h.date), Cell(join_spans(h.spans)), Cell(stage.title)) for stage in stages for h in stage.happenings]
    return Table((heads["date"], heads["event"], heads["phase"]), tuple(rows))
