"""English sentence -> who is said to say, claim, deny or admit something in it, and by which kind of verb."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from .english import MONTHS
from .mentions import name_pattern, one_form

# Classes of verbs that introduce what somebody says: "said" takes no stand, "claimed" doubts, "admitted" believes.
# Forms are listed, so that those which are more often nouns ("notes", "states", "a report") can be left out.
VERBS = {
    "said": "said says say told tells tell wrote writes write stated added adds declared announced announces called "
    "calls named names spoke speaks explained explains asked asks noted put puts argued argues described describes "
    "thought thinks believed believes judged judges hoped hopes urged urges promised praised answered",
    "reported": "reported reports counted counts",
    "claimed": "claimed claims alleged alleges asserted asserts insisted insists maintained maintains boasted boasts",
    "denied": "denied denies rejected rejects dismissed dismisses disputed disputes",
    "forecast": "forecast forecasts predicted predicts expected expects foresaw foresees",
    "warned": "warned warns threatened threatens",
    "admitted": "admitted admits conceded concedes acknowledged acknowledges confessed confesses revealed reveals",
    "accused": "accused accuses blamed blames",
}
_CLASS_OF = {form: kind for kind, forms in VERBS.items() for form in forms.split()}
_VERB = rf"(?:{'|'.join(sorted(_CLASS_OF, key=len, reverse=True))})"
_PAST = rf"(?:{'|'.join(form for form in _CLASS_OF if form.endswith('ed') or form in ('said', 'told', 'wrote'))})"
# These may follow the words they introduce, before their subject: "…", said Ada Moss.
_INVERTED = r"(?:said|says|wrote|writes|reported|reports|warned|argued|announced|explained|added|noted|judged)"
_TITLE = r"(?:(?:a|an|the|one|two|some|its|his|their)\s+)?(?:[A-Z][a-z]+\s+){0,2}?"
_ADVERBS = (
    r"(?:\s+(?:also|later|then|again|once|still|now|first|openly|publicly|only|both|itself|themselves|has|had|have))*"
)
_WHEN = rf"(?:\s+(?:on|in|by)(?:\s+(?:early|mid|late))?(?:\s+\d+)?(?:\s+(?:{'|'.join(MONTHS)}))?(?:\s+\d{{4}})?)?"
# Between a subject and its verb: "Moss, the keeper, later", "Moss (in May) has", "Moss on 6 May", "the mill's clerk".
_BETWEEN = (
    r"(?:['’]s?(?!\s+sources?\b)(?:\s+(?!(?:is|are|was|were|may|might|could|not|be)\b)[a-z-]+){1,3}?)?"
    r"(?:\s+of\s+(?:the\s+)?[A-Z]\w+(?:\s+[A-Z]\w+)?)?(?:\s*\([^)]*\))?(?:,[^.;:!?\"“”]{0,90},)?"
    rf"{_WHEN}{_ADVERBS}\s+"
)


@dataclass(frozen=True)
class Attribution:
    """Where a sentence says that somebody says something: the verb, its class, and the name of its subject.

    The name is "" if the subject is a pronoun.
    """

    start: int
    end: int
    kind: str
    name: str


def attributions(prose: str, names: Collection[str]) -> Iterator[Attribution]:
    """Each verb of speech in a sentence whose subject is one of `names` or a pronoun, in order.

    The subject stands close before the verb, after it ("said Moss", "denied by Moss"), or before an earlier verb that
    this one is joined to ("Moss said that it was full and denied that it leaked").
    """
    known = _known(frozenset(names))
    found: dict[int, Attribution] = {}
    for pattern in known.patterns:
        for match in pattern.finditer(prose):
            name = known.canonical.get(one_form(match["name"] or ""), "")
            kind = _CLASS_OF[match["verb"]]
            found.setdefault(match.start("verb"), Attribution(match.start(), match.end(), kind, name))
    for match in _JOINED.finditer(prose):
        before = [at for at in found if at < match.start()]
        if before and match.start("verb") not in found:
            name = found[max(before)].name
            found[match.start("verb")] = Attribution(match.start(), match.end(), _CLASS_OF[match["verb"]], name)
    yield from (found[at] for at in sorted(found))


_JOINED = re.compile(rf"\b(?:and|but|then|or)(?:\s+(?:also|later|first|then|openly))?\s+(?P<verb>{_PAST})\b")


@dataclass(frozen=True)
class _Known:
    patterns: tuple[re.Pattern[str], ...]
    canonical: dict[str, str]  # a name as it may stand in a text, case-folded -> as it was given


@lru_cache(maxsize=8)
def _known(names: frozenset[str]) -> _Known:
    """Patterns of a subject before its verb and after it. "US officials" also stands for "a US official"."""
    canonical = {one_form(name): name for name in names}
    canonical |= {one_form(name[:-1]): name for name in names if name.endswith("s") and " " in name}
    # a name as written, but for the case of its first letter: "A neighbour", "a neighbour"
    forms = sorted(names | {name[:-1] for name in names if name.endswith("s") and " " in name}, key=len, reverse=True)
    name = "|".join(rf"[{form[0].upper()}{form[0].lower()}]{name_pattern(form[1:])}" for form in forms) or "(?!)"
    name = rf"(?P<name>{name})(?!\w)"
    before = rf"\b(?:{name}|(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\b){_BETWEEN}(?P<verb>{_VERB})\b"
    after = rf"[,\"”?!]\s+(?P<verb>{_INVERTED})\s+{_TITLE}{name}"
    passive = rf"\b(?P<verb>{_PAST})\s+by\s+{_TITLE}{name}"
    apposed = rf",\s+{_TITLE}{name},{_ADVERBS}\s+(?P<verb>{_VERB})\b"
    # A verb belongs to the first of these that matches: in "it reached Moss, says Reed", the subject is Reed.
    return _Known(tuple(map(re.compile, (after, passive, apposed, before))), canonical)
