"""Rules on what a class gets: questions and their evidence, and what a teacher checks first."""

import re
from collections.abc import Iterator

from ...briefing.parts import Briefing
from ...briefing.walk import where_shown
from ...schema.classroom import Exercise, MarkPoint
from ...schema.fields import LEVELS
from ...schema.figures import Estimate, Figure
from ...schema.lessons import LessonCheck
from ...schema.statements import Item, Statement
from ...schema.topic import Position, Question
from ..context import CheckContext, Located
from ..rule import Finding, Rule, at_value
from .estimates import rivals


def evidence_elsewhere(context: CheckContext) -> Iterator[Finding]:
    lacking = _documents_without_evidence(context)
    for located, exercise in context.values_of(Exercise):
        if not exercise.evidence:
            message = f"question '{exercise.id}' names no evidence"
            yield at_value(located, message, "list in 'evidence' what a reader can answer it from")
        for index, evidence in enumerate(exercise.evidence):
            if documents := lacking.get((exercise.id, evidence)):
                message = f"question '{exercise.id}' is printed without its evidence '{evidence}' in {documents}"
                hint = "show it there, name other evidence, or give the question a depth that is not printed there"
                yield at_value(located, message, hint, "evidence", index)


def _documents_without_evidence(context: CheckContext) -> dict[tuple[str, str], str]:
    """The documents that print a question but not its evidence, as "this, that", by (question, evidence)."""
    evidence = {exercise.id: exercise.evidence for exercise in context.pack.exercises}
    lacking: dict[tuple[str, str], dict[str, None]] = {}  # documents as an ordered set: one has several papers
    for briefing in context.briefings:
        tasks = [task for chapter in briefing.chapters for task in chapter.tasks]
        shown = {*where_shown(briefing.chapters), *(row.ref for row in briefing.key_figures)} if tasks else set()
        for task in tasks:
            for each in evidence[task.id]:
                if each not in shown:
                    lacking.setdefault((task.id, each), {})[briefing.name] = None
    return {pair: ", ".join(documents) for pair, documents in lacking.items()}


def mark_not_asked(context: CheckContext) -> Iterator[Finding]:
    for located, mark in context.values_of(MarkPoint):
        exercise = located.nearest(Exercise)
        assert exercise
        if mark.asks is None:
            message = f"a mark of '{exercise.id}' does not say which words of the question ask for it"
            yield at_value(located, message, "add 'asks' with these words", *_field(located, "point"))
            continue
        for level in LEVELS:
            question = getattr(exercise.text, level)
            asks = getattr(mark.asks, level) or mark.asks.standard
            if question and not re.search(rf"(?<!\w){re.escape(asks)}(?!\w)", question, re.IGNORECASE):
                message = f"question '{exercise.id}' does not contain '{asks}' at level {level}"
                yield at_value(located, message, "ask for it, quote words that do, or drop the mark", "asks")
                break


def _field(located: Located, name: str) -> tuple[str, ...]:
    """The path of a field if the YAML writes it; a point may be written as a bare text."""
    return (name,) if (*located.path, name) in located.yaml_file.marks else ()


def check_bare(context: CheckContext) -> Iterator[Finding]:
    for located, check in context.values_of(LessonCheck):
        if not check.evidence:
            message = f"'{check.id}' names no evidence"
            yield at_value(located, message, "list in 'evidence' what it rests on: paragraphs, events, estimates")


def check_unfounded(context: CheckContext) -> Iterator[Finding]:
    for located, check in context.values_of(LessonCheck):
        states = [_state(context, i) for i in check.evidence]
        if check.kind == "fact":
            for index, state in enumerate(states):
                if state != "established":
                    message = (
                        f"'{check.id}' is to be taught as a fact, but '{check.evidence[index]}' is not established"
                    )
                    yield at_value(located, message, "leave it open, or name established evidence", "evidence", index)
        elif check.kind == "open" and states and "open" not in states:
            message = f"'{check.id}' is to be left open, but nothing in its evidence is"
            yield at_value(located, message, "teach it as a fact, or name what is disputed in it", "evidence")


def shown_to_reader(briefing: Briefing) -> frozenset[str]:
    """The ids of what a document shows, and of what the one beside it does."""
    return briefing.beside | frozenset(where_shown(briefing.chapters))


def check_elsewhere(context: CheckContext) -> Iterator[Finding]:
    lacking: dict[str, dict[str, None]] = {}  # check -> documents as an ordered set: one has several papers
    for briefing in context.briefings:
        shown = shown_to_reader(briefing) if briefing.checks else frozenset()
        for view in briefing.checks:
            check = context.pack.index[view.id]
            assert isinstance(check, LessonCheck)
            if check.evidence and not any(i in shown for i in check.evidence):
                lacking.setdefault(view.id, {})[briefing.name] = None
    for located, check in context.values_of(LessonCheck):
        if documents := lacking.get(check.id):
            message = f"'{check.id}' is printed without any of its evidence in {', '.join(documents)}"
            yield at_value(located, message, "show some of it there, or name other evidence", "evidence")


def _state(context: CheckContext, id_: str) -> str:
    """Whether a piece of evidence is "established", "open", or neither: a source or a place settles nothing."""
    thing = context.pack.index[id_]
    if isinstance(thing, Question | Position):
        return "open"
    if isinstance(thing, Estimate):
        return "established" if thing.status == "established" and not rivals(context, id_) else "open"
    if isinstance(thing, Statement):
        return "established" if thing.status == "established" else "open"
    inner: list[str] = []
    if isinstance(thing, Figure):
        inner = [f"{thing.id}/{estimate.id}" for estimate in thing.estimates]
    elif isinstance(thing, Item):
        inner = [paragraph.id for paragraph in thing.paragraphs]
    states = {_state(context, each) for each in inner}
    return "open" if "open" in states else "established" if states else "neither"


_CHECK_EXAMPLE = "checks:\n  - {id: full, kind: fact, text: The lake was full in June., evidence: "

RULES = (
    Rule(
        "evidence-elsewhere",
        "error",
        "a question is printed on a document that does not show its evidence",
        "A pupil has one paper. Everything in a question's 'evidence' must stand on each document that prints the "
        "question, at that document's depth: as a paragraph, event or argument, as a row of a table, as a key figure "
        "or in a drawing, and a whole figure as its table or chart. Another question or a whole section answers "
        "nothing. Slides print the first sentence of a text and count as showing the whole, which their notes print. A "
        "question without evidence is reported too.",
        "- {id: ex-dam, text: Who built the dam?, evidence: [history-9], ...}   # history-9 has depth full",
        "- {id: ex-dam, text: Who built the dam?, evidence: [history-1], ...}",
        evidence_elsewhere,
        ("briefings",),
    ),
    Rule(
        "mark-not-asked",
        "error",
        "an answer earns a mark for something that the question does not ask for",
        "A pupil can answer only what is asked. Each point in 'marks' quotes in 'asks' the words of the question that "
        "ask for it; they must stand in the question at every level.",
        "text: When was it built?\nmarks: [{point: Says who built it, asks: who built it}]",
        "text: When was it built, and who built it?\nmarks: [{point: Says who built it, asks: who built it}]",
        mark_not_asked,
    ),
    Rule(
        "check-bare",
        "error",
        "what a teacher is told before a lesson has no evidence",
        "A line that says what to teach as a fact, what to leave open or where to take care is a judgement about "
        "the pack, so it names in 'evidence' the paragraphs, events or estimates that it rests on.",
        "checks: [{id: full, kind: open, text: Whether the lake was full.}]",
        "checks: [{id: full, kind: open, text: Whether the lake was full., evidence: [after-1]}]",
        check_bare,
    ),
    Rule(
        "check-unfounded",
        "error",
        "something is to be taught as a fact or left open, and its evidence says otherwise",
        "All evidence of a 'fact' must have 'status: established'; an estimate must have no rival either. Of "
        "the evidence of what is left 'open', at least one piece must not be established: a claim, a denial, an "
        "assessment, a report, an estimate with a rival, a position in a debate. A figure counts with its estimates, "
        "an item with its paragraphs. Nothing else, such as a source or a place, makes a fact or leaves one open.",
        _CHECK_EXAMPLE + "[after-1]}     # after-1 has status claimed",
        _CHECK_EXAMPLE + "[before-1]}    # before-1 has status established",
        check_unfounded,
    ),
    Rule(
        "check-elsewhere",
        "error",
        "what a teacher is told before a lesson stands on a document without its evidence",
        "A teacher who is asked why must find the answer on the same paper: at least one piece of the 'evidence' "
        "stands on each document that prints the line, or on the one that it has `beside` it, as for "
        "'evidence-elsewhere'.",
        "checks: [{id: full, evidence: [after-1], ...}]   # after-1 has depth full",
        "checks: [{id: full, evidence: [before-1], ...}]",
        check_elsewhere,
        ("briefings",),
    ),
)
