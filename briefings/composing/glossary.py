"""Chapters and glossary -> chapters in which the first statement that uses a term explains it. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .. import markdown
from ..briefing.parts import Chapter, EntryView, ItemView, StatementView
from ..schema.topic import Term

# A citation or number mark, "[@diary]" or "[=frogs/april|value]": ids are not words of the text.
_MARK = re.compile(r"\[[@=][^\]]*\]")
# The parenthesis after a term: "region (oblast)" is found in a text as "region".
_PARENTHESIS = re.compile(r" \(.*\)")


def explain_terms(chapters: Iterable[Chapter], terms: Iterable[EntryView]) -> Iterator[Chapter]:
    """Add each term to the `terms` of the first paragraph that uses it, in reading order.

    Only intros and paragraphs explain terms: titles, events and arguments are not searched.
    """
    unexplained = list(terms)
    for chapter in chapters:
        # The order matters, since each call removes from `unexplained`: intro first, as in every section template.
        intro = tuple(_explain_in_statement(statement, unexplained) for statement in chapter.intro)
        yield replace(
            chapter, intro=intro, pieces=tuple(_explain_in_item(item, unexplained) for item in chapter.pieces)
        )


def _explain_in_item(item: ItemView, unexplained: list[EntryView]) -> ItemView:
    paragraphs = tuple(_explain_in_statement(statement, unexplained) for statement in item.paragraphs)
    return replace(
        item, paragraphs=paragraphs, pieces=tuple(_explain_in_item(inner, unexplained) for inner in item.pieces)
    )


def _explain_in_statement(statement: StatementView, unexplained: list[EntryView]) -> StatementView:
    """Remove the terms explained here from `unexplained`."""
    folded = _MARK.sub("", statement.text).casefold()
    used = tuple(entry for entry in unexplained if uses_term(folded, entry.thing))
    for entry in used:
        unexplained.remove(entry)
    return replace(statement, terms=used) if used else statement


def uses_term(folded: str, term: object) -> bool:
    """Return whether a case-folded text uses the Term `term` in any of its forms (`also`).

    A hyphen does not end a word: "half-life" does not use "life".
    """
    assert isinstance(term, Term)
    return any(markdown.contains_name(folded, form, "-") for form in (_PARENTHESIS.sub("", term.term), *term.also))
