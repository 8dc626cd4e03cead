"""Chapters and glossary -> chapters in which the first statement that uses a term explains it. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..briefing.parts import Chapter, EntryView, ItemView, StatementView
from ..language.mentions import SearchText, first_word, longer_names, mentions, without_parenthesis
from ..schema.topic import Term

# A citation or number mark, "[@diary]" or "[=frogs/april|value]": ids are not words of the text.
_MARK = re.compile(r"\[[@=#][^\]]{0,300}\]")


@dataclass(frozen=True)
class _Glossary:
    """The terms that no paragraph explains yet, by their place, and the longer terms that contain each of them.

    `by_word` are the places of the terms of which a form begins with a word.
    """

    unexplained: dict[int, EntryView]
    by_word: Mapping[str, Sequence[int]]
    longer: Mapping[str, tuple[str, ...]]


def explain_terms(
    chapters: Iterable[Chapter], terms: Iterable[EntryView], all_terms: Iterable[Term] = ()
) -> Iterator[Chapter]:
    """Add each term to the `terms` of the first paragraph that uses it, in reading order.

    Only intros and paragraphs explain terms: titles, events and arguments are not searched. The longest of nested terms
    wins, also over those of `all_terms` that this document does not explain: "air defence" does not use "defence".
    """
    entries = list(terms)
    by_word: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        for word in {first_word(form) for form in _forms(entry.thing)} if isinstance(entry.thing, Term) else ():
            by_word.setdefault(word, []).append(place)
    longer = longer_terms([*all_terms, *(entry.thing for entry in entries)])
    glossary = _Glossary(dict(enumerate(entries)), by_word, longer)
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
    places = {place for word in (*text.words, "") for place in glossary.by_word.get(word, ())}
    used = []
    for place in sorted(places & glossary.unexplained.keys()):
        entry = glossary.unexplained[place]
        if uses_term(text, entry.thing, glossary.longer.get(entry.id, ())):
            used.append(entry)
            del glossary.unexplained[place]
    return replace(statement, terms=tuple(used)) if used else statement


def uses_term(text: SearchText, term: object, longer: Iterable[str] = ()) -> bool:
    """Return whether a text uses the Term `term` in any of its forms (`also`), not only within the `longer` ones.

    A hyphen does not end a word: "half-life" does not use "life".
    """
    assert isinstance(term, Term)
    return any(mentions(text, form, "-", longer) for form in _forms(term))


def _forms(term: Term) -> tuple[str, ...]:
    return without_parenthesis(term.term), *term.also
