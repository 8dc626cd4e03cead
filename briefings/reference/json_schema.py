"""A kind of file -> its JSON Schema, by which editors complete and check what an author types.

A schema knows less than loading does: it accepts any text as a date or an id, and does not follow references.
"""

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from ..drawings.kind import KIND_NAMES
from ..loading.file_models import FILE_MODELS
from ..schema.audience import Audience, DocumentChoice
from ..schema.classroom import as_mark_point
from ..schema.corrections import ChangesFile
from ..schema.drawings import as_drawing_choices, as_points
from ..schema.fields import LEVELS, YamlModel, as_amount, as_date, as_levels, one_or_more
from ..schema.project import ProjectFile, StyleFile, as_colour
from .descriptions import field_meanings, summary

SCHEMA_FOLDER = ".schemas"
# The first name of a file -> its model: pack, sources, … , audience, project, style.
KINDS: dict[str, type[YamlModel]] = {name.removesuffix(".yaml"): model for name, model in FILE_MODELS.items()} | {
    "changes": ChangesFile,
    "audience": Audience,
    "project": ProjectFile,
    "style": StyleFile,
}

_DRAFT = "http://json-schema.org/draft-07/schema#"  # a name, not an address: the draft that all editors know
_TEXT = {"type": "string", "minLength": 1}
_DATE = {"type": ["string", "integer"], "examples": ["2024-08-06", "2024-08", "2024", "2024-autumn", "mid 2024-11"]}
_AMOUNT = {"type": ["number", "string"], "examples": [1200, 7.5, "1/3"]}
_POINTS = {"type": "array", "items": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}}
_COLOUR = {"type": "string", "pattern": "^#?[0-9a-fA-F]{6}$", "examples": ["#0b4f6c"]}
_AS_WRITTEN: dict[Any, dict[str, Any]] = {
    as_date: _DATE,
    as_amount: _AMOUNT,
    as_points: _POINTS,
    as_colour: _COLOUR,
}
_LEVELS = {"type": "object", "properties": dict.fromkeys(LEVELS, _TEXT), "additionalProperties": False}


def json_schema(kind: str) -> str:
    """The schema of a kind of file, as text."""
    model = KINDS[kind]
    schema = model.model_json_schema(schema_generator=_Generator)
    if kind not in ("audience", "changes", "project", "style", "pack"):
        schema["description"] = f"{kind}.yaml of a pack."
    return json.dumps({"$schema": _DRAFT, **schema}, ensure_ascii=False, indent=1) + "\n"


class _Generator(GenerateJsonSchema):
    """Describes what an author writes. Pydantic's own describes what the functions of the models make of it."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> dict[str, Any]:
        function: Any = schema["function"]["function"]
        if function in _AS_WRITTEN:
            return dict(_AS_WRITTEN[function])
        inner = self.generate_inner(schema["schema"])
        if function is as_levels:
            return {"anyOf": [_TEXT, inner]}
        if function is one_or_more:
            return {"anyOf": [inner["items"], inner]}
        if function is as_drawing_choices:
            return {**inner, "items": {"anyOf": [{"type": "string", "enum": list(KIND_NAMES)}, inner["items"]]}}
        if function is as_mark_point:
            return {"anyOf": [_TEXT, _LEVELS, inner]}
        return inner

    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        """The schema of a model, with the meanings of its fields."""
        model: Any = schema["cls"]
        out = super().model_schema(schema)
        out["description"] = summary(model)
        meanings = {model.model_fields[name].alias or name: text for name, text in field_meanings(model).items()}
        for name, field in out["properties"].items():
            # An older draft ignores what stands beside a $ref.
            given = {"allOf": [{"$ref": field.pop("$ref")}]} if "$ref" in field else {}
            out["properties"][name] = {**given, **_counting_items(field), "description": meanings.get(name, "")}
        if model is Audience:  # one that extends another gives only what differs
            out["anyOf"] = [{"required": ["extends"]}, {"required": out.pop("required")}]
            out["required"] = ["id"]
        if model is DocumentChoice:
            out["required"].remove("look")
        return out

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        """A default of None is no value to write."""
        out = super().default_schema(schema)
        return {key: value for key, value in out.items() if key != "default" or value is not None}

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No titles: they repeat the names of fields."""
        return False


def _counting_items(field: dict[str, Any]) -> dict[str, Any]:
    """The least and the greatest length of a list, which pydantic takes for those of a text if a function makes it."""
    lists = [part for part in (field, *field.get("anyOf", ())) if part.get("type") == "array"]
    for key, own in (("minLength", "minItems"), ("maxLength", "maxItems")):
        if lists and key in field:
            lists[0][own] = field.pop(key)
    return field


def schema_files() -> dict[str, str]:
    """The file of each schema, by the name that first lines of YAML files call it: .schemas/sources.json."""
    return {f"{SCHEMA_FOLDER}/{kind}.json": json_schema(kind) for kind in KINDS}
