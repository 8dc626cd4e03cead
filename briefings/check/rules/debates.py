"""Rule on debates: every position has arguments, evidence and replies."""

from collections.abc import Iterator

from ...schema.topic import Position
from ..context import CheckContext
from ..rule import Finding, Rule, at_value


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
)
