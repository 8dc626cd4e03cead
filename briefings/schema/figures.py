"""Models of figures.yaml: units, and figures with their estimates, each with its author, date and status."""

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
    """A unit of measurement: singular, plural, short form for tight places, and one of it in (square) kilometres.

    A unit with neither word is a plain number, such as a share.
    """

    one: str = ""
    many: str = ""
    short: str = ""
    square_km: Amount | None = None
    km: Amount | None = None


class Derivation(YamlModel):
    """How a number follows from other estimates. `how` explains it in words.

    With an `operation`, loading.arithmetic calculates the value and its bound from the estimates `of`.
    """

    of: Annotated[EstimateRefs, Field(min_length=1)]
    operation: Literal["less", "less-share", "plus"] | None = None
    how: Text


class Estimate(CheckedModel):
    """A reported or derived number: exactly one of `value`, `low` with `high`, `words`, or a derivation's operation.

    `as_of` is the date on which it was reported or valid; `covers` is the period it is about, if that differs. `by` are
    the people, organisations or sources that gave it, `via` those that passed it on. `rival_of` lists estimates of the
    same quantity that it competes with. `about` says what exactly was counted, `basis` how.
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
            if any(given) or "bound" in self.model_fields_set:
                raise ValueError("a number with an 'operation' is calculated; leave out its value and its 'bound'")
            return self
        if sum(given) != 1:
            raise ValueError("write exactly one of 'value', 'low' with 'high', or 'words'")
        if given[1] and (self.low is None or self.high is None):
            raise ValueError("a range needs both 'low' and 'high'")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"'low' ({self.low}) is above 'high' ({self.high})")
        if self.low is not None and self.low == self.high:
            raise ValueError("'low' and 'high' are the same; write 'value'")
        if self.id in self.rival_of:
            raise ValueError("an estimate cannot be its own rival")
        if not self.sources and self.derived is None:
            raise ValueError("an estimate needs 'sources', or 'derived' if the pack calculated it")
        return self


class Figure(Item):
    """A quantity with all its estimates side by side, never averaged. `side` is the side whose people or things count.

    `kind` is how the estimates relate: rivals for one value, a series over time, or different things.
    """

    side: Line | None = None
    kind: Literal["rival", "series", "different"]
    unit: Annotated[Id, RefersTo("unit")]
    estimates: Annotated[tuple[Estimate, ...], Field(min_length=1)]


Units = dict[str, Unit]  # by the id that figures and estimates name


class KeyFigure(YamlModel):
    """An estimate shown at the top of a briefing, with its label. `says` is the headline of its slide."""

    estimate: Annotated[Ref, RefersTo("estimate")]
    label: Text
    says: Text | None = None
    depth: Depth = "core"
