"""Pack -> by which names texts call its sources, and which sources are those of a speaker."""

import re

from .. import markdown
from ..pack.pack import Pack
from ..schema.fields import LEVELS
from ..schema.topic import Origin, Person, Source


def source_names(pack: Pack) -> dict[str, set[str]]:
    """The names by which a text may call a source -> the ids of the sources called so.

    Its publisher, in whole or in part ("The Times, London"), its authors or their last names, its title, the
    publisher of a report that it relays, and whatever else people.yaml calls one of these.
    """
    published = {origin.id: origin.publisher for origin in pack.origins}
    names: dict[str, set[str]] = {}
    for source in pack.sources:
        publishers = {source.publisher, *(published[name] for name in source.relays if name in published)}
        parts = {part.strip() for publisher in publishers for part in re.split(r"[;,]", publisher)}
        called = {*publishers, *parts, *source.authors, source.title}
        called |= {name for person in pack.people if called & {*_names(person)} for name in _names(person)}
        called |= {author.split()[-1] for author in source.authors}
        for name in called:
            # "carried by" is a word of a publisher's description, not of its name
            if name and (name[0].isupper() or name[0].isdigit()):
                names.setdefault(name.removeprefix("The "), set()).add(source.id)
    return names


def sources_of_speaker(pack: Pack, speaker: str) -> set[str]:
    """The ids of the sources that carry a speaker's own words or findings.

    Of a source, itself; of a report, those that relay it; of a person or organisation, those named in people.yaml, and
    those that they wrote or published.
    """
    value = pack.index[speaker]
    if isinstance(value, Source):
        return {speaker}
    if isinstance(value, Origin):
        return {source.id for source in pack.sources if speaker in source.relays}
    assert isinstance(value, Person)
    role = (getattr(value.role, level) or "" for level in LEVELS)
    marks = (mark for text in role for mark in markdown.find_marks(text))
    names = source_names(pack)
    called = (names.get(name.removeprefix("The "), set()) for name in (value.name, *value.also))
    return {*value.sources, *(mark.source for mark in marks if isinstance(mark, markdown.Citation))}.union(*called)


def _names(person: Person) -> tuple[str, ...]:
    return (person.name, *person.also, *(person.name.split()[-1:] if person.kind == "person" else ()))
