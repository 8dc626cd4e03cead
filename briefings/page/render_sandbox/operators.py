"""The operators and text methods of a template, with a limit for the size of what they make."""

import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from jinja2.sandbox import SandboxedEscapeFormatter, SandboxedFormatter

from .budget import MAX_NUMBER, MAX_WIDTH, TemplateLimitError, check_items, check_number, check_text, spend
from .values import NotPrintableError, printable

_OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}
INTERCEPTED = frozenset(_OPERATORS)
_NUMBERS: frozenset[Any] = frozenset((int, float, bool))
# %(name)05.2f
_PERCENT = re.compile(
    r"%(?:\((?P<name>[^)]*)\))?[-#0 +]*(?P<width>\*|\d*)(?:\.(?P<precision>\*|\d*))?(?P<kind>.?)", re.S
)
_DIGITS = re.compile(r"\d+")


def calculate(sign: str, left: Any, right: Any) -> Any:
    """Return `left sign right`. Raises TemplateLimitError for a result that is too large."""
    if left.__class__ in _NUMBERS and right.__class__ in _NUMBERS:
        if sign == "**" and not (abs(left) <= MAX_NUMBER and abs(right) <= MAX_WIDTH):
            raise TemplateLimitError(f"a power with an exponent of more than {MAX_WIDTH:,}")
        return check_number(_OPERATORS[sign](left, right))
    spend(1)
    if sign == "%" and isinstance(left, str):
        return percent(left, right)
    if sign == "*":
        _check_repeated(left, right)
        _check_repeated(right, left)
    elif sign == "+":
        _check_joined(left, right)
    elif sign == "**" and not (isinstance(left, float | int) and isinstance(right, float | int)):
        raise TypeError("only numbers have powers")
    result = _OPERATORS[sign](left, right)
    if isinstance(result, Fraction):
        check_number(result.numerator)
        check_number(result.denominator)
    return check_number(result)


def _check_repeated(values: Any, times: Any) -> None:
    if not isinstance(times, int):
        return
    if isinstance(values, str):
        check_text(len(values) * max(times, 0))
    elif isinstance(values, Sequence):
        check_items(len(values) * max(times, 0))


def _check_joined(left: Any, right: Any) -> None:
    if isinstance(left, str) and isinstance(right, str):
        check_text(len(left) + len(right))
    elif isinstance(left, Sequence) and isinstance(right, Sequence):
        check_items(len(left) + len(right))


def percent(text: str, values: Any) -> str:
    """Return `text % values`. Widths are limited, and only what can be printed is put in."""
    given = tuple(values.values()) if isinstance(values, Mapping) else values if type(values) is tuple else (values,)
    longest = max((len(str(printable(value))) for value in given), default=0)
    length = len(text)
    for place in _PERCENT.finditer(text):
        if place["kind"] in ("r", "a"):
            raise NotPrintableError(f"'{place[0]}' is not available; write %s")
        length += longest + _width(place["width"]) + _width(place["precision"])
    check_text(length)
    made: str = text % values
    return made


def _width(digits: str | None) -> int:
    if digits == "*" or len(digits or "") > len(str(MAX_WIDTH)) or int(digits or 0) > MAX_WIDTH:
        raise TemplateLimitError(f"a width of more than {MAX_WIDTH:,} in a format")
    return int(digits or 0)


def joined(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    """The parts of `a ~ b`, which can all be printed and are not too long together."""
    check_text(sum(len(part) if isinstance(part, str) else len(str(printable(part))) for part in parts))
    return parts


def check_method(text: str, name: str, values: tuple[Any, ...], named: Mapping[str, Any]) -> None:
    """Refuse a method of a text whose result would be too long."""
    spend(len(text) // 64)
    if name == "replace" and len(values) >= 2:
        old, new = values[:2]
        if isinstance(old, str) and isinstance(new, str):
            check_text(len(text) + (text.count(old) * len(new)))
    elif name == "join" and values:
        if not isinstance(values[0], str | list | tuple):
            raise TypeError("join() needs a list; write |list before it")
        check_joined(text, values[0])


def check_joined(separator: str, values: Iterable[Any]) -> None:
    """Refuse a list that is too long as one text, or has what cannot be printed."""
    check_text(sum(len(str(printable(value))) + len(separator) for value in values))


class Formatter(SandboxedFormatter):
    """`"{}".format()` with limited widths, and only with what can be printed."""

    made = 0  # characters so far

    def format_field(self, value: Any, format_spec: str) -> str:
        """Format one field."""
        if any(len(digits) > 4 or int(digits) > MAX_WIDTH for digits in _DIGITS.findall(format_spec)):
            raise TemplateLimitError(f"a width of more than {MAX_WIDTH:,} in a format")
        text: str = super().format_field(printable(value), format_spec)
        self.made += len(text)
        check_text(self.made)
        return text

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """Apply !s; !r and !a print what a value is inside."""
        if conversion not in (None, "s"):
            raise NotPrintableError(f"'!{conversion}' is not available")
        return super().convert_field(printable(value), conversion)


class EscapeFormatter(Formatter, SandboxedEscapeFormatter):
    """The same for a text that is markup already: what is put in is escaped."""
