"""English sentence -> where it says that sources leave something out: all of them, or those that it names."""

import re
from collections.abc import Collection
from functools import lru_cache

# What sources do: they say, give, count. With the endings of "he gives" and "it carries".
_VERB = (
    r"(?:say|state|tell|give|name|report|mention|count|measure|settle|test|compare|establish|isolate|show|put|repeat|"
    r"check|quote|record|describe|explain|tie|link|call|confirm|dispute|doubt|specify|print|contain|list|cite|offer|"
    r"identify|attribute|carry|carri|have|ha|hold)(?:s|es)?"
)
_WORK = r"(?:source|text|report|account|article|page|document|publication)"
_ALL = r"(?:our|these|those|the|the pack's|this pack's)"
_NOTHING = r"(?:nothing|nobody|no one|none|neither|no(?!\smore\b|\sless\b)|not a|not one)"
_HARDLY = r"(?:\s(?:almost|nearly|hardly|next to|also|still|simply))?"
_REST = r"[^.;:!?]"  # the rest of a clause
# "these sources cannot say" is a silence; "cannot tell us what would have been" is about what can be known.
_NOT = rf"(?:(?:do|does|did){_HARDLY}\s(?:not|never)|don't|doesn't|didn't|never|hardly|cannot(?=\ssay))"
_BE_SILENT = rf"(?:is|are|was|were|stays?|remains?|falls?|fell){_HARDLY}\ssilent"


def _pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern in which "\\s" stands for any amount of white space: marks in a sentence leave several."""
    return re.compile(text.replace(r"\s", r"\s+"))


# Matched against lower-case text without marks and quotations.
_ALL_SILENT = _pattern(
    # "our sources, so far, say nothing", "the texts that we read in full do not say"
    rf"\b{_ALL}\s(?:other\s|two\s|three\s|four\s|five\s)?{_WORK}s(?:\s(?:here|that|we|have|read|used|in|full)\b)*"
    rf"(?:,{_REST}{{0,40}},)?\s(?:{_NOT}\s{_VERB}\b|{_VERB}{_HARDLY}\s(?:{_NOTHING}|only)\b|{_BE_SILENT}\b)"
    # "no source here says", "no other source can say", but not "no source is right"
    rf"|\b(?:no|not one)\s(?:\w+\s){{0,2}}?{_WORK}s?\b(?!\s(?:is|are|was|were)\b)"
    rf"(?:(?!\bcan\b(?!\ssay)){_REST}){{0,60}}?\b{_VERB}\b"
    # "none of our sources", "nobody in these sources", "undisputed in the sources"
    rf"|\b(?:none|neither|not one|nobody|no one|nothing|undisputed|unmentioned)\s(?:of|in)\s{_ALL}\s{_WORK}s\b"
    # "nobody here counts", "nobody says how"
    r"|\b(?:nobody|no one)\s(?:here\s(?!can\b)\w+|(?:say|state|report|mention|explain|give|name)s\b)"
    # "no survey is among our sources", "nobody in power is quoted here"
    rf"|\b(?:no|nobody)\b{_REST}{{1,90}}?\b(?:is|are|was|were)\s(?:\w+\s)?(?:here\b|(?:in|among)\s{_ALL}\s{_WORK}s\b)"
    # "nor do our sources say", "is nowhere stated", "missing from our sources"
    rf"|\bnor\sdo\s{_ALL}\s{_WORK}s\s{_VERB}\b|\bnowhere\s(?:stated|said|reported|mentioned|recorded|given)\b"
    rf"|\b(?:absent|missing)\sfrom\s{_ALL}\s{_WORK}s\b"
)
_SAY = (
    r"(?:say|state|tell|give|name|mention|report|count|explain|specify|specifi|quote|record|describe|list|identify|"
    r"identifi|cite|offer|attribute|contain|carry|carri|measure)"
)
_SAID = r"(?:said|stated|told|gave|named|mentioned|reported|counted|explained|quoted|described|listed|cited|offered)"
_SAYS_NOTHING = (
    rf"(?:(?:does{_HARDLY}\s(?:not|never)|doesn't|never|hardly)\s{_SAY}(?:s|es)?\b"
    rf"|{_SAY}(?:s|es){_HARDLY}\s{_NOTHING}\b)"
)
_SAY_NOTHING = rf"(?:(?:do|did){_HARDLY}\snot\s{_SAY}\b|(?:{_SAY}|{_SAID}){_HARDLY}\s{_NOTHING}\b|{_BE_SILENT}\b)"
# A work, or its author, by another word than a name. Only in the present tense: "it did not say" may be about anybody.
_THIS_WORK = (
    r"(?:the|this|that)\s(?:same\s|first\s|second\s|whole\s)?(?:source|article|page|report|text|entry|magazine|agency|"
    r"newspaper|paper|piece|study|site|broadcaster|book|encyclopedia|review|author|relay)"
)
_JOINED = rf"{_REST}{{0,160}}?\b(?:and|but|yet|or)\s{_SAYS_NOTHING}"  # "… says that it fell and gives no date"
_UNNAMED = _pattern(
    rf"(?<!\bif )(?<!\bwhen )(?<!\bunless )\b(?:(?:it|he|she|{_THIS_WORK})\s(?:also\s|only\s|here\s)?"
    rf"(?:{_SAYS_NOTHING}|{_BE_SILENT}\b)|{_THIS_WORK}\b{_JOINED})"
    rf"|\bthey\s(?:say{_HARDLY}\snothing|do\snot\s(?:say|mention|name))\b"
    rf"|\bnor\sdoes\s(?:it|he|she)\s{_SAY}\b"
    r"|\b(?:none|neither)\s(?:say|name|give|mention|explain|state)s\b"
    r"|\b(?:is|are|was|were)\snot\s(?:said|stated|explained|specified)\b|\bnot\sgiven\b(?= *(?:$|[;,.]))"
)
_LIMITED = _pattern(
    r"\b(?:our|the)\s(?:copy|copies|notes|excerpts?)\b|\bwhat\swe\s(?:hold|have|read|saw)\b"
    r"|\b(?:parts?|pages?|excerpts?|lines)\s(?:that\s)?we\s(?:have\s)?(?:read|seen|saw)\b"
)
_IN_FULL = _pattern(r"\bread\sin\sfull\b")


def silence_of_all(prose: str) -> re.Match[str] | None:
    """Where a sentence says that the sources, all together, leave something out.

    A question says nothing. A clause about our copy, our notes or the part that we read claims no more than it may.
    """
    low = prose.lower()
    found = None if low.rstrip().endswith("?") else _ALL_SILENT.search(low)
    return None if found and _is_limited(low, found) else found


def silences_of_some(prose: str, names: Collection[str]) -> list[tuple[re.Match[str], str]]:
    """Each place where a sentence says that some source leaves something out, with its name if it is one of `names`.

    The name is "" for "it", "the article" and "is not said".
    """
    low = prose.lower()
    if low.rstrip().endswith("?"):
        return []
    found = [(match, "") for match in _UNNAMED.finditer(low)]
    if names:
        # Names are matched as they are written, since some are common words: The Times.
        found += [(match, match["name"]) for match in _by_name(frozenset(names)).finditer(prose)]
    return [(match, name) for match, name in found if not _is_limited(low, match)]


@lru_cache(maxsize=8)
def _by_name(names: frozenset[str]) -> re.Pattern[str]:
    """Match a name and, in the same clause, that it is silent: "Moss, in May, gives no date"."""
    name = rf"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})"
    between = (
        rf"(?:'s?\s(?:article|report|page|text))?(?:,{_REST}{{0,60}},)?(?:\s(?:and|or)\s{name})?"
        r"(?:\s(?:also|only|here))?"
    )
    spoken_to = r"(?<!\bto )(?<!\bby )(?<!\bof )(?<!\bfrom )(?<!\btold )(?<!\bin )(?<!\bwith )"
    return _pattern(rf"{spoken_to}\b(?P<name>{name})(?:{between}\s(?:{_SAYS_NOTHING}|{_SAY_NOTHING})|{_JOINED})")


def _is_limited(low: str, found: re.Match[str]) -> bool:
    """Whether the clause with a match speaks only of what was read."""
    start = max(low.rfind(mark, 0, found.start()) for mark in ";:") + 1
    ends = [end for mark in ";:" if (end := low.find(mark, found.end())) >= 0]
    return _LIMITED.search(low, start, min(ends, default=len(low))) is not None


def is_read_in_full(prose: str) -> bool:
    """Whether a sentence limits itself to what was read in full."""
    return _IN_FULL.search(prose.lower()) is not None
