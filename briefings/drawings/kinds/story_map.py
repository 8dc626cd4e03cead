"""Story map: a map with numbered events at their places, and distances between places."""

from collections.abc import Iterator
from typing import Literal

from ...pack.pack import Pack
from ...pack.yaml_file import YamlFile
from ...problems import Problem, YamlPath
from ...schema.drawings import StoryDrawing
from ...schema.topic import Place
from ..kind import Kind, deferred
from .map import map_checks


class StoryMap(StoryDrawing):
    """A map with events and distances. Each event is told beside the map, under its number."""

    kind: Literal["story-map"]


def _checks(pack: Pack, drawing: StoryMap, yaml_file: YamlFile, path: YamlPath) -> Iterator[Problem]:
    yield from map_checks(pack, drawing, yaml_file, path)
    named = [((*path, "events", n, "at"), event.at) for n, event in enumerate(drawing.events)]
    named += [
        ((*path, "distances", n, "between", end), key)
        for n, distance in enumerate(drawing.distances)
        for end, key in enumerate(distance.between)
    ]
    for where, key in named:
        place = pack.index[key]
        assert isinstance(place, Place)
        if key not in drawing.places:
            yield yaml_file.problem(
                "off-the-map", f"'{key}' is not among this map's 'places'", yaml_file.mark(where), "add it to 'places'"
            )
        elif place.lat is None or place.code or place.kind == "area":
            message = f"'{key}' is no point on this map"
            hint = "choose a place with 'lat' and 'lon' and without a 'code'"
            yield yaml_file.problem("no-point", message, yaml_file.mark(where), hint)


KIND = Kind(StoryMap, deferred("maps.locator_map", "layout_locator_map"), _checks)
