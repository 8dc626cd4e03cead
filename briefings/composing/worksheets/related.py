"""Something of a pack -> its date, who says so, and what else of its kind could be confused with it. Pure."""

import hashlib
from collections.abc import Iterable, Iterator

from ...pack.pack import Pack
from ...pack.relations import rivals
from ...schema.dates import PartialDate
from ...schema.fields import YamlModel, walk_models
from ...schema.figures import Estimate


def date_of(value: YamlModel) -> PartialDate | None:
    """When something happened or began; else when it was said."""
    for name in ("date", "start", "as_of"):
        if isinstance(when := getattr(value, name, None), PartialDate):
            return when
    return None


def is_argued(pack: Pack, key: str) -> bool:
    """Whether a statement is argued in a debate, so that it is somebody's view whatever its status."""
    positions = (position for question in pack.questions for position in question.positions)
    return any(getattr(model, "id", "") == key for position in positions for _, model in walk_models(position))


def relays_of(pack: Pack, key: str) -> tuple[str, ...]:
    """The ids of those who passed something on."""
    return tuple(getattr(pack.index[key], "via", ()))


def speakers_of(pack: Pack, key: str) -> tuple[str, ...]:
    """The ids of those who say something; of an estimate without speakers, those of its sources."""
    value = pack.index[key]
    said_by = tuple(getattr(value, "by", ()))
    if isinstance(value, Estimate) and not said_by:
        return value.sources
    return said_by


def others_like(pack: Pack, key: str) -> Iterator[str]:
    """What could be confused with something, nearest first: its rivals, its neighbours, then others of its kind."""
    value = pack.index[key]
    if isinstance(value, Estimate):
        figure, _ = pack.estimate(key)
        yield from _mixed(key, rivals(pack).get(key, ()))
        yield from _mixed(key, (f"{figure.id}/{estimate.id}" for estimate in figure.estimates))
        return
    yield from _mixed(key, next((group for group in _groups(pack) if key in group), ()))
    yield from _mixed(key, (each for each, other in pack.index.items() if type(other) is type(value)))


def places_like(pack: Pack, key: str) -> Iterator[str]:
    """Other places of the same drawings: first those of the same kind."""
    drawn = [tuple(getattr(drawing, "places", ())) for drawing in pack.drawings]
    near = dict.fromkeys(each for places in drawn if key in places for each in places)
    kind = getattr(pack.index[key], "kind", "")
    yield from _mixed(key, (each for each in near if getattr(pack.index[each], "kind", "") == kind))
    yield from _mixed(key, near)


def _groups(pack: Pack) -> list[tuple[str, ...]]:
    """Ids that stand together: positions of a question, events of all phases, objectives, options, phases."""
    return [
        *(tuple(position.id for position in question.positions) for question in pack.questions),
        tuple(event.id for phase in pack.phases for event in phase.events),
        tuple(objective.id for objective in pack.objectives),
        tuple(option.id for option in pack.options),
        tuple(phase.id for phase in pack.phases),
    ]


def _mixed(seed: str, ids: Iterable[str]) -> list[str]:
    """In an order that depends on nothing but the ids: the pack's own would put the same ones first everywhere."""
    return sorted(ids, key=lambda each: hashlib.sha256(f"{seed} {each}".encode()).digest())
