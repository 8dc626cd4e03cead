"""Lay out a bulge of a front: its lengths and towns to scale, its shape schematic."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ...briefing.parts import DrawingView, EstimateView
from ...language.wording import Wording
from ...schema.drawings import SalientDrawing
from ...schema.topic import Place
from ..fonts import TextMeasure
from ..maps.label_placement import LabelRequest, place_labels
from ..maps.projection import EARTH_RADIUS_KM, Point, Polyline, clipped_line, clipped_ring
from ..scene import NOWHERE, Box, Cell, DrawingSize, NoRoomError, Scene, Table
from .bulge import DIRECTIONS, Bulge, Reach, attack_reach, bulge_brackets, length_km
from .salient_labels import area_words, attack_names, length_labels, remark, side_words, town_names

HIGHEST = 0.72  # of the width: a sheet has little room for more


@dataclass(frozen=True)
class SalientScene(Scene):
    """A bulge. `inside` is the land in it, `front` its dotted line, `brackets` its width and depth with their ticks."""

    view: Box = NOWHERE
    inside: Polyline = ()
    front: tuple[Polyline, ...] = ()
    brackets: tuple[Polyline, ...] = ()
    towns: tuple[Point, ...] = ()
    attacks: tuple[Reach, ...] = ()
    square: Box | None = None
    unit: float = 1.0


def layout_salient(picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize) -> SalientScene:
    """Lay out the bulge as wide as the drawing, with room below it if its labels need some.

    The square for comparison goes to the first corner where all labels fit. Raises NoRoomError if there is none.
    """
    failed: NoRoomError | None = None
    for below in (0.0, 0.2, 0.4, 0.7, 1.0, 1.4):
        drawn = _draw(picture, wording, measure, size, below)
        for corner in range(4 if drawn.drawing.area else 1):
            try:
                return _placed(drawn, picture, wording, measure, corner)
            except NoRoomError as error:
                failed = failed or error
    assert failed
    raise failed


@dataclass(frozen=True)
class _Drawn:
    """A bulge without the square in a corner. `scene` has no labels yet; `requests` are those of all but the square."""

    drawing: SalientDrawing
    rows: dict[str, EstimateView]
    scene: SalientScene
    scale: float
    small: float
    requests: tuple[LabelRequest, ...]
    taken: tuple[Box, ...]


def _draw(picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize, below: float) -> _Drawn:
    """Draw the bulge with a part of its width free below it."""
    drawing = picture.thing
    assert isinstance(drawing, SalientDrawing)
    em, words = size.text_size, wording.strings["drawings"]
    # a slide is enlarged until its smallest label is legible: one size of text leaves the most room
    small = em if size.to_fit else round(0.9 * em, 2)
    rows, names = {row.ref: row for row in picture.rows}, {entry.id: entry.name for entry in picture.entries}
    towns, bulge = _on_the_ground(picture, drawing, rows)
    view, scale, to = _view(bulge, towns.values(), size, below)
    front = [to(point) for point in bulge.curve()]
    brackets, ends = bulge_brackets(bulge, to, em)
    points = {key: to(point) for key, point in towns.items()}
    scene = SalientScene(
        size.width,
        view.bottom + 0.75,
        _alt_text(picture, wording, drawing, rows, names),
        Table(tuple(words["salient_head"]), tuple(_rows(picture, wording, drawing, rows))),
        (),
        (words["schematic"],),
        view=view,
        inside=clipped_ring([*front, *(to(point) for point in bulge.behind()), front[0]], view),
        front=tuple(clipped_line(front, view)),
        brackets=brackets,
        towns=tuple(points.values()),
        attacks=tuple(attack_reach(a.id, a.side, rows[a.reach], bulge, to, em) for a in drawing.attacks),
        unit=em,
    )
    lines = (*brackets, *(attack.line for attack in scene.attacks), *scene.front)
    requests = [*town_names(measure, names, points, em), remark(picture, wording, measure, view, em, small)]
    requests += length_labels(measure, wording, drawing, rows, ends, em, small)
    requests += attack_names(picture, wording, measure, scene.attacks, rows, em, small)
    requests += _sides(picture, measure, bulge, to, view, scene.inside, em, small)
    taken = [Box(x, y, x, y).grown(0.3 * em) for x, y in scene.towns]
    taken += [box for line in lines for box in _along(line, em)]
    return _Drawn(drawing, rows, scene, scale, small, tuple(requests), tuple(taken))


def _placed(drawn: _Drawn, picture: DrawingView, wording: Wording, measure: TextMeasure, corner: int) -> SalientScene:
    """Place the labels, with the square in one corner. Raises NoRoomError if they do not fit."""
    scene, em, area = drawn.scene, drawn.scene.unit, drawn.drawing.area
    requests, taken, square = list(drawn.requests), list(drawn.taken), None
    if area:
        square = _square(drawn.rows[area], drawn.scale, scene.view, em, corner)
        taken.append(square)
        # the labels of the sides come last: they have the most places
        requests.insert(-2, area_words(picture, wording, measure, drawn.rows[area], square, em, drawn.small))
    return replace(scene, labels=place_labels(requests, scene.view.grown(-0.2 * em), taken), square=square)


def _sides(
    picture: DrawingView,
    measure: TextMeasure,
    bulge: Bulge,
    to: Callable[[Point], Point],
    view: Box,
    inside: Polyline,
    em: float,
    small: float,
) -> Iterator[LabelRequest]:
    """Yield who stood inside the bulge, in its middle, and who stood around it, beyond its tip."""
    for name, into in (("inside", 0.6), ("outside", 1.35)):
        yield side_words(picture, measure, name, to(bulge.at(into * bulge.depth, 0)), view, inside, em, small)


def _view(
    bulge: Bulge, towns: Iterable[Point], size: DrawingSize, below: float
) -> tuple[Box, float, Callable[[Point], Point]]:
    """The frame in px, the px of one km, and the function from km to px. A wide frame has room at both sides."""
    left, top, right, bottom = _extent(bulge, towns)
    bottom += below * bulge.width
    across = size.width - 1.5
    down = (HIGHEST + below) * size.width if size.width > 40 * size.text_size else 2 * size.width
    if size.to_fit:  # elsewhere, a drawing higher than its sheet gives way to its table
        down = size.max_height - 1.5
    scale = min(across / (right - left), down / (bottom - top))
    view = Box(0.75, 0.75, size.width - 0.75, round(0.75 + (bottom - top) * scale, 2))
    start = view.left + (across - (right - left) * scale) / 2

    def to(point: Point) -> Point:
        return round(start + (point[0] - left) * scale, 2), round(view.top + (point[1] - top) * scale, 2)

    return view, scale, to


def _on_the_ground(
    picture: DrawingView, drawing: SalientDrawing, rows: dict[str, EstimateView]
) -> tuple[dict[str, Point], Bulge]:
    """Where the towns are, in km east and south of the middle of the mouth, and the bulge."""
    places = {entry.id: entry.thing for entry in picture.entries if isinstance(entry.thing, Place)}
    degrees = {}
    for key, place in places.items():
        assert place.lon is not None
        assert place.lat is not None
        degrees[key] = place.lon, place.lat
    (lon_a, lat_a), (lon_b, lat_b) = (degrees[key] for key in drawing.mouth)
    lon, lat = (lon_a + lon_b) / 2, (lat_a + lat_b) / 2
    km = math.radians(EARTH_RADIUS_KM)
    towns = {k: ((x - lon) * km * math.cos(math.radians(lat)), (lat - y) * km) for k, (x, y) in degrees.items()}
    (ax, ay), (bx, by) = (towns[key] for key in drawing.mouth)
    length = math.hypot(bx - ax, by - ay) or 1.0
    along = (bx - ax) / length, (by - ay) / length
    toward = DIRECTIONS[drawing.toward]
    into = (-along[1], along[0])
    if into[0] * toward[0] + into[1] * toward[1] < 0:
        into = (along[1], -along[0])
    return towns, Bulge(length_km(rows[drawing.wide]), length_km(rows[drawing.deep]), along, into)


def _extent(bulge: Bulge, towns: Iterable[Point]) -> tuple[float, float, float, float]:
    """The land to show: the bulge, its brackets and the towns with room around them, in km."""
    d, w = bulge.depth, bulge.width
    points = [bulge.at(into, along) for into in (-0.6 * d, 1.2 * d) for along in (-0.66 * w, 0.66 * w)]
    points += towns
    xs, ys = [x for x, _ in points], [y for _, y in points]
    margin = 0.06 * w
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def _square(row: EstimateView, scale: float, view: Box, em: float, corner: int) -> Box:
    """The area as a square in a corner: at the right or left, at the top or bottom."""
    assert row.estimate.value is not None
    assert row.unit.square_km is not None
    side = round(math.sqrt(row.estimate.value * row.unit.square_km) * scale, 2)
    gap = 0.8 * em
    left = view.right - gap - side if corner in (0, 1) else view.left + gap
    top = view.top + gap if corner in (0, 2) else view.bottom - gap - side
    return Box(round(left, 2), round(top, 2), round(left + side, 2), round(top + side, 2))


def _along(line: Sequence[Point], em: float) -> list[Box]:
    """Small boxes along a line, which labels must not cover."""
    boxes = []
    for (x1, y1), (x2, y2) in pairwise(line):
        steps = max(1, round(math.hypot(x2 - x1, y2 - y1) / (0.6 * em)))
        boxes += [
            Box(x, y, x, y).grown(0.15 * em)
            for x, y in ((x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(steps + 1))
        ]
    return boxes


def _alt_text(
    picture: DrawingView,
    wording: Wording,
    drawing: SalientDrawing,
    rows: dict[str, EstimateView],
    names: dict[str, str],
) -> str:
    words, texts = wording.strings["drawings"], dict(picture.texts)
    sentences = [
        words["salient"].format(
            wide=words["wide"].format(number=wording.estimate(rows[drawing.wide])),
            deep=words["deep"].format(number=wording.estimate(rows[drawing.deep])),
            inside=texts["inside"],
            outside=texts["outside"],
            places=wording.names(list(names.values())),
        )
    ]
    for (_, title), attack in zip(picture.titles, drawing.attacks, strict=True):
        sentences.append(words["salient_attack"].format(title=title, number=wording.estimate(rows[attack.reach])))
    if drawing.area:
        row = rows[drawing.area]
        sentences.append(words["map_area"].format(number=wording.estimate(row), by=wording.speakers(row.by)))
    return " ".join(sentences)


def _rows(
    picture: DrawingView, wording: Wording, drawing: SalientDrawing, rows: dict[str, EstimateView]
) -> Iterator[tuple[Cell, ...]]:
    words = wording.strings["drawings"]
    drawn = [(words["salient_width"], drawing.wide), (words["salient_depth"], drawing.deep)]
    drawn += [(title, a.reach) for (_, title), a in zip(picture.titles, drawing.attacks, strict=True)]
    drawn += [(dict(picture.texts).get("area", words["square"]), drawing.area)] if drawing.area else []
    for title, ref in drawn:
        row = rows[ref]
        yield Cell(title), Cell(wording.speakers(row.by)), Cell("", ref, row.sources)
