"""Chapters and glossary -> chapters in which the first statement that uses a term explains it. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..briefing.parts import Chapter, EntryView, ItemView, StatementView
from ..language.mentions import SearchText, longer_names, mentions
from ..schema.topic import Term

# A citation or number mark, "[@diary]" or "[=frogs/april|value]": ids are not words of the text.
_MARK = re.compile(r"\[[@=#][^\]]*\]")
# The parenthesis after a term: "region (oblast)" is found in a text as "region".
_PARENTHESIS = re.compile(r" \(.*\)")


@dataclass(frozen=True)
class _Glossary:
    """The terms that no paragraph explains yet, and the longer terms that contain each of them."""

    unexplained: list[EntryView]
    longer: Mapping[str, tuple[str, ...]]


def explain_terms(
    chapters: Iterable[Chapter], terms: Iterable[EntryView], all_terms: Iterable[Term] = ()
) -> Iterator[Chapter]:
    """Add each term to the `terms` of the first paragraph that uses it, in reading order.

    Only intros and paragraphs explain terms: titles, events and arguments are not searched. The longest of nested terms
    wins, also over those of `all_terms` that this document does not explain: "air defence" does not use "defence".
    """
    entries = list(terms)
    glossary = _Glossary(entries, longer_terms([*all_terms, *(entry.thing for entry in entries)]))
    for chapter in chapters:
        # The order matters, since each call removes from `unexplained`: intro first, as in every section template.
        intro = tuple(_explain_in_statement(statement, glossary) for statement in chapter.intro)
        yield replace(chapter, intro=intro, pieces=tuple(_explain_in_item(item, glossary) for item in chapter.pieces))


def longer_terms(things: Iterable[object]) -> Mapping[str, tuple[str, ...]]:
    """By the id of each term, the forms of other terms that contain one of its own. Other things are left out."""
    return longer_names({thing.id: _forms(thing) for thing in things if isinstance(thing, Term)})


def _explain_in_item(item: ItemView, glossary: _Glossary) -> ItemView:
    paragraphs = tuple(_explain_in_statement(statement, glossary) for statement in item.paragraphs)
    return replace(
        item, paragraphs=paragraphs, pieces=tuple(_explain_in_item(inner, glossary) for inner in item.pieces)
    )


def _explain_in_statement(statement: StatementView, glossary: _Glossary) -> StatementView:
    """Remove the terms explained here from `unexplained`."""
    text = SearchText.of(_MARK.sub("", statement.text))
    used = tuple(e for e in glossary.unexplained if uses_term(text, e.thing, glossary.longer.get(e.id, ())))
    for entry in used:
        glossary.unexplained.remove(entry)
    return replace(statement, terms=used) if used else statement


def uses_term(text: SearchText, term: object, longer: Iterable[str] = ()) -> bool:
    """Return whether a text uses the Term `term` in any of its forms (`also`), not only within the `longer` ones.

    A hyphen does not end a word: "half-life" does not use "life".
    """
    assert isinstance(term, Term)
    return any(mentions(text, form, "-", longer) for form in _forms(term))


def _forms(term: Term) -> tuple[str, ...]:
    return _PARENTHESIS.sub("", term.term), *term.also
