"""Rules on debates: a position has arguments, evidence and replies, and its holders said what it says."""

from collections.abc import Iterator
from typing import get_args

from ... import markdown
from ...schema.fields import Level, LevelText
from ...schema.statements import Paragraph
from ...schema.topic import Position, Question
from ..context import CheckContext
from ..rule import Finding, Rule, at_value
from ..source_names import sources_of_speaker


def bare_position(context: CheckContext) -> Iterator[Finding]:
    for located, position in context.values_of(Position):
        if not position.arguments:
            yield at_value(
                located, f"position '{position.id}' has no arguments", "add 'arguments' that make its strongest case"
            )
            continue
        if not any(argument.evidence for argument in position.arguments):
            yield at_value(
                located, f"position '{position.id}' has no evidence", "add 'evidence' to an argument", "arguments"
            )
        if not any(argument.replies for argument in position.arguments):
            yield at_value(
                located,
                f"position '{position.id}' has no replies",
                "add the strongest 'replies' to an argument",
                "arguments",
            )


def holder_unsupported(context: CheckContext) -> Iterator[Finding]:
    # The first aspect of a debate is what a position says itself; another, such as what came later, is not its case.
    debates = [section for section in context.pack.info.sections if section.holds == "debate" and section.aspects]
    first = {section.aspects[0].id for section in debates}
    for located, position in context.values_of(Position):
        case = [paragraph for paragraph in position.paragraphs if paragraph.aspect is None or paragraph.aspect in first]
        for place, holder in enumerate(position.by):
            own = sources_of_speaker(context.pack, holder)
            if not own:
                message = f"no source of '{holder}', who holds position '{position.id}', is in this pack"
                yield at_value(located, message, "give 'sources' of the holder in people.yaml", "by", place)
                continue
            levels = [level for level, cited in _cited_by_level(position, case) if not cited & own]
            if levels:
                message = f"no source of '{holder}' supports position '{position.id}' at level {' and '.join(levels)}"
                hint = f"cite {' or '.join(sorted(own))} in its case, or leave '{holder}' out of 'by'"
                yield at_value(located, message, hint, "by", place)


def lean_unfounded(context: CheckContext) -> Iterator[Finding]:
    for located, question in context.values_of(Question):
        given = {position.leans for position in question.positions}
        for place, lean in enumerate(question.leans):
            if lean.id not in given:
                message = f"no position gives the kind of answer '{lean.id}'"
                yield at_value(located, message, "delete it, or name it in 'leans' of a position", "leans", place)
        for place, position in enumerate(question.positions):
            if position.leans:
                if why := _unfounded(question, position):
                    yield at_value(located, *why, "positions", place, "leans")
            elif given - {None}:
                message = f"position '{position.id}' has no kind of answer, though others to '{question.id}' have one"
                yield at_value(located, message, "add 'leans'", "positions", place)


def _unfounded(question: Question, position: Position) -> tuple[str, str] | None:
    """Why a position may not be grouped as it is (message, hint), or None."""
    if position.leans not in {lean.id for lean in question.leans}:
        message = f"'{position.leans}' is no kind of answer to '{question.id}', so no group shows '{position.id}'"
        return message, "choose one of the question's own 'leans'"
    if not any(_cites(argument.text) for argument in position.arguments):
        message = f"position '{position.id}' is grouped as '{position.leans}', but gives no reason with a source"
        return message, "add 'arguments' that cite where the position is argued so, or leave 'leans' out"
    return None


def _cites(text: LevelText) -> set[str]:
    """The sources that a text cites at any level."""
    raw = (text.for_level(level) or "" for level in get_args(Level))
    return {m.source for words in raw for m in markdown.find_marks(words) if isinstance(m, markdown.Citation)}


def _cited_by_level(position: Position, case: list[Paragraph]) -> Iterator[tuple[Level, set[str]]]:
    """The sources that a position's case and its arguments cite, for each level at which any of them is written.

    Not those of evidence and replies: others say these.
    """
    texts: list[LevelText] = [paragraph.text for paragraph in case]
    texts += [argument.text for argument in position.arguments]
    listed = {source for paragraph in case for source in paragraph.sources}
    for level in get_args(Level):
        if any(getattr(text, level) for text in texts):
            marks = [mark for text in texts for mark in markdown.find_marks(text.for_level(level) or "")]
            yield level, listed | {mark.source for mark in marks if isinstance(mark, markdown.Citation)}


RULES = (
    Rule(
        "bare-position",
        "warning",
        "a position has no arguments, no evidence or no replies",
        "A fair debate presents every position in its strongest form, with the evidence for it and the best replies "
        "to it. At least one argument of each position needs evidence, and at least one needs a reply.",
        "- {id: pos-keep, title: It should stay, arguments: [{id: arg-1, text: It keeps the valley dry.}]}",
        "- {id: pos-keep, title: It should stay, arguments: [{id: arg-1, text: ..., evidence: [...], replies: [...]}]}",
        bare_position,
    ),
    Rule(
        "holder-unsupported",
        "error",
        "a position's case cites no source of somebody who is said to hold it",
        "A heading that names somebody says that they argued this. At each level at which the case is written, its "
        "paragraphs or arguments must cite at least one source of each holder in 'by': the holder itself if it is a "
        "source, one that they wrote or published, one that relays their report, or one named in 'sources' or 'role' "
        "of their entry in people.yaml. The case is every paragraph with the first aspect of its section or with none. "
        "Evidence and replies do not count, since others give them. A holder without any source is a finding too.",
        'by: [moss, gazette]\nparagraphs: [{id: keep-1, text: "The dam keeps the valley dry. [@diary]"}]',
        'by: [moss]\nparagraphs: [{id: keep-1, text: "The dam keeps the valley dry. [@diary]"}]',
        holder_unsupported,
    ),
    Rule(
        "lean-unfounded",
        "error",
        "a position is grouped by the kind of its answer without a reason of its own for it",
        "Which positions stand together on a poster is a judgement, and its evidence is what they argue. So each "
        "position with 'leans' needs an argument that cites a source, and a kind of answer to its own question: one to "
        "another question would leave it out of every group. Each kind has a position, and if one position of a "
        "question has 'leans', all have.",
        "- {id: pos-go, leans: says-yes, by: [moss], arguments: []}",
        '- {id: pos-go, leans: says-yes, by: [moss], arguments: [{id: arg-1, text: "It floods the path. [@diary]"}]}',
        lean_unfounded,
    ),
)
