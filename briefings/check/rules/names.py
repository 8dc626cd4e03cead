"""Rules on names and terms: one spelling each, everyone listed, and nobody and nothing used before it is explained."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate

from ...briefing.parts import Briefing, StatementView
from ...briefing.walk import all_parts, texts
from ...language.english import MONTHS, TITLES
from ...problems import did_you_mean
from ...schema.fields import LEVELS
from ...schema.topic import Person, Place, Term
from ..context import CheckContext, Passage
from ..rule import Finding, Rule, at_text

Named = Person | Place | Term

_NOT_OURS = re.compile(r'"[^"]+"|“[^”]+”|(?<![*])[*][^*]+[*](?![*])')  # quotations, and titles in italics
_ENTRIES = ("role", "standpoint", "note")  # what the lists themselves say
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_CAPITALS = re.compile(r"(?<![\w’'-])[A-ZÀ-ÞЀ-Я][\w’'-]*(?:\s(?:of\s|the\s)*[A-ZÀ-ÞЀ-Я][\w’'-]*)*")
_BEFORE_A_SENTENCE = '.!?:;"“‘(*–—-'
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ALWAYS = {"i", *(word.casefold() for word in (*MONTHS, *_DAYS, *TITLES))}


# -- one spelling, and in a list -------------------------------------------------------------------------


def two_spellings(context: CheckContext) -> Iterator[Finding]:
    variants = {variant: person.name for person in context.pack.people for variant in person.variants}
    variants |= {variant: place.name for place in context.pack.places for variant in place.variants}
    pattern = _any_form_pattern(variants)
    for passage, prose in _own_prose(context) if variants else ():
        for match in pattern.finditer(prose):
            right = next(name for variant, name in variants.items() if variant.casefold() == match[0].casefold())
            message = f"'{match[0]}' is written here, and '{right}' elsewhere"
            yield at_text(passage, match.start(), message, "one spelling of each name; a quotation keeps its own")


def name_unlisted(context: CheckContext) -> Iterator[Finding]:
    known = _known_words(context)
    names = [person.name for person in context.pack.people] + [place.name for place in context.pack.places]
    for passage, prose in _own_prose(context):
        for match in _CAPITALS.finditer(prose):
            words = _WORD.findall(match[0])
            if _begins(prose[: match.start()]):
                words = words[1:] if len(words) > 1 else []  # any word may begin a sentence
            strange = [
                w
                for w in words
                if w[0].isupper() and w[-1].isalpha() and _normalized(w) not in known and not _compound(w, known)
            ]
            if strange:
                offset = match.start() + match[0].index(strange[0])
                hint = (
                    did_you_mean(match[0], names)
                    or "list it in people.yaml, places.yaml or glossary.yaml, or under 'capitals'"
                )
                yield at_text(passage, offset, f"'{strange[0]}' looks like a name, and no list has it", hint)


def _begins(before: str) -> bool:
    """Whether what follows this text begins a sentence or a line."""
    bare = before.rstrip()
    return not bare or bare[-1] in _BEFORE_A_SENTENCE or "\n" in before[len(bare) :]


def _own_prose(context: CheckContext) -> Iterator[tuple[Passage, str]]:
    """Every text of ours with its quotations and titles blanked out, less what the lists say of those they list."""
    for passage in context.passages:
        if passage.field in _ENTRIES:
            continue
        others = list(_NOT_OURS.finditer(passage.raw)) if '"' in passage.raw or "*" in passage.raw else []
        prose = passage.prose
        for match in others:
            prose = prose[: match.start()] + " " * len(match[0]) + prose[match.end() :]
        yield passage, prose


def _compound(word: str, known: set[str]) -> bool:
    """Whether every capital in a compound is a known name's: French-held."""
    return "-" in word and all(_normalized(part) in known for part in word.split("-") if part[:1].isupper())


@cache
def _normalized(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s").removesuffix("'").casefold()


def _known_words(context: CheckContext) -> set[str]:
    """Every word of a name the pack lists, in whatever list."""
    pack = context.pack
    named: list[str] = [*pack.info.capitals, pack.info.kicker, *pack.info.authors]
    for person in pack.people:
        named += [person.name, *person.also, *person.variants, person.side]
    for place in pack.places:
        named += [place.name, *place.also, *place.variants, place.country, place.region or ""]
    for term in pack.terms:
        named += [term.term, *term.also]
    for source in pack.sources:
        named += [source.title, source.publisher, *source.authors, source.country]
    for origin in pack.origins:
        named += [origin.title, origin.publisher]
    told = (w for p in context.passages if p.field in _ENTRIES for w in _WORD.findall(p.prose) if w[0].isupper())
    words = {_normalized(word) for name in named for word in _WORD.findall(name)} | set(map(_normalized, told))
    return words | _ALWAYS | {part for word in words for part in word.split("-")}


# -- explained before it is used -----------------------------------------------------------------------------


def unexplained(context: CheckContext) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for briefing in context.briefings:
        read = [
            context.passage_by_text[t]
            for t in texts((briefing.deck, briefing.chapters))
            if t in context.passage_by_text
        ]
        prose = [passage.prose for passage in read]
        everything, starts = "\n".join(prose), [0, *accumulate(len(p) + 1 for p in prose)]
        folded = everything.casefold()
        listed = _listed(briefing)
        for thing in _to_explain(context, briefing):
            forms = _forms(thing)
            may_be = _first_position(forms, folded)
            if thing.id in listed or may_be < 0:
                continue
            if found := _any_form_pattern(forms).search(everything, may_be if len(folded) == len(everything) else 0):
                place = bisect_right(starts, found.start()) - 1
                first = read[place]
                if (thing.id, first.raw) not in told and not _explains(first.prose, thing):
                    told.add((thing.id, first.raw))
                    yield at_text(first, found.start() - starts[place], *_unknown(found[0], thing, briefing))


def _first_position(forms: Iterable[str], folded: str) -> int:
    """Where the first of some forms may stand in a text, the case of its letters aside; -1 where none can."""
    return min((place for form in forms if (place := folded.find(form.casefold())) >= 0), default=-1)


def _listed(briefing: Briefing) -> set[str]:
    """What a document explains: in its lists of people, places and words, or beside the text that uses it first."""
    ids = {entry.id for chapter in briefing.chapters for entry in chapter.entries}
    return ids | {
        term.id for said in all_parts(briefing.chapters) if isinstance(said, StatementView) for term in said.terms
    }


def _to_explain(context: CheckContext, briefing: Briefing) -> Iterator[Named]:
    """Persons and places by their own names; and words, where the document explains words at all."""
    for person in context.pack.people:
        if person.kind == "person" and all(word[0].isupper() for word in person.name.split()):
            yield person
    for place in context.pack.places:
        if (
            place.kind not in ("country", "city")
            and place.name.split()[-1][0].isupper()
            and place.kind not in place.name.casefold()
        ):
            yield place
    if briefing.choice.gloss or any(chapter.holds == "glossary" for chapter in briefing.chapters):
        level = LEVELS.index(briefing.audience.level)
        yield from (t for t in context.pack.terms if not t.known_from or LEVELS.index(t.known_from) > level)


def _forms(thing: Named) -> list[str]:
    if isinstance(thing, Term):
        return [re.sub(r" \(.*\)", "", thing.term), *thing.also]
    return [thing.name, *thing.also, *([thing.name.split()[-1]] if isinstance(thing, Person) else [])]


def _any_form_pattern(forms: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(forms, key=len, reverse=True)
    flags = re.IGNORECASE if any(form.islower() for form in longest) else 0
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", flags)


_AFTER = re.compile(
    r"\s*(?:,\s(?:an?|the|or|who|which|that|whose|then)\s|\(|[–—:]|\s(?:is|are|was|were|means?)\s(?:what|when|an?|the)\s)"
)
_BEFORE = re.compile(r",\s(?:the|an?|or|called)\s(?:[\w-]+\s){0,2}$")


def _explains(prose: str, thing: Named) -> bool:
    """Whether a text tells who or what this is: beside the name, or in words that its entry uses too."""
    if isinstance(thing, Term):
        pattern = _any_form_pattern(_forms(thing))
        mentions = list(pattern.finditer(prose))
        return any(
            _AFTER.match(prose, m.end())
            or (_BEFORE.search(prose[: m.start()]) and prose[m.end() : m.end() + 1] in ",.;:)–")
            for m in mentions
        )
    entry = thing.role if isinstance(thing, Person) else thing.text
    kind = thing.side if isinstance(thing, Person) else f"{thing.kind} {thing.region or ''} {thing.country}"
    words = _content_words(" ".join([entry.plain or "", entry.standard, entry.advanced or "", kind]))
    return bool((words - _content_words(" ".join(_forms(thing)))) & _content_words(prose))


@cache
def _content_words(text: str) -> set[str]:
    """The words of a text that carry its meaning, as far as their length tells."""
    return {_normalized(word) for word in _WORD.findall(text) if len(word) > 3} - _STOP_WORDS


_STOP_WORDS = {
    "that",
    "this",
    "with",
    "from",
    "have",
    "were",
    "they",
    "them",
    "their",
    "there",
    "what",
    "when",
    "which",
    "whose",
    "about",
    "into",
    "said",
    "says",
}


def _unknown(written: str, thing: Named, briefing: Briefing) -> tuple[str, str]:
    if isinstance(thing, Term):
        hint = "explain it there, give it a depth that the list shows, or say on the term known_from which level"
    else:
        hint = f"say there what is said of '{thing.id}' in its list, or show the list"
    return f"'{written}' is used in {briefing.name} and nowhere explained before", hint


RULES = (
    Rule(
        "two-spellings",
        "warning",
        "a name is spelt as one of its variants",
        "One spelling of each name throughout; 'variants' lists those met in sources. Quotations and titles keep "
        "their own.",
        'variants: [Mosse]        # of Ada Moss\ntext: "Ada Mosse was there. [@diary]"',
        'variants: [Mosse]        # of Ada Moss\ntext: "Ada Moss was there. [@diary]"',
        two_spellings,
    ),
    Rule(
        "name-unlisted",
        "warning",
        "what looks like a name is in no list",
        "A reader who meets a name must be able to look it up. Words with a capital inside a sentence are names, "
        "unless some list of the pack has them (people, places, terms, sources, with 'also') or 'capitals' in "
        "pack.yaml does: nationalities, holidays.",
        'text: "In spring Eve Reed came by. [@diary]"',
        "people: [{id: reed, name: Eve Reed, ...}]",
        name_unlisted,
        ("english",),
    ),
    Rule(
        "unexplained",
        "warning",
        "a person, place or term is used before it is explained",
        "Each document is read alone. Whoever is named is introduced where named first, in words that the entry "
        "uses too, or stands in a list of the document; so is each place smaller than a city. Terms count in "
        "documents that explain words: listed, glossed, or explained on the located ('a salient, a bulge in the "
        "front'), unless known_from says that readers of that level know them.",
        'text: "Moss drained it. [@diary]"',
        'text: "Ada Moss, the keeper, drained it. [@diary]"',
        unexplained,
        ("english", "briefings"),
    ),
)
