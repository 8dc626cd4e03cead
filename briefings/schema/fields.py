"""The types that fields of the data may have, plain values -> validated ones: ids, dates, amounts, texts by level."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from ..limits import MAX_DIGITS, MAX_ID, MAX_VALUE
from ..problems import YamlPath
from .dates import PartialDate

Level = Literal["plain", "standard", "advanced"]
Depth = Literal["core", "more", "full"]
NOT_BLANK = r"\S"  # a text of spaces prints as nothing
LEVELS: tuple[Level, ...] = ("plain", "standard", "advanced")
DEPTHS = ("core", "more", "full")


@dataclass(frozen=True)
class RefersTo:
    """Declares, in a field's annotation, that its ids must exist in the pack as one of `kinds`."""

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)  # the dataclass is frozen


def as_date(value: object) -> object:
    """Read a date; a bare year may be a number."""
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)  # a bare year is a YAML integer
    if not isinstance(value, str):
        raise ValueError(f"expected a date, not {_describe(value)}; write 2024-08-06, 2024-08 or 2024")
    return PartialDate.parse(value)


def _describe(value: object) -> str:
    """A value that is not a date, in the words of someone who writes YAML."""
    if value is None:
        return "an empty field"
    if isinstance(value, bool):
        return f"'{str(value).lower()}'"
    if isinstance(value, float):
        return f"the number {value}"
    return "a list" if isinstance(value, list | tuple) else "a mapping"


class WrittenAmount(Fraction):
    """An exact number with its precision: `decimals` of 3.50 is 2, as the source gives it. Calculations drop it."""

    _text: str

    def __new__(cls, text: str) -> "WrittenAmount":
        amount: WrittenAmount = super().__new__(cls, text)
        amount._text = text
        return amount

    # Those of Fraction would lose the precision.
    def __reduce__(self) -> tuple[type["WrittenAmount"], tuple[str]]:
        return WrittenAmount, (self._text,)

    def __copy__(self) -> "WrittenAmount":
        return self

    def __deepcopy__(self, _: object) -> "WrittenAmount":
        return self

    @property
    def decimals(self) -> int:
        """How many decimals the author wrote."""
        return len(self._text.partition(".")[2]) if re.fullmatch(r"[-+]?\d*\.\d+", self._text) else 0


def decimals_of(amount: Fraction) -> int:
    """How many decimals an author wrote; 0 for a calculated number."""
    return amount.decimals if isinstance(amount, WrittenAmount) else 0


def as_amount(value: object) -> object:
    """Read an exact number, written as a number or as a fraction, and remember its decimals."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Fraction):
        raise ValueError("expected a number; write 1200, 7.5 or 1/3")
    if isinstance(value, Fraction):
        return value
    text = str(value).strip()
    # Before it is calculated: 1e999999999 would take all memory, and so would 1e9_9_9_9, which is the same to Python.
    if re.search(r"[eE][-+]?\d{3}", text.replace("_", "")) or len(text) > MAX_DIGITS:
        raise ValueError(f"'{text[:30]}' is too large for a page; write a number below 10^15")
    try:
        number = WrittenAmount(text)  # by its text: Fraction(7.1) would be the nearest binary fraction
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"'{value}' is not a number; write 1200, 7.5 or 1/3") from None
    if abs(number) >= MAX_VALUE:
        raise ValueError(f"'{value}' is too large for a page; write a number below 10^15")
    if re.match(r"[-+]?0\d", text):
        raise ValueError(f"'{value}' begins with a zero; write {text.lstrip('+-0') or '0'}")
    return number


def one_or_more(value: object) -> object:
    """A list of one for a single string, so that an author may leave out the brackets."""
    return [value] if isinstance(value, str) else value


def as_levels(value: object) -> object:
    """A single string is the text for all levels."""
    return {"plain": value, "standard": value} if isinstance(value, str) else value


def _web_address(value: str) -> str:
    if not value.startswith(("https://", "http://")):
        raise ValueError("this is not a web address; begin it with https:// or http://")
    if re.search(r"[\s\"<>]", value):
        raise ValueError("a web address has no spaces and no quotes; write %20 for a space, %22 for a quote")
    return value


Id = Annotated[str, Field(strict=True, pattern=r"^[a-z][a-z0-9-]*$", max_length=MAX_ID)]
Ref = Annotated[str, Field(strict=True, pattern=r"^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$", max_length=2 * MAX_ID)]
AnyId = Annotated[
    str, Field(strict=True, pattern=r"^[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)?$", max_length=2 * MAX_ID)
]  # an Id or a Ref
Line = Annotated[str, Field(strict=True, min_length=1, pattern=NOT_BLANK)]
LanguageCode = Annotated[str, Field(strict=True, pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
Code = Annotated[str, Field(strict=True, pattern=r"^[a-z][a-z-]*$")]
StrictBool = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True, ge=0)]
Degrees = Annotated[float, Field(ge=-180, le=180)]
Date = Annotated[PartialDate, BeforeValidator(as_date)]
Amount = Annotated[Fraction, BeforeValidator(as_amount)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(one_or_more)]
Refs = Annotated[tuple[Ref, ...], BeforeValidator(one_or_more)]
AnyIds = Annotated[tuple[AnyId, ...], BeforeValidator(one_or_more)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(one_or_more)]
SourceIds = Annotated[Ids, RefersTo("source")]
SpeakerIds = Annotated[Ids, RefersTo("person", "source", "origin")]
EstimateRefs = Annotated[Refs, RefersTo("estimate")]
WebAddress = Annotated[Line, AfterValidator(_web_address)]


class YamlModel(BaseModel):
    """The base of everything read from YAML: immutable, and an unknown field is an error."""

    # defer_build: a validator is compiled when its model is first used, not on import.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, arbitrary_types_allowed=True)


class CheckedModel(YamlModel):
    """A value that rules of `check` examine. `accept` gives, by rule code, the reason to accept a finding about it."""

    #: findings of check to keep: the reason, by the rule's code
    accept: Mapping[Code, Line] = Field(default_factory=dict)


class LevelText(YamlModel):
    """A text by level. A single string in the YAML is the text for all levels."""

    standard: Line  #: for upper secondary and the public; always required
    plain: Line | None = None  #: for pupils; required where an audience at this level is shown the text
    advanced: Line | None = None  #: for a seminar; default: the standard text

    def for_level(self, level: Level) -> str | None:
        """The text for `level`. Advanced falls back to standard; plain has no fallback and may be None."""
        if level == "advanced":
            return self.advanced or self.standard
        return self.plain if level == "plain" else self.standard


Text = Annotated[LevelText, BeforeValidator(as_levels)]


class Minutes(YamlModel):
    """How long a class works on a question: each alone, in pairs, and together."""

    think: Whole = 0  #: each alone
    pair: Whole = 0  #: in pairs
    share: Whole = 0  #: together

    @property
    def steps(self) -> tuple[tuple[str, int], ...]:
        """(step, minutes) of each step that takes any, in the order of a lesson."""
        return tuple((step, n) for step in ("think", "pair", "share") if (n := int(getattr(self, step))))


@cache
def reference_fields(model: type[YamlModel]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The fields of a model that hold ids, each with the kinds they may refer to."""
    fields = model.model_fields.items()
    return tuple((name, m.kinds) for name, info in fields for m in info.metadata if isinstance(m, RefersTo))


CONTAINERS = (YamlModel, tuple, dict)  # the types that may contain a YamlModel


def walk_models(value: Any, path: YamlPath = ()) -> Iterator[tuple[YamlPath, YamlModel]]:
    """Every YamlModel inside `value`, outermost first, with its path in the YAML."""
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


def is_within_depth(depth: Depth, limit: Depth) -> bool:
    """Whether something of `depth` is shown when everything down to `limit` is."""
    return DEPTHS.index(depth) <= DEPTHS.index(limit)
