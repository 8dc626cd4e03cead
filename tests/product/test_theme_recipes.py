"""Each example of docs/templates.md that names its file, as a theme of its own: it shows, and nothing complains."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import HERE

from briefings.checking.templates.run import lint, theme_warnings
from briefings.composing.open_project import open_project
from briefings.composing.project import Request, compose_all, find_packs, load_pack
from briefings.library import shipped
from briefings.output.build import build
from briefings.page.render import render

DOCS = (HERE.parent / "docs/templates.md").read_text()
_EXAMPLE = re.compile(
    r"^```\w+\n((?:\{#|/\*|#) (theme/\S+|style\.yaml)(?: [#*][}/])?\n.*?)^```", re.MULTILINE | re.DOTALL
)
EXAMPLES = [(match[2], match[1]) for match in _EXAMPLE.finditer(DOCS)]
# What each shows on a page of the pond, in the order of the document.
SHOWN = {
    "style.yaml": "Lindenhof School",
    "theme/partials/colophon.html": "Printed for class 9b",
    "theme/base.html": "Lindenhof School, history department",
    "theme/sections/text.html": "Read this chapter in pairs.",
    "theme/documents/poster.html": "more about it in our library",
    "theme/css/theme.css": "",
    "theme/strings/en.yaml": "Time to read",
}


def test_every_example_is_tried() -> None:
    assert [name for name, _ in EXAMPLES] == [
        "style.yaml",
        "theme/partials/colophon.html",
        "theme/base.html",
        "theme/sections/text.html",
        "theme/documents/poster.html",
        "theme/css/theme.css",
        "theme/css/theme.css",
        "theme/strings/en.yaml",
    ]


@pytest.mark.parametrize(("name", "text"), EXAMPLES)
def test_an_example_shows_and_nothing_complains(name: str, text: str, project: Path) -> None:
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    shutil.copy(HERE / "bad/style-crest-without-words/crest.svg", project)
    if "Own-Regular" in text:
        (project / "theme/fonts").mkdir()
        shutil.copy(shipped() / "templates/fonts/SourceSerif4-Regular.ttf", project / "theme/fonts/Own-Regular.ttf")
    themes = [project / "theme"] if name.startswith("theme/") else []
    # a poster needs an audience that gets one
    if "poster" in name:
        (project / "data/audiences/secondary.yaml").unlink()
    library = open_project(project, themes=themes).library
    assert [str(problem) for problem in (*lint(library), *theme_warnings(library))] == []
    pack = load_pack(find_packs(library)["pond"], library)
    briefings = compose_all(pack, library, Request(audiences=("secondary",)))
    wanted = "poster" if "poster" in name else "briefing"
    (first, *_) = [each for each in briefings if each.choice.document == wanted]
    assert SHOWN[name] in render(first, library).html.replace("\u00a0", " ")
    assert SHOWN[name] in render(first, library, screen=True).html.replace("\u00a0", " ")


@pytest.mark.slow
def test_an_own_font_of_a_theme_reaches_the_page(project: Path) -> None:
    ((_, text),) = [(name, text) for name, text in EXAMPLES if "Own-Regular" in text]
    (project / "theme/css").mkdir(parents=True)
    (project / "theme/fonts").mkdir()
    (project / "theme/css/theme.css").write_text(text)
    shutil.copy(shipped() / "templates/fonts/SourceSerif4-Regular.ttf", project / "theme/fonts/Own-Regular.ttf")
    out = project / "build"
    build(project=project, themes=[project / "theme"], out=out, formats=["html"], audiences=["secondary"])
    html = (out / "pond/secondary-briefing.html").read_text()
    assert re.search(r'font-family: "Own"; font-weight: 400; src: url\("data:font/woff2;base64,', html)
