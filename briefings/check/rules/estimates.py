"""Rules on estimates: who stands behind each, what is a rival of what, who counts whom."""

import re
from collections.abc import Iterator
from datetime import date

from ...schema.dates import PartialDate
from ...schema.figures import Estimate, Figure
from ...schema.topic import Person
from ..context import CheckContext, Located
from ..rule import Finding, Rule, at_value

_LOSSES = re.compile(r"\b(killed|wounded|casualties|dead|deaths|injured|losses)\b", re.I)


def each_estimate(context: CheckContext) -> Iterator[tuple[Located, Figure, Estimate]]:
    for located, estimate in context.values_of(Estimate):
        figure = located.nearest(Figure)
        assert figure is not None
        yield located, figure, estimate


def is_share(context: CheckContext, figure: Figure, estimate: Estimate) -> bool:
    """Whether it is a part of something: a fraction in words, or per cent."""
    unit = context.pack.units[estimate.unit or figure.unit]
    return unit.short == "%" or not (unit.one or unit.many)


def estimate_bare(context: CheckContext) -> Iterator[Finding]:
    for located, figure, estimate in each_estimate(context):
        if estimate.derived:
            continue  # its arithmetic says all three
        missing = [
            word
            for word, there in (
                ("who ('by')", estimate.by),
                ("when ('as_of')", estimate.as_of),
                ("on what 'basis'", estimate.basis),
            )
            if not there
        ]
        if missing:
            message = f"'{figure.id}/{estimate.id}' does not say {' or '.join(missing)}"
            yield at_value(located, message, "say it as far as the source does; where it does not, say that")


def false_rival(context: CheckContext) -> Iterator[Finding]:
    for located, figure, estimate in each_estimate(context):
        ref = f"{figure.id}/{estimate.id}"
        for index, rival in enumerate(estimate.rival_of):
            other_figure, other = context.pack.estimate(rival if "/" in rival else f"{figure.id}/{rival}")
            if not _overlap(estimate.as_of, other.as_of):
                message = f"'{ref}' and its rival '{rival}' are of different times: {estimate.as_of} and {other.as_of}"
                yield at_value(located, message, _NO_RIVAL, "rival_of", index)
            elif not _same_unit(context, (figure, estimate), (other_figure, other)):
                message = f"'{ref}' and its rival '{rival}' count in different units"
                yield at_value(located, message, _NO_RIVAL, "rival_of", index)
        others = [other for other in figure.estimates if other is not estimate]
        if (
            figure.kind == "rival"
            and not estimate.rival_of
            and not any(_overlap(estimate.as_of, o.as_of) for o in others)
        ):
            message = (
                f"figure '{figure.id}' is called rival, but '{estimate.id}' is of another time than the rest of it"
            )
            yield at_value(located, message, "make the figure a series, or move the estimate")


_NO_RIVAL = "rivals are of one thing at one time; a series or things that only look alike are no rivals"


def _overlap(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates can be one; an estimate without a date may be of any."""
    if one is None or other is None:
        return True
    (a, b), (c, d) = _span(one), _span(other)
    return a <= d and c <= b


def _span(when: PartialDate) -> tuple[date, date]:
    open_before, open_after = when.qualifier in ("by", "before"), when.qualifier == "after"
    return date.min if open_before else when.first, date.max if open_after else when.last


def _same_unit(context: CheckContext, one: tuple[Figure, Estimate], other: tuple[Figure, Estimate]) -> bool:
    units = [estimate.unit or figure.unit for figure, estimate in (one, other)]
    return units[0] == units[1] or all(is_share(context, figure, estimate) for figure, estimate in (one, other))


def enemy_count(context: CheckContext) -> Iterator[Finding]:
    for located, figure, estimate in each_estimate(context):
        whose = estimate.side or figure.side
        about = f"{figure.title.standard} {estimate.about.standard if estimate.about else ''}"
        if whose is None and (found := _LOSSES.search(about)):
            message = f"'{figure.id}/{estimate.id}' counts losses ('{found[0]}') and does not say whose"
            yield at_value(located, message, "name the side in the figure's, or the estimate's, 'side'")
        counters = [p for p in (context.pack.index[i] for i in estimate.by) if isinstance(p, Person)]
        enemies = [p.name for p in counters if whose and _at_war(context, p.side, whose)]
        if enemies and not estimate.enemy_count:
            message = f"'{figure.id}/{estimate.id}' counts {whose}, and its enemy counted: {', '.join(enemies)}"
            yield at_value(located, message, "mark it: enemy_count: true")
        elif estimate.enemy_count and not enemies:
            message = (
                f"'{figure.id}/{estimate.id}' is marked enemy_count, and nobody in 'by' is at war with {whose or 'it'}"
            )
            yield at_value(
                located, message, "say in 'side' who is counted; 'camps' in pack.yaml says who is at war", "enemy_count"
            )


def _at_war(context: CheckContext, one: str, other: str) -> bool:
    camps = context.pack.info.camps
    mine = next((camp for camp in camps if one in camp), None)
    theirs = next((camp for camp in camps if other in camp), None)
    return mine is not None and theirs is not None and mine is not theirs


RULES = (
    Rule(
        "estimate-bare",
        "warning",
        "an estimate does not say who, when, or on what basis",
        "A figure is a claim: who counted what, when, and how they could know. Where the source does not say, "
        "'basis' says that it does not; an undated report is accepted with that reason.",
        "- {id: spring, value: 900, sources: [diary]}",
        "- {id: spring, value: 900, by: [moss], as_of: 2024-03, basis: how she measured is not said, sources: [diary]}",
        estimate_bare,
    ),
    Rule(
        "false-rival",
        "warning",
        "estimates called rivals are of different times or things",
        "Two numbers disagree only where they count one thing at one time. A date 'by' a day reaches back from it, "
        "one 'after' forward; an undated estimate may be of any time.",
        "- {id: june, value: 600, as_of: 2024-06, rival_of: [spring], ...}      # spring is of March",
        "- {id: gazette, value: 700, as_of: 2024-03, rival_of: [spring], ...}",
        false_rival,
    ),
    Rule(
        "enemy-count",
        "warning",
        "a side's count of the other side is not marked as such",
        "Who fights has an interest in the other's losses and strength. 'side' of a figure or estimate says who is "
        "counted, that of a person for whom he speaks; 'camps' in pack.yaml says who is at war with whom. Losses "
        "always say whose they are.",
        "- {id: dead-carp, side: The carp, by: [pike], value: 30, ...}",
        "- {id: dead-carp, side: The carp, by: [pike], value: 30, enemy_count: true, ...}",
        enemy_count,
    ),
)
