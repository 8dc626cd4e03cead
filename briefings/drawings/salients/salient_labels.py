"""Set the words of a salient and list their preferred positions. `em` and `small` are text sizes in px."""

import math
from collections.abc import Iterator, Sequence
from itertools import islice

from ...briefing.parts import DrawingView, EstimateView
from ...language.wording import Wording
from ...schema.drawings import SalientDrawing
from ..fonts import Face, TextMeasure
from ..maps.label_placement import LabelRequest, label_positions
from ..maps.land import RingIndex
from ..maps.projection import Point, Polyline
from ..scene import Box, Span
from ..text_layout import TextBlock, TextStyle, layout_text
from .bulge import Reach

_MOST_PLACES = 160  # tried for the name of a side: finding each takes the outline of the bulge


def town_names(
    measure: TextMeasure, names: dict[str, str], points: dict[str, Point], em: float
) -> Iterator[LabelRequest]:
    """Yield the names of the towns."""
    for key, (x, y) in points.items():
        block = layout_text(measure, [([Span(names[key])], TextStyle(Face(em)))])
        near = [p for gap in (0.6, 1.2, 2.2, 3.4) for p in label_positions(block, x, y, gap * em)]
        yield LabelRequest(key, block, tuple(near))


def length_labels(
    measure: TextMeasure,
    wording: Wording,
    drawing: SalientDrawing,
    rows: dict[str, EstimateView],
    ends: tuple[Polyline, Polyline],
    em: float,
    small: float,
) -> Iterator[LabelRequest]:
    """Yield how wide and how deep the bulge was, each beside its bracket."""
    for ref, line, key in ((drawing.wide, ends[0], "wide"), (drawing.deep, ends[1], "deep")):
        told = ref != drawing.wide and rows[ref].by == rows[drawing.wide].by
        block = _number(measure, wording, rows[ref], wording.strings["drawings"][key], em, small, who=not told)
        (x1, y1), (x2, y2) = line
        middles = [(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part) for part in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)]
        near = [p for gap in (0.5, 1.0, 2.0) for x, y in middles for p in label_positions(block, x, y, gap * em)]
        yield LabelRequest(ref, block, tuple(near))


def _number(
    measure: TextMeasure, wording: Wording, row: EstimateView, form: str, em: float, small: float, *, who: bool
) -> TextBlock:
    """A length in the words of a form, and who says so, unless another label of the drawing has said it."""
    before, after = form.split("{number}")
    spans = [Span(before), Span(wording.estimate(row, "short"), row.ref, bold=True), Span(after)]
    speaker = ([Span(wording.speakers(row.by))], TextStyle(Face(small, 600), "speaker"))
    return layout_text(
        measure,
        [
            ([s for s in spans if s.text], TextStyle(Face(em), "reported")),
            *([speaker] if who else []),
        ],
        11 * em,
    )


def attack_names(
    picture: DrawingView,
    wording: Wording,
    measure: TextMeasure,
    attacks: Sequence[Reach],
    rows: dict[str, EstimateView],
    em: float,
    small: float,
) -> Iterator[LabelRequest]:
    """Yield what each arrow shows, and how far it came."""
    drawing = picture.thing
    assert isinstance(drawing, SalientDrawing)
    for (key, title), reach, attack in zip(picture.titles, attacks, drawing.attacks, strict=True):
        row = rows[attack.reach]
        spans = [Span(f"{title}: "), Span(wording.estimate(row, "short"), row.ref, bold=True)]
        block = layout_text(measure, [(spans, TextStyle(Face(small)))], 10 * em)
        (x, y), tip = reach.line[0], reach.head[0]
        near = [
            p
            for gap in (0.6, 1.4, 2.4, 3.6, 5.0)
            for px, py in ((x, y), tip)
            for p in label_positions(block, px, py, gap * em)
        ]
        yield LabelRequest(key, block, tuple(near))


def area_words(
    picture: DrawingView,
    wording: Wording,
    measure: TextMeasure,
    row: EstimateView,
    square: Box,
    em: float,
    small: float,
) -> LabelRequest:
    """The words beside the square: what it is, how large, that it is no place, who says so and when."""
    title = dict(picture.texts).get("area", "")
    who = wording.speakers(row.by) + (f", {when}" if (when := wording.dated(row, short=True)) else "")
    number = wording.estimate(row, "short")
    style = TextStyle(Face(small))
    parts = [([Span(title)], style)] if title else []
    parts += [
        ([Span(number[:1].upper() + number[1:], row.ref, bold=True)], TextStyle(Face(em), "reported")),
        ([Span(wording.strings["drawings"]["area"])], style),
        ([Span(who)], TextStyle(Face(small, 600), "speaker")),
    ]
    block = layout_text(measure, parts, 9.5 * em)
    middle = (square.top + square.bottom - block.height) / 2
    return LabelRequest(
        picture.id,
        block,
        (
            (square.right - block.width, square.bottom + 0.4 * em, "end"),
            (square.left, square.bottom + 0.4 * em, "start"),
            (square.left - 0.6 * em - block.width, middle, "end"),
            (square.left - 0.6 * em - block.width, square.bottom - block.height, "end"),
            (square.left - 0.6 * em - block.width, square.top, "end"),
            (square.right + 0.6 * em, middle, "start"),
            (square.right + 0.6 * em, square.bottom - block.height, "start"),
            (square.right + 0.6 * em, square.top, "start"),
        ),
    )


def side_words(
    picture: DrawingView,
    measure: TextMeasure,
    name: str,
    near: Point,
    view: Box,
    land: Polyline,
    em: float,
    small: float,
) -> LabelRequest:
    """Who stood on one side of the front, in spaced capitals: nowhere but on that side, and as near a point as it can.

    `land` is the land inside the front.
    """
    face = Face(small, 600, spacing=round(0.12 * em, 2))
    style = TextStyle(face, "ink-soft", leading=1.2)
    block = layout_text(measure, [([Span(word.upper())], style) for word in dict(picture.texts)[name].split(" ")])
    step, inside = 0.8 * em, name == "inside"
    columns, rows = int((view.width - block.width) / step), int((view.height - block.height) / step)
    places = [(view.left + i * step, view.top + j * step) for i in range(columns + 1) for j in range(rows + 1)]
    places.sort(key=lambda p: math.hypot(p[0] + block.width / 2 - near[0], p[1] + block.height / 2 - near[1]))
    inner = RingIndex([land])
    on_its_side = (
        (x, y)
        for x, y in places
        if all(
            inner.contains(x + across, y + down) == inside
            for across in (-step, block.width / 2, block.width + step)
            for down in (-step, block.height / 2, block.height + step)
        )
    )
    return LabelRequest(
        picture.id, block, tuple((x, y, "middle") for x, y in islice(on_its_side, _MOST_PLACES)), halo=False
    )


def remark(
    picture: DrawingView, wording: Wording, measure: TextMeasure, view: Box, em: float, small: float
) -> LabelRequest:
    """Return the remark that the drawing is schematic, for a corner."""
    style = TextStyle(Face(small, italic=True), "ink-soft")
    block = layout_text(measure, [([Span(wording.strings["drawings"]["schematic_label"])], style)])
    corners = tuple(
        (x, y)
        for x in (view.left + 0.6 * em, view.right - 0.6 * em - block.width)
        for y in (view.bottom - 0.5 * em - block.height, view.top + 0.5 * em)
    )
    return LabelRequest(picture.id, block, tuple((x, y, "start") for x, y in corners))
