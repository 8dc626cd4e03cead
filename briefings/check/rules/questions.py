"""Rules on questions for the class: the paper holds the evidence, and the question asks for what earns marks."""

import re
from collections.abc import Iterator

from ...briefing.walk import where_shown
from ...schema.classroom import Exercise, MarkPoint
from ...schema.fields import LEVELS
from ..context import CheckContext, Located
from ..rule import Finding, Rule, at_value


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
)
