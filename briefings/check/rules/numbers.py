"""Rules on numbers in texts: each is an estimate's, and all levels say the same."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ... import markdown
from ...language import english
from ...language.english import Date, Found
from ...schema.figures import Derivation, Unit
from ..context import Passage, Subject
from ..rule import Finding, Rule, within

_QUOTED = re.compile(r'"[^"]+"|“[^”]+”')
_OURS = ("exercises", "guidance")  # lengths of a lesson and points to earn are ours to say


def by_hand(subject: Subject) -> Iterator[Finding]:
    measured = _measures(subject.pack.units)
    for passage in subject.passages:
        if passage.field == "words" or (passage.field == "how" and isinstance(passage.spot.owners[-1], Derivation)):
            continue  # the estimate's own words; its arithmetic is looked at apart
        quotes = '"' in passage.prose or "“" in passage.prose
        prose = english.blank(passage.prose, _QUOTED) if quotes else passage.prose
        for found in english.quantities(prose):
            after = prose[found.offset + len(found.written) :]
            if english.is_small(found.written) and not measured.match(after):
                continue
            if passage.spot.path[0] in _OURS and re.match(
                r"[- ]?(?:minutes?|marks?|points?|lessons?)\b", after.lstrip()
            ):
                continue
            yield within(passage, found.offset, *_told(subject, found))


def _measures(units: Mapping[str, Unit]) -> re.Pattern[str]:
    """What is measured rather than counted: the words of units that have a short form."""
    words = {w for unit in units.values() if unit.short for w in (unit.one, unit.many, unit.short) if w} | {
        "%",
        "per cent",
        "miles",
        "km",
    }
    return re.compile(rf"[\s\u00a0-]?(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!\w)")


def _told(subject: Subject, found: Found) -> tuple[str, str]:
    same = [ref for ref, value in _values(subject).items() if value == english.worth(found.written)]
    hint = f"write [={same[0]}]" if len(same) == 1 else f"write one of {', '.join(f'[={r}]' for r in same[:4])}"
    return (
        f"'{found.written}' is written by hand",
        hint if same else "enter it in figures.yaml with its source, and write its mark [=figure/estimate]",
    )


def _values(subject: Subject) -> dict[str, Fraction]:
    return {
        f"{figure.id}/{estimate.id}": estimate.value
        for figure in subject.pack.figures
        for estimate in figure.estimates
        if estimate.value is not None
    }


# -- one level against another -----------------------------------------------------------------------


def contradicts(subject: Subject) -> Iterator[Finding]:
    """A level may leave a number out; it may not say another, nor, if plain, one that nothing beside it says."""
    around = _around(subject)
    for texts in _by_text(subject):
        said = {passage: _said(passage) for passage in texts}
        beside = _own_dates(texts[0])  # which all have, being texts of one thing
        for passage in texts:
            plain = "plain" in passage.levels
            near = around.get(_whole(passage), []) if plain else []
            for item in said[passage]:
                others = [other for p in texts if p is not passage for other in said[p]]
                if _known(item, others) or _beside(item, beside, near):
                    continue
                pair = next(_instead(item, passage, said, [p for p in texts if plain or "plain" not in p.levels]), None)
                if pair:
                    yield within(passage, item.found.offset, *_differs(item, passage, *pair))
                elif plain and item.kind != "count":
                    yield within(passage, item.found.offset, *_only(item))


def _beside(item: "Said", own: list[Date], near: list[Date]) -> bool:
    """Whether a date is one of the thing's own, or a month or year that the texts around it know."""
    worth = item.found.worth
    return isinstance(worth, Date) and any(worth.fits(date) for date in (*own, *(() if worth.day else near)))


def _instead(
    item: "Said", passage: Passage, said: Mapping[Passage, list["Said"]], texts: Iterable[Passage]
) -> Iterator[tuple["Said", Passage]]:
    """What another level says in its place, where each of the two says one thing that the other does not."""
    for other in texts:
        theirs = [i for i in said[other] if i.kind == item.kind and not _known(i, said[passage])]
        mine = [i for i in said[passage] if i.kind == item.kind and not _known(i, said[other])]
        if other is not passage and len(theirs) == len(mine) == 1 and _same_thing(item, theirs[0]):
            yield theirs[0], other


@dataclass(frozen=True)
class Said:
    """A number or date that a text says: what kind, where and what."""

    kind: Literal["estimate", "date", "number", "count"]
    found: Found


def _by_text(subject: Subject) -> Iterator[list[Passage]]:
    groups: dict[int, list[Passage]] = {}
    for passage in subject.passages:
        groups.setdefault(id(passage.spot), []).append(passage)
    yield from (group for group in groups.values() if len(group) > 1)


def _said(passage: Passage) -> list[Said]:
    marks = (
        (m for m in markdown.find_marks(passage.raw) if isinstance(m, markdown.NumberReference))
        if "[=" in passage.raw
        else ()
    )
    out = [Said("estimate", Found(passage.raw.index(m.raw), m.raw, m.ref)) for m in marks]
    out += [Said("date", found) for found in english.dates(passage.prose)]
    out += [Said("number", found) for found in english.quantities(passage.prose)]
    return out + [Said("count", found) for found in english.small(passage.prose)]


def _whole(passage: Passage) -> int:
    """What a text belongs to: the item or section that its file lists."""
    owners = passage.spot.owners
    return id(owners[1] if len(owners) > 1 else owners[0])


def _around(subject: Subject) -> dict[int, list[Date]]:
    """The dates that the texts of each item say at standard or advanced."""
    out: dict[int, list[Date]] = {}
    for passage in subject.passages:
        if passage.levels != ("plain",):
            found = [f.worth for f in english.dates(passage.prose) if isinstance(f.worth, Date)]
            found += _own_dates(passage)
            for whole in {_whole(passage), id(passage.spot.owners[0])}:
                out.setdefault(whole, []).extend(found)
    return out


_DATED = ("as_of", "date", "start", "end", "published")


def _own_dates(passage: Passage) -> list[Date]:
    """The dates that the thing itself carries, which stand beside its text."""
    fields = [vars(owner) for owner in passage.spot.owners]  # pydantic is slow to say that it has no such attribute
    whens = [when for there in fields for name in _DATED if (when := there.get(name))]
    return [Date(day.day, day.month, day.year) for when in whens for day in (when.first, when.last)]


def _known(item: Said, others: Iterable[Said]) -> bool:
    worth = item.found.worth
    same = (o.found.worth for o in others if o.kind == item.kind)
    return any(worth.fits(o) if isinstance(worth, Date) and isinstance(o, Date) else worth == o for o in same)


def _same_thing(one: Said, other: Said) -> bool:
    """Whether two items, each alone at its level, can be about one thing: dates alike, or one figure."""
    first, second = one.found.worth, other.found.worth
    if isinstance(first, Date) and isinstance(second, Date):
        return first.near(second)
    return one.kind != "estimate" or str(first).partition("/")[0] == str(second).partition("/")[0]


def _only(item: Said) -> tuple[str, str]:
    return (
        f"level plain says '{item.found.written}', which no other level of this text says",
        "say the same at every level, or leave it out",
    )


def _differs(item: Said, passage: Passage, instead: Said, other: Passage) -> tuple[str, str]:
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
        by_hand,
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
        contradicts,
        ("english",),
    ),
)
