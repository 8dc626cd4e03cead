"""lesson.yaml in a document: what it shows, where a teacher finds it, which papers and slides a lesson needs."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import briefing_for

from briefings.briefing.parts import Briefing
from briefings.briefing.walk import texts
from briefings.composing.compose import compose
from briefings.composing.lessons import with_papers
from briefings.composing.project import compose_all, is_empty
from briefings.library import Library, shipped
from briefings.loading.load import load, load_audience
from briefings.pack.pack import Pack
from briefings.page.render import render
from briefings.problems import ProblemError


@pytest.fixture(scope="module")
def papers(pond: Pack, library: Library) -> dict[str, Briefing]:
    return {briefing.name: briefing for briefing in compose_all(pond, library)}


@pytest.fixture(scope="module")
def plan(papers: dict[str, Briefing]) -> Briefing:
    return papers["teachers-lesson"]


def test_only_a_plan_has_what_is_said_and_done(papers: dict[str, Briefing], plan: Briefing) -> None:
    outline, lesson = papers["teachers-briefing"].lessons[0], plan.lessons[0]
    assert [line.text for line in lesson.steps[0].teacher] == ["Say where to stand."]
    assert [step.title for step in outline.steps] == [step.title for step in lesson.steps]
    assert not any((outline.question, outline.variants, outline.groups, outline.steps[0].teacher))
    assert "Say where to stand." in [*texts(plan.lessons)]
    assert "Say where to stand." not in [*texts(outline)]


def test_a_variant_has_its_steps_in_the_order_of_the_lesson(plan: Briefing) -> None:
    session = plan.lessons[0].variants[0].sessions[0]
    assert (session.minutes, session.steps) == (30, ((1, "Count", 20), (2, "Compare", 10)))


def test_a_lesson_has_its_papers_with_who_gets_a_copy(plan: Briefing) -> None:
    uses = [(use.companion.ref, use.share, use.steps) for use in plan.lessons[0].papers]
    assert uses == [
        ("pupils/briefing", "pair", ("Compare",)),
        ("secondary/briefing", "class", ("Has finished",)),
    ]


def test_evidence_on_the_paper_beside_it_has_a_place_and_no_link(papers: dict[str, Briefing], plan: Briefing) -> None:
    linked = {check.id: check.evidence for check in papers["teachers-briefing"].checks}
    unlinked = {check.id: check.evidence for check in plan.checks}
    assert unlinked == {id_: tuple(("", place) for _, place in places) for id_, places in linked.items()}
    assert all(unlinked.values())
    assert "gui-1" in plan.beside


def test_slides_are_numbered_as_their_deck_is(kursk: Pack) -> None:
    project = Library(Path(__file__).parents[2])
    made = {f"{b.audience.id}/{b.choice.document}": b for b in compose_all(kursk, project)}
    younger = made["teachers/lesson"].lessons[0]
    numbers = {slide.id: slide.number for slide in made["pupils/slides"].slides}
    asked = [id_ for step in kursk.lessons[0].steps for id_ in step.slides]
    assert [number for step in younger.steps for _, number in step.slides] == [numbers[id_] for id_ in asked]
    assert len(asked) > 2
    assert with_papers(replace(younger, copies=()), ()).papers == ()


@pytest.fixture(scope="module", params=["kursk", "smallpox"])
def shipped_papers(request: pytest.FixtureRequest) -> dict[str, Briefing]:
    project = Library(shipped())
    pack = load(shipped() / "data" / request.param, f"data/{request.param}")
    return {f"{b.audience.id}/{b.choice.document}": b for b in compose_all(pack, project)}


@pytest.mark.slow
def test_a_shipped_lesson_names_and_counts_worksheet_key_and_words(shipped_papers: dict[str, Briefing]) -> None:
    lessons = shipped_papers["teachers/lesson"].lessons
    for lesson, audience in zip(lessons, ("pupils", "secondary"), strict=True):
        uses = {use.companion.ref: use for use in lesson.papers}
        shares = {name: uses[f"{audience}/{name}"].share for name in ("worksheet", "worksheet-key", "words")}
        assert shares == {"worksheet": "pupil", "worksheet-key": "teacher", "words": "class"}
        assert all(use.companion.at_most and use.steps for use in uses.values())
    assert (uses["secondary/source-cards"].share, uses["secondary/debate"].share) == ("four", "four")
    text = " ".join(re.sub("<[^>]*>", " ", render(shipped_papers["teachers/lesson"], Library(shipped())).html).split())
    assert "Key to the worksheet one for you up to 4" in text
    assert "Source cards one for four up to 6" in text
    assert "Map with tasks one for two 1 " in text  # it can have no other number
    deck = len(shipped_papers["secondary/slides"].slides)
    assert f"to project {deck} " in text


def test_what_a_teacher_says_and_does_may_be_a_list(shipped_papers: dict[str, Briefing]) -> None:
    html = render(shipped_papers["teachers/lesson"], Library(shipped())).html
    for step in (step for lesson in shipped_papers["teachers/lesson"].lessons for step in lesson.steps):
        cell = html.partition(f'<td data-statement="{step.id}">')[2].partition("</td>")[0]
        assert cell.count("<li>") == len(re.findall("^- ", step.teacher[0].text, re.MULTILINE))


def test_plan_and_paper_run_a_debate_alike(shipped_papers: dict[str, Briefing]) -> None:
    """A group for each role; and in the long variant the minutes of the paper: all but the end are the step's."""
    (debate,) = shipped_papers["secondary/debate"].handouts.debates
    lesson = shipped_papers["teachers/lesson"].lessons[1]
    (step,) = (step for step in lesson.steps if "secondary/debate" in step.papers)
    assert len(debate.roles) == 4
    assert "Four groups, one for each role card, drawn by lot." in step.teacher[0].text
    assert "role card by lot" in debate.steps[0].text
    last = lesson.variants[-1].sessions[-1]
    minutes = {title: long for _, title, long in last.steps}
    assert last.minutes == sum(part.minutes for part in debate.steps)
    assert minutes[step.title] == sum(part.minutes for part in debate.steps[:4])


def test_the_tasks_of_a_map_sheet_have_the_numbers_of_the_plan(shipped_papers: dict[str, Briefing]) -> None:
    for lesson, audience in zip(shipped_papers["teachers/lesson"].lessons, ("pupils", "secondary"), strict=True):
        html = render(shipped_papers[f"{audience}/map-sheet"], Library(shipped()), attached=False).html
        printed = re.findall(r'<p class="ask"><span class="num">(\w+)</span>', html)
        steps = [step for step in lesson.steps if f"{audience}/map-sheet" in step.papers]
        assert all({number for _, number in step.uses} <= {*printed} for step in steps)
        assert all(re.fullmatch(r"Q\d+", number) for number in printed)
        assert printed
    assert any("pupils/map-sheet" in step.papers for step in shipped_papers["teachers/lesson"].lessons[0].steps)


def test_a_plan_needs_a_lesson(project: Path) -> None:
    file = project / "data/pond/lesson.yaml"
    text = file.read_text()
    file.write_text(text[text.index("checks:") : text.index("letters:")])
    library = Library(project)
    names = {b.name: is_empty(b) for b in compose_all(load(project / "data/pond", "pond"), library)}
    assert "teachers-briefing" in names
    assert not {"teachers-lesson", "teachers-before"} & {*names}


def test_the_paper_beside_must_be_one_of_the_audience(project: Path) -> None:
    file = project / "data/audiences/pupils.yaml"
    file.write_text(file.read_text().replace("gloss: core}", "gloss: core, beside: poster}"))
    with pytest.raises(ProblemError) as caught:
        load_audience(file, "pupils.yaml", load(project / "data/pond", "pond"), Library(project))
    assert "has 'poster' beside it, which this audience does not get" in str(caught.value)


def test_sections_may_be_none(pond: Pack, library: Library) -> None:
    briefing = briefing_for(library.audience_files()["teachers"], pond, library)
    choice = briefing.choice.model_copy(update={"sections": ()})
    assert compose(pond, briefing.audience, choice).chapters == ()
    assert compose(pond, briefing.audience, choice.model_copy(update={"sections": None})).chapters
