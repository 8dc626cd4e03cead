"""Packs -> whose works they rest on and how often, how long positions are, who gets to speak: to read, or JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from .. import markdown
from ..composing.project import find_packs
from ..library import Library
from ..loading.load import load
from ..pack.pack import Pack
from ..schema.fields import LEVELS, LevelText, YamlModel, walk_models
from ..schema.figures import Estimate
from ..schema.statements import Statement
from ..schema.topic import Argument, Origin, Person, Position, Source

_NOBODY = "nobody in particular"


@dataclass(frozen=True)
class SourceCitations:
    """A source, and how many statements and estimates of the pack rest on it."""

    id: str
    publisher: str
    country: str
    kind: str
    standpoint: str
    cited: int


@dataclass(frozen=True)
class PositionLength:
    """A position: its words at each level, with its arguments, and how many of what there is."""

    id: str
    title: str
    plain: int
    standard: int
    advanced: int
    arguments: int
    evidence: int
    replies: int


@dataclass(frozen=True)
class SideShare:
    """A side, and how many statements and estimates of the pack are its own words or counts."""

    side: str
    statements: int
    estimates: int
    words: int  # of the statements, at level standard


@dataclass(frozen=True)
class Balance:
    """What a pack leans on."""

    pack: str
    sources: tuple[SourceCitations, ...]
    positions: tuple[PositionLength, ...]
    sides: tuple[SideShare, ...]


def balance_packs(packs: Sequence[str], library: Library) -> list[Balance]:
    """One a pack. Raises ProblemError and UsageError."""
    return [balance_pack(load(folder, library.show(folder))) for folder in find_packs(library, packs).values()]


def balance_pack(pack: Pack) -> Balance:
    """Count it. A source counts once for each statement or estimate that cites it, at whatever level."""
    cited: Counter[str] = Counter()
    for _, owner in walk_models(tuple(value for _, value in pack.files)):
        if isinstance(owner, Statement | Estimate):
            cited.update(_sources(owner))
    sources = [
        SourceCitations(s.id, s.publisher, s.country, s.kind, s.standpoint.standard, cited[s.id])
        for s in sorted(pack.sources, key=lambda source: (-cited[source.id], source.id))
    ]
    positions = [_length(position) for question in pack.questions for position in question.positions]
    return Balance(pack.id, tuple(sources), tuple(positions), tuple(_sides(pack)))


def _sources(owner: Statement | Estimate) -> set[str]:
    levels = [value for _, value in walk_models(owner) if isinstance(value, LevelText)]
    texts = [getattr(value, level) or "" for value in levels for level in LEVELS]
    marks = [mark for raw in texts for mark in markdown.find_marks(raw)]
    return {*owner.sources, *(mark.source for mark in marks if isinstance(mark, markdown.Citation))}


def _length(position: Position) -> PositionLength:
    def words(level: str) -> int:
        texts = [value for _, value in walk_models(position) if isinstance(value, LevelText)]
        return sum(markdown.count_words(getattr(value, level) or value.standard) for value in texts)

    arguments: Sequence[Argument] = position.arguments
    return PositionLength(
        position.id,
        position.title.standard,
        words("plain"),
        words("standard"),
        words("advanced"),
        len(arguments),
        sum(len(argument.evidence) for argument in arguments),
        sum(len(argument.replies) for argument in arguments),
    )


def _sides(pack: Pack) -> Iterator[SideShare]:
    """By whose side each stands: a person's or organisation's own, another work's country."""
    statements: Counter[str] = Counter()
    estimates: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for _, owner in walk_models(tuple(value for _, value in pack.files)):
        if isinstance(owner, Statement | Estimate):
            for side in {_side(pack.index[voice]) for voice in owner.by} or {_NOBODY}:
                if isinstance(owner, Statement):
                    statements[side] += 1
                    words[side] += markdown.count_words(owner.text.standard)
                else:
                    estimates[side] += 1
    for side in sorted({*statements, *estimates}, key=lambda side: (-statements[side] - estimates[side], side)):
        yield SideShare(side, statements[side], estimates[side], words[side])


def _side(voice: YamlModel) -> str:
    if isinstance(voice, Person):
        return voice.side
    return voice.country if isinstance(voice, Source) else voice.publisher if isinstance(voice, Origin) else _NOBODY


def as_text(balances: Iterable[Balance]) -> Iterator[str]:
    """The same as tables, for people."""
    for found in balances:
        yield from _balance_as_text(found)


def _balance_as_text(found: Balance) -> Iterator[str]:
    yield f"{found.pack}: what it leans on"
    yield ""
    total = sum(source.cited for source in found.sources) or 1
    for name in ("country", "kind"):
        counts: Counter[str] = Counter()
        works: Counter[str] = Counter()
        for source in found.sources:
            counts[getattr(source, name)] += source.cited
            works[getattr(source, name)] += 1
        rows = [(key, works[key], n, f"{n * 100 / total:.0f} %") for key, n in counts.most_common()]
        yield from _table((f"sources by {name}", "works", "cited", "share"), rows)
    yield from _table(
        ("source", "cited", "kind", "country", "standpoint"),
        [(s.id, s.cited, s.kind, s.country, s.standpoint) for s in found.sources],
    )
    if found.positions:
        heads = ("position", "plain", "standard", "advanced", "arguments", "evidence", "replies", "title")
        yield from _table(heads, [[getattr(p, {"position": "id"}.get(h, h)) for h in heads] for p in found.positions])
    yield from _table(
        ("whose words", "statements", "words", "estimates"),
        [(s.side, s.statements, s.words, s.estimates) for s in found.sides],
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Iterator[str]:
    """Columns as wide as they need; numbers to the right."""
    rows = list(rows)
    widths = [max(len(str(row[column])) for row in (heads, *rows)) for column in range(len(heads))]
    for row in (heads, *rows):
        cells = [
            str(cell).rjust(width) if rows and isinstance(rows[0][column], int) else str(cell).ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
    yield ""


def as_json(found: Iterable[Balance]) -> str:
    """All of it, a record a pack."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1)
