"""Rules on estimates: who counted, when and how; which estimates are rivals; which side counted the other."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from ...pack.relations import may_overlap, time_of
from ...pack.relations import rivals as mutual_rivals
from ...schema.figures import Estimate, Figure
from ...schema.topic import Person
from ..context import CheckContext, Located
from ..rule import Finding, Rule, at_value

# Words in a title or 'about' that announce losses, which need a side: "fish killed".
_LOSSES = re.compile(r"\b(killed|wounded|casualties|dead|deaths|injured|losses)\b", re.I)


def each_estimate(context: CheckContext) -> Iterator[tuple[Located, Figure, Estimate]]:
    """(place, figure, estimate) of every estimate in the pack."""
    for located, estimate in context.values_of(Estimate):
        figure = located.nearest(Figure)
        assert figure is not None
        yield located, figure, estimate


def is_share(context: CheckContext, figure: Figure, estimate: Estimate) -> bool:
    """Whether the estimate is a fraction or a percentage of something."""
    return context.pack.unit_of(figure, estimate).whole is not None


def estimate_bare(context: CheckContext) -> Iterator[Finding]:
    for located, figure, estimate in each_estimate(context):
        if estimate.derived:
            continue  # its derivation answers all three
        missing = [
            question
            for question, answer in (
                ("who counted ('by')", estimate.by),
                ("when ('as_of')", estimate.as_of),
                ("how ('basis')", estimate.basis),
            )
            if not answer
        ]
        if missing:
            message = f"'{figure.id}/{estimate.id}' does not say {' or '.join(missing)}"
            yield at_value(located, message, "add what the source says, or say in 'basis' that it does not say")


def false_rival(context: CheckContext) -> Iterator[Finding]:
    for located, figure, estimate in each_estimate(context):
        ref = f"{figure.id}/{estimate.id}"
        for index, rival in enumerate(estimate.rival_of):
            other_figure, other = context.pack.estimate(rival if "/" in rival else f"{figure.id}/{rival}")
            if not may_overlap(time_of(estimate), time_of(other)):
                times = f"{time_of(estimate)} and {time_of(other)}"
                message = f"'{ref}' and its rival '{rival}' are from different times: {times}"
                yield at_value(located, message, _NO_RIVAL, "rival_of", index)
            elif not _same_unit(context, (figure, estimate), (other_figure, other)):
                message = f"'{ref}' and its rival '{rival}' have different units"
                yield at_value(located, message, _NO_RIVAL, "rival_of", index)
        others = [other for other in figure.estimates if other is not estimate]
        if (
            figure.kind == "rival"
            and not estimate.rival_of
            and not any(may_overlap(time_of(estimate), time_of(other)) for other in others)
        ):
            message = (
                f"figure '{figure.id}' has kind rival, but '{estimate.id}' is from a different time than the others"
            )
            yield at_value(located, message, "change the kind to series, or move the estimate to another figure")


_NO_RIVAL = "delete it: rivals count the same thing at the same time"


def _same_unit(context: CheckContext, one: tuple[Figure, Estimate], other: tuple[Figure, Estimate]) -> bool:
    units = [estimate.unit or figure.unit for figure, estimate in (one, other)]
    return units[0] == units[1] or all(is_share(context, figure, estimate) for figure, estimate in (one, other))


def beyond_whole(context: CheckContext) -> Iterator[Finding]:
    for located, figure, estimate in each_estimate(context):
        whole = context.pack.unit_of(figure, estimate).whole
        given = [value for value in (estimate.value, estimate.low, estimate.high) if value is not None]
        if whole is None or not given or (min(given) >= 0 and max(given) <= whole):
            continue
        wrong = next(value for value in given if not 0 <= value <= whole)
        said = f"'{figure.id}/{estimate.id}' is {_decimal(wrong)}{' per cent' if whole == 100 else ''}, "
        said += "less than nothing" if wrong < 0 else "more than the whole"
        field = next(n for n in ("value", "low", "high") if getattr(estimate, n) == wrong)
        hint = "correct it; if it is a change and no share, accept the finding with that reason"
        yield at_value(located, said, hint, field)


def _decimal(value: Fraction) -> str:
    written = f"{float(value):g}"
    return written if Fraction(written) == value else str(Fraction(value))


def enemy_count(context: CheckContext) -> Iterator[Finding]:
    for located, figure, estimate in each_estimate(context):
        counted = estimate.side or figure.side
        about = f"{figure.title.standard} {estimate.about.standard if estimate.about else ''}"
        if context.pack.info.camps and counted is None and (match := _LOSSES.search(about)):
            message = f"'{figure.id}/{estimate.id}' counts losses ('{match[0]}') but does not say whose"
            yield at_value(located, message, "name the side in 'side' of the figure or the estimate")
        counters = [p for p in (context.pack.index[i] for i in estimate.by) if isinstance(p, Person)]
        enemies = [p.name for p in counters if counted and at_war(context, p.side, counted)]
        if enemies and not estimate.enemy_count:
            message = f"'{figure.id}/{estimate.id}' is an enemy's count of {counted}, by {', '.join(enemies)}"
            yield at_value(located, message, "add enemy_count: true")
        elif estimate.enemy_count and not enemies:
            message = (
                f"'{figure.id}/{estimate.id}' is marked enemy_count, "
                f"but nobody in 'by' is at war with {counted or 'those counted'}"
            )
            yield at_value(
                located,
                message,
                "set 'side' to who is counted, and 'camps' in pack.yaml to who is at war",
                "enemy_count",
            )


def rivals(context: CheckContext, ref: str) -> set[str]:
    """The estimates that disagree with one, whichever of the two says so."""
    return _rivals(context).get(ref, set())


@lru_cache(maxsize=2)
def _rivals(context: CheckContext) -> dict[str, set[str]]:
    return {ref: set(others) for ref, others in mutual_rivals(context.pack).items()}


def at_war(context: CheckContext, one: str, other: str) -> bool:
    """Whether two sides are in different camps. A side in no camp is at war with nobody."""
    camp, other_camp = camp_of(context, one), camp_of(context, other)
    return camp is not None and other_camp is not None and camp != other_camp


def camp_of(context: CheckContext, side: str) -> int | None:
    """The place of the first camp that a side is in; None if it is in none."""
    return next((place for place, camp in enumerate(context.pack.info.camps) if side in camp), None)


RULES = (
    Rule(
        "estimate-bare",
        "warning",
        "an estimate does not say who counted, when, or how",
        "A number is a claim that somebody made at some time, on some basis, and readers need all three to judge it. "
        "If the source does not say how the number was obtained, say so in 'basis'. If the report has no date, accept "
        "the finding with that reason. Derived estimates are exempt.",
        "- {id: spring, value: 900, sources: [diary]}",
        "- {id: spring, value: 900, by: [moss], as_of: 2024-03, basis: the diary does not say how, sources: [diary]}",
        estimate_bare,
    ),
    Rule(
        "false-rival",
        "warning",
        "estimates marked as rivals have different dates or units",
        "Two numbers contradict each other only if they count the same thing at the same time. Numbers from different "
        "times are a series. The time of an estimate is 'covers', the time that it speaks of, otherwise 'as_of'. A "
        "date with 'by' or 'before' covers all earlier days, a date with 'after' all later days, and an undated "
        "estimate any day.",
        "- {id: june, value: 600, as_of: 2024-06, rival_of: [spring], ...}      # spring is from March",
        "- {id: gazette, value: 700, as_of: 2024-03, rival_of: [spring], ...}",
        false_rival,
    ),
    Rule(
        "beyond-whole",
        "error",
        "a share is above the whole or below nothing",
        "A percentage lies between 0 and 100, and a fraction between 0 and 1. A number outside is mostly a slip of the "
        "keyboard (900 for 90.0). Only a change, such as growth, can be more than the whole: accept the finding with "
        "that reason.",
        "- {id: june, value: 900, unit: percent, ...}",
        "- {id: june, value: 90, unit: percent, ...}",
        beyond_whole,
    ),
    Rule(
        "enemy-count",
        "warning",
        "one side's count of the other side is not marked as such",
        "A party to a war has an interest in the losses and the strength of its enemy, so readers must see whose count "
        "it is. 'side' of a figure or estimate is the side that is counted, 'side' of a person is the side they speak "
        "for, and 'camps' in pack.yaml lists who is at war with whom. In a pack with 'camps' a count of losses must "
        "always have a 'side'.",
        "- {id: dead-carp, side: The carp, by: [pike], value: 30, ...}",
        "- {id: dead-carp, side: The carp, by: [pike], value: 30, enemy_count: true, ...}",
        enemy_count,
    ),
)
