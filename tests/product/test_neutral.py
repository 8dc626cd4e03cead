"""The shipped audiences suit any topic: no word of one pack on a paper of another, and no heading without a text."""

import re
from calendar import month_name
from functools import cache
from html.parser import HTMLParser

import packs
import pytest
from packs import pack

from briefings.briefing.parts import Briefing
from briefings.composing.project import compose_all
from briefings.library import Library, shipped
from briefings.loading.load import load_audience
from briefings.page.render import render
from briefings.schema.fields import LevelText, walk_models

LIBRARY = Library(shipped())  # the pond too is shown to the shipped audiences
FOLDERS = {name: packs.FOLDERS[name] for name in ("kursk", "smallpox", "pond")}
AUDIENCES = ("pupils", "secondary", "university", "public", "policy", "teachers")
PACKS = [pytest.param(name, marks=[] if name == "pond" else pytest.mark.slow) for name in FOLDERS]


@cache
def documents(name: str) -> tuple[Briefing, ...]:
    return compose_all(pack(name), LIBRARY)


@cache
def page(name: str, document: str) -> str:
    return render(next(each for each in documents(name) if each.name == document), LIBRARY, attached=False).html


def words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]{4,}", text)}


@cache
def all_words(name: str) -> frozenset[str]:
    """Every word of a pack's files, its maps included."""
    return frozenset().union(*(words(path.read_text()) for path in FOLDERS[name].glob("*.*")))


@cache
def plain_words() -> frozenset[str]:
    """The product's own words, which test_topic guards, and the months."""
    return frozenset(words((shipped() / "templates/strings/en.yaml").read_text()) | words(" ".join(month_name)))


@cache
def topic(name: str) -> frozenset[str]:
    """The words that belong to a pack's topic: of its names, terms and titles, and in no other pack."""
    loaded = pack(name)
    said = [person.name for person in loaded.people] + [place.name for place in loaded.places]
    said += [term.term for term in loaded.terms] + [*loaded.info.capitals, loaded.info.kicker]
    said += [aspect.id for section in loaded.info.sections for aspect in section.aspects]
    for value in (loaded.info, *loaded.index.values()):
        for path, text in walk_models(value):
            if isinstance(text, LevelText) and path and path[-1] in ("title", "label"):
                said += [text.standard, text.plain or "", text.advanced or ""]
    others = frozenset().union(*(all_words(other) for other in FOLDERS if other != name))
    common = {word[:6] for word in others | plain_words()}  # proposes, proposed: no word of one topic
    return frozenset(word for word in words(" ".join(said)) if word[:6] not in common)


class Reader(HTMLParser):
    """A page in order: headings as (level, words), texts as (0, words), sections from (-2, "") to (-1, "")."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[tuple[int, str]] = []
        self.level, self.hidden = 0, 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "script", "nav", "title")
        if re.fullmatch("h[1-6]", tag) and not self.hidden:
            self.level = int(tag[1])
            self.said.append((self.level, ""))
        if tag == "section":
            self.said.append((-2, ""))
        if tag == "svg":
            self.said.append((0, "a drawing"))

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script", "nav", "title")
        self.level = 0 if re.fullmatch("h[1-6]", tag) else self.level
        if tag == "section":
            self.said.append((-1, ""))

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.hidden:
            if self.level:
                self.said[-1] = self.level, f"{self.said[-1][1]} {data.strip()}".strip()
            else:
                self.said.append((0, data.strip()))

    def bare(self) -> list[str]:
        """The headings with nothing under them before the next of their level or above, and alone in their section."""
        bare = []
        for (before, _), (level, text), (after, _) in zip(
            [(-1, ""), *self.said], self.said, [*self.said[1:], (-1, "")], strict=False
        ):
            alone = after == -1 and before != 0  # a picture of a slide stands before its title
            if level > 0 and (alone or 0 < after <= level):
                bare.append(text)
        return bare


@pytest.mark.slow
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", PACKS)
def test_no_word_of_another_topic_is_on_a_paper(name: str, audience: str) -> None:
    foreign = frozenset().union(*(topic(other) for other in FOLDERS if other != name))
    assert {"kursk": "incursion", "smallpox": "smallpox", "pond": "pond"}[name] in topic(name)
    for document in [each.name for each in documents(name) if each.audience.id == audience]:
        said = " ".join(text for _, text in Reader(page(name, document)).said)
        assert sorted(words(said) & foreign - all_words(name)) == [], document


@pytest.mark.parametrize("name", PACKS)
def test_no_word_of_a_topic_is_in_an_audience(name: str) -> None:
    """Also where a pack has nothing to show: titles, lines about a document, aspects asked for."""
    for path in LIBRARY.audience_files().values():
        audience = load_audience(path, path.name, pack(name), LIBRARY)
        choices = [
            *(audience.sections or ()),
            *(choice for each in audience.documents for choice in each.sections or ()),
        ]
        said = [audience.title, audience.about or "", *(each.about or "" for each in audience.documents)]
        for choice in choices:
            said += [
                choice.title or "",
                *([choice.aspects] if isinstance(choice.aspects, str) else choice.aspects or ()),
            ]
        assert sorted(words(" ".join(said)) & topic(name)) == [], path.name


@pytest.mark.parametrize("name", PACKS)
def test_no_heading_stands_alone(name: str) -> None:
    bare = {each.name: Reader(page(name, each.name)).bare() for each in documents(name)}
    assert {document: headings for document, headings in bare.items() if headings} == {}


def test_a_bare_heading_is_found() -> None:
    assert Reader("<h1>One</h1><h2>Two</h2><p>text</p><h2>Three <i>words</i></h2><h2>Four</h2>").bare() == [
        "Three words", "Four",
    ]  # fmt: skip


@pytest.mark.parametrize("name", PACKS)
def test_every_document_says_something(name: str) -> None:
    for briefing in documents(name):
        said = [text for level, text in Reader(page(name, briefing.name)).said if level == 0]
        assert len(" ".join(said).split()) > 40 or "a drawing" in said, briefing.name
