"""Typesetting: tags, metadata, page size and fonts of the PDF, and an error for every warning and outside file."""

import errno
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import sheet
from looks import SIZES, pdf_fonts, pdf_info
from pypdf import PdfReader

from briefings.briefing.parts import Briefing
from briefings.library import Library
from briefings.page.render import render
from briefings.pdf import typeset as module
from briefings.pdf.typeset import typeset
from briefings.problems import ProblemError

pytestmark = pytest.mark.slow


@pytest.mark.tool("pdfinfo")
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_briefing_is_tagged_titled_and_of_its_paper_size(
    briefings: dict[str, Briefing], library: Library, tmp_path: Path, paper: str
) -> None:
    sheets = typeset(render(replace(briefings["pupils"], paper=paper), library), library)
    (tmp_path / "x.pdf").write_bytes(sheets.pdf)
    info = pdf_info(tmp_path / "x.pdf")
    assert info["Tagged"] == "yes"
    assert info["Title"] == "Who counted the frogs? – Pupils aged 11 to 14"
    assert info["Author"] == "The briefings authors"
    assert info["Page size"] == SIZES[paper]
    assert int(info["Pages"]) == sheets.count
    assert pdf_fonts(tmp_path / "x.pdf") == {"Source-Serif-4", "Source-Sans-3"}
    assert PdfReader(tmp_path / "x.pdf").trailer["/Root"]["/Lang"] == "en"


def test_the_same_page_makes_the_same_bytes(briefings: dict[str, Briefing], library: Library) -> None:
    page = render(briefings["public"], library)
    assert typeset(page, library).pdf == typeset(page, library).pdf


PASSWORDS = Path("/etc/passwd").as_uri()  # a file outside the Library


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (f'<img src="{PASSWORDS}" alt="a">', "outside-library"),
        ('<img src="https://example.org/frog.png" alt="a">', "outside-library"),
        ('<img src="//example.org/frog.png" alt="a">', "outside-library"),
        ('<img src="../README.md" alt="a">', "missing-file"),
        ('<img src="/etc/passwd" alt="a">', "missing-file"),
        ('<img src="%2e%2e/README.md" alt="a">', "missing-file"),
        ('<link rel="stylesheet" href="https://example.org/a.css">', "outside-library"),
        ('<style>p { background: url("https://example.org/a.png") }</style><p>a</p>', "outside-library"),
        (f'<link rel="attachment" href="{PASSWORDS}">', "outside-library"),
        (f'<svg><title>a</title><image href="{PASSWORDS}"/></svg>', "outside-library"),
        ('<img src="images/frog.png" alt="a">', "missing-file"),
        ('<a href="#nowhere">a</a>', "missing-anchor"),
        ("<p>蛙</p>", "missing-glyph"),
        ("<style>p { colour: red }</style><p>a</p>", "typesetting"),
    ],
)
def test_every_warning_and_refused_file_is_a_problem(library: Library, body: str, code: str) -> None:
    with pytest.raises(ProblemError) as caught:
        typeset(sheet(body), library)
    assert code in {problem.code for problem in caught.value.problems}


def test_a_file_in_a_theme_is_found(library: Library, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images/dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    themed = replace(library, themes=(tmp_path,))
    assert typeset(sheet('<p>a <img src="images/dot.svg" alt="a dot"></p>'), themed).count == 1


def test_used_files_are_reported_with_their_digests(library: Library, tmp_path: Path) -> None:
    body = '<link rel="stylesheet" href="css/theme.css"><p>a</p>'
    shipped = typeset(sheet(body), library).used_files
    assert {"css/fonts.css", "css/theme.css", "fonts/SourceSans3-Regular.ttf"} <= set(shipped)
    (tmp_path / "css").mkdir()
    (tmp_path / "css/theme.css").write_text("p { color: red }")  # an override: the same name, another digest
    themed = typeset(sheet(body), replace(library, themes=(tmp_path,))).used_files
    assert {name for name in shipped if shipped[name] != themed[name]} == {"css/theme.css"}


def test_a_link_out_of_the_theme_is_not_followed(library: Library, tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "secret.svg").write_text("<svg/>")
    (tmp_path / "theme/dot.svg").symlink_to(tmp_path / "secret.svg")
    with pytest.raises(ProblemError, match=r"there is no file 'dot\.svg'"):
        typeset(sheet('<img src="dot.svg" alt="a dot">'), replace(library, themes=(tmp_path / "theme",)))


@pytest.mark.parametrize("refused", ["mkdtemp", "TemporaryFolder"])
def test_a_full_temporary_folder_is_a_problem(library: Library, monkeypatch: pytest.MonkeyPatch, refused: str) -> None:
    def full(**_: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "fonts.conf")

    with monkeypatch.context() as patch:
        patch.setattr(module, "_FONT_CONFIGURATION", [])
        patch.setattr(module, "_empty_fontconfig", module._empty_fontconfig if refused == "mkdtemp" else full)
        patch.setattr(tempfile, "mkdtemp", full)
        module.warm_up()
        with pytest.raises(ProblemError) as caught:
            typeset(sheet("<p>a"), library)
    (problem,) = caught.value.problems
    assert problem.message == "page sheet cannot be typeset: no space left on device (fonts.conf)"
    assert "TMPDIR" in problem.hint
