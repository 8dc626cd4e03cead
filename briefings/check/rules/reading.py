"""The rule on reading: no section is harder than its audience's ceiling."""

from collections.abc import Iterator

from ...briefing.parts import Briefing, Chapter
from ...briefing.walk import texts
from ...language.readability import measure_chapters
from ..context import CheckContext, Passage
from ..rule import Finding, Rule, at_text

MARGIN = 0.5  # of a grade: the formula is a hint, and a section is a small sample
MIN_WORDS = 30  # words, below which a grade means nothing
SHOWN = 3  # of the longest sentences


def too_hard(context: CheckContext) -> Iterator[Finding]:
    pack, wording = context.pack, context.wording
    assert wording is not None
    people = [name for person in pack.people for name in (person.name, *person.also, *person.variants)]
    names = (*people, *(name for place in pack.places for name in (place.name, *place.also, *place.variants)))
    told: set[tuple[str, tuple[str, ...]]] = set()
    for briefing in context.briefings:
        ceiling = briefing.audience.ceiling
        for chapter in briefing.chapters if ceiling else ():
            key = (briefing.audience.id, tuple(texts([chapter])))
            if key in told:
                continue  # the same section in another document of this audience
            told.add(key)
            reading = measure_chapters(briefing, [chapter], wording, names)
            if reading.words >= MIN_WORDS and reading.flesch_kincaid > (ceiling or 0) + MARGIN:
                yield from _finding(context, briefing, chapter, reading.flesch_kincaid, reading.coleman_liau)


def _finding(
    context: CheckContext, briefing: Briefing, chapter: Chapter, grade: float, second: float
) -> Iterator[Finding]:
    """At the longest sentence, which is most worth breaking; the next ones are named."""
    passages = [context.passage_by_text[t] for t in texts([chapter]) if t in context.passage_by_text]
    sentences = [(len(s.split()), p, offset) for p in passages for offset, s in p.sentences]
    longest = sorted(sentences, key=lambda s: -s[0])[:SHOWN]
    where = " and ".join(f"{_at(passage, offset)} ({words} words)" for words, passage, offset in longest)
    message = (
        f"section '{chapter.id}' of {briefing.name} reads at grade {grade:.1f} (by Coleman and Liau {second:.1f}); "
        f"{briefing.audience.ceiling:g} at most"
    )
    if longest:
        yield at_text(longest[0][1], longest[0][2], message, f"the longest sentences are at {where}")


def _at(passage: Passage, offset: int) -> str:
    mark = passage.mark(offset)
    return f"{mark.file.rpartition('/')[2]}:{mark.line}"


RULES = (
    Rule(
        "too-hard",
        "warning",
        "a section is harder to read than its audience's ceiling",
        "Flesch and Kincaid's grade, names left out, may be half a grade above 'ceiling' in the audience's file, "
        "since a section is a small sample. It is a hint, not a reading age: break the longest sentences, and use "
        "shorter words.",
        "ceiling: 7\ntext: Notwithstanding considerable administrative difficulties, the authorities inaugurated the "
        "reservoir.",
        "ceiling: 7\ntext: It was hard to do. But the council opened the lake.",
        too_hard,
        ("english", "briefings"),
    ),
)
