"""What is typeset or shown: HTML and what goes with it. Apart, so that a process that typesets need not know Jinja."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """HTML with the name its files have, its title, and the day (ISO 8601) its text was published."""

    name: str
    title: str
    html: str
    date: str = ""
