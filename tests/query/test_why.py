"""`briefings why`: from a number or a text on a page to the estimates, statements and sources it comes from."""

from pathlib import Path

import pytest

from briefings.briefing.parts import Briefing
from briefings.library import Library, shipped
from briefings.pack.pack import Pack
from briefings.query.why import Search, SearchResult, normalize, search_packs


@pytest.fixture(scope="module")
def results(kursk: Pack, kursk_briefings: dict[str, Briefing]) -> dict[str, SearchResult]:
    """The result of each search of the shipped pack, made once for all tests."""
    questions = [
        *("1,200", "more than 1,200 square kilometres", "two-thirds", "land-taken", "2.3"),
        *("1,250", "1,260", "Sudzha was never"),
        *(
            "The advance went on, so\nlater reports mostly give more.",
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


@pytest.mark.slow
def test_a_number_finds_every_estimate_with_that_value(results: dict[str, SearchResult]) -> None:
    assert estimates(results["1,200"]) == ["land-taken/afp-days", "prokhorovka-vehicles/soviet-accounts"]
    assert estimates(results["more than 1,200 square kilometres"]) == ["land-taken/afp-days"]
    assert estimates(results["two-thirds"]) == ["share-lost/afp-february"]
    assert {"fig-land-taken-1", "hist-prokhorovka-1"} <= {match.id for match in results["1,200"].statements}
    assert {"afp-2025", "riabenko-2022"} <= {source.id for source in results["1,200"].sources}


@pytest.mark.slow
def test_occurrences_are_the_documents_that_show_an_estimate(results: dict[str, SearchResult]) -> None:
    (first, *_), (*_, second) = results["1,250"].estimates, results["1,200"].estimates
    assert "pupils-briefing" in [occurrence.document for occurrence in first.occurrences]
    assert "pupils-briefing" not in [occurrence.document for occurrence in second.occurrences]


@pytest.mark.slow
def test_part_of_a_sentence_finds_its_statement(results: dict[str, SearchResult]) -> None:
    (match,) = results["The advance went on, so\nlater reports mostly give more."].statements
    assert (match.id, match.number, match.passage.levels) == ("fig-land-taken-1", "4.3", ("standard",))
    assert "AFP’s more than 1,200\u00a0square kilometres in a few days" in match.text.replace("'", "’")
    (found,) = results[
        "That incursion did not begin a war.3"
    ].statements  # with the number of a note, as copied from a page
    assert found.id == "est-1"


@pytest.mark.slow
def test_a_statement_lists_the_quotations_in_it(results: dict[str, SearchResult]) -> None:
    quoted = {match.id: match.quoted for match in results["low confidence"].statements}
    assert quoted["fig-north-korean-soldiers-2"] == ("low confidence",)
    assert "up-2024" in {source.id for source in results["low confidence"].sources}


@pytest.mark.slow
def test_ids_paragraph_numbers_and_titles_can_be_searched(results: dict[str, SearchResult]) -> None:
    assert len(estimates(results["land-taken"])) == 7
    assert "obj-leverage-fared" in [match.id for match in results["2.3"].statements]
    assert [s.id for s in results["Five things to know about Ukraine’s Kursk incursion"].sources] == ["afp-2025"]
    assert results["square kilometres"].estimates == ()  # a unit alone is not a number


@pytest.mark.slow
def test_an_empty_result_suggests_similar_numbers(results: dict[str, SearchResult]) -> None:
    assert not results["1,260"]
    assert "more than 1,250\u00a0square kilometres" in results["1,260"].suggestions
    assert not results["Sudzha was never"]


@pytest.mark.parametrize(
    ("printed", "normalized"),
    [
        ("More than\u00a01,200 km².", "more than 1200 km²"),
        ("“Kyiv’s” 26–27", '"kyiv\'s" 26-27'),
        ("began.\u20602 Then 3.5 million", "began. then 3.5 million"),
        ("began.2, 14 Then", "began. then"),
        ("1,200,000 or 12,34", "1200000 or 12,34"),
    ],
)
def test_text_is_normalized_before_comparison(printed: str, normalized: str) -> None:
    assert normalize(printed) == normalized


def test_a_text_with_a_reference_is_found_by_what_pages_print(project: Path) -> None:
    file = project / "data/pond/pack.yaml"
    file.write_text(file.read_text().replace("It holds water all year.", "It was dug as [#phase-dig-happened] says."))
    (result,) = search_packs("It was dug as 2.1 says.", ["pond"], Library(project))
    assert [match.id for match in result.statements] == ["est-1"]
