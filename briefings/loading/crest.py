"""A picture's file, and that of a crest -> why it cannot stand on a paper, or None."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from ..safe_files import TooLargeError, read_bytes

_MAX_BYTES = 300_000
_MAX_PICTURE = 1_000_000  # of a theme's picture: a page carries it once
_SVG = "{http://www.w3.org/2000/svg}"
_PNG = b"\x89PNG\r\n\x1a\n"
# Elements of SVG that need what a paper does not have: the machine's fonts, a script, a file, another document.
_REFUSED = {
    "text": "has text, which needs a font of your machine",
    "script": "has a script",
    "foreignObject": "has a web page in it",
    "style": "has a <style>, which the typesetter reads in part only",
}
_OUTSIDE = re.compile(r"^(?:\w+:)?//|^file:")


def crest_fault(path: Path) -> tuple[str, str] | None:
    """(what is wrong, what to do), or None."""
    if path.suffix.lower() not in (".svg", ".png"):
        return "a crest is an SVG or a PNG file", "save it as SVG"
    try:
        content = read_bytes(path, limit=_MAX_BYTES)
    except TooLargeError:
        size = path.stat().st_size // 1000
        return f"the crest has {size:,} kB, and every page carries it", f"make it smaller: {_MAX_BYTES // 1000} kB"
    except OSError as error:
        return f"the crest cannot be read: {(error.strerror or str(error)).lower()}", "give another file"
    return _png_fault(content) if path.suffix.lower() == ".png" else _svg_fault(content)


def picture_fault(path: Path) -> tuple[str, str] | None:
    """(what is wrong, what to do) of a picture in templates/ or a theme, or None."""
    kind = path.suffix.lower()
    try:
        content = read_bytes(path, limit=_MAX_PICTURE)
    except TooLargeError:
        return f"the picture has {path.stat().st_size // 1000:,} kB", f"make it smaller: {_MAX_PICTURE // 1000:,} kB"
    except OSError as error:
        return f"the picture cannot be read: {(error.strerror or str(error)).lower()}", "give another file"
    if kind == ".png":
        return _png_fault(content)
    if kind in (".jpg", ".jpeg"):
        whole = content.startswith(b"\xff\xd8") and b"\xff\xd9" in content[-64:]
        return None if whole else ("this is no whole JPEG file", "save it again as JPEG")
    if kind == ".svg":
        try:
            ElementTree.fromstring(content)
        except ElementTree.ParseError as error:
            return f"this is no SVG: {error}", "save it again as SVG"
    return None


def _png_fault(content: bytes) -> tuple[str, str] | None:
    whole = content.startswith(_PNG) and b"IEND" in content[-16:]
    return None if whole else ("this is no whole PNG file", "save it again as PNG")


def _svg_fault(content: bytes) -> tuple[str, str] | None:
    if b"<!ENTITY" in content:
        return "the SVG defines entities", "save it as plain SVG"
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        return f"this is no SVG: {error}", "save it again as SVG"
    if root.tag not in (f"{_SVG}svg", "svg"):
        return f"this is no SVG: it begins with <{root.tag}>", "save it as SVG"
    if "viewBox" not in root.attrib and not {"width", "height"} <= set(root.attrib):
        return "the SVG does not say how wide and high it is", 'give it a viewBox, such as viewBox="0 0 100 120"'
    for element in root.iter():
        name = str(element.tag).removeprefix(_SVG)
        if name in _REFUSED:
            return f"the SVG {_REFUSED[name]}", "convert texts to paths, and save it as plain SVG"
        for key, value in element.attrib.items():
            if (key.endswith("href") and not value.startswith(("#", "data:"))) or _OUTSIDE.search(value):
                return f"the SVG refers to '{value}', and nothing is fetched", "put the picture into the SVG"
    return None
