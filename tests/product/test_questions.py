"""Every question is answered on the sheets that print it: a table of question and answer, from the rendered pages.

`pytest tests/product/test_questions.py -s` prints the table.
"""

import re
from collections.abc import Iterator

import pytest
from conftest import every_document

from briefings.briefing.parts import Briefing, DrawingView, EstimateView, ItemView, StatementView
from briefings.briefing.walk import all_parts
from briefings.library import Library, shipped
from briefings.pack.pack import Pack
from briefings.page.render import render

DOCUMENTS = ("pupils-briefing", "secondary-briefing", "teachers-briefing", "pupils-map-sheet", "secondary-map-sheet")


@pytest.fixture(scope="module")
def documents() -> dict[str, Briefing]:
    return {name: briefing for name, briefing in every_document("kursk").items() if name in DOCUMENTS}


def places(briefing: Briefing) -> dict[str, str]:
    """Where a reader finds each id: 'paragraph 3.2', 'drawing "Where it happened"', 'event of 6 August' …"""
    found: dict[str, str] = {}
    parts = all_parts(briefing.chapters)
    for drawing in (part for part in parts if isinstance(part, DrawingView)):
        shown = f'drawing "{drawing.title}"'
        inside = all_parts((drawing.pieces, drawing.entries, drawing.rows))
        found |= dict.fromkeys((getattr(part, "ref", "") or getattr(part, "id", "") for part in inside), shown)
        found[drawing.id] = shown
    for part in parts:
        if isinstance(part, StatementView):
            found[part.id] = f"paragraph {part.number}" if part.number else f'"{part.text[:30]}…"'
        elif isinstance(part, ItemView):
            found[part.id] = f'"{part.title}"'
        elif isinstance(part, EstimateView):
            found[part.ref] = f"row {part.ref} of a table"
    return found


def answered_by(briefing: Briefing, kursk: Pack) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """(number, question, [(evidence id, where it stands)]) for each question of a document."""
    where = places(briefing)
    evidence = {exercise.id: exercise.evidence for exercise in kursk.exercises}
    for chapter in briefing.chapters:
        for task in chapter.tasks:
            yield task.number, task.text, [(each, where.get(each, "nowhere")) for each in evidence[task.id]]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_question_is_answered_on_its_own_sheets(name: str, documents: dict[str, Briefing], kursk: Pack) -> None:
    briefing = documents[name]
    html = render(briefing, Library(shipped())).html
    printed = set(re.findall(r'(?:\bid|data-statement|data-estimate|data-place)="([^"]+)"', html))
    table = list(answered_by(briefing, kursk))
    print(f"\n{name}")
    for number, question, evidence in table:
        print(f"  {number:4} {question[:70]:70} <- {', '.join(where for _, where in evidence)}")
    assert table
    for number, _, evidence in table:
        assert evidence, number
        assert {each for each, where in evidence if where == "nowhere" or each not in printed} == set(), number
