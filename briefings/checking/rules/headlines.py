"""Rules on slides: a headline says no more than its part holds, and a slide holds no more than its frame."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from ... import markdown
from ...briefing.parts import (
    Briefing,
    Chapter,
    DrawingView,
    EntryView,
    EstimateView,
    ExerciseView,
    ItemView,
    Slide,
    StatementView,
)
from ...briefing.walk import all_parts
from ...composing.slides.groups import MAX_WORDS
from ...language import segmentation
from ...language.english import VERDICTS
from ...language.mentions import SearchText, mentions
from ...problems import YamlPath
from ...schema.dates import PartialDate
from ...schema.figures import KeyFigure
from ...schema.topic import Source
from ..context import CheckContext, Located
from ..rule import Finding, Rule, at_value

MAX_HEADLINE = 92  # characters: two lines of a slide

Part = Chapter | DrawingView | EstimateView | ExerciseView | ItemView


@dataclass
class _Held:
    """What a part of a document holds: the estimates that it shows or names, its sources, and its words, folded."""

    refs: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> SearchText:
        return SearchText.of(*self.words)


def headline_overclaims(context: CheckContext) -> Iterator[Finding]:
    where = _places(context)
    seen: set[tuple[str, str]] = set()  # levels often share a headline
    for briefing in _decks(context):
        level = briefing.audience.level
        for key, part in _parts_with_headlines(briefing):
            located = where.get(key)
            if located is None:
                continue
            held = _held(part, context)
            for claim in _unheld(part.says, held, context):
                if (key, claim) in seen:
                    continue
                seen.add((key, claim))
                message = f"the headline of '{key}' {claim} (level {level}, in {briefing.name})"
                hint = "say what it holds, show there what the headline says, or drop 'says'"
                yield at_value(located, message, hint, *_field(located, level))


def _decks(context: CheckContext) -> list[Briefing]:
    """The documents divided into slides; of those with the same sections, the first."""
    return [b for b in context.briefings if b.choice.deck and not b.choice.like]


def _places(context: CheckContext) -> dict[str, Located]:
    found: dict[str, Located] = {}
    for located in context.located_values:
        value = located.value
        key = value.estimate if isinstance(value, KeyFigure) else getattr(value, "id", None)
        if key and getattr(value, "says", None):
            found.setdefault(key, located)
    return found


def _parts_with_headlines(briefing: Briefing) -> Iterator[tuple[str, Part]]:
    for row in briefing.key_figures:
        if row.says:
            yield row.ref, row
    for part in all_parts(briefing.chapters):
        if isinstance(part, Chapter | DrawingView | ExerciseView | ItemView) and part.says:
            yield part.id, part


def _held(part: Part, context: CheckContext) -> _Held:
    held = _Held()
    _collect(part, held, context)
    for key in held.sources:
        source = context.pack.index.get(key)
        if isinstance(source, Source):
            held.words += [source.publisher, *source.authors, source.title]
    return held


def _collect(value: object, held: _Held, context: CheckContext) -> None:
    for part in all_parts(value):
        if isinstance(part, str):
            _read(part, held)
            continue
        held.words += (*getattr(part, "by", ()), *getattr(part, "via", ()))
        held.sources |= set(getattr(part, "sources", ()))
        for name in ("title", "text", "label", "about", "basis", "how", "words", "name", "note"):
            _read(getattr(part, name, ""), held)
        for name in ("start", "end", "as_of", "date"):
            _date(getattr(part, name, None), held, context)
        _collect_own(part, held, context)


def _collect_own(part: object, held: _Held, context: CheckContext) -> None:
    """What only one kind of part holds."""
    if isinstance(part, EstimateView):
        held.refs.add(part.ref)
        held.words.append(part.figure.title.standard)
        _date(part.estimate.as_of, held, context)
    elif isinstance(part, DrawingView):  # all_parts() does not walk into it
        _collect((*part.pieces, *part.rows, *part.entries), held, context)
    elif isinstance(part, EntryView):
        held.words += part.thing.also


def _read(text: str, held: _Held) -> None:
    for mark in markdown.find_marks(text):
        if isinstance(mark, markdown.NumberReference):
            held.refs.add(mark.ref)
        elif isinstance(mark, markdown.Citation):
            held.sources.add(mark.source)
    held.words.append(text)


def _date(date: PartialDate | None, held: _Held, context: CheckContext) -> None:
    if date is not None and context.wording:
        held.words.append(context.wording.when(date))


def _unheld(says: str, held: _Held, context: CheckContext) -> Iterator[str]:
    """What a headline claims that its part does not hold, each as the rest of a sentence."""
    for mark in markdown.find_marks(says):
        if isinstance(mark, markdown.NumberReference) and mark.ref not in held.refs:
            yield f"gives the estimate '{mark.ref}', which is not shown there"
        if isinstance(mark, markdown.Citation) and mark.source not in held.sources:
            yield f"cites '{mark.source}', which is not among the sources there"
    assert context.wording
    text, prose = held.text, markdown.render_plain(says, lambda mark, begins: "")
    contains = partial(mentions, text)
    words = context.wording.strings["number_words"]
    for segment in segmentation.split_dates_and_numbers(prose, context.wording.month_numbers, words):
        if segment.kind != "words" and not contains(segment.text):
            yield f"has '{segment.text}', which is not said there"
    headline = SearchText.of(prose)
    for names in _names(context):
        said = next((name for name in names if mentions(headline, name)), None)
        if said and not any(contains(name) for name in names):
            yield f"names '{said}', which is not named there"
    for verdict in VERDICTS if context.english else ():
        if mentions(headline, verdict) and not contains(verdict):
            yield f"says '{verdict}', which nobody says there"


def _names(context: CheckContext) -> Iterator[Sequence[str]]:
    """The names of each person, place and publisher of the pack, with a person's last name."""
    for person in context.pack.people:
        last = [person.name.split()[-1]] if person.kind == "person" else []
        yield person.name, *person.also, *last
    for place in context.pack.places:
        yield place.name, *place.also
    for publisher in dict.fromkeys(source.publisher for source in context.pack.sources):
        yield (publisher,)


def _field(located: Located, level: str) -> YamlPath:
    """The path of a headline at one level, if the YAML has one for each."""
    path = (*located.path, "says", level)
    return ("says", level) if path in located.yaml_file.marks else ("says",)


def slide_too_full(context: CheckContext) -> Iterator[Finding]:
    where = {getattr(each.value, "id", ""): each for each in reversed(context.located_values)}
    keys = {each.value.estimate: each for each in context.located_values if isinstance(each.value, KeyFigure)}
    seen: set[tuple[str, str]] = set()
    for briefing in _decks(context):
        for slide in briefing.slides:
            key = _culprit(slide)
            located = keys.get(key) or where.get(key)
            plain = markdown.render_plain(slide.title, lambda mark, begins: "0000")
            asked = slide.kind in ("question", "opening")
            if slide.words > MAX_WORDS:
                message = f"has {slide.words} words, and {MAX_WORDS} have room"
            elif len(plain) > MAX_HEADLINE and not asked:
                message = f"has a headline of {len(plain)} characters, and {MAX_HEADLINE} have room"
            else:
                continue
            if located and (key, message) not in seen:
                seen.add((key, message))
                hint = "write less in 'says', shorten the first sentence or the titles, or show it in fewer words"
                yield at_value(located, f"slide {slide.number} of {briefing.name} {message}", hint)


def _culprit(slide: Slide) -> str:
    """The id of the data that fills a slide."""
    if slide.row:
        return slide.row.ref
    if slide.tasks or (slide.said and slide.kind != "opening"):
        return slide.id
    of = slide.of
    return str(getattr(of, "id", slide.id)) if not isinstance(of, StatementView) else of.id


RULES = (
    Rule(
        "headline-overclaims",
        "error",
        "a headline of a slide says what its drawing, section or item does not hold",
        "A headline is all that many in a room read. Each estimate that 'says' marks must be drawn or stated in the "
        "part whose headline it is, each citation be among its sources, and each number, date, name of a person, place "
        "or publisher, and word of a verdict (such as won, proved, only, never) stand in its text, at the same level "
        "and in the document that has the slide.",
        "- {id: dates, kind: timeline, title: Dates of the pond, says: The council won, section: phases}",
        "- {id: dates, kind: timeline, title: Dates of the pond, says: Two springs of digging, section: phases}",
        headline_overclaims,
        ("briefings",),
    ),
    Rule(
        "slide-too-full",
        "error",
        "a slide has more words than its frame has room for",
        f"A slide is read from the last row while somebody speaks: it has at most {MAX_WORDS} words, and its headline "
        "two lines. Who says so and when, and the foot, are there to be looked up: they do not count, and have two "
        "lines at most. The labels of a drawing do not count either; a drawing whose labels would be smaller than "
        "18pt has no room on a slide (no-room, when it is built). A thought shows the "
        "first sentence of a paragraph, a question the whole of its text unless it has 'says'.",
        "text: (a question of 50 words)",
        "text: (a question of 50 words)\nsays: Who counted the frogs, and how?",
        slide_too_full,
        ("briefings",),
    ),
)
