"""Collect what a map is laid out from, and separate places with a mark from those with a name across them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...briefing.parts import DrawingView, EstimateView
from ...pack.geojson import Ground
from ...schema.drawings import Distance, MapArrow, MapDrawing, StoryDrawing
from ...schema.topic import Place
from ..fonts import TextMeasure
from ..scene import Box, DrawingSize
from .projection import Projection

MARGIN = 2.5  # em: no sheet with a title on its map has a narrower one


@dataclass(frozen=True)
class PlaceMark:
    """The mark of a place at (x, y) in px. `kind` is the kind of place; `main` marks are emphasized."""

    id: str
    kind: str
    x: float
    y: float
    radius: float
    main: bool = False

    @property
    def box(self) -> Box:
        """The area that labels must not cover."""
        return Box(self.x, self.y, self.x, self.y).grown(self.radius + 0.8)


@dataclass(frozen=True)
class MapContext:
    """Everything that a map is laid out from. `names` and `places` are by id."""

    picture: DrawingView
    definition: MapDrawing
    ground: Ground
    names: dict[str, str]
    places: dict[str, Place]
    measure: TextMeasure
    size: DrawingSize

    @property
    def countries(self) -> tuple[str, ...]:
        """The codes of the countries on the map, in the order of its places. A region's code has a hyphen: UA-59."""
        return tuple(p.code for i in self.definition.places if (p := self.places[i]).code and "-" not in p.code)

    @property
    def distances(self) -> tuple[Distance, ...]:
        """The pairs of places between which a distance is drawn."""
        return self.definition.distances if isinstance(self.definition, StoryDrawing) else ()

    @property
    def reserved(self) -> tuple[Box, ...]:
        """The box at the top left that stays free for a title, if there is one."""
        size = self.size
        return (Box(0, 0, size.clear_width or size.width, size.clear),) if size.clear else ()

    @property
    def titled(self) -> tuple[Box, ...]:
        """Where in the reserved box a title may stand: inside the margins of the sheet."""
        margin = MARGIN * self.size.text_size
        return tuple(Box(box.left + margin, box.top + margin, box.right, box.bottom) for box in self.reserved)

    @property
    def arrows(self) -> tuple[MapArrow, ...]:
        """The directions to draw."""
        return self.definition.arrows if isinstance(self.definition, StoryDrawing) else ()

    def point(self, key: str, projection: Projection) -> tuple[float, float]:
        """Where the coordinates of a place are on the map, even if it has no mark."""
        place = self.places[key]
        assert place.lat is not None
        assert place.lon is not None
        return projection((place.lon, place.lat))

    @property
    def areas(self) -> list[EstimateView]:
        """The estimates drawn as squares, in the order of the definition."""
        return [row for ref in self.definition.areas for row in self.picture.rows if row.ref == ref]

    def without(self, owner: str) -> "MapContext | None":
        """Return the map without the place or the area `owner`; None if it cannot do without that."""
        places = tuple(key for key in self.definition.places if key != owner)
        areas = tuple(ref for ref in self.definition.areas if ref != owner)
        same = (places, areas) == (self.definition.places, self.definition.areas)
        if same or not places or owner in needed_places(self.definition):
            return None
        return replace(self, definition=self.definition.model_copy(update={"places": places, "areas": areas}))

    def inside(self, projection: Projection) -> "MapContext":
        """Return the map without the places that its part of the earth does not show."""
        box = projection.box.grown(-self.size.text_size)
        outside = [
            key
            for key in self.definition.places
            if not (place := self.places[key]).code
            and place.lat is not None
            and place.lon is not None
            and not box.grown(0.1).overlaps(Box(*(at := projection((place.lon, place.lat))), *at).grown(0.1))
        ]
        found = self
        for key in outside:
            found = found.without(key) or found
        return found

    def codes(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return the codes of those places that have one."""
        return tuple(code for i in ids if (code := self.places[i].code))

    def unmarked_places(self, ids: Sequence[str]) -> list[Place]:
        """Return the places with a name across them instead of a mark: countries, regions, areas."""
        return [p for i in ids if (p := self.places[i]).code or p.kind == "area"]

    def marks(self, ids: Sequence[str], projection: Projection, factor: float = 1) -> list[PlaceMark]:
        """Return marks for the places that are points. `factor` scales their radius."""
        out = []
        for key in ids:
            place = self.places[key]
            if not place.code and place.kind != "area" and place.lat is not None and place.lon is not None:
                x, y = projection((place.lon, place.lat))
                main = key in self.definition.main
                size = 0.32 if main else 0.27 if place.kind == "city" else 0.22
                radius = max(1.7, size * self.size.text_size * factor)
                out.append(PlaceMark(key, place.kind, round(x, 2), round(y, 2), round(radius, 2), main))
        return out


def needed_places(definition: MapDrawing) -> set[str]:
    """The places that a map cannot do without: those it is about, and those that something else on it names."""
    needed = {*definition.main, *definition.tinted}
    if isinstance(definition, StoryDrawing):
        needed |= {event.at for event in definition.events}
        needed |= {key for arrow in definition.arrows for key in (arrow.from_, arrow.to)}
        needed |= {key for distance in definition.distances for key in distance.between}
    return needed


def create_map_context(picture: DrawingView, measure: TextMeasure, size: DrawingSize) -> MapContext:
    """Create the context of a drawing of kind "map"."""
    definition, ground = picture.thing, picture.ground
    assert isinstance(definition, MapDrawing)
    assert ground is not None
    if size.small:
        definition = definition.model_copy(update={"inset": None, "inset_places": ()})
    names = {entry.id: entry.name for entry in picture.entries}
    places = {entry.id: entry.thing for entry in picture.entries if isinstance(entry.thing, Place)}
    return MapContext(picture, definition, ground, names, places, measure, size)
