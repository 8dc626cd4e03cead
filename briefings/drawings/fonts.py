"""Measure words with the advance widths of the fonts that a page uses.

Labels are placed before the page is typeset, so their widths have to be known without a browser or WeasyPrint.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from ..language.typography import Typography
from ..library import Library, readable_text
from ..safe_files import read_bytes
from ..style_sheets import FONT_FACE
from .design_tokens import DesignTokens

_FILE = re.compile(r"url\(\s*+['\"]?(?:\.\./)*([^'\"()]+)")  # url("../fonts/Sans.ttf") -> fonts/Sans.ttf


@dataclass(frozen=True)
class Face:
    """A font and size. `family` is serif, sans or display; `size` and `spacing` (after each letter) are in px."""

    size: float
    weight: int = 400
    italic: bool = False
    family: str = "sans"
    spacing: float = 0

    @cached_property
    def bold(self) -> "Face":
        """The same face in semibold."""
        return replace(self, weight=600)

    def sized(self, factor: float) -> "Face":
        """Return the face with its size multiplied by `factor`."""
        return replace(self, size=round(self.size * factor, 2))


@dataclass(frozen=True)
class TextMeasure:
    """Measure words in the faces that css/fonts.css declares, and those of the house style.

    Kerning is ignored. It only moves letters closer together, so a measured width is never too small. `typography`
    sets the words of labels before they are measured and wrapped.
    """

    library: Library
    tokens: DesignTokens
    typography: Typography = field(default_factory=Typography)

    def width(self, words: str, face: Face) -> float:
        """Return the width of one line in px."""
        return _ems(words, *self._font_of(face)) * face.size + face.spacing * len(words)

    def outline(self, words: str, face: Face, x: float, y: float) -> str:
        """Return the letters' outlines as an SVG path that starts at x on the baseline y; "" without a font file."""
        path = self._file(face)
        if path is None:
            return ""
        mtime_ns, parts = path.stat().st_mtime_ns, []
        for index, letter in enumerate(words):
            letter_x = x + self.width(words[:index], face)
            parts.append(_outline(path, mtime_ns, letter, face.size, round(letter_x, 1), round(y, 1)))
        return "".join(parts)

    def _font_of(self, face: Face) -> tuple[Path | None, int]:
        """Return the file of a face and its modification time, which are part of the cache keys below."""
        key = (face.family, face.weight, face.italic)
        if key not in self._file_cache:
            path = self._file(face)
            self._file_cache[key] = (path, path.stat().st_mtime_ns if path else 0)
        return self._file_cache[key]

    def _file(self, face: Face) -> Path | None:
        """Find the closest file: another weight is better than another slant, and a slant than another family."""
        for family in self.tokens.families(face.family):
            for italic in dict.fromkeys((face.italic, False)):
                path = self._files.get((family, face.weight, italic)) or self._files.get((family, 400, italic))
                if path:
                    return path
        return None

    @cached_property
    def _file_cache(self) -> dict[tuple[str, int, bool], tuple[Path | None, int]]:
        return {}

    @cached_property
    def _files(self) -> dict[tuple[str, int, bool], Path]:
        # Only TrueType and OpenType: print uses them, and the woff2 files hold the same faces.
        sheet = self.library.find("css/fonts.css")
        files: dict[tuple[str, int, bool], Path] = {}
        for match in FONT_FACE.finditer(readable_text(sheet) if sheet else ""):
            fields = dict(re.findall(r"font-(family|weight|style):\s*['\"]?([^;'\"]+)", match[1]))
            file = _FILE.search(match[1])
            path = self.library.find(file[1]) if file else None
            if path and path.suffix in (".ttf", ".otf"):
                key = (fields.get("family", ""), int(fields.get("weight", 400)), fields.get("style") == "italic")
                files[key] = path
        own = ((face, self.library.find(face.name)) for face in self.library.house.faces)
        return files | {(face.family, face.weight, face.italic): path for face, path in own if path}


@lru_cache(maxsize=8)
def _font(path: Path, mtime_ns: int) -> TTFont:
    return TTFont(BytesIO(read_bytes(path)), lazy=True)  # no file stays open


@lru_cache(maxsize=4096)
def _outline(path: Path, mtime_ns: int, letter: str, size: float, x: float, y: float) -> str:
    """Return the outline of one letter at (x, y) in px, or "" if the font lacks it."""
    font = _font(path, mtime_ns)
    name = font.getBestCmap().get(ord(letter))
    if name is None:
        return ""
    glyphs, scale = font.getGlyphSet(), size / font["head"].unitsPerEm
    # y grows upwards in a font and downwards in SVG: hence the negative scale
    pen = SVGPathPen(glyphs, ntos=lambda length: f"{length:.1f}".removesuffix(".0"))
    glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
    return str(pen.getCommands())


@lru_cache(maxsize=2**16)
def _ems(words: str, path: Path | None, mtime_ns: int) -> float:
    """Return the width of words in em. Without a font file, every letter counts as half an em."""
    if path is None:
        return len(words) / 2
    advances, unit = _advances(path, mtime_ns)
    default = advances.get(ord("n"), unit)  # for a character that the font lacks
    return sum([advances.get(ord(letter), default) for letter in words]) / unit


@lru_cache(maxsize=32)
def _advances(path: Path, mtime_ns: int) -> tuple[Mapping[int, int], int]:
    """Return the advance of every character in font units, and the number of units per em."""
    font = _font(path, mtime_ns)
    metrics = font["hmtx"].metrics
    return {code: metrics[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm
