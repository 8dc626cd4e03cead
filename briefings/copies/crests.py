"""The file of a crest -> its pixels, as a copy carries them."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ..house_style import FOLDER, HouseStyle
from ..library import Library
from ..output.previews import transparent_picture
from ..page.page import Page
from ..pdf.copy_box import Raster
from ..pdf.typeset import typeset
from ..problems import ProblemError
from ..processes.background import LimitedWork
from ..processes.limits import LimitError, render_seconds
from ..safe_files import read_bytes

_HIGHEST = 300  # pixels: 600 dots to an inch in the highest box of 12 mm
_MOST_PIXELS = 40_000_000  # of a PNG file before it is made smaller


def rasters(paths: Iterable[Path], library: Library) -> Iterator[tuple[Path, Raster | str]]:
    """Each file with its pixels, or with what is wrong with it: in a process of its own, which has limits."""
    items = list(dict.fromkeys(paths))
    work: LimitedWork[Path, Raster | str] = LimitedWork(partial(_raster, library), items, render_seconds())
    try:
        for path, result in zip(items, work.results(), strict=True):
            yield path, f"the crest {result}" if isinstance(result, LimitError) else result
    finally:
        work.close()


def _raster(library: Library, path: Path) -> Raster | str:
    from PIL.PngImagePlugin import PngImageFile

    try:
        if path.suffix.lower() == ".svg":
            return _pixels(_drawn(path, library))
        picture = PngImageFile(io.BytesIO(read_bytes(path)))
        if picture.width * picture.height > _MOST_PIXELS:
            return f"the crest has more than {_MOST_PIXELS:,} pixels"
        return _pixels(picture)
    except (OSError, ValueError, SyntaxError, ProblemError) as error:
        return f"the crest cannot be drawn: {str(error).splitlines()[0]}"


def _drawn(path: Path, library: Library) -> Any:
    """An SVG file as a picture with a transparent ground: typeset alone on a sheet, and drawn from that."""
    name = f"{FOLDER}crest.svg"
    alone = replace(library, house=HouseStyle(id="crest", files=((name, path),)))
    size = "margin: 0; size: 60mm 60mm"
    picture = f'<img src="{name}" alt="Crest" style="width: 60mm; height: 60mm; object-fit: contain">'
    head = (
        '<title>Crest</title><link rel="stylesheet" href="css/fonts.css">'
        f"<style>@page {{ {size} }} body {{ margin: 0 }}</style>"
    )
    page = Page("crest", "Crest", f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{picture}</body></html>')
    return transparent_picture(typeset(page, alone).pdf, _HIGHEST)


def _pixels(picture: Any) -> Raster:
    """The picture without its empty edges, not larger than a copy can show."""
    shown = picture.convert("RGBA")
    shown = shown.crop(shown.getchannel("A").getbbox())
    shown.thumbnail((3 * _HIGHEST, _HIGHEST))
    return Raster(shown.width, shown.height, shown.convert("RGB").tobytes(), shown.getchannel("A").tobytes())
