"""A debate -> its argument map: the question, under it the positions in columns, under each its reasons and replies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..briefing.parts import DrawingView, ItemView
from ..language.wording import Wording
from .fonts import Face, TextMeasure
from .scene import NOWHERE, Box, Cell, DrawingSize, Label, Scene, Span, Table
from .text_layout import TextStyle, layout_text
from .text_spans import join_spans, to_spans

# In the size of the text: the narrowest column, the gap between columns, the indents, the space around things.
MIN_COLUMN_WIDTH, GUTTER, INDENT, PAD = 19.0, 1.5, 1.05, 0.42
Point = tuple[float, float]


@dataclass(frozen=True)
class ArgumentMapScene(Scene):
    """Boxes for the `question` and the `reasons`; `branches` lead to the positions, `replies` to the replies."""

    question: Box = NOWHERE
    reasons: tuple[Box, ...] = ()
    branches: tuple[tuple[Point, ...], ...] = ()
    replies: tuple[tuple[Point, ...], ...] = ()
    unit: float = 1.0  # the size of the text, for strokes and corners


@dataclass(frozen=True)
class _PositionBlock:
    """A position with its top left corner at 0: what stands in it, how high it is, where its branch ends."""

    labels: tuple[Label, ...]
    reasons: tuple[Box, ...]
    replies: tuple[tuple[Point, ...], ...]
    height: float
    branch: float


def layout_argument_map(
    picture: DrawingView, wording: Wording, measure: TextMeasure, form: DrawingSize
) -> ArgumentMapScene:
    """The map at one size: as many columns as its text leaves room for, read down each column in turn.

    Its text is made smaller where that keeps it on one sheet.
    """
    scene = _layout_at_text_size(picture, wording, measure, form, form.text_size)
    t = form.text_size
    while scene.height > form.max_height and t > form.min_text_size:
        t = max(form.min_text_size, round(t * min(0.97, (form.max_height / scene.height) ** 0.5), 2))
        scene = _layout_at_text_size(picture, wording, measure, form, t)
    return scene


def _layout_at_text_size(
    picture: DrawingView, wording: Wording, measure: TextMeasure, form: DrawingSize, t: float
) -> ArgumentMapScene:
    """The map with text of one size."""
    (question,) = picture.pieces
    columns = max(1, min(len(question.pieces), int((form.width + GUTTER * t) / ((MIN_COLUMN_WIDTH + GUTTER) * t))))
    across = (form.width - (columns - 1) * GUTTER * t) / columns
    asked = _question(measure, question, form, t)
    parts = [_position(picture, wording, measure, p, t, across - INDENT * t) for p in question.pieces]
    top = asked.box.bottom + PAD * 2 * t + 2 * t
    bar = top - t
    labels, reasons, replies, branches = [asked], [], [], []
    lowest = asked.box.bottom
    for column, run in enumerate(_balance_columns([p.height for p in parts], columns)):
        left, y = column * (across + GUTTER * t), top
        for index in run:
            part = parts[index]
            x = left + INDENT * t
            labels += [_moved(label, x, y) for label in part.labels]
            reasons += [box.moved(x, y) for box in part.reasons]
            replies += [tuple((px + x, py + y) for px, py in line) for line in part.replies]
            branches.append(((left + 0.2 * t, y + part.branch), (x - 0.25 * t, y + part.branch)))
            y += part.height
        branches.append(((left + 0.2 * t, bar), (left + 0.2 * t, y - parts[run[-1]].height + parts[run[-1]].branch)))
        lowest = max(lowest, y)
    ends = [left for left, _ in (b[0] for b in branches)]
    middle = form.width / 2
    box = asked.box.grown(PAD * t)
    question_box = Box(0.5, 0.5, form.width - 0.5, box.bottom)
    trunk = ((middle, question_box.bottom), (middle, bar))
    branches += [trunk, ((min((*ends, middle)), bar), (max((*ends, middle)), bar))]
    return ArgumentMapScene(
        form.width,
        lowest,
        _alt(question, wording),
        _table(picture, question, wording),
        tuple(labels),
        question=question_box,
        reasons=tuple(reasons),
        replies=tuple(replies),
        branches=tuple(branches),
        unit=t,
    )


def _question(measure: TextMeasure, question: ItemView, form: DrawingSize, t: float) -> Label:
    """The question, centred at the top."""
    style = TextStyle(Face(t * 1.45, 600, family="display"))
    width = form.width - 4 * PAD * t
    asked = layout_text(measure, [([Span(question.title)], style)], width)
    return asked.label_at(question.id, (form.width - asked.width) / 2, PAD * 2 * t, align="middle")


def _position(
    picture: DrawingView, wording: Wording, measure: TextMeasure, piece: ItemView, t: float, width: float
) -> _PositionBlock:
    body = Face(t)
    held = wording.names(piece.by) + (f", {wording.when(piece.as_of, short=True)}" if piece.as_of else "")
    title = TextStyle(Face(t * 1.1, 600))
    head = layout_text(
        measure, [([Span(piece.title)], title), ([Span(held)], TextStyle(Face(t * 0.94), "ink-soft"))], width
    )
    labels = [head.label_at(piece.id, 0, 0)]
    reasons: list[Box] = []
    replies: list[tuple[Point, ...]] = []
    y = head.height + PAD * t
    for reason in piece.reasons:
        said = layout_text(
            measure, [(to_spans(reason.said.text, picture, wording), TextStyle(body))], width - 2.4 * PAD * t
        )
        box = Box(0, y, width, y + said.height + 1.6 * PAD * t)
        labels.append(said.label_at(reason.said.id, 1.4 * PAD * t, y + 0.8 * PAD * t))
        reasons.append(box)
        y = box.bottom
        hang = y
        for reply in reason.replies:
            words = [Span(f"{wording.strings['drawings']['but']} ", bold=True), *to_spans(reply.text, picture, wording)]
            answer = layout_text(measure, [(words, TextStyle(body))], width - 1.6 * t)
            labels.append(answer.label_at(reply.id, 1.6 * t, y + PAD * t))
            level = y + PAD * t + 0.5 * t
            replies.append(((0.55 * t, hang), (0.55 * t, level), (1.35 * t, level)))
            hang, y = level, y + PAD * t + answer.height
        y += 1.3 * PAD * t
    return _PositionBlock(tuple(labels), tuple(reasons), tuple(replies), y + 0.9 * t, 0.55 * t)


def _moved(label: Label, x: float, y: float) -> Label:
    lines = tuple(replace(w, x=round(w.x + x, 2), y=round(w.y + y, 2)) for w in label.lines)
    return replace(label, lines=lines, box=label.box.moved(x, y))


def _balance_columns(heights: Sequence[float], columns: int) -> list[range]:
    """The runs of positions, one a column and in order, that make the highest column lowest."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, (0,))] + [(float("inf"), ())] * len(heights)
    for _ in range(columns):
        best = [min(_longer(best, heights, end)) for end in range(len(heights) + 1)]
    cuts = best[-1][1]
    return [range(a, b) for a, b in pairwise(cuts) if a < b]


def _longer(
    best: Sequence[tuple[float, tuple[int, ...]]], heights: Sequence[float], end: int
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Ways to end one more column at `end`."""
    for start in range(end + 1):
        highest, cuts = best[start]
        yield max(highest, sum(heights[start:end])), (*cuts, end)


def _alt(question: ItemView, wording: Wording) -> str:
    words = wording.strings["drawings"]
    positions = [
        words["position"].format(
            title=piece.title,
            by=wording.names(piece.by),
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
