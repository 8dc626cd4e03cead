"""Rule on readability: no section is harder to read than its audience's ceiling."""

from collections.abc import Iterator

from ...briefing.parts import Briefing
from ...briefing.walk import texts
from ...language.readability import measure_chapters
from ..context import CheckContext, Passage
from ..rule import Finding, Rule, at_text

MARGIN = 0.5  # grades above the ceiling that are tolerated: the formula is imprecise, and a section is a small sample
MIN_WORDS = 30  # shorter sections are too small to grade
SHOWN = 3  # longest sentences that a finding lists


def too_hard(context: CheckContext) -> Iterator[Finding]:
    pack, wording = context.pack, context.wording
    assert wording is not None
    people = [name for person in pack.people for name in (person.name, *person.also, *person.variants)]
    names = (*people, *(name for place in pack.places for name in (place.name, *place.also, *place.variants)))
    # (audience, texts): an audience's documents share sections, and one finding for each is enough.
    graded: set[tuple[str, tuple[str, ...]]] = set()
    for briefing in context.briefings:
        ceiling = briefing.audience.ceiling
        judged = [("the judgements", briefing.judgements)] if briefing.judgements else []
        handed = [(f"'{part.id}'", part) for parts in briefing.handouts for part in parts]
        chapters = ((f"section '{chapter.id}'", chapter) for chapter in briefing.chapters)
        for name, part in [*chapters, *judged, *handed] if ceiling else ():
            key = (briefing.audience.id, tuple(texts([part])))
            if key in graded:
                continue
            graded.add(key)
            reading = measure_chapters(briefing, [part], wording, names)
            if reading.words >= MIN_WORDS and reading.flesch_kincaid > (ceiling or 0) + MARGIN:
                yield from _finding(context, briefing, name, part, reading.flesch_kincaid, reading.coleman_liau)


def _finding(
    context: CheckContext, briefing: Briefing, name: str, part: object, grade: float, coleman_liau: float
) -> Iterator[Finding]:
    """A finding at the longest sentence of a section; its hint lists the next longest."""
    passages = [context.passage_by_text[t] for t in texts([part]) if t in context.passage_by_text]
    sentences = [(len(s.split()), p, offset) for p in passages for offset, s in p.sentences]
    longest = sorted(sentences, key=lambda s: -s[0])[:SHOWN]
    places = ", ".join(f"{_place(passage, offset)} ({words} words)" for words, passage, offset in longest)
    message = (
        f"{name} of {briefing.name} reads at grade {grade:.1f} (Coleman-Liau: {coleman_liau:.1f}), "
        f"above the ceiling of {briefing.audience.ceiling:g}"
    )
    if longest:
        yield at_text(longest[0][1], longest[0][2], message, f"split the longest sentences: {places}")


def _place(passage: Passage, offset: int) -> str:
    mark = passage.mark(offset)
    return f"{mark.file.rpartition('/')[2]}:{mark.line}"


RULES = (
    Rule(
        "too-hard",
        "warning",
        "a section is harder to read than its audience's ceiling",
        "The Flesch-Kincaid grade of a section, without names, may exceed 'ceiling' in the audience's file by at most "
        "half a grade. The formula only counts words and syllables, so treat the grade as a hint, not as a reading "
        "age: split the longest sentences and use shorter words. Sections under 30 words are not graded.",
        "ceiling: 7\ntext: Notwithstanding considerable administrative difficulties, the authorities inaugurated the "
        "reservoir.",
        "ceiling: 7\ntext: It was hard to do. But the council opened the lake.",
        too_hard,
        ("english", "briefings"),
    ),
)
