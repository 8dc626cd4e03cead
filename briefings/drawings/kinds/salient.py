"""Salient: a bulge of a front, drawn schematically from how wide and how deep it was."""

from collections.abc import Iterator
from typing import Literal

from ...pack.pack import Pack
from ...pack.yaml_file import YamlFile
from ...problems import Problem, YamlPath
from ...schema.drawings import SalientDrawing
from ...schema.topic import Place
from ..kind import Deferred, Kind
from .map import no_area


class Salient(SalientDrawing):
    """A bulge with its width and depth, attacks on it, towns and, for comparison, an area at the same scale."""

    kind: Literal["salient"]


def _checks(pack: Pack, drawing: Salient, yaml_file: YamlFile, path: YamlPath) -> Iterator[Problem]:
    refs: list[tuple[YamlPath, str]] = [(("wide",), drawing.wide), (("deep",), drawing.deep)]
    refs += [(("attacks", n, "reach"), attack.reach) for n, attack in enumerate(drawing.attacks)]
    unit = ""
    for where, ref in refs:
        figure, estimate = pack.estimate(ref)
        found = estimate.unit or figure.unit
        mark = yaml_file.mark((*path, *where))
        if estimate.value is None:
            hint = "choose an estimate with a 'value'"
            yield yaml_file.problem("no-length", f"'{ref}' has no single value to draw", mark, hint)
        elif unit and found != unit:
            message = f"'{ref}' is in {found}, but '{drawing.wide}' in {unit}: one drawing has one scale"
            yield yaml_file.problem("two-units", message, mark, "choose estimates with the same unit")
        elif pack.units[found].km is None:
            hint = "set 'km' of its unit in figures.yaml to the kilometres of one unit"
            yield yaml_file.problem("no-length", f"'{ref}' is not a length", mark, hint)
        unit = unit or found
    named = [(("mouth", n), key) for n, key in enumerate(drawing.mouth)]
    named += [(("places", n), key) for n, key in enumerate(drawing.places)]
    for step, key in named:
        place = pack.index[key]
        if not isinstance(place, Place) or place.lat is None or place.lon is None or place.code:
            mark = yaml_file.mark((*path, *step))
            hint = "choose a place with 'lat' and 'lon' that is no region"
            yield yaml_file.problem("no-point", f"'{key}' is no point that could be drawn", mark, hint)
    if drawing.area and (why := no_area(pack, drawing.area)):
        yield yaml_file.problem("no-area", why[0], yaml_file.mark((*path, "area")), why[1])


KIND = Kind(Salient, Deferred("salients.salient_drawing", "layout_salient"), _checks)
