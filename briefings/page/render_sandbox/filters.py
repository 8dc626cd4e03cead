"""The filters that a template may use, each with a limit for what it reads and makes. docs/templates.md lists them."""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from jinja2 import filters as jinja
from jinja2.utils import pass_environment, pass_eval_context

from .budget import (
    ITEMS_PER_STEP,
    MAX_WIDTH,
    TemplateLimitError,
    check_items,
    check_number,
    check_text,
    count_items,
    spend,
)
from .operators import calculate, check_joined, percent
from .values import printable

# Of one text. Their result is no longer than the text.
_OF_TEXT = ("capitalize", "e", "escape", "lower", "safe", "title", "trim", "upper", "wordcount")
# Of a number, or of anything: they neither print nor repeat it.
_OF_ANY = ("abs", "d", "default", "float")
# Of the values of a list. Their result has no more values.
_OF_VALUES = (
    *("dictsort", "groupby", "items", "map", "max", "min", "reject", "rejectattr", "select", "selectattr"),
    *("sort", "unique"),
)
_OF_LISTS = ("count", "first", "last", "length", "list", "reverse")  # they take little time for each value
_TAGS = re.compile(r"<[^<>]*>")
_COMMENT_END = "-->"


def _of_text(filter_: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(filter_)
    def checked(value: Any, *values: Any, **named: Any) -> Any:
        check_text(len(str(printable(value))))
        return filter_(value, *values, **named)

    return checked


def _of_values(filter_: Callable[..., Any], share: int = 1) -> Callable[..., Any]:
    """Count the values that a filter reads: a step for each `share`. Those of an iterator are counted as it goes."""

    @wraps(filter_)
    def checked(first: Any, *values: Any, **named: Any) -> Any:
        if hasattr(filter_, "jinja_pass_arg"):  # the environment or the context comes first
            return filter_(first, _counted(values[0], share), *values[1:], **named)
        return filter_(_counted(first, share), *values, **named)

    return checked


def _counted(values: Any, share: int = 1) -> Any:
    if hasattr(values, "__len__"):
        spend(len(values) // share)
    elif hasattr(values, "__next__"):
        return count_items(values)
    return values


def _string(value: Any) -> str:
    """Jinja's `string`: a text of what can be printed; markup stays markup."""
    return value if isinstance(value, str) else str(printable(value))


def _int(value: Any, default: int = 0, base: int = 10) -> Any:
    return check_number(jinja.do_int(value, default, base))


def _round(value: Any, precision: int = 0, method: Any = "common") -> Any:
    _check_width(abs(precision) * 10)
    return jinja.do_round(value, precision, method)


def _striptags(value: Any) -> str:
    """A text without tags, in one line; entities become characters. Jinja's own takes long for many tags."""
    kept, *rest = str(printable(value)).split("<!--")
    kept += "".join(part.partition(_COMMENT_END)[2] for part in rest)
    return html.unescape(" ".join(_TAGS.sub("", kept).split()))


@pass_eval_context
def _join(context: Any, value: Iterable[Any], d: str = "", attribute: Any = None) -> Any:
    """Jinja's `join`, of what can be printed."""
    values = list(_counted(value))
    if attribute is not None:
        values = list(map(jinja.make_attrgetter(context.environment, attribute), values))
    check_joined(str(printable(d)), values)
    return jinja.sync_do_join(context, values, d)


@pass_environment
def _sum(environment: Any, iterable: Iterable[Any], attribute: Any = None, start: Any = 0) -> Any:
    """Jinja's `sum`, of numbers or lists."""
    values = iterable if attribute is None else map(jinja.make_attrgetter(environment, attribute), iterable)
    total = start
    if isinstance(total, str):
        raise TypeError("sum adds numbers or lists; join texts with |join")
    total = list(total) if isinstance(total, list) else total
    for value in _counted(iter(values)):
        if isinstance(total, list) and isinstance(value, list | tuple):
            total += value  # in place: a new list for each addition would take long
            check_items(len(total))
        else:
            total = calculate("+", total, value)
    return total


def _replace(value: Any, old: Any, new: Any, count: int | None = None) -> Any:
    """Jinja's `replace`."""
    text, old, new = (printable(each) if isinstance(each, str) else str(printable(each)) for each in (value, old, new))
    found = text.count(old) if count is None else min(count, text.count(old))
    check_text(len(text) + found * len(new))
    return text.replace(old, new, -1 if count is None else count)


def _format(value: Any, *values: Any, **named: Any) -> str:
    """Jinja's `format`: `"%s"|format(x)`."""
    if values and named:
        raise TypeError("format takes values or names, not both")
    text = value if isinstance(value, str) else str(printable(value))
    return percent(text, named or values)


def _batch(value: Iterable[Any], linecount: int, fill_with: Any = None) -> Any:
    _check_width(linecount)
    return jinja.do_batch(_counted(value), linecount, fill_with)


def _slice(value: Any, slices: int, fill_with: Any = None) -> Any:
    _check_width(slices)
    return jinja.sync_do_slice(_counted(value), slices, fill_with)


def _indent(value: Any, width: int | str = 4, first: bool = False, blank: bool = False) -> Any:
    text = printable(value)
    added = len(width) if isinstance(width, str) else _check_width(width)
    check_text(len(str(text)) + added * (str(text).count("\n") + 1))
    return jinja.do_indent(text, width, first, blank)


@pass_environment
def _truncate(environment: Any, value: Any, length: int = 255, *more: Any, **named: Any) -> Any:
    check_text(len(str(printable(value))))
    return jinja.do_truncate(environment, value, length, *more, **named)


def _check_width(width: int) -> int:
    if not 0 <= width <= MAX_WIDTH:
        raise TemplateLimitError(f"a width or number of {width:,}; at most {MAX_WIDTH:,} is allowed")
    return width


def allowed_filters(present: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """The filters of a sandbox, out of those that Jinja has."""
    return {
        **{name: _of_text(present[name]) for name in _OF_TEXT},
        **{name: present[name] for name in _OF_ANY},
        **{name: _of_values(present[name]) for name in _OF_VALUES},
        **{name: _of_values(present[name], ITEMS_PER_STEP) for name in _OF_LISTS},
        **{"batch": _batch, "format": _format, "indent": _indent, "int": _int, "join": _join},
        **{
            "replace": _replace,
            "round": _round,
            "slice": _slice,
            "string": _string,
            "striptags": _striptags,
            "sum": _sum,
            "truncate": _truncate,
        },
    }
