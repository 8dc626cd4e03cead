"""The names of sources, and the sources of whoever speaks."""

from pathlib import Path

import pytest
from lake import context_of

from briefings.checking.source_names import source_names, sources_of_speaker

PAPER = "name: The Gazette, also: [Gaz], role: a paper, side: News, kind: organisation"
PEOPLE = f"""# people.yaml
  - {{id: paper, {PAPER}}}
  - {{id: reed, name: Eve Reed, role: "A neighbour. [@newsletter]", side: The council, sources: [gazette]}}
  - {{id: jones, name: Eva Moss, role: another, side: The council}}
# sources.yaml
  - {{id: atlas, title: Atlas of water, authors: [Jo Roe], publisher: "Mills Press, carried by Hills; Dale",
     published: 2024, kind: book, country: Nowhere, standpoint: A book.}}
"""


def test_the_names_of_a_source(tmp_path: Path) -> None:
    names = source_names(context_of(tmp_path, PEOPLE).pack)
    assert names["Gazette"] == names["Gaz"] == {"gazette"}
    assert names["Ada Moss"] == names["Moss"] == {"diary"}
    assert names["council"] == {"newsletter", "gazette"}  # both relay its plan
    for name in ("Jo Roe", "Roe", "Mills Press", "Dale", "Atlas of water"):
        assert names[name] == {"atlas"}
    assert "carried by Hills" not in names


@pytest.mark.parametrize(
    ("speaker", "sources"),
    [
        ("gazette", {"gazette"}),
        ("plan", {"newsletter", "gazette"}),
        ("paper", {"gazette"}),
        ("moss", {"diary"}),
        ("reed", {"newsletter", "gazette"}),
        ("jones", set()),  # a last name alone is not enough
    ],
    ids=["a source", "a report", "a publisher", "an author", "by role and sources", "a namesake"],
)
def test_the_sources_of_a_speaker(speaker: str, sources: set[str], tmp_path: Path) -> None:
    assert sources_of_speaker(context_of(tmp_path, PEOPLE).pack, speaker) == sources
