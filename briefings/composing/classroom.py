"""Chapters -> where they show the evidence of answers, and only the text that questions and lessons rest on. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..briefing.parts import ArgumentView, Chapter, ItemView
from ..briefing.walk import where_shown
from ..pack.pack import Pack
from ..schema.audience import DocumentChoice, SectionChoice
from ..schema.figures import Estimate, Figure


def places_for_teacher(chapters: Sequence[Chapter], beside: Sequence[Chapter]) -> Mapping[str, tuple[str, str]]:
    """Where a teacher finds each thing: on this paper, or else on the one beside it, to which nothing can be linked."""
    elsewhere = {id_: ("", place) for id_, (_, place) in _places(beside).items()}
    return elsewhere | _places(chapters)


def _places(chapters: Sequence[Chapter]) -> dict[str, tuple[str, str]]:
    """Where chapters show something, questions included."""
    tasks = {task.id: (task.id, task.number) for chapter in chapters for task in chapter.tasks}
    return where_shown(chapters) | tasks


def locate_evidence(chapters: list[Chapter]) -> list[Chapter]:
    """Name where this document shows the evidence of each answer. What it does not show, the rules report."""
    if not any(task.evidence for chapter in chapters for task in chapter.tasks):
        return chapters
    places = where_shown(chapters)
    out = []
    for chapter in chapters:
        tasks = (replace(task, evidence=located((i for i, _ in task.evidence), places)) for task in chapter.tasks)
        out.append(replace(chapter, tasks=tuple(tasks)))
    return out


def located(ids: Iterable[str], places: Mapping[str, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Where a document shows some things. Each place once: two towns on one map are one place to look."""
    return tuple(dict.fromkeys(places[i] for i in ids if i in places))


def only_evidence(
    pack: Pack, choice: DocumentChoice, chapters: list[Chapter], sections: Iterable[SectionChoice]
) -> list[Chapter]:
    """Reduce the chapters of which `only` the evidence is wanted to what questions, lessons and checks rest on."""
    reduced = {section.section for section in sections if section.only}
    if not reduced:
        return chapters
    asked = {task.id for chapter in chapters for task in chapter.tasks}
    needed = {i for exercise in pack.exercises if exercise.id in asked for i in exercise.evidence}
    if "checks" in choice.shows:
        needed |= {i for check in pack.checks for i in check.evidence}
    if "misunderstandings" in choice.shows:
        needed |= {i for each in pack.misunderstandings for i in each.evidence}
    if "lessons" in choice.shows:
        # Not the reports on a step's cards: they are shown as cards.
        steps = [step for lesson in pack.lessons for step in lesson.steps]
        needed |= {i for step in steps for i in step.uses if not isinstance(pack.index[i], Estimate | Figure)}
    if not needed:  # a pack without questions: its text is all that it has to offer
        return chapters
    return [_needed(chapter, needed) if chapter.id in reduced else chapter for chapter in chapters]


def _needed(chapter: Chapter, needed: set[str]) -> Chapter:
    return replace(
        chapter,
        intro=tuple(said for said in chapter.intro if said.id in needed),
        pieces=tuple(piece for item in chapter.pieces if (piece := _needed_of_item(item, needed))),
    )


def _needed_of_item(item: ItemView, needed: set[str]) -> ItemView | None:
    """Return an item with what is needed of it, or None. A figure that is needed as a whole keeps its reports."""
    view = replace(
        item,
        paragraphs=tuple(said for said in item.paragraphs if said.id in needed),
        events=tuple(said for said in item.events if said.id in needed),
        rows=tuple(row for row in item.rows if item.id in needed or row.ref in needed),
        reasons=tuple(reason for reason in item.reasons if needed & _said_in(reason)),
        pieces=tuple(piece for inner in item.pieces if (piece := _needed_of_item(inner, needed))),
    )
    return view if view.paragraphs or view.events or view.rows or view.reasons or view.pieces else None


def _said_in(reason: ArgumentView) -> set[str]:
    """The ids of an argument, its evidence and its replies: a reply stands with what it answers."""
    return {said.id for said in (reason.said, *reason.evidence, *reason.replies)}
