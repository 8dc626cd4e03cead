"""Rules on names: one spelling each, every name in a list, and every entry of a list once and used."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial

from ...language.english import MONTHS, TITLES
from ...language.mentions import SearchText, first_word, is_acronym, mentions, one_form, without_parenthesis
from ...language.name_finder import NameFinder
from ...language.quoted import without_quoted
from ...problems import Hints
from ...schema.figures import Estimate, Figure, Unit
from ...schema.topic import PackInfo, Person, Place, Source, Term
from ..context import CheckContext, Located, Passage
from ..rule import Finding, Rule, at_text, at_value

_ENTRIES = ("role", "standpoint", "note")  # the fields in which lists of people and sources describe their entries
# "A.B.C." and "AT&T" are one word each. "No. 3" and "Art. 5" have a number as their name.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w’'-]*(?:&[^\W\d_][\w’'-]*)*")
# One or more capitalized words in a row, Latin or Cyrillic, with "of" and "the" between them: "Bank of the North".
_CAPITAL = rf"(?=[A-ZÀ-ÞЀ-Я])(?!(?:No|Art|Vol|Fig|Ch)s?\.\s?\d)(?:{_WORD.pattern})"
_CAPITALS = re.compile(rf"(?<![\w’'&-]){_CAPITAL}(?:(?<!\.)\s(?:of\s|the\s)*{_CAPITAL})*")
_ABBREVIATION = re.compile(r"[A-ZÀ-ÞЀ-Я]\.?&?[A-ZÀ-ÞЀ-Я]")  # at the start of a word: ABC, ABC's, A.B., A&B
# A letter that stands for itself, an initial, or a number: plan B, an X-ray, A. Reed, chapter IV.
_NO_NAME = re.compile(r"[A-ZÀ-ÞЀ-Я](?:-[a-zà-ÿа-я].*)?(?:['’]s)?|X{0,3}(?:I[VX]|V?I{0,3})(?:['’]s)?")
_BEFORE_A_SENTENCE = '.!?:;"“‘(*–—-'
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Capitalized words that are never names.
_ALWAYS = {"i", *(word.casefold() for word in (*MONTHS, *_DAYS, *TITLES))}


# -- one spelling, and in a list -------------------------------------------------------------------------


def two_spellings(context: CheckContext) -> Iterator[Finding]:
    variants = {variant: person.name for person in context.pack.people for variant in person.variants}
    variants |= {variant: place.name for place in context.pack.places for variant in place.variants}
    finder, spellings = NameFinder(variants), {one_form(variant): name for variant, name in reversed(variants.items())}
    for passage, prose in _own_prose(context) if variants else ():
        for match in finder.find(prose):
            spelling = spellings[one_form(match[0])]
            message = f"'{match[0]}' is a variant spelling of '{spelling}'"
            yield at_text(
                passage, match.start(), message, f"write '{spelling}'; only quotations and titles keep a variant"
            )


def name_unlisted(context: CheckContext) -> Iterator[Finding]:
    known = _known_words(context)
    names = [person.name for person in context.pack.people] + [place.name for place in context.pack.places]
    hints = Hints()
    for passage, prose in _own_prose(context):
        for match in _CAPITALS.finditer(prose):
            words = _WORD.findall(match[0])
            if _starts_sentence(prose, match.start()) and not _ABBREVIATION.match(words[0]):
                words = words[1:]  # any word is capitalized there
            unknown = [w for w in words if _may_be_name(w) and not _is_known(w, known) and not _compound(w, known)]
            if unknown:
                offset = match.start() + match[0].index(unknown[0])
                hint = (
                    hints.near(match[0], lambda: names)
                    or "list it in people.yaml, places.yaml or glossary.yaml, or in 'capitals' of pack.yaml"
                )
                yield at_text(passage, offset, f"'{unknown[0]}' looks like a name but is not listed", hint)


def _starts_sentence(prose: str, start: int) -> bool:
    """Whether the word at `start` begins a sentence or a line."""
    at = start - 1
    while at >= 0 and prose[at].isspace():
        if prose[at] == "\n":
            return True
        at -= 1
    return at < 0 or prose[at] in _BEFORE_A_SENTENCE


def _own_prose(context: CheckContext) -> Iterator[tuple[Passage, str]]:
    """Every text with quotations and titles blanked out, except the descriptions in lists of people and sources."""
    for passage in context.passages:
        if passage.field in _ENTRIES:
            continue
        # without quotations, and titles in *italics*
        yield passage, without_quoted(passage.prose, of=passage.raw, italics=True)


def _may_be_name(word: str) -> bool:
    return word[0].isupper() and (word[-1].isalpha() or "." in word) and not _NO_NAME.fullmatch(word)


def _is_known(word: str, known: set[str]) -> bool:
    """Whether a word is in a list: an abbreviation as it stands, since WHO is not "who"."""
    return (_bare(word) if is_acronym(_bare(word)) else _normalized(word)) in known


def _compound(word: str, known: set[str]) -> bool:
    """Whether every capitalized part of a word with a hyphen or an & is known: French-held, Moss&Reed."""
    parts = re.split("[-&]", word)
    return len(parts) > 1 and all(_is_known(part, known) for part in parts if part[:1].isupper())


@cache
def _bare(word: str) -> str:
    """The word without possessive: Moss’s becomes Moss."""
    return word.replace("’", "'").removesuffix("'s").removesuffix("'")


def _normalized(word: str) -> str:
    """The word without case or possessive: Moss’s becomes moss."""
    return _bare(word).casefold()


def _known_words(context: CheckContext) -> set[str]:
    """Every word that is part of a name in any list of the pack, normalized; an abbreviation also as it stands."""
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
    described = (
        # Abbreviations need an entry of their own: a reader cannot look one up in the description of another name.
        word
        for passage in context.passages
        if passage.field in _ENTRIES
        for word in _WORD.findall(passage.prose)
        if word[0].isupper() and not _ABBREVIATION.match(word)
    )
    listed = {word for name in named for word in _WORD.findall(name)}
    words = set(map(_normalized, (*listed, *described)))
    acronyms = {word for word in map(_bare, (*listed, *TITLES)) if is_acronym(word)}
    return words | acronyms | _ALWAYS | {part for word in words | acronyms for part in word.split("-")}


# -- each entry once, and used -----------------------------------------------------------------------------


def unused_entry(context: CheckContext) -> Iterator[Finding]:
    if context.english:
        yield from _unnamed(context)
        yield from _unused_capitals(context)
    hints = Hints()
    sides = {value.side for located in context.located_values if isinstance(value := located.value, _WITH_SIDE)}
    for located in context.located_values:
        value, path = located.value, located.path
        if isinstance(value, Unit) and path[-1] not in context.named_ids:
            mark = located.yaml_file.mark(path, key=True)
            yield Finding(f"no number is in the unit '{path[-1]}'", located, mark, "give it to a figure, or delete it")
        elif isinstance(value, PackInfo):
            for name in context.pack.spare_grounds:
                yield at_value(located, f"no map has the ground '{name}'", "give it to a map, or delete the file")
            for row, camp in enumerate(value.camps):
                for column, side in enumerate(camp):
                    if side not in sides:
                        hint = hints.near(side, partial(filter, None, sides)) or "write it as 'side' does, or delete it"
                        yield at_value(located, f"nobody is on the side '{side}'", hint, "camps", row, column)


_WITH_SIDE = (Person, Figure, Estimate)


def _unnamed(context: CheckContext) -> Iterator[Finding]:
    """The people and places that no text and no field names."""
    pack = context.pack
    lines = [line for source in pack.sources for line in (source.publisher, *source.authors)]
    lines += [line for place in pack.places for line in (place.country, place.region or "")]
    told = SearchText.of(*(p.prose for p in context.passages if not _entry_of(p.located)), *lines)
    described = _Descriptions(context)
    for located in context.located_values:
        entry = located.value
        if not isinstance(entry, Person | Place) or entry.id in context.named_ids:
            continue
        names = [entry.name, *entry.also, *entry.variants]
        if isinstance(entry, Person) and entry.kind == "person":
            names.append(entry.name.split()[-1])
        if not any(mentions(told, name) for name in names) and not described.elsewhere(entry, names):
            kind = "person" if isinstance(entry, Person) else "place"
            hint = "write in 'also' the name that texts use, or delete the entry"
            yield at_value(located, f"nothing names the {kind} '{entry.name}'", hint, "name")


def _unused_capitals(context: CheckContext) -> Iterator[Finding]:
    told = SearchText.of(*(passage.prose for passage in context.passages))
    for located, info in context.values_of(PackInfo):
        for index, word in enumerate(info.capitals):
            if not any(mentions(told, form) for form in (word, f"{word}'s", f"{word}s")):
                hint = "delete it, or write it as texts do"
                yield at_value(located, f"no text uses the word '{word}'", hint, "capitals", index)


def _entry_of(located: Located) -> Person | Place | None:
    return located.nearest(Person) or located.nearest(Place)


class _Descriptions:
    """What the lists say of each person and place, by the words in it."""

    def __init__(self, context: CheckContext) -> None:
        told: dict[int, tuple[Person | Place, list[str]]] = {}
        for passage in context.passages:
            if entry := _entry_of(passage.located):
                told.setdefault(id(entry), (entry, []))[1].append(passage.prose)
        self._texts = [(entry, SearchText.of(*prose)) for entry, prose in told.values()]
        self._having: dict[str, list[int]] = {}
        for place, (_, text) in enumerate(self._texts):
            for word in text.words:
                self._having.setdefault(word, []).append(place)

    def elsewhere(self, entry: Person | Place, names: Iterable[str]) -> bool:
        """Whether the description of another person or place has one of the names."""
        for name in names:
            places = self._having.get(word, ()) if (word := first_word(name)) else range(len(self._texts))
            for place in places:
                other, text = self._texts[place]
                if other is not entry and mentions(text, name):
                    return True
        return False


def listed_twice(context: CheckContext) -> Iterator[Finding]:
    first: dict[tuple[str, ...], Located] = {}
    for located in context.located_values:
        for name, *more in _names(located.value):
            kind = type(located.value).__name__.lower()
            other = first.setdefault((kind, name if is_acronym(name) else one_form(name), *more), located)
            if other.value is not located.value:
                mark = other.mark()
                hint = f"keep one; the first is at {mark.file}:{mark.line}"
                yield at_value(located, f"the {kind} '{name}' is listed twice", hint)
                break


def _names(value: object) -> Iterator[tuple[str, ...]]:
    """Each name of an entry, with what makes two of that name different."""
    if isinstance(value, Term):
        yield from ((form,) for form in (without_parenthesis(value.term), *value.also))
    elif isinstance(value, Person):
        yield (value.name,)
    elif isinstance(value, Place):
        yield value.name, value.kind, value.country
    elif isinstance(value, Source):
        yield value.title, value.publisher, str(value.published)


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
        "which lists nationalities, holidays and the like. An abbreviation (ABC, A.B.C., A&B) counts wherever it "
        "stands, and is listed as it is written; a single letter and a Roman number are no names.",
        'text: "In spring Eve Reed came by. [@diary]"',
        "people: [{id: reed, name: Eve Reed, ...}]",
        name_unlisted,
        ("english",),
    ),
    Rule(
        "unused-entry",
        "warning",
        "nothing uses an entry of a list: a person, a place, a unit, a ground, a word of 'capitals', a side of 'camps'",
        "Lists show only what a document uses, so an entry that nothing names is on no paper, and its author should "
        "know: often a text writes another name. A text names a person or place by its name, its 'also' or its "
        "'variants', and a person by the last name too; a field names it by its id ('by', 'places' of a map). A "
        "publisher, an author and the region of another place count too.",
        "people: [{id: moss, name: Ada Moss, ...}]        # and no text says Moss, no field says moss",
        'text: "Ada Moss, the keeper, drained it. [@diary]"',
        unused_entry,
    ),
    Rule(
        "listed-twice",
        "warning",
        "a list has the same entry twice",
        "Of two entries with the same name one is forgotten when the pack is corrected. Terms are "
        "the same if they share a form, people if they share the name, places if they share name, kind and country, "
        "and sources if they share title, publisher and date.",
        "terms: [{id: spawn, term: spawn, ...}, {id: eggs, term: eggs, also: [spawn], ...}]",
        "terms: [{id: spawn, term: spawn, also: [eggs], ...}]",
        listed_twice,
    ),
)
