"""A date as a source gives it, text -> PartialDate: the days it may mean, with its precision kept."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

QUALIFIERS = ("early", "mid", "late", "about", "by", "before", "after")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # the month each begins in

# 2024, 2024-08, 2024-08-06 or 2024-autumn.
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-(spring|summer|autumn|winter))?")
# A day in other shapes that leave no doubt which day is meant: 2024-8-6, 2024/8/6, 2024.08.06, 20240806. The separator
# must be the same twice.
_DAY_IN_OTHER_SHAPE = re.compile(r"(\d{4})([-./]?)(\d{1,2})\2(\d{1,2})")

_QUALIFIER_CHOICE = f"{', '.join(QUALIFIERS[:-1])} or {QUALIFIERS[-1]}"
_HELP = (
    "write the year first, month and day with two digits each (2024-08-06, 2024-08 or 2024), or a season (2024-autumn; "
    f"{', '.join(SEASONS)}), or a span (2024-12-27/2024-12-28), with or without a qualifier before it (mid 2024-11; "
    f"{_QUALIFIER_CHOICE})"
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
    parts: tuple[str, ...]  # the one date, or the two ends of a span, each as written

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read one date.

        Raises ValueError if `text` is not a date or not in the calendar; its message names the text and says what to
        write instead, so that it can be shown to an author as it is.
        """
        qualifier, _, rest = text.rpartition(" ")
        parts = tuple(rest.split("/"))
        if (qualifier and qualifier not in QUALIFIERS) or not all(map(_DATE.fullmatch, parts)):
            raise ValueError(f"'{text}' is not a date; {_correction(text)}")
        if len(parts) > 2:
            raise ValueError(f"'{text}' has more than two dates; write the two ends of a span: {parts[0]}/{parts[-1]}")
        spans = [_days(part, text) for part in parts]
        if spans[-1][1] < spans[0][0]:
            swapped = f"{qualifier} {parts[1]}/{parts[0]}".lstrip()
            raise ValueError(f"'{text}' ends before it begins; write the earlier end first: {swapped}")
        return cls(text, qualifier, spans[0][0], spans[-1][1], parts)

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.first, self.last, self.text) < (other.first, other.last, other.text)

    def __str__(self) -> str:
        return self.text


def _correction(text: str) -> str:
    """What to write in place of a text that has not the shape of a date; the very text where that is certain."""
    if match := _DAY_IN_OTHER_SHAPE.fullmatch(text):
        year, _, month, day = match.groups()
        iso = f"{year}-{month:0>2}-{day:0>2}"
        if _is_day(iso):
            return f"write {iso}, month and day with two digits each"
    word, _, rest = text.rpartition(" ")
    if _DATE.fullmatch(rest) and word.lower() in QUALIFIERS:
        return f"write {word.lower()} {rest}, in lower case"
    if _DATE.fullmatch(rest) and word.isalpha():
        return f"write {_QUALIFIER_CHOICE} instead of '{word}' (about 2024), or the month as a number (2024-08)"
    return _HELP


def _is_day(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _days(part: str, whole: str) -> tuple[date, date]:
    """The first and last day of `part`, one date of `whole`. Raises ValueError if it is not in the calendar."""
    match = _DATE.fullmatch(part)
    assert match, "parse() admits only parts that match"
    year, month, day, season = match.groups()
    problem = f"'{whole}' is not in the calendar"
    if year == "0000" or (year, season) == ("9999", "winter"):  # datetime's limits; that winter ends in 10000
        raise ValueError(f"{problem}, which has the years 0001 to 9999; write a year such as 2024")
    if month and not 1 <= int(month) <= 12:
        example = f"{year}-08-06" if day else f"{year}-08"
        raise ValueError(f"{problem}: there is no month {month}; write a month from 01 to 12, such as {example}")
    first = date(int(year), SEASONS[season] if season else int(month or 1), 1)
    if season:
        return first, _month_end(_plus_months(first, 2))
    if not month:
        return first, first.replace(month=12, day=31)
    last = _month_end(first)
    if not day:
        return first, last
    if not 1 <= int(day) <= last.day:
        hint = f"write a day from 01 to {last.day}, or {year}-{month} if the day is not known"
        raise ValueError(f"{problem}: {year}-{month} has no day {day}; {hint}")
    only = first.replace(day=int(day))
    return only, only


def _plus_months(day: date, months: int) -> date:
    """The first day of the month that is `months` after that of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _month_end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])
