"""Rule on silences: only of a source that was read in full may a text say that it leaves something out."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...language.mentions import NameIndex
from ...language.quoted import without_quoted
from ...language.silence import is_read_in_full, silence_of_all, silences_of_some
from ...pack.pack import Pack
from ...schema.topic import Source
from ..context import CheckContext, Passage
from ..rule import Finding, Rule, at_text
from ..source_names import source_names

_CITED = re.compile(r"\[@([a-z][a-z0-9-]*)\]")


@dataclass(frozen=True, eq=False)
class Silence:
    """A sentence that says that sources leave something out: where, in which words, and of which sources it is said.

    `of` is "" if it is said of all sources together.
    """

    passage: Passage
    offset: int
    words: str
    sentence: str
    of: str
    sources: tuple[str, ...]


def silences(context: CheckContext) -> Iterator[Silence]:
    """Every silence in the texts of a pack in English."""
    names = source_names(context.pack)
    index = NameIndex(names)
    for passage in context.passages:
        for start, raw in passage.sentences:
            # without somebody's words, who may have said nothing about anything
            prose = without_quoted(passage.prose[start : start + len(raw)], empty=True)
            called = {name: names[name] for name in index.in_text(prose)} if index.many else names
            yield from _silences_in(context.pack, called, passage, start, raw, prose)


def _silences_in(
    pack: Pack, names: Mapping[str, set[str]], passage: Passage, start: int, raw: str, prose: str
) -> Iterator[Silence]:
    every = tuple(source.id for source in pack.sources)
    of_all = silence_of_all(prose)
    if of_all:
        sources = every  # a citation says where the sentence is from; 'our sources' are all of them
        if is_read_in_full(prose):  # the words limit what is said to these sources; there must be one
            sources = tuple(source.id for source in pack.sources if source.read == "whole") or every
        yield Silence(passage, start + of_all.start(), _shorten(of_all[0]), raw, "", sources)
    for match, name in silences_of_some(prose, names):
        if not (of_all and of_all.start() <= match.start() < of_all.end()):
            sources = _silent_sources(passage, start, raw, names.get(name, ()))
            yield Silence(passage, start + match.start(), _shorten(match[0]), raw, name or "it", sources)


def _silent_sources(passage: Passage, start: int, sentence: str, named: Collection[str]) -> tuple[str, ...]:
    """The sources of which a sentence says that they leave something out.

    Those called by the name in it, as far as the sentence cites them, else the text, else its owner. Without a name,
    those cited in the sentence, else in the one nearest before or after it, else by its owner.
    """
    cited = tuple(_CITED.findall(sentence))
    owner = _sources_of_owner(passage)
    if named:
        of_name = (tuple(source for source in group if source in named) for group in (cited, passage.cites, owner))
        return next(filter(None, of_name), cited or tuple(sorted(named)))
    return cited or _cited_nearest(passage, start) or owner


def _cited_nearest(passage: Passage, start: int) -> tuple[str, ...]:
    """The sources cited in the nearest sentence before `start` that cites any, else in the nearest after it."""
    cites = [match.start() for match in _CITED.finditer(passage.raw)]
    before = bisect_left(cites, start) - 1
    place = max(before, 0)  # the last one before, or the first of all
    return tuple(_CITED.findall(passage.sentence_at(cites[place]))) if cites else ()


def _sources_of_owner(passage: Passage) -> tuple[str, ...]:
    owner = passage.located.ancestors[-1]
    if isinstance(owner, Source):
        return (owner.id,)
    sources: Sequence[object] = getattr(owner, "sources", ())
    return tuple(source for source in sources if isinstance(source, str))


def _shorten(words: str) -> str:
    """The first and last words: between them there may be a whole clause."""
    parts = words.split()
    return " ".join(parts if len(parts) < 10 else [*parts[:3], "…", *parts[-3:]])


def silence_unread(context: CheckContext) -> Iterator[Finding]:
    read = {source.id: source.read for source in context.pack.sources}
    for silence in silences(context):
        unread = [name for name in dict.fromkeys(silence.sources) if read.get(name) != "whole"]
        if unread:
            some = ", ".join(unread[:3]) + (f" and {len(unread) - 3} more" if len(unread) > 3 else "")
            message = f"'{silence.words}' is a silence of {some}, not read in full"
            yield at_text(silence.passage, silence.offset, message, _HINT)


_HINT = "say what the sources do say, or limit it: 'no text that we read in full says', 'in the part we read'"

RULES = (
    Rule(
        "silence-unread",
        "error",
        "a source that was not read in full is said to leave something out",
        "Whoever has read excerpts of a source cannot know what the rest says. A sentence such as 'our sources say "
        "nothing', 'no source here says' or 'nobody here counts' speaks of every source of the pack, whatever it "
        "cites. One such as 'The Gazette gives no date', 'it does not say' or 'is not said' speaks of the named "
        "source, or of those cited in it or nearest to it. All of these need 'read: whole'. 'No text that we read in "
        "full says' is right as soon as one source was. Words such as 'our copy', 'our notes' and 'in the part we "
        "read' limit a clause to what is known.",
        'sources: [{id: gazette, read: part, ...}]\ntext: "The Gazette does not say who measured it. [@gazette]"',
        "sources: [{id: gazette, read: part, ...}]\n"
        'text: "In the part we read, The Gazette does not say who measured it. [@gazette]"',
        silence_unread,
        ("english",),
    ),
)
