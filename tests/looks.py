"""How tests look at what was made: the statements of a briefing, the tags of a page, the facts of a PDF."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path

from briefings.briefing import Said

SIZES = {"a4": "595.276 x 841.89 pts (A4)", "letter": "612 x 792 pts (letter)"}


def said(value: object) -> Iterator[Said]:
    """Every statement in a briefing or a part of one."""
    if isinstance(value, Said):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from said(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from said(getattr(value, field.name))


class Tags(HTMLParser):
    """Every start tag with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, {name: value or "" for name, value in attrs}))

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.all if attribute in attrs]

    def anchors(self) -> list[str]:
        """What the page's links to its own parts name."""
        return [address[1:] for address in self.values("href") if address.startswith("#")]


def pdf_info(pdf: Path) -> dict[str, str]:
    """What pdfinfo says."""
    done = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True)
    return {key: value.strip() for key, _, value in (line.partition(":") for line in done.stdout.splitlines())}


def pdf_fonts(pdf: Path) -> set[str]:
    """The families of the fonts, all of them embedded: ABCDEF+Source-Serif-4-Italic is Source-Serif-4."""
    done = subprocess.run(["pdffonts", pdf], check=True, capture_output=True, text=True)
    lines = done.stdout.splitlines()[2:]
    assert all(re.search(r" yes yes yes +\d+ +0$", line) for line in lines), done.stdout
    return {match[1] for line in lines if (match := re.match(r"\w{6}\+(Source-S[a-z]+-\d|[^ ]+)", line))}
