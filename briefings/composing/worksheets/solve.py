"""A closed question and its pack -> its right answer and its wrong options, or what is wrong with it. Pure.

Everything is chosen by a digest of ids, so that the same pack gives the same worksheet, and so that a changed value
changes no other choice.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

from ...pack.pack import Pack
from ...schema.classwork.worksheets import Task
from ...schema.dates import PartialDate
from ...schema.drawings import StoryDrawing
from ...schema.figures import Estimate
from ...schema.statements import Statement
from ...schema.topic import Phase, Place
from .certainty import comparable, dates_differ, days_of, differ, is_before
from .related import date_of, is_argued, others_like, places_like, relays_of, speakers_of

FaultCode = Literal["task-answer", "two-answers", "true-option", "few-options"]

_MOST, _FEWEST = 3, 2  # wrong options of a question
_FACT, _CLAIM = ("established",), ("claimed", "denied", "assessed", "forecast")


@dataclass(frozen=True)
class Solution:
    """What a question offers, in the order of the page. `right` of a choice are the ids that are right: one.

    `ranks` of an order are the places of `ids`, from 1; `facts` of a question of kind status says which are facts.
    """

    ids: tuple[str, ...] = ()
    right: str = ""
    ranks: tuple[int, ...] = ()
    facts: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Fault:
    """Why a question cannot be asked, at a field of its YAML. `code` is that of the rule that reports it."""

    code: FaultCode
    message: str
    hint: str
    field: tuple[str | int, ...] = ()


def solve(pack: Pack, task: Task) -> tuple[Solution, list[Fault]]:
    """The question's options and what is right; without options if it has a fault that leaves no right answer."""
    if fault := _wrong_kind(pack, task):
        return Solution(), [fault]
    if task.kind == "order":
        return _order(pack, task)
    if task.kind == "status":
        return _status(pack, task)
    if task.farthest:
        return _farthest(pack, task)
    assert task.answer
    right = _place_of(pack, task.answer) if task.kind == "place" else task.answer
    return _choice(pack, task, right, _WRONG[task.kind])


# What the ids of a question of each kind must be, in words and as a test of the value.
_ASKED: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "number": ("an estimate with a number", lambda v: isinstance(v, Estimate) and v.words is None),
    "date": ("something with a date", lambda v: date_of(v) is not None),
    "speaker": ("something with 'by'", lambda v: bool(getattr(v, "by", ()) or (isinstance(v, Estimate) and v.sources))),
    "place": ("an event of a story map", lambda v: isinstance(v, Statement)),
    "status": (
        f"a statement whose 'status' is {', '.join(_FACT + _CLAIM[:-1])} or {_CLAIM[-1]}, or a paragraph of a position",
        lambda v: isinstance(v, Statement),
    ),
    "order": (
        "a phase, or a statement with a date",
        lambda v: isinstance(v, Phase | Statement) and date_of(v) is not None,
    ),
}
_POINT: tuple[str, Callable[[Any], bool]] = (
    "a place with 'lat' and 'lon'",
    lambda v: isinstance(v, Place) and v.lat is not None,
)


def _wrong_kind(pack: Pack, task: Task) -> Fault | None:
    words, fits = _POINT if task.farthest else _ASKED[task.kind]
    for index, key in enumerate(task.asked):
        if not fits(pack.index[key]) or _is_unsettled(pack, task, key):
            message = f"question '{task.id}' asks about '{key}', which is not {words}"
            where = ("answer",) if task.answer else ("items", index)
            return Fault("task-answer", message, f"name {words}, or write another 'kind'", where)
    return None


def _is_unsettled(pack: Pack, task: Task, key: str) -> bool:
    """Whether no story map sets an event at one place, or nothing says whether a statement is a fact."""
    if task.kind == "status":
        return getattr(pack.index[key], "status", None) not in _FACT + _CLAIM and not is_argued(pack, key)
    return task.kind == "place" and bool(task.answer) and not _place_of(pack, key)


def _place_of(pack: Pack, event: str) -> str:
    """The place at which a story map shows an event; "" if none does, or if two show it at different places."""
    drawings = (drawing for drawing in pack.drawings if isinstance(drawing, StoryDrawing))
    found = {each.at for drawing in drawings for each in drawing.events if each.event == event}
    return found.pop() if len(found) == 1 else ""


def _choice(
    pack: Pack, task: Task, right: str, is_wrong: Callable[[Pack, str, str], bool]
) -> tuple[Solution, list[Fault]]:
    """One right option and up to three that are certainly wrong: those that the author names first."""
    faults: list[Fault] = []
    wrong: list[str] = []
    for index, key in enumerate(task.others):
        if key != right and _fits(pack, task, key) and is_wrong(pack, right, key):
            wrong.append(key)
            continue
        message = f"'{key}' is no wrong answer to question '{task.id}': it may be right too"
        faults.append(Fault("true-option", message, "name another, or leave it to the pack's data", ("others", index)))
    for key in _candidates(pack, task, right):
        if len(wrong) == _MOST:
            break
        if key in (right, *wrong, *task.never) or not _fits(pack, task, key):
            continue
        # Two options that look the same, or of which each holds a part of the other, are one option.
        if is_wrong(pack, right, key) and all(is_wrong(pack, other, key) for other in wrong):
            wrong.append(key)
    if len(wrong) < _FEWEST:
        message = f"question '{task.id}' has {len(wrong)} of the {_FEWEST} certainly wrong options that it needs"
        faults.append(Fault("few-options", message, "name more in 'others', or ask it as an exercise", ("answer",)))
        return Solution(), faults
    return Solution(tuple(shuffled((right, *wrong), task.id)), right), faults


def _candidates(pack: Pack, task: Task, right: str) -> list[str]:
    """What could be a wrong option, the most plausible first; dates as precise as the right one before others."""
    if task.kind == "place":
        return list(places_like(pack, right))
    found = list(others_like(pack, right))
    return (
        sorted(found, key=lambda key: _precision(pack, key) != _precision(pack, right))
        if task.kind == "date"
        else found
    )


def _precision(pack: Pack, key: str) -> tuple[int, str]:
    """How precise a date is: a day with a qualifier, a month and a span look unlike a day."""
    when = date_of(pack.index[key])
    return (len(when.text), when.qualifier) if when else (0, "")


def _fits(pack: Pack, task: Task, key: str) -> bool:
    """Whether something can be an option of this kind of question."""
    value = pack.index[key]
    return isinstance(value, Place) if task.kind == "place" else _ASKED[task.kind][1](value)


def _wrong_number(pack: Pack, right: str, key: str) -> bool:
    return differ(pack, right, key)


def _wrong_date(pack: Pack, right: str, key: str) -> bool:
    one, other = date_of(pack.index[right]), date_of(pack.index[key])
    return bool(one and other and dates_differ(one, other))


def _wrong_speaker(pack: Pack, right: str, key: str) -> bool:
    """Whether nobody who said the one thing said the other, or passed it on; and of numbers, whether they differ."""
    said = {*speakers_of(pack, right), *relays_of(pack, right)}
    if said & {*speakers_of(pack, key)}:
        return False
    both = isinstance(pack.index[right], Estimate) and isinstance(pack.index[key], Estimate)
    return not (both and comparable(pack, right, key)) or differ(pack, right, key)


def _wrong_place(pack: Pack, right: str, key: str) -> bool:
    """Whether neither place lies in the other."""
    one, other = pack.index[right], pack.index[key]
    assert isinstance(one, Place)
    assert isinstance(other, Place)
    return one.name not in (other.name, other.region, other.country) and other.name not in (one.region, one.country)


_WRONG: dict[str, Callable[[Pack, str, str], bool]] = {
    "number": _wrong_number,
    "date": _wrong_date,
    "speaker": _wrong_speaker,
    "place": _wrong_place,
}


def _farthest(pack: Pack, task: Task) -> tuple[Solution, list[Fault]]:
    """Which of some places lies farthest in a direction, by their coordinates."""
    field, sign = {"north": ("lat", 1), "south": ("lat", -1), "east": ("lon", 1), "west": ("lon", -1)}[
        str(task.farthest)
    ]
    by_place = sorted(task.items, key=lambda key: -sign * getattr(pack.index[key], field))
    first, second = (getattr(pack.index[key], field) for key in by_place[:2])
    if abs(first - second) < _SAME_PLACE:
        both = f"'{by_place[0]}' and '{by_place[1]}'"
        message = f"question '{task.id}' has two right answers: {both} lie as far {task.farthest}"
        return Solution(), [
            Fault("two-answers", message, "leave one of them out", ("items", task.items.index(by_place[1])))
        ]
    return Solution(tuple(shuffled(task.items, task.id)), by_place[0]), []


_SAME_PLACE = 0.1  # degrees, about ten kilometres: on a map in print nobody sees less


def _order(pack: Pack, task: Task) -> tuple[Solution, list[Fault]]:
    dates: dict[str, PartialDate] = {key: when for key in task.items if (when := date_of(pack.index[key]))}
    ordered = sorted(task.items, key=lambda key: days_of(dates[key]))
    for before, after in pairwise(ordered):
        if not is_before(dates[before], dates[after]):
            message = f"question '{task.id}' has two right answers: '{before}' and '{after}' may be of one day"
            return Solution(), [
                Fault("two-answers", message, "leave one of them out", ("items", task.items.index(after)))
            ]
    ids = shuffled(task.items, task.id)
    if ids == ordered:
        ids = ids[1:] + ids[:1]  # nothing would be left to do
    return Solution(tuple(ids), ranks=tuple(ordered.index(key) + 1 for key in ids)), []


def _status(pack: Pack, task: Task) -> tuple[Solution, list[Fault]]:
    ids = shuffled(task.items, task.id)
    facts = tuple(getattr(pack.index[key], "status", None) in _FACT for key in ids)
    if len(set(facts)) == 1:
        message = f"question '{task.id}' has only {'facts' if facts[0] else 'claims'}, so nothing is to be told apart"
        return Solution(), [Fault("few-options", message, "name at least one of each in 'items'", ("items",))]
    return Solution(tuple(ids), facts=facts), []


def spread(solution: Solution, number: int, seed: str) -> Solution:
    """The solution of question `number`, from 1, with its right option where the questions before it do not have it.

    Of eight questions with four options at most three have it at the same place; shuffled, five could. Nothing but the
    number, the seed and how many options there are decides, so that no other question changes one's options.
    """
    if not solution.right:
        return solution
    # The golden ratio's multiples fill a range evenly, in an order without a pattern.
    start = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")
    place = (start + number * _GOLDEN) % _RANGE * len(solution.ids) // _RANGE
    wrong = [key for key in solution.ids if key != solution.right]
    return replace(solution, ids=(*wrong[:place], solution.right, *wrong[place:]))


_RANGE, _GOLDEN = 1 << 64, 0x9E3779B97F4A7C15


def shuffled(ids: Iterable[str], seed: str) -> list[str]:
    """The ids in an order that looks random and depends on nothing but them and the seed."""
    return sorted(ids, key=lambda key: hashlib.sha256(f"{seed} {key}".encode()).digest())
