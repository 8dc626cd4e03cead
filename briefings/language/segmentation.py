"""Split plain text into dates, numbers and the words between them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

_YEAR = r"(?:1[5-9]|20)\d\d"  # 1500 to 2099; a quantity has a separator: 1,900
_NUMBER = r"\d+(?:[.,]\d+)*"  # 30; 1,200; 3.5


@dataclass(frozen=True)
class TextSegment:
    """A stretch of text. `iso` is the value of a single date for HTML's <time>; "" for a span of days or years."""

    kind: Literal["date", "number", "words"]
    text: str
    iso: str = ""


MonthNumbers = Mapping[str, int]  # long and short names of months -> 1 to 12


def split_dates_and_numbers(text: str, months: MonthNumbers, words: Sequence[str] = ()) -> Iterator[TextSegment]:
    """Yield segments that add up to `text`.

    A date is a year, a day with a month, a month with a year, or a span of days or years. All other digits are
    numbers, as are `words`, the number words of the language.
    """
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
    """Return the date of a match: 2024-08-06, 2024-08, 08-06 or 2024."""
    year = match["year"] or match["years"] or match["alone"] or ""
    month = match["month"] or match["months"]
    parts = [year, f"{months[month]:02}" if month else "", f"{int(match['day']):02}" if match["day"] else ""]
    return "-".join(part for part in parts if part)


@cache
def _pattern(names: tuple[str, ...], words: tuple[str, ...]) -> re.Pattern[str]:
    """Compile the pattern of dates and numbers.

    Its alternatives, in order: "5–23 July 2024" or "2024–25"; "6 August 2024"; "August 2024"; "2024", unless it is
    part of a longer number, a word or a percentage; a number. Groups are called `months` and `years` where a name is
    needed for the second time.
    """
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
    """Return a pattern for any of these words, the longest first; without words, one that never matches."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or r"(?!)"
