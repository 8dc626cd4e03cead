"""An estimate -> who stands behind it: our arithmetic, somebody unnamed, a side at war, a relay. Pure."""

from datetime import timedelta

from ..briefing.parts import BasisKind
from ..pack.pack import Pack
from ..schema.figures import Estimate
from ..schema.topic import Origin, Person, Source

# A report printed longer after its day than this was written with hindsight: a month allows for magazines.
LATER = timedelta(days=31)


def basis_kinds(pack: Pack, estimate: Estimate) -> tuple[BasisKind, ...]:
    """Who stands behind an estimate, the weightiest first.

    A source without a name and a side at war are told together, as one may be both. Only where neither applies does
    it matter whether the report came through others or long after its day.
    """
    if estimate.derived:
        return ("derived",)
    speakers = [p for p in (pack.index[i] for i in estimate.by) if isinstance(p, Person)]
    kinds: list[BasisKind] = ["unnamed"] if any(p.unnamed for p in speakers) else []
    if any(p.side in camp for p in speakers for camp in pack.info.camps):
        kinds.append("party")
    return tuple(kinds) or (("relayed",) if _is_relayed(pack, estimate) else ("direct",))


def _is_relayed(pack: Pack, estimate: Estimate) -> bool:
    """Whether its source passes on another's report, or was written long after the day it speaks of.

    The first source is the one that prints it; those after it only bear on it.
    """
    source = pack.index[estimate.sources[0]]
    assert isinstance(source, Source)
    if estimate.via or (source.relays and source.id not in estimate.by):
        return True
    day = estimate.covers or estimate.as_of
    return day is not None and source.published.first - day.last > LATER


def published_later(pack: Pack, estimate: Estimate) -> bool:
    """Whether all who say so are works that were published after the estimate's date: a book of 1988 says nothing in
    1972, but counts something of 1972."""
    when, voices = estimate.as_of, [pack.index[key] for key in estimate.by or estimate.sources]
    if when is None or estimate.covers or estimate.derived:
        return False
    works = [voice.published for voice in voices if isinstance(voice, Source | Origin) and voice.published]
    return bool(works) and len(works) == len(voices) and all(work.first - when.last > LATER for work in works)
