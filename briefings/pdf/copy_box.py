"""A PDF with a place for a school's words and crest -> copies of it that have these, without typesetting again.

The page has two empty pictures, `house_style.BOX_WORDS` and `BOX_CREST`, where the head of a school would stand.
`reserve` makes each a form XObject (ISO 32000-1, 8.10), which a copy replaces: the words in a paragraph of the
structure tree, set in a font that the file carries, and the crest as decoration, since the words beside it name the
school.
"""

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from ..drawings.font_lettering import Lettering
from ..house_style import BOX_CREST_SIZE, BOX_WORDS_ALT, BOX_WORDS_SIZE
from .increment import Pdf, stream
from .tags import elements

_STREAM_HEADER = re.compile(rb"<<[^<>]*/Type /BriefingsCopy\b[^<>]*/Length (\d+)[^<>]*>>\s+stream\n")
_STACKED = 26.0  # points: a box that is lower has all its words on one line
_LARGEST, _SMALLEST = 11.0, 9.2  # points; a line of contact is a little smaller than the name
_BETWEEN = " · "
_INK, _SOFT = 0.1, 0.3  # greys: black on white for a copier
_EDGE = 3.0  # points of white after the words
_BLOCK = 100  # lines of a ToUnicode map in one block
_UNICODE_MAP = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n"
    b"/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n%bendcmap\n"
    b"CMapName currentdict /CMap defineresource pop\nend\nend"
)


class TooLongError(Exception):
    """Words are too long for their place; `most` is about how many characters it holds."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


@dataclass(frozen=True)
class Raster:
    """A crest as pixels: three bytes each for the colours, one for how much covers what is under it."""

    width: int
    height: int
    colours: bytes
    cover: bytes


@dataclass(frozen=True)
class _Box:
    number: int  # of the form XObject
    width: float  # points
    height: float


def reserve(pdf: Any, lettering: Lettering) -> None:
    """Turn the empty pictures of a `pydyf.PDF` that is about to be written into boxes, and note where they are.

    A page without them is left as it is.
    """
    import pydyf

    figures = [each for each in elements(pdf) if each["S"] == "/Figure" and _alt(each) == BOX_WORDS_ALT]
    words, crest = (_pictures(pdf, size) for size in (BOX_WORDS_SIZE, BOX_CREST_SIZE))
    if len(figures) != 1 or len(words) != 1 or len(crest) != 1 or "ModDate" not in pdf.info:
        return
    (figure,) = figures
    left, bottom, right, top = figure["A"]["BBox"]
    figure["S"] = "/P"
    for key in ("Alt", "A"):
        del figure[key]
    font = _add_font(pdf, lettering)
    for picture in (*words, *crest):
        fonts = pydyf.Dictionary({"Font": pydyf.Dictionary({"F": font})})
        picture.extra = pydyf.Dictionary(
            {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, 1, 1]), "Resources": fonts}
        )
        picture.stream = []
    height = top - bottom
    noted = {
        "words": [words[0].number, right - left, height],
        "crest": [crest[0].number, height, height],
        "font": int(font.split()[0]),
        "letters": lettering.digest,
    }
    note = pydyf.Stream([json.dumps(noted).encode()], {"Type": "/BriefingsCopy"}, compress=True)
    pdf.add_object(note)
    private = pydyf.Dictionary({"LastModified": pdf.info["ModDate"], "Private": note.reference})
    pdf.catalog.setdefault("PieceInfo", pydyf.Dictionary())["BriefingsCopies"] = private


def _alt(element: Any) -> str:
    return str(getattr(element.get("Alt", ""), "string", element.get("Alt", "")))


def _pictures(pdf: Any, size: tuple[int, int]) -> list[Any]:
    """The image XObjects that have so many pixels across and down."""
    extras = ((item, getattr(item, "extra", {})) for item in pdf.objects)
    return [i for i, extra in extras if extra.get("Subtype") == "/Image" and (extra["Width"], extra["Height"]) == size]


def _add_font(pdf: Any, letters: Lettering) -> bytes:
    """Add a font with all its letters; return its reference."""
    import pydyf

    def added(item: Any) -> bytes:
        pdf.add_object(item)
        reference: bytes = item.reference
        return reference

    widths = [each for glyph, width in sorted(letters.widths.items()) for each in (glyph, pydyf.Array([width]))]
    system = {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
    font_file = added(pydyf.Stream([letters.font], {"Length1": len(letters.font)}, compress=True))
    descriptor = {
        "Type": "/FontDescriptor",
        "FontName": f"/{letters.name}",
        "Flags": 4,
        "FontBBox": pydyf.Array(letters.box),
        "ItalicAngle": 0,
        "Ascent": letters.ascent,
        "Descent": letters.descent,
        "CapHeight": letters.cap_height,
        "StemV": 110,
        "FontFile2": font_file,
    }
    descendant = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": f"/{letters.name}",
        "CIDSystemInfo": pydyf.Dictionary(system),
        "FontDescriptor": added(pydyf.Dictionary(descriptor)),
        "W": pydyf.Array(widths),
        "CIDToGIDMap": "/Identity",
    }
    font = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": f"/{letters.name}",
        "Encoding": "/Identity-H",
        "DescendantFonts": pydyf.Array([added(pydyf.Dictionary(descendant))]),
        "ToUnicode": added(pydyf.Stream([_to_unicode(letters)], compress=True)),
    }
    return added(pydyf.Dictionary(font))


def _to_unicode(letters: Lettering) -> bytes:
    """The map from glyphs to characters, by which the words can be searched, copied and read aloud."""
    glyphs = sorted({glyph: code for code, glyph in sorted(letters.glyphs.items(), reverse=True)}.items())
    lines = [b"<%04x> <%b>" % (glyph, chr(code).encode("utf-16-be").hex().encode()) for glyph, code in glyphs]
    blocks = (lines[at : at + _BLOCK] for at in range(0, len(lines), _BLOCK))
    return _UNICODE_MAP % b"".join(
        b"%d beginbfchar\n%b\nendbfchar\n" % (len(block), b"\n".join(block)) for block in blocks
    )


@dataclass(frozen=True)
class CopyBase:
    """A PDF that has boxes."""

    pdf: Pdf
    lettering: Lettering

    @property
    def has_box(self) -> bool:
        """Whether the paper has a place for a school's words."""
        return _STREAM_HEADER.search(self.pdf.content) is not None

    @cached_property
    def _note(self) -> dict[str, Any]:
        found = _STREAM_HEADER.search(self.pdf.content)
        assert found, "only a paper with a box is copied"
        packed = self.pdf.content[found.end() : found.end() + int(found[1])]
        note: dict[str, Any] = json.loads(zlib.decompress(packed))
        return note

    @property
    def is_current(self) -> bool:
        """Whether the file carries this lettering: the numbers of its glyphs are those of no other."""
        return bool(self._note.get("letters") == self.lettering.digest)

    @cached_property
    def _words(self) -> _Box:
        return _Box(*self._note["words"])

    @cached_property
    def _crest(self) -> _Box:
        return _Box(*self._note["crest"])

    @cached_property
    def _identifier(self) -> str:
        return blake2b(self.pdf.content, digest_size=16).hexdigest()

    def copy(self, lines: Sequence[str], crest: Raster | None = None) -> bytes:
        """The PDF with these words, the name first, and a crest. Raises TooLongError."""
        assert self.is_current
        box, font = self._words, self._note["font"]
        keys = b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</Font<</F %d 0 R>>>>" % font
        words = b"".join(self._set(lines))
        drawn = b"q %.6f 0 0 %.6f 0 0 cm %bQ" % (1 / box.width, 1 / box.height, words)
        objects = {box.number: stream(keys, drawn)}
        if crest:
            objects |= dict(self._drawn(crest))
        own = blake2b(drawn, digest_size=16, key=self._identifier.encode())
        if crest:
            own.update(crest.colours + crest.cover)
        return self.pdf.updated(objects, (self._identifier, own.hexdigest()))

    def _set(self, lines: Sequence[str]) -> Iterator[bytes]:
        """The operators that set each line: in a low box on one line, else under each other."""
        box = self._words
        if box.height < _STACKED:
            lines = [_BETWEEN.join(lines)]
        largest = min(_LARGEST, 0.62 * box.height / len(lines) * (1 if len(lines) == 1 else 1.25))
        step, first = box.height / len(lines), 0.0
        for number, text in enumerate(lines):
            size = min(largest, box.width / max(self.lettering.width(text), 0.001))
            if size < min(_SMALLEST, largest):
                raise TooLongError(int(len(text) * size / min(_SMALLEST, largest)))
            first = box.height - step * (number + 0.5) - size * self.lettering.cap_height / 2000
            grey = _SOFT if number else _INK
            codes = self.lettering.codes(text)
            # On white, as the head of a school: the box may lie on a map.
            ground = self.lettering.width(text) * size + _EDGE, step
            yield b"1 g 0 %.2f %.2f %.2f re f " % (box.height - step * (number + 1), *ground)
            yield b"BT %.1f g /F %.2f Tf 0 %.2f Td <%b> Tj ET " % (grey, size, first, codes)

    def _drawn(self, crest: Raster) -> Iterator[tuple[int, bytes]]:
        """The objects of a crest: as high as its box or as wide, at the right."""
        box, image, cover = self._crest, self.pdf.size, self.pdf.size + 1
        scale = min(box.width / crest.width, box.height / crest.height)
        width, height = crest.width * scale / box.width, crest.height * scale / box.height
        keys = b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</I %d 0 R>>>>" % image
        placed = b"q %.6f 0 0 %.6f %.6f %.6f cm /I Do Q" % (width, height, 1 - width, (1 - height) / 2)
        shape = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8" % (crest.width, crest.height)
        yield box.number, stream(keys, placed)
        yield image, stream(shape + b"/ColorSpace/DeviceRGB/SMask %d 0 R" % cover, crest.colours)
        yield cover, stream(shape + b"/ColorSpace/DeviceGray", crest.cover)
