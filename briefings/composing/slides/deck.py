"""Chapters -> the slides of a deck: one picture, number, thought or question each, with a headline. Pure.

A headline is what the pack `says` about a part, else its title. No slide lists sources: each names its own at its foot.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ... import markdown
from ...briefing.parts import (
    Chapter,
    DrawingView,
    EstimateView,
    ExerciseView,
    ItemView,
    SharesView,
    Slide,
    SlideTask,
    StatementView,
)
from ...briefing.walk import all_parts, where_shown
from ...pack.pack import Pack
from ...schema.audience import DeckChoice
from ...schema.classroom import Exercise
from ...schema.drawings import MapDrawing
from ...schema.fields import Level, Minutes
from ...schema.topic import Source
from ..fewer_reports import fewer_reports
from .cards import cards, phases, shares_of
from .groups import MAX_WORDS, WORDS_OF_A_NUMBER, count_words, split_evenly

_IN_PANELS = ("estimates",)  # kinds of drawings that have a panel for each figure
_CROWDED = ("over-time",)  # kinds that draw the reports of all figures on one scale
_ROWS = 4  # estimates in a panel
_EASY = 3  # easy questions on a slide
_WORDS_OF_A_STEP = 3  # "Think 2 minutes"
WORDS_OF_ADVICE = 5  # at most, for what to do in a step: strings.slides.how
_OTHERS_SAY = 2  # words: the heading of other reports
_OTHERS = 3  # other reports beside a number
_CLOSING = "unknown"  # the section whose thought closes a deck


def build_deck(
    pack: Pack,
    level: Level,
    title: str,
    deck: str,
    key_figures: Sequence[EstimateView],
    chapters: Sequence[Chapter],
    rows: Mapping[str, EstimateView],
    choice: DeckChoice,
) -> tuple[Slide, ...]:
    """Return the slides in order: the opening, the numbers, and those of each chapter."""
    drawings = [picture for chapter in chapters for picture in chapter.drawings]
    ground = next((picture for picture in drawings if isinstance(picture.thing, MapDrawing)), None)
    numbers = [_number(row, level, rows, ground) for row in key_figures[: choice.numbers]]
    sized = {slide.row.ref for slide in numbers if slide.row and slide.picture}
    slides = [_opening(pack, title, deck, _without_areas(ground, sized)), *numbers]
    where, shares = where_shown(chapters), shares_of(pack, level)
    unplaced: list[StatementView | ItemView] = []
    for chapter in chapters:
        made = list(_chapter_slides(chapter, ground, shares))
        made += _questions(pack, chapter, where, choice)
        behind: list[StatementView | ItemView] = [*chapter.intro]
        behind += [piece for piece in chapter.pieces if _is_unseen(piece, made)]
        if made:
            made[0] = replace(made[0], behind=(*_missing(behind, made), *made[0].behind))
        else:
            unplaced += behind
        slides += made
    slides[0] = replace(slides[0], behind=tuple(unplaced))
    return tuple(
        replace(slide, number=number, cited=_cited(pack, slide.sources)) for number, slide in enumerate(slides, 1)
    )


def _cited(pack: Pack, ids: Iterable[str]) -> tuple[Source, ...]:
    """The sources as a foot names them: two articles of one publisher and day are one."""
    found: dict[tuple[str, str], Source] = {}
    for key in ids:
        source = pack.index[key]
        assert isinstance(source, Source)
        found.setdefault((source.publisher, str(source.published)), source)
    return tuple(sorted(found.values(), key=lambda source: source.published.first))


def _opening(pack: Pack, title: str, deck: str, ground: DrawingView | None) -> Slide:
    lead = markdown.first_sentence(deck)
    fits = count_words(title, lead) <= MAX_WORDS
    said = (StatementView(pack.id, lead),) if fits else ()
    sources = ground.sources if ground else ()
    words = count_words(title, *(s.text for s in said))
    return Slide(0, "opening", title, pack.info, "", sources, words=words, picture=ground, said=said)


def _without_areas(ground: DrawingView | None, sized: Collection[str]) -> DrawingView | None:
    """The map of the opening without the areas whose size a slide of their own shows: its names have more room."""
    if ground is None or not isinstance(ground.thing, MapDrawing):
        return ground
    areas = tuple(ref for ref in ground.thing.areas if ref not in sized)
    return replace(ground, thing=ground.thing.model_copy(update={"areas": areas}))


def _number(row: EstimateView, level: Level, rows: Mapping[str, EstimateView], ground: DrawingView | None) -> Slide:
    """A number alone, with the map that shows how large an area is, or else the other reports of its figure."""
    title = row.says or row.figure.title.for_level(level) or row.figure.title.standard
    words = count_words(title, row.label) + WORDS_OF_A_NUMBER
    sized = row.unit.square_km and row.estimate.value is not None
    picture = ground if sized and ground and isinstance(ground.thing, MapDrawing) and ground.thing.tinted else None
    others: list[EstimateView] = []
    same = [r for r in rows.values() if r.figure is row.figure and r.ref != row.ref and not (r.words or r.how)]
    for other in () if picture else same:
        more = count_words(other.about) + WORDS_OF_A_NUMBER + (0 if others else _OTHERS_SAY)
        if len(others) < _OTHERS and words + more <= MAX_WORDS:
            others.append(other)
            words += more
    sources = tuple(dict.fromkeys(s for r in (row, *others) for s in r.sources))
    return Slide(0, "number", title, row, "", sources, words=words, row=row, others=tuple(others), picture=picture)


def _chapter_slides(chapter: Chapter, ground: DrawingView | None, shares: Sequence[SharesView]) -> Iterator[Slide]:
    title = chapter.says or chapter.title
    for picture in chapter.drawings:
        if picture is not ground:  # the opening shows it
            yield from _pictures(picture)
    debates = [piece for piece in chapter.pieces if piece.pieces]
    for debate in debates:
        shown = debate.says or debate.title
        yield from cards(shown, debate, debate.pieces, debate.paragraphs)
    plain = [piece for piece in chapter.pieces if not piece.pieces]
    if plain and not (chapter.holds == "figures" and chapter.drawings):
        if all(piece.start for piece in plain):
            yield from phases(title, chapter, plain, shares)
        else:
            yield from cards(title, chapter, plain)
    if chapter.intro and not (chapter.pieces or chapter.drawings or chapter.tasks or chapter.entries):
        yield _thought(chapter, title)


def _pictures(picture: DrawingView) -> Iterator[Slide]:
    """A drawing; one that has a panel for each of several figures, a slide for each, with the figure's title."""
    panels = [panel for piece in picture.pieces for panel in _panels(piece)] if picture.kind in _IN_PANELS else []
    says = picture.says or picture.title
    if len(panels) < 2:
        shown = fewer_reports(picture) if picture.kind in _CROWDED else picture
        rows = tuple(row for piece in picture.pieces for row in piece.rows)
        words = count_words(says)
        yield Slide(0, "picture", says, picture, picture.id, shown.sources, words=words, picture=shown, reports=rows)
        return
    for n, (panel, part, parts) in enumerate(panels):
        says = panel.says or panel.title
        sources = tuple(dict.fromkeys(source for row in panel.rows for source in row.sources))
        shown = replace(picture, pieces=(panel,), sources=sources, says="", title=says)
        key = f"{picture.id}-{n + 1}" if n else picture.id  # what refers to the drawing leads to its first panel
        yield Slide(
            *(0, "picture", says, panel, key, sources),
            part=part,
            parts=parts,
            words=count_words(says),
            picture=shown,
            reports=panel.rows,
        )


def _panels(piece: ItemView) -> Iterator[tuple[ItemView, int, int]]:
    """A figure with as many of its estimates as a slide holds, and which part of how many it is."""
    groups = split_evenly(piece.rows, lambda rows: len(rows) <= _ROWS)
    for part, rows in enumerate(groups, 1):
        yield replace(piece, rows=tuple(rows)), part, len(groups)


def _thought(chapter: Chapter, title: str) -> Slide:
    """The first sentence of the first paragraph, and of those after it that leave few words on the slide."""
    words, shown = count_words(title), list[StatementView]()
    for statement in chapter.intro:
        lead = markdown.first_sentence(statement.text)
        if not shown or (words + count_words(lead) <= MAX_WORDS and len(shown) < _EASY):
            words += count_words(lead)
            shown.append(replace(statement, text=lead, terms=()))
    cited = (m.source for s in shown for m in markdown.find_marks(s.text) if isinstance(m, markdown.Citation))
    sources = tuple(dict.fromkeys((*cited, *(source for s in shown for source in s.sources))))
    kind = "closing" if chapter.id == _CLOSING else "thought"
    behind = tuple(chapter.intro)
    return Slide(
        0,
        "closing" if kind == "closing" else "thought",
        title,
        chapter,
        shown[0].id,
        sources,
        words=words,
        said=tuple(shown),
        behind=behind,
    )


def _questions(
    pack: Pack, chapter: Chapter, where: Mapping[str, tuple[str, str]], choice: DeckChoice
) -> Iterator[Slide]:
    """Easy questions of one kind together, each hard one alone."""
    title = chapter.says or chapter.title
    tasks = [(task, *_asked(pack, task, where, choice)) for task in chapter.tasks]

    def fits(group: Sequence[tuple[ExerciseView, SlideTask, Minutes]]) -> bool:
        if len(group) == 1:
            return True
        if len({task.kind for task, _, _ in group}) > 1 or any(task.difficulty > 1 for task, _, _ in group):
            return False
        return len(group) <= _EASY and _task_words(title, group) <= MAX_WORDS

    for group in split_evenly(tasks, fits):
        asked = tuple(task for _, task, _ in group)
        words, minutes = _task_words(title, group), _minutes(group)
        guided = words + len(minutes) * WORDS_OF_ADVICE <= MAX_WORDS
        yield Slide(
            0,
            "question",
            asked[0].text if len(group) == 1 else title,
            asked[0].task if len(group) == 1 else chapter,
            asked[0].task.id,
            words=words + guided * len(minutes) * WORDS_OF_ADVICE,
            tasks=asked,
            minutes=minutes,
            guided=guided and bool(minutes),
        )


def _asked(
    pack: Pack, task: ExerciseView, where: Mapping[str, tuple[str, str]], choice: DeckChoice
) -> tuple[SlideTask, Minutes]:
    exercise = pack.index[task.id]
    assert isinstance(exercise, Exercise)
    look = tuple(dict.fromkeys(where[i] for i in exercise.evidence if i in where))
    minutes = exercise.minutes or choice.minutes.get(task.difficulty) or Minutes()
    return SlideTask(task, task.says or task.text, look), minutes


def _minutes(group: Sequence[tuple[ExerciseView, SlideTask, Minutes]]) -> tuple[tuple[str, int], ...]:
    total: dict[str, int] = {}
    for _, _, minutes in group:
        for step, n in minutes.steps:
            total[step] = total.get(step, 0) + n
    return tuple((step, total[step]) for step in ("think", "pair", "share") if step in total)


def _task_words(title: str, group: Sequence[tuple[ExerciseView, SlideTask, Minutes]]) -> int:
    steps = len(_minutes(group)) * _WORDS_OF_A_STEP
    several = len(group) + count_words(title) if len(group) > 1 else 0  # a number before each, and the headline
    return steps + several + count_words(*(task.text for _, task, _ in group))


def _is_unseen(piece: ItemView, made: Iterable[Slide]) -> bool:
    """Whether no slide gives an item in its notes: a figure whose reports a chart shows."""
    ids = {part.id for slide in made for part in slide.behind if isinstance(part, ItemView)}
    return piece.id not in ids and not any(inner.id in ids for inner in piece.pieces)


def _missing(behind: Iterable[StatementView | ItemView], made: Iterable[Slide]) -> list[StatementView | ItemView]:
    known = {part.id for slide in made for part in all_parts(slide.behind) if isinstance(part, StatementView)}
    return [part for part in behind if isinstance(part, ItemView) or part.id not in known]
