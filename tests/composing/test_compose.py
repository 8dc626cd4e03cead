"""Briefings of the pond pack: content selected by depth, aspect and part; numbered paragraphs; cited sources."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from looks import said

from briefings.briefing.parts import Briefing
from briefings.composing.compose import compose
from briefings.composing.glossary import longer_terms, uses_term
from briefings.language.mentions import SearchText
from briefings.library import shipped
from briefings.loading.load import load
from briefings.pack.pack import Pack
from briefings.problems import ProblemError
from briefings.schema.audience import Audience
from briefings.schema.fields import LevelText


def brief(pack: Pack, *sections: dict[str, Any], level: str = "standard", **more: Any) -> Briefing:
    audience = Audience.model_validate(
        {
            "id": "ours",
            "title": "Our class",
            "level": level,
            "words_per_minute": 100,
            "documents": [{"document": "briefing", "look": "page"}],
            "sections": sections,
        }
        | more
    )
    return compose(pack, audience, audience.documents[0])


def ids(briefing: Briefing) -> list[str]:
    return [statement.id for statement in said(briefing.chapters)]


PHASES = {"section": "phases"}


@pytest.mark.parametrize(
    ("section", "shown"),
    [
        ({"depth": "core"}, ["phase-dig-happened", "ev-dig"]),
        ({"depth": "full"}, ["phase-dig-happened", "phase-dig-elsewhere", "ev-dig"]),
        ({"depth": "full", "aspects": ["elsewhere"]}, ["phase-dig-elsewhere", "ev-dig"]),
        ({"depth": "full", "aspects": ["happened"], "parts": ["paragraphs"]}, ["phase-dig-happened"]),
        ({"depth": "full", "aspects": "core"}, ["phase-dig-happened", "ev-dig"]),
        ({"depth": "full", "aspects": "more"}, ["phase-dig-happened", "phase-dig-elsewhere", "ev-dig"]),
        ({"parts": ["events"]}, ["ev-dig"]),
    ],
)
def test_a_section_shows_what_is_selected(pond: Pack, section: dict[str, Any], shown: list[str]) -> None:
    assert ids(brief(pond, PHASES | section)) == shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (["paragraphs"], ["pos-fence-case"]),
        (["arguments"], ["arg-1"]),
        (["arguments", "evidence"], ["arg-1", "ev-1"]),
        (["paragraphs", "arguments", "replies"], ["pos-fence-case", "arg-1", "re-1"]),
    ],
)
def test_a_debate_shows_the_selected_parts(pond: Pack, parts: list[str], shown: list[str]) -> None:
    assert ids(brief(pond, {"section": "debate", "parts": parts})) == shown


def test_a_position_of_which_nothing_is_shown_is_no_bare_heading(pond: Pack) -> None:
    positions = [p for q in brief(pond, {"section": "debate"}).chapters[0].pieces for p in q.pieces]
    assert [position.id for position in positions] == ["pos-fence"]
    assert brief(pond, {"section": "debate", "parts": ["paragraphs"], "aspects": ["later"]}).chapters == ()


@pytest.mark.parametrize(("parts", "answer"), [(["paragraphs"], ""), (["answers"], "Either, with a reason")])
def test_answers_and_marks_are_shown_only_on_request(pond: Pack, parts: list[str], answer: str) -> None:
    (task,) = brief(pond, {"section": "exercises", "parts": parts}).chapters[0].tasks
    assert task.number == "Q1"
    assert task.answer.startswith(answer)
    assert bool(task.answer) == bool(task.marks) == bool(answer)


def test_an_answer_names_each_place_of_the_document_that_shows_its_evidence_once(pond: Pack) -> None:
    answers = {"section": "exercises", "parts": ["answers"]}
    assert brief(pond, answers).chapters[0].tasks[0].evidence == ()
    both = brief(pond, {"section": "established"}, {"section": "figures"}, answers)
    assert both.chapters[2].tasks[0].evidence == (("est-1", "1.1"), ("frogs", "Frogs in the pond"))


def test_an_answer_names_an_event_by_its_phase_and_what_is_drawn_by_its_drawing(pond: Pack) -> None:
    evidence = ("ev-dig", "frogs/class-april", "frogs/keeper-april", "frogs")
    asked = replace(pond, exercises=(pond.exercises[0].model_copy(update={"evidence": evidence}),))
    shown = ({"section": "phases"}, {"section": "figures", "parts": ["intro"], "drawings": ["estimates"]})
    (*_, chapter) = brief(asked, *shown, {"section": "exercises", "parts": ["answers"]}).chapters
    phase, drawing = ("phase-dig", "The digging"), ("frogs-compared", "Frogs by day and by night")
    assert chapter.tasks[0].evidence == (phase, drawing)


def test_sections_have_the_order_of_the_audience_and_the_numbers_of_the_pack(pond: Pack) -> None:
    briefing = brief(pond, {"section": "debate"}, {"section": "options"}, {"section": "established", "title": "Sure"})
    assert [(c.number, c.id, c.title) for c in briefing.chapters] == [
        (4, "debate", "The debate"),
        (1, "established", "Sure"),
    ]


def test_notes_are_numbered_in_the_order_of_first_citation(pond: Pack) -> None:
    def notes(pack: Pack, *sections: dict[str, Any]) -> list[tuple[int, str]]:
        return [(note.number, note.source.id) for note in brief(pack, *sections).notes]

    established, paragraphs = {"section": "established"}, PHASES | {"parts": ["paragraphs"]}
    assert notes(pond, established) == [(1, "diary"), (2, "newsletter")]  # the key figure precedes the text
    assert notes(pond, {"section": "guidance"}) == [(1, "diary")]
    bare = replace(pond, info=pond.info.model_copy(update={"key_figures": ()}))
    assert notes(bare, established) == [(1, "newsletter"), (2, "diary")]
    assert notes(bare, paragraphs) == [(1, "newsletter")]
    assert notes(bare, {"section": "guidance"}) == []


def test_a_note_lists_the_paragraphs_that_cite_it(pond: Pack) -> None:
    notes = brief(pond, {"section": "established"}, PHASES).notes
    cited_in = {note.source.id: note.cited_in for note in notes}
    assert cited_in == {"diary": (("est-1", "1.1"),), "newsletter": (("est-1", "1.1"), ("phase-dig-happened", "2.1"))}


def test_a_paragraph_has_the_same_number_for_every_audience(pond: Pack, briefings: dict[str, Briefing]) -> None:
    for name, briefing in briefings.items():
        numbered = {s.id: s.number for s in said(briefing.chapters) if s.number}
        assert numbered, name
        assert numbered.items() <= pond.numbers.items()
        assert briefing.places == numbered


def test_texts_have_the_level_of_the_audience(pond: Pack) -> None:
    titles = {
        level: brief(pond, {"section": "established"}, level=level).title for level in ("plain", "standard", "advanced")
    }
    assert titles == {
        "plain": "Who counted the frogs?",
        "standard": "The school pond: who counted the frogs?",
        "advanced": "The school pond: who counted the frogs?",
    }


def test_every_text_missing_at_a_level_is_reported(pond: Pack) -> None:
    info = pond.info.model_copy(update={"title": pond.info.title.model_copy(update={"plain": None})})
    first = info.sections[0]
    bare = first.model_copy(update={"title": first.title.model_copy(update={"plain": None})})
    pack = replace(pond, info=info.model_copy(update={"sections": (bare, *info.sections[1:])}))
    with pytest.raises(ProblemError) as caught:
        brief(pack, {"section": "established"}, level="plain")
    assert [p.message for p in caught.value.problems] == [
        "'established' has no text at level plain, and 'ours' shows it",
        "'pond' has no text at level plain, and 'ours' shows it",
    ]


def test_speakers_are_names_instead_of_ids(pond: Pack) -> None:
    (piece,) = brief(pond, PHASES).chapters[0].pieces
    (paragraph,) = piece.paragraphs
    assert (paragraph.by, str(paragraph.as_of), paragraph.status) == (("Ada Moss",), "2023-03-02", "reported")
    rows = brief(pond, {"section": "figures"}).chapters[0].pieces[0].rows
    assert [(row.ref, row.by, row.via) for row in rows] == [
        ("frogs/keeper-april", ("Ada Moss",), ("Class 7b",)),  # in the order of the dates
        ("frogs/class-april", ("Class 7b",), ()),
    ]
    assert rows[1].rivals == ("frogs/keeper-april",)


def test_a_derived_estimate_has_the_sources_of_the_estimates_it_is_derived_from(pond: Pack) -> None:
    row = brief(pond, {"section": "figures"}).rows["left/worked-out"]
    assert (row.how, row.sources) == ("[=frogs/class-april|value] less [=left/third|value] of them", ("diary",))


@pytest.mark.parametrize(
    ("section", "left_out"),
    [
        ("established", {"phases": (1, 1), "figures": (3, 3), "debate": (1, 1)}),
        ("figures", {"established": (1, 1), "phases": (1, 1), "debate": (1, 1)}),
        ("debate", {"established": (1, 1), "phases": (1, 1), "figures": (3, 3)}),
    ],
)
def test_items_left_out_are_counted(pond: Pack, section: str, left_out: dict[str, tuple[int, int]]) -> None:
    gaps = brief(pond, {"section": section}).left_out
    assert {gap.section: (gap.missing, gap.of) for gap in gaps} == left_out


def test_what_a_drawing_shows_is_not_left_out(pond: Pack) -> None:
    drawn = brief(pond, {"section": "figures", "parts": [], "drawings": [{"kind": "over-time", "width": "column"}]})
    (gap,) = (gap for gap in drawn.left_out if gap.section == "figures")
    assert (gap.missing, gap.of, gap.printed) == (2, 3, True)  # two are not drawn
    assert not any(gap.printed for gap in drawn.left_out if gap.section != "figures")


def test_reading_time_is_calculated_from_the_number_of_words(pond: Pack) -> None:
    briefing = brief(pond, {"section": "established"})
    deck = "A made-up story about a real question. What do we know when two people count the same thing?"
    paragraph = "The pond was dug in March 2023. It holds water all year."
    assert briefing.words == len(f"{deck} {paragraph}".split())
    assert briefing.minutes == 1


def test_lists_contain_only_entries_that_the_text_mentions(pond: Pack) -> None:
    people = {"section": "people", "depth": "full"}
    assert [c.id for c in brief(pond, {"section": "guidance"}, people).chapters] == ["guidance"]
    entries = brief(pond, PHASES | {"parts": ["paragraphs"]}, people).chapters[1].entries
    assert [entry.id for entry in entries] == ["keeper"]


def test_an_entry_mentioned_only_by_another_entry_is_left_out(pond: Pack) -> None:
    other, keeper = pond.people
    role = LevelText(standard=f"taught {other.name}, and was {other.name}'s friend", plain="x")
    changed = replace(pond, people=(other, keeper.model_copy(update={"role": role})))
    people = {"section": "people", "depth": "full"}
    entries = brief(changed, PHASES | {"parts": ["paragraphs"]}, people).chapters[1].entries
    assert [entry.id for entry in entries] == ["keeper"]


def test_a_term_is_explained_once_where_it_is_first_used() -> None:
    pack = load(shipped() / "data/kursk", "data/kursk")
    sections = [{"section": "established"}, {"section": "phases"}, {"section": "objectives"}, {"section": "debate"}]
    documents = [{"document": "briefing", "look": "school", "gloss": "core"}]
    read = list(said(brief(pack, *sections, level="plain", documents=documents).chapters))
    explained = {entry.id: place for place, one in enumerate(read) for entry in one.terms}
    assert len(explained) == sum(len(one.terms) for one in read) > 3
    for term in (term for term in pack.terms if term.depth == "core"):
        texts = [(place, SearchText.of(one.text.replace("[@", ""))) for place, one in enumerate(read) if one.number]
        longer = longer_terms(pack.terms)[term.id]
        uses = [place for place, text in texts if uses_term(text, term, longer)]
        assert uses[:1] == [explained[term.id]] if term.id in explained else not uses
    without = list(said(brief(pack, *sections, level="plain").chapters))
    assert not any(one.terms for one in without)


def test_a_text_refers_to_other_parts_by_number_or_title(project: Path) -> None:
    file = project / "data/pond/pack.yaml"
    file.write_text(
        file.read_text().replace(
            "It holds water all year. [@diary]",
            "See [#phase-dig-happened], [#ex-1], [#frogs], [#debate] and [#frogs-over-time].",
        )
    )
    pack = load(project / "data/pond", "data/pond")
    references = brief(pack, {"section": "established"}).references
    assert references == {
        "phase-dig-happened": "2.1",
        "ex-1": "Q1",
        "frogs": "Frogs in the pond",
        "debate": "The debate",
        "frogs-over-time": "How many frogs?",
    }
