"""Rules on explanations: names and terms are explained before they are used, and only if they are used."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from ...briefing.parts import Briefing, Chapter, EntryView, ItemView, StatementView
from ...briefing.walk import all_parts, texts_at_every_level, texts_of_parts
from ...composing.glossary import longer_terms
from ...language.mentions import SearchText, mentions, one_form, without_parenthesis
from ...language.name_finder import any_form_pattern
from ...schema.fields import LEVELS, LevelText
from ...schema.topic import Person, Source, Term
from ..context import CheckContext
from ..rule import Finding, Rule, at_text, at_value

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_ANY_WORD = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class _Named:
    """A name or term that documents must explain: every form it is used in, and the words that explain a name."""

    id: str
    forms: tuple[str, ...]
    words: frozenset[str] | None  # None for a term, which is explained next to its name
    longer: tuple[str, ...] = ()  # other terms that contain one of its forms


# -- explained before it is used -----------------------------------------------------------------------------


def unexplained(context: CheckContext) -> Iterator[Finding]:
    reported: set[tuple[str, str]] = set()  # (id, text): documents share texts, and one finding for each is enough
    names, longer = [*_names(context)], longer_terms(context.pack.terms)
    for briefing in context.briefings:
        told = [text for each in (*context.beside(briefing), briefing) for text in _reading_order(each)]
        read = [context.passage_by_text[text] for text in told if text in context.passage_by_text]
        prose = [passage.prose for passage in read]
        # All texts in reading order, joined: one search finds the first use of a name. `starts` leads back to the text.
        joined, starts = "\n".join(prose), [0, *accumulate(len(p) + 1 for p in prose)]
        folded = joined.casefold()
        words = frozenset(_ANY_WORD.findall(folded))
        listed = _listed(briefing).union(*map(_listed, context.beside(briefing)))
        for named in (*names, *_terms(context, briefing, longer)):
            # Most names do not occur in most documents; a plain substring search rules them out before the regex runs.
            # So does its first word, before that.
            if named.id in listed or (earliest := _first_position(named.forms, folded, words)) < 0:
                continue
            # casefold() may change the length (ß -> ss), and with it every position.
            if match := _first_use(named, joined, earliest if len(folded) == len(joined) else 0):
                index = bisect_right(starts, match.start()) - 1
                first = read[index]
                # A title may leave the explanation to the text under it.
                near = prose[index : index + 2] if first.field == "title" else prose[index : index + 1]
                if (named.id, first.raw) not in reported and not any(_explains(text, named) for text in near):
                    reported.add((named.id, first.raw))
                    yield at_text(
                        first, match.start() - starts[index], *_unexplained_message(match[0], named, briefing)
                    )


def _reading_order(briefing: Briefing, *, entries: bool = True) -> Iterator[str]:
    """The texts of a document as they are read, with titles; with `entries` also those of people, places and terms."""
    yield from (briefing.title, briefing.deck, *(row.label for row in briefing.key_figures))
    yield from texts_of_parts(all_parts((briefing.judgements, *briefing.of_lesson)))
    for part in all_parts(briefing.chapters):
        if isinstance(part, Chapter | ItemView):
            yield part.title
        if entries or not isinstance(part, EntryView):
            yield from texts_of_parts([part])


def _at_every_level(briefing: Briefing) -> Iterator[str]:
    """The texts that another level of the same document has, entries left out."""
    parts = all_parts((briefing.judgements, briefing.chapters))
    yield from texts_at_every_level(part for part in parts if not isinstance(part, EntryView))


def _first_position(forms: Iterable[str], folded: str, words: Collection[str]) -> int:
    """The lowest index in a casefolded text, which has these words, of the first word of any form; else -1."""
    firsts = (first for form in forms if (first := _first_word(form)) in words or not first)
    return min((index for first in firsts if (index := folded.find(first)) >= 0), default=-1)


@cache
def _first_word(form: str) -> str:
    found = _ANY_WORD.search(form.casefold())
    return found[0] if found else ""


def _first_use(named: _Named, prose: str, start: int) -> re.Match[str] | None:
    """Where a text first uses the name, other than as a part of a longer one."""
    longer = set(named.longer)
    uses = any_form_pattern((*named.forms, *named.longer)).finditer(prose, start)
    return next((match for match in uses if one_form(match[0]) not in longer), None)


def _listed(briefing: Briefing) -> set[str]:
    """The ids that a document explains itself: in its lists, or as a term next to the text that uses it first."""
    ids = {entry.id for chapter in briefing.chapters for entry in chapter.entries}
    return ids | {term.id for term in _glosses(briefing)}


def _glosses(briefing: Briefing) -> Iterator[EntryView]:
    """The terms explained next to the texts that use them first."""
    for part in all_parts(briefing.chapters):
        if isinstance(part, StatementView):
            yield from part.terms


def _names(context: CheckContext) -> Iterator[_Named]:
    """Every name that a document must explain: of people, of places smaller than a city, of organisations, of media.

    Not descriptive names, which explain themselves ('the ministry', 'the north bank', 'Rush Lake' of kind lake), nor
    what the pack lists as known to everybody.
    """
    pack = context.pack
    known = set(pack.info.capitals)
    listed = {form for person in pack.people for form in (person.name, *person.also)}
    for person in pack.people:
        if not _is_descriptive(person.name) and not known & {person.name, *person.also}:
            yield _name(person.id, _person_forms(person), person.role, person.side)
    for place in pack.places:
        is_large = place.kind in ("country", "city")
        if not is_large and place.name.split()[-1][0].isupper() and place.kind not in place.name.casefold():
            entry = f"{place.kind} {place.region or ''} {place.country}"
            yield _name(place.id, [place.name, *place.also], place.text, entry)
    for name, sources in _media(pack.sources).items():
        if name not in listed | known and not _is_descriptive(name):
            yield _name(sources[0].id, [name], *(source.standpoint for source in sources))


def _is_descriptive(name: str) -> bool:
    """Whether a name says what it names: it has a word in lower case ('the army'), or an owner ('Moss's Office')."""
    return not all(word[0].isupper() for word in name.split()) or bool(re.search(r"['’]s?\s", name))


def _person_forms(person: Person) -> list[str]:
    last_name = [person.name.split()[-1]] if person.kind == "person" else []
    return [person.name, *person.also, *last_name]


def _media(sources: Iterable[Source]) -> dict[str, list[Source]]:
    """The publishers by name, each with its sources: of 'The Gazette, carried by others', The Gazette."""
    media: dict[str, list[Source]] = {}
    for source in sources:
        media.setdefault(re.split(r"[,;]", source.publisher)[0], []).append(source)
    return media


def _name(id_: str, forms: Iterable[str], *entries: LevelText | str) -> _Named:
    """A name that any word of its entries explains, other than the words of the name."""
    raw = " ".join(
        text if isinstance(text, str) else " ".join((text.plain or "", text.standard, text.advanced or ""))
        for text in entries
    )
    return _Named(id_, tuple(forms), _content_words(raw) - _content_words(" ".join(forms)))


def _terms(context: CheckContext, briefing: Briefing, longer: Mapping[str, tuple[str, ...]]) -> Iterator[_Named]:
    """The terms that a document must explain: those its readers do not know, if it explains terms at all."""
    if briefing.choice.gloss or any(chapter.holds == "glossary" for chapter in briefing.chapters):
        level = LEVELS.index(briefing.audience.level)
        for term in context.pack.terms:
            if not term.known_from or LEVELS.index(term.known_from) > level:
                yield _Named(term.id, (without_parenthesis(term.term), *term.also), None, longer[term.id])


# What follows a term that is explained on the spot: "a salient, a bulge …", "salient (a bulge …", "salient: …",
# "a salient is a bulge …"; and what precedes it: "a bulge, called a salient,".
_AFTER = re.compile(
    r"\s*(?:,\s(?:an?|the|or|who|which|that|whose|then)\s|\(|[–—:]|\s(?:is|are|was|were|means?)\s(?:what|when|an?|the)\s)"
)
_BEFORE = re.compile(r",\s(?:the|an?|or|called)\s(?:[\w-]+\s){0,2}$")
_LONGEST_BEFORE = 100  # characters that hold it


def _explains(prose: str, named: _Named) -> bool:
    """Whether a text introduces this: a term next to its name, a name by words that its entry uses too."""
    if named.words is not None:
        return bool(named.words & _content_words(prose))
    return any(
        _AFTER.match(prose, m.end())
        or (
            prose[m.end() : m.end() + 1] in ",.;:)–"
            and _BEFORE.search(prose[max(0, m.start() - _LONGEST_BEFORE) : m.start()])
        )
        for m in any_form_pattern(named.forms).finditer(prose)
    )


@cache
def _content_words(text: str) -> frozenset[str]:
    """The words with more than three letters, which carry most of the meaning, without stop words."""
    words = (word.replace("’", "'").removesuffix("'s").removesuffix("'") for word in _WORD.findall(text.casefold()))
    return frozenset(word for word in words if len(word) > 3) - _STOP_WORDS


_STOP_WORDS = {
    *("that", "this", "with", "from", "have", "were", "they", "them", "their"),
    *("there", "what", "when", "which", "whose", "about", "into", "said", "says"),
}


def _unexplained_message(written: str, named: _Named, briefing: Briefing) -> tuple[str, str]:
    if named.words is None:
        hint = "explain it there, give the term a depth that the glossary shows, or set its known_from"
    else:
        hint = f"introduce it there with words from the entry '{named.id}', or add the list to the document"
    return f"'{written}' is used in {briefing.name} before it is explained", hint


# -- explained, but not used -----------------------------------------------------------------------------------


def term_unused(context: CheckContext) -> Iterator[Finding]:
    unused: dict[str, dict[str, None]] = {}  # term -> documents, as an ordered set: one has several papers
    for briefing in context.briefings:
        both = (briefing, *context.beside(briefing))
        told = [text for each in both for text in (*_reading_order(each, entries=False), *_at_every_level(each))]
        read = [(context.passage_by_text.get(text), text) for text in told]
        # Without marks: [=area/spring] does not use the word "area". An audience's own titles are no passages.
        prose = "\n".join(passage.prose if passage else text for passage, text in read)
        listed = (entry for chapter in briefing.chapters if chapter.holds == "glossary" for entry in chapter.entries)
        for entry in (*_glosses(briefing), *listed):
            if isinstance(entry.thing, Term) and not _own_forms(entry.thing.term, entry.thing.also).search(prose):
                unused.setdefault(entry.id, {})[briefing.name] = None
    texts: SearchText | None = None
    for located, term in context.values_of(Term):
        if term.id not in unused:
            texts = texts or SearchText.of(*(p.prose for p in context.passages if not p.located.nearest(Term)))
            if not any(mentions(texts, form, "-") for form in (without_parenthesis(term.term), *term.also)):
                hint = "write in 'also' the form in which texts use it, or delete the term"
                yield at_value(located, f"no text uses '{term.term}'", hint, "term")
        if documents := unused.get(term.id):
            message = f"'{term.term}' is explained but not used in {', '.join(documents)}"
            hint = "use the word there, or remove from 'also' the other word that stands for it"
            yield at_value(located, message, hint, "term")


@cache
def _own_forms(term: str, also: tuple[str, ...]) -> re.Pattern[str]:
    """Matches the term itself: its inflections, a word in its parentheses, and what an abbreviation stands for.

    Of the other words in `also` an inflection begins like the term: 'negotiations', but not 'talks'.
    """
    name = without_parenthesis(term)
    extra = re.findall(r"\((.{0,200}?)\)", term)
    own = [form for form in also if form.casefold()[:4] == name.casefold()[:4] or _initials(form) == name]
    return any_form_pattern([name, *extra, *own])


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


RULES = (
    Rule(
        "unexplained",
        "warning",
        "a name or term is used before it is explained",
        "Each document is read on its own, from its title and key figures on. The text that first names a person, an "
        "organisation, a news medium or a place smaller than a city must introduce it with a word that its entry uses "
        "too ('the news agency ABC'), unless the document lists it; after a title the next text may do so. Names that "
        "say what they name ('the ministry') and 'capitals' in pack.yaml need no introduction. In documents with a "
        "glossary or glossed words, terms must be listed, glossed, or explained on the spot ('a salient, a bulge in "
        "the front'), unless known_from says that readers of that level know them.",
        'text: "Moss drained it. [@diary]"',
        'text: "Ada Moss, the keeper, drained it. [@diary]"',
        unexplained,
        ("english", "briefings"),
    ),
    Rule(
        "term-unused",
        "warning",
        "a document explains a term that it does not use",
        "An explained word that stands nowhere on the paper leaves readers looking for it. A document prints a term if "
        "one of its texts uses the term or another word in its 'also', and leaves out the others. The term itself, an "
        "inflection of it or the name that it abbreviates must be among the words used. A term of which only the "
        "other words are used is reported and not left out, since these would then stay unexplained. A term that no "
        "text of the pack uses is reported too.",
        "- {id: negotiate, term: negotiate, also: [talks], text: ...}     # the document says only: talks",
        "- {id: talks, term: talks, text: ...}",
        term_unused,
        ("english", "briefings"),
    ),
)
