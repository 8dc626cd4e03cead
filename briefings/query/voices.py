"""Pack -> how the texts let each side speak: with which verbs, how often in its own words, how often not at all."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..checking.context import CheckContext, Passage
from ..checking.rules.quotations import Quotation, quotations
from ..checking.rules.silences import Silence, silences
from ..language.speech import VERBS, Attribution, attributions
from ..pack.pack import Pack
from ..schema.fields import LEVELS
from ..schema.statements import Paragraph
from .sides import NO_SIDE, side_of, sides_by_name

_QUOTED = re.compile(r"(?<=[\"“])[^\"“”]*(?=[\"”])")
_QUOTATION, _SILENCE = "quotation", "silence"
_FIELDS = ("text", "answer")  # what readers are told; labels and notes on sources introduce nobody


@dataclass(frozen=True)
class SideVoice:
    """A side at one level: its verbs by class, the quotations of it, and the sentences that say it is silent."""

    side: str
    level: str
    verbs: Mapping[str, int]
    quotations: int
    silences: int


def count_voices(pack: Pack) -> Iterator[SideVoice]:
    """Count for each level and side, the side with the most verbs first. Nothing for a pack that is not in English.

    A verb counts for the side of its subject; "he" and "it" for the side named last in the text, or else for the one
    that the statement is by. A quotation counts for the side of the verb that introduces it, a silence for the side
    after which the paragraph's aspect is named, or else for each side that the sentence names.
    """
    context = CheckContext(pack)
    counts: dict[tuple[str, str], Counter[str]] = {}
    for passage, side, what in _events(context, sides_by_name(pack)) if context.english else ():
        for level in _levels(passage):
            counts.setdefault((level, side), Counter())[what] += 1
    verbs: Counter[str] = Counter()  # of each side, so that the sides stand in the same order at every level
    for (_, side), count in counts.items():
        verbs[side] += sum(count[kind] for kind in VERBS)
    for level, side in sorted(counts, key=lambda key: (LEVELS.index(key[0]), -verbs[key[1]], key[1])):
        count = counts[level, side]
        yield SideVoice(side, level, {kind: count[kind] for kind in VERBS}, count[_QUOTATION], count[_SILENCE])


def _events(context: CheckContext, names: Mapping[str, str]) -> Iterator[tuple[Passage, str, str]]:
    """(passage, side, class of verb, quotation or silence) of everything that is counted."""
    told = [passage for passage in context.passages if passage.field in _FIELDS]
    spoken = {passage: _spoken(context.pack, passage, names) for passage in told}
    for passage, verbs in spoken.items():
        yield from ((passage, side, said.kind) for said, side in verbs)
    for quotation in quotations(context):
        if quotation.passage in spoken:
            yield quotation.passage, _speaker(context.pack, quotation, spoken[quotation.passage]), _QUOTATION
    for silence in silences(context):
        if silence.passage in spoken:
            yield from ((silence.passage, side, _SILENCE) for side in _silent_sides(silence, names))


def _levels(passage: Passage) -> tuple[str, ...]:
    """The levels whose readers see a passage: advanced too where it has no text of its own."""
    own_text = getattr(passage.located.value, "advanced", None)
    return passage.levels if own_text or "standard" not in passage.levels else (*passage.levels, "advanced")


def _spoken(pack: Pack, passage: Passage, names: Mapping[str, str]) -> list[tuple[Attribution, str]]:
    """Each verb of speech in a passage, at its offset, with the side of its subject."""
    found: list[tuple[Attribution, str]] = []
    side = ""
    for start, raw in passage.sentences:
        prose = _QUOTED.sub(lambda match: " " * len(match[0]), passage.prose[start : start + len(raw)])
        for said in attributions(prose, names):
            side = names.get(said.name) or side or _only_side(pack, passage) or NO_SIDE
            found.append((Attribution(start + said.start, start + said.end, said.kind, said.name), side))
    return found


def _only_side(pack: Pack, passage: Passage) -> str:
    """The side of whoever a statement is by, or "" if there is nobody or more than one side."""
    sides = {side_of(pack.index[voice]) for voice in getattr(passage.located.ancestors[-1], "by", ())}
    return sides.pop() if len(sides) == 1 else ""


def _speaker(pack: Pack, quotation: Quotation, spoken: list[tuple[Attribution, str]]) -> str:
    """The side that a quotation is of.

    That of the verb directly after it ('"…", said Moss'), else of the last verb before it, else of the next one, else
    of whoever the statement is by.
    """
    end = quotation.offset + len(quotation.words)
    following = [side for said, side in spoken if end <= said.start <= end + 2]
    before = [side for said, side in spoken if said.end <= quotation.offset]
    after = [side for said, side in spoken if said.start > end]
    nearest = following[:1] or before[-1:] or after[:1]
    return nearest[0] if nearest else _only_side(pack, quotation.passage) or NO_SIDE


def _silent_sides(silence: Silence, names: Mapping[str, str]) -> set[str]:
    """The sides that a silence is about; not that of the source that is silent."""
    owner, sides = silence.passage.located.ancestors[-1], set(names.values())
    sentence = re.sub(rf"\b{re.escape(silence.of)}\b", "", silence.sentence) if silence.of else silence.sentence
    aspect = owner.aspect if isinstance(owner, Paragraph) else None
    about = {side for side in sides if side.casefold().replace(" ", "-") == aspect}
    named = {side for name, side in names.items() if re.search(rf"\b{re.escape(name)}\b", sentence)}
    # adjectives: the side's own name, with another ending
    named |= {side for side in sides if side.istitle() and re.search(rf"\b{re.escape(side.rstrip('e'))}", sentence)}
    return about or named or {NO_SIDE}
