"""lesson.yaml -> what a document shows of it: lessons, checks, misunderstandings and letters, at one level. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..briefing.parts import (
    CheckView,
    Companion,
    EstimateView,
    GroupView,
    LessonView,
    LetterView,
    LineView,
    MisunderstandingView,
    PaperUse,
    SessionView,
    StepView,
    VariantView,
)
from ..pack.pack import Pack
from ..schema.audience import DocumentChoice
from ..schema.fields import LevelText
from ..schema.figures import Estimate, Figure
from ..schema.lessons import Lesson, LessonPart, LessonStep, LessonVariant, Letter, Share
from .audience_view import AudienceView, report_date_key
from .classroom import located

Places = Mapping[str, tuple[str, str]]


def lesson_parts(view: AudienceView, shows: Collection[LessonPart], places: Places) -> dict[str, Any]:
    """What a document `shows` of lesson.yaml, by the name of the field of a Briefing."""
    pack = view.pack
    parts: dict[LessonPart, Iterable[object]] = {
        "lessons": (_lesson(view, lesson, places, planned="plans" in shows) for lesson in pack.lessons),
        "checks": (
            CheckView(check.id, check.kind, view.text(check.text, check.id), located(check.evidence, places))
            for check in pack.checks
        ),
        "misunderstandings": (
            MisunderstandingView(
                each.id,
                _line(view, each.says, each.id),
                view.text(each.text, each.id),
                located(each.evidence, places),
                each.lessons,
            )
            for each in pack.misunderstandings
        ),
        "letters": (_letter(view, letter) for letter in pack.letters),
    }
    # Not consumed where it is not shown: a text that is missing at this level is missing only where it is asked for.
    return {name: tuple(values) if name in shows else () for name, values in parts.items()}


def _lesson(view: AudienceView, lesson: Lesson, places: Places, *, planned: bool) -> LessonView:
    """A lesson; its question, variants and what is said and done in each step only where it is `planned` in full."""
    outline = LessonView(
        lesson.id,
        lesson.title,
        lesson.ages,
        lesson.minutes,
        tuple(_step(view, step, places, planned=planned) for step in lesson.steps),
        view.text(lesson.note, lesson.id) if lesson.note else "",
        copies=tuple(lesson.copies.items()),
    )
    if not planned:
        return outline
    return replace(
        outline,
        question=_line(view, lesson.question, lesson.id),
        bring=_line(view, lesson.bring, lesson.id),
        objectives=tuple(line for text in lesson.objectives for line in _line(view, text, lesson.id)),
        variants=tuple(_variant(view, variant, lesson) for variant in lesson.variants),
        groups=tuple(GroupView(g.id, g.title, view.text(g.text, g.id), g.papers) for g in lesson.groups),
    )


def _line(view: AudienceView, text: LevelText | None, owner: str) -> tuple[LineView, ...]:
    """A text in a tuple, empty if the pack has none: a part of a Briefing is found in tuples."""
    return (LineView(owner, view.text(text, owner)),) if text else ()


def _step(view: AudienceView, step: LessonStep, places: Places, *, planned: bool) -> StepView:
    """A step; its cards are the reports that it uses, one by one or as whole figures."""
    reports = [(ref, view.pack.estimate(ref)[0]) for i in step.uses for ref in _reports(view.pack, i)]
    others = [i for i in step.uses if not isinstance(view.pack.index[i], Estimate | Figure)]
    return StepView(
        step.id,
        step.title,
        step.minutes,
        view.text(step.text, step.id),
        located(others, places),
        () if planned else tuple(_card(view, ref, figure) for ref, figure in reports),
        step.papers,
        _line(view, step.teacher if planned else None, step.id),
        _line(view, step.pupils if planned else None, step.id),
        _line(view, step.listen_for if planned else None, step.id),
        tuple((shown, 0) for shown in step.slides),
        bool(reports),
    )


def _card(view: AudienceView, ref: str, figure: Figure) -> EstimateView:
    return replace(view.estimate(ref), label=view.text(figure.title, figure.id))


def _reports(pack: Pack, id_: str) -> list[str]:
    """The refs of the estimates that an id names: its own, or those of its figure."""
    thing = pack.index[id_]
    if isinstance(thing, Figure):
        return [f"{thing.id}/{estimate.id}" for estimate in sorted(thing.estimates, key=report_date_key)]
    return [id_] if isinstance(thing, Estimate) else []


def _variant(view: AudienceView, variant: LessonVariant, lesson: Lesson) -> VariantView:
    """A variant with its steps in the order of the lesson. A step that the lesson lacks is for a rule to report."""
    sessions = (
        SessionView(
            session.minutes,
            tuple(
                (place, step.title, session.steps[step.id])
                for place, step in enumerate(lesson.steps, 1)
                if step.id in session.steps
            ),
        )
        for session in variant.sessions
    )
    return VariantView(variant.id, variant.title, tuple(sessions), _line(view, variant.note, variant.id))


def _letter(view: AudienceView, letter: Letter) -> LetterView:
    parts = ((line, part.lines) for part in letter.parts for line in _line(view, part.text, letter.id))
    return LetterView(letter.id, letter.title, letter.to, tuple(parts), letter.blanks)


def with_papers(lesson: LessonView, companions: Sequence[Companion]) -> LessonView:
    """The lesson with the papers that it needs, of those that are made, and the numbers of the slides that it shows."""
    needed: dict[str, list[str]] = {}
    parts: tuple[StepView | GroupView, ...] = (*lesson.steps, *lesson.groups)
    for part in parts:
        for ref in part.papers:
            needed.setdefault(ref, []).append(part.title)
    made = {paper.ref: paper for paper in companions if paper.choice.look != "large-print"}
    copies = dict(lesson.copies)
    uses = (
        PaperUse(made[ref], copies.get(ref) or default_share(made[ref].choice), tuple(titles))
        for ref, titles in needed.items()
        if ref in made
    )
    return replace(lesson, papers=tuple(uses), steps=tuple(_with_slides(step, made) for step in lesson.steps))


def default_share(choice: DocumentChoice) -> Share:
    """Who gets a copy of a paper of which a lesson does not say it."""
    if choice.answers:
        return "teacher"
    return "class" if {"project", "hang-up"} & {*choice.uses} else "pupil"


def _with_slides(step: StepView, made: Mapping[str, Companion]) -> StepView:
    decks = [(ref, dict(made[ref].slides)) for ref in step.papers if ref in made]
    found = [(ref, numbers[shown]) for shown, _ in step.slides for ref, numbers in decks if shown in numbers]
    return replace(step, slides=tuple(found))
