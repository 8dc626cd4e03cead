"""Plain words -> the same words in runs: dates, numbers, and what stands between them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

_YEAR = r"(?:1[5-9]|20)\d\d"  # four digits without a separator; a quantity of that size is written 1,900
_NUMBER = r"\d+(?:[.,]\d+)*"


@dataclass(frozen=True)
class TextSegment:
    """A stretch of text. `iso` is a single date as HTML's <time> takes it; "" for a span of days or years."""

    kind: Literal["date", "number", "words"]
    text: str
    iso: str = ""


MonthNumbers = Mapping[str, int]  # each name of a month, long and short -> 1 to 12


def split_dates_and_numbers(text: str, months: MonthNumbers, words: Sequence[str] = ()) -> Iterator[TextSegment]:
    """All of `text`, in order. A year, a day with its month, a span of either is a date; numbers are what other digits
    there are, and the number `words` of the language."""
    end = 0
    for match in _pattern(tuple(months), tuple(words)).finditer(text):
        if match.start() > end:
            yield TextSegment("words", text[end : match.start()])
        if match["number"]:
            yield TextSegment("number", match[0])
        else:
            yield TextSegment("date", match[0], "" if match["span"] else _iso(match, months))
        end = match.end()
    if end < len(text):
        yield TextSegment("words", text[end:])


def _iso(match: re.Match[str], months: MonthNumbers) -> str:
    year = match["year"] or match["years"] or match["alone"] or ""
    month = match["month"] or match["months"]
    parts = [year, f"{months[month]:02}" if month else "", f"{int(match['day']):02}" if match["day"] else ""]
    return "-".join(part for part in parts if part)


@cache
def _pattern(names: tuple[str, ...], words: tuple[str, ...]) -> re.Pattern[str]:
    month, word = _alternatives(names), _alternatives(words)
    return re.compile(
        rf"""(?<![\w.,]) (?:
          (?P<span> \d{{1,2}} (?:[–-]|\s\w{{1,3}}\s) \d{{1,2}} \.? \s+ (?:{month}) (?:\s+{_YEAR})? (?!\w)
                  | {_YEAR} [–-] (?:\d\d){{1,2}} (?!\w) )
        | (?P<day>\d{{1,2}}) \.? \s+ (?P<month>{month}) (?:\s+(?P<year>{_YEAR}))? (?!\w)
        | (?P<months>{month}) \s+ (?P<years>{_YEAR}) (?!\w)
        | (?P<alone>{_YEAR}) (?! [.,]?\d | \w | \s?%)
        ) | (?P<number>{_NUMBER} | (?<![\w-])(?i:{word})(?![\w-]))""",
        re.VERBOSE,
    )


def _alternatives(words: tuple[str, ...]) -> str:
    """A pattern for one of these words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or r"(?!)"
