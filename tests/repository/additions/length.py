"""Rules on length."""

from collections.abc import Iterator

from ..context import CheckContext
from ..rule import Finding, Rule, at_text

MAX_CHARACTERS = 60


def text_long(context: CheckContext) -> Iterator[Finding]:
    for passage in context.passages:
        if len(passage.raw) > MAX_CHARACTERS:
            yield at_text(passage, 0, f"this text has {len(passage.raw)} characters", f"cut it to {MAX_CHARACTERS}")


RULES = (
    Rule("text-long", "warning", "a text is too long", "Long texts are skipped.", "text: …", "text: Short.", text_long),
)
