"""Lay out shares as squares of 100 tiles, one for each report, with its date, its words and who says so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import get_args

from ...briefing.parts import DrawingView, EstimateView, SharesView
from ...language.wording import Wording
from ...schema.figures import Bound
from ..fonts import TextMeasure
from ..scene import Box, DrawingSize, Label, NoRoomError, Table
from ..text_layout import TextBlock
from .chart_text import BASE_TEXT_SIZE, ChartText
from .estimate_text import EstimateText, capitalize_first, required_time, with_full_stop
from .marks import ChartScene, scaled
from .scales import possible_days
from .tile_squares import LIMITS, TileSquare, report_square, sample_square, scaled_box, shown_share

_BESIDE, _BELOW = 112.0, 84.0  # px: the least width of a report with its text beside its tiles, or below them
_GAP = 12.0  # px: between reports
_BOUNDS: tuple[Bound, ...] = get_args(Bound)


@dataclass(frozen=True)
class TilesScene(ChartScene):
    """The squares of tiles, and the samples that explain them."""

    squares: tuple[TileSquare, ...] = ()


def layout_tiles(picture: DrawingView, wording: Wording, measure: TextMeasure, size: DrawingSize) -> TilesScene:
    """Lay out a row of reports in the order of their times, or several rows where one is too narrow."""
    factor = size.text_size / BASE_TEXT_SIZE
    chart_text, width = ChartText(measure), size.width / factor
    texts = EstimateText(picture, wording, chart_text, brief=True)
    said = dict(picture.texts)
    shows = str(getattr(picture.thing, "shows", "stated"))
    rows = sorted(
        (row for piece in picture.pieces for row in piece.rows), key=lambda r: (possible_days(required_time(r)), r.ref)
    )
    titles = {row.ref: piece.title for piece in picture.pieces for row in piece.rows}
    grid, blocks = _grid(width, [partial(_text, row, said["stated"], titles[row.ref], texts) for row in rows])
    inside = {row.ref: block for row in rows if row.words and (block := _inside(row, grid.side, texts))}
    blocks = [
        _text(row, said["stated"], titles[row.ref], texts, grid.text, beside=False) if row.ref in inside else block
        for row, block in zip(rows, blocks, strict=True)
    ]
    labels: list[Label] = []
    squares: list[TileSquare] = []
    top = 1.0
    for first in range(0, len(rows), grid.columns):
        below = top
        for place, row in enumerate(rows[first : first + grid.columns]):
            left = place * (grid.each + _GAP)
            box = Box(left + 1, top, left + 1 + grid.side, top + grid.side)
            squares.append(report_square(row, shows, scaled_box(box, factor)))
            if row.ref in inside:
                labels.append(_in_the_middle(inside[row.ref], row.ref, box))
            label_top = top - 1 if grid.indent else top + grid.side + 4
            label = blocks[first + place].label_at(row.ref, left + grid.indent, label_top)
            labels.append(label)
            below = max(below, label.box.bottom, top + grid.side)
        top = below + _GAP
    key = _key(picture, [row for row in rows if row.ref not in inside], said, shows, texts, width, top)
    alt = (texts.words["alt_tiles"].format(title=with_full_stop(picture.title), whole=said["whole"]),)
    scene = TilesScene(
        width,
        key.bottom,
        " ".join((*alt, *_sentences(rows, said["stated"], texts))),
        texts.table(rows, timed=True),
        (*labels, *key.labels),
    )
    samples = (sample_square(look, scaled_box(box, factor)) for look, box in key.samples)
    return replace(scaled(scene, factor), squares=(*squares, *samples))


def layout_share(
    shares: SharesView, row: EstimateView, wording: Wording, measure: TextMeasure, size: DrawingSize
) -> TilesScene:
    """Lay out one share as a square of tiles, at most `max_height` high, with its words below."""
    factor = size.text_size / BASE_TEXT_SIZE
    width, side = size.width / factor, min(size.width, size.max_height) / factor
    said = capitalize_first(f"{wording.estimate(row, 'short')} {shares.stated}")
    block = ChartText(measure).text_block([(said, "date")], width, row.ref)
    label = block.label_at(row.ref, 0, side + 4)
    if label.box.right > width:
        raise NoRoomError(row.ref, said)
    alt = wording.strings["charts"]["alt_tiles"].format(title=with_full_stop(said), whole=shares.whole)
    square = report_square(row, shares.shows, scaled_box(Box(1, 1, side - 1, side - 1), factor))
    scene = TilesScene(width, label.box.bottom + 1, alt, Table((), ()), (label,))
    return replace(scaled(scene, factor), squares=(square,))


@dataclass(frozen=True)
class _Grid:
    """How many reports stand in a row, how wide each and its square are, and how far its text stands to the right."""

    columns: int
    each: float
    side: float
    indent: float

    @property
    def text(self) -> float:
        """The width of the text beside or below the tiles."""
        return self.each - self.indent


def _grid(width: float, texts: Sequence[Callable[[float], TextBlock]]) -> tuple[_Grid, list[TextBlock]]:
    """Choose the arrangement with the fewest rows in which no word is wider than its room, and set the texts."""
    count = len(texts)
    tried = None
    for rows in range(1, count + 1):
        columns = -(-count // rows)
        for beside in (True, False):
            # a few reports do not spread over a whole sheet
            shares = max(columns, min(3, int((width + _GAP) // (_BESIDE + _GAP)))) if rows == 1 else columns
            each = (width - _GAP * (shares - 1)) / shares
            side = min(each * 0.42, 96.0) if beside else min(each, 104.0)
            tried = _Grid(columns, each, side, side + 8 if beside else 0.0)
            blocks = [text(tried.text) for text in texts]
            roomy = each >= (_BESIDE if beside else _BELOW)
            if roomy and all(block.width <= tried.text for block in blocks):
                return tried, blocks
    assert tried is not None
    return tried, blocks


def _inside(row: EstimateView, side: float, texts: EstimateText) -> TextBlock | None:
    """The words of a report without a share, if they have room in its square, which would be empty without them."""
    block = texts.chart_text.text_block([(capitalize_first(row.words), "inside")], side - 4, row.ref)
    return block if block.width <= side - 4 and block.height <= side - 4 else None


def _in_the_middle(block: TextBlock, owner: str, box: Box) -> Label:
    left, top = (box.left + box.right - block.width) / 2, (box.top + box.bottom - block.height) / 2
    return block.label_at(owner, left, top, align="middle")


def _text(
    row: EstimateView, stated: str, title: str, texts: EstimateText, width: float, *, beside: bool = True
) -> TextBlock:
    """Return the date, the share in words and who says so. A report in words is of what its figure's title says.

    Its words may stand in its square, and then not `beside` it.
    """
    time = required_time(row)
    parts = [(capitalize_first(texts.wording.when(time, short=True)), "date")]
    if row.words:
        parts += [*([(capitalize_first(row.words), "value")] if beside else []), (title, "who")]
    else:
        parts.append((capitalize_first(f"{texts.wording.estimate(row, 'short')} {stated}"), "value"))
    parts.append((texts.speakers(row), "speaker"))
    return texts.chart_text.text_block(parts, width, row.ref if beside else "")


def _sentences(rows: Sequence[EstimateView], stated: str, texts: EstimateText) -> Iterator[str]:
    for row, sentence in zip(rows, texts.sentences(rows), strict=True):
        value = capitalize_first(texts.wording.estimate(row))
        yield sentence if row.words else sentence.replace(value, f"{value} {stated}", 1)


@dataclass(frozen=True)
class _Key:
    labels: tuple[Label, ...]
    samples: tuple[tuple[str, Box], ...]  # each look that occurs, and where its sample stands
    bottom: float


def _key(
    picture: DrawingView,
    rows: Sequence[EstimateView],
    said: dict[str, str],
    shows: str,
    texts: EstimateText,
    width: float,
    top: float,
) -> _Key:
    """Explain the tiles: what all of them are, then a sample of each look that occurs."""
    words = texts.words["tiles"]
    other = "rest" if shows == "stated" else "stated"
    shares = [shown_share(row, shows) for row in rows if not row.words]
    items = [("filled", said[shows])] if any(low > 0 for low, _ in shares) else []
    items += [("striped", striped)] if (striped := _striped(rows, said[shows], shows, texts)) else []
    items += [("blank", said[other])] if any(high < 100 for _, high in shares) else []
    items += [("outline", words["outline"])] if any(row.words for row in rows) else []
    labels: list[Label] = []
    samples: list[tuple[str, Box]] = []
    whole = texts.chart_text.text_block([(with_full_stop(words["whole"].format(whole=said["whole"])), "note")], width)
    labels.append(whole.label_at(picture.id, 0, top))
    x, y, high = 0.0, top + whole.height + 5, 0.0
    for look, text in items:
        block = texts.chart_text.text_block([(text, "note")], width - 16)
        if x and x + 16 + block.width > width:
            x, y, high = 0.0, y + high + 4, 0.0
        samples.append((look, Box(x + 1, y + 1.5, x + 10, y + 10.5)))
        labels.append(block.label_at(picture.id, x + 16, y))
        x, high = x + 16 + block.width + 14, max(high, block.height)
    return _Key(tuple(labels), tuple(samples), y + high + 2)


def _striped(rows: Sequence[EstimateView], shown: str, shows: str, texts: EstimateText) -> str:
    """Say what the striped tiles are, in the words with which the reports leave them open; "" if none is striped."""
    words: Mapping[str, str] = texts.words["tiles"]
    bounds = texts.wording.strings["short_numbers"]
    # a bound may leave nothing open, such as at most 100 %, or nothing at all of what is left
    undecided = [row.estimate for row in rows if not row.words and len(set(shown_share(row, shows))) > 1]
    said = {bound: f'"{bounds[bound].format(n="").strip()}"' for bound in _BOUNDS}
    found = [bound for bound in _BOUNDS if bound != "exactly" and any(bound == e.bound for e in undecided)]
    near = [said[bound] for bound in found if bound not in LIMITS]
    limits = [said[bound] for bound in found if bound in LIMITS]
    reasons = [words["near"].format(words=_either(near, words["or"]))] if near else []
    reasons += [words["limit"].format(words=_either(limits, words["or"]))] if limits else []
    reasons += [words["range"]] if any(e.low is not None for e in undecided) else []
    return words["striped"].format(shown=shown, reasons=words["or_it"].join(reasons)) if reasons else ""


def _either(words: Sequence[str], last: str) -> str:
    """One or another of some words: "a, b or c"."""
    return last.join((*([", ".join(words[:-1])] if words[:-1] else []), words[-1]))
