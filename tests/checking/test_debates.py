"""Positions: which texts are their case, and whose sources it cites."""

from pathlib import Path

import pytest
from lake import context_of

from briefings.checking.rules.debates import holder_unsupported

ARGUMENT = """        arguments:
          - id: arg-2
            text: %s
            evidence: [{id: ev-2, text: "So it was. [@gazette]"}]
            replies: [{id: re-2, text: "No. [@gazette]"}]
"""


def messages(folder: Path, paragraphs: str, argument: str = "The water is stale.", by: str = "gazette") -> list[str]:
    position = f"      - id: pos-go\n        title: It should go\n        by: [{by}]\n        sources: [gazette]\n"
    position += f"        paragraphs: [{paragraphs}]\n{ARGUMENT % argument}"
    return [finding.message for finding in holder_unsupported(context_of(folder, f"# debate.yaml\n{position}"))]


MISSING = "no source of 'gazette' supports position 'pos-go' at level "


@pytest.mark.parametrize(
    ("paragraphs", "found"),
    [
        ('{id: p-1, aspect: case, text: "It smells. [@gazette]"}', []),
        ('{id: p-1, text: "It smells. [@gazette]"}', []),
        ("{id: p-1, text: It smells., sources: [gazette]}", []),
        ('{id: p-1, aspect: case, text: "It smells. [@diary]"}', [f"{MISSING}plain and standard"]),
        ('{id: p-1, aspect: after, text: "It smelt. [@gazette]"}', [f"{MISSING}plain and standard"]),
        ('{id: p-1, text: {plain: It smells., standard: "It smells. [@gazette]"}}', [f"{MISSING}plain"]),
        (
            '{id: p-1, text: {standard: "It smells. [@gazette]", advanced: It smells.}}',
            [f"{MISSING}plain and advanced"],
        ),
    ],
    ids=["its case", "without aspect", "sources", "of others", "came later", "not at one level", "not at two levels"],
)
def test_a_case_cites_its_holder(paragraphs: str, found: list[str], tmp_path: Path) -> None:
    assert messages(tmp_path, paragraphs) == found


def test_an_argument_may_cite_the_holder_instead(tmp_path: Path) -> None:
    assert messages(tmp_path, "{id: p-1, text: It smells.}", '"The water is stale. [@gazette]"') == []


def test_each_holder_needs_a_source(tmp_path: Path) -> None:
    more = '{id: p-1, text: "It smells. [@gazette] [@diary]"}'
    assert messages(tmp_path / "both", more, by="gazette, moss") == []
    assert messages(tmp_path / "one", more, by="gazette, newsletter") == [
        "no source of 'newsletter' supports position 'pos-go' at level plain and standard"
    ]
