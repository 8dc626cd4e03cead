"""The field reference of docs/data.md is what the models say."""

import pytest
from conftest import HERE

from briefings.reference.field_tables import field_reference

DATA = HERE.parent / "docs/data.md"
MARKER = "<!-- from the models -->\n"


def test_the_reference_is_up_to_date(request: pytest.FixtureRequest) -> None:
    head, marker, rest = DATA.read_text().partition(MARKER)
    assert marker
    if request.config.getoption("update"):
        DATA.write_text(f"{head}{MARKER}{field_reference()}")
    assert rest == field_reference()


@pytest.mark.parametrize(
    "row",
    [
        "| `title` | **required** | [text by level](#levels) | of every document |",
        "| `camps` | – | list of lists of texts | the sides of a conflict, each with its allies, as side names them |",
        "| `bound` | `exactly` | `exactly` `about` `more-than` `at-least` `nearly` `at-most` | what the report says",
        "| `papers` | `[a4, letter]` | list of ids of a paper |",
        "| `estimate` | **required** | figure/estimate |",
        "| `strict` | `false` | `true` or `false` |",
        "| `minutes` | – | mapping of whole numbers to minutes |",
        "| `joined` | `false` |",
        "It has the fields of a drawing too.",
    ],
)
def test_required_default_value_and_meaning(row: str) -> None:
    assert row in field_reference()


def test_every_model_has_one_table() -> None:
    names = [line.split("**")[1] for line in field_reference().splitlines() if line.startswith("**")]
    assert len(names) == len(set(names)) > 40
