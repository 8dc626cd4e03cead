"""Rules on sources: statements without one, sources nobody cites, and reports that are counted twice."""

import re
from collections.abc import Iterator, Sequence

from ... import markdown
from ...schema.fields import LEVELS
from ...schema.figures import Estimate
from ...schema.statements import Paragraph, Statement
from ...schema.topic import Origin, Source
from ..context import CheckContext, Passage
from ..rule import Finding, Rule, at_text, at_value

_CITED = re.compile(r"\[@([a-z][a-z0-9-]*)(?:,[^\]]{0,300})?\]")
# Words of a sentence that say that its sources carry one report: "the gazette repeats the council's report".
_RELAYING = re.compile(
    r"\b(relay(s|ed|ing)?|pass(es|ed|ing)? (it |them )?on|repeat(s|ed|ing)?|retells?|same|one (\w+ )?report|not two)\b",
    re.I,
)
# Two or more citations in a row: [@diary] [@gazette]
_PAIR = re.compile(r"\[@([a-z][a-z0-9-]*)(?:,[^\]]{0,300})?\](?:\s*\[@[a-z][^\]]{0,300}\])+")


def uncited(context: CheckContext) -> Iterator[Finding]:
    for passage in context.passages:
        statement = passage.located.ancestors[-1]
        if (
            passage.field not in ("text", "brief")
            or not isinstance(statement, Statement)
            or statement.sources
            or passage.cites
        ):
            continue
        if passage.located.path[0] == "guidance" or (passage.located.path[0] == "before" and not statement.status):
            continue  # advice to teachers makes no claims about the topic; what went before it has a status
        message = f"'{statement.id}' has no source at level {passage.levels[0]}"
        yield at_text(passage, 0, message, "cite one with [@source-id], or name it in 'sources'")


def brief_beyond(context: CheckContext) -> Iterator[Finding]:
    for passage in context.passages:
        paragraph = passage.located.ancestors[-1]
        if passage.field != "brief" or not isinstance(paragraph, Paragraph):
            continue
        whole = [getattr(paragraph.text, level) or "" for level in LEVELS]
        told = {mark.raw.partition("|")[0].rstrip("]") for text in whole for mark in markdown.find_marks(text)}
        told |= {f"[@{source}" for source in paragraph.sources}
        for mark in markdown.find_marks(passage.raw):
            if mark.raw.partition("|")[0].rstrip("]") not in told:
                message = f"'{paragraph.id}' in brief has {mark.raw}, which its text has not"
                yield at_text(passage, passage.raw.index(mark.raw), message, "say no more in brief than in the text")


def unused_source(context: CheckContext) -> Iterator[Finding]:
    cited = {source for passage in context.passages for source in passage.cites}
    for located in context.located_values:
        cited.update(source for source in getattr(located.value, "sources", ()) if isinstance(source, str))
    relayed = {origin for source in context.pack.sources for origin in source.relays}
    for located, source in context.values_of(Source):
        if source.id not in cited:
            yield at_value(located, f"source '{source.id}' is never cited", "cite it where you use it, or delete it")
    for located, origin in context.values_of(Origin):
        if origin.id not in relayed:
            yield at_value(
                located, f"no source relays the origin '{origin.id}'", "name it in 'relays' of a source, or delete it"
            )


def relayed_twice(context: CheckContext) -> Iterator[Finding]:
    for passage in context.passages:
        for match in _PAIR.finditer(passage.raw):
            sources = _CITED.findall(match[0])
            if (pair := _one_report(context, sources)) and not _says_so(passage, match.start()):
                yield at_text(passage, match.start(), *_twice_message(pair))
    for located in context.located_values:
        if isinstance(located.value, Estimate) and (pair := _one_report(context, located.value.sources)):
            yield at_value(located, *_twice_message(pair), "sources")


def _twice_message(pair: tuple[str, str, str]) -> tuple[str, str]:
    first, second, origin = pair
    return (
        f"'{first}' and '{second}' both carry the report '{origin}', so they are one source, not two",
        "cite only the one you used, or say in the sentence that both carry one report",
    )


def _one_report(context: CheckContext, sources: Sequence[str]) -> tuple[str, str, str] | None:
    """(source, source, report) of two sources that carry one report: one relays the other, or both relay an origin."""
    carries: dict[str, str] = {}
    for name in sources:
        source = context.pack.index[name]
        assert isinstance(source, Source)
        for report in (name, *source.relays):
            if carries.setdefault(report, name) != name:
                return carries[report], name, report
    return None


def _says_so(passage: Passage, offset: int) -> bool:
    """Whether the sentence itself says that its sources carry one report."""
    return _RELAYING.search(passage.sentence_at(offset)) is not None


RULES = (
    Rule(
        "uncited",
        "warning",
        "a statement has no source",
        "Readers can trust a statement only if they can check it. Each reader sees only one level of a text, so every "
        "level needs its own citations, unless 'sources' of the statement names some. Advice to teachers makes no "
        "claims about the topic and needs no source.",
        "text: The pond was dug in March 2023.",
        'text: "The pond was dug in March 2023. [@newsletter]"',
        uncited,
    ),
    Rule(
        "brief-beyond",
        "error",
        "a paragraph in brief cites a source or gives a number that its text does not",
        "What a table says in brief is a shorter form of the paragraph. Whoever looks the paragraph up must find each "
        "source and each number there, at some level.",
        'text: "The pond holds water all year. [@diary]"\nbrief: "It never dries. [@gazette]"',
        'text: "The pond holds water all year. [@diary]"\nbrief: "It never dries. [@diary]"',
        brief_beyond,
    ),
    Rule(
        "unused-source",
        "warning",
        "a source is never cited, or an origin is never relayed",
        "A source that no statement or estimate uses makes a pack look better supported than it is.",
        "sources: [{id: diary, ...}]        # and no [@diary], no sources: [diary] anywhere",
        'text: "It holds water all year. [@diary]"',
        unused_source,
    ),
    Rule(
        "relayed-twice",
        "warning",
        "two cited sources carry the same report",
        "A repeated report is not an independent confirmation. Two sources carry the same report if one names the "
        "other in 'relays', or if both name the same origin there. A sentence may cite both if it says that they carry "
        "one report.",
        'text: "The pond was dug for the school. [@newsletter] [@gazette]"     # both relay the same plan',
        'text: "Two papers repeat the council\'s plan. [@newsletter] [@gazette]"',
        relayed_twice,
    ),
)
