"""A date as a source gives it, text -> PartialDate: the days it may mean, with its precision kept."""

import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from .date_parts import SEASONS, DatePart, match_part, read_part

QUALIFIERS = ("early", "mid", "late", "about", "by", "before", "after")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = f"(?P<name>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _MONTHS)})"
_SEASON = f"(?P<season>{'|'.join(SEASONS)}|fall)"
# One date in other shapes that leave no doubt which is meant. 06/08/2024 is none of them: June or August?
_OTHER_SHAPES = tuple(
    re.compile(shape.replace("YEAR", r"(?P<year>\d{4})"))
    for shape in (
        r"YEAR-(?P<month>\d)",  # 2024-8
        r"YEAR(?P<separator>[-./])(?P<month>\d{1,2})(?P=separator)(?P<day>\d{1,2})",  # 2024-8-6, 2024/8/6
        r"YEAR(?P<month>\d\d)(?P<day>\d\d)?",  # 20240806, 202408
        rf"(?P<day>\d{{1,2}}) {_MONTH} YEAR",  # 6 August 2024
        rf"{_MONTH} (?:(?P<day>\d{{1,2}}),? )?YEAR",  # August 6, 2024; Aug 2024
        rf"{_SEASON} YEAR",  # autumn 2024
        rf"YEAR[- ]{_SEASON}",  # 2024-fall
        r"YEAR-(?P<month>\d\d)-(?P<day>\d\d) (?P<time>\d\d:\d\d)",  # 2024-08-06 22:30
        r"(?:the )?(?P<decade>\d{2,3}0)'?s",  # the 1940's
        r"(?:the )?(?P<century>\d{1,2})(?:st|nd|rd|th)?[- ](?:century|c\.?)(?P<bc> b\.?c\.?(?:e\.?)?)?",  # 19th c.
        r"(?:(?P<year>\d{1,4}) (?P<bc>b\.?c\.?(?:e\.?)?))",  # 44 bce
        r"(?P<minus>-)(?P<year>\d{1,4})",  # -0043, in which ISO 8601 counts a year 0
        r"(?:ad (?P<ad>\d{1,4})|(?P<ad2>\d{1,4}) (?:ad|ce))",
    )
)
_BETWEEN_ENDS = re.compile(r" ?[/–] ?| to | - |(?<=^\d{4})-(?=\d{4}$)")  # also in 2024-2025

_QUALIFIER_CHOICE = f"{', '.join(QUALIFIERS[:-1])} or {QUALIFIERS[-1]}"
_HELP = (
    f"write a day (2024-08-06), a month (2024-08), a year (2024), a season (2024-autumn; {', '.join(SEASONS)}) or a "
    f"span (2024-12-27/2024-12-28), alone or after {_QUALIFIER_CHOICE} (mid 2024-11); or a decade (1940s), a century "
    "(19th century), a year before Christ (44 BC) or a time of day (2024-08-06T22:30)"
)


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A day, month, season, year or span of them, possibly qualified ("mid 2024-11").

    `first` and `last` are the days it may mean, both included; a winter begins in the December of its year. The
    qualifier does not change them. Ordered by these days, so that reports sort chronologically.
    """

    text: str
    qualifier: str
    first: date
    last: date
    parts: tuple[str, ...]  # the one date, or the two ends of a span, each as written; equal ends are one date
    order: tuple[int, int, str]  # sorts dates; those before the year 1 too, which `first` and `last` cannot hold

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read one date.

        Raises ValueError if `text` is not a date or not in the calendar; its message names the text and says what to
        write instead, so that it can be shown to an author as it is.
        """
        qualifier, _, rest = text.partition(" ")
        if qualifier not in QUALIFIERS:
            qualifier, rest = "", text
        parts = tuple(rest.split("/"))
        if not all(map(match_part, parts)):
            raise ValueError(f"'{text}' cannot be read as a date{_correction(text)}")
        if len(parts) > 2:
            raise ValueError(f"'{text}' has more than two dates; write the two ends of a span: {parts[0]}/{parts[-1]}")
        read = [read_part(part, text) for part in parts]
        first, last = read[0], read[-1]
        if last.order[1] < first.order[0] or (last.order == first.order and last.time < first.time):
            swapped = f"{qualifier} {parts[1]}/{parts[0]}".lstrip()
            raise ValueError(f"'{text}' ends before it begins; write the earlier end first: {swapped}")
        if first.order != last.order and (_holds(first, last) or _holds(last, first)):
            wide, narrow = parts if _holds(first, last) else reversed(parts)
            raise ValueError(f"'{text}' is no span, since {narrow} is a part of {wide}; write one of them")
        order = (first.order[0], last.order[1], first.time)
        ends = parts[:1] if parts[0] == parts[-1] else parts
        return cls(text, qualifier, first.first, last.last, ends, order)

    @property
    def is_before_calendar(self) -> bool:
        """Whether it begins before the year 1, with which the calendar of a drawing begins."""
        return self.order[0] <= 0

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.order, self.text) < (other.order, other.text)

    def __str__(self) -> str:
        return self.text


def _holds(wide: DatePart, narrow: DatePart) -> bool:
    return wide.order[0] <= narrow.order[0] and narrow.order[1] <= wide.order[1]


def _correction(text: str) -> str:
    """What to write in place of a text that has not the shape of a date; the very text where that is certain."""
    word, _, rest = text.strip().rpartition(" ")
    begins_with_words = word and not re.search(r"\d", word) and match_part(rest)  # sometime 2024, c. 2024
    rewritten = _rewritten(text) or (rest if begins_with_words else "")
    if not rewritten:
        return f"; {_HELP}"
    try:
        PartialDate.parse(rewritten)
    except ValueError as error:
        return f": {error}"
    if word and rewritten == rest:
        return f": it begins with '{word}'; write {rest}, or about {rest} ({_QUALIFIER_CHOICE})"
    return f"; write {rewritten}"


def _rewritten(text: str) -> str:
    """What `text` certainly means, in the shape of a date though perhaps not in the calendar; "" if it is not certain.

    Case and spaces do not matter: "Mid-August 2024" is rewritten as "mid 2024-08".
    """
    match = re.fullmatch(rf"(?:({'|'.join(QUALIFIERS)})[ -])?(.+)", " ".join(text.lower().split()))
    if not match:
        return ""
    qualifier, rest = match.groups(default="")
    whole = _in_shape(rest)
    ends = [whole] if whole else [_in_shape(end) for end in _BETWEEN_ENDS.split(rest)]
    return f"{qualifier} {'/'.join(ends)}".lstrip() if all(ends) and len(ends) <= 2 else ""


def _in_shape(part: str) -> str:
    """One date, without a qualifier, in the shape of a date; "" if it has none of the shapes known here."""
    if match_part(part):
        return part
    for shape in _OTHER_SHAPES:
        if match := shape.fullmatch(part):
            given = match.groupdict()
            if other := _other_calendar(given):
                return other
            if season := given.get("season"):
                return f"{given['year']}-{'autumn' if season == 'fall' else season}"
            name = given.get("name")
            month = given["month"] if not name else str([each[:3] for each in _MONTHS].index(name[:3]) + 1)
            day = given.get("day")
            time = f"T{given['time']}" if given.get("time") else ""
            return f"{given['year']}-{month:0>2}" + (f"-{day:0>2}{time}" if day else "")
    return ""


def _other_calendar(given: dict[str, str | None]) -> str:
    """A decade, century, or year BC or AD in the shape of a date; "" if `given` is none of these."""
    if given.get("minus"):
        return f"{int(given['year'] or 0) + 1} BC"
    if decade := given.get("decade"):
        return f"{decade}s"
    bc = " BC" if given.get("bc") else ""
    if digits := given.get("century"):  # "0" is none that there is, but is one in shape
        century = int(digits)
        ending = {1: "st", 2: "nd", 3: "rd"}.get(century % 10 if century // 10 != 1 else 0, "th")
        return f"{century}{ending} century{bc}"
    if year := given.get("ad") or given.get("ad2"):
        return f"{year:0>4}"
    return f"{given['year']}{bc}" if bc else ""
