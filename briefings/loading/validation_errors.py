"""pydantic's errors over a Document -> Problems in an author's words, at their line."""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..pack.yaml_file import YamlFile
from ..problems import Problem, YamlPath, did_you_mean
from ..schema.fields import LevelText, YamlModel

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


def validation_problems(error: ValidationError, document: YamlFile, model: type[YamlModel]) -> list[Problem]:
    """Each thing pydantic found, as a Problem, once. A list is not short for its items being wrong."""
    details = [d for d in error.errors() if not (d["type"] == "too_short" and d["input"])]
    return list(dict.fromkeys(_problem(detail, document, model) for detail in details))


def _problem(detail: ErrorDetails, document: YamlFile, model: type[YamlModel]) -> Problem:
    kind = detail["type"]
    owner = _owner(model, detail["loc"][:-1])[0][0]
    models, loc = _owner(model, detail["loc"])
    path = _in_document(loc, document)
    thing = _thing(owner)
    if kind.startswith("union_tag"):
        return _unknown_kind(detail, models, document, path)
    if kind == "extra_forbidden":
        name = str(loc[-1])
        mark = document.mark(path, key=True)
        known = owner.model_fields
        hint = did_you_mean(name, known) or f"it may have {', '.join(known)}"
        if name.isdigit():
            hint = "write 1200, not 1,200: between { } a comma begins the next field"
        return document.problem("unknown-field", f"{thing} has no '{name}'", mark, hint)
    mark = document.mark(path)
    if kind == "missing":
        return document.problem("missing-field", f"{thing} needs '{loc[-1]}'", mark)
    if kind in _WANTED:
        wanted = "text" if models[0] is LevelText else _WANTED[kind]
        message = f"{wanted} belongs {_at(loc)}, not {_show(detail['input'])}"
        return document.problem("wrong-type", message, mark, _quote_hint(wanted, detail["input"]))
    if kind == "literal_error":
        choices = [str(c) for c in _choices(owner, loc)]
        hint = did_you_mean(str(detail["input"]), choices) or f"one of {', '.join(choices)}"
        return document.problem("unknown-word", f"'{_name(loc)}' cannot be '{detail['input']}'", mark, hint)
    if kind == "string_pattern_mismatch":
        message = f"'{detail['input']}' cannot stand {_at(loc)}"
        return document.problem("bad-id", message, mark, _shape(str(detail["ctx"]["pattern"])))
    message = str(detail.get("ctx", {}).get("error") or detail["msg"][:1].lower() + detail["msg"][1:])
    return document.problem("bad-value", f"{_where(path)}{'this is empty' if 'too_short' in kind else message}", mark)


def _in_document(loc: tuple[int | str, ...], document: YamlFile) -> YamlPath:
    """The longest beginning of `loc` that stands in the file: a text for all levels has no level there."""
    path: YamlPath = tuple(loc)
    while path and path not in document.marks:
        path = path[:-1]
    return path


def _unknown_kind(detail: ErrorDetails, models: list[type[YamlModel]], document: YamlFile, path: YamlPath) -> Problem:
    """Where what a thing may have depends on its kind, and it has none that there is."""
    known = [word for model in models for word in _literal_values(model.model_fields["kind"].annotation)]
    if detail["type"] == "union_tag_not_found":
        hint = f"one of {', '.join(known)}"
        return document.problem(
            "missing-field", f"{_at(path)[3:]} has an item without 'kind'", document.mark(path), hint
        )
    kind = detail["ctx"]["tag"]
    hint = did_you_mean(kind, known) or f"one of {', '.join(known)}"
    return document.problem("unknown-word", f"'kind' cannot be '{kind}'", document.mark((*path, "kind")), hint)


def _owner(model: type[YamlModel], loc: tuple[int | str, ...]) -> tuple[list[type[YamlModel]], tuple[int | str, ...]]:
    """The models that a path of field names and indices leads to, one a kind where there are kinds; and the path as it
    stands in the file, where pydantic adds the kind to it."""
    models = [model]
    path: list[int | str] = []
    for step in loc:
        if len(models) > 1 and isinstance(step, str):
            models = [m for m in models if step in _literal_values(m.model_fields["kind"].annotation)]
            continue
        path.append(step)
        field = models[0].model_fields.get(step) if isinstance(step, str) else None
        models = (list(_inner(field.annotation)) if field else []) or models
    return models, tuple(path)


def _inner(annotation: Any) -> Iterator[type[YamlModel]]:
    if isinstance(annotation, type) and issubclass(annotation, YamlModel):
        yield annotation
    for part in get_args(annotation):
        yield from _inner(part)


def _choices(owner: type[YamlModel], loc: tuple[int | str, ...]) -> tuple[Any, ...]:
    field = owner.model_fields.get(_name(loc))
    return tuple(_literal_values(field.annotation)) if field else ()


def _literal_values(annotation: Any) -> Iterable[Any]:
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        yield from _literal_values(part)


def _thing(owner: type[YamlModel]) -> str:
    if owner is LevelText:
        return "a text by level"
    name = owner.model_config.get("title") or owner.__name__
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    return spaced if spaced.endswith(".yaml") else ("an " if spaced[0] in "aeiou" else "a ") + spaced


def _name(loc: tuple[int | str, ...]) -> str:
    """The field's name, also where `loc` leads to an item of its list or to a key of its mapping."""
    if loc and loc[-1] == "[key]":
        loc = loc[:-2]
    return next((step for step in reversed(loc) if isinstance(step, str)), "")


def _at(loc: tuple[int | str, ...]) -> str:
    return f"in '{_name(loc)}'" if _name(loc) else "here"


def _where(loc: tuple[int | str, ...]) -> str:
    return f"'{loc[-1]}': " if loc and isinstance(loc[-1], str) else ""


def _show(value: Any) -> str:
    kind = _PLAIN.get(type(value), "something else")
    return f"{kind} ({value})" if isinstance(value, int | float) and not isinstance(value, bool) else kind


def _shape(pattern: str) -> str:
    if pattern.startswith("^[A-Z]"):
        return "write an ISO 3166 code, such as DE or DE-BY"
    if "0-9" not in pattern:
        return "write a language's code, such as en or en-GB"
    several = "; two of them with a / between" if "/" in pattern else ""
    return f"lower-case letters, digits and hyphens, beginning with a letter{several}"


def _quote_hint(wanted: str, value: Any) -> str:
    if wanted == "text" and isinstance(value, bool | int | float):
        return f'write "{str(value).lower() if isinstance(value, bool) else value}" in quotes if it is text'
    return ""
