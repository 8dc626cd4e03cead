"""Models of figures.yaml: units, and figures with their estimates, each with its author, date and status."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..limits import MAX_ESTIMATES, MAX_TERMS
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

    `before` is what stands directly before the number, such as the sign of a currency. A unit without any of these is a
    plain number, such as a share.
    """

    before: str = ""  #: what stands directly before the number, such as the sign of a currency
    one: str = ""  #: its singular
    many: str = ""  #: its plural
    short: str = ""  #: a short form for tight places
    square_km: Amount | None = None  #: how many square kilometres one has, for areas on maps
    km: Amount | None = None  #: how many kilometres one has, for the lengths of a salient

    @property
    def is_percentage(self) -> bool:
        """Whether the unit counts parts of a hundred."""
        return not self.before and (self.short or self.many).startswith("%")

    @property
    def is_plain(self) -> bool:
        """Whether the unit has no words: its numbers are fractions of something."""
        return not (self.before or self.one or self.many)

    @property
    def whole(self) -> int | None:
        """What the whole is if the unit measures a share of it: 100 for percentages, 1 for fractions; else None."""
        return 100 if self.is_percentage else 1 if self.is_plain else None


class Derivation(YamlModel):
    """How a number follows from other estimates. `how` explains it in words.

    With an `operation`, loading.arithmetic calculates the value and its bound from the estimates `of`.
    """

    of: Annotated[
        EstimateRefs, Field(min_length=1, max_length=MAX_TERMS)
    ]  #: the estimates it comes from, as figure/estimate
    #: how it is calculated: the first less the others, less those shares of it, or the sum
    operation: Literal["less", "less-share", "plus"] | None = None
    how: Text  #: the calculation in words


class Estimate(CheckedModel):
    """A reported or derived number: exactly one of `value`, `low` with `high`, `words`, or a derivation's operation.

    `as_of` is the date on which it was reported or valid; `covers` is the period it is about, if that differs. `by` are
    the people, organisations or sources that gave it, `via` those that passed it on. `rival_of` lists estimates of the
    same quantity that it competes with. `about` says what exactly was counted, `basis` how.
    """

    id: Id  #: unique in its figure
    value: Amount | None = None  #: a number or a fraction: 1200, 7.5, 1/3
    low: Amount | None = None  #: the lower end of a range, instead of value
    high: Amount | None = None  #: its upper end
    words: Text | None = None  #: a report without a number, instead of value
    bound: Bound = "exactly"  #: what the report says of the number
    unit: Annotated[Id | None, RefersTo("unit")] = None  #: where it differs from the figure's
    as_of: Date | None = None  #: when it was said or held true
    covers: Date | None = None  #: the time that it speaks of, if as_of is only when it was said
    status: Status = "reported"  #: how sure the report is
    by: SpeakerIds = ()  #: who counted or says so: ids of people, or of the source itself
    via: SpeakerIds = ()  #: who passed it on before the source did
    about: Text | None = None  #: of whom or what, where that differs between estimates
    basis: Text | None = None  #: how they know, as far as the source says
    sources: SourceIds = ()  #: required, except with derived
    derived: Derivation | None = None  #: how the pack calculated it
    #: ids of estimates of the same thing and time that disagree with it
    rival_of: Annotated[Ids, RefersTo("rival")] = ()
    enemy_count: StrictBool = False  #: whether one side counts the other side's losses or strength
    side: Line | None = None  #: whose people or things are counted
    depth: Depth = "core"  #: how important it is

    @model_validator(mode="after")
    def _one_quantity(self) -> "Estimate":
        given = [self.value is not None, self.low is not None or self.high is not None, self.words is not None]
        if self.derived and self.derived.operation:
            if any(given) or "bound" in self.model_fields_set:
                raise ValueError("a number with an 'operation' is calculated; leave out its value and its 'bound'")
            return self
        if sum(given) != 1:
            raise ValueError("an estimate has one number; write exactly one of 'value', 'low' with 'high', or 'words'")
        if given[1] and (self.low is None or self.high is None):
            raise ValueError("a range has two ends; write both 'low' and 'high', or 'value' with 'bound'")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"'low' ({self.low}) is above 'high' ({self.high}); exchange them")
        if self.low is not None and self.low == self.high:
            raise ValueError("'low' and 'high' are the same; write 'value'")
        if self.id in self.rival_of:
            raise ValueError("an estimate cannot be its own rival; delete it from 'rival_of'")
        if not self.sources and self.derived is None:
            raise ValueError(
                "an estimate comes from somewhere; write 'sources', or 'derived' if the pack calculated it"
            )
        return self


class Figure(Item):
    """A quantity with all its estimates side by side, never averaged. `side` is the side whose people or things count.

    `kind` is how the estimates relate: rivals for one value, a series over time, or different things.
    """

    side: Line | None = None  #: whose people or things are counted, if the same for all estimates
    #: how its estimates relate: rivals for one value, a series over time, or different things
    kind: Literal["rival", "series", "different"]
    unit: Annotated[Id, RefersTo("unit")]  #: the id of a unit
    estimates: Annotated[
        tuple[Estimate, ...], Field(min_length=1, max_length=MAX_ESTIMATES)
    ]  #: all reports of it, side by side


Units = dict[str, Unit]  # by the id that figures and estimates name


class KeyFigure(YamlModel):
    """An estimate shown at the top of a briefing, with its label. `says` is the headline of its slide."""

    estimate: Annotated[Ref, RefersTo("estimate")]  #: as figure/estimate
    label: Text  #: what the number is
    says: Text | None = None  #: the headline of its slide
    depth: Depth = "core"  #: how important it is
