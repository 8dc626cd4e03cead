"""Page -> tagged PDF."""

from ...library import Library
from ...page.page import Page
from ...pdf.typeset import typeset
from ..output_file import Output

ENDING, ON_SCREEN, TYPESET = ".pdf", False, True


def write(page: Page, library: Library) -> Output:
    """Typeset the page. Raises ProblemError where something is missing, and NotInstalledError without Pango."""
    sheets = typeset(page, library)
    return Output(f"{page.name}.pdf", sheets.pdf, sheets.count, sheets.used_files)
