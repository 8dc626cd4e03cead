"""A folder and options -> a project. What a project file says is narrowed or replaced by options."""

from pathlib import Path

import pytest

from briefings.composing.open_project import open_project
from briefings.composing.project import Request, UsageError, compose_all, compose_requested, find_packs, load_pack
from briefings.library import shipped
from briefings.problems import ProblemError


def write(project: Path, text: str) -> None:
    (project / "briefings.toml").write_text(text)


def test_the_project_is_found_from_a_folder_in_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, 'out = "sheets"\n')
    monkeypatch.chdir(project / "data/pond")
    opened = open_project()
    assert (opened.library.project, opened.out) == (Path("../.."), Path("../../sheets"))
    assert find_packs(opened.library) == {"pond": Path("../../data/pond")}
    monkeypatch.chdir(project)
    assert (open_project().library.project, open_project().out) == (Path(), Path("sheets"))
    assert open_project(out="here").out == Path("here")
    named = open_project(project)
    assert (named.library.project, named.out) == (project, project / "sheets")  # as it was typed


def test_the_sample_takes_nothing_from_the_folder_around_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, "no toml")
    monkeypatch.chdir(project)
    opened = open_project(sample=True)
    assert (opened.library.project, opened.out) == (shipped(), Path("build"))
    with pytest.raises(UsageError, match="leave one out"):
        open_project(project, sample=True)


def test_without_a_project_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data/pond").mkdir(parents=True)
    for folder in (None, "data"):
        with pytest.raises(UsageError, match=r"there is no project in .*\n'briefings new DIR'.*'--sample'") as caught:
            open_project(folder)
        assert ("data/pond has no pack.yaml" in str(caught.value)) == (folder is None)
    with pytest.raises(UsageError, match="there is no folder nowhere"):
        open_project("nowhere")


def test_packs_given_by_folder_need_no_project(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    folder = str(project / "data/pond")
    assert find_packs(open_project(packs=[folder]).library, [folder]) == {"pond": Path(folder)}
    with pytest.raises(UsageError):
        open_project(packs=[folder, "lake"])


def test_audiences_are_switched_off_unless_an_option_names_them(project: Path) -> None:
    write(project, 'audiences_off = ["policy", "public"]\n')
    assert {"policy", "public"}.isdisjoint(open_project(project).library.audience_files())
    assert "policy" in open_project(project, audiences=["policy"]).library.audience_files()
    write(project, 'audiences = ["pupils"]\n')
    assert set(open_project(project).library.audience_files()) == {"pupils"}
    assert set(open_project(project, audiences=["policy"]).library.audience_files()) == {"policy", "pupils"}


def test_an_audience_whose_companion_is_switched_off_has_its_papers(project: Path) -> None:
    """The shipped teachers' paper lists those of pupils and secondary: its file is not the user's to change."""
    write(project, 'audiences_off = ["pupils"]\n')
    library = open_project(project).library
    made = compose_requested(load_pack(project / "data/pond", library), library)
    (teachers,) = (each for each in made if each.name == "teachers-briefing")
    assert {paper.audience.id for paper in teachers.companions} == {"secondary"}


def documents(project: Path, *, paper: str = "", **options: list[str]) -> set[tuple[str, str, str]]:
    library = open_project(project, **options).library  # type: ignore[arg-type]
    pack = load_pack(project / "data/pond", library)
    return {(b.audience.id, b.choice.document, b.paper) for b in compose_all(pack, library, Request(paper=paper))}


def test_documents_and_papers(project: Path) -> None:
    (project / "data/audiences/pupils.yaml").write_text(
        "{id: pupils, title: Pupils, level: plain, words_per_minute: 130, sections: [{section: established}],"
        " documents: [{document: briefing, look: page}, {document: poster, look: poster, papers: [a3, a4]}]}\n"
    )
    write(project, 'audiences = ["pupils"]\n')
    assert documents(project) == {("pupils", "briefing", "a4"), ("pupils", "poster", "a3")}
    write(project, 'audiences = ["pupils"]\npapers = ["wide", "letter", "a4"]\n')
    assert documents(project) == {("pupils", "briefing", "letter"), ("pupils", "poster", "a4")}
    assert documents(project, paper="a3") == {("pupils", "poster", "a3")}
    write(project, 'audiences = ["pupils"]\ndocuments = ["briefing"]\n')
    assert documents(project) == {("pupils", "briefing", "a4")}
    assert len(documents(project, documents=["poster"])) == 2  # the option selects among all of them


def test_themes_of_an_option_replace_those_of_the_file(project: Path) -> None:
    for name in ("school", "club"):
        (project / name).mkdir()
    write(project, 'themes = ["school"]\n')
    assert open_project(project).library.themes == ((project / "school").resolve(),)
    assert open_project(project, themes=[project / "club"]).library.themes == ((project / "club").resolve(),)
    with pytest.raises(UsageError, match="there is no folder"):
        open_project(project, themes=["nowhere"])


def test_the_language_is_a_form_of_that_of_the_pack(project: Path) -> None:
    write(project, 'language = "en-US"\n')
    assert load_pack(project / "data/pond", open_project(project).library).info.language == "en-US"
    write(project, 'language = "uk"\n')
    with pytest.raises(
        ProblemError, match=r"briefings.toml:1:12: error\[bad-value\]: the pack 'pond' is written in 'en'"
    ):
        load_pack(project / "data/pond", open_project(project).library)


def test_strictness(project: Path) -> None:
    write(project, "strict = true\n")
    assert open_project(project).strict
    assert not open_project(project, strict=False).strict
    write(project, "")
    assert not open_project(project).strict
    assert open_project(project, strict=True).strict
