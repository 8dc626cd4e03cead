"""Rules on dates: nothing later than the pack, no claim older than it allows."""

from collections.abc import Iterator
from datetime import date

from ...language import english
from ...language.english import ProseDate
from ...schema.dates import PartialDate
from ...schema.statements import Statement
from ...schema.topic import PackInfo
from ..context import CheckContext
from ..rule import Finding, Rule, at_text, at_value


def too_late(subject: CheckContext) -> Iterator[Finding]:
    last = subject.pack.info.as_of.last
    for spot in subject.located_values:
        if isinstance(spot.value, PackInfo):
            continue
        for name in ("as_of", "date", "published", "start", "end"):
            when = vars(spot.value).get(name)
            if (
                isinstance(when, PartialDate)
                and when.first > last
                and spot.yaml_file.file.rpartition("/")[2] != "pack.yaml"
            ):
                yield at_value(spot, *_late(str(when), last), name)
    for passage in subject.passages if subject.english else ():
        owner = passage.located.ancestors[-1]
        if isinstance(owner, Statement) and owner.status == "forecast":
            continue
        for found in english.dates(passage.prose):
            day = _day(found.normalized) if isinstance(found.normalized, ProseDate) else None
            if day and day > last:
                yield at_text(passage, found.offset, *_late(found.written, last))


def _late(written: str, last: date) -> tuple[str, str]:
    return f"'{written}' is later than the pack, which is as of {last}", "leave it out, or move as_of in pack.yaml"


def _day(said: ProseDate) -> date | None:
    try:
        return date(said.year, said.month, said.day) if said.day and said.month and said.year else None
    except ValueError:
        return None


def stale(subject: CheckContext) -> Iterator[Finding]:
    info = subject.pack.info
    if info.stale_after is None:
        return
    months = info.as_of.last.year * 12 + info.as_of.last.month - info.stale_after
    limit = date((months - 1) // 12, (months - 1) % 12 + 1, 1)
    begins = info.history_before.first if info.history_before else date.min
    for spot in subject.located_values:
        if spot.path[:1] == ("parts",):
            continue  # the background
        when = vars(spot.value).get("as_of")
        if not isinstance(when, PartialDate) or isinstance(spot.value, PackInfo) or not begins <= when.last < limit:
            continue
        if getattr(spot.value, "status", None) != "established":
            message = f"this is as of {when}, more than {info.stale_after} months before the pack"
            yield at_value(spot, message, "look for a later report, or raise stale_after", "as_of")


RULES = (
    Rule(
        "too-late",
        "error",
        "a date is later than the pack's as_of",
        "A pack says on every page what day its facts are of. A full date in a text counts too, unless the "
        "statement is a forecast.",
        "as_of: 2024-06-30        # in pack.yaml\n- {id: july, value: 500, as_of: 2024-07, ...}",
        "as_of: 2024-07-31        # in pack.yaml\n- {id: july, value: 500, as_of: 2024-07, ...}",
        too_late,
    ),
    Rule(
        "stale",
        "warning",
        "a claim is older than the pack allows",
        "stale_after in pack.yaml is an age in months, counted from the pack's as_of; without it nothing goes "
        "stale. What is established does not, nor what is of before history_before, nor the background "
        "(history.yaml).",
        "stale_after: 12          # in pack.yaml, as of 2024-06-30\n- {id: then, value: 900, as_of: 2022-03, ...}",
        "stale_after: 12          # in pack.yaml, as of 2024-06-30\n- {id: now, value: 900, as_of: 2024-03, ...}",
        stale,
    ),
)
