"""A class name means one thing: parts have a style sheet each, and a page links those of all its parts."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import HERE

TEMPLATES = HERE.parent / "templates"
PARTS = ("partials", "sections", "drawings")
# Classes that several parts, layouts or documents style, each of which means the same by it.
SHARED = {
    "against": "what speaks against something, beside `for`",
    "answer": "the answer to a question, for the teacher",
    "asked": "the question of a debate",
    "asked-before": "a question, repeated small above its answer",
    "cover": "the head of a paper",
    "deck": "what a paper is about, in a sentence under its title",
    "drawing": "a picture with its title, key and sources",
    "entries": "a list of people, places or words",
    "estimates": "a table of reports",
    "facts": "day, edition and licence",
    "for": "what speaks for something",
    "held-by": "who takes a position",
    "how": "how pupils work on what follows",
    "kicker": "the line above a title: for whom, on which topic",
    "lesson-head": "the title of a lesson, with its ages and minutes",
    "marks": "what earns marks",
    "notes": "the sources",
    "organiser-table": "a table to write in",
    "position": "an answer to the question of a debate",
    "reason": "an argument with its evidence",
    "reply": "what is said against an argument",
    "say": "how a name is said",
    "side-by-side": "`for` and `against` in two columns",
    "task": "a question to pupils",
    "timeline": "dated events, one under the other",
    "word-list": "words with their meaning, in a table",
}


def style_sheets() -> dict[str, str]:
    """Name -> rules, of every part, layout and document."""
    paths = (path for folder in (*PARTS, "layouts", "documents") for path in (TEMPLATES / folder).glob("*.css"))
    return {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in sorted(paths)}


def selectors(css: str) -> Iterator[str]:
    for rule in re.findall(r"([^{};]+)\{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        if not rule.strip().startswith("@"):
            yield from (each.strip() for each in re.split(r",(?![^()]*\))", rule))


def alone(css: str) -> set[str]:
    """The classes that a sheet styles wherever they are: `.letter`, but not `.card .letter`."""
    found = (re.fullmatch(r"\.([\w-]+)(?:::?[\w-]+(?:\([^)]*\))?)*", each) for each in selectors(css))
    return {match[1] for match in found if match}


def named(css: str) -> set[str]:
    return {name for each in selectors(css) for name in re.findall(r"\.([A-Za-z][\w-]*)", each)}


@cache
def included(template: str) -> frozenset[str]:
    """The templates that one includes, and that these include."""
    path = Path(TEMPLATES, template)
    inside = re.findall(r'include "([^"]+)"', path.read_text()) if path.is_file() else []
    return frozenset({*inside, *(each for name in inside if name != template for each in included(name))})


def used_twice(sheets: dict[str, str]) -> dict[str, set[str]]:
    """Classes that a part styles wherever they are and that another style sheet names: class -> the sheets.

    A template may adjust what it includes.
    """
    found: dict[str, set[str]] = {}
    for owner, css in sheets.items():
        for other in sheets if owner.startswith(PARTS) else ():
            one, two = (name.replace(".css", ".html") for name in (owner, other))
            if other != owner and one not in included(two) and two not in included(one):
                for name in alone(css) & named(sheets[other]):
                    found.setdefault(name, set()).update((owner, other))
    return found


@pytest.mark.slow
def test_no_class_name_means_two_things() -> None:
    """A new one here: rename it, or add it to SHARED if both mean the same."""
    found = used_twice(style_sheets())
    assert {name: sheets for name, sheets in found.items() if name not in SHARED} == {}
    assert SHARED.keys() - found.keys() == set(), "these are shared no longer: take them off the list"


@pytest.mark.slow
def test_a_collision_is_found() -> None:
    """Both of these happened: each source card began a sheet of its own, and two briefings had a sheet too many."""
    sheets = style_sheets()
    letter, say = sheets["partials/letter.css"], sheets["partials/say-list.css"]
    sheets["partials/letter.css"] = letter.replace(".given-letter {", ".letter {")
    sheets["partials/say-list.css"] = say.replace(".word-lists", ".words")
    found = used_twice(sheets)
    assert found["letter"] >= {"partials/letter.css", "partials/source-card.css"}
    assert found["words"] == {"partials/say-list.css", "layouts/picture.css"}
