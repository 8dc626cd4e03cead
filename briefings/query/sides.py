"""Pack -> the side for which a person or source speaks, and the names that stand for a side in a text."""

from ..pack.pack import Pack
from ..schema.fields import YamlModel
from ..schema.topic import Origin, Person, Source

NO_SIDE = "nobody in particular"  # the side of what has no 'by', or whose speaker is not known


def side_of(voice: YamlModel) -> str:
    """The side of a person, the country of a source, or the publisher of an origin."""
    if isinstance(voice, Person):
        return voice.side
    return voice.country if isinstance(voice, Source) else voice.publisher if isinstance(voice, Origin) else NO_SIDE


def sides_by_name(pack: Pack) -> dict[str, str]:
    """Each name of a person or organisation, each last name, and each side that is itself a name -> the side."""
    sides = {person.side: person.side for person in pack.people if person.side.istitle()}
    for person in pack.people:
        # not of "A source in the council", which has no last name
        last = person.name.split()[-1:] if person.kind == "person" and len(person.name.split()) < 4 else []
        sides |= dict.fromkeys((*last, *person.also, person.name), person.side)
    return sides
