"""Rules on numbers in texts: each is an estimate's, and all levels say the same."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ... import markdown
from ...language import english
from ...language.english import ProseDate, ProseValue
from ...schema.figures import Derivation, Unit
from ..context import CheckContext, Passage
from ..rule import Finding, Rule, at_text

_QUOTED = re.compile(r'"[^"]+"|“[^”]+”')
_OURS = ("exercises", "guidance")  # lengths of a lesson and points to earn are ours to say


def number_by_hand(context: CheckContext) -> Iterator[Finding]:
    measured = _measures(context.pack.units)
    for passage in context.passages:
        if passage.field == "words" or (
            passage.field == "how" and isinstance(passage.located.ancestors[-1], Derivation)
        ):
            continue  # the estimate's own words; its arithmetic is looked at apart
        quotes = '"' in passage.prose or "“" in passage.prose
        prose = english.blank_out(passage.prose, _QUOTED) if quotes else passage.prose
        for found in english.quantities(prose):
            after = prose[found.offset + len(found.written) :]
            if english.is_small(found.written) and not measured.match(after):
                continue
            if passage.located.path[0] in _OURS and re.match(
                r"[- ]?(?:minutes?|marks?|points?|lessons?)\b", after.lstrip()
            ):
                continue
            yield at_text(passage, found.offset, *_by_hand_message(context, found))


def _measures(units: Mapping[str, Unit]) -> re.Pattern[str]:
    """What is measured rather than counted: the words of units that have a short form."""
    words = {w for unit in units.values() if unit.short for w in (unit.one, unit.many, unit.short) if w} | {
        "%",
        "per cent",
        "miles",
        "km",
    }
    return re.compile(rf"[\s\u00a0-]?(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!\w)")


def _by_hand_message(context: CheckContext, found: ProseValue) -> tuple[str, str]:
    same = [ref for ref, value in _values(context).items() if value == english.parse_number(found.written)]
    hint = f"write [={same[0]}]" if len(same) == 1 else f"write one of {', '.join(f'[={r}]' for r in same[:4])}"
    return (
        f"'{found.written}' is written by hand",
        hint if same else "enter it in figures.yaml with its source, and write its mark [=figure/estimate]",
    )


def _values(context: CheckContext) -> dict[str, Fraction]:
    return {
        f"{figure.id}/{estimate.id}": estimate.value
        for figure in context.pack.figures
        for estimate in figure.estimates
        if estimate.value is not None
    }


# -- one level against another -----------------------------------------------------------------------


def levels_differ(context: CheckContext) -> Iterator[Finding]:
    """A level may leave a number out; it may not say another, nor, if plain, one that nothing beside it says."""
    around = _dates_by_container(context)
    for texts in _by_text(context):
        said = {passage: _stated_values(passage) for passage in texts}
        beside = _own_dates(texts[0])  # which all have, being texts of one thing
        for passage in texts:
            plain = "plain" in passage.levels
            near = around.get(_container_id(passage), []) if plain else []
            for item in said[passage]:
                others = [other for p in texts if p is not passage for other in said[p]]
                if _known(item, others) or _is_date_nearby(item, beside, near):
                    continue
                pair = next(
                    _contradictions(item, passage, said, [p for p in texts if plain or "plain" not in p.levels]), None
                )
                if pair:
                    yield at_text(passage, item.found.offset, *_differs(item, passage, *pair))
                elif plain and item.kind != "count":
                    yield at_text(passage, item.found.offset, *_only(item))


def _is_date_nearby(item: "StatedValue", own: list[ProseDate], near: list[ProseDate]) -> bool:
    """Whether a date is one of the thing's own, or a month or year that the texts around it know."""
    worth = item.found.normalized
    return isinstance(worth, ProseDate) and any(
        worth.is_compatible_with(date) for date in (*own, *(() if worth.day else near))
    )


def _contradictions(
    item: "StatedValue", passage: Passage, said: Mapping[Passage, list["StatedValue"]], texts: Iterable[Passage]
) -> Iterator[tuple["StatedValue", Passage]]:
    """What another level says in its place, where each of the two says one thing that the other does not."""
    for other in texts:
        theirs = [i for i in said[other] if i.kind == item.kind and not _known(i, said[passage])]
        mine = [i for i in said[passage] if i.kind == item.kind and not _known(i, said[other])]
        if other is not passage and len(theirs) == len(mine) == 1 and _same_thing(item, theirs[0]):
            yield theirs[0], other


@dataclass(frozen=True)
class StatedValue:
    """A number or date that a text says: what kind, where and what."""

    kind: Literal["estimate", "date", "number", "count"]
    found: ProseValue


def _by_text(context: CheckContext) -> Iterator[list[Passage]]:
    groups: dict[int, list[Passage]] = {}
    for passage in context.passages:
        groups.setdefault(id(passage.located), []).append(passage)
    yield from (group for group in groups.values() if len(group) > 1)


def _stated_values(passage: Passage) -> list[StatedValue]:
    marks = (
        (m for m in markdown.find_marks(passage.raw) if isinstance(m, markdown.NumberReference))
        if "[=" in passage.raw
        else ()
    )
    out = [StatedValue("estimate", ProseValue(passage.raw.index(m.raw), m.raw, m.ref)) for m in marks]
    out += [StatedValue("date", found) for found in english.dates(passage.prose)]
    out += [StatedValue("number", found) for found in english.quantities(passage.prose)]
    return out + [StatedValue("count", found) for found in english.small_counts(passage.prose)]


def _container_id(passage: Passage) -> int:
    """What a text belongs to: the item or section that its file lists."""
    owners = passage.located.ancestors
    return id(owners[1] if len(owners) > 1 else owners[0])


def _dates_by_container(context: CheckContext) -> dict[int, list[ProseDate]]:
    """The dates that the texts of each item say at standard or advanced."""
    out: dict[int, list[ProseDate]] = {}
    for passage in context.passages:
        if passage.levels != ("plain",):
            found = [f.normalized for f in english.dates(passage.prose) if isinstance(f.normalized, ProseDate)]
            found += _own_dates(passage)
            for whole in {_container_id(passage), id(passage.located.ancestors[0])}:
                out.setdefault(whole, []).extend(found)
    return out


_DATED = ("as_of", "date", "start", "end", "published")


def _own_dates(passage: Passage) -> list[ProseDate]:
    """The dates that the thing itself carries, which stand beside its text."""
    fields = [
        vars(owner) for owner in passage.located.ancestors
    ]  # pydantic is slow to say that it has no such attribute
    whens = [when for there in fields for name in _DATED if (when := there.get(name))]
    return [ProseDate(day.day, day.month, day.year) for when in whens for day in (when.first, when.last)]


def _known(item: StatedValue, others: Iterable[StatedValue]) -> bool:
    worth = item.found.normalized
    same = (o.found.normalized for o in others if o.kind == item.kind)
    return any(
        worth.is_compatible_with(o) if isinstance(worth, ProseDate) and isinstance(o, ProseDate) else worth == o
        for o in same
    )


def _same_thing(one: StatedValue, other: StatedValue) -> bool:
    """Whether two items, each alone at its level, can be about one thing: dates alike, or one figure."""
    first, second = one.found.normalized, other.found.normalized
    if isinstance(first, ProseDate) and isinstance(second, ProseDate):
        return first.differs_in_one_part(second)
    return one.kind != "estimate" or str(first).partition("/")[0] == str(second).partition("/")[0]


def _only(item: StatedValue) -> tuple[str, str]:
    return (
        f"level plain says '{item.found.written}', which no other level of this text says",
        "say the same at every level, or leave it out",
    )


def _differs(item: StatedValue, passage: Passage, instead: StatedValue, other: Passage) -> tuple[str, str]:
    return (
        f"level {passage.levels[0]} says '{item.found.written}' where "
        f"level {other.levels[0]} says '{instead.found.written}'",
        "say the same at every level, or leave it out",
    )


RULES = (
    Rule(
        "number-by-hand",
        "warning",
        "a number in a text comes from no estimate",
        "A number that is typed goes stale when its estimate changes, and nobody can trace it. Years, dates, ages, "
        "times, ordinals and what is numbered (paragraph 2.3) may be typed, as may counts up to twelve, lengths and "
        "points of exercises, and what stands in a quotation.",
        'text: "The lake covered 900 square kilometres. [@diary]"',
        'text: "The lake covered [=area/spring]. [@diary]"',
        number_by_hand,
        ("english",),
    ),
    Rule(
        "levels-differ",
        "error",
        "a number or date that one level has and another contradicts",
        "Every reader gets the same facts. A level may leave a number or a date out; it may not say another one, "
        "and plain may not say one that no other level knows. Dates of the thing itself (as_of, date) count as said.",
        'text: {plain: "It was full by 6 May. [@diary]", standard: "By 5 May it was full. [@diary]"}',
        'text: {plain: "It was full in May. [@diary]", standard: "By 5 May it was full. [@diary]"}',
        levels_differ,
        ("english",),
    ),
)
