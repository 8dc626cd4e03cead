"""A PDF -> pictures of its first sheets."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import sheet
from PIL import Image

from briefings.briefing.parts import Briefing
from briefings.library import Library
from briefings.output.previews import SHEETS, SLIDES, WIDTH, engine, previews, words_outside
from briefings.page.render import render
from briefings.pdf.typeset import typeset


@pytest.mark.slow
@pytest.mark.parametrize(("paper", "count"), [("a4", SHEETS), ("wide", SLIDES)])
def test_the_first_sheets_are_drawn_small_and_the_same_each_time(
    briefings: dict[str, Briefing], library: Library, tmp_path: Path, paper: str, count: int
) -> None:
    briefing = briefings["university"]
    path = tmp_path / "x.pdf"
    sheets = typeset(render(replace(briefing, paper=paper), library), library)
    path.write_bytes(sheets.pdf)
    drawn = previews(path)
    assert len(drawn) == min(count, sheets.count)
    assert previews(path) == drawn
    for picture in drawn:
        image = Image.open(io.BytesIO(picture))
        assert (image.format, image.width) == ("WEBP", WIDTH)
        assert (image.width > image.height) == (paper == "wide")
        assert len(picture) < 60_000
    tones = Image.open(io.BytesIO(drawn[0])).convert("L").getcolors()
    assert len(tones or ()) > 20  # not an empty sheet


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7 cut short"])
def test_a_file_that_is_no_pdf_has_no_pictures(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    assert previews(path) == ()
    assert previews(tmp_path / "missing.pdf") == ()


def test_what_draws_is_known_by_its_version() -> None:
    assert set(engine()) == {"pillow", "pypdfium2"}


def test_words_that_leave_their_sheet_are_found(tmp_path: Path, library: Library) -> None:
    (tmp_path / "x.pdf").write_bytes(
        typeset(sheet('<p>A frog</p><p style="break-before: page; margin-left: 300mm">A pond</p>'), library).pdf
    )
    found = list(words_outside(tmp_path / "x.pdf"))
    assert {number for number, _ in found} == {2}
    (tmp_path / "x.pdf").write_bytes(typeset(sheet("<p>A frog</p>"), library).pdf)
    assert list(words_outside(tmp_path / "x.pdf")) == []
