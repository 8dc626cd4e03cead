"""pydantic's validation errors about a YamlFile -> Problems in plain words, with file, line and column."""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..pack.yaml_file import YamlFile
from ..pack.yaml_hints import name_invisible
from ..problems import Hints, Mark, Problem, YamlPath
from ..schema.fields import NOT_BLANK, LevelText, YamlModel
from ..schema.files import FILES

# What an author wrote, by its Python type.
_TYPE_NAMES = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a mapping",
    type(None): "nothing",
}
# What the field expects, by pydantic's error type.
_EXPECTED = {
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


def validation_problems(error: ValidationError, yaml_file: YamlFile, model: type[YamlModel]) -> list[Problem]:
    """A Problem for each of pydantic's errors, without repetitions.

    pydantic drops invalid items from a list and then reports it as too short: that error is left out if an item is
    reported.
    """
    errors = error.errors(include_url=False)
    around = {each["loc"][:length] for each in errors for length in range(len(each["loc"]))}  # what has an error inside
    details = [d for d in errors if not (d["type"] == "too_short" and d["loc"] in around)]
    hints = Hints()
    return list(dict.fromkeys(_problem(detail, yaml_file, model, hints) for detail in details))


def _problem(detail: ErrorDetails, yaml_file: YamlFile, model: type[YamlModel], hints: Hints) -> Problem:
    kind = detail["type"]
    owner = _models_at(model, detail["loc"][:-1])[0][0]
    models, loc = _models_at(model, detail["loc"])
    path = _path_in_file(loc, yaml_file)
    owner_name = _with_article(owner)
    if kind.startswith("union_tag"):
        return _unknown_kind(detail, models, yaml_file, path, hints)
    if kind == "extra_forbidden":
        hint = _file_with(loc) or _unknown_field_hint(str(loc[-1]), detail["input"], owner, hints)
        return _unknown_field(owner_name, str(loc[-1]), yaml_file, path, hint)
    mark = yaml_file.mark(path)
    if kind == "missing":
        return yaml_file.problem("missing-field", f"{owner_name} needs '{loc[-1]}'", mark, f"add '{loc[-1]}: …' here")
    if kind in _EXPECTED:
        expected = "text" if models[0] is LevelText else _EXPECTED[kind]
        message = f"expected {expected} {_in_field(loc)}, not {_describe(detail['input'])}"
        return yaml_file.problem("wrong-type", message, mark, _type_hint(expected, detail["input"]))
    if kind == "literal_error":
        choices = [str(c) for c in _choices(owner, loc)]
        written = _shown(detail["input"])
        hint = hints.near(written, lambda: choices, kind=_name(loc)) or f"write one of {', '.join(choices)}"
        return yaml_file.problem("unknown-word", f"'{_name(loc)}' cannot be '{written}'", mark, hint)
    if kind in ("too_short", "too_long") and detail["input"]:
        limit, number = detail["ctx"]["min_length" if kind == "too_short" else "max_length"], len(detail["input"])
        few = kind == "too_short"
        message = f"{_field_prefix(path)}there {'is' if number == 1 else 'are'} {number} here, and "
        message += f"at least {limit} are needed" if few else f"there may be {limit} at most"
        return yaml_file.problem("bad-value", message, mark, "write more" if few else "take some out")
    if "too_short" in kind or detail.get("ctx", {}).get("pattern") == NOT_BLANK:
        # A single text is that of every level, of which one is required: their errors are one.
        field = owner.model_fields.get(_name(loc)) if owner is not LevelText else None
        hint = "write something" if field and field.is_required() else "write something, or leave the field out"
        return yaml_file.problem("bad-value", f"{_field_prefix(path)}this is empty", mark, hint)
    if kind in ("string_pattern_mismatch", "string_too_long"):
        return yaml_file.problem("bad-id", *_bad_id(detail, loc, mark))
    if kind in ("less_than_equal", "greater_than_equal"):
        return yaml_file.problem("bad-value", _beyond(detail, _name(loc)), mark)
    message = str(detail.get("ctx", {}).get("error") or detail["msg"][:1].lower() + detail["msg"][1:])
    message, _, hint = message.partition("; ")
    return yaml_file.problem("bad-value", f"{_field_prefix(path)}{message}", mark, hint)


def _bad_id(detail: ErrorDetails, loc: tuple[int | str, ...], mark: Mark) -> tuple[str, Mark, str]:
    """(message, place, hint) for an id that is written wrong or too long."""
    invisible, written = name_invisible(str(detail["input"])), _shown(detail["input"])
    if detail["type"] == "string_too_long":
        length, limit = len(detail["input"]), detail["ctx"]["max_length"]
        return f"'{written}' has {length:,} characters, and {limit} have room", mark, "write a shorter one"
    message = f"'{written}' is not valid {_in_field(loc)}"
    message += f": it has {invisible}, which nobody sees" if invisible else ""
    return message, mark, "delete that" if invisible else _pattern_hint(str(detail["ctx"]["pattern"]))


def _shown(written: object) -> str:
    """What an author wrote, as far as a message has room for it."""
    text = str(written)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


_MOST_SHOWN = 60


def _unknown_field(owner: str, name: str, yaml_file: YamlFile, path: YamlPath, hint: str) -> Problem:
    message = f"{owner} has no field '{_shown(name)}'"
    return yaml_file.problem("unknown-field", message, yaml_file.mark(path, key=True), hint)


def _file_with(loc: tuple[int | str, ...]) -> str:
    """A hint that names the file of a pack that has this key at its top, or "" if none has it."""
    file = next((file.name for file in FILES if loc[-1] in file.fields), "") if len(loc) == 1 else ""
    return f"write '{loc[-1]}' in {file}" if file else ""


def _unknown_field_hint(name: str, value: object, owner: type[YamlModel], hints: Hints) -> str:
    if name.isdigit():  # {value: 1,200} has a field 200
        return "write 1200, not 1,200: inside { } a comma begins the next field"
    if value is None and not name.isidentifier():  # {plain: Yes, destroy it}
        return "put the text before it in quotes: inside { } a comma begins the next field"
    if invisible := name_invisible(name):
        return f"delete {invisible}, which nobody sees"
    known = owner.model_fields
    near = hints.near(name, lambda: known, kind=owner.__name__)
    return near or f"write one of {', '.join(known)}, or delete it"


def _beyond(detail: ErrorDetails, name: str) -> str:
    """What is wrong with a number that is too low or too high."""
    if name in ("lat", "lon"):
        what, limit = ("latitude", 90) if name == "lat" else ("longitude", 180)
        return f"there is no {what} {detail['input']}; write degrees from -{limit} to {limit}, such as 51.19"
    limits = detail["ctx"]
    end = f"the highest is {limits['le']}" if "le" in limits else f"the lowest is {limits['ge']}"
    return f"'{name}' cannot be {detail['input']}; {end}"


def _path_in_file(loc: tuple[int | str, ...], yaml_file: YamlFile) -> YamlPath:
    """The longest prefix of `loc` that is in the file: a single string for all levels has no levels there."""
    path: YamlPath = tuple(loc)
    while path and path not in yaml_file.marks:
        path = path[:-1]
    return path


def _unknown_kind(
    detail: ErrorDetails, models: list[type[YamlModel]], yaml_file: YamlFile, path: YamlPath, hints: Hints
) -> Problem:
    """A Problem for an item whose fields depend on its `kind`, with an unknown kind or none."""
    known = [word for model in models for word in _literal_values(model.model_fields["kind"].annotation)]
    if detail["type"] == "union_tag_not_found":
        hint = f"write one of {', '.join(known)}"
        return yaml_file.problem(
            "missing-field", f"{_in_field(path)[3:]} has an item without 'kind'", yaml_file.mark(path), hint
        )
    kind = _shown(detail["ctx"]["tag"])
    hint = hints.near(kind, lambda: known, kind="kind") or f"write one of {', '.join(known)}"
    return yaml_file.problem("unknown-word", f"'kind' cannot be '{kind}'", yaml_file.mark((*path, "kind")), hint)


def _models_at(
    model: type[YamlModel], loc: tuple[int | str, ...]
) -> tuple[list[type[YamlModel]], tuple[int | str, ...]]:
    """The models that a path of field names and indices leads to, one for each kind it may be; the path in the file.

    For an item that has a kind, pydantic adds the kind to the path: it is left out of ("drawings", 0, "map", "frame").
    """
    models = [model]
    path: list[int | str] = []
    for step in loc:
        if len(models) > 1 and isinstance(step, str):
            models = [each for each in models if step in _literal_values(each.model_fields["kind"].annotation)]
            continue
        path.append(step)
        field = models[0].model_fields.get(step) if isinstance(step, str) else None
        models = (list(_inner(field.annotation)) if field else []) or models
    return models, tuple(path)


def _inner(annotation: Any) -> Iterator[type[YamlModel]]:
    """The models inside an annotation such as `tuple[Statement, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, YamlModel):
        yield annotation
    for part in get_args(annotation):
        yield from _inner(part)


def _choices(owner: type[YamlModel], loc: tuple[int | str, ...]) -> tuple[Any, ...]:
    field = owner.model_fields.get(_name(loc))
    return tuple(_literal_values(field.annotation)) if field else ()


def _literal_values(annotation: Any) -> Iterable[Any]:
    """The words of every Literal inside an annotation."""
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        yield from _literal_values(part)


def _with_article(owner: type[YamlModel]) -> str:
    """A model's name in words: "an estimate", "a key figure", "pack.yaml"."""
    if owner is LevelText:
        return "a text by level"
    name = owner.model_config.get("title") or owner.__name__
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    return spaced if spaced.endswith((".yaml", ".toml")) else ("an " if spaced[0] in "aeiou" else "a ") + spaced


def _name(loc: tuple[int | str, ...]) -> str:
    """The field's name, also if `loc` is that of an item of its list or of a key of its mapping."""
    if loc and loc[-1] == "[key]":
        loc = loc[:-2]
    return next((step for step in reversed(loc) if isinstance(step, str)), "")


def _in_field(loc: tuple[int | str, ...]) -> str:
    return f"in '{_name(loc)}'" if _name(loc) else "here"


def _field_prefix(loc: tuple[int | str, ...]) -> str:
    return f"'{loc[-1]}': " if loc and isinstance(loc[-1], str) else ""


def _describe(value: Any) -> str:
    kind = next((name for each, name in _TYPE_NAMES.items() if isinstance(value, each)), "something else")
    return f"{kind} ({value})" if isinstance(value, int | float) and not isinstance(value, bool) else kind


def _pattern_hint(pattern: str) -> str:
    if pattern.startswith("^[A-Z]"):
        return "write an ISO 3166 code, such as DE or DE-BY"
    if "0-9" not in pattern:
        return "write a language code, such as en or en-GB"
    pair = ", and two of them with a / between" if "/" in pattern else ""
    return f"write lower-case letters, digits and hyphens, beginning with a letter{pair}"


_EXAMPLES = {
    "a list": "write [one, another], or a line that begins with '- ' for each",
    "a mapping": "write the fields with their values, such as {field: value}",
    "a whole number": "write digits, such as 12",
    "a number": "write digits, such as 7.5",
    "text": "write one text",
    "true or false": "write true or false",
}


def _type_hint(expected: str, value: Any) -> str:
    if value is None:
        return "write it after the colon, or leave the field out if the pack can do without it"
    if expected == "text" and isinstance(value, bool | int | float):
        return f'write "{str(value).lower() if isinstance(value, bool) else value}" in quotes if this is text'
    return _EXAMPLES[expected]
