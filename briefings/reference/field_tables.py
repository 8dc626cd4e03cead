"""The models -> the field reference of docs/data.md: for each kind of file, tables of its fields."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from ..schema.audience import Audience
from ..schema.corrections import ChangesFile
from ..schema.dates import PartialDate
from ..schema.drawings import Drawing
from ..schema.fields import NOT_BLANK, LevelText, RefersTo, YamlModel
from ..schema.project import ProjectFile, StyleFile
from ..schema.statements import Item, Statement
from ..schema.topic import PackInfo
from .descriptions import field_meanings, summary
from .json_schema import KINDS

_WHOLE_FILES = {
    PackInfo: "pack.yaml",
    ChangesFile: "editions/&lt;number&gt;/changes.yaml",
    Audience: "data/audiences/&lt;id&gt;.yaml",
    ProjectFile: "briefings.toml",
    StyleFile: "style.yaml",
}
_BASES = (Statement, Item, Drawing)  # each has a table of its own; what builds on it lists only what it adds
_TYPES = {bool: "`true` or `false`", int: "whole number", float: "number", Fraction: "number", PartialDate: "date"}


def field_reference() -> str:
    """All tables, as Markdown. A model has its table where it is first used."""
    parts: list[str] = []
    seen: set[type[YamlModel]] = {LevelText}
    for kind, model in KINDS.items():
        parts.append(f"### Fields of {_WHOLE_FILES.get(model, f'{kind}.yaml')}\n")
        if model in _WHOLE_FILES:
            parts.append(_table(model))
        else:
            keys = " and ".join(f"`{key}`, {_value(field)}" for key, field in model.model_fields.items())
            parts.append(f"At its top it has {keys}.\n")
        for inner in _models_inside(model):
            if inner not in seen:
                seen.add(inner)
                parts.append(_section(inner))
    parts.append(f"### Fields of a text by level\n\n{_table(LevelText)}")
    return "\n".join(parts)


def _section(model: type[YamlModel]) -> str:
    base = _base(model)
    also = f" It has the fields of {_article(_name(base))} too." if base else ""
    return f"**{_name(model).capitalize()}**: {summary(model)}{also}\n\n{_table(model)}"


def _table(model: type[YamlModel]) -> str:
    meanings, base = field_meanings(model), _base(model)
    inherited = {*(base.model_fields if base else ()), "accept"} - {"kind"}
    rows = ["| field | default | value | meaning |", "| --- | --- | --- | --- |"]
    for name, field in model.model_fields.items():
        if name not in inherited:
            rows.append(f"| `{field.alias or name}` | {_default(field)} | {_value(field)} | {meanings.get(name, '')} |")
    return "\n".join(rows) + "\n"


def _base(model: type[YamlModel]) -> type[YamlModel] | None:
    return next((base for base in _BASES if issubclass(model, base) and model is not base), None)


def _models_inside(thing: Any) -> Iterator[type[YamlModel]]:
    """The models in the fields of a model, each after the base that it builds on; outermost first."""
    if isinstance(thing, type) and issubclass(thing, YamlModel):
        inside = [part for field in thing.model_fields.values() for part in _models_of(field.annotation)]
        for model in inside:
            base = _base(model)
            yield from (base, model) if base else (model,)
        for model in inside:
            if model is not thing:
                yield from _models_inside(model)


def _models_of(annotation: Any) -> Iterator[type[YamlModel]]:
    if isinstance(annotation, type) and issubclass(annotation, YamlModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_of(part)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    default = field.get_default(call_default_factory=True)
    if default is None or default in ((), {}, ""):
        return "–"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return f"`[{', '.join(default)}]`" if isinstance(default, tuple) else f"`{default}`"


# -- the values of a field, in words --------------------------------------------------------------


def _value(field: FieldInfo) -> str:
    return _words(field.annotation, field.metadata)


def _words(annotation: Any, metadata: list[Any]) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = [part for each in arguments[1:] for part in (each.metadata if isinstance(each, FieldInfo) else [each])]
        return _words(arguments[0], [*metadata, *inner])
    if origin in (Union, UnionType):
        parts = [_words(part, metadata) for part in arguments if part is not NoneType]
        return (" " if all(part.startswith("`") for part in parts) else " or ").join(parts)
    if origin is Literal:
        return " ".join(f"`{word}`" for word in arguments)
    if origin is tuple:
        return f"list of {_several(_words(arguments[0], metadata))}"
    if origin in (dict, Mapping):
        return f"mapping of {_several(_words(arguments[0], []))} to {_several(_words(arguments[1], []))}"
    if isinstance(annotation, type) and issubclass(annotation, YamlModel):
        return "[text by level](#levels)" if annotation is LevelText else _name(annotation)
    return _TYPES.get(annotation) or _text(metadata)


def _text(metadata: list[Any]) -> str:
    """What a field with a text holds: an id, and of what, or any text."""
    kinds = [kind for each in metadata if isinstance(each, RefersTo) for kind in each.kinds]
    of = f" of {_article(' or '.join(kinds))}" if kinds and kinds != ["id"] else ""
    pattern = next((str(each.pattern) for each in metadata if hasattr(each, "pattern")), "")
    if re.match(r"^\^\[a-z\]\[a-z0-9-\]\*/", pattern):
        return "figure/estimate" if "estimate" in kinds else "id/id"
    return f"id{of}" if pattern.startswith("^[a-z][a-z0-9-]*") else "text" if pattern in ("", NOT_BLANK) else "code"


def _several(words: str) -> str:
    if words.startswith(("`", "figure/", "id/", "[text", "minutes")):
        return words
    first, _, rest = words.partition(" of ")
    plural = first[:-1] + "ies" if first.endswith("y") else first + "s"
    return f"{plural} of {rest}" if rest else plural


def _name(model: type[YamlModel]) -> str:
    """A model's name in words: "key figure"."""
    return re.sub(r"(?<!^)([A-Z])", r" \1", model.__name__).lower()


def _article(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
