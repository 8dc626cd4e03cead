"""The specimen: every kind of part of a pack, with its shortest and longest content."""

import re

import pytest

from briefings.briefing.parts import ExerciseView, StatementView
from briefings.composing.specimen import _shortest_and_longest, specimen
from briefings.library import Library, shipped
from briefings.pack.pack import Pack
from briefings.page.render import render


def statement(text: str) -> StatementView:
    return StatementView(text, text)


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (["one two", "one", "one two three"], ["one", "one two three"]),
        (["one two three", "one two", "one"], ["one two three", "one"]),  # in the original order
        (["one", "two"], ["one"]),  # equally long: one is enough
        (["one"], ["one"]),
        ([], []),
    ],
)
def test_the_shortest_and_the_longest_part_are_kept(texts: list[str], kept: list[str]) -> None:
    assert [part.text for part in _shortest_and_longest(map(statement, texts))] == kept


def test_an_answer_counts_as_part_of_an_exercise() -> None:
    short, answered = (
        ExerciseView(name, "Q1", "source", 1, "Why is it so?", answer)
        for name, answer in (("short", ""), ("answered", "Because of the rain."))
    )
    middle = ExerciseView("middle", "Q1", "source", 1, "Why is it really so?")
    assert [each.id for each in _shortest_and_longest([middle, answered, short])] == ["answered", "short"]


def test_a_specimen_shows_every_section_but_lists_of_what_no_text_mentions(pond: Pack) -> None:
    shown = {chapter.id for chapter in specimen(pond, "page").chapters}
    assert {section.id for section in pond.info.sections} - shown == {"glossary"}


def test_a_specimen_shows_full_depth_with_answers(pond: Pack) -> None:
    (task,) = next(chapter.tasks for chapter in specimen(pond, "page").chapters if chapter.id == "exercises")
    assert task.answer


def test_a_specimen_has_the_look_and_paper_requested(pond: Pack) -> None:
    briefing = specimen(pond, "school", "letter")
    assert (briefing.choice.look, briefing.paper, briefing.name) == ("school", "letter", "specimen-school")


def test_three_periods_are_kept_for_a_row_of_them(kursk: Pack) -> None:
    phases = next(chapter for chapter in specimen(kursk, "page").chapters if chapter.holds == "phases")
    assert len(phases.pieces) == 3
    order = [phase.id for phase in kursk.phases]
    assert sorted((piece.id for piece in phases.pieces), key=order.index) == [piece.id for piece in phases.pieces]


@pytest.mark.slow
def test_a_specimen_shows_the_parts_of_every_layout_once(kursk: Pack) -> None:
    html = render(specimen(kursk, "page"), Library(shipped())).html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for part in (
        "claim",
        "phase-strip",
        "aspects",
        "positions",
        "matrix",
        "matrix long",
        "data-cards",
        "position argued",
    ):
        assert f'class="{part}' in html, part
    for part in ("argument-card", "sources-list", "judgement", "gloss", "happened", "timeline"):
        assert re.search(rf'class="[^"]*\b{part}\b', html), part
    for kind in {drawing.kind for drawing in kursk.drawings}:
        assert f'<figure class="drawing {kind} ' in html, kind
