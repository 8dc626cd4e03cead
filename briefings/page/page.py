"""What is typeset or shown: HTML and what goes with it. Apart, so that a process that typesets need not know Jinja."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attachment:
    """A file inside a PDF: its name, what it is in the pack's language, and its UTF-8 text."""

    name: str
    description: str
    text: str


@dataclass(frozen=True)
class Page:
    """HTML with the name its files have, its title, the day (ISO 8601) its text was published, and what it carries."""

    name: str
    title: str
    html: str
    date: str = ""
    attachment: Attachment | None = None
