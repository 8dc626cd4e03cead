"""The Page: what is typeset or shown on a screen.

In a module of its own, so that worker processes can unpickle and typeset pages without importing Jinja.
"""

from dataclasses import dataclass

from ..briefing.quiz import Quiz


@dataclass(frozen=True)
class Attachment:
    """A file to embed in a PDF: name, description (in the pack's language, for PDF readers) and UTF-8 text."""

    name: str
    description: str
    text: str


@dataclass(frozen=True)
class Page:
    """A rendered document. Links in `html` are relative to a template folder.

    `name` is the name of the output files, without suffix. `date` is the day of publication (ISO 8601), or "".
    """

    name: str
    title: str
    html: str
    date: str = ""
    attachment: Attachment | None = None
    quiz: Quiz | None = None  # of a paper that prints answers to closed questions
