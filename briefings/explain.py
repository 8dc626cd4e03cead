"""pydantic's errors over a Document -> Problems in an author's words, at their line."""

import difflib
from collections.abc import Iterable
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .read import Document, Path_, Problem
from .values import LevelText, Value

_PLAIN = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a mapping",
    type(None): "nothing",
}
_WANTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "mapping_type": "a mapping",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "int_type": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
}


def nearest(name: str, known: Iterable[str], saying: str = "did you mean '{}'?") -> str:
    """A hint with the known name most like `name`, or "" when none is."""
    match = difflib.get_close_matches(name, list(known), 1, 0.6)
    return saying.format(match[0]) if match else ""


def explain(error: ValidationError, document: Document, model: type[Value]) -> list[Problem]:
    """Each thing pydantic found, as a Problem."""
    return [_problem(detail, document, model) for detail in error.errors()]


def _problem(detail: ErrorDetails, document: Document, model: type[Value]) -> Problem:
    loc, kind = detail["loc"], detail["type"]
    path = _in_document(loc, document)
    owner = _owner(model, loc[:-1])
    thing = _thing(owner)
    if kind == "extra_forbidden":
        name = str(loc[-1])
        mark = document.mark(path, key=True)
        known = owner.model_fields
        hint = nearest(name, known) or f"it may have {', '.join(known)}"
        return document.problem("unknown-field", f"{thing} has no '{name}'", mark, hint)
    mark = document.mark(path)
    if kind == "missing":
        return document.problem("missing-field", f"{thing} needs '{loc[-1]}'", mark)
    if kind in _WANTED:
        message = f"{_WANTED[kind]} belongs {_at(loc)}, not {_show(detail['input'])}"
        return document.problem("wrong-type", message, mark, _quote_hint(kind, detail["input"]))
    if kind == "literal_error":
        choices = [str(c) for c in _choices(owner, loc)]
        hint = nearest(str(detail["input"]), choices) or f"one of {', '.join(choices)}"
        return document.problem("unknown-word", f"'{loc[-1]}' cannot be '{detail['input']}'", mark, hint)
    if kind == "string_pattern_mismatch":
        hint = "lower-case letters, digits and hyphens, beginning with a letter" + (
            "; two of them with a / between" if "/" in str(detail["ctx"]["pattern"]) else ""
        )
        return document.problem("bad-id", f"'{detail['input']}' cannot stand {_at(loc)}", mark, hint)
    message = str(detail.get("ctx", {}).get("error") or detail["msg"][:1].lower() + detail["msg"][1:])
    return document.problem("bad-value", f"{_where(loc)}{message}", mark)


def _in_document(loc: tuple[int | str, ...], document: Document) -> Path_:
    """The longest beginning of `loc` that stands in the file: a text for all levels has no level there."""
    path: Path_ = tuple(loc)
    while path and path not in document.marks:
        path = path[:-1]
    return path


def _owner(model: type[Value], loc: tuple[int | str, ...]) -> type[Value]:
    """The model that a path of field names and indices leads to."""
    for step in loc:
        field = model.model_fields.get(step) if isinstance(step, str) else None
        inner = _inner(field.annotation) if field else None
        model = inner or model
    return model


def _inner(annotation: Any) -> type[Value] | None:
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner(part))), None)


def _choices(owner: type[Value], loc: tuple[int | str, ...]) -> tuple[Any, ...]:
    name = next((step for step in reversed(loc) if isinstance(step, str)), "")
    field = owner.model_fields.get(name)
    return tuple(_leaves(field.annotation)) if field else ()


def _leaves(annotation: Any) -> Iterable[Any]:
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        yield from _leaves(part)


def _thing(owner: type[Value]) -> str:
    if owner is LevelText:
        return "a text by level"
    name = owner.model_config.get("title") or owner.__name__
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    return spaced if spaced.endswith(".yaml") else ("an " if spaced[0] in "aeiou" else "a ") + spaced


def _at(loc: tuple[int | str, ...]) -> str:
    names = [step for step in loc if isinstance(step, str)]
    if not names:
        return "here"
    return f"in '{names[-1]}'"


def _where(loc: tuple[int | str, ...]) -> str:
    return f"'{loc[-1]}': " if loc and isinstance(loc[-1], str) else ""


def _show(value: Any) -> str:
    kind = _PLAIN.get(type(value), "something else")
    return f"{kind} ({value})" if isinstance(value, int | float) and not isinstance(value, bool) else kind


def _quote_hint(kind: str, value: Any) -> str:
    if kind == "string_type" and isinstance(value, bool | int | float):
        return f'write "{str(value).lower() if isinstance(value, bool) else value}" in quotes if it is text'
    return ""
