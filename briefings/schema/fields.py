"""The kinds of value a field of the data may hold: plain values in, validated ones out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from ..problems import YamlPath
from .dates import PartialDate

Level = Literal["plain", "standard", "advanced"]
Depth = Literal["core", "more", "full"]
LEVELS = ("plain", "standard", "advanced")
DEPTHS = ("core", "more", "full")


@dataclass(frozen=True)
class RefersTo:
    """Marks a field whose ids must exist, as one of `kinds`."""

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)


def _when(value: object) -> object:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)  # a bare year is a YAML integer
    if not isinstance(value, str):
        raise ValueError("a date belongs here, such as 2024-08-06 or 2024-08")
    return PartialDate.parse(value)


def _amount(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Fraction):
        raise ValueError("a number belongs here, such as 1200, 7.5 or 1/3")
    try:
        number = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"'{value}' is not a number; write 1200, 7.5 or 1/3") from None
    if abs(number) >= 10**15:
        raise ValueError(f"'{value}' is more than a page can show")
    return number


def one_or_more(value: object) -> object:
    """A single word where a list may stand is a list of one."""
    return [value] if isinstance(value, str) else value


def _levels(value: object) -> object:
    return {"plain": value, "standard": value} if isinstance(value, str) else value


def _web_address(value: str) -> str:
    if not value.startswith(("https://", "http://")):
        raise ValueError("an address begins with https:// or http://")
    return value


Id = Annotated[str, Field(strict=True, pattern=r"^[a-z][a-z0-9-]*$")]
Ref = Annotated[str, Field(strict=True, pattern=r"^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$")]
Line = Annotated[str, Field(strict=True, min_length=1)]
Code = Annotated[str, Field(strict=True, pattern=r"^[a-z][a-z-]*$")]
StrictBool = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True, ge=0)]
Degrees = Annotated[float, Field(ge=-180, le=180)]
Date = Annotated[PartialDate, BeforeValidator(_when)]
Amount = Annotated[Fraction, BeforeValidator(_amount)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(one_or_more)]
Refs = Annotated[tuple[Ref, ...], BeforeValidator(one_or_more)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(one_or_more)]
SourceIds = Annotated[Ids, RefersTo("source")]
SpeakerIds = Annotated[Ids, RefersTo("person", "source", "origin")]
EstimateRefs = Annotated[Refs, RefersTo("estimate")]
WebAddress = Annotated[Line, AfterValidator(_web_address)]


class YamlModel(BaseModel):
    """The base of everything read from YAML: immutable, and no field it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, arbitrary_types_allowed=True)


class CheckedModel(YamlModel):
    """What a rule of `check` may find fault with. `accept` says, by the rule's code, why it stands all the same."""

    accept: Mapping[Code, Line] = Field(default_factory=dict)


class LevelText(YamlModel):
    """One text for each level; written as a single string where one will do for all."""

    standard: Line
    plain: Line | None = None
    advanced: Line | None = None

    def for_level(self, level: Level) -> str | None:
        """The text for `level`: advanced falls back to standard, plain has no fall-back."""
        if level == "advanced":
            return self.advanced or self.standard
        return self.plain if level == "plain" else self.standard


Text = Annotated[LevelText, BeforeValidator(_levels)]


CONTAINERS = (YamlModel, tuple, dict)  # what may hold values


def walk_models(value: Any, path: YamlPath = ()) -> Iterator[tuple[YamlPath, YamlModel]]:
    """Every Value inside `value`, outermost first, with its path in the YAML."""
    if isinstance(value, YamlModel):
        yield path, value
        for name, inner in vars(value).items():
            if isinstance(inner, CONTAINERS):
                yield from walk_models(inner, (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            if isinstance(item, CONTAINERS):
                yield from walk_models(item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk_models(item, (*path, key))


def is_within_depth(depth: Depth, wanted: Depth) -> bool:
    """Whether something of `depth` is shown to a reader who gets everything down to `wanted`."""
    return DEPTHS.index(depth) <= DEPTHS.index(wanted)
