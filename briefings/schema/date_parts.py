"""One date as a source gives it, text -> DatePart: a time of day, day, month, season, year, decade or century."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # the month each begins in

# 2024, 2024-08, 2024-08-06, 2024-08-06T22:30 or 2024-autumn; 0800 is a year too; a century and a decade; a year BC.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<year>\d{3,4})",
        r"(?P<year>\d{4})-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:T(?P<time>\d{2}:\d{2}))?)?",
        r"(?P<year>\d{4})-(?P<season>spring|summer|autumn|winter)",
        r"(?P<decade>\d{2,3}0)s",
        r"(?P<century>\d{1,2})(?:st|nd|rd|th) century(?P<bc> BC)?",
        r"(?P<year>\d{1,4})(?P<bc> BC)",
    )
)


@dataclass(frozen=True)
class DatePart:
    """One date. A part that its precision leaves out is 0 or "". `year` is that of the decade's begin too.

    `first` and `last` are the days it may mean. Python's calendar begins in the year 1: for a date BC both are its
    first day, and `order` alone says which of two comes first.
    """

    first: date
    last: date
    order: tuple[int, int]  # the days it may mean, as numbers that go on below zero
    year: int = 0
    month: int = 0
    day: int = 0
    season: str = ""
    time: str = ""
    decade: bool = False
    century: int = 0
    bc: bool = False


def match_part(text: str) -> re.Match[str] | None:
    """Whether `text` has the shape of one date, though perhaps not in the calendar."""
    return next((match for shape in _SHAPES if (match := shape.fullmatch(text))), None)


def read_part(text: str, whole: str = "") -> DatePart:
    """Read one date of `whole`, which the message names. Raises ValueError if it is not in the calendar."""
    match = match_part(text)
    if not match:
        raise ValueError(f"'{text}' is not a date")
    given = {name: value or "" for name, value in match.groupdict().items()}
    problem = f"'{whole or text}' is not in the calendar"
    if given.get("bc"):
        return _before_christ(int(given.get("year") or 0), int(given.get("century") or 0), problem)
    if "century" in given:
        century = int(given["century"])
        _require(1 <= century <= 99, f"{problem}; write a century such as 19th century")
        first, last = date(century * 100 - 99, 1, 1), date(century * 100, 12, 31)
        return DatePart(first, last, _order(first, last), century=century)
    if "decade" in given:
        year = int(given["decade"])
        _require(year > 0, f"{problem}; write a decade such as 1940s")
        first, last = date(year, 1, 1), date(year + 9, 12, 31)
        return DatePart(first, last, _order(first, last), year=year, decade=True)
    first, last = _days(given, problem)
    time = given.get("time", "")
    _require(
        not time or (time < "24:00" and time[3:] < "60"), f"{problem}: there is no time {time}; write 00:00 to 23:59"
    )
    order = _order(first, last)
    return DatePart(
        first,
        last,
        order,
        first.year,
        0 if given.get("season") else int(given.get("month") or 0),
        int(given.get("day") or 0),
        given.get("season", ""),
        time,
    )


def _before_christ(year: int, century: int, problem: str) -> DatePart:
    _require(bool(year or century), f"{problem}, which has no year 0; write 1 BC or 0001")
    # 44 BC comes before 43 BC, and the 5th century BC is 500 to 401 BC.
    begins, ends = (century * 100, century * 100 - 99) if century else (year, year)
    order = (-366 * begins, -366 * ends + 365)
    return DatePart(date.min, date.min, order, year=year, century=century, bc=True)


def _order(first: date, last: date) -> tuple[int, int]:
    return first.toordinal(), last.toordinal()


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)


def _days(given: dict[str, str], problem: str) -> tuple[date, date]:
    year, month, day, season = (given.get(name, "") for name in ("year", "month", "day", "season"))
    # datetime's limits; that winter ends in 10000
    if int(year) == 0 or (year, season) == ("9999", "winter"):
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


def _no_month(year: str, month: str, day: str) -> str:
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
