"""The documents other than briefings: slides and their notes, map sheets, posters, large print."""

import re
from html import unescape

import pytest
from looks import Tags, said

from briefings.briefing.parts import Briefing, ItemView
from briefings.composing.project import compose_all
from briefings.library import Library, shipped
from briefings.loading.load import load
from briefings.pack.pack import Pack
from briefings.page.render import render
from briefings.page.template_functions import _packed

MAX_WORDS = 40


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(shipped())


@pytest.fixture(scope="module")
def documents(library: Library) -> dict[str, Briefing]:
    pack = load(shipped() / "data/kursk", "data/kursk")
    return {briefing.name: briefing for briefing in compose_all(pack, library)}


def slides(html: str) -> list[str]:
    """The text of each slide, without drawings, tables and the numbers of notes."""
    html = re.sub(r"<svg.*?</svg>|<table.*?</table>|<sup.*?</sup>", "", html, flags=re.DOTALL)
    found = re.findall(r'<section class="slide.*?</section>', html, re.DOTALL)
    return [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", slide))).strip() for slide in found]


@pytest.mark.parametrize("audience", ["pupils", "secondary"])
def test_a_slide_has_few_words(documents: dict[str, Briefing], library: Library, audience: str) -> None:
    shown = slides(render(documents[f"{audience}-slides"], library).html)
    assert len(shown) > 10
    assert [slide for slide in shown if len(slide.split()) > MAX_WORDS] == []


@pytest.mark.parametrize("audience", ["pupils", "secondary"])
def test_no_slide_has_only_a_heading(documents: dict[str, Briefing], library: Library, audience: str) -> None:
    html = render(documents[f"{audience}-slides"], library).html
    found = re.findall(r'<section class="slide .*?<h[12].*?</h[12]>(.*?)</section>', html, re.DOTALL)
    assert len(found) > 10
    assert all(re.sub(r"<[^>]*>", "", rest).strip() for rest in found)


@pytest.mark.parametrize("audience", ["pupils", "secondary"])
def test_slide_notes_have_the_whole_text_in_the_order_of_the_slides(
    documents: dict[str, Briefing], library: Library, audience: str
) -> None:
    notes, deck = documents[f"{audience}-slide-notes"], documents[f"{audience}-slides"]
    html = render(notes, library).html
    carried = Tags(html).values("data-statement")
    assert {s.id for s in said(notes.chapters) if s.number} <= set(carried)
    numbered = re.findall(r'<span class="num">Slide (\d+)</span> (.*?)</h2>', html)
    titles = re.findall(r'<section class="slide.*?<h[23][^>]*>(.*?)</h[23]>', render(deck, library).html, re.DOTALL)
    assert [int(number) for number, _ in numbered] == list(range(2, len(numbered) + 2))
    # the number in front makes the last words of a title too long or too short to be joined
    assert [title.replace("\u00a0", " ") for _, title in numbered] == [
        title.replace("\u00a0", " ") for title in titles[: len(numbered)]
    ]
    assert all(task.answer for chapter in notes.chapters for task in chapter.tasks)
    assert not any(task.answer for chapter in deck.chapters for task in chapter.tasks)


@pytest.mark.parametrize("audience", ["pupils", "secondary"])
def test_large_print_has_every_statement(documents: dict[str, Briefing], audience: str) -> None:
    usual, large = documents[f"{audience}-briefing"], documents[f"{audience}-briefing-large-print"]
    assert [s.id for s in said(large.chapters)] == [s.id for s in said(usual.chapters)]
    assert large.choice.sheets is None


@pytest.mark.parametrize("audience", ["pupils", "secondary"])
def test_map_exercises_are_on_the_map_sheet_only(documents: dict[str, Briefing], audience: str) -> None:
    kinds = {
        name: {task.kind for chapter in documents[f"{audience}-{name}"].chapters for task in chapter.tasks}
        for name in ("map-sheet", "briefing")
    }
    assert kinds["map-sheet"] == {"map"}
    assert "map" not in kinds["briefing"]


@pytest.mark.parametrize(
    ("titles", "most", "groups"),
    [
        ("one;two;three;four", 3, [2, 2]),
        ("a b c;d;e f", 3, [1, 2]),
        ("a b c d e;f", 3, [1, 1]),
        ("", 3, []),
    ],
)
def test_titles_are_distributed_evenly(titles: str, most: int, groups: list[int]) -> None:
    pieces = [ItemView(str(n), title) for n, title in enumerate(filter(None, titles.split(";")))]
    assert [len(group) for group in _packed(pieces, most)] == groups


def test_a_map_sheet_is_left_out_for_a_pack_without_a_map(pond: Pack, library: Library) -> None:
    names = {briefing.name for briefing in compose_all(pond, library)}
    assert {"university-poster", "pupils-slides"} <= names
    assert not names & {"pupils-map-sheet", "secondary-map-sheet"}
