"""Lay out a debate as an argument map.

The question is at the top. Below it are the positions in columns, each with its reasons and the replies to them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..briefing.parts import DrawingView, ItemView
from ..language.wording import Wording
from .fonts import Face, TextMeasure
from .scene import NOWHERE, Box, Cell, DrawingSize, Label, Scene, Span, Table
from .text_layout import TextStyle, layout_text
from .text_spans import join_spans, to_spans

# In em, that is, in multiples of the text size. Drawings that shrink their text shrink these lengths with it.
MIN_COLUMN_WIDTH, GUTTER, INDENT, PAD = 19.0, 1.5, 1.05, 0.42
Point = tuple[float, float]


@dataclass(frozen=True)
class ArgumentMapScene(Scene):
    """An argument map: boxes for the `question` and each reason, and connecting lines.

    `branches` are polylines from the question to the positions, `replies` from a reason to its replies.
    """

    question: Box = NOWHERE
    reasons: tuple[Box, ...] = ()
    branches: tuple[tuple[Point, ...], ...] = ()
    replies: tuple[tuple[Point, ...], ...] = ()
    unit: float = 1.0  # the text size in px; strokes and corners scale with it


@dataclass(frozen=True)
class _PositionBlock:
    """A position laid out with its top left corner at (0, 0). `branch` is the y where its branch ends."""

    labels: tuple[Label, ...]
    reasons: tuple[Box, ...]
    replies: tuple[tuple[Point, ...], ...]
    height: float
    branch: float


def layout_argument_map(
    picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize
) -> ArgumentMapScene:
    """Lay out the map in as many columns as fit, filled from left to right.

    If the map is higher than `size.max_height`, its text shrinks, down to `size.min_text_size`.
    """
    scene = _layout_at_text_size(picture, wording, measure, size, size.text_size)
    em = size.text_size
    # The height grows with about the square of the text size: lines get higher, and more of them are needed.
    # At least 3 % per step, so that the loop ends.
    while scene.height > size.max_height and em > size.min_text_size:
        em = max(size.min_text_size, round(em * min(0.97, (size.max_height / scene.height) ** 0.5), 2))
        scene = _layout_at_text_size(picture, wording, measure, size, em)
    return scene


def _layout_at_text_size(
    picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize, em: float
) -> ArgumentMapScene:
    """Lay out the map with a text size of `em` px."""
    (question,) = picture.pieces
    columns = max(1, min(len(question.pieces), int((size.width + GUTTER * em) / ((MIN_COLUMN_WIDTH + GUTTER) * em))))
    column_width = (size.width - (columns - 1) * GUTTER * em) / columns
    question_label = _question(measure, question, size, em)
    blocks = [_position(picture, wording, measure, p, em, column_width - INDENT * em) for p in question.pieces]
    top = question_label.box.bottom + PAD * 2 * em + 2 * em
    bar = top - em  # y of the horizontal line from which the branches hang
    labels, reasons, replies, branches = [question_label], [], [], []
    lowest = question_label.box.bottom
    for column, indexes in enumerate(_balance_columns([p.height for p in blocks], columns)):
        left, y = column * (column_width + GUTTER * em), top
        for index in indexes:
            block = blocks[index]
            x = left + INDENT * em
            labels += [label.moved(x, y) for label in block.labels]
            reasons += [box.moved(x, y) for box in block.reasons]
            replies += [tuple((px + x, py + y) for px, py in line) for line in block.replies]
            branches.append(((left + 0.2 * em, y + block.branch), (x - 0.25 * em, y + block.branch)))
            y += block.height
        branches.append(
            ((left + 0.2 * em, bar), (left + 0.2 * em, y - blocks[indexes[-1]].height + blocks[indexes[-1]].branch))
        )
        lowest = max(lowest, y)
    ends = [left for left, _ in (b[0] for b in branches)]
    middle = size.width / 2
    box = question_label.box.grown(PAD * em)
    question_box = Box(0.5, 0.5, size.width - 0.5, box.bottom)
    trunk = ((middle, question_box.bottom), (middle, bar))
    branches += [trunk, ((min((*ends, middle)), bar), (max((*ends, middle)), bar))]
    return ArgumentMapScene(
        size.width,
        lowest,
        _alt_text(question, wording),
        _table(picture, question, wording),
        tuple(labels),
        question=question_box,
        reasons=tuple(reasons),
        replies=tuple(replies),
        branches=tuple(branches),
        unit=em,
    )


def _question(measure: TextMeasure, question: ItemView, size: DrawingSize, em: float) -> Label:
    """Centre the question at the top."""
    style = TextStyle(Face(em * 1.45, 600, family="display"))
    width = size.width - 4 * PAD * em
    question_label = layout_text(measure, [([Span(question.title)], style)], width)
    return question_label.label_at(question.id, (size.width - question_label.width) / 2, PAD * 2 * em, align="middle")


def _position(
    picture: DrawingView, wording: Wording, measure: TextMeasure, piece: ItemView, em: float, width: float
) -> _PositionBlock:
    """Lay out one position: its title and holders, then each reason in a box with its replies below."""
    body = Face(em)
    holders = wording.speakers(piece.by) + (f", {wording.when(piece.as_of, short=True)}" if piece.as_of else "")
    title = TextStyle(Face(em * 1.1, 600))
    head = layout_text(
        measure, [([Span(piece.title)], title), ([Span(holders)], TextStyle(Face(em * 0.94), "ink-soft"))], width
    )
    labels = [head.label_at(piece.id, 0, 0)]
    reasons: list[Box] = []
    replies: list[tuple[Point, ...]] = []
    y = head.height + PAD * em
    for reason in piece.reasons:
        statement = layout_text(
            measure, [(to_spans(reason.said.text, picture, wording), TextStyle(body))], width - 2.4 * PAD * em
        )
        box = Box(0, y, width, y + statement.height + 1.6 * PAD * em)
        labels.append(statement.label_at(reason.said.id, 1.4 * PAD * em, y + 0.8 * PAD * em))
        reasons.append(box)
        y = box.bottom
        line_top = y  # each reply's connector starts where the one before it turned
        for reply in reason.replies:
            words = [Span(f"{wording.strings['drawings']['but']} ", bold=True), *to_spans(reply.text, picture, wording)]
            reply_block = layout_text(measure, [(words, TextStyle(body))], width - 1.6 * em)
            labels.append(reply_block.label_at(reply.id, 1.6 * em, y + PAD * em))
            level = y + PAD * em + 0.5 * em
            replies.append(((0.55 * em, line_top), (0.55 * em, level), (1.35 * em, level)))
            line_top, y = level, y + PAD * em + reply_block.height
        y += 1.3 * PAD * em
    return _PositionBlock(tuple(labels), tuple(reasons), tuple(replies), y + 0.9 * em, 0.55 * em)


def _balance_columns(heights: Sequence[float], columns: int) -> list[range]:
    """Split the positions, in order, into columns so that the highest column is as low as possible.

    Returns the indexes of each column. Dynamic programming: `best[n]` is the smallest maximum height for the first n
    positions in the columns so far, with the cuts that achieve it; ties go to the earliest cuts. A column may stay
    empty, unlike in an estimates chart; it is then dropped.
    """
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, (0,))] + [(float("inf"), ())] * len(heights)
    for _ in range(columns):
        best = [min(_with_another_column(best, heights, end)) for end in range(len(heights) + 1)]
    cuts = best[-1][1]
    return [range(a, b) for a, b in pairwise(cuts) if a < b]


def _with_another_column(
    best: Sequence[tuple[float, tuple[int, ...]]], heights: Sequence[float], end: int
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Yield each way to add a column that ends before position `end`, as (maximum height, cuts)."""
    for start in range(end + 1):
        highest, cuts = best[start]
        yield max(highest, sum(heights[start:end])), (*cuts, end)


def _alt_text(question: ItemView, wording: Wording) -> str:
    words = wording.strings["drawings"]
    positions = [
        words["position"].format(
            title=piece.title,
            by=wording.speakers(piece.by),
            reasons=wording.plural(words["reasons"], len(piece.reasons)),
            replies=wording.plural(words["replies"], sum(len(r.replies) for r in piece.reasons)),
        )
        for piece in question.pieces
    ]
    return str(words["argument_map"].format(question=question.title, positions=" ".join(positions)))


def _table(picture: DrawingView, question: ItemView, wording: Wording) -> Table:
    def row(piece: ItemView) -> Iterator[tuple[Cell, ...]]:
        for reason in piece.reasons:
            replies = " ".join(join_spans(to_spans(reply.text, picture, wording)) for reply in reason.replies)
            yield Cell(piece.title), Cell(join_spans(to_spans(reason.said.text, picture, wording))), Cell(replies)

    head = wording.strings["drawings"]["argument_head"]
    return Table(tuple(head), tuple(cells for piece in question.pieces for cells in row(piece)))
