"""The kinds of drawing a pack may ask for, and how an audience asks: plain values in, validated and frozen ones out."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from .fields import (
    CheckedModel,
    Date,
    Degrees,
    Depth,
    EstimateRefs,
    Id,
    Ids,
    Line,
    RefersTo,
    SourceIds,
    StrictBool,
    Text,
    YamlModel,
)

PlaceIds = Annotated[Ids, RefersTo("place")]
FigureIds = Annotated[Ids, RefersTo("figure")]


class Drawing(CheckedModel):
    """A picture made from the pack's data. `note` stands under it; `sources` beside those of what it shows."""

    id: Id
    title: Text
    section: Annotated[Id, RefersTo("section")]
    depth: Depth = "core"
    note: Text | None = None
    sources: SourceIds = ()


class Frame(YamlModel):
    """A piece of the earth, in degrees; it does not cross the date line."""

    west: Degrees
    south: Degrees
    east: Degrees
    north: Degrees

    @model_validator(mode="after")
    def _not_empty(self) -> "Frame":
        if self.west >= self.east or self.south >= self.north:
            raise ValueError("'west' must be less than 'east', and 'south' than 'north'")
        if self.north - self.south > 60 or self.east - self.west > 120 or max(abs(self.north), abs(self.south)) > 80:
            raise ValueError("a map shows at most 120 degrees by 60, and nothing beyond 80 north or south")
        return self


def _points(value: object) -> object:
    """Pairs as they are written, [longitude, latitude], with names, so that what is wrong with one is told by name."""
    if not isinstance(value, list):
        return value
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        raise ValueError("a point is [longitude, latitude]")
    return [{"lon": lon, "lat": lat} for lon, lat in value]


class Point(YamlModel):
    """A point of a line, in degrees."""

    lon: Degrees
    lat: Degrees


class RoughLine(YamlModel):
    """A line known only roughly, drawn as such: somebody's, at a time, with its source."""

    id: Id
    title: Text
    points: Annotated[tuple[Point, ...], BeforeValidator(_points), Field(min_length=2)]
    sources: Annotated[SourceIds, Field(min_length=1)]


class Map(Drawing):
    """Places on a ground cut from `ground`, a GeoJSON file of the pack. No line is drawn that no source gives."""

    kind: Literal["map"]
    ground: Line
    frame: Frame
    places: Annotated[PlaceIds, Field(min_length=1)]
    tinted: PlaceIds = ()
    main: PlaceIds = ()
    areas: EstimateRefs = ()
    lines: tuple[RoughLine, ...] = ()
    inset: Frame | None = None
    inset_places: PlaceIds = ()


class Timeline(Drawing):
    """The dated events of the phases, in order. Its calendar begins with `start`; what is earlier stands before it."""

    kind: Literal["timeline"]
    start: Date | None = None
    phases: Annotated[Ids, RefersTo("phase")] = ()


class OverTimeChart(Drawing):
    """Reports at different times: all of some figures, and single ones. Nothing is joined unless `joined`."""

    kind: Literal["over-time"]
    figures: FigureIds = ()
    estimates: EstimateRefs = ()
    joined: StrictBool = False


class EstimatesChart(Drawing):
    """Every estimate of some figures side by side, with marks for exactly, about, more than, nearly and a range."""

    kind: Literal["estimates"]
    figures: Annotated[FigureIds, Field(min_length=1)]


class ArgumentMap(Drawing):
    """A question with its positions (all, or those named), the reasons for each and the replies."""

    kind: Literal["argument-map"]
    question: Annotated[Id, RefersTo("question")]
    positions: Annotated[Ids, RefersTo("position")] = ()


class BarChart(Drawing):
    """A bar for each estimate of a figure."""

    kind: Literal["bars"]
    figures: Annotated[FigureIds, Field(min_length=1)]


class LineChart(Drawing):
    """Figures over time, joined up: for what was measured again and again in one way."""

    kind: Literal["lines"]
    figures: Annotated[FigureIds, Field(min_length=1)]


AnyDrawing = Annotated[
    Map | Timeline | OverTimeChart | EstimatesChart | ArgumentMap | BarChart | LineChart, Field(discriminator="kind")
]


# -- how an audience asks ------------------------------------------------------------------------

DrawingKind = Literal["map", "timeline", "over-time", "estimates", "argument-map", "bars", "lines"]


def as_drawing_choices(value: object) -> object:
    """A word where a drawing may stand asks for that kind and nothing more."""
    return [{"kind": v} if isinstance(v, str) else v for v in value] if isinstance(value, list) else value


class DrawingChoice(YamlModel):
    """Drawings of a kind: down to which depth (if not the section's), how wide; whether print has their table, and
    whether they lead their section there: the first of what it tells stands before them otherwise."""

    kind: DrawingKind
    depth: Depth | None = None
    width: Literal["column", "sheet"] = "column"
    table: StrictBool = False
    leads: StrictBool = False
