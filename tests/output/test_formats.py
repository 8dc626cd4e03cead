"""The formats of output files, and what a worker process loads for them."""

import subprocess
import sys

import pytest
from conftest import HERE

from briefings.library import Library
from briefings.output.formats import FORMATS, SCREEN_FORMATS
from briefings.page.page import Page


def test_html_is_read_on_a_screen_and_pdf_is_not() -> None:
    assert list(FORMATS) == ["html", "pdf", "fillable", "moodle", "gift", "qti"]
    assert {"html"} == SCREEN_FORMATS


def test_a_format_gives_its_name_to_the_file(library: Library) -> None:
    output = FORMATS["html"](Page("frogs", "Frogs", "<p>Frogs"), library)
    assert (output.name, output.sheets) == ("frogs.html", 0)


@pytest.mark.parametrize("package", ["pydantic", "jinja2", "yaml", "babel", "rich"])
def test_a_worker_does_not_load_what_it_does_not_use(package: str) -> None:
    """Each worker would need 3 MiB more, and longer to start, for the models that only the parent validates."""
    program = "import sys, briefings.output.formats, briefings.output.workers; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=HERE.parent, capture_output=True, text=True, check=True)
    assert package not in done.stdout.split()
