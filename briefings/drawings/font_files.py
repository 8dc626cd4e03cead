"""A font file -> whether a PDF and a page may carry it, what it is and has, and its form for the screen."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..safe_files import read_bytes

_RESTRICTED, _NO_SUBSET, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200  # bits of OS/2 fsType
SUFFIXES = (".ttf", ".otf")


class FontFileError(Exception):
    """A font file that cannot be used; the message says why and `hint` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class FontInfo:
    """What a font file says of itself. `weight` is 400 for regular; `characters` are the codes that it has."""

    family: str
    weight: int
    italic: bool
    licence: str
    characters: frozenset[int]

    def lacks(self, words: Iterable[str]) -> str:
        """The visible characters of texts that the font does not have, each once, in the order of their codes."""
        letters = {letter for text in words for letter in text if letter.isprintable() and not letter.isspace()}
        return "".join(sorted(letter for letter in letters if ord(letter) not in self.characters))


def inspect(path: Path) -> FontInfo:
    """Read a font file. Raises FontFileError if a PDF or a page could not carry it."""
    stat = path.stat()
    return _inspect(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=16)
def _inspect(path: Path, mtime_ns: int, size: int) -> FontInfo:
    from fontTools.ttLib import TTFont, TTLibError  # here and below: every command imports this module

    if path.suffix.lower() not in SUFFIXES:
        raise FontFileError("this is no TTF or OTF file", "give the .ttf or .otf file; the HTML form is made from it")
    try:
        font = TTFont(io.BytesIO(read_bytes(path)))
        cmap, os2 = font.getBestCmap(), font["OS/2"]
        names = font["name"]
        names_of = {number: str(names.getDebugName(number) or "") for number in (1, 13, 16)}
    except (TTLibError, KeyError, OSError, ValueError, AssertionError) as error:
        raise FontFileError(f"this font cannot be read: {error}", "give another file") from None
    if not cmap:
        raise FontFileError("this font has no letters by their Unicode numbers", "give another file")
    if "fvar" in font:
        hint = "give one of its static files, such as …-Regular.ttf; a download has them in a folder 'static'"
        raise FontFileError("this is a variable font, which print and drawings cannot measure", hint)
    licence = " ".join(names_of[13].split())[:200]
    if os2.fsType & _RESTRICTED:
        raise FontFileError("this font forbids embedding (fsType 2)", "ask its maker, or use a font that allows it")
    if os2.fsType & (_NO_SUBSET | _BITMAPS_ONLY):
        hint = "ask its maker, or use a font that allows it"
        raise FontFileError("this font forbids embedding only the letters that are used (fsType 256 or 512)", hint)
    family = names_of[16] or names_of[1] or path.stem
    return FontInfo(family, int(os2.usWeightClass), bool(os2.fsSelection & 1), licence, frozenset(cmap))


def woff2(path: Path, ranges: tuple[tuple[int, int], ...] = ()) -> bytes:
    """The font as WOFF2 for a page; with `ranges`, only the characters in these."""
    return _woff2(path, path.stat().st_mtime_ns, ranges)


@lru_cache(maxsize=16)
def _woff2(path: Path, mtime_ns: int, ranges: tuple[tuple[int, int], ...]) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(read_bytes(path)), recalcTimestamp=False)  # the same bytes every time
    if ranges:
        options = subset.Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True, recalc_timestamp=False)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[code for first, last in ranges for code in range(first, last + 1)])
        cutter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()
