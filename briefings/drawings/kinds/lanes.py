"""Lanes: events on one calendar, in a lane for each speaker or theme, with what no source tells."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ...pack.pack import Pack
from ...pack.yaml_file import YamlFile
from ...problems import Problem, YamlPath
from ...schema.dates import PartialDate
from ...schema.drawings import EstimateDrawing, PhaseDrawing
from ...schema.fields import Date, Id, Ids, LevelText, Line, Lines, RefersTo, SourceIds, Text, YamlModel
from ...schema.statements import Event
from ...schema.topic import Person
from ..kind import Deferred, Kind

EventIds = Annotated[Ids, RefersTo("event")]


class Lane(YamlModel):
    """A lane: the `events` named, and those said by somebody of its `sides` that no lane names."""

    id: Id  #: unique in the drawing
    title: Text  #: its name, left of the calendar
    sides: Lines = ()  #: whose statements it shows, if no lane names them
    events: EventIds = ()  #: ids of the events in it

    @model_validator(mode="after")
    def _has_events(self) -> "Lane":
        if not self.sides and not self.events:
            raise ValueError("give the lane 'events', or the 'sides' whose events it shows")
        return self


class Silence(YamlModel):
    """A time of which no source tells something. `text` says what, and `statement` or `sources` how it is known."""

    lane: Id  #: the id of a lane
    since: Date  #: its first day
    until: Date  #: its last day
    text: Text  #: what no source tells
    #: the id of the statement that says so
    statement: Annotated[Id | None, RefersTo("paragraph", "event", "statement")] = None
    sources: SourceIds = ()  #: the sources that were read for it, instead of a statement

    @model_validator(mode="after")
    def _known_from(self) -> "Silence":
        if not self.statement and not self.sources:
            raise ValueError("a silence needs the 'statement' that says so, or the 'sources' that were read for it")
        if self.until.last < self.since.first:
            raise ValueError("'until' is before 'since'")
        return self


class Lanes(PhaseDrawing, EstimateDrawing):
    """Events in lanes on one calendar from `start`, under bars of the phases and a chart of the figures.

    `before` are earlier events, which stand beside the calendar.
    """

    ONE_SCALE = TIMED = True

    kind: Literal["lanes"]
    start: Date  #: where the calendar begins
    before: EventIds = ()  #: ids of earlier events, told beside the calendar
    lanes: Annotated[tuple[Lane, ...], Field(min_length=1)]  #: from top to bottom
    silences: tuple[Silence, ...] = ()  #: times of which no source tells something
    chart: Text | None = None  #: the title of a chart on the same calendar

    @model_validator(mode="after")
    def _chart_has_a_title(self) -> "Lanes":
        if (self.figures or self.estimates) and not self.chart:
            raise ValueError("give the chart of the figures a title in 'chart'")
        return self

    @property
    def texts(self) -> tuple[tuple[str, LevelText], ...]:
        """The titles of the chart and of the lanes, and the texts of the silences by their place in the list."""
        chart = (("chart", self.chart),) if self.chart else ()
        lanes = ((lane.id, lane.title) for lane in self.lanes)
        return (
            *super().texts,
            *chart,
            *lanes,
            *((f"silence {n}", silence.text) for n, silence in enumerate(self.silences)),
        )


def events_by_lane(pack: Pack, drawing: Lanes) -> dict[str, list[str]]:
    """The ids of the events in each lane: those it names, then those of its sides, in no lane twice."""
    events = [event for phase in pack.phases for event in phase.events]
    named = {key for lane in drawing.lanes for key in lane.events} | set(drawing.before)
    out: dict[str, list[str]] = {}
    taken = set(named)
    for lane in drawing.lanes:
        sided = [
            e.id
            for e in events
            if e.id not in taken and not _before(e.date, drawing.start) and _sides(pack, e) & set(lane.sides)
        ]
        taken.update(sided)
        out[lane.id] = [*lane.events, *sided]
    return out


def _sides(pack: Pack, event: Event) -> set[Line]:
    return {who.side for key in event.by if isinstance(who := pack.index.get(key), Person)}


def _before(date: PartialDate, start: PartialDate) -> bool:
    return date.last < start.first


def _checks(pack: Pack, drawing: Lanes, yaml_file: YamlFile, path: YamlPath) -> Iterator[Problem]:
    found = events_by_lane(pack, drawing)
    quiet = {silence.lane for silence in drawing.silences}
    for n, lane in enumerate(drawing.lanes):
        for place, key in enumerate(lane.events):
            event = pack.index[key]
            assert isinstance(event, Event)
            if _before(event.date, drawing.start):
                mark = yaml_file.mark((*path, "lanes", n, "events", place))
                message = f"'{key}' ({event.date}) is before this calendar, which starts in {drawing.start}"
                hint = "move it to 'before', or choose an earlier 'start'"
                yield yaml_file.problem("off-the-calendar", message, mark, hint)
        if not found[lane.id] and lane.id not in quiet:
            mark = yaml_file.mark((*path, "lanes", n))
            hint = "name 'events', or a side that says some; or delete the lane"
            yield yaml_file.problem("empty-lane", f"no event is in the lane '{lane.id}'", mark, hint)
    for place, key in enumerate(drawing.before):
        event = pack.index[key]
        assert isinstance(event, Event)
        if not _before(event.date, drawing.start):
            mark = yaml_file.mark((*path, "before", place))
            message = f"'{key}' ({event.date}) is not before this calendar, which starts in {drawing.start}"
            yield yaml_file.problem("off-the-calendar", message, mark, "put it into a lane")
    lanes = {lane.id for lane in drawing.lanes}
    for place, silence in enumerate(drawing.silences):
        if silence.lane not in lanes:
            mark = yaml_file.mark((*path, "silences", place, "lane"))
            message = f"this drawing has no lane '{silence.lane}'"
            yield yaml_file.problem("unknown-reference", message, mark, f"write one of {', '.join(sorted(lanes))}")
        if _before(silence.until, drawing.start):
            mark = yaml_file.mark((*path, "silences", place, "until"))
            message = f"this silence ends before the calendar, which starts in {drawing.start}"
            yield yaml_file.problem("off-the-calendar", message, mark, "choose an earlier 'start', or leave it out")


KIND = Kind(Lanes, Deferred("calendars.lanes_chart", "layout_lanes"), _checks)
