"""A picture of a map -> its places by what they are: those with a name across them, those with a mark in a view."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...briefing.parts import DrawingView, EstimateView
from ...pack.geojson import Ground
from ...schema.drawings import Map
from ...schema.topic import Place
from ..fonts import Measure
from ..scene import Box, Form
from .projection import Projection


@dataclass(frozen=True)
class Mark:
    """A place: `kind` is its place's, `main` whether it matters most; lengths in px."""

    id: str
    kind: str
    x: float
    y: float
    radius: float
    main: bool = False

    @property
    def box(self) -> Box:
        """What no label may cover."""
        return Box(self.x, self.y, self.x, self.y).grown(self.radius + 0.8)


@dataclass(frozen=True)
class Survey:
    """What a map is made from; `names` and `places` by id."""

    picture: DrawingView
    asked: Map
    ground: Ground
    names: dict[str, str]
    places: dict[str, Place]
    measure: Measure
    form: Form

    @property
    def countries(self) -> tuple[str, ...]:
        """The codes of the countries that the map names, in the order it does."""
        return tuple(p.code for i in self.asked.places if (p := self.places[i]).code and "-" not in p.code)

    @property
    def areas(self) -> list[EstimateView]:
        """The estimates drawn as squares, in the order they are asked for."""
        return [row for ref in self.asked.areas for row in self.picture.rows if row.ref == ref]

    def codes(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The codes of those of the places that have one."""
        return tuple(code for i in ids if (code := self.places[i].code))

    def named(self, ids: Sequence[str]) -> list[Place]:
        """Those with a name across them and no mark: countries, regions, areas."""
        return [p for i in ids if (p := self.places[i]).code or p.kind == "area"]

    def marks(self, ids: Sequence[str], to: Projection, factor: float = 1) -> list[Mark]:
        """Those with a point of their own."""
        out = []
        for key in ids:
            place = self.places[key]
            if not place.code and place.kind != "area" and place.lat is not None and place.lon is not None:
                x, y = to((place.lon, place.lat))
                main = key in self.asked.main
                size = 0.32 if main else 0.27 if place.kind == "city" else 0.22
                radius = max(1.7, size * self.form.text * factor)
                out.append(Mark(key, place.kind, round(x, 2), round(y, 2), round(radius, 2), main))
        return out


def survey(picture: DrawingView, measure: Measure, form: Form) -> Survey:
    """The picture of a map, as a map."""
    asked, ground = picture.thing, picture.ground
    assert isinstance(asked, Map)
    assert ground is not None
    names = {entry.id: entry.name for entry in picture.entries}
    places = {entry.id: entry.thing for entry in picture.entries if isinstance(entry.thing, Place)}
    return Survey(picture, asked, ground, names, places, measure, form)
