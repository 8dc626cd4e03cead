"""Say a map in words: its text alternative, the notes under it and the table of the same data."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...language.wording import Wording
from ...schema.topic import Place
from ..scene import Cell, Label
from ..text_spans import join_spans, to_spans
from .map_context import MapContext
from .story import rounded_km


def map_notes(context: MapContext, wording: Wording, on_map: Sequence[Label | None]) -> Iterator[str]:
    """Yield the distances that have no words on the map, what is only approximate, and what is our own reckoning."""
    words = wording.strings["drawings"]
    for fields, label in zip(_apart(context, wording), on_map, strict=True):
        if label is None:
            yield words["map_distance"].format(**fields)
    if any(place.approximate and not place.code for place in context.places.values()):
        yield words["approximate"]
    if context.distances:
        yield words["distances"]
    if context.arrows:
        yield words["arrows"]


def map_alt_text(context: MapContext, wording: Wording) -> str:
    """Return what a screen reader reads in place of the map."""
    words = wording.strings["drawings"]
    shown = [context.places[i] for i in context.definition.places]
    names = wording.names([place.name for place in shown if place.kind != "country"])
    countries = wording.names([place.name for place in shown if place.kind == "country"])
    sentences = [
        words["map"].format(countries=countries, places=names) if countries else words["map_of"].format(places=names)
    ]
    if context.definition.tinted:
        sentences.append(
            words["map_tinted"].format(names=wording.names([context.names[i] for i in context.definition.tinted]))
        )
    if context.definition.inset_places:
        inset = wording.names([context.names[i] for i in context.definition.inset_places])
        sentences.append(words["map_inset"].format(places=inset))
    for row in context.areas:
        sentences.append(words["map_area"].format(number=wording.estimate(row), by=wording.speakers(row.by)))
    if context.picture.happened:
        sentences.append(words["map_events"].format(count=len(context.picture.happened)))
    sentences += [words["map_distance"].format(**fields) for fields in _apart(context, wording)]
    sentences += [words["map_arrow"].format(title=title) for _, title in context.picture.arrows]
    sentences += [words["map_line"].format(title=title) for _, title in context.picture.titles]
    return " ".join(sentences)


def map_rows(context: MapContext, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of the table of the same data."""
    for entry in context.picture.entries:
        what = join_spans(to_spans(entry.text, context.picture, wording))
        yield Cell(entry.name), Cell(what), Cell(_where(context.places[entry.id], wording), sources=entry.sources)
    for row in context.areas:
        who = wording.speakers(row.by)
        yield Cell(wording.strings["drawings"]["square"]), Cell(who), Cell("", row.ref, row.sources)
    for place, said in context.picture.happened:
        what = join_spans(to_spans(said.text, context.picture, wording))
        date = wording.when(said.date) if said.date else ""
        yield Cell(f"{date}, {context.names[place]}".removeprefix(", ")), Cell(what), Cell("", sources=said.sources)

    sources = {arrow.id: arrow.sources for arrow in context.arrows}
    for key, title in context.picture.arrows:
        yield Cell(wording.strings["drawings"]["arrow"]), Cell(title), Cell("", sources=sources[key])
    for fields in _apart(context, wording):
        distance = wording.strings["drawings"]["distance"].format(km=fields["km"])
        yield Cell("{one} – {other}".format(**fields)), Cell(wording.strings["drawings"]["reckoned"]), Cell(distance)


def _apart(context: MapContext, wording: Wording) -> Iterator[dict[str, str]]:
    """Yield the names and the kilometres of each distance."""
    for distance in context.distances:
        one, other = distance.between
        km = wording.amount(Fraction(rounded_km(context.places[one], context.places[other])))
        yield {"one": context.names[one], "other": context.names[other], "km": km}


def _where(place: Place, wording: Wording) -> str:
    """Return the location of a place: coordinates if it has a mark, its country if it is a region."""
    words = wording.strings["drawings"]
    if place.code or place.lat is None or place.lon is None:
        return place.country
    north, east = words["north" if place.lat >= 0 else "south"], words["east" if place.lon >= 0 else "west"]
    return f"{abs(place.lat):.2f}° {north}, {abs(place.lon):.2f}° {east}"
