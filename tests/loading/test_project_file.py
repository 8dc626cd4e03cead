"""briefings.toml -> settings. Errors are in tests/bad, as project-…"""

from pathlib import Path

import pytest

from briefings.library import Library
from briefings.loading.project_file import load_project_file
from briefings.problems import ProblemError
from briefings.schema.project import ProjectFile


def test_without_a_file_or_in_an_empty_one_every_setting_has_its_default(project: Path) -> None:
    library = Library(project)
    assert load_project_file(library) == (ProjectFile(), library)
    (project / "briefings.toml").write_text("# nothing\n")
    assert load_project_file(library) == (ProjectFile(), library)


def test_every_setting(project: Path) -> None:
    (project / "school").mkdir()
    (project / "briefings.toml").write_text(
        'packs = ["pond", "data/pond"]\naudiences = "pupils"\ndocuments = ["briefing"]\npapers = ["letter"]\n'
        'themes = ["school"]\nout = "sheets"\nlanguage = "en-US"\nstrict = true\n'
    )
    settings, library = load_project_file(Library(project))
    assert library.themes == ((project / "school").resolve(),)
    assert settings.packs == ("pond", "data/pond")
    assert (settings.audiences, settings.documents, settings.papers) == (("pupils",), ("briefing",), ("letter",))
    assert (settings.themes, settings.out, settings.language, settings.strict) == (("school",), "sheets", "en-US", True)


def test_a_theme_may_have_documents_and_papers_of_its_own(project: Path) -> None:
    for name in ("documents/ticket.html", "css/paper/a6.css"):
        (project / "school" / name).parent.mkdir(parents=True)
        (project / "school" / name).write_text("")
    wanted = 'documents = ["ticket"]\npapers = ["a6"]\n'
    (project / "briefings.toml").write_text(f'{wanted}themes = ["school"]\n')
    assert load_project_file(Library(project))[0].documents == ("ticket",)
    (project / "briefings.toml").write_text(wanted)
    assert load_project_file(Library(project, (project / "school",)))[0].papers == ("a6",)
    with pytest.raises(ProblemError, match="there is no document 'ticket'"):
        load_project_file(Library(project))


def test_all_mistakes_are_reported_at_once_each_at_its_place(project: Path) -> None:
    (project / "briefings.toml").write_text(
        'packs = ["pond", "pnod"]\naudiences_off = [\n  "policy",\n  "pupil",\n]\nthemes = ["nowhere"]\n'
    )
    with pytest.raises(ProblemError) as caught:
        load_project_file(Library(project))
    assert [(p.code, p.mark and p.mark[1:3]) for p in caught.value.problems] == [
        ("unknown-reference", (1, 18)),
        ("unknown-reference", (4, 3)),
        ("missing-file", (6, 11)),
    ]
