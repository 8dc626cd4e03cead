"""Rules on worksheets: each question has one answer, certainly wrong options, and evidence on the pupils' papers."""

from collections.abc import Callable, Iterator
from functools import partial

from ....composing.worksheets.solve import FaultCode, solve
from ....composing.worksheets.worksheet import evidence_of
from ....schema.classroom import Exercise
from ....schema.classwork.worksheets import Task, Worksheet
from ...context import CheckContext
from ...rule import Finding, Rule, at_value


def _faults(code: FaultCode, context: CheckContext) -> Iterator[Finding]:
    for located, task in context.values_of(Task):
        for fault in solve(context.pack, task)[1]:
            if fault.code == code:
                yield at_value(located, fault.message, fault.hint, *fault.field)


def _about(code: FaultCode) -> Callable[[CheckContext], Iterator[Finding]]:
    return partial(_faults, code)


def worksheet_twice(context: CheckContext) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for located, sheet in context.values_of(Worksheet):
        if sheet.level in seen:
            message = f"worksheets '{seen[sheet.level]}' and '{sheet.id}' are both for level {sheet.level}"
            yield at_value(located, message, "give one of them another level, or make them one", "level")
        seen.setdefault(sheet.level, sheet.id)


def task_elsewhere(context: CheckContext) -> Iterator[Finding]:
    lacking: dict[tuple[str, str], dict[str, None]] = {}  # papers as an ordered set: one has several sizes
    for briefing in context.briefings:
        if briefing.worksheet and not briefing.choice.answers:
            for pair in briefing.worksheet.unseen:
                lacking.setdefault(pair, {})[briefing.name] = None
    for located in context.located_values:
        question = located.value
        if not isinstance(question, Task | Exercise):
            continue
        for index, evidence in enumerate(evidence_of(question)):
            if papers := lacking.get((question.id, evidence)):
                message = f"question '{question.id}' is on {', '.join(papers)}, whose readers have no '{evidence}'"
                hint = "show it on the document that 'beside' names, or name other evidence"
                yield at_value(located, message, hint, *_where(question, index))


def _where(question: Task | Exercise, index: int) -> tuple[str | int, ...]:
    """The path of one piece of evidence in the YAML."""
    if question.evidence:
        return ("evidence", index)
    return ("answer",) if isinstance(question, Task) and question.answer else ("items", index)


def model_marks(context: CheckContext) -> Iterator[Finding]:
    for located, exercise in context.values_of(Exercise):
        best = len(exercise.marks)
        before: int | None = None
        for index, model in enumerate(exercise.models):
            if model.marks > best:
                message = f"a model answer to '{exercise.id}' earns {model.marks} marks, and the question has {best}"
                yield at_value(
                    located, message, "lower it, or add to 'marks' what is asked for", "models", index, "marks"
                )
            elif before is not None and model.marks >= before:
                message = (
                    f"a model answer to '{exercise.id}' earns {model.marks} marks, as many as a better one or more"
                )
                yield at_value(
                    located, message, "write the best answer first, with most marks", "models", index, "marks"
                )
            before = model.marks


_EXAMPLE = "tasks:\n  - {id: t-1, kind: number, text: How many frogs did class 7b count?, answer: frogs/april"

RULES = (
    Rule(
        "task-answer",
        "error",
        "a closed question asks about something that cannot answer it",
        "The answer of a closed question is data of the pack. A question of kind 'number' asks about an estimate with "
        "a number, 'date' about anything with a date, 'speaker' about anything with 'by', 'place' about an event that "
        "a story map sets at one place, or with 'farthest' about places with coordinates, 'order' about phases and "
        "dated statements, and 'status' about statements that are established, or somebody's claim, denial or "
        "assessment.",
        "- {id: t-1, kind: number, text: How many frogs were there?, answer: after-1}   # a paragraph",
        "- {id: t-1, kind: number, text: How many frogs were there?, answer: frogs/april}",
        _about("task-answer"),
    ),
    Rule(
        "two-answers",
        "error",
        "a closed question has two right answers",
        "What came first is certain only if the dates of 'items' do not overlap, and which place lies farthest only if "
        "it lies a tenth of a degree farther than the next.",
        "- {id: t-1, kind: order, text: What came first?, items: [rain, flood]}   # March 2023, and 5 March 2023",
        "- {id: t-1, kind: order, text: What came first?, items: [rain, count]}   # March 2023, and April 2023",
        _about("two-answers"),
    ),
    Rule(
        "true-option",
        "error",
        "a wrong option of a closed question may be right too",
        "An option is wrong only if it is certainly wrong. Two numbers must leave no number that fits both: 'more than "
        "10,000' is right where 12,000 is, and 'about' reaches a tenth to each side. Two dates must not overlap, two "
        "things said must share no speaker, and no place may lie in the other. Wrong options that the pack's data "
        "offers are chosen by the same test; this rule is about those that 'others' names.",
        f"{_EXAMPLE}, others: [frogs/at-least]}}   # at least 1,000, and the answer is 1,200",
        f"{_EXAMPLE}, others: [frogs/march]}}      # 900",
        _about("true-option"),
    ),
    Rule(
        "few-options",
        "error",
        "a closed question has too few options",
        "A question with one wrong option is answered by guessing, and one whose statements are all facts has nothing "
        "to tell apart. Wrong options come from rival reports, other dates, speakers and places of the pack, and from "
        "'others'; two at least must be certainly wrong, and differ from each other.",
        f"{_EXAMPLE}}}   # the only report",
        f"{_EXAMPLE}, others: [newts/april, toads/april]}}",
        _about("few-options"),
    ),
    Rule(
        "task-elsewhere",
        "error",
        "a worksheet asks what no paper of its readers answers",
        "A pupil has the worksheet and the paper that the audience's 'beside' names, and no more. All evidence of each "
        "question on the worksheet must stand on one of the two, as for 'evidence-elsewhere'. The evidence of a closed "
        "question is what it asks about, unless it names 'evidence'.",
        "- {document: worksheet, shows: worksheets, beside: briefing, ...}   # and it does not show frogs/april",
        f"{_EXAMPLE}, evidence: [after-1]}}   # a paragraph that the briefing shows",
        task_elsewhere,
        ("briefings",),
    ),
    Rule(
        "model-marks",
        "error",
        "a model answer earns more marks than there are, or not fewer than a better one",
        "A model answer shows how to mark, so it can earn only what 'marks' lists. Model answers stand from the best "
        "to the weakest, each with fewer marks than the one before.",
        "{marks: [{point: Gives the date, asks: When}], models: [{quality: good, marks: 2, ...}], ...}",
        "{marks: [{point: Gives the date, asks: When}], models: [{quality: good, marks: 1, ...}], ...}",
        model_marks,
    ),
    Rule(
        "worksheet-twice",
        "error",
        "two worksheets are for one level",
        "An audience gets the worksheet of its level, and there is one file for it.",
        "worksheets: [{id: one, level: plain, ...}, {id: two, level: plain, ...}]",
        "worksheets: [{id: one, level: plain, ...}, {id: two, level: standard, ...}]",
        worksheet_twice,
    ),
)
