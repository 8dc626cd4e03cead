"""A pack's values -> the same as one reader gets them: by depth, aspect and part, at one level. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from ..briefing.parts import ArgumentView, Chapter, EntryView, EstimateView, ExerciseView, ItemView, StatementView
from ..pack.pack import Pack
from ..problems import Problem
from ..schema.audience import Audience, SectionChoice
from ..schema.fields import Depth, LevelText, YamlModel, is_within_depth
from ..schema.figures import Estimate, Figure, Unit
from ..schema.statements import Event, Item, Paragraph, Statement
from ..schema.topic import (
    Argument,
    ContentPart,
    Exercise,
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

Chosen = TypeVar(
    "Chosen", Item, Paragraph, Statement, Event, Estimate, Argument, Exercise, Person | Place | Term, Position
)
_EVERY_PART: tuple[ContentPart, ...] = (
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
    """Turns the pack's values into this reader's, noting each text that is missing at the reader's level."""

    def __init__(self, pack: Pack, audience: Audience, answers: bool = False) -> None:
        self.pack = pack
        self.audience = audience
        self.answers = answers
        self.problems: list[Problem] = []

    def chapter(self, section_choice: SectionChoice) -> Chapter | None:
        """The section as chosen; None where the pack has none, or nothing in it is for this reader."""
        numbered = enumerate(self.pack.info.sections, 1)
        number, section = next(((n, s) for n, s in numbered if s.id == section_choice.section), (0, None))
        if section is None:
            return None
        parts = _EVERY_PART if section_choice.parts is None else section_choice.parts
        parts = (*parts, "answers") if self.answers else parts
        items = _down_to_depth(self.pack.items(section), section_choice.depth)
        chapter = Chapter(
            section.id,
            number,
            section_choice.title or self.text(section.title, section.id),
            section.holds or "",
            intro=self.numbered_paragraphs(section.paragraphs, section, section_choice) if "intro" in parts else (),
            pieces=tuple(filter(_says_something, (self.item(i, section, section_choice, parts) for i in items))),
            entries=tuple(self.entry(e) for e in _down_to_depth(self._entries(section), section_choice.depth)),
            tasks=tuple(
                self.exercise(e, parts)
                for e in _down_to_depth(self._exercises(section, section_choice), section_choice.depth)
            ),
        )
        return chapter if section_choice.drawings or has_content(chapter) else None

    def item(self, item: Item, section: Section, wanted: SectionChoice, parts: Sequence[ContentPart]) -> ItemView:
        """One titled item with whatever the chosen parts allow."""
        piece = ItemView(
            item.id,
            self.text(item.title, item.id),
            paragraphs=self.numbered_paragraphs(item.paragraphs, section, wanted) if "paragraphs" in parts else (),
        )
        if isinstance(item, Objective | Option | Position):
            piece = replace(piece, by=self.names(item.by), as_of=item.as_of, sources=item.sources)
        if isinstance(item, Objective | Figure):
            piece = replace(piece, kind=item.kind)
        if isinstance(item, Phase):
            rows = tuple(self.estimate(ref) for ref in item.estimates) if "estimates" in parts else ()
            events = (
                tuple(map(self.statement, _down_to_depth(item.events, wanted.events or wanted.depth)))
                if "events" in parts
                else ()
            )
            return replace(piece, start=item.start, end=item.end, events=events, rows=rows)
        if isinstance(item, Figure) and "estimates" in parts:
            chosen = _down_to_depth(item.estimates, wanted.depth)
            refs = [f"{item.id}/{e.id}" for e in sorted(chosen, key=_report_date_key)]
            table = [self.estimate(ref) for ref in refs]
            return replace(piece, rows=tuple(r if "basis" in parts else replace(r, basis="") for r in table))
        if isinstance(item, Question):
            positions = _down_to_depth(item.positions, wanted.depth)
            return replace(piece, pieces=tuple(self.item(p, section, wanted, parts) for p in positions))
        if isinstance(item, Position) and "arguments" in parts:
            return replace(
                piece, reasons=tuple(self.argument(a, parts) for a in _down_to_depth(item.arguments, wanted.depth))
            )
        return piece

    def argument(self, argument: Argument, parts: Sequence[ContentPart]) -> ArgumentView:
        """An argument, with evidence and replies where they are wanted."""
        return ArgumentView(
            StatementView(argument.id, self.text(argument.text, argument.id)),
            tuple(map(self.statement, argument.evidence)) if "evidence" in parts else (),
            tuple(map(self.statement, argument.replies)) if "replies" in parts else (),
        )

    def numbered_paragraphs(
        self, paragraphs: Iterable[Paragraph], section: Section, wanted: SectionChoice
    ) -> tuple[StatementView, ...]:
        """The numbered paragraphs of the chosen depth and aspects."""
        labels = {aspect.id: aspect.label for aspect in section.aspects[1:]}  # the first is what the title promises
        out = []
        for paragraph in _down_to_depth(paragraphs, wanted.depth):
            if paragraph.aspect and wanted.aspects is not None and paragraph.aspect not in wanted.aspects:
                continue
            label = self.text(labels[paragraph.aspect], section.id) if paragraph.aspect in labels else ""
            out.append(replace(self.statement(paragraph), number=self.pack.numbers[paragraph.id], label=label))
        return tuple(out)

    def statement(self, statement: Statement) -> StatementView:
        """A statement with its attribution in words."""
        return StatementView(
            statement.id,
            self.text(statement.text, statement.id),
            by=self.names(statement.by),
            as_of=statement.as_of,
            date=statement.date if isinstance(statement, Event) else None,
            status=statement.status or "",
            sources=statement.sources,
        )

    def estimate(self, ref: str) -> EstimateView:
        """An estimate with everything its table says of it."""
        figure, estimate = self.pack.estimate(ref)
        unit = self.pack.units.get(estimate.unit or figure.unit, Unit())
        derived = estimate.derived
        return EstimateView(
            ref,
            figure,
            estimate,
            unit,
            self.optional(estimate.words, ref),
            self.names(estimate.by or (() if derived else estimate.sources)),
            self.names(estimate.via),
            self.optional(estimate.about, ref),
            self.optional(estimate.basis, ref),
            self.optional(derived.how, ref) if derived else "",
            tuple(r if "/" in r else f"{figure.id}/{r}" for r in estimate.rival_of),
            estimate.sources
            or tuple(
                dict.fromkeys(s for of in (derived.of if derived else ()) for s in self.pack.estimate(of)[1].sources)
            ),
        )

    def entry(self, thing: Person | Place | Term) -> EntryView:
        """A person, place or term."""
        name = thing.term if isinstance(thing, Term) else thing.name
        words = thing.role if isinstance(thing, Person) else thing.text
        return EntryView(thing.id, name, self.text(words, thing.id), thing, thing.sources)

    def exercise(self, exercise: Exercise, parts: Sequence[ContentPart]) -> ExerciseView:
        """A question, with its answer only where answers are wanted."""
        task = ExerciseView(
            exercise.id,
            self.pack.numbers[exercise.id],
            exercise.kind,
            exercise.difficulty,
            self.text(exercise.text, exercise.id),
        )
        if "answers" not in parts:
            return task
        return replace(
            task,
            answer=self.text(exercise.answer, exercise.id),
            marks=tuple(self.text(m, exercise.id) for m in exercise.marks),
            evidence=tuple((i, self.pack.numbers[i]) for i in exercise.evidence),
        )

    def names(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The names of people and organisations; of a book its title, of another source or origin its publisher."""
        return tuple(speaker_name(self.pack.index[i]) for i in ids)

    def text(self, value: LevelText, owner: str) -> str:
        """The text at the reader's level; a Problem at its owner's place where there is none."""
        found = value.for_level(self.audience.level)
        if found is None:
            message = f"'{owner}' has no text at level {self.audience.level}, and '{self.audience.id}' shows it"
            hint = f"write one, or raise its depth above what data/audiences/{self.audience.id}.yaml asks for"
            problem = Problem("missing-level", message, self.pack.marks.get(owner), hint)
            if problem not in self.problems:
                self.problems.append(problem)
        return found or ""

    def optional(self, value: LevelText | None, owner: str) -> str:
        """As text(), for a field that may be left out; a table cell may fall back to standard."""
        return (value and (value.for_level(self.audience.level) or value.standard)) or ""

    def _entries(self, section: Section) -> Sequence[Person | Place | Term]:
        if section.holds == "glossary":
            return sorted(self.pack.terms, key=lambda term: term.term.casefold())
        if section.holds == "people":
            return self.pack.people
        return self.pack.places if section.holds == "places" else ()

    def _exercises(self, section: Section, wanted: SectionChoice) -> tuple[Exercise, ...]:
        if section.holds != "exercises":
            return ()
        return tuple(e for e in self.pack.exercises if wanted.exercises is None or e.kind in wanted.exercises)


def _report_date_key(estimate: Estimate) -> tuple[bool, date, date]:
    """Reports in the order of their dates; those without one last, those of one day as the pack has them."""
    when = estimate.as_of
    return (when is None, when.first if when else date.max, when.last if when else date.max)


def speaker_name(thing: YamlModel) -> str:
    """Who speaks, in words: a name; a book's title, another work's publisher."""
    if isinstance(thing, Person):
        return thing.name
    return str(thing.title if isinstance(thing, Source) and thing.kind == "book" else getattr(thing, "publisher", ""))


def _says_something(piece: ItemView) -> bool:
    """Whether the chosen parts left anything under a piece's title."""
    return bool(piece.paragraphs or piece.events or piece.rows or piece.reasons or piece.pieces)


def has_content(chapter: Chapter) -> bool:
    """Whether anything stands under a chapter's title."""
    return bool(chapter.intro or chapter.pieces or chapter.entries or chapter.tasks or chapter.drawings)


def _down_to_depth(items: Iterable[Chosen], wanted: Depth) -> list[Chosen]:
    return [item for item in items if is_within_depth(item.depth, wanted)]
