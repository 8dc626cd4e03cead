"""drawings.yaml: what every drawing of a pack may contain, and how an audience asks for drawings.

The fields of one kind are in drawings/kinds/.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from .fields import (
    CheckedModel,
    Degrees,
    Depth,
    EstimateRefs,
    Id,
    Ids,
    LevelText,
    Line,
    Ref,
    RefersTo,
    SourceIds,
    StrictBool,
    Text,
    YamlModel,
)

EstimateRef = Annotated[Ref, RefersTo("estimate")]
PlaceIds = Annotated[Ids, RefersTo("place")]
FigureIds = Annotated[Ids, RefersTo("figure")]


class Drawing(CheckedModel):
    """A drawing made from the pack's data. `note` is printed under it; `sources` adds to those of what it shows.

    On a poster its title is the headline, with the `deck` below. `says` is its finding or question, the headline of its
    slide.
    """

    id: Id
    title: Text
    says: Text | None = None
    kind: str  # each kind narrows it to its own name
    section: Annotated[Id, RefersTo("section")]
    depth: Depth = "core"
    deck: Text | None = None
    note: Text | None = None
    sources: SourceIds = ()

    @property
    def texts(self) -> tuple[tuple[str, LevelText], ...]:
        """The deck and the texts of the kind's own fields, each with a name; a DrawingView has them at one level."""
        return (("deck", self.deck),) if self.deck else ()


class Frame(YamlModel):
    """The part of the earth that a map shows, in degrees. It cannot cross the date line."""

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
    """Turn [longitude, latitude] pairs into mappings, so that an error names the coordinate it is about."""
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
    """A line that is known only roughly, and is drawn so."""

    id: Id
    title: Text
    points: Annotated[tuple[Point, ...], BeforeValidator(_points), Field(min_length=2)]
    sources: Annotated[SourceIds, Field(min_length=1)]


class MapEvent(YamlModel):
    """An event of a phase, and the place on the map at which its number stands."""

    event: Annotated[Id, RefersTo("event")]
    at: Annotated[Id, RefersTo("place")]


class Distance(YamlModel):
    """How far two places on a map are apart: reckoned from their coordinates, as the crow flies."""

    between: Annotated[Ids, RefersTo("place"), Field(min_length=2, max_length=2)]


class MapArrow(YamlModel):
    """An arrow that shows a direction and nothing else: no route, no position. Its title is in the table."""

    id: Id
    title: Text
    from_: Annotated[Id, RefersTo("place"), Field(alias="from")]
    to: Annotated[Id, RefersTo("place")]
    sources: Annotated[SourceIds, Field(min_length=1)]


class Panel(YamlModel):
    """A panel of a bargain: what the holder of a thing and the one who wants it do, what the latter says, a caption.

    In every panel the first figure `holds` the thing; the second may offer something for it, or is about to take it.
    """

    id: Id
    shows: Literal["holds", "offers", "takes"]
    says: Text
    text: Text


# -- what a drawing may show: each kind in drawings/kinds/ builds on one of these, or on several ---


class MapDrawing(Drawing):
    """Places on a ground cut from `ground`, a GeoJSON file of the pack. Every line has a source."""

    ground: Line
    frame: Frame
    places: Annotated[PlaceIds, Field(min_length=1)]
    tinted: PlaceIds = ()
    main: PlaceIds = ()
    areas: EstimateRefs = ()
    lines: tuple[RoughLine, ...] = ()
    inset: Frame | None = None
    inset_places: PlaceIds = ()


class StoryDrawing(MapDrawing):
    """A map that tells what happened: numbered events at their places, directions, and how far places are apart."""

    events: tuple[MapEvent, ...] = ()
    arrows: tuple[MapArrow, ...] = ()
    distances: tuple[Distance, ...] = ()


class Attack(YamlModel):
    """An attack on a bulge of a front: from which side, and how far it came (figure/estimate)."""

    id: Id
    title: Text
    side: Literal["north", "south", "east", "west"]
    reach: EstimateRef


class SalientDrawing(Drawing):
    """A bulge of a front: how wide and how deep it was (figure/estimate), and to which side it pointed.

    `mouth` is the two places between which the bulge opens; `inside` and `outside` say who stood there. Places, lengths
    and the area are to scale. The shape of the bulge is schematic, and the drawing says so.
    """

    toward: Literal["north", "south", "east", "west"]
    mouth: Annotated[PlaceIds, Field(min_length=2, max_length=2)]
    wide: EstimateRef
    deep: EstimateRef
    inside: Text
    outside: Text
    places: PlaceIds = ()
    attacks: tuple[Attack, ...] = ()
    area: EstimateRef | None = None
    area_title: Text | None = None

    @property
    def texts(self) -> tuple[tuple[str, LevelText], ...]:
        """The texts of its own fields."""
        own = (("inside", self.inside), ("outside", self.outside), ("area", self.area_title))
        return (*super().texts, *((name, text) for name, text in own if text))

    @property
    def refs(self) -> tuple[str, ...]:
        """The estimates that it draws, as figure/estimate."""
        return (self.wide, self.deep, *(a.reach for a in self.attacks), *((self.area,) if self.area else ()))


class PhaseDrawing(Drawing):
    """The dated events of the phases named, or of all phases."""

    phases: Annotated[Ids, RefersTo("phase")] = ()


class FigureDrawing(Drawing):
    """The estimates of some figures.

    `ONE_SCALE` kinds draw all estimates on one scale, so these must have one unit. `TIMED` kinds place them on a time
    axis, so each needs a date. loading.drawing_checks checks both.
    """

    ONE_SCALE: ClassVar[bool] = False
    TIMED: ClassVar[bool] = False

    figures: FigureIds = ()

    @property
    def single_estimates(self) -> tuple[str, ...]:
        """Estimates to draw besides those of the figures, as figure/estimate."""
        return ()


class EstimateDrawing(FigureDrawing):
    """The estimates of some figures, and single estimates."""

    estimates: EstimateRefs = ()

    @property
    def single_estimates(self) -> tuple[str, ...]:
        """The estimates named one by one."""
        return self.estimates


class QuestionDrawing(Drawing):
    """A question with its positions (all, or those named). `ARGUED` kinds show the reasons for each position too."""

    ARGUED: ClassVar[bool] = True

    question: Annotated[Id, RefersTo("question")]
    positions: Annotated[Ids, RefersTo("position")] = ()


# -- how an audience asks for drawings ------------------------------------------------------------

# Each kind is a module of drawings/kinds/ ("argument-map" is argument_map.py).
DrawingKind = Literal[
    "map",
    "story-map",
    "salient",
    "timeline",
    "over-time",
    "estimates",
    "argument-map",
    "bars",
    "lines",
    "tiles",
    "lanes",
    "when-argued",
    "bargain",
]


def as_drawing_choices(value: object) -> object:
    """Accept the name of a kind in place of a mapping: `map` is short for `{kind: map}`."""
    return [{"kind": v} if isinstance(v, str) else v for v in value] if isinstance(value, list) else value


class DrawingChoice(YamlModel):
    """The drawings of one kind that a section shows.

    `depth` defaults to the section's. `table` prints the table of the same data, which a screen always has. `leads`
    puts the drawings before the section's first item; without it they follow that item in print. `front` is a map as
    wide as the sheet itself, on which a layout sets the title. `brief` leaves out of a drawing what its document says
    beside it: the titles of positions at their dates. `claims` gives each position in few words there, what it `says`.
    """

    kind: DrawingKind
    depth: Depth | None = None
    width: Literal["column", "sheet", "front"] = "column"
    table: StrictBool = False
    leads: StrictBool = False
    brief: StrictBool = False
    claims: StrictBool = False
