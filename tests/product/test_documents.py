"""The documents other than briefings: slides and their notes, map sheets, posters, large print."""

import re

import packs
import pytest
from looks import Tags, said

from briefings.briefing.parts import Briefing
from briefings.composing.project import compose_all
from briefings.library import Library, shipped
from briefings.pack.pack import Pack
from briefings.pack.relations import relation
from briefings.page.render import render


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(shipped())


@pytest.fixture(scope="module")
def documents(library: Library) -> dict[str, Briefing]:
    return {briefing.name: briefing for briefing in compose_all(packs.pack("kursk"), library)}


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["pupils", "secondary"])
def test_slide_notes_have_the_whole_text_and_a_picture_of_each_slide(
    documents: dict[str, Briefing], library: Library, audience: str
) -> None:
    notes, deck = documents[f"{audience}-slide-notes"], documents[f"{audience}-slides"]
    html = render(notes, library).html
    carried = Tags(html).values("data-statement")
    assert {s.id for s in said(notes.chapters) if s.number} <= set(carried)
    assert [slide.title for slide in notes.slides] == [slide.title for slide in deck.slides]
    assert len(Tags(html).values("aria-label", "article")) == len(deck.slides)
    ids = Tags(html).values("id")
    assert len(ids) == len(set(ids))
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


def test_a_map_sheet_is_left_out_for_a_pack_without_a_map(pond: Pack, library: Library) -> None:
    names = {briefing.name for briefing in compose_all(pond, library)}
    assert {"university-poster", "pupils-slides"} <= names
    assert not names & {"pupils-map-sheet", "secondary-map-sheet"}


@pytest.mark.parametrize("pack", ["kursk", "smallpox"])
@pytest.mark.parametrize("audience", ["pupils", "secondary"])
def test_each_slide_of_a_shipped_pack_has_a_finding_or_a_question_for_a_headline(pack: str, audience: str) -> None:
    """The title of a section, such as "Questions" or "The background", is a label: it says nothing to a room."""
    _, *slides = packs.composed(pack)[f"{audience}-slides"].slides
    asked = [slide for slide in slides if len(slide.tasks) != 1]  # a question alone is its own headline
    labels = [slide.title for slide in asked if not slide.title.endswith("?") and not getattr(slide.of, "says", "")]
    assert not labels


@pytest.mark.slow
@pytest.mark.parametrize("screen", [False, True])
@pytest.mark.parametrize("pack", ["kursk", "smallpox", "pond", "brook"])
def test_a_list_of_dates_stands_outside_the_phases(library: Library, pack: str, screen: bool) -> None:
    """Between two of them it would be read as a part of the first, whose dates it contradicts."""
    lists = 0
    for name, briefing in packs.composed(pack).items():
        html = render(briefing, library, screen=screen, attached=False).html
        for chapter in briefing.chapters if briefing.choice.document in ("briefing", "reader") else ():
            _, _, inside = html.partition(f'id="{chapter.id}">')
            before, listed, _ = inside.partition('<section class="timeline">')
            if listed and '</section>\n<section class="chapter' not in before:
                lists += 1
                assert '<section class="piece"' not in before, name
    assert lists


@pytest.mark.slow
@pytest.mark.parametrize("pack", ["kursk", "smallpox", "pond", "brook"])
def test_no_legend_says_that_rivals_exclude_each_other_where_there_is_room_for_both(
    library: Library, pack: str
) -> None:
    """As the key to the cards has it: at most 1,376 is a rival of 900, and both could be right."""
    legends = 0
    for name, briefing in packs.composed(pack).items():
        html = render(briefing, library, screen="html" in briefing.choice.formats, attached=False).html
        pairs = [(row.ref, rival) for ref, row in briefing.rows.items() if f'="{ref}"' in html for rival in row.rivals]
        if any(relation(packs.pack(pack), one, other)[1] is not False for one, other in pairs):
            for legend in re.findall(r'<p class="(?:matrix-key|meaning|legend)".*?</p>', html, re.DOTALL):
                legends += 1
                assert not re.search(r"cannot both|at most one|no room", html_words(legend)), (name, legend)
    assert legends or pack == "pond"


def html_words(html: str) -> str:
    return re.sub("<[^>]*>", "", html).replace("\u00a0", " ")
