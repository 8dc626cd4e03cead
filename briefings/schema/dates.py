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
    )
)
_BETWEEN_ENDS = re.compile(r" ?[/–] ?| to | - |(?<=^\d{4})-(?=\d{4}$)")  # also in 2024-2025

_QUALIFIER_CHOICE = f"{', '.join(QUALIFIERS[:-1])} or {QUALIFIERS[-1]}"
_HELP = (
    f"write a day (2024-08-06), a month (2024-08), a year (2024), a season (2024-autumn; {', '.join(SEASONS)}) or a "
    f"span (2024-12-27/2024-12-28), alone or after {_QUALIFIER_CHOICE} (mid 2024-11)"
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
            raise ValueError(f"'{text}' cannot be read as a date{_correction(text)}")
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
    word, _, rest = text.strip().rpartition(" ")
    begins_with_words = word and not re.search(r"\d", word) and _DATE.fullmatch(rest)  # sometime 2024, c. 2024
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
    if _DATE.fullmatch(part):
        return part
    for shape in _OTHER_SHAPES:
        if match := shape.fullmatch(part):
            given = match.groupdict()
            if season := given.get("season"):
                return f"{given['year']}-{'autumn' if season == 'fall' else season}"
            name = given.get("name")
            month = given["month"] if not name else str([each[:3] for each in _MONTHS].index(name[:3]) + 1)
            day = given.get("day")
            return f"{given['year']}-{month:0>2}" + (f"-{day:0>2}" if day else "")
    return ""


def _days(part: str, whole: str) -> tuple[date, date]:
    """The first and last day of `part`, one date of `whole`. Raises ValueError if it is not in the calendar."""
    match = _DATE.fullmatch(part)
    assert match, "parse() admits only parts that match"
    year, month, day, season = match.groups()
    problem = f"'{whole}' is not in the calendar"
    if year == "0000" or (year, season) == ("9999", "winter"):  # datetime's limits; that winter ends in 10000
        raise ValueError(f"{problem}, which has the years 0001 to 9999; write a year such as 2024")
    if month and not 1 <= int(month) <= 12:
        raise ValueError(f"{problem}: {_no_month(year, month, day)}")
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


def _no_month(year: str, month: str, day: str | None) -> str:
    """What is wrong with a month that does not exist, and what to write instead."""
    if not day:
        span = f"{year}/{year[:2]}{month}"  # 2024-25
        hint = f", or {span} for a span of years" if month > year[2:] else ""
        return f"there is no month {month}; write a month from 01 to 12, such as {year}-08{hint}"
    if 1 <= int(day) <= 12 and 1 <= int(month) <= monthrange(int(year), int(day))[1]:
        return f"there is no month {month}; write the month before the day: {year}-{day}-{month}"
    also = "" if 1 <= int(day) <= 31 else f" and no day {day}"
    hint = f"write a month from 01 to 12 and a day of that month, such as {year}-08-06, or {year} if only that is known"
    return f"there is no month {month}{also}; {hint}"


def _plus_months(day: date, months: int) -> date:
    """The first day of the month that is `months` after that of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _month_end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])
