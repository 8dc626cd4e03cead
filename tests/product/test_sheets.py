"""Ten sheets compared with reviewed reference pictures; on failure, a picture shows both and the difference.

`pytest tests/product/test_sheets.py --update` redraws the references: review them before they are committed.
"""

import os
import subprocess
from pathlib import Path

import pytest
from conftest import HERE
from PIL import Image, ImageChops

pytestmark = [pytest.mark.slow, pytest.mark.tool("pdftoppm")]

GOLDEN = HERE / "golden/sheets"
DPI = 40
TOLERANCE = 48  # grey levels of 255: another version of the drawing library changes edges by less
MAX_CHANGED = 0.004  # share of a sheet's pixels that may differ by more
TEN = (  # every look, kind of document and kind of drawing
    *(("pupils-briefing", 1), ("pupils-briefing-large-print", 2), ("pupils-map-sheet", 1), ("pupils-slides", 2)),
    *(("secondary-briefing", 1), ("secondary-poster", 1), ("university-briefing", 3), ("public-briefing", 1)),
    *(("policy-briefing", 1), ("teachers-briefing", 2)),
)


def drawn(pdf: Path, sheet: int, folder: Path) -> Image.Image:
    """A sheet in grey at a low resolution, as on a black-and-white copier."""
    command = ["pdftoppm", "-r", str(DPI), "-f", str(sheet), "-l", str(sheet), "-gray", "-png", "-singlefile"]
    subprocess.run([*command, pdf, folder / "sheet"], check=True)
    return Image.open(folder / "sheet.png").convert("L")


def changed(before: Image.Image, now: Image.Image) -> Image.Image:
    """White where the pictures differ by more than TOLERANCE; pictures of different sizes differ everywhere."""
    if before.size != now.size:
        return Image.new("L", now.size, 255)
    return ImageChops.difference(before, now).point(lambda level: 255 if level > TOLERANCE else 0)


def share(mask: Image.Image) -> float:
    return mask.histogram()[255] / (mask.width * mask.height)


def side_by_side(before: Image.Image, now: Image.Image, mask: Image.Image, path: Path) -> None:
    """The reference, the sheet now, and what differs, black on white."""
    parts = [before, now, ImageChops.invert(mask)]
    report = Image.new("L", (sum(part.width for part in parts) + 20, max(part.height for part in parts)), 128)
    for place, part in enumerate(parts):
        report.paste(part, (sum(other.width + 10 for other in parts[:place]), 0))
    path.parent.mkdir(parents=True, exist_ok=True)
    report.save(path)


@pytest.mark.parametrize(("name", "sheet"), TEN, ids=lambda each: str(each))
def test_a_sheet_matches_its_reference(
    built: Path, tmp_path: Path, name: str, sheet: int, request: pytest.FixtureRequest
) -> None:
    now = drawn(built / f"kursk/{name}.pdf", sheet, tmp_path)
    reference = GOLDEN / f"{name}-{sheet}.png"
    if request.config.getoption("update"):
        reference.parent.mkdir(parents=True, exist_ok=True)
        now.quantize(16).save(reference, optimize=True)
    assert reference.is_file(), "the reference is missing: run with --update"
    before = Image.open(reference).convert("L")
    mask = changed(before, now)
    if share(mask) > MAX_CHANGED:
        report = Path(os.environ.get("SHEETS_REPORT", HERE.parent / "build/sheets")) / f"{name}-{sheet}.png"
        side_by_side(before, now, mask, report)
        pytest.fail(f"{share(mask):.1%} of the sheet has changed: see {report}", pytrace=False)


def test_a_change_is_detected_and_a_slight_shade_is_not() -> None:
    sheet = Image.new("L", (330, 468), 255)
    shaded, changed_sheet = sheet.copy(), sheet.copy()
    shaded.paste(230, (0, 0, 330, 468))
    changed_sheet.paste(0, (20, 20, 60, 60))  # a small picture
    assert share(changed(sheet, shaded)) == 0
    assert share(changed(sheet, changed_sheet)) > MAX_CHANGED
    assert share(changed(sheet, Image.new("L", (330, 467), 255))) == 1
