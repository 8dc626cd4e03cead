"""Helpers that inspect results: the statements of a briefing, the tags and numbers of a page, the facts of a PDF."""

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from briefings.briefing.parts import Slide, StatementView

SIZES = {"a4": "595.276 x 841.89 pts (A4)", "letter": "612 x 792 pts (letter)"}


def said(value: object) -> Iterator[StatementView]:
    """Every statement in a briefing or a part of one, in reading order."""
    if isinstance(value, StatementView):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from said(part)
    elif is_dataclass(value) and not isinstance(value, Slide):  # what slides show stands in chapters too
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

    def values(self, attribute: str, *elements: str) -> list[str]:
        """The values of an attribute, of every element or of those with these tags."""
        return [a[attribute] for tag, a in self.all if attribute in a and (tag in elements or not elements)]

    def anchors(self) -> list[str]:
        """The ids that links within the page lead to."""
        return [address[1:] for address in self.values("href") if address.startswith("#")]


def pdf_info(pdf: Path) -> dict[str, str]:
    """The fields that pdfinfo prints."""
    done = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True)
    return {key: value.strip() for key, _, value in (line.partition(":") for line in done.stdout.splitlines())}


def pdf_fonts(pdf: Path) -> set[str]:
    """The font families, all asserted to be embedded: ABCDEF+Source-Serif-4-Italic is Source-Serif-4."""
    done = subprocess.run(["pdffonts", pdf], check=True, capture_output=True, text=True)
    lines = done.stdout.splitlines()[2:]
    assert all(re.search(r" yes yes yes +\d+ +0$", line) for line in lines), done.stdout
    return {match[1] for line in lines if (match := re.match(r"\w{6}\+(Source-S[a-z]+-\d|[^ ]+)", line))}


class Printed(NamedTuple):
    """A number on a page, with its innermost element and, outermost first, the elements around that."""

    text: str
    tag: str
    attributes: dict[str, str]
    around: tuple[tuple[str, dict[str, str]], ...]

    def stands_behind(self) -> tuple[str, str] | None:
        """The (attribute, id) on the number's own element; those of the paragraph or of a note do not count."""
        carriers = [self.attributes] if self.tag in ("span", "a", "text", "tspan", "title") else []
        if self.tag == "a" and self.around[-1][1].get("class") == "number":  # on screen, a number may be a link
            carriers.append(self.around[-1][1])
        if "svg" in [tag for tag, _ in self.around]:  # each mark of a drawing is a group
            carriers += [attributes for tag, attributes in self.around if tag in ("g", "text")]
        return next(((name, c[name]) for c in carriers for name in BEHIND if c.get(name)), None)

    def is_aside(self) -> bool:
        """Whether it needs no id: a date, a year, part of a name, or the number of a paragraph, note or minute."""
        classes = set(self.attributes.get("class", "").split())
        if self.tag == "time":
            return self.attributes.get("datetime", "") != ""
        if self.tag == "a" and self.attributes.get("href", "").startswith("#"):
            return re.fullmatch(r"Q?\d+(\.\d+)?", self.text) is not None
        return bool(classes & {"dates", "name", "num", "minutes", "tick"})


BEHIND = ("data-estimate", "data-statement", "data-source", "data-audience")
_VOID = {"meta", "link", "br", "img", "hr", "input", "wbr", "col"}
_UNSEEN = {"head", "style", "script"}


class Numbers(HTMLParser):
    """Every visible text of a page that contains a digit or one of `words`."""

    def __init__(self, html: str, words: Sequence[str] = ()) -> None:
        super().__init__()
        self.found: list[Printed] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._pattern = re.compile("|".join([r"\d", *(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words)]))
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self._open.append((tag, {name: value or "" for name, value in attrs}))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self._open, tag
        assert self._open.pop()[0] == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if self._pattern.search(data) and not _UNSEEN & {tag for tag, _ in self._open}:
            (*around, (tag, attributes)) = self._open
            self.found.append(Printed(data.strip(), tag, attributes, tuple(around)))
