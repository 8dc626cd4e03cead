"""Chapters -> slides: what each shows, its headline, its minutes, how parts are grouped, what its notes give."""

from dataclasses import replace
from typing import Any

import pytest
from conftest import HERE

from briefings.briefing.parts import Briefing, ItemView, Slide
from briefings.composing.compose import compose
from briefings.composing.fewer_reports import MAX_REPORTS
from briefings.composing.slides.deck import WORDS_OF_ADVICE, _panels
from briefings.composing.slides.groups import MAX_WORDS, split_evenly
from briefings.language.strings import load_strings
from briefings.library import Library
from briefings.loading.load import load
from briefings.pack.pack import Pack
from briefings.schema.audience import Audience, DeckChoice

DECK = {"minutes": {1: {"think": 2, "share": 3}}}


@pytest.fixture
def brook() -> Pack:
    return load(HERE / "brook/data/brook", "data/brook")


def slides(pack: Pack, *sections: dict[str, Any], deck: dict[str, Any] = DECK, level: str = "standard") -> list[Slide]:
    return list(compose_deck(pack, *sections, deck=deck, level=level).slides)


def compose_deck(pack: Pack, *sections: dict[str, Any], deck: dict[str, Any], level: str) -> Briefing:
    documents = [
        {"document": "slides", "look": "projected", "papers": "wide", "deck": deck, "sections": sections},
        {"document": "slide-notes", "look": "page", "like": "slides", "answers": True},
    ]
    audience = Audience.model_validate(
        {"id": "ours", "title": "Ours", "level": level, "words_per_minute": 100, "documents": documents}
        | {"sections": [{"section": "people"}]}
    )
    return compose(pack, audience, audience.documents[0])


EVERYTHING = tuple({"section": name} for name in ("established", "phases", "debate", "figures", "exercises"))


def test_each_part_has_its_kind_of_slide(pond: Pack) -> None:
    made = slides(pond, *EVERYTHING)
    assert [slide.kind for slide in made] == [
        *("opening", "number", "thought", "phases", "positions", "positions", "question")
    ]
    assert [slide.number for slide in made] == list(range(1, 8))
    assert all(slide.words <= MAX_WORDS for slide in made)


def test_a_chart_takes_the_place_of_a_figures_cards(pond: Pack) -> None:
    made = slides(pond, {"section": "figures", "drawings": ["over-time"]})
    assert [(slide.kind, slide.title) for slide in made[2:]] == [("picture", "How many frogs?")]
    assert {part.id for part in made[2].behind} >= {"fig-0", "frogs"}  # the notes give every report


def test_a_headline_is_what_a_part_says_at_the_readers_level_or_its_title(kursk: Pack) -> None:
    history = {"section": "figures", "drawings": ["over-time"]}
    assert slides(kursk, history)[-1].title == "The reports of the land taken differ"
    plain = slides(kursk, {"section": "unknown"}, level="plain")[-1]
    assert (plain.kind, plain.title) == ("closing", "What can nobody outside check?")
    assert slides(kursk, {"section": "about-sources", "depth": "more"})[-1].title == "About the sources"


def test_a_question_has_minutes_and_where_to_look(pond: Pack) -> None:
    question = slides(pond, *EVERYTHING)[-1]
    assert question.minutes == (("think", 2), ("share", 3))
    assert [place for _, place in question.tasks[0].look] == ["1.1", "Frogs in the pond"]
    assert not question.tasks[0].task.answer
    assert slides(pond, *EVERYTHING, deck={})[-1].minutes == ()


def test_numbers_are_as_many_as_asked_for(pond: Pack) -> None:
    assert [s.kind for s in slides(pond, deck={"numbers": 0})] == ["opening"]
    number = slides(pond)[1]
    assert number.row
    assert number.row.ref == "frogs/class-april"
    assert number.row.ref not in {row.ref for row in number.others}


def test_a_slide_names_its_sources_once_for_each_publisher_and_day(kursk: Pack) -> None:
    for slide in slides(kursk, {"section": "debate", "depth": "more"}, {"section": "phases", "depth": "more"}):
        named = [(source.publisher, str(source.published)) for source in slide.cited]
        assert len(named) == len(set(named))
        assert {source.id for source in slide.cited} <= set(slide.sources)


def test_notes_are_like_their_slides(pond: Pack) -> None:
    deck = compose_deck(pond, *EVERYTHING, deck=DECK, level="standard")
    notes = compose(pond, deck.audience, deck.audience.documents[1])
    assert [slide.title for slide in notes.slides] == [slide.title for slide in deck.slides]
    assert notes.choice.deck == DeckChoice.model_validate(DECK)
    assert notes.slides[-1].tasks[0].task.answer


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [([1, 1, 1, 1], [4]), ([1, 1, 1, 1, 1], [3, 2]), ([3, 3], [1, 1]), ([4, 1, 1], [1, 2]), ([], []), ([9], [1])],
)
def test_parts_are_grouped_evenly(sizes: list[int], groups: list[int]) -> None:
    found = split_evenly(sizes, lambda group: sum(group) <= 4)
    assert [len(group) for group in found] == groups
    assert [size for group in found for size in group] == sizes


def test_a_chart_in_panels_becomes_a_slide_for_each_figure(brook: Pack) -> None:
    made = slides(brook, {"section": "figures", "drawings": ["estimates"]}, deck={"numbers": 0})
    drawn = [slide for slide in made if slide.kind == "picture" and slide.picture and slide.picture.kind == "estimates"]
    assert [[len(piece.rows) for piece in slide.picture.pieces] for slide in drawn if slide.picture] == [
        [4],
        [2],
        [4],
        [3],
    ]
    assert drawn[0].id == "side-by-side"  # what refers to the drawing leads to its first panel
    assert len({slide.id for slide in drawn}) == len(drawn)
    assert all(
        set(slide.sources) == {s for row in slide.picture.pieces[0].rows for s in row.sources}
        for slide in drawn
        if slide.picture
    )


def test_many_estimates_of_a_figure_are_parts(brook: Pack) -> None:
    drawing = {"section": "figures", "drawings": ["estimates"]}
    picture = next(s.picture for s in slides(brook, drawing) if s.picture and s.picture.kind == "estimates")
    piece = picture.pieces[0]
    twice = replace(piece, rows=(*piece.rows, *piece.rows[:1]))
    assert [(len(part.rows), n, of) for part, n, of in _panels(twice)] == [(3, 1, 2), (2, 2, 2)]


def test_phases_stand_in_one_strip_with_a_share_each(kursk: Pack) -> None:
    wanted = {"section": "phases", "depth": "more", "parts": ["paragraphs", "estimates"]}
    found = slides(kursk, wanted, deck={"numbers": 0})[1:]
    assert [(slide.kind, slide.strip, len(slide.pieces)) for slide in found] == [("phases", True, 8)]
    (slide,) = found
    assert slide.shares
    tiled = [row.ref for piece in slide.pieces for row in piece.rows if row.ref in slide.shares.refs]
    assert len(tiled) == 3
    assert tiled[1] == "share-lost/bloomberg-december"  # the last of two in its period
    assert all(len(piece.rows) <= 1 for piece in slide.pieces)
    behind = [part for part in slide.behind if isinstance(part, ItemView)]
    assert {row.ref for piece in behind for row in piece.rows} > {*tiled}  # the notes give every report


def test_phases_without_tiles_are_cards(kursk: Pack) -> None:
    found = slides(kursk, {"section": "phases", "depth": "more", "parts": ["paragraphs"]}, deck={"numbers": 0})[1:]
    assert [(slide.strip, slide.shares) for slide in found] == [(False, None)] * len(found)


def test_a_crowded_chart_keeps_the_ends_of_each_figure(kursk: Pack) -> None:
    drawing = {"section": "figures", "parts": ["estimates"], "drawings": ["over-time"], "depth": "full"}
    slide = next(s for s in slides(kursk, drawing, deck={"numbers": 0}) if s.kind == "picture")
    assert slide.picture
    shown = [row for piece in slide.picture.pieces for row in piece.rows]
    assert len(shown) == MAX_REPORTS < len(slide.reports)
    assert {row.ref for row in shown} >= {"land-taken/staff-max", "land-left/isw-april"}  # the largest, the last
    assert {*slide.sources} >= {source for row in shown for source in row.sources}
    assert [row for row in slide.reports if row in shown] == shown  # in their order


def test_a_joined_chart_and_one_of_few_reports_stay_as_they_are(brook: Pack, pond: Pack) -> None:
    drawing = {"section": "figures", "drawings": ["over-time"], "depth": "full"}
    for pack in (brook, pond):
        for slide in slides(pack, drawing, deck={"numbers": 0}):
            if slide.picture and slide.kind == "picture" and getattr(slide.picture.thing, "joined", False):
                assert sum(len(piece.rows) for piece in slide.picture.pieces) == len(slide.reports)


def test_the_opening_leaves_out_an_area_that_has_a_slide(kursk: Pack) -> None:
    drawn = {"section": "phases", "drawings": ["map"]}
    for numbers, areas in ((1, 0), (0, 1)):
        opening = slides(kursk, drawn, deck={"numbers": numbers})[0]
        assert opening.picture
        assert len(getattr(opening.picture.thing, "areas", ())) == areas


def test_a_question_says_what_to_do_in_each_step_if_its_words_leave_room(pond: Pack, kursk: Pack) -> None:
    assert slides(pond, *EVERYTHING)[-1].guided
    assert not slides(pond, *EVERYTHING, deck={})[-1].guided
    asked = slides(kursk, {"section": "exercises", "exercises": ["text", "discussion"]})
    assert {slide.guided for slide in asked if slide.kind == "question"} == {True, False}
    assert all(slide.words <= MAX_WORDS for slide in asked)


def test_the_advice_for_a_step_has_few_words(library: Library) -> None:
    how = load_strings(library, "en")["slides"]["how"]
    assert how.keys() == load_strings(library, "en")["exercise_kinds"].keys()
    assert all(len(words.split()) <= WORDS_OF_ADVICE for steps in how.values() for words in steps.values())
