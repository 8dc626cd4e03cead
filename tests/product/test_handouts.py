"""Papers for a class: their keys follow the data, no paper for pupils has an answer, and none is empty."""

import re
import shutil
from pathlib import Path

import packs
import pytest
from conftest import POND, every_document
from looks import Tags

from briefings.briefing.parts import Briefing
from briefings.composing.project import compose_all
from briefings.library import Library, shipped
from briefings.loading.load import load
from briefings.page.render import render

LIBRARY = Library(shipped())  # the pond too is shown to the shipped audiences
KEYS = ("source-cards-key", "verification-key")
PAPERS = ("source-cards", "debate", "verification", "words")


def documents_of(folder: Path) -> dict[str, Briefing]:
    return {briefing.name: briefing for briefing in compose_all(load(folder, folder.name), LIBRARY)}


@pytest.fixture(scope="module")
def pond_papers() -> dict[str, Briefing]:
    return documents_of(POND / "data/pond")


def changed(tmp_path: Path, file: str, find: str, put: str) -> dict[str, Briefing]:
    """The papers of the pond with one text changed."""
    folder = Path(shutil.copytree(POND / "data/pond", tmp_path / "data/pond"))
    text = (folder / file).read_text()
    assert text.count(find) == 1
    (folder / file).write_text(text.replace(find, put))
    return documents_of(folder)


def pages(papers: dict[str, Briefing]) -> dict[str, str]:
    return {name: render(briefing, LIBRARY).html for name, briefing in papers.items()}


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_the_young_get_cards_and_words_and_the_older_also_a_debate_and_a_verification(
    pond_papers: dict[str, Briefing],
) -> None:
    made = {name for name in pond_papers if pond_papers[name].choice.document in (*KEYS, *PAPERS)}
    young = {"pupils-source-cards", "pupils-source-cards-key", "pupils-words"}
    older = {"source-cards", "source-cards-key", "debate", "verification", "verification-key", "words"}
    assert made == young | {f"secondary-{document}" for document in older}


def test_a_pack_without_them_has_no_empty_paper(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(POND / "data/pond", tmp_path / "pond"))
    (folder / "lesson.yaml").unlink()
    made = {briefing.choice.document for briefing in documents_of(folder).values()}
    assert made & {*KEYS, *PAPERS} == {"words"}


@pytest.mark.slow
@pytest.mark.parametrize("screen", [False, True])
def test_no_paper_for_pupils_has_an_answer(pond_papers: dict[str, Briefing], screen: bool) -> None:
    for name, briefing in pond_papers.items():
        page = render(briefing, LIBRARY, screen=screen)
        everything = page.html + (page.attachment.text if page.attachment else "")
        everything = everything.replace("\u00a0", " ")
        answers = ("That a frog was giant", "it was from a book", "really disagree</td>")
        found = [answer for answer in answers if answer in everything]
        if briefing.choice.document == "verification-key":
            assert found == list(answers[:2])
        elif briefing.choice.document == "source-cards-key":
            assert found == list(answers[2:])
        else:
            assert not found, name


def test_the_key_names_each_card_as_the_cards_do(pond_papers: dict[str, Briefing]) -> None:
    cards, key = (pond_papers[f"secondary-{name}"] for name in ("source-cards", "source-cards-key"))
    (sorting,), (answered,) = cards.handouts.sortings, key.handouts.sortings
    assert [row.ref for row in sorting.reports] == [row.ref for row in answered.reports]
    assert not sorting.pairs
    assert [(pair.one, pair.other, pair.relation, pair.room) for pair in answered.pairs] == [(1, 3, "rival", False)]
    assert [numbers for _, numbers in answered.groups] == [(1, 3), (2,)]
    assert [card.letter for card in cards.handouts.cards] == ["A", "B"]
    numbers = re.findall(r'<b class="card-number num">(\d+)</b>', render(cards, LIBRARY).html)
    assert numbers == ["1", "2", "3"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "find", "put", "answer"),
    [
        (
            "figures.yaml",
            "value: 1200, bound: more-than",
            "value: 850, bound: about",
            "Rivals, but both could be right",
        ),
        ("figures.yaml", "as_of: mid 2024-04, by: [keeper]", "as_of: 2024-05, by: [keeper]", "Other times"),
        ("people.yaml", "name: Ada Moss", "name: Eve Reed", "They really disagree"),
    ],
)
def test_a_changed_report_changes_card_and_key_together_and_no_other_paper(
    tmp_path: Path, pond_papers: dict[str, Briefing], file: str, find: str, put: str, answer: str
) -> None:
    if "as_of" in find:  # what is of another day is no rival: a rule would report that
        folder = tmp_path / "data/pond"
        papers = changed(tmp_path, file, find, put)
        text = (folder / file).read_text().replace(", rival_of: [keeper-april]", "")
        (folder / file).write_text(text)
        papers = documents_of(folder)
    else:
        papers = changed(tmp_path, file, find, put)
    before, after = pages(pond_papers), pages(papers)
    differ = {papers[name].choice.document for name in after if words_of(before[name]) != words_of(after[name])}
    assert {"source-cards", "source-cards-key"} <= differ
    assert not differ & {"verification", "verification-key", "debate"}
    assert answer in words_of(after["secondary-source-cards-key"])


def test_a_role_has_its_evidence_and_the_reply_that_it_will_meet(pond_papers: dict[str, Briefing]) -> None:
    (debate,) = pond_papers["secondary-debate"].handouts.debates
    assert sum(step.minutes for step in debate.steps) == debate.minutes
    for role in debate.roles:
        assert all(reason.evidence and reason.replies for reason in role.reasons)
    assert [role.swaps_with for role in debate.roles] == [role.title for role in reversed(debate.roles)]
    html = render(pond_papers["secondary-debate"], LIBRARY).html
    assert len(Tags(html).values("class", "article")) == 2
    said = words_of(html)
    assert said.count("The class measured a metre") == said.count("The edge is shallow") == 2


def test_whoever_holds_only_a_role_card_can_say_who_says_so_and_when(pond_papers: dict[str, Briefing]) -> None:
    """The rules ask for it, and the list of sources is on another sheet."""
    paper = pond_papers["secondary-debate"]
    html = render(paper, LIBRARY).html
    cards = re.findall(r"<article.*?</article>", html, re.DOTALL)
    for role, card in zip(paper.handouts.debates[0].roles, cards, strict=True):
        said = words_of(card.partition("role-sources")[2]).replace(" ", "")
        calls = set(re.findall(r'href="#note-(\d+)"', card))
        assert calls, role.title
        for note in paper.notes:
            line = f"{note.number}{note.source.publisher},".replace(" ", "")
            assert (line in said) == (str(note.number) in calls), (role.title, line)
            assert line not in said or str(note.source.published.first.year) in said.partition(line)[2]


@pytest.mark.parametrize("of", ["pupils", "secondary"])
def test_key_and_worksheet_state_the_same_total(of: str) -> None:
    """What is cut off or done at home has a total of its own, in the key: it is marked apart."""
    papers = {
        name: render(every_document("kursk")[name], LIBRARY).html for name in (f"{of}-worksheet", f"{of}-worksheet-key")
    }
    parts = every_document("kursk")[f"{of}-worksheet"].worksheet
    assert parts is not None
    marks = {part.title: sum(task.worth for task in part.tasks) for part in parts.parts}
    apart = [part.title for part in parts.parts if part.kind != "main"]
    total = sum(marks.values()) - sum(marks[title] for title in apart)
    assert f"/ {total} " in words_of(papers[f"{of}-worksheet"])
    stated = " · ".join((f"Marks: {total}", *(f"{title}: {marks[title]}" for title in apart)))
    assert len(apart) == 2
    assert stated in words_of(papers[f"{of}-worksheet-key"])


@pytest.mark.slow
def test_a_key_to_cards_says_for_each_pair_what_both_count() -> None:
    """Also for two that disagree: "before any was lost" is why a later and smaller number is no mistake."""
    key = every_document("kursk")["secondary-source-cards-key"]
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", render(key, LIBRARY).html, re.DOTALL)
    (sorting,) = key.handouts.sortings
    assert "rival" in {pair.relation for pair in sorting.pairs}
    for pair in sorting.pairs:
        (said,) = (words_of(row) for row in rows if words_of(row).startswith(f"{pair.one} + {pair.other} "))
        told = [number for number in (pair.one, pair.other) if sorting.reports[number - 1].about]
        assert all(f"Card {number} :" in said for number in told), said


@pytest.mark.slow
def test_a_number_worked_out_is_said_to_be_so_in_each_key() -> None:
    """Nobody reported it: a key that names who said a number had an empty place there."""
    papers = every_document("kursk").items()
    keys = {name: words_of(render(each, LIBRARY).html) for name, each in papers if each.choice.answers}
    assert "(our arithmetic, " in keys["secondary-worksheet-key"]
    assert [name for name, said in keys.items() if re.search(r"\(\s*[,)]", said)] == []


def test_a_word_list_has_the_words_of_the_paper_beside_it(pond_papers: dict[str, Briefing]) -> None:
    words = pond_papers["secondary-words"]
    entries = {entry.id for chapter in words.chapters for entry in chapter.entries}
    assert "keeper" in entries  # whom only the briefing names
    html = render(words, LIBRARY).html
    assert "AY-da moss" in words_of(html)
    assert not words.chapters[0].pieces


@pytest.mark.slow
@pytest.mark.parametrize("pack", ["kursk", "smallpox"])
def test_the_shipped_packs_have_them_at_both_levels(pack: str) -> None:
    papers = documents_of(shipped() / "data" / pack)
    for audience in ("pupils", "secondary"):
        cards = papers[f"{audience}-source-cards"].handouts
        assert [card.letter for card in cards.cards] == list("ABCDEF")
        (sorting,) = papers[f"{audience}-source-cards-key"].handouts.sortings
        assert {"rival", "other_day", "both"} <= {pair.relation for pair in sorting.pairs}
    assert papers["secondary-debate"].handouts.debates
    assert not {name for name in papers if name.startswith("pupils-") and ("debate" in name or "verif" in name)}
    html = words_of(render(papers["secondary-source-cards"], LIBRARY).html)
    for card in papers["secondary-source-cards"].handouts.cards:
        assert card.source.publisher.split(",")[0] in html
    assert ("secondary-verification" in papers) == (pack == "kursk")


@pytest.mark.slow
@pytest.mark.parametrize("pack", ["kursk", "smallpox", "pond", "brook"])
def test_a_number_in_the_sources_of_words_and_cards_is_pointed_to(pack: str) -> None:
    """A list to which nothing points has no numbers, and one with numbers has no other sources."""
    for name, briefing in packs.composed(pack).items():
        if briefing.choice.document in ("words", "source-cards"):
            html = render(briefing, Library(shipped()), attached=False).html
            _, _, listed = html.partition('id="notes"')
            numbers = set(re.findall(r'<li id="note-(\d+)"', listed)) if "<ol>" in listed.partition("<li")[0] else set()
            assert numbers <= set(re.findall(r'href="#note-(\d+)"', html)), name
