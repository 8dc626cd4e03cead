"""Pack, audience and document -> Briefing: choose, order, number, list the cited sources. Pure."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import TypeVar

from . import text
from .briefing import Briefing, Chapter, Entry, LeftOut, Note, Piece, Reason, Row, Said, Task
from .model import (
    DEPTHS, Argument, Audience, Depth, DocumentChoice, Estimate, Event, Exercise, Figure, Item, LevelText, Objective,
    Option, Paragraph, Part, Person, Phase, Place, Position, Question, Section, SectionChoice, Statement, Term, Unit,
)  # fmt: skip
from .pack import Pack
from .read import Problem, ProblemError

PAPERS = ("a4", "letter")
Chosen = TypeVar("Chosen", Item, Paragraph, Statement, Event, Estimate, Argument, Exercise, Person | Place | Term, Position)
_EVERY_PART: tuple[Part, ...] = ("intro", "paragraphs", "events", "estimates", "arguments", "evidence", "replies")


def compose(pack: Pack, audience: Audience, choice: DocumentChoice, paper: str = "a4") -> Briefing:
    """What this reader gets. Raises ProblemError where a text is missing at the reader's level."""
    reader = _Reader(pack, audience)
    chapters = [c for wanted in audience.sections if (c := reader.chapter(wanted))]
    chapters = list(_known_evidence(chapters))
    keys = [
        replace(reader.row(k.estimate), label=reader.text(k.label, k.estimate))
        for k in pack.info.key_figures if _within(k.depth, audience.key_figures)
    ]  # fmt: skip
    title, deck = reader.text(pack.info.title, pack.id), reader.text(pack.info.deck, pack.id)
    rows = {ref: reader.row(ref) for ref, value in pack.index.items() if isinstance(value, Estimate)}
    if reader.problems:
        raise ProblemError(reader.problems)
    words = sum(text.words(markdown) for markdown in _texts((deck, chapters)))
    return Briefing(
        pack=pack.info, audience=audience, choice=choice, paper=paper, title=title, deck=deck,
        key_figures=tuple(keys), chapters=tuple(chapters), notes=tuple(reader.notes(keys, chapters)),
        left_out=tuple(_left_out(pack, audience, chapters)), words=words,
        minutes=math.ceil(words / audience.words_per_minute), rows=rows,
        places={said.id: said.number for said in _said(chapters) if said.number},
    )  # fmt: skip


class _Reader:
    """Turns the pack's values into this reader's, noting each text that is missing at the reader's level."""

    def __init__(self, pack: Pack, audience: Audience) -> None:
        self.pack = pack
        self.audience = audience
        self.problems: list[Problem] = []

    def chapter(self, wanted: SectionChoice) -> Chapter | None:
        """The section as chosen; None where the pack has none, or nothing in it is for this reader."""
        numbered = enumerate(self.pack.info.sections, 1)
        number, section = next(((n, s) for n, s in numbered if s.id == wanted.section), (0, None))
        if section is None:
            return None
        parts = wanted.parts or _EVERY_PART
        chapter = Chapter(
            section.id, number, wanted.title or self.text(section.title, section.id), section.holds or "",
            intro=self.said(section.paragraphs, section, wanted) if "intro" in parts else (),
            pieces=tuple(self.piece(i, section, wanted, parts) for i in _chosen(self.pack.items(section), wanted.depth)),
            entries=tuple(self.entry(e) for e in _chosen(self._entries(section), wanted.depth)),
            tasks=tuple(self.task(e, parts) for e in _chosen(self._exercises(section), wanted.depth)),
        )  # fmt: skip
        return chapter if chapter.intro or chapter.pieces or chapter.entries or chapter.tasks else None

    def piece(self, item: Item, section: Section, wanted: SectionChoice, parts: Sequence[Part]) -> Piece:
        """One titled item with whatever the chosen parts allow."""
        piece = Piece(
            item.id, self.text(item.title, item.id),
            paragraphs=self.said(item.paragraphs, section, wanted) if "paragraphs" in parts else (),
        )  # fmt: skip
        if isinstance(item, Objective | Option | Position):
            piece = replace(piece, by=self.names(item.by), as_of=item.as_of, sources=item.sources)
        if isinstance(item, Objective | Figure):
            piece = replace(piece, kind=item.kind)
        if isinstance(item, Phase):
            rows = tuple(self.row(ref) for ref in item.estimates) if "estimates" in parts else ()
            events = tuple(map(self.statement, _chosen(item.events, wanted.depth))) if "events" in parts else ()
            return replace(piece, start=item.start, end=item.end, events=events, rows=rows)
        if isinstance(item, Figure) and "estimates" in parts:
            refs = [f"{item.id}/{e.id}" for e in _chosen(item.estimates, wanted.depth)]
            return replace(piece, rows=tuple(map(self.row, refs)))
        if isinstance(item, Question):
            positions = _chosen(item.positions, wanted.depth)
            return replace(piece, pieces=tuple(self.piece(p, section, wanted, parts) for p in positions))
        if isinstance(item, Position) and "arguments" in parts:
            return replace(piece, reasons=tuple(self.reason(a, parts) for a in _chosen(item.arguments, wanted.depth)))
        return piece

    def reason(self, argument: Argument, parts: Sequence[Part]) -> Reason:
        """An argument, with evidence and replies where they are wanted."""
        return Reason(
            Said(argument.id, self.text(argument.text, argument.id)),
            tuple(map(self.statement, argument.evidence)) if "evidence" in parts else (),
            tuple(map(self.statement, argument.replies)) if "replies" in parts else (),
        )

    def said(self, paragraphs: Iterable[Paragraph], section: Section, wanted: SectionChoice) -> tuple[Said, ...]:
        """The numbered paragraphs of the chosen depth and aspects."""
        labels = {aspect.id: aspect.label for aspect in section.aspects}
        out = []
        for paragraph in _chosen(paragraphs, wanted.depth):
            if paragraph.aspect and wanted.aspects is not None and paragraph.aspect not in wanted.aspects:
                continue
            label = self.text(labels[paragraph.aspect], section.id) if paragraph.aspect else ""
            out.append(replace(self.statement(paragraph), number=self.pack.numbers[paragraph.id], label=label))
        return tuple(out)

    def statement(self, statement: Statement) -> Said:
        """A statement with its attribution in words."""
        return Said(
            statement.id, self.text(statement.text, statement.id), by=self.names(statement.by), as_of=statement.as_of,
            date=statement.date if isinstance(statement, Event) else None, status=statement.status or "", sources=statement.sources,
        )  # fmt: skip

    def row(self, ref: str) -> Row:
        """An estimate with everything its table says of it."""
        figure, estimate = self.pack.estimate(ref)
        unit = self.pack.units.get(estimate.unit or figure.unit, Unit())
        derived = estimate.derived
        return Row(
            ref, figure, estimate, unit, self.optional(estimate.words, ref), self.names(estimate.by), self.names(estimate.via),
            self.optional(estimate.about, ref), self.optional(estimate.basis, ref),
            self.optional(derived.how, ref) if derived else "",
            tuple(r if "/" in r else f"{figure.id}/{r}" for r in estimate.rival_of),
            estimate.sources or tuple(dict.fromkeys(s for of in (derived.of if derived else ()) for s in self.pack.estimate(of)[1].sources)),
        )  # fmt: skip

    def entry(self, thing: Person | Place | Term) -> Entry:
        """A person, place or term."""
        name = thing.term if isinstance(thing, Term) else thing.name
        words = thing.role if isinstance(thing, Person) else thing.text
        return Entry(thing.id, name, self.text(words, thing.id), thing, thing.sources)

    def task(self, exercise: Exercise, parts: Sequence[Part]) -> Task:
        """A question, with its answer only where answers are wanted."""
        task = Task(exercise.id, self.pack.numbers[exercise.id], exercise.kind, exercise.difficulty,
                    self.text(exercise.text, exercise.id))  # fmt: skip
        if "answers" not in parts:
            return task
        return replace(
            task, answer=self.text(exercise.answer, exercise.id), marks=tuple(self.text(m, exercise.id) for m in exercise.marks),
            evidence=tuple((i, self.pack.numbers[i]) for i in exercise.evidence),
        )  # fmt: skip

    def names(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The names of people and organisations; for a source or origin, its publisher's."""
        found = (self.pack.index[i] for i in ids)
        return tuple(thing.name if isinstance(thing, Person) else str(getattr(thing, "publisher", "")) for thing in found)

    def text(self, value: LevelText, owner: str) -> str:
        """The text at the reader's level; a Problem at its owner's place where there is none."""
        found = value.at(self.audience.level)
        if found is None:
            message = f"'{owner}' has no text at level {self.audience.level}, and '{self.audience.id}' shows it"
            hint = f"write one, or raise its depth above what data/audiences/{self.audience.id}.yaml asks for"
            problem = Problem("missing-level", message, self.pack.marks.get(owner), hint)
            if problem not in self.problems:
                self.problems.append(problem)
        return found or ""

    def optional(self, value: LevelText | None, owner: str) -> str:
        """As text(), for a field that may be left out; a table cell may fall back to standard."""
        return value and (value.at(self.audience.level) or value.standard) or ""

    def notes(self, keys: Sequence[Row], chapters: Sequence[Chapter]) -> Iterator[Note]:
        """Every source cited, numbered in the order it is first cited."""
        cited: dict[str, dict[tuple[str, str], None]] = {}
        for source, said in _cited((keys, chapters)):
            places = cited.setdefault(source, {})
            if said and said.number:
                places[said.id, said.number] = None
        for number, (source_id, places) in enumerate(cited.items(), 1):
            source = self.pack.index[source_id]
            yield Note(number, source, self.optional(source.standpoint, source_id), self.optional(source.note, source_id), tuple(places))  # type: ignore[attr-defined,arg-type]

    def _entries(self, section: Section) -> Sequence[Person | Place | Term]:
        kinds = {"people": self.pack.people, "places": self.pack.places, "glossary": self.pack.terms}
        found: Sequence[Person | Place | Term] = kinds.get(section.holds or "", ())
        return sorted(found, key=lambda e: (e.term if isinstance(e, Term) else e.name).casefold()) if section.holds == "glossary" else found

    def _exercises(self, section: Section) -> tuple[Exercise, ...]:
        return self.pack.exercises if section.holds == "exercises" else ()


def _within(depth: Depth, wanted: Depth) -> bool:
    return DEPTHS.index(depth) <= DEPTHS.index(wanted)


def _chosen(items: Iterable[Chosen], wanted: Depth) -> list[Chosen]:
    return [item for item in items if _within(item.depth, wanted)]


def _said(value: object) -> Iterator[Said]:
    """Every statement inside `value`, in reading order: the order in which the fields are declared."""
    for part in _walk(value):
        if isinstance(part, Said):
            yield part


def _texts(value: object) -> Iterator[str]:
    """Every Markdown text a reader reads."""
    for part in _walk(value):
        if isinstance(part, Said | Entry | Task):
            yield part.text
            yield getattr(part, "answer", "")
        elif isinstance(part, str):
            yield part


def _cited(value: object) -> Iterator[tuple[str, Said | None]]:
    """(source id, the statement that cites it), in reading order."""
    for part in _walk(value):
        said = part if isinstance(part, Said) else None
        for markdown in (getattr(part, "text", ""), getattr(part, "answer", "")):
            for mark in text.marks(markdown):
                if isinstance(mark, text.Cite):
                    yield mark.source, said
        for source in getattr(part, "sources", ()):
            yield source, said


def _walk(value: object) -> Iterator[object]:
    """The parts of a briefing inside `value`, and the strings that stand directly in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _walk(item)
    elif isinstance(value, Chapter | Piece | Reason | Said | Row | Entry | Task):
        yield value
        for field in fields(value):
            inner = getattr(value, field.name)
            if isinstance(inner, Said | tuple) and field.name not in ("by", "via", "sources", "rivals", "evidence" if isinstance(value, Task) else ""):
                yield from _walk(inner)


def _known_evidence(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    """Questions point only at paragraphs that stand on these sheets."""
    chapters = list(chapters)
    known = {said.id for said in _said(chapters) if said.number}
    for chapter in chapters:
        tasks = tuple(replace(t, evidence=tuple(e for e in t.evidence if e[0] in known)) for t in chapter.tasks)
        yield replace(chapter, tasks=tasks)


def _left_out(pack: Pack, audience: Audience, chapters: Sequence[Chapter]) -> Iterator[LeftOut]:
    """What the pack holds beside what these chapters show, section by section."""
    shown = {chapter.id: chapter for chapter in chapters}
    for section in pack.info.sections:
        chapter = shown.get(section.id)
        of = len(pack.items(section)) or len(section.paragraphs)
        if section.holds in ("people", "places", "glossary", "exercises", "guidance") or not of:
            continue
        items = pack.items(section)
        if items and isinstance(items[0], Question):
            of = sum(len(q.positions) for q in items if isinstance(q, Question))
        there = 0
        if chapter:
            there = sum(len(p.pieces) or 1 for p in chapter.pieces) if items else len(chapter.intro)
        if there < of:
            title = section.title.at(audience.level) or section.title.standard
            yield LeftOut(section.id, title, section.holds or "", of - there, of)
