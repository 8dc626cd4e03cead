"""The second shipped pack, a topic without war: every text for every reader, every kind of drawing that suits it."""

from itertools import chain
from pathlib import Path
from typing import get_args

import packs
import pytest
from conftest import BuiltOnce
from printed import small_print

import briefings as package
from briefings.language.strings import load_strings
from briefings.library import Library, shipped
from briefings.pack.pack import Pack
from briefings.schema.drawings import DrawingKind
from briefings.schema.fields import LevelText, walk_models


@pytest.fixture(scope="module")
def smallpox() -> Pack:
    return packs.pack("smallpox")


def test_every_text_has_a_version_for_every_level(smallpox: Pack) -> None:
    # What only a class gets is written for its two levels.
    for_class = ("briefings.schema.handouts", "briefings.schema.classwork")
    values = [
        v for v in chain((smallpox.info,), smallpox.index.values()) if not type(v).__module__.startswith(for_class)
    ]
    texts = [text for value in values for _, text in walk_models(value) if isinstance(text, LevelText)]
    assert len(texts) > 300
    for text in texts:  # one string for all readers has no version of its own for the third level
        assert text.plain, text.standard
        assert text.advanced or text.plain == text.standard, text.standard


def test_every_kind_of_drawing_is_there_that_a_topic_without_war_has(smallpox: Pack) -> None:
    """Nobody in this story holds a thing that another wants in exchange, as drawings.yaml says; no front either."""
    assert {drawing.kind for drawing in smallpox.drawings} == {*get_args(DrawingKind)} - {"bargain", "salient"}


def test_every_source_says_how_much_of_it_was_read(smallpox: Pack) -> None:
    assert [source.id for source in smallpox.sources if source.read is None] == []


def test_the_sources_come_from_where_the_pack_says(smallpox: Pack) -> None:
    """Paragraph src-3 names Europe, the United States and Malaysia."""
    europe = {"Belgium", "Sweden", "Switzerland", "United Kingdom"}
    assert {source.country for source in smallpox.sources} == {*europe, "United States", "Malaysia"}


def test_each_position_has_reasons_with_evidence_and_replies(smallpox: Pack) -> None:
    (question,) = smallpox.questions
    for position in question.positions:
        assert position.by, position.id
        assert any(argument.evidence for argument in position.arguments), position.id
        assert all(argument.replies for argument in position.arguments), position.id


@pytest.mark.slow
def test_the_documents_are_those_of_the_other_pack() -> None:
    first, second = ({*packs.composed(name)} for name in ("kursk", "smallpox"))
    # No source of this pack supports an exercise in verification.
    assert first - {"secondary-verification", "secondary-verification-key"} == second


@pytest.mark.slow
def test_every_document_keeps_to_its_sheets(smallpox_built: BuiltOnce) -> None:
    """All of them on A4, where their type is large enough too."""
    words, sheets = load_strings(Library(shipped()), "en"), smallpox_built.sheets
    assert sheets["policy-briefing.pdf"] == 2
    assert sheets["teachers-lesson.pdf"] == 4  # two for a lesson
    # no sheet of sources alone
    assert {sheets[f"{of}-words.pdf"] for of in ("pupils", "secondary")} == {1}
    assert {sheets[f"{of}-worksheet-key.pdf"] for of in ("pupils", "secondary")} == {2}
    assert smallpox_built.warnings == []
    measured = [
        briefing
        for briefing in packs.composed("smallpox").values()
        if f"{briefing.name}.pdf" in sheets and briefing.choice.look not in ("large-print", "projected")
    ]
    assert len(measured) > 20
    for briefing in measured:
        assert small_print(smallpox_built.folder / f"{briefing.name}.pdf", briefing, words) == [], briefing.name


@pytest.mark.slow
def test_every_document_keeps_to_its_sheets_on_letter(tmp_path: Path) -> None:
    """Not those whose look is without a limit."""
    looks = ("page", "school", "memo", "seminar", "poster")
    report = package.build(["smallpox"], project=shipped(), out=tmp_path, formats=["pdf"], paper="letter", looks=looks)
    sheets = {path.name: count for path, count in report.sheets.items()}
    assert sheets["policy-briefing-letter.pdf"] == 2
    assert sheets["teachers-lesson-letter.pdf"] == 4  # two for a lesson
    assert [warning.message for warning in report.warnings] == []
