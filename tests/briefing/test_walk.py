"""Walking through a briefing: every part and text, in reading order, each once."""

from fractions import Fraction
from typing import Any

from briefings.briefing.parts import ArgumentView, Briefing, Chapter, DrawingView, ExerciseView, ItemView, StatementView
from briefings.briefing.walk import all_parts, texts, texts_of_parts, where_shown


def statement(text: str, **fields: Any) -> StatementView:
    return StatementView(text.casefold(), text, **fields)


def test_a_statement_yields_its_text_but_not_its_names_or_sources() -> None:
    assert list(filter(None, texts(statement("Text", by=("Ada Moss",), sources=("diary",), label="Case")))) == ["Text"]


def test_an_item_yields_the_texts_inside_it_in_reading_order() -> None:
    argument = ArgumentView(statement("Said"), (statement("Evidence"),), (statement("Reply"),))
    position = ItemView("position", "A title", paragraphs=(statement("Inner"),), reasons=(argument,))
    question = ItemView("question", "A title", paragraphs=(statement("Outer"),), pieces=(position,))
    assert list(filter(None, texts(question))) == ["Outer", "Inner", "Said", "Evidence", "Reply"]


def test_an_exercise_yields_text_answer_and_marks_but_no_evidence() -> None:
    exercise = ExerciseView("ex", "Q1", "source", 1, "Why?", "Because.", (("p-1", "2.1"),), ("Gives a reason",))
    assert list(texts(exercise)) == ["Why?", "Because.", "Gives a reason"]


def test_strings_in_a_tuple_are_texts() -> None:
    assert list(filter(None, texts(("Deck", (statement("Text"),))))) == ["Deck", "Text"]


def test_a_part_precedes_the_parts_inside_it() -> None:
    inner = statement("Text")
    item = ItemView("item", "A title", paragraphs=(inner,))
    chapter = Chapter("chapter", 1, "A title", "", pieces=(item,))
    assert all_parts((chapter,)) == [chapter, item, inner]


def test_the_data_of_a_drawing_is_not_collected(briefings: dict[str, Briefing]) -> None:
    drawings = [drawing for chapter in briefings["university"].chapters for drawing in chapter.drawings]
    drawing = next(drawing for drawing in drawings if drawing.rows)
    assert isinstance(drawing, DrawingView)
    assert all_parts((drawing,)) == [drawing]
    assert list(texts((drawing,))) == []


def test_values_that_are_no_parts_are_skipped() -> None:
    assert all_parts((None, 3, Fraction(1, 3), {"text": "Text"})) == []


def test_texts_of_parts_does_not_walk_into_parts() -> None:
    item = ItemView("item", "A title", paragraphs=(statement("Text"),))
    assert list(texts_of_parts([item])) == []
    assert list(texts_of_parts(["Deck"])) == ["Deck"]


def test_each_thing_stands_where_a_document_shows_it(briefings: dict[str, Briefing]) -> None:
    places = where_shown(briefings["secondary"].chapters)
    assert places["est-1"] == ("est-1", "1.1")
    assert places["frogs/class-april"] == places["frogs"] == ("frogs", "Frogs in the pond")
    # Neither a section nor a question answers a question, and a drawing names what only it shows.
    assert not {"established", "ex-1", "gui-1", "frogs/never"} & places.keys()


def test_what_only_a_drawing_shows_stands_under_its_title(briefings: dict[str, Briefing]) -> None:
    chapters = briefings["university"].chapters
    assert where_shown(chapters)["frogs/class-april"] == ("frogs", "Frogs in the pond")
    drawings_only = (Chapter(c.id, c.number, c.title, c.holds, drawings=c.drawings) for c in chapters)
    places = where_shown(drawings_only)
    assert places["frogs/class-april"] == places["frogs"] == ("frogs-compared", "Frogs by day and by night")
    assert "est-1" not in places


def test_what_stands_in_an_inner_item_is_found_under_the_inner_title() -> None:
    argument = ArgumentView(statement("Said"), (statement("Evidence"),), (statement("Reply"),))
    position = ItemView("position", "Inner title", events=(statement("Event"),), reasons=(argument,))
    chapter = Chapter("debate", 1, "Debate", "", pieces=(ItemView("question", "Title", pieces=(position,)),))
    inside = dict.fromkeys(("position", "said", "evidence", "reply", "event"), ("position", "Inner title"))
    assert where_shown([chapter]) == {"question": ("question", "Title"), **inside}
