"""Rules on quotations: their length, their source, their speaker, and whether the source says the same words."""

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...language.mentions import SearchText, mentions
from ...language.quoted import quoted
from ...schema.topic import Source
from ..context import CheckContext, Passage
from ..rule import Finding, Rule, at_text

MAX_WORDS = 25

_CITED = re.compile(r"\[@([a-z][a-z0-9-]*)(?:,[^\]]{0,300})?\]")
_CITATION = re.compile(r"\[@[a-z][^\]]{0,300}\]")
# What a quotation adds or leaves out: [sic], [the lake], …
_INSERTED = re.compile(r"\[[^\]]{0,300}\]|…|\.\.\.")
# Typographic characters that copies of sources write in different ways.
_FOLD = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "‑": "-"})


@dataclass(frozen=True, eq=False)
class Quotation:
    """The words of a quotation, their offset in the passage, and the ids of the sources that may contain them."""

    passage: Passage
    offset: int
    words: str
    sources: tuple[str, ...]


def quotations(context: CheckContext) -> Iterator[Quotation]:
    """Every text in double quotation marks, straight or curly."""
    for passage in context.passages:
        if '"' in passage.raw or "“" in passage.raw:
            cited = [match.span() for match in _CITATION.finditer(passage.raw)]
            for start, end in quoted(passage.raw, lengths=True):
                words = passage.raw[start + 1 : end - 1]
                yield Quotation(passage, start + 1, words, _sources(passage, end, cited))


def _sources(passage: Passage, end: int, cited: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The sources of a quotation that ends at `end`; `cited` are the places of the text's citations.

    The next group of citations ([@a] [@b]); without one, all citations of the text; without any, the sources of the
    nearest value that contains the text and has some.
    """
    first = last = bisect_left(cited, (end,))
    while last + 1 < len(cited) and not passage.raw[cited[last][1] : cited[last + 1][0]].strip():
        last += 1
    if first < len(cited):
        return tuple(_CITED.findall(passage.raw, cited[first][0], cited[last][1]))
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
            message = f"the quotation has {count} words; the limit is {MAX_WORDS}"
            yield at_text(quotation.passage, quotation.offset, message, "quote the key words and paraphrase the rest")


def quotation_unsourced(context: CheckContext) -> Iterator[Finding]:
    for quotation in quotations(context):
        if not quotation.sources:
            yield at_text(
                quotation.passage,
                quotation.offset,
                f"the quotation '{_shorten(quotation.words)}' has no source",
                "cite the source after it; put titles and terms in *italics* instead",
            )


def quotation_unnamed(context: CheckContext) -> Iterator[Finding]:
    names = _speakers(context)
    named: dict[int, bool] = {}  # passage -> whether it names a speaker, which its quotations share
    for quotation in quotations(context):
        owner = quotation.passage.located.ancestors[-1]
        if not quotation.sources or getattr(owner, "by", None) or isinstance(owner, Source):
            continue
        key = id(quotation.passage)
        if key not in named:
            named[key] = _names_a_speaker(names, quotation.passage.prose)
        if not named[key]:
            message = f"the text does not name the speaker of '{_shorten(quotation.words)}'"
            hint = "name the speaker, as listed in people.yaml, in the text or in 'by'"
            yield at_text(quotation.passage, quotation.offset, message, hint)


def _speakers(context: CheckContext) -> set[str]:
    """Every name that identifies a speaker, including the last word of a person's name."""
    names: set[str] = set()
    for person in context.pack.people:
        names |= {person.name, *person.also, *([person.name.split()[-1]] if person.kind == "person" else [])}
    names |= {name for source in context.pack.sources for name in (source.publisher, *source.authors)}
    return names


def _names_a_speaker(speakers: set[str], prose: str) -> bool:
    text = SearchText.of(prose)
    return any(mentions(text, name) for name in speakers)


def quotation_differs(context: CheckContext) -> Iterator[Finding]:
    for result in compare_quotations(context):
        if result.difference:
            yield result.difference


@dataclass(frozen=True)
class QuotationComparison:
    """A quotation compared with copies of its sources.

    `copies` are the ids of its sources that have a copy; `difference` is None if one of them contains the quotation.
    """

    quotation: Quotation
    copies: tuple[str, ...]
    difference: Finding | None


def compare_quotations(context: CheckContext) -> Iterator[QuotationComparison]:
    """Compare each quotation with the copies in `context.source_texts`, and report the copy that matches best."""
    words_by_source = {name: _normalize(text).split() for name, text in (context.source_texts or {}).items()}
    for quotation in quotations(context):
        copies = tuple(source for source in quotation.sources if source in words_by_source)
        differences = [_first_difference(quotation.words, words_by_source[source]) for source in copies]
        if not differences or None in differences:
            yield QuotationComparison(quotation, copies, None)
            continue
        offset, word, source_word = max((d for d in differences if d), key=lambda d: d[0])  # the longest match
        says = f"which says '{source_word}'" if source_word else "which ends here"
        message = f"'{word}' differs from {' and '.join(copies)}, {says}"
        hint = "quote word for word; mark additions with [square brackets] and omissions with …"
        yield QuotationComparison(
            quotation, copies, at_text(quotation.passage, quotation.offset + offset, message, hint)
        )


def _normalize(text: str) -> str:
    """The text without quotation marks and apostrophes, and with one kind of dash and space."""
    return text.translate(_FOLD).replace('"', " ").replace("'", "")


def _first_difference(words: str, source: Sequence[str]) -> tuple[int, str, str] | None:
    """(offset, word, word of the source) of the first word that differs; None if the source contains the quotation.

    Any words may replace [square brackets] and …, as long as the pieces between them follow in order.
    """
    start = 0
    for offset, piece in _pieces(words):
        quoted = _words(piece, offset)
        if not quoted:
            continue
        position, matching = _best_match([word for _, _, word in quoted], source, start)
        if matching < len(quoted):
            at, word, _ = quoted[matching]
            return at, word, source[position + matching] if position + matching < len(source) else ""
        start = position + len(quoted)
    return None


def _pieces(words: str) -> Iterator[tuple[int, str]]:
    """(offset, text) of each piece between insertions and omissions."""
    start = 0
    for match in _INSERTED.finditer(words):
        yield start, words[start : match.start()]
        start = match.end()
    yield start, words[start:]


def _words(piece: str, offset: int) -> list[tuple[int, str, str]]:
    """(offset, word, normalized word) of each word. Lone quotation marks are no words."""
    words = [(m.start() + offset, m[0], _normalize(m[0]).strip()) for m in re.finditer(r"\S+", piece)]
    return [word for word in words if word[2]]


def _best_match(quoted: Sequence[str], source: Sequence[str], start: int) -> tuple[int, int]:
    """(position in the source, number of leading words that match there) where most words match, from `start` on."""
    best = (0, 0, -start)  # (words that match, leading words that match, -position): of equals, max() takes the first
    last = len(quoted) - 1
    # Start where the first word occurs; only if it occurs nowhere, compare at every position.
    candidates = [i for i in range(start, len(source)) if _same_word(quoted[0], source[i], edge=True)]
    for position in candidates or range(start, len(source)):
        window = source[position : position + len(quoted)]
        matches = [
            _same_word(word, other, edge=i in (0, last))
            for i, (word, other) in enumerate(zip(quoted, window, strict=False))
        ]
        leading = matches.index(False) if False in matches else len(matches)
        best = max(best, (sum(matches), leading, -position))
        if leading > last:
            break  # a complete match
    if not best[0]:  # no word of the quotation matches anywhere: point to the most similar word
        similar = difflib.get_close_matches(quoted[0], source[start:], 1, 0)
        return (start + source[start:].index(similar[0]), 0) if similar else (len(source), 0)
    return -best[2], best[1]


def _same_word(word: str, other: str, *, edge: bool) -> bool:
    """Whether two words match. At the edge of a quotation the writer may change capitals and punctuation."""
    if word == other:
        return True
    return edge and word.strip(".,;:!?()-").casefold() == other.strip(".,;:!?()-").casefold()


def _shorten(words: str) -> str:
    return words if len(words) < 50 else words[:47] + "…"


RULES = (
    Rule(
        "quotation-long",
        "warning",
        f"a quotation has more than {MAX_WORDS} words",
        "A briefing should summarize its sources, not reproduce them. Long quotations may also exceed what copyright "
        "law lets you quote.",
        'text: "Ada Moss said: "..." [@diary]"      # thirty words between the marks',
        'text: "Ada Moss said that the water "went overnight". [@diary]"',
        quotation_long,
    ),
    Rule(
        "quotation-unsourced",
        "warning",
        "a quotation has no source",
        "Readers must be able to check a quotation. Double quotation marks are for words that somebody said or wrote, "
        "followed by the source that prints them. Put titles, and words mentioned as words, in *italics*.",
        'text: "It was called a "pond"."',
        "text: It was called a *pond*.",
        quotation_unsourced,
    ),
    Rule(
        "quotation-unnamed",
        "warning",
        "the speaker of a quotation is not named",
        "Readers cannot judge words without knowing who said them. The text must name a person or organisation of "
        "people.yaml, or the author or publisher of a source; or the statement must have a 'by'.",
        'text: "The water "went overnight". [@diary]"',
        'text: "The water "went overnight", said Ada Moss. [@diary]"',
        quotation_unnamed,
    ),
    Rule(
        "quotation-differs",
        "error",
        "a quotation differs from its source",
        "A quotation must repeat its source word for word. The rule runs only with --texts DIR, a folder with your "
        "own copies of sources as DIR/SOURCE-ID.txt, which are never part of a pack. It ignores white space and the "
        "kinds of quotation marks and dashes. Put additions in [square brackets], such as [sic], and write … for "
        "omissions.",
        'text: "The water "left overnight", said Ada Moss. [@diary]"',
        'text: "The water "went overnight", said Ada Moss. [@diary]"',
        quotation_differs,
        ("texts",),
    ),
)
