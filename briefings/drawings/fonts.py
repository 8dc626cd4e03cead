"""Words and the face they are set in -> how wide they are, by the advances of the fonts that a page is set in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from ..library import Library
from .design_tokens import DesignTokens

_FACE = re.compile(r"@font-face\s*\{([^}]*)\}")
_FILE = re.compile(r"url\(\s*['\"]?(?:\.\./)*([^'\")]+)")


@dataclass(frozen=True)
class Face:
    """How words are set: `family` is serif, sans or display; `size` and `spacing` (between letters) in px."""

    size: float
    weight: int = 400
    italic: bool = False
    family: str = "sans"
    spacing: float = 0

    @cached_property
    def bold(self) -> "Face":
        """The same, semibold."""
        return replace(self, weight=600)

    def sized(self, factor: float) -> "Face":
        """The same, larger or smaller."""
        return replace(self, size=round(self.size * factor, 2))


@dataclass(frozen=True)
class TextMeasure:
    """Measures words in the faces that css/fonts.css names. Kerning is left out: it only ever draws words closer."""

    library: Library
    tokens: DesignTokens

    def width(self, words: str, face: Face) -> float:
        """The width of one line, in px."""
        return _ems(words, *self._font_of(face)) * face.size + face.spacing * len(words)

    def outline(self, words: str, face: Face, x: float, y: float) -> str:
        """The letters' outlines as an SVG path that begins at x, its baseline at y, in px; "" without a font file."""
        path = self._file(face)
        if path is None:
            return ""
        changed, parts = path.stat().st_mtime_ns, []
        for place, letter in enumerate(words):
            at = x + self.width(words[:place], face)
            parts.append(_outline(path, changed, letter, face.size, round(at, 1), round(y, 1)))
        return "".join(parts)

    def _font_of(self, face: Face) -> tuple[Path | None, int]:
        """The face's file, and when it was changed."""
        key = (face.family, face.weight, face.italic)
        if key not in self._file_cache:
            path = self._file(face)
            self._file_cache[key] = (path, path.stat().st_mtime_ns if path else 0)
        return self._file_cache[key]

    def _file(self, face: Face) -> Path | None:
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
        sheet = self.library.find("css/fonts.css")
        found: dict[tuple[str, int, bool], Path] = {}
        for match in _FACE.finditer(sheet.read_text("utf-8") if sheet else ""):
            fields = dict(re.findall(r"font-(family|weight|style):\s*['\"]?([^;'\"]+)", match[1]))
            file = _FILE.search(match[1])
            path = self.library.find(file[1]) if file else None
            if path and path.suffix in (".ttf", ".otf"):
                key = (fields.get("family", ""), int(fields.get("weight", 400)), fields.get("style") == "italic")
                found[key] = path
        return found


@lru_cache(maxsize=8)
def _font(path: Path, mtime_ns: int) -> TTFont:
    return TTFont(path, lazy=True)


@lru_cache(maxsize=4096)
def _outline(path: Path, mtime_ns: int, letter: str, size: float, x: float, y: float) -> str:
    """One letter's outline, moved to where it stands."""
    font = _font(path, mtime_ns)
    name = font.getBestCmap().get(ord(letter))
    if name is None:
        return ""
    glyphs, scale = font.getGlyphSet(), size / font["head"].unitsPerEm
    pen = SVGPathPen(glyphs, ntos=lambda length: f"{length:.1f}".removesuffix(".0"))
    glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
    return str(pen.getCommands())


@lru_cache(maxsize=2**16)
def _ems(words: str, path: Path | None, mtime_ns: int) -> float:
    """How wide words are at a size of 1; without a file each letter is taken to be half as wide."""
    if path is None:
        return len(words) / 2
    advances, unit = _advances(path, mtime_ns)
    default = advances.get(ord("n"), unit)
    return sum([advances.get(ord(letter), default) for letter in words]) / unit


@lru_cache(maxsize=32)
def _advances(path: Path, mtime_ns: int) -> tuple[Mapping[int, int], int]:
    """The advance of every character of a font file as it was when `mtime_ns`, and the units of an em."""
    font = _font(path, mtime_ns)
    metrics = font["hmtx"].metrics
    return {code: metrics[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm
