"""`briefings why`: from a number or words on a page to everything that stands behind them."""

import json
import re
import zlib
from pathlib import Path

import pytest
from conftest import Run

from briefings.briefing.parts import Briefing
from briefings.cli import why
from briefings.library import Library, shipped
from briefings.pack.pack import Pack
from briefings.query.why import Search, SearchResult, normalize


@pytest.fixture(scope="module")
def ask(kursk: Pack, kursk_briefings: dict[str, Briefing]) -> dict[str, SearchResult]:
    """Each question asked of the shipped pack, once."""
    questions = [
        *("1,200", "more than 1,200 square kilometres", "two-thirds", "land-taken", "2.3", "1,250", "Sudzha was never"),
        *(
            "Different moments make a series, not a\nconflict.",
            "low confidence",
            "That incursion did not begin a war.3",
        ),
        *("Five things to know about Ukraine’s Kursk incursion", "square kilometres"),
    ]
    library, none = Library(shipped()), Path("none")
    search = Search(kursk, list(kursk_briefings.values()), library, none)
    return {question: search.find(question) for question in questions}


def estimates(answer: SearchResult) -> list[str]:
    return [found.row.ref for found in answer.estimates]


def test_a_number_is_every_estimate_that_says_it(ask: dict[str, SearchResult]) -> None:
    assert estimates(ask["1,200"]) == ["land-taken/afp-days", "prokhorovka-vehicles/soviet-accounts"]
    assert estimates(ask["more than 1,200 square kilometres"]) == ["land-taken/afp-days"]
    assert estimates(ask["two-thirds"]) == ["share-lost/afp-february"]
    assert {"fig-land-taken-1", "hist-prokhorovka-1"} <= {stated.id for stated in ask["1,200"].statements}
    assert {"afp-2025", "riabenko-2022"} <= {source.id for source in ask["1,200"].sources}


def test_a_number_stands_in_the_documents_that_show_it(ask: dict[str, SearchResult]) -> None:
    first, second = ask["1,200"].estimates
    assert "pupils-briefing" in [stands.document for stands in first.occurrences]
    assert "pupils-briefing" not in [stands.document for stands in second.occurrences]


def test_a_piece_of_a_sentence_is_its_statement(ask: dict[str, SearchResult]) -> None:
    (stated,) = ask["Different moments make a series, not a\nconflict."].statements
    assert (stated.id, stated.number, stated.passage.levels) == ("fig-land-taken-1", "4.3", ("standard",))
    assert "about 800\u00a0square kilometres in the first week, more than 1,200 within days" in stated.text
    (found,) = ask["That incursion did not begin a war.3"].statements  # a note's number copied along
    assert found.id == "est-1"


def test_a_quotation_is_given(ask: dict[str, SearchResult]) -> None:
    quoted = {stated.id: stated.quoted for stated in ask["low confidence"].statements}
    assert quoted["fig-north-korean-soldiers-2"] == ("low confidence",)
    assert "up-2024" in {source.id for source in ask["low confidence"].sources}


def test_ids_numbers_of_paragraphs_and_titles(ask: dict[str, SearchResult]) -> None:
    assert len(estimates(ask["land-taken"])) == 5
    assert "obj-leverage-fared" in [stated.id for stated in ask["2.3"].statements]
    assert [s.id for s in ask["Five things to know about Ukraine’s Kursk incursion"].sources] == ["afp-2025"]
    assert ask["square kilometres"].estimates == ()  # a unit is no number


def test_nothing_found_names_what_comes_closest(ask: dict[str, SearchResult]) -> None:
    assert not ask["1,250"]
    assert "1,200\u00a0vehicles" in ask["1,250"].suggestions
    assert not ask["Sudzha was never"]


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("More than\u00a01,200 km².", "more than 1200 km²"),
        ("“Kyiv’s” 26–27", '"kyiv\'s" 26-27'),
        ("began.\u20602 Then 3.5 million", "began. then 3.5 million"),
        ("began.2, 14 Then", "began. then"),
        ("1,200,000 or 12,34", "1200000 or 12,34"),
    ],
)
def test_what_is_compared(printed: str, folded: str) -> None:
    assert normalize(printed) == folded


def pdf(where: dict[str, list[int]]) -> bytes:
    packed = zlib.compress(json.dumps(where).encode())
    return b"%%PDF-1.7\n<</Type /BriefingsWhere\n/Filter /FlateDecode\n/Length %d>>\nstream\n%b\nendstream" % (
        len(packed),
        packed,
    )


def test_the_command(run: Run, project: Path) -> None:
    """Sheets where there is a PDF, and a word where there is none."""
    done = run(["why", "1,200"], project)
    assert (done.code, done.err) == (0, "")
    assert re.match(r"data/pond/figures\.yaml:\d+:14: more than 1,200\u00a0frogs\n", done.out)
    for line in ("who            Class 7b", "basis          counted from the bank", "sources        diary"):
        assert f"    {line}\n" in done.out
    assert "disagrees with 800 to 900" in done.out
    assert done.out.endswith("No PDF of this pack was built, so no sheets are named: run 'briefings build'.\n")

    (project / "build/pond").mkdir(parents=True)
    (project / "build/pond/pupils-briefing.pdf").write_bytes(pdf({"frogs/class-april": [1, 2], "fig-0": [2]}))
    done = run(["why", "1,200"], project)
    assert "stands in      pupils-briefing.pdf, sheets 1, 2\n" in done.out
    assert "No PDF" not in done.out


def test_the_command_for_one_audience_as_json(run: Run, project: Path) -> None:
    done = run(["why", "1,200", "pond", "--audience", "policy", "--format", "json"], project)
    (answer,) = json.loads(done.out)
    assert [found["id"] for found in answer["estimates"]] == ["frogs/class-april"]
    assert re.fullmatch(r"data/pond/figures\.yaml:\d+:14", answer["estimates"][0]["place"])
    assert answer["estimates"][0]["stands_in"] == [{"document": "policy-briefing", "sheets": {}}]
    assert {source["id"] for source in answer["sources"]} >= {"diary"}


def test_the_command_finds_nothing(run: Run, project: Path) -> None:
    done = run(["why", "1,300"], project)
    assert (done.code, done.out.strip()) == (1, "")
    assert "briefings: '1,300' stands in no text, number, id or title" in done.err
    assert "closest are:\n  more than 1,200\u00a0frogs" in done.err


def test_lines_name_everything_once(ask: dict[str, SearchResult]) -> None:
    lines = list(why.as_text([ask["1,200"]]))
    heads = [line for line in lines if line and not line.startswith("    ") and not line.startswith("No PDF")]
    assert len(heads) == len(set(heads))
    assert any(
        line.split() == ["disagrees", "with", "900", "square", "kilometres", "[=land-taken/army-tech-original]"]
        for line in lines
    )
