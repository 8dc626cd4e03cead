"""Texts and values know their place in the YAML, however it is written."""

from pathlib import Path

import pytest
from lake import context_of, statement

from briefings.checking.context import CheckContext, Passage
from briefings.schema.figures import Estimate, Figure


def passage_of(context: CheckContext) -> Passage:
    """The text of the statement that a test added."""
    return next(p for p in context.passages if p.located.yaml_file.file.endswith("history.yaml") and p.field == "text")


PARAGRAPH = (
    "# history.yaml\nparts:\n  - id: before\n    title: Before\n    paragraphs:\n      - id: b-1\n        text: "
)


@pytest.mark.parametrize(
    ("yaml", "word", "line"),
    [
        ("It was full in May. [@diary]", "May", 6),
        ('"It was \\"full\\" in May. [@diary]"', "May", 6),
        ("'It''s full in May. [@diary]'", "May", 6),
        (">-\n          It was full\n          in May. [@diary]", "May", 8),
        ("|\n          full, full\n          it was full. [@diary]", "it", 8),
    ],
    ids=["plain", "double-quoted", "single-quoted", "folded", "literal"],
)
def test_a_character_is_located_in_every_yaml_style(yaml: str, word: str, line: int, tmp_path: Path) -> None:
    passage = passage_of(context_of(tmp_path, f"{PARAGRAPH}{yaml}\n"))
    mark = passage.mark(passage.raw.index(word))
    assert mark.line == line
    assert passage.located.yaml_file.lines[mark.line - 1][mark.column - 1 :].startswith(word)


def test_prose_keeps_the_offsets_of_the_text(tmp_path: Path) -> None:
    raw = "See [the *old* map](https://example.org/a) of [=area/spring]. [@diary]"
    passage = passage_of(context_of(tmp_path, statement(raw)))
    assert len(passage.prose) == len(raw)
    assert passage.prose.split() == ["See", "the", "old", "map", "of", "."]
    assert passage.prose.index("map") == raw.index("map")
    assert passage.cites == ("diary",)


def test_a_sentence_includes_its_citations(tmp_path: Path) -> None:
    first, second, third = (
        'It was "full." [@diary] [@gazette] ',
        "About 3.5 m deep. [@diary] ",
        "[=area/june] was left.",
    )
    passage = passage_of(context_of(tmp_path, statement(first + second + third)))
    assert [sentence for _, sentence in passage.sentences] == [first, second, third]
    assert passage.sentence_at(len(first)) == second


def test_levels_that_share_a_string_share_a_passage(tmp_path: Path) -> None:
    text = {"plain": "It was full. [@diary]", "standard": "It was full. [@diary]", "advanced": "Full. [@diary]"}
    context = context_of(tmp_path, statement(text))
    assert [p.levels for p in context.passages if "ull." in p.raw] == [("standard", "plain"), ("advanced",)]


def test_a_value_knows_its_ancestors_and_the_place_of_its_id(tmp_path: Path) -> None:
    located, estimate = next(context_of(tmp_path).values_of(Estimate))
    figure = located.nearest(Figure)
    assert figure is not None
    assert (figure.id, estimate.id) == ("area", "spring")
    assert located.nearest(Estimate) is estimate
    lines = located.yaml_file.lines
    assert lines[located.mark().line - 1][located.mark().column - 1 :].startswith("spring")
    assert lines[located.mark("as_of").line - 1][located.mark("as_of").column - 1 :].startswith("2024-03")
