"""Every question is answered on the sheets that print it: a table of question and answer, from the rendered pages.

`pytest tests/product/test_questions.py -s` prints the table.
"""

import re
from collections.abc import Iterator

import pytest
from conftest import every_document

from briefings.briefing.parts import Briefing, DrawingView, EstimateView, ItemView, StatementView
from briefings.briefing.walk import all_parts
from briefings.composing.project import compose_all
from briefings.library import Library, shipped
from briefings.loading.load import load
from briefings.pack.pack import Pack
from briefings.page.render import render

# Slides print the first sentence of a text; their notes, which are here, print the whole. Papers differ only in size.
DOCUMENTS = (
    *("pupils-briefing", "pupils-briefing-large-print", "pupils-map-sheet", "pupils-slide-notes"),
    *("secondary-briefing", "secondary-briefing-large-print", "secondary-map-sheet", "secondary-slide-notes"),
    "teachers-briefing",
)
SLIDES = ("pupils-slides", "secondary-slides")


@pytest.fixture(scope="module")
def documents() -> dict[str, Briefing]:
    return every_document("kursk")


def places(briefing: Briefing) -> dict[str, str]:
    """What stands where on a document, by id: "3.2", "event of 6 Aug 2024", "table of figure land-taken", "map" ..."""
    found: dict[str, str] = {}
    parts = all_parts(briefing.chapters)
    for drawing in (part for part in parts if isinstance(part, DrawingView)):
        for part in all_parts((drawing.pieces, drawing.entries, drawing.rows)):
            found[_id(part)] = drawing.kind
        found[drawing.id] = drawing.kind
    for part in parts:
        if isinstance(part, StatementView):
            found[part.id] = part.number or (f"event of {part.date}" if part.date else f"below {part.text[:20]}…")
        elif isinstance(part, ItemView):
            found[part.id] = f"under {part.title}"
        elif isinstance(part, EstimateView):
            found[part.ref] = f"table of figure {part.figure.id}"
    return found


def _id(part: object) -> str:
    return part.ref if isinstance(part, EstimateView) else getattr(part, "id", "")


def answered_by(briefing: Briefing, kursk: Pack) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """(id, question, [(evidence id, where it stands)]) for each question of a document."""
    where = places(briefing)
    evidence = {exercise.id: exercise.evidence for exercise in kursk.exercises}
    for chapter in briefing.chapters:
        for task in chapter.tasks:
            yield task.id, task.text, [(each, where.get(each, "nowhere")) for each in evidence[task.id]]


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_question_is_answered_on_its_own_sheets(name: str, documents: dict[str, Briefing], kursk: Pack) -> None:
    briefing = documents[name]
    html = render(briefing, Library(shipped())).html
    printed = set(re.findall(r'(?:\bid|data-statement|data-estimate|data-place)="([^"]+)"', html))
    table = list(answered_by(briefing, kursk))
    print(f"\n{name}")
    for task, question, evidence in table:
        print(f"  {task:28} {question[:44]:44} <- {'; '.join(f'{each} ({where})' for each, where in evidence)}")
    assert table
    for task, _, evidence in table:
        assert evidence, task
        assert {each for each, where in evidence if where == "nowhere" or each not in printed} == set(), task


def test_no_document_with_questions_is_left_out(documents: dict[str, Briefing]) -> None:
    asking = {name for name, briefing in documents.items() if any(chapter.tasks for chapter in briefing.chapters)}
    asking = {name.removesuffix("-letter") for name in asking}
    # the reader shows the whole pack, so it has the evidence of every question
    assert asking - {"everyone-reader"} == {*DOCUMENTS, *SLIDES}


def test_the_answer_key_refers_only_to_its_own_sheets(documents: dict[str, Briefing]) -> None:
    html = render(documents["teachers-briefing"], Library(shipped())).html
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    for chapter in documents["teachers-briefing"].chapters:
        for task in chapter.tasks:
            assert task.evidence, task.id
            assert {element for element, _ in task.evidence} <= ids, task.id


ASKED = re.compile(
    r'<div class="task" id="([^"]+)">\s*<(?:p|div) class="ask[^"]*"><span class="[^"]*\bnum\b[^"]*">([^<]+)<'
)


@pytest.mark.slow
@pytest.mark.parametrize("pack", ["kursk", "smallpox"])
def test_a_question_has_its_number_on_every_sheet(pack: str) -> None:
    library, found = Library(shipped()), 0
    for briefing in compose_all(load(shipped() / "data" / pack, pack), library):
        if briefing.choice.document == "briefing":
            numbers = {task.id: task.number for chapter in briefing.chapters for task in chapter.tasks}
            printed = ASKED.findall(render(briefing, library).html)
            # cards show a part of the questions, with the numbers by which other papers name them
            assert printed == [(key, numbers[key].strip()) for key, _ in printed], briefing.name
            found += len(printed)
    assert found > 10
