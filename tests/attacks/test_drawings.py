"""Drawings and grounds of strangers: too much of anything is an error at its line, and nothing takes long."""

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from drawn import LEVELS, LIBRARY, WORDING, measure
from in_time import in_time

from briefings.composing.audience_view import AudienceView
from briefings.composing.drawing_views import drawing_view
from briefings.drawings.design_tokens import load_tokens
from briefings.drawings.layout import layout_scenes
from briefings.drawings.scene import Scene
from briefings.loading.load import load, load_audience
from briefings.problems import ProblemError
from briefings.schema.drawings import DrawingChoice

Edit = Callable[[Path], None]
PACK = "data/pond"


def append(file: str, text: str) -> Edit:
    def edit(project: Path) -> None:
        path = project / PACK / file
        path.write_text(path.read_text() + text)

    return edit


def swap(file: str, old: str, new: str) -> Edit:
    def edit(project: Path) -> None:
        path = project / PACK / file
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    return edit


def ground(change: Callable[[Any], object]) -> Edit:
    def edit(project: Path) -> None:
        path = project / PACK / "school.geojson"
        value = json.loads(path.read_text())
        change(value)
        path.write_text(json.dumps(value))

    return edit


def estimates(values: list[object], kind: str, more: str = "") -> Edit:
    """A figure with these values, and a drawing of it."""
    rows = "".join(
        f"      - {{id: n{n}, value: {value}, as_of: 2024-01-{n % 28 + 1:02}, by: keeper, basis: x, sources: diary}}\n"
        for n, value in enumerate(values)
    )
    figure = f"  - id: many\n    title: Many\n    kind: series\n    unit: frogs\n    estimates:\n{rows}"

    def edit(project: Path) -> None:
        append("figures.yaml", figure)(project)
        drawing = f"  - {{id: drawn, kind: {kind}, title: Many, section: figures, figures: [many]{more}}}\n"
        append("drawings.yaml", drawing)(project)

    return edit


def events(number: int, kind: str) -> Edit:
    """A phase with this many events on one day, and a drawing of them."""
    ids = ", ".join(f"evt-{n}" for n in range(number))
    lanes = f", start: 2023-01, lanes: [{{id: lane, title: Keeper, events: [{ids}]}}]" if kind == "lanes" else ""
    added = "".join(
        f'      - {{id: evt-{n}, date: 2023-03-02, by: [keeper], text: "It happened again. [@newsletter]"}}\n'
        for n in range(number)
    )

    def edit(project: Path) -> None:
        after = "    estimates: [frogs/class-april]\n"
        swap("phases.yaml", after, added + after)(project)
        append("drawings.yaml", f"  - {{id: drawn, kind: {kind}, title: T, section: phases{lanes}}}\n")(project)

    return edit


def places(number: int, apart: float) -> Edit:
    """This many more places on the map."""
    added = "".join(
        f"  - {{id: pl-{n}, name: Place number {n}, kind: village, country: Nowhere, lat: {51.494 + n % 8 * apart}, "
        f'lon: {0.094 + n // 8 * apart}, text: "A place. [@diary]", sources: [diary]}}\n'
        for n in range(number)
    )
    ids = "".join(f", pl-{n}" for n in range(number))

    def edit(project: Path) -> None:
        append("places.yaml", added)(project)
        swap("drawings.yaml", "places: [yard, pond, gym, field]", f"places: [yard, pond, gym, field{ids}]")(project)

    return edit


def positions(number: int, arguments: int) -> Edit:
    """A debate with this many more positions."""
    own = ", ".join(f'{{id: arg-{{n}}-{n}, text: "An argument. [@newsletter]"}}' for n in range(arguments))
    added = "".join(
        f"      - {{id: held-{n}, title: Position number {n}, by: [keeper], as_of: 2024-01-{n % 28 + 1:02}, "
        f'sources: [newsletter], paragraphs: [{{id: case-{n}, aspect: case, text: "A case. [@newsletter]"}}], '
        f"arguments: [{own.replace('{n}', str(n))}]}}\n"
        for n in range(number)
    )
    return swap("debate.yaml", "    positions:\n", f"    positions:\n{added}")


def ring(number: int) -> Callable[[Any], object]:
    """A region with this many points."""
    at = [2 * math.pi * n / number for n in range(number)]
    points = [[round(0.11 + 0.01 * math.cos(a), 6), round(51.5 + 0.003 * math.sin(a), 6)] for a in at]
    shape = {"type": "Polygon", "coordinates": [[*points, points[0]]]}
    return lambda value: value["features"][0].__setitem__("geometry", shape)


def regions(number: int) -> Callable[[Any], object]:
    """This many more regions on top of each other."""
    shape = {"type": "Polygon", "coordinates": [[[0.09, 51.49], [0.13, 51.49], [0.13, 51.51], [0.09, 51.49]]]}
    added = [{"properties": {"code": f"X{n}", "name": "n"}, "geometry": shape} for n in range(number)]
    return lambda value: value["features"].extend(added)


def corners(points: object) -> Callable[[Any], object]:
    shape = {"type": "Polygon", "coordinates": [points]}
    return lambda value: value["features"][0].__setitem__("geometry", shape)


def only(text: str) -> Edit:
    """A ground of this text."""

    def edit(project: Path) -> None:
        (project / PACK / "school.geojson").write_text(text)

    return edit


def drawing_of(project: Path, ident: str) -> Iterator[Scene]:
    """A drawing, laid out for paper and for a screen."""
    pack = load(project / PACK, PACK)
    path = LIBRARY.audience_files()[LEVELS["advanced"]]
    view = AudienceView(pack, load_audience(path, path.name, pack, LIBRARY))
    drawing = next(drawing for drawing in pack.drawings if drawing.id == ident)
    picture = drawing_view(view, drawing, DrawingChoice.model_validate({"kind": drawing.kind}), "full")
    tokens = load_tokens(LIBRARY, "page", "a4")
    for on_screen in (False, True):
        yield from (scene for _, scene in layout_scenes(picture, WORDING, measure(), tokens, on_screen=on_screen))


def codes(project: Path, ident: str = "") -> set[str]:
    """The codes of the problems of a pack, or of one drawing of it; none if all is well."""
    try:
        with in_time():
            if ident:
                list(drawing_of(project, ident))
            else:
                load(project / PACK, PACK)
    except ProblemError as error:
        return {problem.code if problem.mark else "no place" for problem in error.problems}
    return set()


REFUSED: dict[str, tuple[Edit, str]] = {
    "lines of 1,500 reports": (estimates(list(range(1500)), "lines"), "too-large"),
    "a figure of 201 reports": (estimates(list(range(201)), "lines"), "bad-value"),
    "lines of 61 reports": (estimates(list(range(61)), "lines"), "too-much-to-draw"),
    "over-time of 61 reports": (estimates(list(range(61)), "over-time"), "too-much-to-draw"),
    "bars of 61 reports": (estimates(list(range(61)), "bars"), "too-much-to-draw"),
    "estimates of 61 reports": (estimates(list(range(61)), "estimates"), "too-much-to-draw"),
    "a timeline of 200 events": (events(200, "timeline"), "too-much-to-draw"),
    "lanes of 200 events": (events(200, "lanes"), "too-much-to-draw"),
    "a map of 70 places": (places(70, 0.0001), "too-much-to-draw"),
    "41 positions": (positions(41, 1), "too-much-to-draw"),
    "500 arguments": (positions(10, 50), "too-much-to-draw"),
    "a line of 1,000 points": (
        swap("drawings.yaml", "[0.11, 51.498]", ", ".join(["[0.11, 51.498]"] * 999)),
        "too-large",
    ),
    "lines of 1,001 points": (
        swap(
            "drawings.yaml",
            "    lines:\n",
            "    lines:\n"
            + "".join(
                f"      - {{id: l{n}, title: L, points: [{', '.join(['[0.11, 51.498]'] * 501)}], sources: [diary]}}\n"
                for n in range(2)
            ),
        ),
        "too-much-to-draw",
    ),
    "an area as large as ten worlds": (swap("figures.yaml", "value: 40000", "value: 100000000000000"), "no-area"),
    "an area below 0": (swap("figures.yaml", "value: 40000", "value: -5"), "no-area"),
    "an area of 0": (swap("figures.yaml", "value: 40000", "value: 0"), "no-area"),
    "points that are objects": (ground(corners([{"0": 1, "1": 2}] * 4)), "not-geojson"),
    "points that are texts": (ground(corners(["ab"] * 4)), "not-geojson"),
    "points without end": (ground(corners([[10**400, 1]] * 4)), "not-geojson"),
    "points of nothing": (ground(corners([[None, None]] * 4)), "not-geojson"),
    "a ring of rings": (ground(corners([[[[1, 1]]]] * 4)), "not-geojson"),
    "50,001 points in many rings": (
        ground(lambda value: value["features"][0].__setitem__(
            "geometry",
            {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]]] * 12_600},
        )),
        "too-large",
    ),
    "2,001 regions": (ground(regions(2001)), "too-large"),
    "half a character in the note": (ground(lambda value: value.__setitem__("note", "\ud800")), "not-geojson"),
    "half a character in a name": (
        ground(lambda value: value["features"][0]["properties"].__setitem__("name", "\udfff")),
        "not-geojson",
    ),
    "a number of 5,000 digits": (
        swap("school.geojson", "{", '{"x": ' + "1" * 5000 + ", "),
        "not-geojson",
    ),
    "lists without end": (only("[" * 100_000), "not-geojson"),
    "objects without end": (only('{"a":' * 100_000), "not-geojson"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_too_much_of_anything_is_an_error_at_its_line(name: str, project: Path) -> None:
    edit, code = REFUSED[name]
    edit(project)
    assert code in codes(project)


CHARTS = ("lines", "over-time", "bars", "estimates")
APART, TINY = [-999999999999999, -5], ["1/999999999999999", 5]
LARGEST: dict[str, tuple[Edit, str]] = {
    **{f"{kind} of 60 reports": (estimates(list(range(60)), kind), "drawn") for kind in CHARTS},
    **{f"{kind} far apart": (estimates(APART, kind), "drawn") for kind in CHARTS},
    **{f"{kind} of tiny parts": (estimates(TINY, kind), "drawn") for kind in CHARTS},
    **{f"{kind} of nothing": (estimates([0, 0, 0], kind), "drawn") for kind in CHARTS},
    "a timeline of 190 events": (events(190, "timeline"), "drawn"),
    "lanes of 190 events": (events(190, "lanes"), "drawn"),
    "a map of 40 places": (places(40, 0.001), "pond-map"),
    "a map of 40 places at one point": (places(40, 0.0), "pond-map"),
    "a region of 20,000 points": (ground(ring(20_000)), "pond-map"),
    "2,000 regions": (ground(regions(1990)), "pond-map"),
    "39 positions when they argued": (positions(38, 1), "fence-when"),
    "39 positions with reasons": (positions(38, 4), "fence-arguments"),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_drawings_are_laid_out_in_time(name: str, project: Path) -> None:
    """Or have no room: that is an error at its line too."""
    edit, ident = LARGEST[name]
    edit(project)
    assert codes(project, ident) <= {"no-room"}
