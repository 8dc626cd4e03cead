"""Rules on debates: every position is argued, with evidence and a reply."""

from collections.abc import Iterator

from ...schema.topic import Position
from ..context import CheckContext
from ..rule import Finding, Rule, at_value


def bare_position(subject: CheckContext) -> Iterator[Finding]:
    for spot, position in subject.values_of(Position):
        if not position.arguments:
            yield at_value(
                spot, f"nothing is argued for '{position.id}'", "give its 'arguments', in their strongest form"
            )
            continue
        if not any(argument.evidence for argument in position.arguments):
            yield at_value(
                spot, f"no evidence is given for '{position.id}'", "add 'evidence' to an argument", "arguments"
            )
        if not any(argument.replies for argument in position.arguments):
            yield at_value(
                spot, f"nothing is replied to '{position.id}'", "add the best 'replies' to an argument", "arguments"
            )


RULES = (
    Rule(
        "bare-position",
        "warning",
        "a position has no argument, no evidence or no reply",
        "A debate is fair where each side is heard in its strongest form, with what supports it and what speaks "
        "against it.",
        "- {id: pos-keep, title: It should stay, arguments: [{id: arg-1, text: It keeps the valley dry.}]}",
        "- {id: pos-keep, title: It should stay, arguments: [{id: arg-1, text: ..., evidence: [...], replies: [...]}]}",
        bare_position,
    ),
)
