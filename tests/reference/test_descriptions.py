"""Every field of every model has a meaning beside it."""

import pytest
from conftest import models_in

from briefings.reference.descriptions import field_meanings, summary
from briefings.reference.json_schema import KINDS
from briefings.schema.fields import YamlModel
from briefings.schema.statements import Paragraph, Statement


def models() -> dict[type[YamlModel], None]:
    """Every model that a file may contain; those of whole files are made from a table and have no module."""
    found = models_in(*KINDS.values())
    return {model: None for model in found if not model.__name__.endswith(".yaml")}


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_field_has_a_meaning(model: type[YamlModel]) -> None:
    assert [name for name in model.model_fields if name not in field_meanings(model)] == []
    assert summary(model).endswith((".", ":"))


def test_a_meaning_stands_behind_a_field_or_before_it_and_is_inherited() -> None:
    meanings = field_meanings(Paragraph)
    assert meanings["date" if "date" in meanings else "aspect"] == "which of its section's aspects it covers"
    assert meanings["text"] == field_meanings(Statement)["text"] == "what is said, with citations"
    assert "accept" in meanings
