"""Values of a pack -> the parts of a briefing: selected by depth, aspect and part, with texts at one level. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..briefing.items import ArgumentView, EntryView, EstimateView, ExerciseView, ItemView, LevelView, StatementView
from ..briefing.parts import Chapter
from ..pack.pack import Pack
from ..pack.relations import rivals
from ..problems import Problem
from ..schema.audience import Audience, SectionChoice
from ..schema.classroom import Exercise
from ..schema.fields import LevelText, YamlModel
from ..schema.figures import Estimate, Figure, Unit
from ..schema.statements import Event, Item, Paragraph, Statement
from ..schema.topic import (
    Argument,
    ContentPart,
    Objective,
    Option,
    Person,
    Phase,
    Place,
    Position,
    Question,
    Section,
    Source,
    Term,
)
from .chosen import down_to_depth, shown_aspects
from .levels import levels_of
from .standing import basis_kinds, published_later

# What a section gets if its audience lists no `parts`: everything but "answers", which must be requested explicitly.
_DEFAULT_PARTS: tuple[ContentPart, ...] = (
    "intro",
    "paragraphs",
    "events",
    "estimates",
    "arguments",
    "evidence",
    "replies",
    "basis",
)


class AudienceView:
    """Creates the parts of a briefing for one audience.

    A text that is missing at the audience's level becomes "" and adds a Problem to `problems`. The caller raises them
    at the end, so that an author sees all of them at once. With `every_level`, parts have texts at all levels.
    """

    def __init__(self, pack: Pack, audience: Audience, answers: bool = False, every_level: bool = False) -> None:
        self.pack = pack
        self.audience = audience
        self.answers = answers
        self.every_level = every_level
        self.problems: list[Problem] = []
        self._rivals = rivals(pack)

    def chapter(self, section_choice: SectionChoice) -> Chapter | None:
        """Return the section, or None if the pack lacks it or nothing in it is selected.

        Audiences are shared by packs, so a section that a pack lacks is no error. A chapter may be empty if the
        audience asks for drawings in it: compose() adds these and removes chapters that are still empty.
        """
        numbered = enumerate(self.pack.info.sections, 1)
        number, section = next(((n, s) for n, s in numbered if s.id == section_choice.section), (0, None))
        if section is None:
            return None
        parts = _DEFAULT_PARTS if section_choice.parts is None else section_choice.parts
        parts = (*parts, "answers") if self.answers else parts
        items = down_to_depth(self.pack.items(section), section_choice.depth)
        chapter = Chapter(
            section.id,
            number,
            section_choice.title or self.text(section.title, section.id),
            section.holds or "",
            intro=self.numbered_paragraphs(section.paragraphs, section, section_choice) if "intro" in parts else (),
            pieces=tuple(filter(_item_has_content, (self.item(i, section, section_choice, parts) for i in items))),
            entries=tuple(self.entry(e) for e in down_to_depth(self._entries(section), section_choice.depth)),
            tasks=tuple(
                self.exercise(e, parts)
                for e in down_to_depth(self._exercises(section, section_choice), section_choice.depth)
            ),
            says=self.headline(section.says),
        )
        told = {said.aspect for piece in chapter.pieces for part in (piece, *piece.pieces) for said in part.paragraphs}
        aspects = tuple((a.id, self.text(a.label, section.id)) for a in section.aspects if a.id in told)
        chapter = replace(chapter, aspects=aspects)
        return chapter if section_choice.drawings or has_content(chapter) else None

    def item(self, item: Item, section: Section, choice: SectionChoice, parts: Sequence[ContentPart]) -> ItemView:
        """Return one titled item with the content that `parts` selects; only its title if that is none."""
        view = ItemView(
            item.id,
            self.text(item.title, item.id),
            paragraphs=self.numbered_paragraphs(item.paragraphs, section, choice)
            if {"paragraphs", "brief"} & {*parts}
            else (),
            says=self.headline(item.says),
        )
        if isinstance(item, Objective | Option | Position):
            view = replace(view, by=self.names(item.by), as_of=item.as_of, sources=item.sources)
        if isinstance(item, Objective | Figure):
            view = replace(view, kind=item.kind)
        if isinstance(item, Phase):
            rows = tuple(self.estimate(ref) for ref in item.estimates) if "estimates" in parts else ()
            events = (
                tuple(map(self.statement, down_to_depth(item.events, choice.events or choice.depth)))
                if "events" in parts
                else ()
            )
            return replace(view, start=item.start, end=item.end, events=events, rows=rows)
        if isinstance(item, Figure) and "estimates" in parts:
            estimates = down_to_depth(item.estimates, choice.depth)
            refs = [f"{item.id}/{e.id}" for e in sorted(estimates, key=report_date_key)]
            rows = tuple(self.estimate(ref) for ref in refs)
            return replace(view, rows=tuple(r if "basis" in parts else replace(r, basis="") for r in rows))
        if isinstance(item, Question):
            positions = down_to_depth(item.positions, choice.depth)
            leans = tuple((lean.id, self.text(lean.title, lean.id)) for lean in item.leans)
            # A position of which the audience gets nothing would be a bare heading: rule left-bare reports it.
            pieces = tuple(filter(_item_has_content, (self.item(p, section, choice, parts) for p in positions)))
            return replace(view, pieces=pieces, leans=leans)
        if isinstance(item, Position):
            view = replace(view, lean=item.leans or "")
        if isinstance(item, Position) and "arguments" in parts:
            return replace(
                view, reasons=tuple(self.argument(a, parts) for a in down_to_depth(item.arguments, choice.depth))
            )
        return view

    def argument(self, argument: Argument, parts: Sequence[ContentPart]) -> ArgumentView:
        """Return an argument; its evidence and replies only if they are in `parts`."""
        return ArgumentView(
            StatementView(argument.id, self.text(argument.text, argument.id), levels=self.levels(argument.text)),
            tuple(map(self.statement, argument.evidence)) if "evidence" in parts else (),
            tuple(map(self.statement, argument.replies)) if "replies" in parts else (),
        )

    def numbered_paragraphs(
        self, paragraphs: Iterable[Paragraph], section: Section, choice: SectionChoice
    ) -> tuple[StatementView, ...]:
        """Return the paragraphs of the chosen depth and aspects. A paragraph without an aspect is always included."""
        # The first aspect needs no label: it is what the section's title announces.
        labels = {aspect.id: aspect.label for aspect in section.aspects[1:]}
        views = []
        brief = "brief" in (choice.parts or ())
        wanted = shown_aspects(section, choice)
        for paragraph in down_to_depth(paragraphs, choice.paragraphs or choice.depth):
            if paragraph.aspect and paragraph.aspect not in wanted:
                continue
            label = self.text(labels[paragraph.aspect], section.id) if paragraph.aspect in labels else ""
            shown = paragraph.model_copy(update={"text": paragraph.brief}) if brief and paragraph.brief else paragraph
            number, aspect = self.pack.numbers[paragraph.id], paragraph.aspect or ""
            views.append(replace(self.statement(shown), number=number, label=label, aspect=aspect))
        return tuple(views)

    def statement(self, statement: Statement) -> StatementView:
        """Return a statement with the names of its speakers. It has no number."""
        return StatementView(
            statement.id,
            self.text(statement.text, statement.id),
            by=self.names(statement.by),
            as_of=statement.as_of,
            date=statement.date if isinstance(statement, Event) else None,
            status=statement.status or "",
            sources=statement.sources,
            levels=self.levels(statement.text),
        )

    def estimate(self, ref: str) -> EstimateView:
        """Return the estimate "figure/estimate".

        An estimate without speakers is attributed to its sources, a derived one to nobody: we calculated it.
        """
        figure, estimate = self.pack.estimate(ref)
        derived = estimate.derived
        by = self.names(estimate.by or (() if derived else estimate.sources))
        return EstimateView(
            ref,
            figure,
            estimate,
            self.pack.units.get(estimate.unit or figure.unit, Unit()),
            self.optional(estimate.words, ref),
            by,
            tuple(name for name in self.names(estimate.via) if name not in by),
            self.optional(estimate.about, ref),
            self.optional(estimate.basis, ref),
            self.optional(derived.how, ref) if derived else "",
            self._rivals.get(ref, ()),
            estimate.sources
            or tuple(
                dict.fromkeys(s for of in (derived.of if derived else ()) for s in self.pack.estimate(of)[1].sources)
            ),
            basis_kinds(self.pack, estimate),
            later=published_later(self.pack, estimate),
        )

    def entry(self, thing: Person | Place | Term) -> EntryView:
        """Return a person (with the role as text), place or term."""
        name = thing.term if isinstance(thing, Term) else thing.name
        text = thing.role if isinstance(thing, Person) else thing.text
        return EntryView(thing.id, name, self.text(text, thing.id), thing, thing.sources, self.levels(text))

    def exercise(self, exercise: Exercise, parts: Sequence[ContentPart]) -> ExerciseView:
        """Return a question; its answer, evidence and marks only if `parts` contains "answers"."""
        view = ExerciseView(
            exercise.id,
            self.pack.numbers[exercise.id],
            exercise.kind,
            exercise.difficulty,
            self.text(exercise.text, exercise.id),
            says=self.headline(exercise.says),
            levels=self.levels(exercise.text),
        )
        if "answers" not in parts:
            return view
        return replace(
            view,
            answer=self.text(exercise.answer, exercise.id),
            marks=tuple(self.text(mark.point, exercise.id) for mark in exercise.marks),
            evidence=tuple((i, self.pack.numbers.get(i, "")) for i in exercise.evidence),
        )

    def label(self, key: str) -> str:
        """Return the number of a paragraph or exercise, or else the title or the name of what has this id."""
        if key in self.pack.numbers:
            return self.pack.numbers[key]
        section = next((section for section in self.pack.info.sections if section.id == key), None)
        thing = section or self.pack.index[key]
        title = next((vars(thing)[name] for name in ("title", "name", "term") if name in vars(thing)), key)
        return self.text(title, key) if isinstance(title, LevelText) else str(title)

    def names(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the speaker_name() of each id, each name once: several sources may have one publisher."""
        return tuple(dict.fromkeys(speaker_name(self.pack.index[i]) for i in ids))

    def text(self, value: LevelText, owner: str) -> str:
        """Return the text at the audience's level, or "" and add a Problem at the place where `owner` is defined."""
        text = value.for_level(self.audience.level)
        if text is None:
            message = f"'{owner}' has no text at level {self.audience.level}, and '{self.audience.id}' shows it"
            hint = f"write one, or raise its depth above what data/audiences/{self.audience.id}.yaml asks for"
            problem = Problem("missing-level", message, self.pack.marks.get(owner), hint)
            if problem not in self.problems:
                self.problems.append(problem)
        return text or ""

    def levels(self, value: LevelText) -> tuple[LevelView, ...]:
        """Return the texts at all levels, if the document gives them all."""
        return levels_of(value) if self.every_level else ()

    def optional(self, value: LevelText | None, owner: str) -> str:
        """Return an optional text, or "".

        Unlike text() it falls back to the standard level, since optional texts are short phrases in tables.
        """
        return (value and (value.for_level(self.audience.level) or value.standard)) or ""

    def headline(self, value: LevelText | None) -> str:
        """Return what something says at the audience's level, or "": a plain reader gets the title instead."""
        return (value and value.for_level(self.audience.level)) or ""

    def _entries(self, section: Section) -> Sequence[Person | Place | Term]:
        if section.holds == "glossary":
            return sorted(self.pack.terms, key=lambda term: term.term.casefold())
        if section.holds == "people":
            return self.pack.people
        return self.pack.places if section.holds == "places" else ()

    def _exercises(self, section: Section, choice: SectionChoice) -> tuple[Exercise, ...]:
        if section.holds != "exercises":
            return ()
        return tuple(e for e in self.pack.exercises if choice.exercises is None or e.kind in choice.exercises)


def report_date_key(estimate: Estimate) -> tuple[bool, tuple[int, int, str]]:
    """Sort key: by date, undated estimates last. Sorting is stable, so those of one day keep the pack's order."""
    when = estimate.as_of
    return (when is None, when.order if when else (0, 0, ""))


def speaker_name(thing: YamlModel) -> str:
    """Return a person's or organisation's name, a book's title, or the publisher of another source or origin."""
    if isinstance(thing, Person):
        return thing.name
    return str(thing.title if isinstance(thing, Source) and thing.kind == "book" else getattr(thing, "publisher", ""))


def _item_has_content(view: ItemView) -> bool:
    """Return whether there is anything under the item's title."""
    return bool(view.paragraphs or view.events or view.rows or view.reasons or view.pieces)


def has_content(chapter: Chapter) -> bool:
    """Return whether there is anything under the chapter's title."""
    return bool(chapter.intro or chapter.pieces or chapter.entries or chapter.tasks or chapter.drawings)
