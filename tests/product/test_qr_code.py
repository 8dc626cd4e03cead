"""The QR code in the foot of a paper's last sheet: it is there, and is read from a picture of the sheet."""

import subprocess
from pathlib import Path

import packs
import pytest
import zxingcpp
from PIL import Image

from briefings.composing.editions.content import read_digest, written

pytestmark = [pytest.mark.slow, pytest.mark.tool("pdftoppm")]

RESOLUTION = 150  # dots to an inch: what a telephone sees of a sheet


def codes(pdf: Path, folder: Path) -> list[str]:
    """What the codes on the sheets of a PDF say, each once."""
    subprocess.run(["pdftoppm", "-r", str(RESOLUTION), "-gray", pdf, folder / "sheet"], check=True)
    sheets = [Image.open(path) for path in sorted(folder.glob("sheet*"))]
    return [code.text for sheet in sheets for code in zxingcpp.read_barcodes(sheet)]


@pytest.mark.parametrize(
    "name", ["pupils-briefing", "pupils-worksheet", "policy-briefing", "secondary-poster", "teachers-lesson"]
)
def test_the_last_sheet_has_the_command_that_checks_it(built: Path, tmp_path: Path, name: str) -> None:
    edition = packs.composed("kursk")[name].edition
    assert edition
    digest = written(read_digest(edition.digest))
    assert codes(built / f"kursk/{name}.pdf", tmp_path) == [f"BRIEFINGS AFFECTED {digest}"]
