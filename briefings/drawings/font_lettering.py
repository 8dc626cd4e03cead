"""A font file -> the part of it that a PDF embeds for words that are not known yet, and how wide its letters are."""

import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path

from ..safe_files import read_bytes

# Latin with all its accents, Greek, Cyrillic, dashes and quotation marks: the names of Europe's schools and streets.
_RANGES = (
    *((0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x52F)),
    *((0x1E00, 0x1EFF), (0x2010, 0x2044), (0x20A0, 0x20BF), (0x2100, 0x214F)),
)


@dataclass(frozen=True)
class Lettering:
    """A font with the letters of many languages. Numbers are in thousandths of the size of the letters."""

    name: str  # PostScript's, with the six letters that say it is a part
    font: bytes  # TrueType
    glyphs: Mapping[int, int]  # character -> glyph
    widths: Mapping[int, int]  # glyph -> width
    box: tuple[int, int, int, int]  # that holds every glyph
    ascent: int
    descent: int
    cap_height: int

    @cached_property
    def digest(self) -> str:
        """Equal for letterings whose glyphs have the same numbers."""
        return blake2b(self.font, digest_size=16).hexdigest()

    def missing(self, text: str) -> str:
        """The first character that the font lacks, or ""."""
        return next((letter for letter in composed(text) if ord(letter) not in self.glyphs), "")

    def codes(self, text: str) -> bytes:
        """The glyphs of a text as PDF writes them: four hexadecimal digits each."""
        return b"".join(b"%04x" % self.glyphs[ord(letter)] for letter in composed(text))

    def width(self, text: str) -> float:
        """The width of a text, in sizes of its letters."""
        return sum(self.widths[self.glyphs[ord(letter)]] for letter in composed(text)) / 1000


def composed(text: str) -> str:
    """The text with one character for each accented letter, and single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def lettering(path: Path) -> Lettering:
    """The lettering of a TrueType file. Raises OSError and FontFileError (not one)."""
    state = path.stat()
    return _lettering(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _lettering(path: Path, mtime_ns: int, size: int) -> Lettering:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(read_bytes(path)), recalcTimestamp=False)  # the same bytes every time
    options = subset.Options(
        layout_features=[], name_IDs=[], hinting=False, notdef_outline=True, recalc_timestamp=False
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in _RANGES for code in range(first, last + 1)])
    name = str(font["name"].getDebugName(6))
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    scale = 1000 / font["head"].unitsPerEm
    numbers = {glyph: number for number, glyph in enumerate(font.getGlyphOrder())}
    head, hhea, os2 = font["head"], font["hhea"], font["OS/2"]
    return Lettering(
        f"BRIEFS+{name}",
        out.getvalue(),
        {code: numbers[glyph] for code, glyph in font.getBestCmap().items()},
        {numbers[glyph]: round(width * scale) for glyph, (width, _) in font["hmtx"].metrics.items()},
        (round(head.xMin * scale), round(head.yMin * scale), round(head.xMax * scale), round(head.yMax * scale)),
        round(hhea.ascent * scale),
        round(hhea.descent * scale),
        round(os2.sCapHeight * scale),
    )
