"""The glyphs of every finished PDF are large enough for its readers, and no running head begins with a mark."""

import re
from pathlib import Path

import pypdfium2
import pytest
from conftest import PACKS, every_document
from printed import CLASS_PAPERS, least_size, runs, small_print

from briefings.briefing.parts import Briefing
from briefings.drawings.design_tokens import load_tokens
from briefings.language.strings import load_strings
from briefings.library import Library, shipped

pytestmark = pytest.mark.slow

WORDS = load_strings(Library(shipped()), "en")
OWN_SIZES = ("large-print", "projected")  # test_large_print.py and test_slides.py have their sizes


def printed_papers(pack: str) -> dict[str, Briefing]:
    """Every document on its first paper, by the name of its file."""
    made = every_document(pack).items()
    first = {name: each for name, each in made if each.paper == each.choice.papers[0] and "pdf" in each.choice.formats}
    return {name: each for name, each in first.items() if each.choice.look not in OWN_SIZES}


@pytest.mark.parametrize("pack", PACKS)
def test_no_text_is_smaller_than_its_readers_need(built: Path, pack: str) -> None:
    papers = printed_papers(pack)
    # the small pack has no papers to write on
    assert {least_size(each) for each in papers.values()} == ({9.2, 11, 12} if pack == "kursk" else {9.2, 12})
    faults = {name: small_print(built / pack / f"{name}.pdf", each, WORDS) for name, each in papers.items()}
    assert {name: found[:5] for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("pack", PACKS)
def test_no_running_head_begins_with_a_mark(built: Path, pack: str) -> None:
    """A letter that leaves the school has no running head: the point between its parts stood there alone."""
    heads = [
        run for name in printed_papers(pack) for run in runs(built / pack / f"{name}.pdf") if run.mark == "Artifact"
    ]
    assert len(heads) > 10
    assert [run for run in heads if re.match(r"\W", run.text)] == []


# A lesson and its plan have a sheet each, two cards share one, and no paper ends with a sheet of sources alone.
SHEETS = {
    1: ("pupils-map-sheet", "secondary-map-sheet"),
    2: ("pupils-worksheet", "secondary-worksheet", "pupils-source-cards-key", "secondary-source-cards-key"),
    3: ("pupils-worksheet-key", "secondary-worksheet-key", "teachers-before"),
    4: ("teachers-lesson", "secondary-debate"),
    5: ("pupils-source-cards", "secondary-source-cards"),
}


@pytest.mark.parametrize("paper", ["", "-letter"])
def test_papers_for_a_lesson_have_no_more_sheets_than_they_need(built: Path, paper: str) -> None:
    expected = {name: count for count, names in SHEETS.items() for name in names}
    assert {name: len(pypdfium2.PdfDocument(built / f"kursk/{name}{paper}.pdf")) for name in expected} == expected


def test_no_text_that_a_class_gets_is_grey(built: Path) -> None:
    """A copier takes grey for the colour of the paper: marks, terms of use and captions were gone on the second copy.

    What nobody needs for a task stays: heads of sheets, the reader's name over the title, and the names of countries.
    """
    grey = tuple(bytes.fromhex(load_tokens(Library(shipped()), "school", "a4")["ink-soft"].removeprefix("#")))
    papers = {name: each for name, each in printed_papers("kursk").items() if each.choice.document in CLASS_PAPERS}
    assert len(papers) == 10
    for name, each in papers.items():
        over_title = each.audience.title
        found = [run for run in runs(built / f"kursk/{name}.pdf") if run.ink == grey and run.mark != "Artifact"]
        lost = [run.text for run in found if not run.text.startswith(over_title) and run.size < 14]
        assert [text for text in lost if not text.isdigit()] == [], name


def test_a_letter_home_is_no_sheet_of_the_teachers_paper(built: Path) -> None:
    heads = {run.sheet for run in runs(built / "kursk/teachers-before.pdf") if run.mark == "Artifact"}
    assert heads == {1}  # letter and task are given out: no number of a page, no head
