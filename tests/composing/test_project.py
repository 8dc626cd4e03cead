"""The packs and documents of a project that a request selects."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import POND

from briefings.composing.project import Request, UsageError, compose_all, find_packs, requested_documents, require_known
from briefings.library import Library
from briefings.pack.pack import Pack
from briefings.problems import Problem, ProblemError


def test_without_names_all_packs_of_the_project_are_found(library: Library) -> None:
    assert find_packs(library) == {"pond": POND / "data/pond"}


def test_a_pack_is_found_by_id_or_by_folder(library: Library, tmp_path: Path) -> None:
    folder = shutil.copytree(POND / "data/pond", tmp_path / "lake")
    assert find_packs(library, ["pond", str(folder)]) == {"pond": POND / "data/pond", "lake": folder}


def test_the_current_folder_is_a_pack(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shutil.copytree(POND / "data/pond", tmp_path / "lake"))
    assert find_packs(library, ["."]) == {"lake": Path()}


def test_an_unknown_pack_is_an_error_that_names_the_known_ones(library: Library, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^there is no pack 'pnod'; did you mean 'pond'\? there are pond$"):
        find_packs(library, ["pnod"])
    with pytest.raises(UsageError, match="there is no pack"):
        find_packs(library, [str(tmp_path)])  # a folder without pack.yaml


@pytest.mark.parametrize(
    ("known", "message"),
    [
        (["school", "page"], "there is no look 'shcool'; did you mean 'school'? there are page, school"),
        (["page"], "there is no look 'shcool'; there are page"),
        ([], "there is no look 'shcool'; there are none"),
    ],
)
def test_an_unknown_name_is_an_error_with_a_suggestion(known: list[str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        require_known("look", ["shcool"], known)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("request_fields", "message"),
    [
        ({"audiences": ("pupil",)}, "there is no audience 'pupil'; did you mean 'pupils'?"),
        ({"documents": ("poem",)}, "there is no document 'poem'"),
        ({"looks": ("shcool",)}, "there is no look 'shcool'; did you mean 'school'?"),
        ({"paper": "a9"}, "there is no paper 'a9'"),
    ],
)
def test_a_request_for_an_unknown_name_is_an_error(
    pond: Pack, library: Library, request_fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        list(requested_documents(pond, library, Request(**request_fields), []))
    assert str(caught.value).startswith(message)


def test_documents_come_in_the_order_of_the_audiences_on_their_first_paper(pond: Pack, library: Library) -> None:
    documents = list(requested_documents(pond, library, Request(), []))
    orders = [audience.order for audience, _, _ in documents]
    assert orders == sorted(orders)
    assert all(paper == choice.papers[0] for _, choice, paper in documents)


def test_a_document_that_is_not_made_on_the_requested_paper_is_skipped(pond: Pack, project: Path) -> None:
    file = project / "data/audiences/pupils.yaml"
    file.write_text(file.read_text().replace("look: school,", "look: school, papers: [letter],"))
    selected = {
        paper: {audience.id for audience, _, _ in requested_documents(pond, Library(project), Request(paper=paper), [])}
        for paper in ("a4", "letter")
    }
    assert selected["letter"] - selected["a4"] == {"pupils"}


def test_an_audience_with_an_error_is_reported_and_the_others_still_come(pond: Pack, project: Path) -> None:
    (project / "data/audiences/pupils.yaml").write_text("id: pupils\n")
    problems: list[Problem] = []
    documents = list(requested_documents(pond, Library(project), Request(), problems))
    assert "secondary" in {audience.id for audience, _, _ in documents}
    assert "pupils" not in {audience.id for audience, _, _ in documents}
    assert {problem.mark.file.rpartition("/")[2] for problem in problems if problem.mark} == {"pupils.yaml"}


def test_compose_all_raises_the_problems_of_all_audiences(pond: Pack, project: Path) -> None:
    for name in ("pupils", "secondary"):
        (project / f"data/audiences/{name}.yaml").write_text(f"id: {name}\n")
    with pytest.raises(ProblemError) as caught:
        compose_all(pond, Library(project))
    files = {problem.mark.file.rpartition("/")[2] for problem in caught.value.problems if problem.mark}
    assert files == {"pupils.yaml", "secondary.yaml"}


def test_a_document_with_sections_of_its_own_is_not_made_if_they_are_empty(pond: Pack, project: Path) -> None:
    file = project / "data/audiences/pupils.yaml"
    poster = "  - {document: poster, look: page, sections: [{section: phases, parts: [], drawings: [bars]}]}\n"
    file.write_text(file.read_text().replace("documents:\n", "documents:\n" + poster))
    made = [b.choice.document for b in compose_all(pond, Library(project)) if b.audience.id == "pupils"]
    assert made == ["briefing"]


def test_a_specimen_is_made_only_on_request(pond: Pack, library: Library) -> None:
    assert not any(briefing.choice.document == "specimen" for briefing in compose_all(pond, library))
    request = Request(documents=("specimen",), looks=("page",))
    specimens = [b for b in compose_all(pond, library, request) if b.choice.document == "specimen"]
    assert [briefing.name for briefing in specimens] == ["specimen-page"]
