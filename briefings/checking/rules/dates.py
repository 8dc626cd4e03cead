"""Rules on dates and editions: nothing is from after the pack, too old for it, or of an edition that does not exist."""

import math
from collections.abc import Iterator
from datetime import date

from ...language import english
from ...language.prose_dates import ProseDate
from ...schema.corrections import Correction
from ...schema.dates import PartialDate
from ...schema.statements import Event, Statement
from ...schema.topic import PackInfo, Phase
from ..context import CheckContext
from ..rule import Finding, Rule, at_text, at_value


def too_late(context: CheckContext) -> Iterator[Finding]:
    last = context.pack.info.as_of.last
    for located in context.located_values:
        if isinstance(located.value, PackInfo):
            continue
        for name in ("as_of", "date", "published", "start", "end"):
            when = vars(located.value).get(name)
            if (
                isinstance(when, PartialDate)
                and when.first > last
                and located.yaml_file.file.rpartition("/")[2] != "pack.yaml"
            ):
                yield at_value(located, *_late_message(str(when), when.last, last), name)
    for passage in context.passages if context.english else ():
        owner = passage.located.ancestors[-1]
        if isinstance(owner, Statement) and owner.status == "forecast":
            continue
        for mention in english.dates(passage.prose):
            day = _full_date(mention.normalized) if isinstance(mention.normalized, ProseDate) else None
            if day and day > last:
                yield at_text(passage, mention.offset, *_late_message(mention.written, day, last))


def _late_message(written: str, day: date, last: date) -> tuple[str, str]:
    hint = f"correct or remove it, or write as_of: {day} or a later date in pack.yaml"
    return f"'{written}' is after the pack's as_of date, {last}", hint


def event_outside(context: CheckContext) -> Iterator[Finding]:
    for located, event in context.values_of(Event):
        phase = located.nearest(Phase)
        if phase is None:
            continue
        ends = phase.end.order[1] if phase.end else math.inf
        if event.date.order[1] < phase.start.order[0] or event.date.order[0] > ends:
            lasts = f"from {phase.start}" + (f" to {phase.end}" if phase.end else " on")
            message = f"'{event.id}' is of {event.date}, and its phase '{phase.id}' lasts {lasts}"
            yield at_value(located, message, "correct one of the dates, or move the event to another phase", "date")


def _full_date(prose_date: ProseDate) -> date | None:
    """The day, or None if part of the date is missing or there is no such day (31 June)."""
    day, month, year = prose_date.day, prose_date.month, prose_date.year
    try:
        return date(year, month, day) if day and month and year else None
    except ValueError:
        return None


def stale(context: CheckContext) -> Iterator[Finding]:
    info = context.pack.info
    if info.stale_after is None:
        return
    # The first day of the month that lies `stale_after` months before as_of. Months are counted from year 0.
    months = info.as_of.last.year * 12 + info.as_of.last.month - info.stale_after
    limit = date((months - 1) // 12, (months - 1) % 12 + 1, 1)
    history_ends = info.history_before.first if info.history_before else date.min
    for located in context.located_values:
        if located.path[:1] == ("parts",):
            continue  # the parts of the background (history.yaml) do not go stale
        when = vars(located.value).get("as_of")
        if (
            not isinstance(when, PartialDate)
            or isinstance(located.value, PackInfo)
            or not history_ends <= when.last < limit
        ):
            continue
        if getattr(located.value, "status", None) != "established":
            message = f"as of {when}, more than {info.stale_after} months before the pack's as_of date"
            yield at_value(located, message, "find a later report, or raise stale_after in pack.yaml", "as_of")


def correction_wrong(context: CheckContext) -> Iterator[Finding]:
    latest = context.pack.info.edition.number
    for located, correction in context.values_of(Correction):
        if correction.edition > latest:
            message = (
                f"correction '{correction.id}' is of edition {correction.edition}, but the pack is edition {latest}"
            )
            yield at_value(located, message, "raise the 'number' of the edition in pack.yaml", "edition")
        for index, removed in enumerate(correction.removed):
            # An id may return in a later edition; only the present one can still have what it says it removed.
            if correction.edition == latest and removed in context.pack.index:
                message = f"'{removed}' is called removed, but the pack has it"
                yield at_value(located, message, "list it in 'subjects', or remove it", "removed", index)


RULES = (
    Rule(
        "too-late",
        "error",
        "a date is after the pack's as_of date",
        "Every page prints the as_of date of the pack, so nothing on it can be later. The rule checks dates in fields "
        "and full dates (day, month and year) in texts, except in statements with status forecast.",
        "as_of: 2024-06-30        # in pack.yaml\n- {id: july, value: 500, as_of: 2024-07, ...}",
        "as_of: 2024-07-31        # in pack.yaml\n- {id: july, value: 500, as_of: 2024-07, ...}",
        too_late,
    ),
    Rule(
        "event-outside",
        "warning",
        "an event lies outside its phase",
        "Readers find an event under the phase to which it belongs. A phase without 'end' lasts on. Dates of less "
        "precision count as inside if they may be.",
        "- {id: dry, start: 2024-03, end: 2024-04, events: [{id: rain, date: 2023-11-02, ...}]}",
        "- {id: dry, start: 2024-03, end: 2024-04, events: [{id: rain, date: 2024-04-02, ...}]}",
        event_outside,
    ),
    Rule(
        "stale",
        "warning",
        "a claim is older than the pack allows",
        "Readers expect current numbers. stale_after in pack.yaml is the maximum age in months, counted back from "
        "the pack's as_of date; without it the rule is off. Claims with status established, claims dated before "
        "history_before and the background (history.yaml) never go stale.",
        "stale_after: 12          # in pack.yaml, as of 2024-06-30\n- {id: then, value: 900, as_of: 2022-03, ...}",
        "stale_after: 12          # in pack.yaml, as of 2024-06-30\n- {id: now, value: 900, as_of: 2024-03, ...}",
        stale,
    ),
    Rule(
        "correction-wrong",
        "error",
        "a correction is of a future edition, or names as removed what the pack still has",
        "Readers of an earlier edition look up what changed. A correction belongs to an edition up to that of the "
        "pack, and the ids in 'removed' of the present edition must be gone.",
        "- {id: sum, edition: 3, kind: error, removed: [left/june], text: The sum is gone.}    # pack of edition 2",
        "- {id: sum, edition: 2, kind: error, removed: [left/june], text: The sum is gone.}",
        correction_wrong,
    ),
)
