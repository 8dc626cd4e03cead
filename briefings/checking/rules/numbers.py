"""Rules on numbers in texts: every number comes from an estimate, and all levels agree."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ... import markdown
from ...language import english
from ...language.english import ProseValue
from ...language.prose_dates import DateSet, ProseDate
from ...language.quoted import without_quoted
from ...schema.figures import Derivation, Unit
from ..context import CheckContext, Passage
from ..rule import Finding, Rule, at_text

# These may state the length of a lesson and the points of an exercise.
_OURS = ("exercises", "guidance", "lessons", "before", "letters")
_OF_OURS = re.compile(r"\s*[- ]?(?:minutes?|marks?|points?|lessons?)\b")


def number_by_hand(context: CheckContext) -> Iterator[Finding]:
    unit_words, refs = _unit_words(context.pack.units), _refs_by_value(context)
    for passage in context.passages:
        if passage.field == "words" or (
            passage.field == "how" and isinstance(passage.located.ancestors[-1], Derivation)
        ):
            continue  # an estimate's own wording; derived-wrong checks the numbers in 'how'
        prose = without_quoted(passage.prose)
        for quantity in english.quantities(prose):
            after = quantity.offset + len(quantity.written)
            if english.is_small(quantity.written) and not unit_words.match(prose, after):
                continue
            if passage.located.path[0] in _OURS and _OF_OURS.match(prose, after):
                continue
            yield at_text(passage, quantity.offset, *_by_hand_message(refs, quantity))


def _unit_words(units: Mapping[str, Unit]) -> re.Pattern[str]:
    """Matches a unit of measurement after a number: the words of units that have a short form, `km` or `%`.

    A small number may be typed if it is a count ("3 islands"), but not if it is a measurement ("3 km").
    """
    words = {w for unit in units.values() if unit.short for w in (unit.one, unit.many, unit.short) if w} | {
        "%",
        "per cent",
        "miles",
        "km",
    }
    return re.compile(rf"[\s\u00a0-]?(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!\w)")


def _by_hand_message(refs_by_value: Mapping[Fraction, Sequence[str]], quantity: ProseValue) -> tuple[str, str]:
    number = english.parse_number(quantity.written)
    refs = refs_by_value.get(number, ()) if number is not None else ()
    if not refs:
        hint = "add it to figures.yaml with its source, and write [=figure/estimate]"
    else:
        hint = f"write {'one of ' if len(refs) > 1 else ''}{', '.join(f'[={ref}]' for ref in refs[:4])}"
    return f"the number '{quantity.written}' is typed by hand", hint


def _refs_by_value(context: CheckContext) -> dict[Fraction, list[str]]:
    """The estimates that are not a range, as figure/estimate, by their value."""
    refs: dict[Fraction, list[str]] = defaultdict(list)
    for figure in context.pack.figures:
        for estimate in figure.estimates:
            if estimate.value is not None:
                refs[estimate.value].append(f"{figure.id}/{estimate.id}")
    return refs


# -- one level against another -----------------------------------------------------------------------


def levels_differ(context: CheckContext) -> Iterator[Finding]:
    """Numbers and dates that contradict another level, or that only level plain gives."""
    dates_nearby = _dates_by_container(context)
    for texts in _by_text(context):
        stated = {passage: _Stated(_stated_values(passage)) for passage in texts}
        own_dates = DateSet(_own_dates(texts[0]))  # the same for all levels of a text
        lacking = {
            (one, other): stated[one].lacking(stated[other]) for one in texts for other in texts if one is not other
        }
        for passage in texts:
            plain = "plain" in passage.levels
            nearby = dates_nearby.get(_container_id(passage)) if plain else None
            others = [p for p in texts if p is not passage]
            # a contradiction between plain and another level is reported once, at plain
            candidates = [p for p in others if plain or "plain" not in p.levels]
            for item in stated[passage].values:
                if any(stated[p].has(item) for p in others) or _is_date_nearby(item, own_dates, nearby):
                    continue
                pairs = ((lacking[passage, other], lacking[other, passage], other) for other in candidates)
                pair = next(_contradictions(item, pairs), None)
                if pair:
                    yield at_text(passage, item.found.offset, *_contradiction_message(item, passage, *pair))
                elif plain and item.kind != "count":
                    yield at_text(passage, item.found.offset, *_only_plain_message(item))


def _is_date_nearby(item: "StatedValue", own: DateSet, nearby: DateSet | None) -> bool:
    """Whether a date matches a date field of the same value or, if it is a month or year, a text of the same item."""
    value = item.found.normalized
    if not isinstance(value, ProseDate):
        return False
    return own.has(value) or (not value.day and nearby is not None and nearby.has(value))


_ByKind = Mapping[str, Sequence["StatedValue"]]


def _contradictions(
    item: "StatedValue", pairs: Iterable[tuple[_ByKind, _ByKind, Passage]]
) -> Iterator[tuple["StatedValue", Passage]]:
    """What other levels say instead of `item`; `pairs` are what this level says and another lacks, and the reverse.

    Two levels contradict each other if each has exactly one value of this kind that the other lacks. With more, it is
    unclear which replaces which; with none, a level only leaves something out.
    """
    for ours, theirs, other in pairs:
        mine, its = ours.get(item.kind, ()), theirs.get(item.kind, ())
        if len(its) == len(mine) == 1 and _same_thing(item, its[0]):
            yield its[0], other


@dataclass(frozen=True)
class StatedValue:
    """A number or date in a text. A count is a small number in words, such as 'two men'."""

    kind: Literal["estimate", "date", "number", "count"]
    found: ProseValue


class _Stated:
    """What a text states. Values are looked up and not compared one by one: a text may have thousands."""

    def __init__(self, values: Sequence[StatedValue]) -> None:
        self.values = values
        self._known = {(value.kind, value.found.normalized) for value in values}
        dates = (value.found.normalized for value in values if value.kind == "date")
        self._dates = DateSet(date for date in dates if isinstance(date, ProseDate))

    def has(self, item: StatedValue) -> bool:
        """Whether the text states the same value. A date matches a less precise one: 5 May, May."""
        value = item.found.normalized
        if isinstance(value, ProseDate):
            return self._dates.has(value)
        return (item.kind, value) in self._known

    def lacking(self, other: "_Stated") -> dict[str, list[StatedValue]]:
        """The values that another text does not state, by kind."""
        found: dict[str, list[StatedValue]] = {}
        for value in self.values:
            if not other.has(value):
                found.setdefault(value.kind, []).append(value)
        return found


def _by_text(context: CheckContext) -> Iterator[list[Passage]]:
    """The passages of each text that differs between levels."""
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
    values = [StatedValue("estimate", ProseValue(passage.raw.index(m.raw), m.raw, m.ref)) for m in marks]
    values += [StatedValue("date", found) for found in english.dates(passage.prose)]
    values += [StatedValue("number", found) for found in english.quantities(passage.prose)]
    return values + [StatedValue("count", found) for found in english.small_counts(passage.prose)]


def _container_id(passage: Passage) -> int:
    """The identity of the item or section in the file's list that contains the text."""
    ancestors = passage.located.ancestors  # the first is the whole file
    return id(ancestors[1] if len(ancestors) > 1 else ancestors[0])


def _dates_by_container(context: CheckContext) -> dict[int, DateSet]:
    """The dates at levels standard and advanced, by item and by file."""
    dates: dict[int, list[ProseDate]] = {}
    for passage in context.passages:
        if passage.levels != ("plain",):
            found = [f.normalized for f in english.dates(passage.prose) if isinstance(f.normalized, ProseDate)]
            found += _own_dates(passage)
            for container in {_container_id(passage), id(passage.located.ancestors[0])}:
                dates.setdefault(container, []).extend(found)
    return {container: DateSet(found) for container, found in dates.items()}


_DATED = ("as_of", "date", "start", "end", "published")


def _own_dates(passage: Passage) -> list[ProseDate]:
    """The date fields of the values that contain a text. Pages print them next to the text."""
    # vars() because getattr() on a pydantic model is slow if there is no such attribute
    fields = [vars(owner) for owner in passage.located.ancestors]
    whens = [when for values in fields for name in _DATED if (when := values.get(name))]
    return [ProseDate(day.day, day.month, day.year) for when in whens for day in (when.first, when.last)]


def _same_thing(one: StatedValue, other: StatedValue) -> bool:
    """Whether two values can refer to the same thing: dates that differ in one part, or estimates of one figure."""
    first, second = one.found.normalized, other.found.normalized
    if isinstance(first, ProseDate) and isinstance(second, ProseDate):
        return first.differs_in_one_part(second)
    return one.kind != "estimate" or str(first).partition("/")[0] == str(second).partition("/")[0]


def _only_plain_message(item: StatedValue) -> tuple[str, str]:
    return (
        f"level plain says '{item.found.written}', but no other level of this text does",
        "say the same at every level, or leave it out",
    )


def _contradiction_message(
    item: StatedValue, passage: Passage, other_item: StatedValue, other: Passage
) -> tuple[str, str]:
    return (
        f"level {passage.levels[0]} says '{item.found.written}', but "
        f"level {other.levels[0]} says '{other_item.found.written}'",
        "say the same at every level, or leave it out",
    )


RULES = (
    Rule(
        "number-by-hand",
        "warning",
        "a number in a text comes from no estimate",
        "A typed number does not change when its estimate changes, and readers cannot trace it to a source. Refer to "
        "the estimate instead. You may type years and decades (also '99, the '90s), dates, ages, times, ordinals, "
        "numbered things (paragraph 2.3, Article 5), counts up to twelve, the duration and the points of exercises, "
        "and numbers inside quotations.",
        'text: "The lake covered 900 square kilometres. [@diary]"',
        'text: "The lake covered [=area/spring]. [@diary]"',
        number_by_hand,
        ("english",),
    ),
    Rule(
        "levels-differ",
        "error",
        "a number or date at one level contradicts another level",
        "All readers must get the same facts. A level may omit a number or a date, but not give a different one, and "
        "level plain may not add one that no other level gives. Dates in the fields of the same value (as_of, date) "
        "count as given at every level.",
        'text: {plain: "It was full by 6 May. [@diary]", standard: "By 5 May it was full. [@diary]"}',
        'text: {plain: "It was full in May. [@diary]", standard: "By 5 May it was full. [@diary]"}',
        levels_differ,
        ("english",),
    ),
)
