"""What was counted: a figure and its estimates, each by whom, as of when and how sure (pydantic, frozen)."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .fields import (
    Amount,
    CheckedModel,
    Date,
    Depth,
    EstimateRefs,
    Id,
    Ids,
    Line,
    Ref,
    RefersTo,
    SourceIds,
    SpeakerIds,
    StrictBool,
    Text,
    YamlModel,
)
from .statements import Item, Status

Bound = Literal["exactly", "about", "more-than", "at-least", "nearly", "at-most"]


class Unit(YamlModel):
    """What is counted: its words, its short form for tight places, and how many square kilometres one is."""

    one: str = ""
    many: str = ""
    short: str = ""
    square_km: Amount | None = None


class Derivation(YamlModel):
    """How a number was worked out: from which estimates, in what words; by an `operation`, each time (see `derive`)."""

    of: Annotated[EstimateRefs, Field(min_length=1)]
    operation: Literal["less", "less-share", "plus", "left-of-each"] | None = None
    how: Text


class Estimate(CheckedModel):
    """A number someone reported, or one derived. Exactly one of value, low with high, words, or an operation.

    `as_of` is when it was said or held true; `covers` the time it speaks of, where that is another.
    """

    id: Id
    value: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    words: Text | None = None
    bound: Bound = "exactly"
    unit: Annotated[Id | None, RefersTo("unit")] = None
    as_of: Date | None = None
    covers: Date | None = None
    status: Status = "reported"
    by: SpeakerIds = ()
    via: SpeakerIds = ()
    about: Text | None = None
    basis: Text | None = None
    sources: SourceIds = ()
    derived: Derivation | None = None
    rival_of: Annotated[Ids, RefersTo("rival")] = ()
    enemy_count: StrictBool = False
    side: Line | None = None
    depth: Depth = "core"

    @model_validator(mode="after")
    def _one_quantity(self) -> "Estimate":
        given = [self.value is not None, self.low is not None or self.high is not None, self.words is not None]
        if self.derived and self.derived.operation:
            if any(given):
                raise ValueError("a number with an 'operation' is worked out; leave 'value', 'low' and 'high' out")
            return self
        if sum(given) != 1:
            raise ValueError("give exactly one of 'value', 'low' with 'high', or 'words'")
        if given[1] and (self.low is None or self.high is None):
            raise ValueError("a range needs both 'low' and 'high'")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"'low' ({self.low}) is above 'high' ({self.high})")
        if self.low is not None and self.low == self.high:
            raise ValueError("'low' and 'high' are the same; give 'value'")
        if self.id in self.rival_of:
            raise ValueError("an estimate cannot be its own rival")
        if not self.sources and self.derived is None:
            raise ValueError("an estimate needs 'sources', or 'derived' where the pack worked it out")
        return self


class Figure(Item):
    """A quantity with its estimates side by side, never averaged. `side` is whose people or things are counted."""

    side: Line | None = None
    kind: Literal["rival", "series", "different"]
    unit: Annotated[Id, RefersTo("unit")]
    estimates: Annotated[tuple[Estimate, ...], Field(min_length=1)]


Units = dict[str, Unit]  # by the id that figures and estimates name


class KeyFigure(YamlModel):
    """An estimate for the head of a briefing, with the words beside it."""

    estimate: Annotated[Ref, RefersTo("estimate")]
    label: Text
    depth: Depth = "core"
