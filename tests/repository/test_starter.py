"""The starter of `briefings new` shows every field: it is given, or stands in a comment with its default."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import models_in

from briefings.library import shipped
from briefings.loading.file_models import FILE_MODELS
from briefings.schema.audience import Audience
from briefings.schema.drawings import Point
from briefings.schema.fields import YamlModel
from briefings.schema.project import ProjectFile

STARTER = shipped() / "starter/example"
FILES: dict[str, type[YamlModel]] = {
    "briefings.toml": ProjectFile,
    "data/audiences/pupils.yaml": Audience,
    **{f"data/orchard/{name}": model for name, model in FILE_MODELS.items()},
}
TEXTS = {name: (STARTER / name).read_text() for name in FILES}
COMMENT = re.compile(r"^\s*# (?P<name>\w+)(?::| =) ?(?P<value>[^#\n]*?)(?:\s+#.*)?$", re.MULTILINE)


MODELS = {name: models_in(model) for name, model in FILES.items()}
ALL = dict.fromkeys(model for models in MODELS.values() for model in models if model is not Point)  # written as a pair


def missing(model: type[YamlModel], text: str) -> list[str]:
    fields = {field.alias or name for name, field in model.model_fields.items()} - {"accept"}
    return sorted(field for field in fields if not re.search(rf"(?<![\w-]){field}(:| =)", text))


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)
def test_a_file_shows_every_field_of_a_model(model: type[YamlModel]) -> None:
    texts = {name: TEXTS[name] for name, models in MODELS.items() if model in models}
    assert [] in [missing(model, text) for text in texts.values()], {n: missing(model, t) for n, t in texts.items()}


def defaults() -> Iterator[tuple[str, str, str]]:
    """(file, field, value) of each commented field that has a value."""
    for name, text in TEXTS.items():
        yield from ((name, match["name"], match["value"]) for match in COMMENT.finditer(text) if match["value"])


@pytest.mark.parametrize(("file", "field", "value"), list(defaults()))
def test_a_comment_shows_the_default(file: str, field: str, value: str) -> None:
    found = [model.model_fields[field] for model in MODELS[file] if field in model.model_fields]
    if not found:  # prose, or an example inside a comment
        return
    shown = {written(each.get_default(call_default_factory=True)) for each in found if not each.is_required()}
    assert value.replace('"', "") in shown | OTHERWISE.get(field, set())


# What stands for a default that is not a single value.
OTHERWISE = {"language": {"en"}}


def written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return str(value)


def test_the_guards_see_what_they_should() -> None:
    assert len(ALL) > 40
    assert len(list(defaults())) > 40
    assert missing(ProjectFile, TEXTS["briefings.toml"].replace("strict", "stern")) == ["strict"]
