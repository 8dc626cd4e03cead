"""What a pack's drawings ask for -> the grounds they stand on, and a Problem for each thing that cannot be drawn."""

from collections.abc import Iterator
from pathlib import Path

from ..library import find_inside
from ..pack.geojson import Ground, read_ground
from ..pack.pack import Pack
from ..pack.yaml_file import YamlFile
from ..problems import Problem, ProblemError, YamlPath, did_you_mean
from ..schema.drawings import ArgumentMap, BarChart, Drawing, Frame, LineChart, Map, OverTimeChart, Timeline
from ..schema.figures import Estimate, Figure
from ..schema.topic import Place, Question

_YAML_KEY = "drawings"


def load_grounds(folder: Path, name: str, document: YamlFile, drawings: tuple[Drawing, ...]) -> dict[str, Ground]:
    """The ground of every map, by its file in the pack's `folder`, which is called `name`. Raises ProblemError."""
    found: dict[str, Ground] = {}
    problems: list[Problem] = []
    for index, drawing in enumerate(drawings):
        if not isinstance(drawing, Map) or drawing.ground in found:
            continue
        path = find_inside(folder, drawing.ground)
        if path is None:
            mark = document.mark((_YAML_KEY, index, "ground"))
            hint = (
                did_you_mean(drawing.ground, [p.name for p in folder.glob("*.geojson")])
                or "put the file into the pack's folder"
            )
            problems.append(document.problem("missing-file", f"the pack has no file '{drawing.ground}'", mark, hint))
            continue
        try:
            found[drawing.ground] = read_ground(path, f"{name}/{drawing.ground}")
        except ProblemError as error:
            problems += error.problems
    if problems:
        raise ProblemError(problems)
    return found


def check_drawings(pack: Pack, document: YamlFile) -> list[Problem]:
    """What stands in the way of a drawing of the pack, at its line in drawings.yaml."""
    problems: list[Problem] = []
    for index, drawing in enumerate(pack.drawings):
        if isinstance(drawing, Map):
            problems += _map(pack, drawing, document, (_YAML_KEY, index))
        if isinstance(drawing, ArgumentMap):
            problems += _argument_map(pack, drawing, document, (_YAML_KEY, index))
        if isinstance(drawing, Timeline):
            problems += _timeline(pack, drawing, document, (_YAML_KEY, index))
        if isinstance(drawing, OverTimeChart | BarChart | LineChart):
            problems += _chart(pack, drawing, document, (_YAML_KEY, index))
    return problems


def _timeline(pack: Pack, drawing: Timeline, document: YamlFile, path: YamlPath) -> Iterator[Problem]:
    phases = [phase for phase in pack.phases if not drawing.phases or phase.id in drawing.phases]
    dates = [event.date for phase in phases for event in phase.events]
    if not dates:
        hint = "give the phases 'events', or leave the drawing out"
        yield document.problem("nothing-to-draw", "no phase of this timeline has an event", document.mark(path), hint)
    elif drawing.start and drawing.start.first > max(date.last for date in dates):
        mark = document.mark((*path, "start"))
        yield document.problem("nothing-to-draw", f"every event is over by {drawing.start}", mark, "begin earlier")


def _chart(
    pack: Pack, drawing: OverTimeChart | BarChart | LineChart, document: YamlFile, path: YamlPath
) -> Iterator[Problem]:
    """One scale takes one unit; an axis of time takes only what has a date."""
    refs = {f"{key}/{e.id}": ("figures", n) for n, key in enumerate(drawing.figures) for e in _estimates(pack, key)}
    refs |= {ref: ("estimates", n) for n, ref in enumerate(getattr(drawing, "estimates", ()))}
    unit = ""
    for ref, where in refs.items():
        figure, estimate = pack.estimate(ref)
        mark, counted = document.mark((*path, *where)), estimate.words is None
        if not isinstance(drawing, BarChart) and not (estimate.covers or estimate.as_of):
            message = f"'{ref}' has no date, and this drawing is over time"
            hint = "give it 'as_of', or 'covers' for the time it speaks of; or name only 'estimates' that have one"
            yield document.problem("undated-estimate", message, mark, hint)
        unit = unit or (estimate.unit or figure.unit if counted else "")
        if counted and (estimate.unit or figure.unit) != unit:
            message = f"'{ref}' is in {estimate.unit or figure.unit}, and what stands before it in {unit}"
            yield document.problem("mixed-units", message, mark, "one scale takes one unit; make two drawings")
    if not unit:
        hint = "name 'figures' that have numbers"
        yield document.problem("nothing-to-draw", f"'{drawing.id}' has no number to draw", document.mark(path), hint)


def _estimates(pack: Pack, key: str) -> tuple[Estimate, ...]:
    figure = pack.index[key]
    assert isinstance(figure, Figure)
    return figure.estimates


def _map(pack: Pack, drawing: Map, document: YamlFile, path: YamlPath) -> Iterator[Problem]:
    land = pack.grounds[drawing.ground]
    for field, frame in (("places", drawing.frame), ("inset_places", drawing.inset)):
        for place, key in enumerate(getattr(drawing, field)):
            thing = pack.index[key]
            assert isinstance(thing, Place)
            for message, hint in _off_the_map(thing, land, frame):
                yield document.problem("off-the-map", message, document.mark((*path, field, place)), hint)
    yield from _singled_out(pack, drawing, document, path)
    for place, ref in enumerate(drawing.areas):
        if why := _no_area(pack, ref):
            yield document.problem("no-area", why[0], document.mark((*path, "areas", place)), why[1])
    for place, line in enumerate(drawing.lines):
        for number, point in enumerate(line.points):
            if not _within(drawing.frame, point.lon, point.lat):
                mark = document.mark((*path, "lines", place, "points", number))
                message = f"a point of '{line.id}' lies outside the map"
                yield document.problem("off-the-map", message, mark, "longitude comes first")


def _singled_out(pack: Pack, drawing: Map, document: YamlFile, path: YamlPath) -> Iterator[Problem]:
    """What is tinted or main must be on the map, and only a region can be tinted."""
    for field in ("tinted", "main"):
        for place, key in enumerate(getattr(drawing, field)):
            mark = document.mark((*path, field, place))
            if key not in drawing.places:
                yield document.problem("off-the-map", f"'{key}' is not among this map's 'places'", mark, "add it there")
            elif field == "tinted" and not getattr(pack.index[key], "code", None):
                hint = "give it one in places.yaml"
                yield document.problem("unknown-region", f"'{key}' is no region with a 'code'", mark, hint)


def _no_area(pack: Pack, ref: str) -> tuple[str, str] | None:
    """Why an estimate cannot be drawn as an area, and what to do about it."""
    figure, estimate = pack.estimate(ref)
    unit = pack.units.get(estimate.unit or figure.unit)
    if unit is None or not unit.square_km:
        return (
            f"'{ref}' is not an area",
            "write 'square_km' of its unit in figures.yaml: how many square kilometres one is",
        )
    return None if estimate.value is not None else (f"'{ref}' has no single value to draw", "choose one that has")


def _off_the_map(place: Place, land: Ground, frame: Frame | None) -> Iterator[tuple[str, str]]:
    """What keeps a place from standing on a map, and what to do about it."""
    if place.code:
        if not land.find(place.code):
            known = sorted({code for r in land.regions for code in (r.code, r.country)})
            yield (
                f"the ground has no region '{place.code}' ('{place.id}')",
                did_you_mean(place.code, known) or "see the codes in its file",
            )
    elif place.lat is None or place.lon is None:
        yield f"'{place.id}' has no coordinates", "give it 'lat' and 'lon' in places.yaml"
    elif frame is None:
        yield f"'{place.id}' stands on an inset, and this map has none", "give the map an 'inset'"
    elif not _within(frame, place.lon, place.lat):
        edges = f"{frame.west:g} to {frame.east:g} east, {frame.south:g} to {frame.north:g} north"
        yield (
            f"'{place.id}' ({place.lat:g}, {place.lon:g}) lies outside the map ({edges})",
            "widen the frame, or leave the place out",
        )


def _within(frame: Frame, lon: float, lat: float) -> bool:
    return frame.west <= lon <= frame.east and frame.south <= lat <= frame.north


def _argument_map(pack: Pack, drawing: ArgumentMap, document: YamlFile, path: YamlPath) -> Iterator[Problem]:
    question = pack.index[drawing.question]
    assert isinstance(question, Question)
    known = [position.id for position in question.positions]
    for place, key in enumerate(drawing.positions):
        if key not in known:
            mark = document.mark((*path, "positions", place))
            message = f"'{key}' is no position on '{drawing.question}'"
            yield document.problem(
                "unknown-reference", message, mark, did_you_mean(key, known) or "choose from debate.yaml"
            )
