"""A font file -> what it is, whether it may be used, and its form for the screen."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from briefings.drawings.font_files import FontFileError, inspect, woff2
from briefings.library import shipped

FONT = shipped() / "templates/fonts/SourceSans3-Bold.ttf"


def test_what_a_font_says_of_itself() -> None:
    found = inspect(FONT)
    assert (found.weight, found.italic) == (700, False)
    assert found.family.startswith("Source Sans 3")
    assert "Open Font License" in found.licence
    assert inspect(FONT.with_name("SourceSans3-It.ttf")).italic


def test_what_a_font_lacks() -> None:
    assert inspect(FONT).lacks(["Schule\n\u00ad am Teich", "蛙 蛙 ∭"]) == "∭蛙"


@pytest.mark.parametrize(("bits", "message"), [(2, "forbids embedding"), (0x100, "only the letters"), (0x200, "only")])
def test_a_font_that_forbids_embedding(tmp_path: Path, bits: int, message: str) -> None:
    font = TTFont(FONT)
    font["OS/2"].fsType = bits
    font.save(tmp_path / "own.ttf")
    with pytest.raises(FontFileError, match=message):
        inspect(tmp_path / "own.ttf")


@pytest.mark.parametrize("bits", [0, 4, 8])
def test_a_font_that_allows_it(tmp_path: Path, bits: int) -> None:
    font = TTFont(FONT)
    font["OS/2"].fsType = bits
    font.save(tmp_path / "own.ttf")
    assert inspect(tmp_path / "own.ttf").characters == inspect(FONT).characters


def test_files_that_are_no_fonts(tmp_path: Path) -> None:
    (tmp_path / "own.ttf").write_bytes(FONT.read_bytes()[:5000])
    with pytest.raises(FontFileError, match="cannot be read"):
        inspect(tmp_path / "own.ttf")
    (tmp_path / "own.woff").write_bytes(FONT.read_bytes())
    with pytest.raises(FontFileError, match="no TTF or OTF"):
        inspect(tmp_path / "own.woff")


@pytest.mark.slow
def test_the_form_for_the_screen_is_the_same_every_time_and_may_be_cut() -> None:
    whole, cut = woff2(FONT), woff2(FONT, ((0x20, 0x7E),))
    woff2.__globals__["_woff2"].cache_clear()
    assert (whole, cut) == (woff2(FONT), woff2(FONT, ((0x20, 0x7E),)))
    assert len(cut) < len(whole) / 3
    assert set(TTFont(io.BytesIO(cut)).getBestCmap()) <= set(range(0x20, 0x7F))
    assert set(TTFont(io.BytesIO(whole)).getBestCmap()) == inspect(FONT).characters
