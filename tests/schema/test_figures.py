"""An estimate has exactly one quantity, and sources or a derivation."""

import pytest
from pydantic import ValidationError

from briefings.schema.figures import Estimate

ESTIMATE = {"id": "april", "sources": "diary"}
DERIVED = {"of": ["frogs/april"], "operation": "plus", "how": "Added up."}


@pytest.mark.parametrize(
    "fields",
    [
        {"value": 1200},
        {"low": 800, "high": 900},
        {"words": "many"},
        {"derived": DERIVED},
        {"value": 3, "derived": {"of": ["frogs/april"], "how": "Guessed."}, "sources": []},
    ],
)
def test_valid_estimates(fields: dict[str, object]) -> None:
    assert Estimate.model_validate(ESTIMATE | fields).id == "april"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "write exactly one of 'value', 'low' with 'high', or 'words'"),
        ({"value": 1, "words": "one"}, "write exactly one of"),
        ({"low": 1}, "a range has two ends; write both 'low' and 'high'"),
        ({"low": 2, "high": 1}, r"'low' \(2\) is above 'high' \(1\)"),
        ({"low": 1, "high": 1}, "'low' and 'high' are the same; write 'value'"),
        ({"value": 1, "derived": DERIVED}, "a number with an 'operation' is calculated; leave out its value"),
        ({"value": 1, "rival_of": "april"}, "an estimate cannot be its own rival"),
        ({"value": 1, "sources": []}, "write 'sources', or 'derived' if the pack calculated it"),
    ],
)
def test_invalid_estimates(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Estimate.model_validate(ESTIMATE | fields)
