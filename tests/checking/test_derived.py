"""Derived numbers: which results arithmetic on the inputs allows, and when a share needs its own whole."""

from pathlib import Path

import pytest
from lake import context_of, statement

from briefings.checking.rules.derived import derived_wrong, share_to_area

INPUTS = """# figures.yaml
  - id: given
    title: Given
    kind: series
    unit: km2
    estimates:
      - {id: a, value: 12, sources: [diary]}
      - {id: b, value: 4, sources: [diary]}
      - {id: range, low: 10, high: 20, sources: [diary]}
      - {id: zero, value: 0, sources: [diary]}
      - {id: quarter, value: 1/4, unit: share, sources: [diary]}
"""


def derive(value: str, of: str) -> str:
    derived = f"derived: {{of: [{of}], how: calculated}}"
    return f"{INPUTS}      - {{id: result, {value}, {derived}, sources: [diary]}}\n"


@pytest.mark.parametrize(
    ("value", "of"),
    [
        ("value: 16", "given/a, given/b"),
        ("value: 8", "given/a, given/b"),
        ("value: 48", "given/a, given/b"),
        ("value: 3", "given/a, given/b"),  # 12 / 4
        ("value: 300", "given/a, given/b"),  # 12 as a percentage of 4
        ("value: 3", "given/a, given/quarter"),  # a quarter of 12
        ("value: 9", "given/a, given/quarter"),  # 12 less a quarter
        ("low: 14, high: 24", "given/range, given/b"),
        ("low: -8, high: 2", "given/a, given/range"),
        ("value: 12", "given/a, given/zero"),  # without a division by zero
    ],
)
def test_results_of_simple_arithmetic_are_accepted(value: str, of: str, tmp_path: Path) -> None:
    assert list(derived_wrong(context_of(tmp_path, derive(value, of)))) == []


@pytest.mark.parametrize(
    ("value", "of", "message"),
    [
        ("value: 15", "given/a, given/quarter", "is 15, but its inputs give 9 or 3"),
        ("value: 17", "given/a, given/b", "is 17, but no result of its inputs is that"),
        ("low: 14, high: 25", "given/range, given/b", "is 14 to 25, but no result of its inputs is that"),
    ],
)
def test_other_results_are_reported(value: str, of: str, message: str, tmp_path: Path) -> None:
    (finding,) = derived_wrong(context_of(tmp_path, derive(value, of)))
    assert finding.message == f"'given/result' {message}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[=loss/june] dried up, that is [=area/june]. [@diary]", True),
        ("[=loss/june] (= [=area/june]) dried up. [@diary]", True),
        ("[=loss/june] dried up. So [=area/june] were left. [@diary]", False),
        ("[=loss/june] dried up and [=area/june] were left. [@diary]", False),
        ("[=area/spring], that is [=area/june]. [@diary]", False),
    ],
    ids=["that is", "equals sign", "another sentence", "no claim of equality", "no share"],
)
def test_a_share_may_not_be_equated_with_an_amount(text: str, found: bool, tmp_path: Path) -> None:
    assert bool(list(share_to_area(context_of(tmp_path, statement(text))))) == found
