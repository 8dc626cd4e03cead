"""A value in a template -> whether it can be printed, and which of its attributes can be read.

Both are lists of what is allowed. What Python prints of anything else is the inside of this program: addresses in
memory, names of modules, and the whole data behind a function.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from ...schema.dates import PartialDate
from ...schema.fields import YamlModel

_PRINTED = frozenset((str, int, float, bool, type(None)))
_PRINTED_TOO = (str, int, float, Fraction, PartialDate, date)  # with their subclasses, such as Markup
_DATA = (str, int, float, Fraction, date, list, tuple, Mapping, frozenset, YamlModel)
_FEW = 100
_TEXT = frozenset(
    (
        *("capitalize", "count", "endswith", "format", "isalpha", "isdigit", "isupper", "islower", "join", "lower"),
        *("lstrip", "partition", "removeprefix", "removesuffix", "replace", "rpartition", "rsplit", "rstrip", "split"),
        *("splitlines", "startswith", "strip", "striptags", "title", "upper"),
    )
)
_MAPPING = frozenset(("get", "items", "keys", "values"))
_SEQUENCE = frozenset(("count",))
_FRACTION = frozenset(("numerator", "denominator"))
_DATE = frozenset(("day", "isoformat", "month", "weekday", "year"))


class NotPrintableError(TypeError):
    """A template prints what is no text, number or date."""


def printable(value: Any) -> Any:
    """Return what a page can print as it is: a text, a number, a date. Raises NotPrintableError for anything else."""
    if value.__class__ in _PRINTED or isinstance(value, _PRINTED_TOO):
        return value
    raise NotPrintableError(f"{describe(value)} cannot be printed; print a text, a number or a date of it")


def describe(value: Any) -> str:
    """What a message calls a value: its kind alone, never what Python prints of it."""
    name = type(value).__name__.strip("_")
    if callable(value):
        return "a function"
    return f"a {name}" if name in ("list", "dict", "tuple", "set") else f"a value of the kind '{name}'"


def check_argument(value: Any) -> None:
    """Refuse what is no data as an argument of a template function: a function, a namespace, a loop. Raises TypeError.

    Only the first values of a list are looked at: a function that prints values checks each.
    """
    for each in value[:_FEW] if isinstance(value, list | tuple) else (value,):
        if callable(each) or not (
            isinstance(each, _DATA) or is_dataclass(each) or each is None or hasattr(each, "__next__")
        ):
            raise TypeError(f"a template function cannot be given {describe(each)}")


def is_readable(value: Any, name: str) -> bool:
    """Whether a template may read the attribute `name` of a value of the data."""
    kind = value.__class__
    # Only the fields of our own objects: pydantic's methods read files and load pickles, and PartialDate.parse() and
    # the like are not made for the authors of templates.
    if isinstance(value, YamlModel):
        return name in kind.model_fields
    if is_dataclass(value) and not isinstance(value, type):
        return name in _public_attributes(kind)
    if isinstance(value, str):
        return name in _TEXT
    if isinstance(value, Mapping):
        return name in _MAPPING
    if isinstance(value, tuple | list):
        return name in _SEQUENCE or name in getattr(kind, "_fields", ())
    if isinstance(value, Fraction):
        return name in _FRACTION
    return isinstance(value, date) and name in _DATE


@cache
def _public_attributes(kind: Any) -> frozenset[str]:
    """Return the names of the fields and properties of a dataclass."""
    names = {f.name for f in fields(kind)} | {n for n in dir(kind) if isinstance(getattr(kind, n), property)}
    return frozenset(name for name in names if not name.startswith("_"))
