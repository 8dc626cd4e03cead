"""The JSON file in a PDF: everything that the document shows, nothing else, and never an answer."""

import io
import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from conftest import POND, quick_first
from looks import Tags, said
from pypdf import PdfReader

from briefings import markdown
from briefings.briefing.parts import Briefing
from briefings.composing.project import compose_all
from briefings.library import Library, shipped
from briefings.loading.load import load
from briefings.pack.pack import Pack
from briefings.page.attachment import _amount, _without_empty, attachment_json
from briefings.page.render import render
from briefings.pdf.typeset import typeset
from briefings.schema.dates import PartialDate
from briefings.schema.fields import LEVELS, LevelText

PACKS = {"kursk": shipped(), "pond": POND}


@pytest.fixture(scope="module", params=quick_first(PACKS))
def composed(request: pytest.FixtureRequest) -> tuple[Pack, Library, tuple[Briefing, ...]]:
    """A pack, its library, and every document of every audience."""
    root = PACKS[request.param]
    pack, library = load(root / "data" / request.param, request.param), Library(root)
    return pack, library, compose_all(pack, library)


Composed = tuple[Pack, Library, tuple[Briefing, ...]]


@pytest.fixture(scope="module")
def estimates(composed: Composed) -> dict[str, set[str]]:
    """Document -> the estimates on its page."""
    _, library, briefings = composed
    return {each.name: set(Tags(render(each, library).html).values("data-estimate")) for each in briefings}


def ids(record: dict[str, Any], part: str) -> list[str]:
    return [entry["id"] for entry in record[part]]


def test_it_contains_everything_that_the_document_shows(composed: Composed, estimates: dict[str, set[str]]) -> None:
    for briefing in composed[2]:
        record = json.loads(attachment_json(briefing))
        assert ids(record, "statements") == [each.id for each in said(briefing)]
        assert estimates[briefing.name] <= set(ids(record, "estimates")), briefing.name
        assert ids(record, "sources") == [note.source.id for note in briefing.notes]


def test_it_contains_nothing_that_the_document_does_not_show(
    composed: Composed, estimates: dict[str, set[str]]
) -> None:
    for briefing in composed[2]:
        # Slides carry the data of their notes.
        shown = estimates[briefing.name] | estimates.get(briefing.name.replace("slides", "slide-notes"), set())
        record = json.loads(attachment_json(briefing))
        referenced = {
            mark.ref for row in record["estimates"] for mark in marks(row) if isinstance(mark, markdown.NumberReference)
        }
        referenced |= {ref for row in record["estimates"] for ref in row.get("disagrees_with", ())}
        assert set(ids(record, "estimates")) <= shown | referenced, briefing.name


def marks(value: Any) -> Iterator[markdown.Citation | markdown.NumberReference]:
    """Every mark in any text of the record."""
    if isinstance(value, str):
        yield from markdown.find_marks(value)
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from marks(each)


def test_every_id_it_refers_to_is_defined_in_it(composed: Composed) -> None:
    for briefing in composed[2]:
        record = json.loads(attachment_json(briefing))
        sources, estimates = set(ids(record, "sources")), set(ids(record, "estimates"))
        parts = [entry for name in ("statements", "parts", "entries", "estimates") for entry in record[name]]
        assert {source for entry in parts for source in entry.get("sources", ())} <= sources
        named = list(marks(record))
        assert {mark.source for mark in named if isinstance(mark, markdown.Citation)} <= sources
        assert {mark.ref for mark in named if isinstance(mark, markdown.NumberReference)} <= estimates


def answers(pack: Pack) -> set[str]:
    """Every text that answers an exercise, at every level."""
    found = set()
    for task in pack.exercises:
        for answer in (task.answer, *(mark.point for mark in task.marks)):
            texts = [getattr(answer, level) for level in LEVELS] if isinstance(answer, LevelText) else [answer]
            found |= {each for each in texts if each and len(each) > 20}
    return found


def test_it_never_contains_an_answer(composed: Composed) -> None:
    pack, _, briefings = composed
    secrets = answers(pack)
    assert secrets
    for briefing in briefings:
        words = json.dumps(json.loads(attachment_json(briefing)), ensure_ascii=False)
        assert [answer for answer in secrets if json.dumps(answer, ensure_ascii=False)[1:-1] in words] == []


@pytest.mark.slow
def test_it_is_embedded_in_the_pdf(briefings: dict[str, Briefing], library: Library) -> None:
    page = render(briefings["pupils"], library)
    root = PdfReader(io.BytesIO(typeset(page, library).pdf)).trailer["/Root"]
    (file,) = (each.get_object() for each in root["/AF"])
    embedded = file["/EF"]["/F"]
    assert embedded.get_data().decode() == attachment_json(briefings["pupils"])
    assert (file["/UF"], file["/AFRelationship"]) == (f"{page.name}.json", "/Source")
    assert file["/Desc"] == "The statements, estimates and sources that these sheets show"
    assert embedded["/Subtype"] == "/application/json"
    day = page.date.replace("-", "")
    assert embedded["/Params"]["/CreationDate"] == embedded["/Params"]["/ModDate"] == f"D:{day}000000Z"


def test_a_screen_page_has_no_attachment(composed: Composed) -> None:
    assert render(composed[2][0], composed[1], screen=True).attachment is None


@pytest.mark.parametrize(
    ("value", "written"),
    [(None, None), (Fraction(1200), 1200), (Fraction(1, 10), 0.1), (Fraction(5, 2), 2.5), (Fraction(1, 3), "1/3")],
)
def test_an_amount_is_a_number_only_if_json_writes_it_exactly(value: Fraction | None, written: object) -> None:
    assert _amount(value) == written
    assert type(_amount(value)) is type(written)


def test_empty_fields_are_left_out_but_zero_is_kept() -> None:
    date = PartialDate.parse("mid 2024-04")
    assert _without_empty(a="", b=(), c=None, number=0, date=date) == {"number": 0, "date": "mid 2024-04"}


def test_an_argument_names_the_section_position_and_argument_that_contain_it(briefings: dict[str, Briefing]) -> None:
    statements = {s["id"]: s for s in json.loads(attachment_json(briefings["university"]))["statements"]}
    evidence = statements["ev-1"]
    assert (evidence["section"], evidence["part"], evidence["argument"]) == ("debate", "pos-fence", "arg-1")
