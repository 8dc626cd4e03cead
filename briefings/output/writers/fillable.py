"""Page -> tagged PDF whose places for answers are form fields: PDF/UA-1 alone."""

from ...library import Library
from ...page.page import Page
from ...pdf.typeset import typeset
from ..output_file import Output

ENDING, ON_SCREEN, TYPESET = "-fillable.pdf", False, True


def write(page: Page, library: Library) -> Output:
    """Typeset the page with fields. Raises ProblemError and NotInstalledError, as `typeset` does."""
    sheets = typeset(page, library, fields=True)
    return Output(f"{page.name}{ENDING}", sheets.pdf, sheets.count, sheets.used_files)
