"""pydantic's errors become Problems in plain words, at the line of the value."""

import pytest
from pydantic import ValidationError

from briefings.loading.validation_errors import validation_problems
from briefings.pack.yaml_file import parse_yaml
from briefings.schema.figures import Figure

FIGURE = """\
id: frogs
title: Frogs
kind: rival
unit: frogs
estimates:
  - {id: april, value: 1200, sources: diary}
"""


def problems(yaml: str) -> list[str]:
    yaml_file = parse_yaml(yaml, "f.yaml")
    with pytest.raises(ValidationError) as caught:
        Figure.model_validate(yaml_file.value)
    found = validation_problems(caught.value, yaml_file, Figure)
    return [str(problem).splitlines()[0] for problem in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("unit: frogs", "depth: core", "1:1: error[missing-field]: a figure needs 'unit'"),
        ("unit:", "unti:", "4:1: error[unknown-field]: a figure has no field 'unti'; did you mean 'unit'?"),
        ("title: Frogs", "title: 7", "2:8: error[wrong-type]: expected text in 'title', not a number (7); "),
        ("title: Frogs", "title: yes\ndepth: cor", "error[unknown-word]: 'depth' cannot be 'cor'; did you mean 'core'"),
        ("id: frogs", "id: Frogs", "1:5: error[bad-id]: 'Frogs' is not valid in 'id'; write lower-case letters,"),
        ("value: 1200", "value: 1,200", "6:26: error[unknown-field]: an estimate has no field '200'; write 1200"),
        ("value: 1200", "low: 1", "6:5: error[bad-value]: a range has two ends; write both"),
        ("value: 1200", "value: many", "6:24: error[bad-value]: 'value': 'many' is not a number; write 1200"),
        ("  - {id: april, value: 1200, sources: diary}", "  []", "error[bad-value]: 'estimates': this is empty"),
    ],
)
def test_an_error_names_the_field_and_the_fix(old: str, new: str, expected: str) -> None:
    assert old in FIGURE
    found = problems(FIGURE.replace(old, new))
    assert any(expected in problem for problem in found), found


def test_a_list_is_not_reported_as_empty_because_its_only_item_is_invalid() -> None:
    assert len(problems(FIGURE.replace("value: 1200", "value: many"))) == 1
