"""A pack's worksheet -> the view of it for one audience; what is right only where a paper prints answers. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from string import ascii_lowercase

from ... import markdown
from ...briefing.worksheet import MistakeView, ModelView, OptionView, PartView, RowView, TaskView, WorksheetView
from ...markdown_marks import without_citations
from ...schema.classroom import Exercise
from ...schema.classwork.worksheets import Task, WorksheetPart
from ...schema.fields import LevelText, YamlModel
from ...schema.figures import Estimate
from ...schema.statements import Statement
from ...schema.topic import Phase, Place
from ..audience_view import AudienceView
from .digest import digest
from .related import date_of, speakers_of
from .solve import Solution, solve, spread

Places = Mapping[str, tuple[str, str]]  # id -> where the reader's papers show it: (document, number or title)
_LINES_PER_MARK = 2


def worksheet_view(view: AudienceView, places: Places) -> WorksheetView | None:
    """The worksheet for the audience's level, its questions numbered through; None if the pack has none."""
    sheet = next((each for each in view.pack.worksheets if each.level == view.audience.level), None)
    if sheet is None:
        return None
    numbers = count(1)
    parts = tuple(_part(view, part, numbers, places, f"{view.pack.id}/{sheet.id}") for part in sheet.parts)
    unseen = tuple(
        (task.id, key)
        for part in parts
        for task in part.tasks
        for key in evidence_of(view.pack.index[task.id])
        if key not in places
    )
    return WorksheetView(sheet.id, sheet.title, sheet.about or "", tuple(part for part in parts if part.tasks), unseen)


def evidence_of(question: YamlModel) -> tuple[str, ...]:
    """The ids of what answers a question: by default, what a closed one asks about."""
    if isinstance(question, Task):
        return question.evidence or question.asked
    return question.evidence if isinstance(question, Exercise) else ()


def _part(view: AudienceView, part: WorksheetPart, numbers: "count[int]", places: Places, seed: str) -> PartView:
    things = (view.pack.index[key] for key in part.tasks)
    tasks = []
    for thing in things:
        if isinstance(thing, Exercise):
            tasks.append(_open(view, thing, next(numbers), places))
        elif (
            isinstance(thing, Task) and (solution := solve(view.pack, thing)[0]).ids
        ):  # else rule task-fault reports it
            number = next(numbers)
            tasks.append(_closed(view, thing, spread(solution, number, seed), number, places))
    return PartView(part.title, part.kind, part.about or "", tuple(tasks))


def _asked(view: AudienceView, owner: str, text: LevelText) -> str:
    """A text at the audience's level; without answers it cites nothing, since its source may be what is asked for."""
    words = view.text(text, owner)
    return words if view.answers else without_citations(words)


def _open(view: AudienceView, exercise: Exercise, number: int, places: Places) -> TaskView:
    text = partial(_asked, view, exercise.id)

    worth = len(exercise.marks)
    task = TaskView(
        exercise.id,
        number,
        "open",
        text(exercise.text),
        worth,
        starters=tuple(map(text, exercise.starters)),
        lines=exercise.lines or max(1, worth) * _LINES_PER_MARK,
    )
    if not view.answers:
        return task
    return replace(
        task,
        answer=text(exercise.answer),
        marks=tuple(text(mark.point) for mark in exercise.marks),
        models=tuple(ModelView(m.quality, text(m.text), m.marks, text(m.why)) for m in exercise.models),
        mistakes=tuple(MistakeView(text(m.answer), text(m.say)) for m in exercise.mistakes),
        evidence=_located(exercise.evidence, places),
    )


def _closed(view: AudienceView, task: Task, solution: Solution, number: int, places: Places) -> TaskView:
    rows = _rows(view, task, solution)
    options = (
        ()
        if rows
        else tuple(
            replace(_option(view, task, key), letter=letter, right=view.answers and key == solution.right)
            for letter, key in zip(ascii_lowercase, solution.ids, strict=False)
        )
    )
    shown = TaskView(
        task.id,
        number,
        "choice" if options else "order" if task.kind == "order" else "sort",
        _asked(view, task.id, task.text),
        1 if options else len(rows) - 1 if task.kind == "order" else len(rows),
        options,
        rows,
        _checks(view, task, solution),
    )
    if not view.answers:
        return shown
    about = view.text(task.about, task.id) if task.about else ""
    return replace(shown, about=about, evidence=_located(evidence_of(task), places))


def _option(view: AudienceView, task: Task, key: str) -> OptionView:
    """What an option shows: without its id, which could tell a reader of the page's source which one is right."""
    value = view.pack.index[key]
    if isinstance(value, Place):
        return OptionView("", names=(value.name,))
    if task.kind == "date":
        return OptionView("", when=date_of(value))
    if task.kind == "number":
        assert isinstance(value, Estimate)
        return OptionView("", row=view.estimate(key))
    return OptionView("", names=view.names(speakers_of(view.pack, key)))


def _rows(view: AudienceView, task: Task, solution: Solution) -> tuple[RowView, ...]:
    if task.kind not in ("order", "status"):
        return ()
    rows = []
    for place, (letter, key) in enumerate(zip(ascii_lowercase, solution.ids, strict=False)):
        value = view.pack.index[key]
        row = RowView(letter, key, "")
        if isinstance(value, Phase):
            row = replace(row, text=_asked(view, key, value.title))
        elif isinstance(value, Statement):
            row = replace(row, text=markdown.first_sentence(_asked(view, key, value.text)))
        if view.answers and task.kind == "order":
            row = replace(row, place=solution.ranks[place], when=date_of(value))
        elif view.answers:
            row = replace(row, fact=solution.facts[place])
        rows.append(row)
    return tuple(rows)


def _checks(view: AudienceView, task: Task, solution: Solution) -> tuple[str, ...]:
    """Digests of what is right, with what no other question has in them."""
    salt = f"{view.pack.id}/{task.id}"
    if task.kind == "order":
        right: Sequence[str] = [str(rank) for rank in solution.ranks]
    elif task.kind == "status":
        right = ["fact" if fact else "claim" for fact in solution.facts]
    else:
        return (digest(salt, "", ascii_lowercase[solution.ids.index(solution.right)]),)
    return tuple(digest(salt, letter, each) for letter, each in zip(ascii_lowercase, right, strict=False))


def _located(ids: Sequence[str], places: Places) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(places[key] for key in ids if key in places))
