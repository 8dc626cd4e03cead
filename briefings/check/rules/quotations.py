"""Rules on quotations: whose words they are, how long, where they stand, and whether the source says the same."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ... import markdown
from ...schema.topic import Source
from ..context import CheckContext, Passage
from ..rule import Finding, Rule, at_text

MAX_WORDS = 25

_QUOTE = re.compile(r'"([^"]+)"|“([^”]+)”')
_CITED = re.compile(r"\[@([a-z][a-z0-9-]*)\]")
_INSERTED = re.compile(r"\[[^\]]*\]|…|\.\.\.")
_FOLD = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "‑": "-"})


@dataclass(frozen=True, eq=False)
class Quotation:
    """Somebody's words in a text: where they begin there, and the sources they may come from."""

    passage: Passage
    offset: int
    words: str
    sources: tuple[str, ...]


def quotations(context: CheckContext) -> Iterator[Quotation]:
    """Every utterance of the pack: whatever stands in double quotation marks."""
    for passage in context.passages:
        for match in _QUOTE.finditer(passage.raw):
            words = match[1] or match[2]
            yield Quotation(passage, match.start() + 1, words, _sources(passage, match.end()))


def _sources(passage: Passage, end: int) -> tuple[str, ...]:
    """The citation that follows, with those directly after it; else those of the text, or of what it belongs to."""
    after = re.search(r"\[@[a-z][a-z0-9-]*\](?:\s*\[@[a-z][a-z0-9-]*\])*", passage.raw[end:])
    if after:
        return tuple(_CITED.findall(after[0]))
    if passage.cites:
        return passage.cites
    for owner in reversed(passage.located.ancestors):
        if isinstance(owner, Source):
            return (owner.id,)
        sources: tuple[object, ...] = getattr(owner, "sources", ())
        if sources and all(isinstance(source, str) for source in sources):
            return tuple(map(str, sources))
    return ()


def quotation_long(context: CheckContext) -> Iterator[Finding]:
    for quotation in quotations(context):
        if (count := len(quotation.words.split())) > MAX_WORDS:
            message = f"a quotation of {count} words; {MAX_WORDS} at most"
            yield at_text(quotation.passage, quotation.offset, message, "quote what matters and tell the rest")


def quotation_unsourced(context: CheckContext) -> Iterator[Finding]:
    for quotation in quotations(context):
        if not quotation.sources:
            yield at_text(
                quotation.passage,
                quotation.offset,
                f"a quotation ({_short(quotation.words)}) without a source to look it up in",
                "cite the source after it; a title, or a word you speak of, stands in *italics*",
            )


def quotation_unnamed(context: CheckContext) -> Iterator[Finding]:
    names = _speakers(context)
    for quotation in quotations(context):
        owner = quotation.passage.located.ancestors[-1]
        if not quotation.sources or getattr(owner, "by", None) or isinstance(owner, Source):
            continue
        if not _names_a_speaker(names, quotation.passage.prose):
            message = f"nobody is named whose words these are: {_short(quotation.words)}"
            hint = "name the speaker, as people.yaml lists them, in this text or in 'by'"
            yield at_text(quotation.passage, quotation.offset, message, hint)


def _speakers(context: CheckContext) -> set[str]:
    names: set[str] = set()
    for person in context.pack.people:
        names |= {person.name, *person.also, *([person.name.split()[-1]] if person.kind == "person" else [])}
    names |= {name for source in context.pack.sources for name in (source.publisher, *source.authors)}
    return names


def _names_a_speaker(speakers: set[str], prose: str) -> bool:
    """Whether a text names one of them."""
    folded = prose.casefold()
    return any(markdown.contains_name(folded, name) for name in speakers)


def quotation_differs(context: CheckContext) -> Iterator[Finding]:
    for result in compare_quotations(context):
        if result.difference:
            yield result.difference


@dataclass(frozen=True)
class QuotationComparison:
    """A quotation beside the reader's copies: the sources that have one, and a finding where none says the same."""

    quotation: Quotation
    copies: tuple[str, ...]
    difference: Finding | None


def compare_quotations(context: CheckContext) -> Iterator[QuotationComparison]:
    """Each quotation looked up in the copies of the sources it may come from."""
    folded = {name: _normalize(text).split() for name, text in (context.source_texts or {}).items()}
    for quotation in quotations(context):
        copies = tuple(source for source in quotation.sources if source in folded)
        found = [_first_difference(quotation.words, folded[source]) for source in copies]
        if not found or None in found:
            yield QuotationComparison(quotation, copies, None)
            continue
        offset, word, instead = max((f for f in found if f), key=lambda f: f[0])
        says = f"the source says '{instead}'" if instead else "the source ends there"
        message = f"'{word}' is not what {' or '.join(copies)} says at this place: {says}"
        hint = "quote word for word; [square brackets] for what you add, … for what you leave out"
        yield QuotationComparison(
            quotation, copies, at_text(quotation.passage, quotation.offset + offset, message, hint)
        )


def _normalize(text: str) -> str:
    return text.translate(_FOLD).replace('"', " ").replace("'", "")


def _first_difference(words: str, source: Sequence[str]) -> tuple[int, str, str] | None:
    """(offset, word, the source's word) of the first word that differs; None where the source says the same.

    What stands in square brackets or is left out (…) may be anything, as long as the rest follows in order.
    """
    start = 0
    for offset, piece in _pieces(words):
        wanted = _words(piece, offset)
        if not wanted:
            continue
        place, same = _best([word for _, _, word in wanted], source, start)
        if same < len(wanted):
            at, word, _ = wanted[same]
            return at, word, source[place + same] if place + same < len(source) else ""
        start = place + len(wanted)
    return None


def _pieces(words: str) -> Iterator[tuple[int, str]]:
    """(offset, words) between what was inserted or left out."""
    start = 0
    for match in _INSERTED.finditer(words):
        yield start, words[start : match.start()]
        start = match.end()
    yield start, words[start:]


def _words(piece: str, offset: int) -> list[tuple[int, str, str]]:
    """(offset, word, word as it is compared)"""
    found = [(m.start() + offset, m[0], _normalize(m[0]).strip()) for m in re.finditer(r"\S+", piece)]
    return [word for word in found if word[2]]


def _best(wanted: Sequence[str], source: Sequence[str], start: int) -> tuple[int, int]:
    """(place in the source, words that agree there from the first on), of the place where most words agree."""
    best = (0, 0, -start)
    last = len(wanted) - 1
    firsts = [place for place in range(start, len(source)) if _same(wanted[0], source[place], edge=True)]
    for place in firsts or range(start, len(source)):
        here = source[place : place + len(wanted)]
        agree = [
            _same(word, other, edge=i in (0, last)) for i, (word, other) in enumerate(zip(wanted, here, strict=False))
        ]
        prefix = agree.index(False) if False in agree else len(agree)
        best = max(best, (max(prefix, sum(agree)), prefix, -place))
        if prefix > last:
            break
    if not best[0]:  # a word that stands nowhere: the one most like it
        near = difflib.get_close_matches(wanted[0], source[start:], 1, 0)
        return (start + source[start:].index(near[0]), 0) if near else (len(source), 0)
    return -best[2], best[1]


def _same(word: str, other: str, *, edge: bool) -> bool:
    """Whether two words are one; at either end of a quotation a comma, a stop or a capital is the writer's."""
    if word == other:
        return True
    return edge and word.strip(".,;:!?()-").casefold() == other.strip(".,;:!?()-").casefold()


def _short(words: str) -> str:
    return words if len(words) < 50 else words[:47] + "…"


RULES = (
    Rule(
        "quotation-long",
        "warning",
        f"a quotation has more than {MAX_WORDS} words",
        "A short text that quotes at length tells another's story in another's words, and may copy more than it may.",
        'text: "Ada Moss said: "..." [@diary]"      # thirty words between the marks',
        'text: "Ada Moss said that the water "went overnight". [@diary]"',
        quotation_long,
    ),
    Rule(
        "quotation-unsourced",
        "warning",
        "a quotation has no source to look it up in",
        "Double quotation marks are for utterances, each before the citation of the source that prints it. A title, "
        "or a word that is spoken of as a word, stands in *italics*.",
        'text: "It was called a "pond"."',
        "text: It was called a *pond*.",
        quotation_unsourced,
    ),
    Rule(
        "quotation-unnamed",
        "warning",
        "nobody is named whose words are quoted",
        "Words without a speaker cannot be weighed. The text names a person or organisation of people.yaml, or the "
        "publisher of a source; or the statement says 'by' whom.",
        'text: "The water "went overnight". [@diary]"',
        'text: "The water "went overnight", said Ada Moss. [@diary]"',
        quotation_unnamed,
    ),
    Rule(
        "quotation-differs",
        "error",
        "a quotation is not what the source says",
        "Runs with --texts DIR, over the reader's own copies DIR/SOURCE-ID.txt, which are never part of a pack. "
        "White space, kinds of quotation marks and of dashes do not count; [square brackets] hold what we added "
        "([sic]), and … stands for what we left out.",
        'text: "The water "left overnight", said Ada Moss. [@diary]"',
        'text: "The water "went overnight", said Ada Moss. [@diary]"',
        quotation_differs,
        ("texts",),
    ),
)
