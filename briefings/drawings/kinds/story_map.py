"""Story map: a map with numbered events at their places, directions, and distances between places."""

from collections.abc import Iterator
from typing import Literal

from ...pack.pack import Pack
from ...pack.yaml_file import YamlFile
from ...problems import Problem, YamlPath
from ...schema.drawings import StoryDrawing
from ...schema.topic import Place
from ..kind import Deferred, Kind
from .map import map_checks


class StoryMap(StoryDrawing):
    """A map with events. The text of each is a card on the map or, where it has no room, in a list under it."""

    kind: Literal["story-map"]


def _checks(pack: Pack, drawing: StoryMap, yaml_file: YamlFile, path: YamlPath) -> Iterator[Problem]:
    yield from map_checks(pack, drawing, yaml_file, path)
    for where, key, what in _named(drawing, path):
        place = pack.index[key]
        assert isinstance(place, Place)
        region = place.code or place.kind == "area"
        if key not in drawing.places:
            yield yaml_file.problem(
                "off-the-map", f"'{key}' is not among this map's 'places'", yaml_file.mark(where), "add it to 'places'"
            )
        elif what == "distance" and (place.lat is None or place.lon is None or region):
            message = f"'{key}' is no point on this map, so no distance can be reckoned to it"
            hint = "choose a place with 'lat' and 'lon', without a 'code', and of another kind than area"
            yield yaml_file.problem("no-point", message, yaml_file.mark(where), hint)
        elif what == "arrow" and (place.lat is None or place.lon is None):
            message = f"'{key}' has no coordinates, so no arrow has a direction there"
            yield yaml_file.problem(
                "no-point", message, yaml_file.mark(where), "give it 'lat' and 'lon' in places.yaml"
            )
    for number, arrow in enumerate(drawing.arrows):
        if arrow.from_ == arrow.to:
            mark = yaml_file.mark((*path, "arrows", number, "to"))
            yield yaml_file.problem("no-point", f"'{arrow.id}' goes nowhere", mark, "choose two different places")
        if arrow.event and arrow.event not in {event.event for event in drawing.events}:
            mark = yaml_file.mark((*path, "arrows", number, "event"))
            message = f"'{arrow.event}' is not among this map's 'events'"
            yield yaml_file.problem("off-the-map", message, mark, "add it to 'events'")


def _named(drawing: StoryMap, path: YamlPath) -> Iterator[tuple[YamlPath, str, str]]:
    """Yield each place that an event, an arrow or a distance names, and where it is named."""
    for n, event in enumerate(drawing.events):
        yield (*path, "events", n, "at"), event.at, "event"
    for n, arrow in enumerate(drawing.arrows):
        yield (*path, "arrows", n, "from"), arrow.from_, "arrow"
        yield (*path, "arrows", n, "to"), arrow.to, "arrow"
    for n, distance in enumerate(drawing.distances):
        for end, key in enumerate(distance.between):
            yield (*path, "distances", n, "between", end), key, "distance"


KIND = Kind(StoryMap, Deferred("maps.locator_map", "layout_locator_map"), _checks)
