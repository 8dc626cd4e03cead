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

    id: Id  #: unique in the pack
    title: Text  #: stands above it; on a poster the headline
    says: Text | None = None  #: its finding or question, the headline of its slide
    kind: str  #: what is drawn; each kind has fields of its own
    section: Annotated[Id, RefersTo("section")]  #: the id of the section it belongs to
    depth: Depth = "core"  #: how important it is
    deck: Text | None = None  #: on a poster, the line under its headline
    note: Text | None = None  #: printed under it
    sources: SourceIds = ()  #: besides those of what it shows

    @property
    def texts(self) -> tuple[tuple[str, LevelText], ...]:
        """The deck and the texts of the kind's own fields, each with a name; a DrawingView has them at one level."""
        return (("deck", self.deck),) if self.deck else ()


class Frame(YamlModel):
    """The part of the earth that a map shows, in degrees. It cannot cross the date line."""

    west: Degrees  #: degrees
    south: Degrees  #: degrees
    east: Degrees  #: degrees
    north: Degrees  #: degrees

    @model_validator(mode="after")
    def _not_empty(self) -> "Frame":
        if self.west >= self.east or self.south >= self.north:
            raise ValueError("'west' must be less than 'east', and 'south' than 'north'; exchange them, or correct one")
        if self.north - self.south > 60 or self.east - self.west > 120 or max(abs(self.north), abs(self.south)) > 80:
            raise ValueError(
                "a map shows at most 120 degrees by 60, and nothing beyond 80 north or south; make the frame smaller"
            )
        return self


def as_points(value: object) -> object:
    """Turn [longitude, latitude] pairs into mappings, so that an error names the coordinate it is about."""
    if not isinstance(value, list):
        return value
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        raise ValueError("a point has two numbers; write [longitude, latitude]")
    return [{"lon": lon, "lat": lat} for lon, lat in value]


class Point(YamlModel):
    """A point of a line, in degrees."""

    lon: Degrees  #: degrees
    lat: Degrees  #: degrees


class RoughLine(YamlModel):
    """A line that is known only roughly, and is drawn so."""

    id: Id  #: unique in the pack
    title: Text  #: its name on the map
    #: its corners, each as [longitude, latitude]
    points: Annotated[tuple[Point, ...], BeforeValidator(as_points), Field(min_length=2)]
    sources: Annotated[SourceIds, Field(min_length=1)]  #: who describes it


class MapEvent(YamlModel):
    """An event of a phase, and the place on the map at which its number stands."""

    event: Annotated[Id, RefersTo("event")]  #: the id of an event of a phase
    at: Annotated[Id, RefersTo("place")]  #: the id of a place on the map


class Distance(YamlModel):
    """How far two places on a map are apart: reckoned from their coordinates, as the crow flies."""

    between: Annotated[Ids, RefersTo("place"), Field(min_length=2, max_length=2)]  #: the ids of two places on the map


class MapArrow(YamlModel):
    """An arrow that shows a direction and nothing else: no route, no position. Its title is in the table."""

    id: Id  #: unique in the pack
    title: Text  #: what it shows, in the map's table
    from_: Annotated[Id, RefersTo("place"), Field(alias="from")]  #: the id of the place it points away from
    to: Annotated[Id, RefersTo("place")]  #: the id of the place it points to
    sources: Annotated[SourceIds, Field(min_length=1)]  #: who describes the direction
    #: the id of an event of this map, in a region, that it shows: the event's number stands where the arrow begins
    event: Annotated[Id | None, RefersTo("event")] = None


class Panel(YamlModel):
    """A panel of a bargain: what the holder of a thing and the one who wants it do, what the latter says, a caption.

    In every panel the first figure `holds` the thing; the second may offer something for it, or is about to take it.
    """

    id: Id  #: unique in the pack
    shows: Literal["holds", "offers", "takes"]  #: what the second figure does
    says: Text  #: its words, in the bubble
    text: Text  #: the caption, with citations


# -- what a drawing may show: each kind in drawings/kinds/ builds on one of these, or on several ---


class MapDrawing(Drawing):
    """Places on a ground cut from `ground`, a GeoJSON file of the pack. Every line has a source."""

    ground: Line  #: a GeoJSON file in the pack's folder
    frame: Frame  #: the part of the earth that is shown
    places: Annotated[PlaceIds, Field(min_length=1)]  #: ids of the places on it
    tinted: PlaceIds = ()  #: ids of regions that the map is about
    main: PlaceIds = ()  #: ids of the places that matter most
    areas: EstimateRefs = ()  #: estimates of an area, drawn as squares of that size
    lines: tuple[RoughLine, ...] = ()  #: lines known only approximately
    inset: Frame | None = None  #: a wider view in a corner
    inset_places: PlaceIds = ()  #: ids of the places in the inset


class StoryDrawing(MapDrawing):
    """A map that tells what happened: numbered events at their places, directions, and how far places are apart."""

    events: tuple[MapEvent, ...] = ()  #: numbered at their places, and told on the map or beside it
    arrows: tuple[MapArrow, ...] = ()  #: directions between two places, and no routes
    distances: tuple[Distance, ...] = ()  #: how far places are apart


class Attack(YamlModel):
    """An attack on a bulge of a front: from which side, and how far it came (figure/estimate)."""

    id: Id  #: unique in the pack
    title: Text  #: its name in the drawing
    side: Literal["north", "south", "east", "west"]  #: the side of the bulge that it came from
    reach: EstimateRef  #: how far it came, as figure/estimate


class SalientDrawing(Drawing):
    """A bulge of a front: how wide and how deep it was (figure/estimate), and to which side it pointed.

    `mouth` is the two places between which the bulge opens; `inside` and `outside` say who stood there. Places, lengths
    and the area are to scale. The shape of the bulge is schematic, and the drawing says so.
    """

    toward: Literal["north", "south", "east", "west"]  #: where the bulge points
    mouth: Annotated[PlaceIds, Field(min_length=2, max_length=2)]  #: ids of the two places between which it opens
    wide: EstimateRef  #: how wide it was, as figure/estimate
    deep: EstimateRef  #: how deep it was, as figure/estimate
    inside: Text  #: who stood inside it
    outside: Text  #: who stood around it
    places: PlaceIds = ()  #: ids of other places on it
    attacks: tuple[Attack, ...] = ()  #: attacks on it
    area: EstimateRef | None = None  #: an estimate of an area, drawn beside it as a square at the same scale
    area_title: Text | None = None  #: what that area is

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

    phases: Annotated[Ids, RefersTo("phase")] = ()  #: ids of the phases whose events are shown; default: all


class FigureDrawing(Drawing):
    """The estimates of some figures.

    `ONE_SCALE` kinds draw all estimates on one scale, so these must have one unit. `TIMED` kinds place them on a time
    axis, so each needs a date. loading.drawing_checks checks both.
    """

    ONE_SCALE: ClassVar[bool] = False
    TIMED: ClassVar[bool] = False

    figures: FigureIds = ()  #: ids of figures, whose estimates are all drawn

    @property
    def single_estimates(self) -> tuple[str, ...]:
        """Estimates to draw besides those of the figures, as figure/estimate."""
        return ()


class EstimateDrawing(FigureDrawing):
    """The estimates of some figures, and single estimates."""

    estimates: EstimateRefs = ()  #: single estimates, as figure/estimate

    @property
    def single_estimates(self) -> tuple[str, ...]:
        """The estimates named one by one."""
        return self.estimates


class QuestionDrawing(Drawing):
    """A question with its positions (all, or those named). `ARGUED` kinds show the reasons for each position too."""

    ARGUED: ClassVar[bool] = True

    question: Annotated[Id, RefersTo("question")]  #: the id of a question of debate.yaml
    positions: Annotated[Ids, RefersTo("position")] = ()  #: ids of its positions; default: all


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
    wide as the sheet itself, on which a layout sets the title; `head`, on a poster, is a map beside it. `brief` leaves
    out of a drawing what its document says beside it: the titles of positions at their dates; who reported the numbers
    of a chart over time, which then has the six most telling; the wider view of a map, which is then as high as
    `--brief-map` of the look. `claims` gives each position in few words there, what it `says`.
    """

    kind: DrawingKind  #: a kind of drawing
    depth: Depth | None = None  #: how much it shows; default: the section's depth
    #: as wide as the text's column, as the sheet, or (a map) behind the title or beside it
    width: Literal["column", "sheet", "front", "head"] = "column"
    table: StrictBool = False  #: whether its table is printed too; a screen always has it
    leads: StrictBool = False  #: whether it comes first in its section
    brief: StrictBool = False  #: whether it leaves out what its document says beside it
    claims: StrictBool = False  #: whether it gives each position in few words, what it `says`
