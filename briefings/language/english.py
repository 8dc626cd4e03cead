"""Find the numbers, dates and fractions in English prose, with their offsets. Specific to English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from .prose_dates import ProseDate

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
LARGE = (
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
)

# Capitalized words that precede or follow a name without being part of it.
TITLES = (
    *(
        "President",
        "Vice",
        "Prime",
        "Minister",
        "Secretary",
        "State",
        "Chief",
        "Staff",
        "General",
        "Major",
        "Colonel",
        "Admiral",
    ),
    *(
        "Senator",
        "Judge",
        "Professor",
        "Doctor",
        "Dr",
        "Mr",
        "Mrs",
        "Ms",
        "King",
        "Queen",
        "MP",
        "World",
        "War",
        "I",
        "II",
    ),
)

# Words that decide something: a headline may use one only if its part does.
VERDICTS = (
    *("won", "wins", "victory", "defeat", "defeated", "success", "succeeded", "failed", "failure", "collapsed"),
    *("proves", "proved", "proof", "true", "false", "lie", "lied", "right", "wrong", "best", "worst"),
    *("lawful", "unlawful", "legal", "illegal", "crime", "guilty", "decisive", "pointless", "worthless"),
    *("always", "never", "everybody", "everyone", "only", "all", "none", "must", "should", "because"),
)
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_SPAN = r"(?:\s?[–-]\s?|\s(?:to|and|or|until)\s)"
_DAY = r"\d{1,2}(?!\d)"
_YEAR = r"(?:1[5-9]|20)\d\d"
# A date in one of four forms: "6 May 2011", "5–23 July" (year optional); "May 2011"; "May"; "1848", "2011–12",
# "2011/12", "1990s". The groups are numbered because Python allows each name only once. The assertions around it
# exclude longer numbers: "1,848" and "1848.5" are not years.
DATE = re.compile(
    rf"(?<![\w.,])(?:(?P<day>{_DAY})(?:{_SPAN}(?P<day2>{_DAY}))?\s(?P<month>{_MONTH})(?:\s(?P<year>{_YEAR}))?"
    rf"|(?P<month3>{_MONTH})(?:\s(?P<year3>{_YEAR}))|(?P<month2>{_MONTH})|(?P<year2>{_YEAR})(?:[–/-](?P<to>\d\d(?:\d\d)?)(?!\d))?s?)(?![\w]|[.,]\d)"
)
# This and all patterns of words below are in lower case, and are matched against lower-case text: patterns that ignore
# case are twice as slow.
#
# Digits that are not a quantity: ages ("aged 14", "11-year-olds"), times of day ("10:30", "6 pm"), ordinals ("3rd"),
# old years and decades ("44 BC", "AD 79", "1340s"), those cut short ("'99", "the '90s", "the 1980s and 90s"), numbered
# things ("paragraph 12", "tables 1 and 2", "pp. 40–42"), names with digits ("b12", "a4"), "24/7" and degrees.
_NAMED = re.compile(
    r"\b(?:aged?|ages|years)\s\d+(?:(?:\s?[–-]\s?|\sto\s|\sand\s)\d+)?"
    r"|\b\d+(?:[–-]\d+)?[- ]year[- ]olds?\b"
    r"|\b\d{1,2}:\d\d(?:\s?[ap]\.?m\.?)?|\b\d{1,2}\s?[ap]\.?m\b|\b\d{1,2}\so'clock"
    r"|\b\d+(?:st|nd|rd|th)\b"
    r"|\b\d{1,4}(?:[–-]\d{1,4})?\s(?:bce?|ad|ce)\b|\bad\s\d{1,4}\b|\b(?:\d\d|1[0-4]\d)0['’]?s\b"
    r"|(?<![\w'’])['’‘]\d\d(?:['’]?s|ers)?(?![\w%]|[.,]\d)"
    r"|\b(?:the|early|mid|late|his|her|their|and|or|to)[ -]\d0['’]?s\b|\b24/7\b"
    r"|\b(?:paragraph|section|question|figure|table|sheet|page|step|part|task|chapter|note|line|number|source|card|level|"
    r"grade|round|group|lesson|worksheet|year|exercise|row|column|day|week|article|clause|resolution|volume|verse|room|"
    r"route|flight|highway|platform|(?:no|pp?|vol|art|fig|ch)\.)s?\s\d++(?:\.\d++)?"
    r"(?:(?:\s?[–-]\s?|,\s|\sand\s|\sto\s)\d++(?:\.\d++)?)*(?![\d,.]*\d)"
    r"|\b(?=\w*[a-z])[a-z]+-?\d+\w*"
    r"|\b\d+\s?°(?:\s?\d+(?:\.\d+)?\s?['’′](?:\s?\d+(?:\.\d+)?\s?[\"”″])?)?|§+\s?\d+"
)
# "1,200", "3.5", "800–900", "2 million"
_DIGITS = re.compile(
    r"(?<![\w.,])\d+(?:,\d+)*(?:\.\d+)?(?:[–-]\d+(?:,\d+)*(?:\.\d+)?)?(?:\s(?:million|billion|thousand|hundred)\b)?"
)
_TENS = rf"(?:{'|'.join(LARGE)})(?:[- ](?:{'|'.join(SMALL[:9])}))?"
_COUNT = rf"(?:an?|{'|'.join(SMALL)}|{_TENS}|several|some|\d[\d,.]{{0,30}})"
# "two hundred", "several thousand", "a hundred and twenty-five", "thirty-one"
_WORDS = re.compile(
    rf"\b(?:{_COUNT}\s(?:hundred|thousand|million|billion)(?:\s(?:and\s)?(?:{_TENS}|{'|'.join(SMALL)}))?|{_TENS})\b"
)
_SMALL_WORDS = re.compile(rf"\b(?:{'|'.join(SMALL[1:])})\b")
_PART = r"(?:third|quarter|fifth|sixth|tenth)"
# "two-thirds"; "a third of", but not "a third site"; "nearly half", "half of", but not "half-hearted"
_FRACTIONS = re.compile(
    rf"\b(?:two|three|four|five)[ -]{_PART}s\b"
    rf"|\b(?:a|one)[ -]{_PART}\b(?=\s(?:of|less|more|by|to|was|were|is|had|has|lost|gone)\b|\s?[,.;:)]|$)"
    r"|\b(?:about|nearly|almost|over|around|more than|less than)\shalf\b|\bhalf\s(?:of|the|its)\b"
)
_SCALE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_IN_WORDS = (
    *_SCALE,
    "teen",
    "ty",
    "third",
    "quarter",
    "fifth",
    "sixth",
    "tenth",
    "half",
)  # every number in words contains one of these
_HAS_DATE = re.compile(rf"\d|{'|'.join(MONTHS)}")
_BOUND = re.compile(r"(?:more than|nearly|almost|over|at least|at most|up to|[$€£])\s?$", re.I)
_DIGIT = re.compile(r"\d")
_LONGEST_BEFORE = 20  # characters before a date that hold any of the words looked for there
# The time between two dates is arithmetic rather than a claim: "80 years on", "thirty years after".
_LATER = re.compile(rf"\b(?:\d+|{_TENS})\s(?:years?|months?|weeks?|days?)\s(?:on|later|after|ago|earlier|before)\b")


@dataclass(frozen=True)
class ProseValue:
    """A number or date in a text: its offset, as written, and in a normalized form for comparison."""

    offset: int
    written: str
    normalized: str | ProseDate


def _has(prose: str, any_of: tuple[str, ...]) -> bool:
    """Whether a text contains any of these strings: a fast test that avoids most of the slow pattern searches."""
    low = _low(prose)
    return any(word in low for word in any_of)


@cache
def _low(prose: str) -> str:
    """Return the prose in lower case with all offsets unchanged.

    A few letters, such as "İ", become two characters in lower case. They are kept as they are; none is English.
    """
    low = prose.lower()
    return low if len(low) == len(prose) else "".join(c.lower() if len(c.lower()) == 1 else c for c in prose)


def blank_out(prose: str, pattern: re.Pattern[str]) -> str:
    """Replace what a pattern matches in the lower-case prose by spaces, so that offsets stay the same."""
    out, end = list[str](), 0
    for match in pattern.finditer(_low(prose)):
        out += [prose[end : match.start()], " " * (match.end() - match.start())]
        end = match.end()
    return "".join([*out, prose[end:]])


@cache
def dates(prose: str) -> tuple[ProseValue, ...]:
    """Return every date and year in order. A span yields both of its ends."""
    return tuple(_dates(prose)) if _HAS_DATE.search(prose) else ()


def _dates(prose: str) -> Iterator[ProseValue]:
    for match in DATE.finditer(_without_numbered_names(prose)):
        part = match.groupdict()
        month = MONTHS.index(part["month"] or part["month2"] or part["month3"]) + 1 if not part["year2"] else 0
        year = int(part["year"] or part["year2"] or part["year3"] or 0)
        # the verbs "may" and "march" at the start of a sentence
        if part["month2"] in ("May", "March") and not _is_month(prose, match):
            continue
        for day in [d for d in (part["day"], part["day2"]) if d] or ["0"]:
            yield ProseValue(match.start(), match[0], ProseDate(int(day), month, year))
        if part["to"]:  # 2024–25: the first digits are those of the first year
            yield ProseValue(
                match.start(), match[0], ProseDate(0, 0, int(str(year)[: 4 - len(part["to"])] + part["to"]))
            )


def _without_numbered_names(prose: str) -> str:
    """Blank out elapsed times and digits that are not a quantity."""
    return blank_out(_without_elapsed_times(prose), _NAMED) if _DIGIT.search(prose) else prose


@cache
def _without_elapsed_times(prose: str) -> str:
    """Blank out elapsed times: "80 years ago", "two weeks later"."""
    return blank_out(prose, _LATER) if _has(prose, ("year", "month", "week", "day")) else prose


def _is_month(prose: str, match: re.Match[str]) -> bool:
    """Whether a preposition before "May" or "March" shows that it is a month."""
    before = prose[max(0, match.start() - _LONGEST_BEFORE) : match.start()]
    return re.search(r"\b(?:in|by|of|since|until|early|late|mid-?)\s?$", before, re.I) is not None


@cache
def quantities(prose: str) -> tuple[ProseValue, ...]:
    """Return every number that is not a date, age, time, ordinal or reference: digits, words from 13, fractions."""
    return tuple(_quantities(prose)) if _DIGIT.search(prose) or _has(prose, _IN_WORDS) else ()


def _quantities(prose: str) -> Iterator[ProseValue]:
    # What is found is blanked out before the next pattern, so that "2 million" does not match again as words.
    rest = _without_elapsed_times(prose)
    if _DIGIT.search(rest) and _DIGIT.search(rest := DATE.sub(_unless_bound, rest)):
        rest = blank_out(rest, _NAMED)
        for match in _DIGITS.finditer(rest):
            yield ProseValue(match.start(), match[0], match[0].replace(",", ""))
        rest = blank_out(rest, _DIGITS)
    if _has(rest, _IN_WORDS):
        for pattern in (_WORDS, _FRACTIONS):
            for match in pattern.finditer(_low(rest)):
                yield ProseValue(match.start(), rest[match.start() : match.end()], match[0])


def _unless_bound(match: re.Match[str]) -> str:
    """Blank out a date, but keep a number like "more than 1800" or "£2000" that only looks like a year."""
    bare = match["year2"] and not match["to"]
    before = match.string[max(0, match.start() - _LONGEST_BEFORE) : match.start()]
    return match[0] if bare and _BOUND.search(before) else " " * len(match[0])


@cache
def small_counts(prose: str) -> tuple[ProseValue, ...]:
    """Return every number word from two to twelve."""
    words = _SMALL_WORDS.finditer(_low(prose)) if _has(prose, SMALL[1:]) else ()
    return tuple(ProseValue(m.start(), prose[m.start() : m.end()], m[0]) for m in words)


def is_small(written: str) -> bool:
    """Whether digits are a small count, up to 12, rather than a claim that needs a source."""
    return written.isdigit() and len(written) < 10 and int(written) <= 12


_FRACTION_WORDS = {"a third": Fraction(1, 3), "two-thirds": Fraction(2, 3), "two thirds": Fraction(2, 3)}


def parse_number(written: str) -> Fraction | None:
    """Return the value of a number as written ("1,200", "2 million", "half"), or None if it is not clear."""
    bare = written.casefold()
    if "half" in bare:
        return Fraction(1, 2)
    if bare in _FRACTION_WORDS:
        return _FRACTION_WORDS[bare]
    number, _, scale = bare.replace(",", "").partition(" ")
    try:
        return Fraction(number) * _SCALE.get(scale, 1)
    except ValueError:
        word = SMALL.index(number) + 1 if number in SMALL else None
        return Fraction(word * _SCALE[scale]) if word and scale in _SCALE else None
