"""What lies inside a PDF: exactly what its sheets show, and never an answer."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import POND
from looks import Tags, said
from pypdf import PdfReader

from briefings import markdown
from briefings.briefing.parts import Briefing
from briefings.composing.project import compose_all
from briefings.library import Library, shipped
from briefings.loading.load import load
from briefings.pack.pack import Pack
from briefings.page.attachment import attachment_json
from briefings.page.render import render
from briefings.pdf.typeset import typeset
from briefings.schema.fields import LEVELS, LevelText

PACKS = {"kursk": shipped(), "pond": POND}


@pytest.fixture(scope="module", params=PACKS)
def whole(request: pytest.FixtureRequest) -> tuple[Pack, Library, tuple[Briefing, ...]]:
    """A pack, where its templates are, and every document of every audience."""
    root = PACKS[request.param]
    pack, library = load(root / "data" / request.param, request.param), Library(root)
    return pack, library, compose_all(pack, library)


Whole = tuple[Pack, Library, tuple[Briefing, ...]]


def ids(record: dict[str, Any], part: str) -> list[str]:
    return [entry["id"] for entry in record[part]]


def test_it_holds_what_the_sheets_show(whole: Whole) -> None:
    _, library, briefings = whole
    for briefing in briefings:
        record = json.loads(attachment_json(briefing))
        tags = Tags(render(briefing, library).html)
        assert ids(record, "statements") == [each.id for each in said(briefing)]
        assert set(tags.values("data-estimate")) <= set(ids(record, "estimates")), briefing.name
        assert ids(record, "sources") == [note.source.id for note in briefing.notes]


def test_it_holds_nothing_else(whole: Whole) -> None:
    _, library, briefings = whole
    shown = {briefing.name: set(Tags(render(briefing, library).html).values("data-estimate")) for briefing in briefings}
    for briefing in briefings:
        shown[briefing.name] |= shown.get(briefing.name.replace("slides", "slide-notes"), set())  # what is said to them
        record = json.loads(attachment_json(briefing))
        told = {
            mark.ref for row in record["estimates"] for mark in marks(row) if isinstance(mark, markdown.NumberReference)
        }
        told |= {ref for row in record["estimates"] for ref in row.get("disagrees_with", ())}
        assert set(ids(record, "estimates")) <= shown[briefing.name] | told, briefing.name


def marks(value: Any) -> Iterator[markdown.Citation | markdown.NumberReference]:
    """Every mark in any text of the record."""
    if isinstance(value, str):
        yield from markdown.find_marks(value)
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from marks(each)


def test_every_id_it_names_is_in_it(whole: Whole) -> None:
    for briefing in whole[2]:
        record = json.loads(attachment_json(briefing))
        sources, estimates = set(ids(record, "sources")), set(ids(record, "estimates"))
        parts = [entry for name in ("statements", "parts", "entries", "estimates") for entry in record[name]]
        assert {source for entry in parts for source in entry.get("sources", ())} <= sources
        named = list(marks(record))
        assert {mark.source for mark in named if isinstance(mark, markdown.Citation)} <= sources
        assert {mark.ref for mark in named if isinstance(mark, markdown.NumberReference)} <= estimates


def answers(pack: Pack) -> set[str]:
    """Every text that answers a question, at every level."""
    found = set()
    for task in pack.exercises:
        for answer in (task.answer, *task.marks):
            texts = [getattr(answer, level) for level in LEVELS] if isinstance(answer, LevelText) else [answer]
            found |= {each for each in texts if each and len(each) > 20}
    return found


def test_no_answer_is_ever_in_it(whole: Whole) -> None:
    pack, _, briefings = whole
    secret = answers(pack)
    assert secret
    for briefing in briefings:
        words = json.dumps(json.loads(attachment_json(briefing)), ensure_ascii=False)
        assert [answer for answer in secret if json.dumps(answer, ensure_ascii=False)[1:-1] in words] == []


@pytest.mark.slow
def test_the_pdf_carries_it(briefings: dict[str, Briefing], library: Library) -> None:
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


def test_a_screen_carries_nothing(whole: Whole) -> None:
    assert render(whole[2][0], whole[1], screen=True).attachment is None
