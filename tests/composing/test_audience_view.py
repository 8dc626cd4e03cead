"""Single values of a pack as the parts of a briefing."""

from dataclasses import replace
from typing import Any

import packs
import pytest

from briefings.composing.audience_view import AudienceView, has_content, speaker_name
from briefings.pack.pack import Pack
from briefings.schema.audience import Audience, SectionChoice
from briefings.schema.fields import LevelText
from briefings.schema.figures import Estimate


def view(pack: Pack, level: str = "standard", *, answers: bool = False) -> AudienceView:
    fields = {"id": "ours", "title": "Our class", "level": level, "words_per_minute": 100}
    documents = [{"document": "briefing", "look": "page"}]
    audience = Audience.model_validate(fields | {"documents": documents, "sections": [{"section": "established"}]})
    return AudienceView(pack, audience, answers)


def choice(section: str, **fields: Any) -> SectionChoice:
    return SectionChoice.model_validate({"section": section} | fields)


@pytest.mark.parametrize(("level", "text"), [("plain", "Easy"), ("standard", "Usual"), ("advanced", "Usual")])
def test_a_text_has_the_level_of_the_audience(pond: Pack, level: str, text: str) -> None:
    assert view(pond, level).text(LevelText(plain="Easy", standard="Usual"), "est-1") == text


def test_a_missing_text_is_one_problem_at_its_owner(pond: Pack) -> None:
    plain = view(pond, "plain")
    text = LevelText(standard="Usual", plain=None)
    assert (plain.text(text, "est-1"), plain.text(text, "est-1")) == ("", "")
    (problem,) = plain.problems
    assert (problem.code, problem.mark) == ("missing-level", pond.marks["est-1"])


def test_an_optional_text_falls_back_to_standard_without_a_problem(pond: Pack) -> None:
    plain = view(pond, "plain")
    assert plain.optional(LevelText(standard="Usual", plain=None), "est-1") == "Usual"
    assert plain.optional(None, "est-1") == ""
    assert plain.problems == []


def test_a_section_that_the_pack_lacks_is_no_chapter(pond: Pack) -> None:
    assert view(pond).chapter(choice("options")) is None


def test_an_empty_section_is_a_chapter_only_if_drawings_are_requested(pond: Pack) -> None:
    assert view(pond).chapter(choice("phases", parts=[])) is None
    chapter = view(pond).chapter(choice("phases", parts=[], drawings=["map"]))
    assert chapter is not None
    assert not has_content(chapter)


def test_a_document_with_answers_shows_them_whatever_parts_its_section_lists(pond: Pack) -> None:
    answers = {}
    for wanted in (True, False):
        chapter = view(pond, answers=wanted).chapter(choice("exercises", parts=["paragraphs"]))
        assert chapter is not None
        answers[wanted] = bool(chapter.tasks[0].answer)
    assert answers == {True: True, False: False}


def test_exercises_are_selected_by_kind(pond: Pack) -> None:
    assert view(pond).chapter(choice("exercises", exercises=["source"])) is not None
    assert view(pond).chapter(choice("exercises", exercises=["map"])) is None


def test_the_first_aspect_of_a_section_has_no_label(pond: Pack) -> None:
    chapter = view(pond).chapter(choice("phases", depth="full"))
    assert chapter is not None
    assert [(p.id, p.label) for p in chapter.pieces[0].paragraphs] == [
        ("phase-dig-happened", ""),
        ("phase-dig-elsewhere", "Elsewhere"),
    ]


def test_events_may_have_a_depth_of_their_own(pond: Pack) -> None:
    phase = pond.phases[0]
    event = phase.events[0].model_copy(update={"depth": "full"})
    section = next(section for section in pond.info.sections if section.id == "phases")
    item = phase.model_copy(update={"events": (event,)})
    for depths, count in (({"depth": "core"}, 0), ({"depth": "core", "events": "full"}, 1)):
        assert len(view(pond).item(item, section, choice("phases", **depths), ["events"]).events) == count


def test_the_basis_of_an_estimate_is_shown_only_with_that_part(pond: Pack) -> None:
    for parts, basis in ((["estimates"], ""), (["estimates", "basis"], "counted at night")):
        chapter = view(pond).chapter(choice("figures", parts=parts))
        assert chapter is not None
        assert chapter.pieces[0].rows[0].basis == basis


def test_undated_estimates_come_last(pond: Pack) -> None:
    figure = pond.figures[0]
    class_count, keeper_count = figure.estimates
    section = next(section for section in pond.info.sections if section.id == "figures")
    item = figure.model_copy(update={"estimates": (class_count.model_copy(update={"as_of": None}), keeper_count)})
    rows = view(pond).item(item, section, choice("figures"), ["estimates"]).rows
    assert [row.ref for row in rows] == ["frogs/keeper-april", "frogs/class-april"]


def test_an_estimate_without_speakers_is_attributed_to_its_sources_unless_it_is_derived(pond: Pack) -> None:
    fields = {"by": (), "sources": ("diary",)}
    refs = ("frogs/class-april", "left/worked-out")
    index = {**pond.index} | {ref: pond.index[ref].model_copy(update=fields) for ref in refs}
    changed = view(replace(pond, index=index))
    # "Class 7b" is the publisher of the diary
    assert [changed.estimate(ref).by for ref in refs] == [("Class 7b",), ()]


def test_the_text_of_a_person_is_the_role(pond: Pack) -> None:
    keeper = next(person for person in pond.people if person.id == "keeper")
    entry = view(pond).entry(keeper)
    assert (entry.name, entry.text, entry.thing) == ("Ada Moss", "keeper of the grounds", keeper)


def test_a_speaker_is_a_name_a_book_title_or_a_publisher(pond: Pack) -> None:
    diary = pond.index["diary"]
    assert speaker_name(pond.index["keeper"]) == "Ada Moss"
    assert speaker_name(diary) == "Class 7b"
    assert speaker_name(diary.model_copy(update={"kind": "book"})) == "Pond diary"
    assert speaker_name(pond.index["council"]) == "The council"


@pytest.mark.parametrize("name", packs.FOLDERS)
def test_to_disagree_is_mutual(name: str) -> None:
    pack = packs.pack(name)
    rows = {ref: view(pack).estimate(ref) for ref, value in pack.index.items() if isinstance(value, Estimate)}
    assert not [(ref, other) for ref, row in rows.items() for other in row.rivals if ref not in rows[other].rivals]
    assert name == "lake" or any(row.rivals for row in rows.values())


@pytest.mark.parametrize("name", packs.FOLDERS)
def test_a_name_stands_once_among_those_who_say_something(name: str) -> None:
    pack = packs.pack(name)
    for ref, value in pack.index.items():
        if isinstance(value, Estimate):
            row = view(pack).estimate(ref)
            said = (*row.by, *row.via)
            assert len(said) == len({*said}), ref
