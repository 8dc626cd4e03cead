"""Rules on lessons: minutes that add up, papers and slides that are made, and misunderstandings with evidence."""

from collections.abc import Iterator
from itertools import chain

from ....schema.lessons import Lesson, LessonGroup, LessonSession, LessonStep, LessonVariant, Misunderstanding
from ...context import CheckContext, Located
from ...rule import Finding, Rule, at_value
from ..classroom import shown_to_reader


def lesson_minutes(context: CheckContext) -> Iterator[Finding]:
    for located, lesson in context.values_of(Lesson):
        if (total := sum(step.minutes for step in lesson.steps)) != lesson.minutes:
            message = f"the steps of lesson '{lesson.id}' take {total} minutes, not {lesson.minutes}"
            yield at_value(located, message, "change the steps, or write their sum", "minutes")
    for located, session in context.values_of(LessonSession):
        variant = located.nearest(LessonVariant)
        assert variant
        if (total := sum(session.steps.values())) != session.minutes:
            message = f"the steps of a session of '{variant.id}' take {total} minutes, not {session.minutes}"
            yield at_value(located, message, "change its steps, or write their sum", "minutes")


def lesson_variant(context: CheckContext) -> Iterator[Finding]:
    for located, session in context.values_of(LessonSession):
        lesson, variant = located.nearest(Lesson), located.nearest(LessonVariant)
        assert lesson
        assert variant
        known = [step.id for step in lesson.steps]
        for id_ in session.steps:
            if id_ not in known:
                message = f"'{variant.id}' teaches the step '{id_}', which lesson '{lesson.id}' does not have"
                yield at_value(located, message, f"write one of {', '.join(known)}", "steps", id_)


def lesson_paper(context: CheckContext) -> Iterator[Finding]:
    made = {f"{briefing.audience.id}/{briefing.choice.document}" for briefing in context.briefings}
    hint = f"write audience/document; there are {', '.join(sorted(made))}"
    steps: Iterator[tuple[Located, LessonStep | LessonGroup]] = context.values_of(LessonStep)
    groups: Iterator[tuple[Located, LessonStep | LessonGroup]] = context.values_of(LessonGroup)
    for located, part in chain(steps, groups):
        for index, paper in enumerate(part.papers):
            if paper not in made:
                kind = "step" if isinstance(part, LessonStep) else "group"
                message = f"{kind} '{part.id}' needs '{paper}', which this project does not make of the pack"
                yield at_value(located, message, hint, "papers", index)
    for located, lesson in context.values_of(Lesson):
        needed = {p for step in lesson.steps for p in step.papers} | {
            p for group in lesson.groups for p in group.papers
        }
        for paper in lesson.copies:
            if paper not in needed:
                message = f"'copies' of lesson '{lesson.id}' names '{paper}', which none of its steps or groups needs"
                yield at_value(located, message, "name it in 'papers' of a step or group, or drop it", "copies", paper)


def lesson_slide(context: CheckContext) -> Iterator[Finding]:
    decks: dict[str, set[str]] = {}  # audience/document -> the ids that its slides show
    for briefing in context.briefings:
        if briefing.choice.deck:
            ref = f"{briefing.audience.id}/{briefing.choice.document}"
            decks.setdefault(ref, set()).update(slide.id for slide in briefing.slides)
    for located, step in context.values_of(LessonStep):
        shown = {id_ for paper in step.papers for id_ in decks.get(paper, ())}
        for index, wanted in enumerate(step.slides):
            if wanted not in shown:
                message = f"step '{step.id}' needs a slide of '{wanted}', which no deck among its papers has"
                hint = "name the deck in 'papers', as audience/document"
                hint += f", and one of {', '.join(sorted(filter(None, shown)))}" if shown else ""
                yield at_value(located, message, hint, "slides", index)


def misunderstanding_bare(context: CheckContext) -> Iterator[Finding]:
    for located, each in context.values_of(Misunderstanding):
        if not each.evidence:
            message = f"the answer to '{each.id}' names no evidence"
            yield at_value(located, message, "list in 'evidence' what it rests on: paragraphs, events, estimates")


def misunderstanding_elsewhere(context: CheckContext) -> Iterator[Finding]:
    lacking: dict[str, dict[str, None]] = {}  # misunderstanding -> documents as an ordered set
    for briefing in context.briefings:
        shown = shown_to_reader(briefing) if briefing.misunderstandings else frozenset()
        for view in briefing.misunderstandings:
            each = context.pack.index[view.id]
            assert isinstance(each, Misunderstanding)
            if each.evidence and not shown.intersection(each.evidence):
                lacking.setdefault(view.id, {})[briefing.name] = None
    for located, each in context.values_of(Misunderstanding):
        if documents := lacking.get(each.id):
            message = f"'{each.id}' is answered without any of its evidence in {', '.join(documents)}"
            yield at_value(located, message, "show some of it there, or name other evidence", "evidence")


RULES = (
    Rule(
        "lesson-minutes",
        "error",
        "the minutes of a lesson are not the sum of those of its steps",
        "A teacher plans by the minute. 'minutes' of a lesson, and of a session of one of its 'variants', states how "
        "long it takes, and its steps must take exactly that long.",
        "{id: lesson, minutes: 45, steps: [{minutes: 15, ...}, {minutes: 20, ...}], ...}",
        "{id: lesson, minutes: 35, steps: [{minutes: 15, ...}, {minutes: 20, ...}], ...}",
        lesson_minutes,
    ),
    Rule(
        "lesson-variant",
        "error",
        "a variant of a lesson teaches a step that the lesson does not have",
        "A variant cuts or stretches the steps of its lesson. Its 'steps' are ids of these, each with its minutes.",
        "variants: [{sessions: [{minutes: 30, steps: {reed: 30}}], ...}]   # the step is called read",
        "variants: [{sessions: [{minutes: 30, steps: {read: 30}}], ...}]",
        lesson_variant,
    ),
    Rule(
        "lesson-paper",
        "error",
        "a lesson needs a paper that nobody makes, or says who gets a copy of one that it does not need",
        "A lesson that hands out a paper stands or falls with it. Each of 'papers' of a step or a group is "
        "audience/document, and this project must make it of this pack. 'copies' names such papers only.",
        "{id: read, papers: [pupils/brieving], ...}",
        "{id: read, papers: [pupils/briefing], ...}",
        lesson_paper,
        ("briefings", "all-briefings"),
    ),
    Rule(
        "lesson-slide",
        "error",
        "a step of a lesson needs a slide that no deck has",
        "A step names a slide by what it shows, so that its number is right after every change. A deck among the "
        "step's 'papers' must have a slide of it.",
        "{id: begin, papers: [pupils/slides], slides: [before-9], ...}",
        "{id: begin, papers: [pupils/slides], slides: [before-1], ...}",
        lesson_slide,
        ("briefings", "all-briefings"),
    ),
    Rule(
        "misunderstanding-bare",
        "error",
        "the answer to a misunderstanding has no evidence",
        "A teacher who corrects a pupil must be able to show why. 'evidence' names the paragraphs, events, estimates "
        "or drawings that the answer rests on.",
        "misunderstandings: [{id: full, says: It was full., text: It was not.}]",
        "misunderstandings: [{id: full, says: It was full., text: It was not., evidence: [after-1]}]",
        misunderstanding_bare,
    ),
    Rule(
        "misunderstanding-elsewhere",
        "error",
        "a misunderstanding is answered on a document without the evidence for it",
        "At least one piece of the 'evidence' stands on each document that prints the answer, or on the one that it "
        "has `beside` it.",
        "misunderstandings: [{id: full, evidence: [after-1], ...}]   # after-1 has depth full",
        "misunderstandings: [{id: full, evidence: [before-1], ...}]",
        misunderstanding_elsewhere,
        ("briefings",),
    ),
)
