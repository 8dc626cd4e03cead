"""Lay out a bargain: panels in a row, or one below the other, each with a speech bubble and a caption."""

from dataclasses import dataclass

from ..briefing.parts import DrawingView, PanelView
from ..language.wording import Wording
from .fonts import Face, TextMeasure
from .scene import Box, Cell, DrawingSize, Label, NoRoomError, Scene, Table
from .text_layout import TextBlock, TextStyle, layout_text
from .text_spans import join_spans, to_spans

# In em, that is, in multiples of the text size.
MIN_WIDTH, GUTTER, PAD = 12.5, 1.0, 0.6
FIGURE = 5.05  # the height of a figure, from the ground to the top of its head
UNITS = 5.6  # the same as templates/drawings/bargain.svg draws it
ABOVE = 0.95  # between the words of a bubble and the head below it: the bubble's edge and its tail
SPEAKS = 0.62  # of a panel's width: a wider bubble would lie above the figure that says nothing


@dataclass(frozen=True)
class PanelScene:
    """A panel: its frame, the bubble and the point it comes from, and the middles of the two figures' feet."""

    id: str
    shows: str
    frame: Box
    bubble: Box
    tail: tuple[float, float]
    holder: tuple[float, float]
    rival: tuple[float, float]


@dataclass(frozen=True)
class BargainScene(Scene):
    """A laid-out bargain. `unit` is what the figures scale with, in px."""

    panels: tuple[PanelScene, ...] = ()
    unit: float = 1.0


def layout_bargain(picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize) -> BargainScene:
    """Lay out the panels in as many columns as fit. Raises NoRoomError for a word wider than its panel."""
    em, count = size.text_size, len(picture.panels)
    columns = max(1, min(count, int((size.width + GUTTER * em) / ((MIN_WIDTH + GUTTER) * em))))
    # No row with a single panel beside rows of two: three panels in two columns become one column.
    columns = columns if count % columns == 0 else 1
    width = (size.width - (columns - 1) * GUTTER * em) / columns
    said = [_bubble(panel, picture, wording, measure, em, width) for panel in picture.panels]
    height = max(words.height for words in said) + (PAD + ABOVE + FIGURE + PAD) * em
    panels: list[PanelScene] = []
    labels: list[Label] = []
    top = lowest = 0.0
    for index, (panel, words) in enumerate(zip(picture.panels, said, strict=True)):
        if index and index % columns == 0:
            top = lowest + GUTTER * em
        left = (index % columns) * (width + GUTTER * em)
        frame = Box(left, top, left + width, top + height)
        middle = left + 0.8 * width  # of the figure that speaks
        begin = min(middle - words.width / 2, frame.right - PAD * 2 * em - words.width)
        labels.append(words.label_at(panel.id, begin, top + PAD * 1.2 * em))
        bubble = labels[-1].box.grown(PAD * 0.8 * em)
        ground = frame.bottom - PAD * em
        holder, rival = (left + 0.2 * width, ground), (middle, ground)
        tail = (rival[0], ground - (FIGURE + 0.25) * em)
        panels.append(PanelScene(panel.id, panel.shows, frame, bubble, tail, holder, rival))
        caption = layout_text(measure, [(to_spans(panel.text, picture, wording), TextStyle(Face(em)))], width)
        if caption.width > width:
            raise NoRoomError(panel.id, panel.text)
        labels.append(caption.label_at(panel.id, left, frame.bottom + 0.5 * em))
        lowest = max(lowest, labels[-1].box.bottom)
    return BargainScene(
        size.width, lowest, _alt_text(picture, wording), _table(picture, wording), tuple(labels),
        panels=tuple(panels), unit=em * FIGURE / UNITS,
    )  # fmt: skip


def _bubble(
    panel: PanelView, picture: DrawingView, wording: Wording, measure: TextMeasure, em: float, width: float
) -> TextBlock:
    """What the second figure says, above it; a longer word than has room there is above both."""
    style = TextStyle(Face(em, 600))
    for room in (SPEAKS * width - 2 * PAD * em, width - 4 * PAD * em):
        words = layout_text(measure, [(to_spans(panel.says, picture, wording), style)], room)
        if words.width <= room:
            return words
    raise NoRoomError(panel.id, panel.says)


def _alt_text(picture: DrawingView, wording: Wording) -> str:
    words = wording.strings["drawings"]["bargain"]
    said = [
        words["panel"].format(
            shows=words["shows"][panel.shows], says=join_spans(to_spans(panel.says, picture, wording))
        )
        for panel in picture.panels
    ]
    return " ".join((words["alt"], *said))


def _table(picture: DrawingView, wording: Wording) -> Table:
    words = wording.strings["drawings"]["bargain"]
    rows = tuple(
        (
            Cell(words["shows"][panel.shows]),
            Cell(join_spans(to_spans(panel.says, picture, wording))),
            Cell(join_spans(to_spans(panel.text, picture, wording)), sources=panel.sources),
        )
        for panel in picture.panels
    )
    return Table(tuple(words["head"]), rows)
