"""Estimates: when dates overlap, and who is at war with whom."""

from pathlib import Path

import pytest
from lake import context_of

from briefings.checking.rules.estimates import enemy_count, false_rival


def rivals(first: str, second: str) -> str:
    return f"""# figures.yaml
  - id: carp
    title: Carp in the lake
    kind: series
    unit: fish
    estimates:
      - {{id: one, value: 1, {first}sources: [diary]}}
      - {{id: two, value: 2, {second}rival_of: [one], sources: [diary]}}
"""


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("as_of: 2024-03, ", "as_of: 2024-03-05, ", False),
        ("as_of: 2024-03, ", "as_of: 2024-04, ", True),
        ("as_of: 2024-03, ", "as_of: by 2024-04, ", False),
        ("as_of: 2024-03, ", "as_of: after 2024-04, ", True),
        ("as_of: 2024-05, ", "as_of: after 2024-04, ", False),
        ("as_of: 2024-03, ", "", False),
        ("as_of: 2024-03, ", "as_of: 2024-03, unit: km2, ", True),
        ("as_of: 2024-03, ", "as_of: 2023, covers: 2024-03, ", False),
        ("as_of: 2024-03, covers: 2020, ", "as_of: 2024-03, ", True),
    ],
    ids=[
        "day in month",
        "other month",
        "by",
        "before 'after'",
        "after 'after'",
        "undated",
        "other unit",
        "said in another year of this month",
        "said in one month of other years",
    ],
)
def test_rivals_count_the_same_thing_at_the_same_time(first: str, second: str, found: bool, tmp_path: Path) -> None:
    assert bool(list(false_rival(context_of(tmp_path, rivals(first, second))))) == found


@pytest.mark.parametrize(
    ("title", "fields", "message"),
    [
        ("Carp killed", "", "counts losses ('killed') but does not say whose"),
        ("Carp killed", "side: The carp, by: [moss], ", None),
        ("Carp", "side: The carp, by: [moss], enemy_count: true, ", "but nobody in 'by' is at war"),
        ("Carp", "", None),
    ],
    ids=["losses without a side", "counted by a third party", "marked without need", "no losses"],
)
def test_counts_of_the_enemy_are_marked(title: str, fields: str, message: str | None, tmp_path: Path) -> None:
    figure = f"# figures.yaml\n  - id: carp\n    title: {title}\n    kind: series\n    unit: fish\n    estimates:\n"
    estimate = f"      - {{id: one, value: 1, {fields}sources: [diary]}}\n"
    camps = "# pack.yaml\ncamps: [[The pike], [The carp]]\n"
    found = [finding.message for finding in enemy_count(context_of(tmp_path, figure + estimate + camps))]
    assert len(found) == (message is not None)
    assert message is None or message in found[0]


def test_in_peace_the_dead_need_no_side(tmp_path: Path) -> None:
    """A disease kills on no side. Only a pack with camps has to say whose losses are counted."""
    figure = "# figures.yaml\n  - id: carp\n    title: Carp killed\n    kind: series\n    unit: fish\n    estimates:\n"
    estimate = "      - {id: one, value: 1, sources: [diary]}\n"
    assert list(enemy_count(context_of(tmp_path, figure + estimate))) == []
