"""Packs -> counts that show their balance: citations per source, length of positions, statements per side."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .. import markdown
from ..composing.project import find_packs, load_pack
from ..library import Library
from ..pack.pack import Pack
from ..schema.fields import LEVELS, LevelText, YamlModel, walk_models
from ..schema.figures import Estimate
from ..schema.statements import Statement
from ..schema.topic import Argument, Position
from .replies import SideReplies, count_replies
from .sides import NO_SIDE, side_of
from .voices import SideVoice, count_voices


@dataclass(frozen=True)
class SourceCitations:
    """A source, and the number of statements, arguments and estimates that cite it."""

    id: str
    publisher: str
    country: str
    kind: str
    standpoint: str
    cited: int


@dataclass(frozen=True)
class PositionLength:
    """A position: its words at each level, including its arguments, and the number of its parts."""

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
    """A side, and the number of statements and estimates that come from it."""

    side: str
    statements: int
    estimates: int
    words: int  # words of the statements at level standard


@dataclass(frozen=True)
class Balance:
    """Which sources, positions and sides a pack relies on, and how much."""

    pack: str
    sources: tuple[SourceCitations, ...]
    positions: tuple[PositionLength, ...]
    sides: tuple[SideShare, ...]
    voices: tuple[SideVoice, ...] = ()
    replies: tuple[SideReplies, ...] = ()


def balance_packs(packs: Sequence[str], library: Library) -> list[Balance]:
    """Load packs by id or folder (by default all of the project) and count each.

    Raises ProblemError for a pack that cannot be loaded, and UsageError for an unknown one.
    """
    return [balance_pack(load_pack(folder, library)) for folder in find_packs(library, packs).values()]


def balance_pack(pack: Pack) -> Balance:
    """Count the citations, positions and sides of one pack.

    Each statement, argument or estimate counts once for every source it cites, at any level. Sources and sides are
    sorted by count, highest first.
    """
    cited: Counter[str] = Counter()
    for _, owner in walk_models(tuple(value for _, value in pack.files)):
        if isinstance(owner, Statement | Estimate):
            cited.update({*owner.sources, *_marked(owner)})
        elif isinstance(owner, Argument):
            cited.update(_marked(owner.text))  # its evidence and replies are statements
    sources = [
        SourceCitations(s.id, s.publisher, s.country, s.kind, s.standpoint.standard, cited[s.id])
        for s in sorted(pack.sources, key=lambda source: (-cited[source.id], source.id))
    ]
    positions = [_length(position) for question in pack.questions for position in question.positions]
    voices, replies = count_voices(pack), count_replies(pack)
    return Balance(pack.id, tuple(sources), tuple(positions), tuple(_sides(pack)), tuple(voices), tuple(replies))


def _marked(value: YamlModel) -> set[str]:
    """The ids of all sources cited by marks in the texts inside a value."""
    texts = [text for _, text in walk_models(value) if isinstance(text, LevelText)]
    strings = [getattr(text, level) or "" for text in texts for level in LEVELS]
    marks = [mark for raw in strings for mark in markdown.find_marks(raw)]
    return {mark.source for mark in marks if isinstance(mark, markdown.Citation)}


def _length(position: Position) -> PositionLength:
    def words(level: str) -> int:
        # not what a slide's headline or a paragraph says again in brief
        found = walk_models(position)
        texts = [value for path, value in found if isinstance(value, LevelText) and path[-1] not in ("brief", "says")]
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
    """Count statements and estimates by side. One by two people of the same side counts once."""
    statements: Counter[str] = Counter()
    estimates: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for _, owner in walk_models(tuple(value for _, value in pack.files)):
        if isinstance(owner, Statement | Estimate):
            for side in {side_of(pack.index[voice]) for voice in owner.by} or {NO_SIDE}:
                if isinstance(owner, Statement):
                    statements[side] += 1
                    words[side] += markdown.count_words(owner.text.standard)
                else:
                    estimates[side] += 1
    for side in sorted({*statements, *estimates}, key=lambda side: (-statements[side] - estimates[side], side)):
        yield SideShare(side, statements[side], estimates[side], words[side])
