"""A theme's files and blocks -> those that nothing uses."""

from pathlib import Path

import pytest
from conftest import POND

from briefings.checking.templates.overrides import blocks_of, override_problems, shipped_names
from briefings.library import Library


def found(theme: Path, **files: str) -> list[str]:
    for name, text in files.items():
        path = theme / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    problems = override_problems(Library(POND, (theme,)))
    return [
        f"{p.mark.file.rpartition('/')[2]}:{p.mark.line}:{p.mark.column} {p.message}; {p.hint}" if p.mark else p.message
        for p in problems
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("partials/colofon.html", "did you mean 'partials/colophon.html'?"),
        ("css/thema.css", "did you mean 'css/theme.css'?"),
        ("document/briefing.html", "did you mean 'documents/briefing.html'?"),
        ("sections/debates.html", "did you mean 'sections/debate.html'?"),
        ("css/looks/skool.css", "did you mean 'css/looks/school.css'?"),
        ("documents/breifing.html", "did you mean 'documents/briefing.html'?"),
        ("strings/english.yaml", "did you mean 'strings/en.yaml'?"),
        ("strings/en.yml", "did you mean 'strings/en.yaml'?"),
        ("drawings/timelin.svg", "did you mean 'drawings/timeline.svg'?"),
        ("images/badge-of-ours.svg", "'briefings theme list' shows the names that there are"),
    ],
)
def test_a_misspelt_file_is_found(tmp_path: Path, name: str, hint: str) -> None:
    assert found(tmp_path, **{name: "<p>x</p>"}) == [f"{Path(name).name}:1:1 nothing uses the file '{name}'; {hint}"]


def test_files_that_are_used_are_not_reported(tmp_path: Path) -> None:
    files = {
        "partials/colophon.html": '{% include "shipped:partials/colophon.html" %}{% include "partials/mine.html" %}',
        "partials/mine.html": '<img src="images/logo.svg" alt="x">',
        "images/logo.svg": "<svg/>",
        "css/theme.css": '@font-face { font-family: "Own"; src: url("../fonts/Own.ttf"); }',
        "fonts/Own.ttf": "",
        "partials/mine.css": "",  # linked by its place
        "sections/people.html": "<p>x</p>",
        "strings/de.yaml": "",
        ".hidden": "",
        "documents/briefing.html": '{% extends "shipped:documents/briefing.html" %}',
    }
    assert found(tmp_path, **files) == []


def test_a_document_of_ones_own_is_used_if_an_audience_asks_for_it(project: Path, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    (theme / "documents").mkdir(parents=True)
    (theme / "documents/ticket.html").write_text("<p>x</p>")
    assert [p.code for p in override_problems(Library(project, (theme,)))] == ["unused-file"]
    (project / "data/audiences/class.yaml").write_text("documents: [{document: ticket, look: page}]\n")
    assert list(override_problems(Library(project, (theme,)))) == []


def test_a_folder_of_data_is_no_theme() -> None:
    problems = list(override_problems(Library(POND, (POND / "data",))))
    assert {"nothing uses the file 'pond/pack.yaml'", "nothing uses the file 'audiences/pupils.yaml'"} <= {
        problem.message for problem in problems
    }


def test_a_misspelt_block_is_found_and_its_own_blocks_inside_are_not(tmp_path: Path) -> None:
    text = '{% extends "shipped:base.html" %}\n{% block covers %}x{% endblock %}\n'
    text += "{% block main %}{% block own %}y{% endblock %}{% endblock %}\n"
    (tmp_path / "base.html").write_text(text)
    (problem,) = found(tmp_path)
    assert problem == "base.html:2:10 no template has a block 'covers', so nothing shows it; did you mean 'cover'?"


@pytest.mark.parametrize(
    ("name", "extends", "block", "known"),
    [
        ("documents/poster.html", '"shipped:documents/poster.html"', "cover", True),
        ("documents/briefing.html", '"layouts/" ~ layout ~ ".html"', "main", True),
        ("documents/briefing.html", '"layouts/" ~ layout ~ ".html"', "mian", False),
        ("documents/slides.html", '"base.html"', "screen_style", True),
    ],
)
def test_blocks_are_looked_for_in_all_that_is_extended(
    tmp_path: Path, name: str, extends: str, block: str, known: bool
) -> None:
    text = f"{{% extends {extends} %}}{{% block {block} %}}x{{% endblock %}}"
    assert (found(tmp_path, **{name: text}) == []) is known


def test_names_and_blocks_to_replace() -> None:
    library = Library(POND)
    assert {"base.html", "partials/colophon.html", "css/tokens.css"} <= set(shipped_names(library))
    assert {"cover", "house", "colophon"} <= set(blocks_of(library, "documents/poster.html"))
