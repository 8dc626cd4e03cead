"""Rules on sources: what is cited, what is not, and what is counted twice."""

import re
from collections.abc import Iterator, Sequence

from ...schema.figures import Estimate
from ...schema.statements import Statement
from ...schema.topic import Origin, Source
from ..context import CheckContext, Passage
from ..rule import Finding, Rule, at_text, at_value

_CITED = re.compile(r"\[@([a-z][a-z0-9-]*)\]")
_RELAYING = re.compile(
    r"\b(relay(s|ed|ing)?|pass(es|ed|ing)? (it |them )?on|repeat(s|ed|ing)?|retells?|same|one (\w+ )?report|not two)\b",
    re.I,
)
_PAIR = re.compile(r"\[@([a-z][a-z0-9-]*)\](?:\s*\[@[a-z][a-z0-9-]*\])+")


def uncited(context: CheckContext) -> Iterator[Finding]:
    for passage in context.passages:
        statement = passage.located.ancestors[-1]
        if passage.field != "text" or not isinstance(statement, Statement) or statement.sources or passage.cites:
            continue
        if passage.located.path[0] == "guidance":
            continue  # advice of ours claims nothing
        message = f"no source stands behind '{statement.id}' at level {passage.levels[0]}"
        yield at_text(passage, 0, message, "cite one with [@source-id], or name it in 'sources'")


def unused_source(context: CheckContext) -> Iterator[Finding]:
    cited = {source for passage in context.passages for source in passage.cites}
    for located in context.located_values:
        cited.update(source for source in getattr(located.value, "sources", ()) if isinstance(source, str))
    relayed = {origin for source in context.pack.sources for origin in source.relays}
    for located, source in context.values_of(Source):
        if source.id not in cited:
            yield at_value(located, f"nothing cites the source '{source.id}'", "cite it where it is used, or delete it")
    for located, origin in context.values_of(Origin):
        if origin.id not in relayed:
            yield at_value(located, f"no source relays '{origin.id}'", "name it in a source's 'relays', or delete it")


def relayed_twice(context: CheckContext) -> Iterator[Finding]:
    for passage in context.passages:
        for match in _PAIR.finditer(passage.raw):
            sources = _CITED.findall(match[0])
            if (pair := _one_report(context, sources)) and not _says_so(passage, match.start()):
                yield at_text(passage, match.start(), *_twice(pair))
    for located in context.located_values:
        if isinstance(located.value, Estimate) and (pair := _one_report(context, located.value.sources)):
            yield at_value(located, *_twice(pair), "sources")


def _twice(pair: tuple[str, str, str]) -> tuple[str, str]:
    first, second, origin = pair
    return (
        f"'{first}' and '{second}' both pass on '{origin}': they are one report, not two",
        "cite the one that was read for this, or say in the sentence that one relays the other",
    )


def _one_report(context: CheckContext, sources: Sequence[str]) -> tuple[str, str, str] | None:
    """Two of some sources that carry one report, and the report."""
    carries: dict[str, str] = {}
    for name in sources:
        source = context.pack.index[name]
        assert isinstance(source, Source)
        for report in (name, *source.relays):
            if carries.setdefault(report, name) != name:
                return carries[report], name, report
    return None


def _says_so(passage: Passage, offset: int) -> bool:
    """Whether the sentence itself tells that one source passes on another's report."""
    return _RELAYING.search(passage.sentence_at(offset)) is not None


RULES = (
    Rule(
        "uncited",
        "warning",
        "a statement has no source",
        "A statement is worth what stands behind it. Each level is read alone, so each cites for itself. Advice to "
        "the teacher claims nothing about the topic and needs no source.",
        "text: The pond was dug in March 2023.",
        'text: "The pond was dug in March 2023. [@newsletter]"',
        uncited,
    ),
    Rule(
        "unused-source",
        "warning",
        "a source is never cited, or an origin never relayed",
        "A list of sources that nothing rests on lends weight it does not have.",
        "sources: [{id: diary, ...}]        # and no [@diary], no sources: [diary] anywhere",
        'text: "It holds water all year. [@diary]"',
        unused_source,
    ),
    Rule(
        "relayed-twice",
        "warning",
        "two sources are counted that carry one report",
        "A report heard again has not been checked again. Sources that name one origin in 'relays', or of which one "
        "names the other there, do not support each other. A sentence that says they relay one report may cite both.",
        'text: "The pond was dug for the school. [@newsletter] [@gazette]"     # both relay the plan',
        'text: "Two papers repeat the council\'s plan. [@newsletter] [@gazette]"',
        relayed_twice,
    ),
)
