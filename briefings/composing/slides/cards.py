"""Items of a chapter -> slides that show them side by side: as cards, or periods as a strip with tiles. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ... import markdown
from ...briefing.parts import EstimateView, ItemView, SharesView, Slide, SlideKind, StatementView
from ...drawings.kinds.tiles import Tiles, share_scale
from ...pack.pack import Pack
from ...schema.fields import Level, LevelText
from .groups import MAX_WORDS, WORDS_OF_A_NUMBER, count_words, split_evenly

_CARDS = 4  # on a slide
_PHASES = 8  # on a slide, in one row or two
_SHORT_TITLE = 34  # characters of the title of one of more than four phases
_LOW_CARD = 50  # characters of a title on one of four cards, or over a number
_WORD_OF_STRIP = 11  # letters: the longest word of a title in a column of a strip
_SAYS_SO = 32  # characters of who says so there, on two lines


def shares_of(pack: Pack, level: Level) -> tuple[SharesView, ...]:
    """What the tiles of each drawing of tiles mean, and which shares it draws."""

    def text(value: LevelText) -> str:
        return value.for_level(level) or value.standard

    out = []
    for drawing in pack.drawings:
        if isinstance(drawing, Tiles):
            within = tuple(f"{figure}/" for figure in drawing.figures)
            refs = [*drawing.estimates, *(ref for ref in pack.index if within and ref.startswith(within))]
            shares = tuple(ref for ref in refs if _is_share(pack, ref))
            whole, stated, rest = map(text, (drawing.whole, drawing.stated, drawing.rest))
            marks = tuple((i, pack.marks[i]) for i in (drawing.id, *shares) if i in pack.marks)
            out.append(SharesView(drawing.id, shares, whole, stated, rest, drawing.shows, marks))
    return tuple(out)


def _is_share(pack: Pack, ref: str) -> bool:
    figure, estimate = pack.estimate(ref)
    return estimate.words is None and share_scale(pack.units[estimate.unit or figure.unit]) is not None


def phases(title: str, of: object, pieces: Sequence[ItemView], shares: Sequence[SharesView]) -> Iterator[Slide]:
    """Periods in the order of their time, each with one report: a share that a drawing of tiles explains, if any."""
    drawn = max(shares, key=lambda known: sum(bool(_tiled(piece, known)) for piece in pieces), default=None)

    def fits(group: Sequence[ItemView]) -> bool:
        most = _PHASES if max(len(_shown_title(piece)) for piece in group) <= _SHORT_TITLE else _CARDS
        return len(group) <= most and _words(title, group) <= MAX_WORDS

    groups = split_evenly(pieces, fits)
    for part, group in enumerate(groups, 1):
        # the last share is the state at the end of the period
        reports = [(_tiled(piece, drawn)[-1:] if drawn else ()) or piece.rows[:1] for piece in group]
        chosen = [replace(piece, rows=rows) for piece, rows in zip(group, reports, strict=True)]
        tiled = drawn is not None and any(_tiled(piece, drawn) for piece in group)
        strip = len(group) > _CARDS and tiled and all(_is_narrow(piece, drawn) for piece in chosen)
        if len(group) > _CARDS and not strip:
            chosen = [replace(piece, rows=()) for piece in chosen]
        shown, words = _with_room(title, chosen, drawn)
        tiles = drawn if tiled and any(piece.rows for piece in shown) else None
        slide = _slide("phases", title, of, shown, (part, len(groups)), words)
        yield replace(slide, strip=strip, shares=tiles, behind=tuple(group))


def cards(title: str, of: object, pieces: Sequence[ItemView], behind: Sequence[StatementView] = ()) -> Iterator[Slide]:
    """Items side by side, on as few slides as hold them, evenly."""

    def fits(group: Sequence[ItemView]) -> bool:
        most = _CARDS if max(len(_shown_title(piece)) for piece in group) <= _LOW_CARD else _CARDS - 1
        return len(group) <= most and _words(title, group) <= MAX_WORDS

    groups = split_evenly(pieces, fits)
    for part, group in enumerate(groups, 1):
        shown, words = _with_room(title, [replace(piece, rows=piece.rows[:1]) for piece in group], None)
        slide = _slide("positions", title, of, shown, (part, len(groups)), words)
        yield replace(slide, behind=(*(behind if part == 1 else ()), *group))


def _slide(
    kind: SlideKind, title: str, of: object, shown: Sequence[ItemView], part: tuple[int, int], words: int
) -> Slide:
    sources = tuple(dict.fromkeys(source for piece in shown for source in _sources(piece)))
    slide = Slide(0, kind, title, of, shown[0].id, sources, words=words, pieces=tuple(shown))
    return replace(slide, part=part[0], parts=part[1])


def _with_room(title: str, group: Sequence[ItemView], drawn: SharesView | None) -> tuple[tuple[ItemView, ...], int]:
    """The items, each with its number if the slide has words left, and how many words that makes.

    A number at its tiles is a label of a drawing, which is not counted.
    """
    words, shown = _words(title, group), list[ItemView]()
    for piece in group:
        tiled = bool(drawn and _tiled(piece, drawn))
        if piece.rows and not tiled:
            more = count_words(piece.rows[0].words) or WORDS_OF_A_NUMBER
            if len(_shown_title(piece)) <= _LOW_CARD and words + more <= MAX_WORDS:
                words += more
            else:
                piece = replace(piece, rows=())
        shown.append(piece)
    return tuple(shown), words


def _tiled(piece: ItemView, drawn: SharesView) -> tuple[EstimateView, ...]:
    return tuple(row for row in piece.rows if row.ref in drawn.refs)


def _is_narrow(piece: ItemView, drawn: SharesView | None) -> bool:
    """Whether a column of a strip holds a period: the words of its title, its number, and who reported that."""
    words = [_shown_title(piece), *map(_unit, piece.rows), drawn.stated if drawn else ""]
    longest = max(map(len, re.split(r"[\s-]", " ".join(words))))
    ranges = any(row.estimate.low is not None for row in piece.rows)  # "half–two-thirds"
    speakers = max((len(", ".join(row.by)) for row in piece.rows), default=0)
    return longest <= _WORD_OF_STRIP and speakers <= _SAYS_SO and not ranges


def _unit(row: EstimateView) -> str:
    return row.words or row.unit.short or row.unit.many


def _shown_title(piece: ItemView) -> str:
    return piece.says or piece.title


def _words(title: str, group: Sequence[ItemView]) -> int:
    return count_words(title, *map(_shown_title, group))


def _sources(piece: ItemView) -> Iterator[str]:
    """The sources of what a card says: those of its holder or of its number, else the first of its first paragraph."""
    shown = [*piece.sources, *(source for row in piece.rows for source in row.sources)]
    if not shown:
        for said in piece.paragraphs[:1]:
            cited = [m.source for m in markdown.find_marks(said.text) if isinstance(m, markdown.Citation)]
            shown += (*cited, *said.sources)[:1]
    yield from shown
