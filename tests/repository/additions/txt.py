"""Page -> plain text, without markup."""

import re
from html import unescape

from ...library import Library
from ...page.page import Page
from ..output_file import Output

ENDING, ON_SCREEN, TYPESET = ".txt", True, False


def write(page: Page, library: Library) -> Output:
    """The text of the page's body, one block per line."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", page.html.partition("<body")[2], flags=re.DOTALL)
    lines = (unescape(re.sub(r"<[^>]*>", "", line)).strip() for line in body.splitlines())
    return Output(f"{page.name}.txt", "\n".join(line for line in lines if line).encode())
