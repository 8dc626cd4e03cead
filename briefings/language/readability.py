"""Measure how difficult English text is to read, with two school-grade formulas. A hint, not a reading age."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .. import markdown
from ..briefing.parts import Briefing
from ..briefing.walk import texts

if TYPE_CHECKING:
    from .wording import Wording

# The space after a full stop and closing quotes, before a capital or a digit: not in "approx. half".
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])")
# Letters and digits, with punctuation inside: "don't", "1,200", "two-thirds".
_WORD = re.compile(r"[^\W_](?:[\w'’,.–-]*[^\W_])?")
_VOWELS = re.compile(r"[aeiouy]+")
# Silent endings: whole, sides, crossed; but those of table, places and wanted are spoken.
_SILENT = re.compile(r"([aeiouy]le|[^laeiouy]e|[^aeiouysxzcgh]es|[^aeiouytd]ed)$")
# Adjacent vowels that are two syllables: idea, going, actual, serious, science; but not people, region, special, guard.
_TWO_SYLLABLES = re.compile(
    r"(?<![cstg])ia|[ct]iat|(?<![cstglnx])io(?!u)|(?<![ctgx])iou|ea$|ea's$|creat(?!u)|[aeiou]ing|(?<!p)eo|(?<![gq])ua|iet|ien[ct]|uen|sm$|[^aeiou]n't$"
)


@dataclass(frozen=True)
class ReadabilityCounts:
    """Counts of a text without its names. Grades are US school years, or 0.0 for a text without words."""

    words: int
    sentences: int
    syllables: int
    letters: int

    @property
    def flesch_kincaid(self) -> float:
        """The grade of Kincaid et al. (1975), from words per sentence and syllables per word."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def coleman_liau(self) -> float:
        """The grade of Coleman and Liau (1975), from letters and sentences per word. It needs no syllables."""
        if not self.words:
            return 0.0
        return (5.88 * self.letters - 29.6 * self.sentences) / self.words - 15.8


def measure_chapters(
    briefing: Briefing, parts: Collection[object], wording: "Wording", names: Collection[str]
) -> ReadabilityCounts:
    """Measure the running text of parts of a briefing, with numbers as printed and without the words of `names`."""

    def write(mark: markdown.ValidMark, begins: bool) -> str:
        if isinstance(mark, markdown.Reference):
            return briefing.references[mark.target]
        return "" if isinstance(mark, markdown.Citation) else wording.estimate(briefing.rows[mark.ref], mark.form)

    return measure_passages([markdown.render_for_counting(raw, write) for raw in texts(tuple(parts))], names)


def measure_passages(passages: Collection[str], names: Collection[str] = ()) -> ReadabilityCounts:
    """Measure passages of whole sentences. Words of `names` are excluded, as they change a grade by years."""
    excluded = _words_of(tuple(names))
    sentences = [
        sentence for passage in passages for sentence in _SENTENCE.split(passage.strip()) if _WORD.search(sentence)
    ]
    tokenized = [_WORD.findall(sentence) for sentence in sentences]
    words = [word for tokens in tokenized for word in tokens if _stem(word) not in excluded]
    return ReadabilityCounts(
        words=len(words),
        sentences=len(sentences),
        syllables=sum(map(syllables, words)),
        letters=sum(map(_letters, words)),
    )


@cache
def syllables(word: str) -> int:
    """Count the syllables of an English word by rules. A number counts as one: its digits do not spell its words."""
    stem = word.casefold().replace("’", "'").removesuffix("'s")
    if not any(char.isalpha() for char in stem):
        return 1
    if "-" in stem or "–" in stem:
        return sum(syllables(part) for part in re.split("[-–]", stem) if part)
    count = len(_VOWELS.findall(stem)) + len(_TWO_SYLLABLES.findall(stem))
    return max(1, count - bool(_SILENT.search(stem)))


@cache
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for name in names for word in _WORD.findall(name))


@cache
def _letters(word: str) -> int:
    return sum(map(str.isalnum, word))


@cache
def _stem(word: str) -> str:
    """Return a word in lower case and without a possessive "'s", for comparison with names."""
    return word.casefold().replace("’", "'").removesuffix("'s")
