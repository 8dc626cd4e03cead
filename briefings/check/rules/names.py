"""Rules on names and terms: one spelling each, all listed, and all explained before they are used."""

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

_NOT_OURS = re.compile(r'"[^"]+"|“[^”]+”|(?<![*])[*][^*]+[*](?![*])')  # quotations, and titles in *italics*
_ENTRIES = ("role", "standpoint", "note")  # the fields in which lists of people and sources describe their entries
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# One or more capitalized words in a row, Latin or Cyrillic, with "of" and "the" between them: "Bank of the North".
_CAPITALS = re.compile(r"(?<![\w’'-])[A-ZÀ-ÞЀ-Я][\w’'-]*(?:\s(?:of\s|the\s)*[A-ZÀ-ÞЀ-Я][\w’'-]*)*")
_BEFORE_A_SENTENCE = '.!?:;"“‘(*–—-'
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Capitalized words that are never names.
_ALWAYS = {"i", *(word.casefold() for word in (*MONTHS, *_DAYS, *TITLES))}


# -- one spelling, and in a list -------------------------------------------------------------------------


def two_spellings(context: CheckContext) -> Iterator[Finding]:
    variants = {variant: person.name for person in context.pack.people for variant in person.variants}
    variants |= {variant: place.name for place in context.pack.places for variant in place.variants}
    pattern = _any_form_pattern(variants)
    for passage, prose in _own_prose(context) if variants else ():
        for match in pattern.finditer(prose):
            spelling = next(name for variant, name in variants.items() if variant.casefold() == match[0].casefold())
            message = f"'{match[0]}' is a variant spelling of '{spelling}'"
            yield at_text(
                passage, match.start(), message, f"write '{spelling}'; only quotations and titles keep a variant"
            )


def name_unlisted(context: CheckContext) -> Iterator[Finding]:
    known = _known_words(context)
    names = [person.name for person in context.pack.people] + [place.name for place in context.pack.places]
    for passage, prose in _own_prose(context):
        for match in _CAPITALS.finditer(prose):
            words = _WORD.findall(match[0])
            if _starts_sentence(prose[: match.start()]):
                words = words[1:]  # any word is capitalized there
            unknown = [
                w
                for w in words
                if w[0].isupper() and w[-1].isalpha() and _normalized(w) not in known and not _compound(w, known)
            ]
            if unknown:
                offset = match.start() + match[0].index(unknown[0])
                hint = (
                    did_you_mean(match[0], names)
                    or "list it in people.yaml, places.yaml or glossary.yaml, or in 'capitals' of pack.yaml"
                )
                yield at_text(passage, offset, f"'{unknown[0]}' looks like a name but is not listed", hint)


def _starts_sentence(before: str) -> bool:
    """Whether a word that follows this text starts a sentence or a line."""
    stripped = before.rstrip()
    return not stripped or stripped[-1] in _BEFORE_A_SENTENCE or "\n" in before[len(stripped) :]


def _own_prose(context: CheckContext) -> Iterator[tuple[Passage, str]]:
    """Every text with quotations and titles blanked out, except the descriptions in lists of people and sources."""
    for passage in context.passages:
        if passage.field in _ENTRIES:
            continue
        excluded = list(_NOT_OURS.finditer(passage.raw)) if '"' in passage.raw or "*" in passage.raw else []
        prose = passage.prose
        for match in excluded:
            prose = prose[: match.start()] + " " * len(match[0]) + prose[match.end() :]
        yield passage, prose


def _compound(word: str, known: set[str]) -> bool:
    """Whether every capitalized part of a hyphenated word is known: French-held."""
    return "-" in word and all(_normalized(part) in known for part in word.split("-") if part[:1].isupper())


@cache
def _normalized(word: str) -> str:
    """The word without case or possessive: Moss’s and MOSS become moss."""
    return word.replace("’", "'").removesuffix("'s").removesuffix("'").casefold()


def _known_words(context: CheckContext) -> set[str]:
    """Every word that is part of a name in any list of the pack, normalized."""
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
    described = (w for p in context.passages if p.field in _ENTRIES for w in _WORD.findall(p.prose) if w[0].isupper())
    words = {_normalized(word) for name in named for word in _WORD.findall(name)} | set(map(_normalized, described))
    return words | _ALWAYS | {part for word in words for part in word.split("-")}


# -- explained before it is used -----------------------------------------------------------------------------


def unexplained(context: CheckContext) -> Iterator[Finding]:
    reported: set[tuple[str, str]] = set()  # (id, text): documents share texts, and one finding for each is enough
    for briefing in context.briefings:
        read = [
            context.passage_by_text[t]
            for t in texts((briefing.deck, briefing.chapters))
            if t in context.passage_by_text
        ]
        prose = [passage.prose for passage in read]
        # All texts in reading order, joined: one search finds the first use of a name. `starts` leads back to the text.
        joined, starts = "\n".join(prose), [0, *accumulate(len(p) + 1 for p in prose)]
        folded = joined.casefold()
        listed = _listed(briefing)
        for thing in _to_explain(context, briefing):
            forms = _forms(thing)
            # Most names do not occur in most documents; a plain substring search rules them out before the regex runs.
            earliest = _first_position(forms, folded)
            if thing.id in listed or earliest < 0:
                continue
            # casefold() may change the length (ß -> ss), and with it every position.
            if match := _any_form_pattern(forms).search(joined, earliest if len(folded) == len(joined) else 0):
                index = bisect_right(starts, match.start()) - 1
                first = read[index]
                if (thing.id, first.raw) not in reported and not _explains(first.prose, thing):
                    reported.add((thing.id, first.raw))
                    yield at_text(
                        first, match.start() - starts[index], *_unexplained_message(match[0], thing, briefing)
                    )


def _first_position(forms: Iterable[str], folded: str) -> int:
    """The lowest index of any of the forms in a casefolded text, also inside longer words; -1 if there is none."""
    return min((index for form in forms if (index := folded.find(form.casefold())) >= 0), default=-1)


def _listed(briefing: Briefing) -> set[str]:
    """The ids that a document explains itself: in its lists, or as a term next to the text that uses it first."""
    ids = {entry.id for chapter in briefing.chapters for entry in chapter.entries}
    return ids | {
        term.id for part in all_parts(briefing.chapters) if isinstance(part, StatementView) for term in part.terms
    }


def _to_explain(context: CheckContext, briefing: Briefing) -> Iterator[Named]:
    """What a document must explain: people, places smaller than a city and, if it explains terms at all, terms.

    Not descriptive names, which explain themselves: 'the ministry', 'the north bank', 'Rush Lake' of kind lake.
    """
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
    """Every form in which texts may use the name: 'Ada Moss', 'Moss'; a term without ' (its field)'."""
    if isinstance(thing, Term):
        return [re.sub(r" \(.*\)", "", thing.term), *thing.also]
    return [thing.name, *thing.also, *([thing.name.split()[-1]] if isinstance(thing, Person) else [])]


def _any_form_pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the forms as a whole word, the longest first. Lower-case forms match in any case."""
    longest = sorted(forms, key=len, reverse=True)
    flags = re.IGNORECASE if any(form.islower() for form in longest) else 0
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", flags)


# What follows a term that is explained on the spot: "a salient, a bulge …", "salient (a bulge …", "salient: …",
# "a salient is a bulge …"; and what precedes it: "a bulge, called a salient,".
_AFTER = re.compile(
    r"\s*(?:,\s(?:an?|the|or|who|which|that|whose|then)\s|\(|[–—:]|\s(?:is|are|was|were|means?)\s(?:what|when|an?|the)\s)"
)
_BEFORE = re.compile(r",\s(?:the|an?|or|called)\s(?:[\w-]+\s){0,2}$")


def _explains(prose: str, thing: Named) -> bool:
    """Whether a text introduces this: a term next to its name, a person or place by words that its entry uses too."""
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
    """The words with more than three letters, which carry most of the meaning, without stop words."""
    return {_normalized(word) for word in _WORD.findall(text) if len(word) > 3} - _STOP_WORDS


_STOP_WORDS = {
    *("that", "this", "with", "from", "have", "were", "they", "them", "their"),
    *("there", "what", "when", "which", "whose", "about", "into", "said", "says"),
}


def _unexplained_message(written: str, thing: Named, briefing: Briefing) -> tuple[str, str]:
    if isinstance(thing, Term):
        hint = "explain it there, give the term a depth that the glossary shows, or set its known_from"
    else:
        hint = f"introduce it there with words from the entry '{thing.id}', or add the list to the document"
    return f"'{written}' is used in {briefing.name} before it is explained", hint


RULES = (
    Rule(
        "two-spellings",
        "warning",
        "a text uses a variant spelling of a name",
        "Readers may take two spellings for two people or places. A pack uses one spelling of each name; 'variants' "
        "lists the other spellings found in sources. Quotations and titles keep the spelling of their source.",
        'variants: [Mosse]        # of Ada Moss\ntext: "Ada Mosse was there. [@diary]"',
        'variants: [Mosse]        # of Ada Moss\ntext: "Ada Moss was there. [@diary]"',
        two_spellings,
    ),
    Rule(
        "name-unlisted",
        "warning",
        "a word looks like a name but is in no list",
        "Readers must be able to look up every name. A capitalized word inside a sentence counts as a name. It must be "
        "part of a person, place, term or source in the pack (or of their 'also'), or be in 'capitals' in pack.yaml, "
        "which lists nationalities, holidays and the like.",
        'text: "In spring Eve Reed came by. [@diary]"',
        "people: [{id: reed, name: Eve Reed, ...}]",
        name_unlisted,
        ("english",),
    ),
    Rule(
        "unexplained",
        "warning",
        "a person, place or term is used before it is explained",
        "Each document is read on its own. The text that first names a person, or a place smaller than a city, must "
        "introduce them with a word that their entry uses too, unless the document lists them. In documents with a "
        "glossary or glossed words, terms must be listed, glossed, or explained on the spot ('a salient, a bulge in "
        "the front'), unless known_from says that readers of that level know them.",
        'text: "Moss drained it. [@diary]"',
        'text: "Ada Moss, the keeper, drained it. [@diary]"',
        unexplained,
        ("english", "briefings"),
    ),
)
