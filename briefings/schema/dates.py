"""A date as a source gives it, text -> When: the days it may mean, with its precision kept."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

QUALIFIERS = ("early", "mid", "late", "about", "by", "before", "after")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-(spring|summer|autumn|winter))?")
_HELP = "write 2024-08-06, 2024-08, 2024, 2024-autumn, 2024-12-27/2024-12-28, or one of them after " + ", ".join(
    QUALIFIERS
)


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A day, month, season, year or span of them, possibly qualified ("mid 2024-11").

    `first` and `last` are the days it may mean, both included; a winter begins in the December of
    its year. Ordered by those days, so that a list of reports sorts as it happened.
    """

    text: str
    qualifier: str
    first: date
    last: date
    parts: tuple[str, ...]  # the one date, or the two ends of a span, each as written

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read one date. Raises ValueError, in words an author can use, when it is none or does not exist."""
        qualifier, _, rest = text.rpartition(" ")
        if qualifier and qualifier not in QUALIFIERS:
            raise ValueError(f"'{text}' is not a date; {_HELP}")
        parts = tuple(rest.split("/"))
        if len(parts) > 2:
            raise ValueError(f"'{text}' is not a date; {_HELP}")
        spans = [_days(part, text) for part in parts]
        if spans[-1][1] < spans[0][0]:
            raise ValueError(f"'{text}' ends before it begins")
        return cls(text, qualifier, spans[0][0], spans[-1][1], parts)

    def __lt__(self, other: "PartialDate") -> bool:
        return (self.first, self.last, self.text) < (other.first, other.last, other.text)

    def __str__(self) -> str:
        return self.text


def _days(part: str, whole: str) -> tuple[date, date]:
    match = _DATE.fullmatch(part)
    if not match:
        raise ValueError(f"'{whole}' is not a date; {_HELP}")
    year, month, day, season = match.groups()
    try:
        if day:
            only = date(int(year), int(month), int(day))
            return only, only
        if season:
            first = date(int(year), SEASONS[season], 1)
            return first, _month_end(_plus_months(first, 2))
        if month:
            first = date(int(year), int(month), 1)
            return first, _month_end(first)
        return date(int(year), 1, 1), date(int(year), 12, 31)
    except ValueError:
        raise ValueError(f"there is no {part} in the calendar") from None


def _plus_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _month_end(first: date) -> date:
    return _plus_months(first, 1) - timedelta(days=1)
