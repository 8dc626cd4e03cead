"""A document with every level: which texts have several, which they share, and what they bring with them."""

from dataclasses import replace

import pytest

from briefings.briefing.parts import Briefing, DrawingView, StatementView
from briefings.briefing.walk import all_parts
from briefings.composing.compose import compose
from briefings.composing.levels import levels_of
from briefings.composing.whole_pack import whole_pack
from briefings.pack.pack import Pack
from briefings.schema.audience import Audience
from briefings.schema.fields import LevelText


def reader(pack: Pack, level: str = "standard", document: str = "reader") -> Briefing:
    choice = {"document": document, "look": "page", "formats": "html"}
    ours = {"id": "ours", "title": "Ours", "level": level, "words_per_minute": 100, "documents": [choice]}
    audience = Audience.model_validate(ours)
    return compose(pack, audience, audience.documents[0])


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ({"standard": "A", "plain": "a", "advanced": "Â"}, [("plain",), ("standard",), ("advanced",)]),
        ({"standard": "A", "plain": "a"}, [("plain",), ("standard", "advanced")]),
        ({"standard": "A", "advanced": "Â"}, [("plain", "standard"), ("advanced",)]),
        ({"standard": "A", "plain": "a", "advanced": "a"}, [("plain", "advanced"), ("standard",)]),
        ({"standard": "A", "plain": "A", "advanced": "A"}, []),
        ({"standard": "A"}, []),
    ],
)
def test_levels_with_the_same_text_share_it(text: dict[str, str], levels: list[tuple[str, ...]]) -> None:
    found = levels_of(LevelText(**text))
    assert [level.levels for level in found] == levels
    assert all(getattr(LevelText(**text), level.name) == level.text for level in found)


def test_only_a_reader_has_every_level(kursk: Pack) -> None:
    briefing = reader(kursk, document="briefing")
    assert briefing.levels == ()
    assert not any(getattr(part, "levels", ()) for part in all_parts(briefing.chapters))
    assert reader(kursk).levels == ("plain", "standard", "advanced")


def test_sources_cited_at_any_level_have_a_note(kursk: Pack) -> None:
    """And the numbers named at any level are found in the notes, as they are for a document at that level."""
    every = reader(kursk)
    for level in ("plain", "standard", "advanced"):
        one = reader(kursk, level, "briefing")
        assert {note.source.id for note in one.notes} <= {note.source.id for note in every.notes}
        taken = {row.ref for note in every.notes for row in note.rows}
        assert {row.ref for note in one.notes for row in note.rows} <= taken


def test_a_note_is_found_though_only_another_level_cites_it(kursk: Pack) -> None:
    first = next(iter(kursk.info.sections[0].paragraphs))
    cited = {source.id for source in kursk.sources}
    unused = next(iter(cited - {note.source.id for note in reader(kursk).notes}), None)
    texts = first.text.model_copy(
        update={"advanced": f"New. [@{unused or 'afp-2025'}]", "standard": "Old.", "plain": "Old."}
    )
    section = kursk.info.sections[0].model_copy(
        update={"paragraphs": (first.model_copy(update={"text": texts, "sources": ()}),)}
    )
    alone = replace(
        kursk, info=kursk.info.model_copy(update={"sections": (section,), "key_figures": ()}), judgements=()
    )
    assert [note.source.id for note in reader(alone).notes] == [unused or "afp-2025"]


def test_an_audience_without_sections_gets_the_whole_pack(kursk: Pack) -> None:
    briefing = reader(kursk)
    assert briefing.left_out == ()
    held = {section.id for section in kursk.info.sections if section.holds not in ("guidance", "before")}
    assert {chapter.id for chapter in briefing.chapters} == held
    told = {part.id for part in all_parts(briefing.chapters) if isinstance(part, StatementView)}
    numbered = {i for i in kursk.numbers if not i.startswith(("ex-", "guide-", "teach-"))}
    guidance = {p.id for item in (*kursk.guidance, *kursk.before) for p in item.paragraphs} | {
        p.id for section in kursk.info.sections if section.holds == "guidance" for p in section.paragraphs
    }
    exercises = {exercise.id for exercise in kursk.exercises}
    assert numbered - guidance - exercises <= told
    assert not any(task.answer or task.kind == "map" for chapter in briefing.chapters for task in chapter.tasks)


def test_of_two_drawings_of_one_thing_the_richer_is_enough(kursk: Pack, pond: Pack) -> None:
    drawn = {part.id for part in all_parts(reader(kursk).chapters) if isinstance(part, DrawingView)}
    left_out = {drawing.kind for drawing in kursk.drawings if drawing.id not in drawn and drawing.section}
    sections = {choice.section: {d.kind for d in choice.drawings} for choice in whole_pack(kursk)}
    assert left_out <= {"map", "timeline"}
    assert "story-map" in sections["phases"]
    kinds = {drawing.kind for drawing in pond.drawings}
    assert kinds <= {d.kind for choice in whole_pack(pond) for d in choice.drawings}
