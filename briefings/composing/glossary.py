"""Chapters and a glossary -> the chapters, each word explained at the statement that uses it first. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .. import markdown
from ..briefing.parts import Chapter, EntryView, ItemView, StatementView
from ..schema.topic import Term

_MARK = re.compile(r"\[[@=][^\]]*\]")
_BESIDE = re.compile(r" \(.*\)")  # what a term says beside itself: region (oblast)


def explain_terms(chapters: Iterable[Chapter], words: Iterable[EntryView]) -> Iterator[Chapter]:
    """Give each word's entry to the first paragraph that uses it, in reading order. Titles explain nothing."""
    left = list(words)
    for chapter in chapters:
        intro = tuple(_said(said, left) for said in chapter.intro)
        yield replace(chapter, intro=intro, pieces=tuple(_piece(piece, left) for piece in chapter.pieces))


def _piece(piece: ItemView, left: list[EntryView]) -> ItemView:
    paragraphs = tuple(_said(said, left) for said in piece.paragraphs)
    return replace(piece, paragraphs=paragraphs, pieces=tuple(_piece(inner, left) for inner in piece.pieces))


def _said(said: StatementView, left: list[EntryView]) -> StatementView:
    words = _MARK.sub("", said.text).casefold()
    found = tuple(entry for entry in left if uses_term(words, entry.thing))
    for entry in found:
        left.remove(entry)
    return replace(said, terms=found) if found else said


def uses_term(words: str, thing: object) -> bool:
    """Whether a text, its case folded, uses a term, in any of the forms it takes."""
    assert isinstance(thing, Term)
    return any(markdown.contains_name(words, form, "-") for form in (_BESIDE.sub("", thing.term), *thing.also))
