"""Rules on debates in class: minutes that add up, roles with evidence, and nobody who speaks for a side."""

import re
from collections.abc import Iterator
from functools import cache

from ....pack.pack import Pack
from ....schema.handouts.debates import Debate, Role
from ....schema.topic import Argument
from ...context import CheckContext
from ...rule import Finding, Rule, at_value


def debate_minutes(context: CheckContext) -> Iterator[Finding]:
    for located, debate in context.values_of(Debate):
        if (total := sum(step.minutes for step in debate.steps)) != debate.minutes:
            message = f"the steps of debate '{debate.id}' take {total} minutes, not {debate.minutes}"
            yield at_value(located, message, "change the steps, or write their sum", "minutes")


def role_bare(context: CheckContext) -> Iterator[Finding]:
    for located, role in context.values_of(Role):
        for index, id_ in enumerate(role.arguments):
            argument = context.pack.index[id_]
            assert isinstance(argument, Argument)
            parts = (("evidence", argument.evidence), ("reply", argument.replies))
            if lacking := [name for name, given in parts if not given]:
                message = f"role '{role.id}' argues '{id_}', which has no {' and no '.join(lacking)}"
                hint = "add it to the argument in debate.yaml, or name another argument"
                yield at_value(located, message, hint, "arguments", index)


def role_named(context: CheckContext) -> Iterator[Finding]:
    names = _names(context.pack)
    for located, role in context.values_of(Role):
        title = " ".join(filter(None, (role.title.plain, role.title.standard, role.title.advanced)))
        folded = title.casefold()
        for name, stem in names.items():
            if stem.casefold() in folded and (match := _pattern(stem).search(title)):
                message = (
                    f"the title of role '{role.id}' has '{match[0]}' in it: '{name}' is a person, a camp or a country"
                )
                hint = "name what the analyst looks at: nobody in a class speaks for a person, a side or a country"
                yield at_value(located, message, hint, "title")
                break


@cache
def _pattern(stem: str) -> re.Pattern[str]:
    """Matches a name and words made from it. A short one, such as an abbreviation, is only matched as it is."""
    name = re.escape(stem)
    return re.compile(rf"\b{name}\b") if len(stem) < 4 else re.compile(rf"\b{name}\w{{0,4}}\b", re.IGNORECASE)


def _names(pack: Pack) -> dict[str, str]:
    """Each name of a person, a camp or a country -> how words made from it begin. Other sides may only describe."""
    names: dict[str, str] = {}
    for person in pack.people:
        own = (person.name, *person.also, *person.variants)
        names |= {name: name for name in own}
        if person.kind == "person":
            names |= {name.split()[-1]: name.split()[-1] for name in own}
    countries = {place.country for place in pack.places} | {source.country for source in pack.sources}
    countries |= {name for place in pack.places if place.kind == "country" for name in (place.name, *place.also)}
    sides = {side for camp in pack.info.camps for side in camp}
    # Without a last vowel, so that 'Lithuania' finds 'Lithuanian'; no list of such words comes with a pack.
    names |= {name: re.sub(r"[aeiouy]$", "", name) for name in countries | sides}
    return names


RULES = (
    Rule(
        "debate-minutes",
        "error",
        "the minutes of a debate are not the sum of those of its steps",
        "As for 'lesson-minutes': a debate that is cut short ends before anybody has stepped out of a role.",
        "{id: debate, minutes: 45, steps: [{minutes: 15, ...}, {minutes: 20, ...}], ...}",
        "{id: debate, minutes: 35, steps: [{minutes: 15, ...}, {minutes: 20, ...}], ...}",
        debate_minutes,
    ),
    Rule(
        "role-bare",
        "error",
        "a role of a debate has an argument without evidence, or one that meets no reply",
        "An analyst who has nothing to cite can only assert, and one who meets no reply has nothing to answer. Each "
        "argument of a role has evidence and a reply in debate.yaml.",
        "roles: [{id: role, arguments: [arg-2], ...}]   # arg-2 has no evidence",
        "roles: [{id: role, arguments: [arg-1], ...}]",
        role_bare,
    ),
    Rule(
        "role-named",
        "error",
        "a role of a debate is named after a person, a camp or a country",
        "No pupil speaks for a leader, a country or a people: roles are analysts, drawn by lot. So the title of a role "
        "has no name of people.yaml, no camp and no country of the pack, nor a word made from one.",
        "roles: [{id: role, title: The adviser of Ada Moss, ...}]",
        "roles: [{id: role, title: The analyst of floods, ...}]",
        role_named,
    ),
)
