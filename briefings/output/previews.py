"""A PDF -> pictures of its first sheets, and the words that leave its sheets. The only module that imports PDFium."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..pdf.versions import package_versions
from ..safe_files import MAX_OUTPUT, read_bytes

SHEETS, SLIDES = 2, 3  # how many sheets are shown of a PDF, and how many of one whose sheets are wider than high
WIDTH = 400  # pixels: sharp at the size at which the index shows them, on a screen with two pixels to a point
HEIGHT = 4 * WIDTH  # at most: a sheet may be as high as a style sheet says, and a picture of it has to be held
_SLACK = 0.5  # points by which a letter may reach over the edge
_QUALITY = 45  # of 100: text stays clear, a sheet takes about 25 kB as text
_METHOD = 2  # 0 to 6: 6 takes five times as long and saves 4 %


def engine() -> dict[str, str]:
    """The versions of what draws the pictures."""
    return package_versions(("pypdfium2", "pillow"))


def previews(path: Path) -> tuple[bytes, ...]:
    """Pictures of the first sheets of a PDF; none if the file cannot be read as a PDF."""
    # Imported here: only a build whose index is out of date needs it.
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(read_bytes(path, path.parent, MAX_OUTPUT))
    except (pypdfium2.PdfiumError, OSError):
        return ()
    try:
        width, height = document[0].get_size()
        return tuple(_picture(document[n]) for n in range(min(len(document), SLIDES if width > height else SHEETS)))
    finally:
        document.close()


def transparent_picture(pdf: bytes, height: int) -> Any:
    """The first sheet of a PDF as a picture of so many pixels in height, transparent where nothing is drawn."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[0]
        return sheet.render(scale=height / sheet.get_height(), fill_color=(0, 0, 0, 0), rev_byteorder=True).to_pil()
    finally:
        document.close()


def words_outside(path: Path) -> Iterator[tuple[int, str]]:
    """(number of the sheet, words) of each line of text that is partly outside of its sheet."""
    import pypdfium2

    document = pypdfium2.PdfDocument(read_bytes(path, path.parent, MAX_OUTPUT))
    try:
        for number, sheet in enumerate(document, 1):
            width, height = sheet.get_size()
            text = sheet.get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                if left < -_SLACK or bottom < -_SLACK or right > width + _SLACK or top > height + _SLACK:
                    yield number, " ".join(text.get_text_bounded(left, bottom, right, top).split())
    finally:
        document.close()


def _picture(sheet: Any) -> bytes:
    width, height = sheet.get_size()
    picture = sheet.render(scale=min(WIDTH / width, HEIGHT / height)).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=_METHOD)
    return out.getvalue()
